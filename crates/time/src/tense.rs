//! A cheap guess whether the words around a time speak of the past or the future.

use crate::table::{TableError, rows};
use crate::timex::{Direction, Relation};
use dateline_core::Span;
use std::collections::{HashMap, HashSet};

const TENSE: &str = include_str!("../../../knowledge/time/tense.tsv");
const RELATIONS: &str = include_str!("../../../knowledge/time/relations.tsv");

/// Verbs and other words that tell the time of what is told.
#[derive(Debug)]
pub(crate) struct Tenses {
    cues: HashMap<String, Direction>,
    /// "due Friday", but not "Friday's due date".
    only_before: HashSet<String>,
    /// "planned to", "is to".
    before_to: HashSet<String>,
}

/// How many words are looked at on each side.
const WINDOW: usize = 14;

impl Tenses {
    pub(crate) fn new() -> Result<Tenses, TableError> {
        let (mut cues, mut only_before, mut before_to) = (HashMap::new(), HashSet::new(), HashSet::new());
        for row in rows("tense.tsv", TENSE) {
            let direction = match row.get(1)? {
                "past" => Direction::Past,
                "future" => Direction::Future,
                "future-before" => {
                    only_before.extend(row.get(0)?.split('|').map(str::to_owned));
                    Direction::Future
                }
                "future-to" => {
                    before_to.extend(row.get(0)?.split('|').map(str::to_owned));
                    continue;
                }
                _ => return Err(row.error("neither past nor future")),
            };
            for word in row.get(0)?.split('|') {
                cues.insert(word.to_owned(), direction);
            }
        }
        Ok(Tenses { cues, only_before, before_to })
    }

    /// The direction told by the cue nearest before the expression in its sentence, else behind it.
    pub(crate) fn direction(&self, text: &str, span: Span, relation: Relation) -> Direction {
        let after = text.get(span.end as usize..).unwrap_or_default();
        let before = text.get(..span.start as usize).unwrap_or_default();
        if before.trim_end().ends_with("ahead of") {
            return Direction::Future;
        }
        // "Wednesday's ruling" was.
        if relation == Relation::Since || after.starts_with("'s") || after.starts_with("’s") {
            return Direction::Past;
        }
        let mut near = words_before(before);
        let limit = matches!(near.next(), Some("until" | "till" | "by"));
        if limit && near.next().is_some() {
            // "extended the deadline until Friday", but "was held until Friday".
            let over = |word: &str| matches!(word, "was" | "were" | "had" | "been" | "hadn't");
            let past = words_before(before).take(6).any(over) || words_after(after).take(4).any(over);
            return if past { Direction::Past } else { Direction::Future };
        }
        let mut buffer = String::new();
        let mut words = words_before(before).take(WINDOW).peekable();
        let mut behind = "";
        while let Some(word) = words.next() {
            // "next to the embassy" tells no time.
            let beside = word == "next" && behind == "to";
            behind = word;
            if beside {
                continue;
            }
            if word == "to" && words.peek().is_some_and(|w| self.before_to.contains(*w)) {
                return unless_over(words);
            }
            if word == "as" && words.peek().is_some_and(|w| matches!(*w, "soon" | "early" | "late")) {
                return Direction::Future;
            }
            match self.cue(word, &mut buffer) {
                Direction::Unknown => {}
                Direction::Past => {
                    // "would be paid in January"
                    let ahead = words.take(3).any(|w| matches!(w, "be" | "will" | "would"));
                    return if ahead { Direction::Future } else { Direction::Past };
                }
                Direction::Future => return unless_over(words),
            }
        }
        let later = words_after(after).take(WINDOW).filter(|w| !self.only_before.contains(*w));
        let mut later = later.map(|w| self.cue(w, &mut buffer));
        later.find(|d| *d != Direction::Unknown).unwrap_or_default()
    }

    fn cue(&self, word: &str, buffer: &mut String) -> Direction {
        buffer.clear();
        buffer.extend(word.chars().map(|c| if c == '’' { '\'' } else { c.to_ascii_lowercase() }));
        match self.cues.get(buffer.as_str()) {
            Some(direction) => *direction,
            None if buffer.len() > 4 && buffer.ends_with("ed") => Direction::Past,
            None if buffer.ends_with("'ll") => Direction::Future,
            None => Direction::Unknown,
        }
    }
}

/// The future, unless it was one: "had been due to expire Friday".
fn unless_over<'a>(before: impl Iterator<Item = &'a str>) -> Direction {
    let over = before.take(3).any(|w| matches!(w, "was" | "were" | "had" | "been"));
    if over { Direction::Past } else { Direction::Future }
}

/// The table of prepositions.
pub(crate) fn relations() -> Result<HashMap<String, Relation>, TableError> {
    let mut table = HashMap::new();
    for row in rows("relations.tsv", RELATIONS) {
        let relation = match row.get(1)? {
            "at" => Relation::At,
            "since" => Relation::Since,
            "until" => Relation::Until,
            "by" => Relation::By,
            "before" => Relation::Before,
            "after" => Relation::After,
            "during" => Relation::During,
            "within" => Relation::Within,
            _ => return Err(row.error("unknown relation")),
        };
        table.insert(row.get(0)?.to_owned(), relation);
    }
    Ok(table)
}

const fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '\'' || c == '’' || !c.is_ascii()
}

/// Ends a sentence, or may.
const fn stops(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | ';' | '\n')
}

fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().find(|(_, c)| !in_word(*c)).map_or(0, |(i, c)| i + c.len_utf8());
    text.get(start..).unwrap_or_default()
}

/// Whether a full stop behind the word is likely not the end of a sentence: "Mr.", "Gen.", "U.".
fn abbreviates(word: &str) -> bool {
    word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The words before the end of `text`, last first, up to the end of the sentence before.
pub(crate) fn words_before(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut trimmed = rest.trim_end_matches(|c: char| !in_word(c) && !stops(c));
        if let Some(title) = trimmed.strip_suffix('.').filter(|t| abbreviates(last_word(t))) {
            trimmed = title;
        }
        let word = last_word(trimmed);
        rest = trimmed.get(..trimmed.len() - word.len())?;
        (!word.is_empty()).then_some(word)
    })
}

/// The words from the beginning of `text` to the end of its sentence.
pub(crate) fn words_after(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let trimmed = rest.trim_start_matches(|c: char| !in_word(c) && !stops(c));
        let end = trimmed.find(|c: char| !in_word(c)).unwrap_or(trimmed.len());
        let (word, behind) = trimmed.split_at_checked(end)?;
        rest = if abbreviates(word) { behind.strip_prefix('.').unwrap_or(behind) } else { behind };
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stop_at_the_sentence() {
        assert_eq!(words_before("He left. They met on ").collect::<Vec<_>>(), ["on", "met", "They"]);
        assert_eq!(words_after(", Mr. Li will go. Yes").collect::<Vec<_>>(), ["Mr", "Li", "will", "go"]);
        assert_eq!(words_before("They left. Mr. Li met").collect::<Vec<_>>(), ["met", "Li", "Mr"]);
        assert_eq!(words_after(" they won’t. He").collect::<Vec<_>>(), ["they", "won’t"]);
    }
}
