//! How many: killed, injured, arrested, taking part.

use dateline_core::record::Magnitude;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, EventType, grammar};
use std::collections::HashMap;

const EMBEDDED: &str = include_str!("../../../knowledge/magnitude.tsv");

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Killed,
    Injured,
    Arrested,
    Size,
}

/// The words that tell what a number counts.
#[derive(Debug, Default)]
pub struct Numbers {
    cues: HashMap<Box<str>, (Kind, Box<str>)>,
}

impl Numbers {
    /// The table that is part of the program.
    pub fn embedded() -> Numbers {
        Numbers::parse(EMBEDDED)
    }

    /// Reads `word TAB kind TAB relation` lines; lines of another form are passed over.
    pub fn parse(text: &str) -> Numbers {
        let mut cues = HashMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            if let &[word, kind, relation] = columns.as_slice() {
                let kind = match kind {
                    "killed" => Kind::Killed,
                    "injured" => Kind::Injured,
                    "arrested" => Kind::Arrested,
                    "size" => Kind::Size,
                    _ => continue,
                };
                cues.insert(word.into(), (kind, relation.into()));
            }
        }
        Numbers { cues }
    }

    /// The numbers that the sentence of `trigger` tells of an act of this type.
    pub fn read(&self, doc: &Document, trigger: u32, event_type: EventType) -> Magnitude {
        let mut magnitude = Magnitude::default();
        let s = &doc.syntax;
        for i in s.sentence_of(trigger).range() {
            let Some((kind, relation)) = self.cues.get(s.lemma(i)) else { continue };
            let counted = match (&**relation, kind) {
                ("obj", _) => grammar::object(s, i),
                ("subj", _) => grammar::subject(s, i).or_else(|| s.child(i, Deprel::Nsubj)),
                // "ten dead", "left ten dead", "five wounded"
                ("self", _) => Some(i),
                _ => None,
            };
            let Some(number) = counted.and_then(|c| count(doc, c)) else { continue };
            let place = match (kind, event_type) {
                (Kind::Killed, EventType::Assault | EventType::Protest) => &mut magnitude.killed,
                (Kind::Injured, EventType::Assault | EventType::Protest) => &mut magnitude.injured,
                (Kind::Arrested, EventType::Coerce | EventType::Protest) => &mut magnitude.arrested,
                (Kind::Size, EventType::Protest | EventType::Mobilize) => &mut magnitude.size,
                _ => continue,
            };
            *place = Some(place.map_or(number, |n| n.max(number)));
        }
        magnitude
    }
}

/// The number that stands with noun `i`: "25 people", "at least 25", "25 of them", "ten dead".
fn count(doc: &Document, i: u32) -> Option<u64> {
    let s = &doc.syntax;
    if s.token(i).upos == Upos::Num {
        return number(doc, i);
    }
    let own = s.children_with(i, Deprel::Nummod).find_map(|c| number(doc, c));
    let before = || {
        // "left ten dead": the number is the object beside the adjective.
        let head = s.head(i)?;
        let t = s.token(i);
        (t.upos == Upos::Adj || t.deprel == Deprel::Xcomp)
            .then(|| s.child(head, Deprel::Obj))
            .flatten()
            .filter(|&o| o != i)
            .and_then(|o| count_simple(doc, o))
    };
    own.or_else(before).or_else(|| single(s, i))
}

fn count_simple(doc: &Document, i: u32) -> Option<u64> {
    let s = &doc.syntax;
    number(doc, i).or_else(|| s.children_with(i, Deprel::Nummod).find_map(|c| number(doc, c)))
}

/// "a soldier" counts one.
fn single(s: &Syntax, i: u32) -> Option<u64> {
    let t = s.token(i);
    let one = t.xpos == dateline_core::syntax::Xpos::Nn
        && s.children_with(i, Deprel::Det).any(|d| matches!(s.lemma(d), "a" | "an"));
    one.then_some(1)
}

/// The value of a numeral token; "1,200", "two", "2 million".
fn number(doc: &Document, i: u32) -> Option<u64> {
    let s = &doc.syntax;
    let text = doc.form(i);
    let base = parse(text)?;
    let scale = s
        .children(i)
        .iter()
        .copied()
        .chain(s.head(i))
        .find_map(|c| match s.lemma(c) {
            "hundred" => Some(100),
            "thousand" => Some(1_000),
            "million" => Some(1_000_000),
            _ => None,
        })
        .filter(|_| base < 1_000);
    base.checked_mul(scale.unwrap_or(1))
}

/// The value of a numeral as written in news; none for a fraction, a year-like suffix or a word that is no number.
///
/// ```
/// use dateline_events::magnitude::parse;
/// assert_eq!(parse("1,200"), Some(1200));
/// assert_eq!(parse("Seven"), Some(7));
/// assert_eq!(parse("2.5"), None);
/// ```
pub fn parse(text: &str) -> Option<u64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const TENS: &[&str] = &["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if text.bytes().all(|b| b.is_ascii_digit() || b == b',') {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return digits.parse().ok();
    }
    let at = |list: &[&str]| list.iter().position(|w| w.eq_ignore_ascii_case(text));
    if let Some(k) = at(WORDS) {
        return Some(k as u64);
    }
    at(TENS).map(|k| 30 + 10 * k as u64).or_else(|| text.eq_ignore_ascii_case("hundred").then_some(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_tells_kinds_apart() {
        let numbers = Numbers::embedded();
        assert_eq!(numbers.cues["kill"].0, Kind::Killed);
        assert_eq!(numbers.cues["wound"].0, Kind::Injured);
    }

    #[test]
    fn numerals_are_read_and_others_are_not() {
        assert_eq!(parse("twenty"), Some(20));
        assert_eq!(parse("ninety"), Some(90));
        assert_eq!(parse("many"), None);
        assert_eq!(parse("99999999999999999999999"), None);
    }
}
