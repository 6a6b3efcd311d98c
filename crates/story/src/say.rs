//! Small things that are said the same way everywhere.

use crate::report::Party;
use dateline_core::codes::EventType;

/// "CONSULT/visit".
pub fn kind(event_type: EventType, mode: Option<&str>) -> String {
    mode.map_or_else(|| event_type.to_string(), |m| format!("{event_type}/{m}"))
}

/// "one report", "3 reports".
pub fn count(n: usize, what: &str) -> String {
    match n {
        1 => format!("one {what}"),
        _ => format!("{n} {what}s"),
    }
}

/// An excerpt as a sentence: with a capital at its head and a full stop at its end, without a word that joins it to another.
pub fn sentence(text: &str) -> String {
    let mut chars = crate::excerpt::without_joint(text).chars();
    let mut out: String = match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        Some(first) => std::iter::once(first).chain(chars).collect(),
        None => return String::new(),
    };
    if !out.ends_with(['.', '!', '?', '…', '”', '"', '’']) {
        out.truncate(out.trim_end_matches([',', ';', ':', ' ', '-', '–', '—']).len());
        out.push('.');
    }
    out
}

/// "Ann Holm, the foreign minister" or "Ann Holm".
pub fn person(party: &Party) -> String {
    match &party.title {
        Some(title) if !party.name.contains(title.as_str()) => format!("{} ({title})", party.name),
        _ => party.name.clone(),
    }
}

/// Quoted words as a quotation that shows where its head was cut.
pub fn quotation(words: &str) -> String {
    let words = words.trim().trim_end_matches(',');
    // Some publishers write all in lower case.
    let cut = words.starts_with(char::is_lowercase) && words.contains(char::is_uppercase);
    format!("“{}{words}”", if cut { "… " } else { "" })
}

/// "A", "A and B", "A, B and C".
pub fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excerpts_become_sentences() {
        assert_eq!(sentence("the ship sank,"), "The ship sank.");
        assert_eq!(sentence("“We go.”"), "“We go.”");
        assert_eq!(sentence("but the ship sank"), "The ship sank.");
        assert_eq!(quotation("we shall tell Rome,"), "“… we shall tell Rome”");
        assert_eq!(quotation("we shall go."), "“we shall go.”");
        assert_eq!(list(&["A".to_owned(), "B".to_owned(), "C".to_owned()]), "A, B and C");
        assert_eq!(count(1, "report"), "one report");
    }
}
