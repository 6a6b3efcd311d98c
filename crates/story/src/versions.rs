//! Versions of one report: takes, updates, corrections, and what was withdrawn.

use crate::report::Report;

/// What all versions of a report share: their address, or their publisher and headline.
pub fn key(report: &Report) -> Option<String> {
    match (&report.url, &report.publisher) {
        (Some(url), _) => Some(format!("url {url}")),
        (None, Some(publisher)) => {
            let slug = slug(&report.title);
            (!slug.is_empty()).then(|| format!("slug {publisher} {slug}"))
        }
        _ => None,
    }
}

/// Whether the next report of one key, in the order of takes and days, stands in for the one before it.
pub fn supersedes(new: &Report, old: &Report) -> bool {
    new.url.is_some() || new.take > old.take || new.withdraws
}

/// Words at the head of a report that withdraw one.
const WITHDRAWN: [&str; 7] = [
    "kill:",
    "withdrawn:",
    "retraction:",
    "story withdrawn",
    "story retracted",
    "mandatory kill",
    "this story has been withdrawn",
];

/// Words at the head of a report that correct an earlier version; each ranks above a first take.
const CORRECTED: [&str; 9] = [
    "correction:",
    "corrected:",
    "corrects",
    "update:",
    "updated:",
    "refiles",
    "writethru",
    "recasts",
    "clarification:",
];

/// Whether a headline withdraws a report, and the number of its take: 0 when it tells none.
pub fn of_headline(title: &str, text: &str) -> (bool, u32) {
    let title = title.to_lowercase();
    let opening: String = text.chars().take(120).collect::<String>().to_lowercase();
    let withdraws = WITHDRAWN.iter().any(|w| title.contains(w) || opening.trim_start().starts_with(w));
    let numbered = number_after(&title, "update ").or_else(|| number_after(&title, "take "));
    let ordinal = title
        .split_once(" ld")
        .and_then(|(head, _)| head.rsplit(' ').next()?.trim_end_matches(char::is_alphabetic).parse().ok());
    let corrected = CORRECTED.iter().any(|w| title.contains(w) || opening.trim_start().starts_with(w));
    (withdraws, numbered.or(ordinal).unwrap_or(u32::from(corrected)))
}

fn number_after(title: &str, word: &str) -> Option<u32> {
    let rest = &title[title.find(word)? + word.len()..];
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok().filter(|n| *n < 1000)
}

/// The headline without what tells its take, to compare versions.
pub fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let kept = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| {
        let stated = [
            "update",
            "updated",
            "take",
            "ld",
            "writethru",
            "correction",
            "corrected",
            "kill",
            "withdrawn",
            "retraction",
        ];
        !w.is_empty() && !stated.contains(w) && !w.bytes().all(|b| b.is_ascii_digit()) && !w.ends_with("ld")
    });
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_tell_takes() {
        assert_eq!(of_headline("UPDATE 3-Ferry sinks off coast", ""), (false, 3));
        assert_eq!(of_headline("Ferry sinks, 2nd Ld-Writethru", ""), (false, 2));
        assert_eq!(of_headline("Ferry sinks", "CORRECTION: The number of dead is four."), (false, 1));
        assert_eq!(of_headline("KILL: Ferry sinks", ""), (true, 0));
        assert_eq!(of_headline("Ferry sinks", "A ferry sank."), (false, 0));
        assert_eq!(slug("UPDATE 3-Ferry sinks off coast"), slug("Ferry sinks off coast"));
    }
}
