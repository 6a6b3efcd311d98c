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

/// Words at the head of a sentence that point to what was said before.
const POINTERS: [&str; 26] = [
    "he",
    "she",
    "they",
    "it",
    "his",
    "her",
    "their",
    "its",
    "this",
    "that",
    "these",
    "those",
    "such",
    "there",
    "earlier",
    "later",
    "then",
    "also",
    "so",
    "thus",
    "therefore",
    "who",
    "which",
    "asked",
    "speaking",
    "according",
];

/// Words that only join a sentence to the one before, and may be left out.
const JOINTS: [&str; 17] = [
    "but",
    "and",
    "however,",
    "meanwhile,",
    "also,",
    "yet",
    "still,",
    "moreover,",
    "nevertheless,",
    "nonetheless,",
    "furthermore,",
    "besides,",
    "similarly,",
    "in addition,",
    "on the other hand,",
    "at the same time,",
    "for his part,",
];

/// The sentence without a word that joins it to the one before.
pub fn without_joint(sentence: &str) -> &str {
    let joint = JOINTS.iter().find(|j| {
        sentence.get(..j.len()).is_some_and(|head| head.eq_ignore_ascii_case(j))
            && sentence[j.len()..].starts_with(' ')
    });
    joint.map_or(sentence, |j| sentence[j.len()..].trim_start())
}

/// Whether a sentence can be understood without the one before: it is whole, and does not begin with "he" or the like.
pub fn stands_alone(sentence: &str) -> bool {
    let sentence = without_joint(sentence);
    let first = sentence.split([' ', ',', '\'', '’']).next().unwrap_or("").to_lowercase();
    !POINTERS.contains(&first.as_str())
        && !sentence.starts_with(['…', '"', '“', '‘', '\'', '.', ',', ')', '-'])
        && !sentence.ends_with('…')
        && !sentence.contains("â€")
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
    fn sentences_that_point_back_do_not_stand_alone() {
        assert!(stands_alone("But the army shelled the town.") && stands_alone("Iceland closed its border."));
        for text in
            ["He said so.", "And it burned.", "“We go,” he said.", "… that the town fell", "The town …"]
        {
            assert!(!stands_alone(text), "{text}");
        }
        assert_eq!(without_joint("However, the deal holds."), "the deal holds.");
        assert_eq!(without_joint("Butter is dear."), "Butter is dear.");
    }

    #[test]
    fn long_sentences_are_cut_at_a_space() {
        let text = of(&"word ".repeat(100), "", 50);
        assert!(text.len() <= 50 && text.ends_with("word …"), "{text}");
        assert_eq!(cut("ééééééé", 8), "éé …");
    }
}
