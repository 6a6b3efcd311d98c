//! The words of a report that are shown for an event.

/// The sentence that tells an event, or its clause where the sentence is too long; on one line, without a dateline, no
/// longer than `most` bytes.
pub fn of(sentence: &str, clause: &str, most: usize) -> String {
    let sentence = without_dateline(&one_line(sentence)).to_owned();
    if !sentence.is_empty() && sentence.len() <= most {
        return sentence;
    }
    let clause = one_line(clause);
    // The beginning of the sentence, where it reaches to the end of the clause; else the clause alone.
    match sentence.find(&clause).filter(|_| !clause.is_empty()) {
        Some(at) if at > 0 && at + clause.len() > most => format!("… {}", cut(&clause, most - 4)),
        _ => cut(&sentence, most),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Cuts at a space and marks it.
pub fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most.saturating_sub(4);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let kept = &text[..text[..end].rfind(' ').unwrap_or(end)];
    format!("{} …", kept.trim_end_matches([',', ';', ':', ' ']))
}

/// "JERUSALEM (AP) — The minister" as "The minister".
fn without_dateline(sentence: &str) -> &str {
    for dash in [" — ", " – ", " -- ", " - ", "— "] {
        if let Some(at) = sentence.find(dash).filter(|&at| at <= 60) {
            let head = &sentence[..at];
            let capitals = head.split([' ', ',', '(']).next().unwrap_or("");
            let shouted = capitals.chars().filter(|c| c.is_alphabetic()).count() >= 3
                && capitals.chars().all(|c| !c.is_lowercase());
            if shouted || head.ends_with(')') {
                return sentence[at + dash.len()..].trim_start();
            }
        }
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_go() {
        assert_eq!(
            of("BODØ, Norway (NNB) —\nThe coast guard seized a ship.", "", 100),
            "The coast guard seized a ship."
        );
        assert_eq!(of("The deal - a first - holds.", "", 100), "The deal - a first - holds.");
    }

    #[test]
    fn long_sentences_are_cut_at_a_space() {
        let text = of(&"word ".repeat(100), "", 50);
        assert!(text.len() <= 50 && text.ends_with("word …"), "{text}");
        assert_eq!(cut("ééééééé", 8), "éé …");
    }
}
