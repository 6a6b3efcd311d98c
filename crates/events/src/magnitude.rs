//! How many: killed, injured, arrested, taking part.

use dateline_core::record::Magnitude;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, EventType, grammar};
use rustc_hash::FxHashMap;

const EMBEDDED: &str = include_str!("../../../knowledge/magnitude.tsv");

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Killed,
    Injured,
    Arrested,
    Size,
    /// A noun in the singular that stands for many: "the family" is not one.
    Many,
}

/// Where the counted stand, as seen from the cue.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Counted {
    /// The cue's logical object.
    Object,
    /// Its logical subject.
    Subject,
    /// The cue itself: "ten dead".
    Itself,
    /// The cue itself where it depends on one of these lemmas: "claimed ten lives".
    Under(Vec<Box<str>>),
    /// The cue's "of" complement: "the death of ten people".
    Of,
}

/// The words that tell what a number counts.
#[derive(Debug, Default)]
pub struct Numbers {
    cues: FxHashMap<Box<str>, (Kind, Counted)>,
}

impl Numbers {
    /// The table that is part of the program.
    pub fn embedded() -> Numbers {
        Numbers::parse(EMBEDDED)
    }

    /// Reads `word TAB kind TAB relation` lines; lines of another form are passed over.
    pub fn parse(text: &str) -> Numbers {
        let mut cues = FxHashMap::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            if let &[word, kind, relation] = columns.as_slice() {
                let kind = match kind {
                    "killed" => Kind::Killed,
                    "injured" => Kind::Injured,
                    "arrested" => Kind::Arrested,
                    "size" => Kind::Size,
                    "many" => Kind::Many,
                    _ => continue,
                };
                let counted = match relation {
                    "obj" => Counted::Object,
                    "subj" => Counted::Subject,
                    "self" => Counted::Itself,
                    "of" => Counted::Of,
                    verbs => Counted::Under(verbs.split(',').map(Box::from).collect()),
                };
                cues.insert(word.into(), (kind, counted));
            }
        }
        Numbers { cues }
    }

    /// The numbers that the sentence of `trigger` tells of an act of this type. Where the trigger itself counts, its own
    /// number stands; else the highest of the sentence.
    pub fn read(&self, doc: &Document, trigger: u32, event_type: EventType) -> Magnitude {
        let mut magnitude = Magnitude::default();
        let s = &doc.syntax;
        let range = s.sentence_of(trigger).range();
        for i in range.clone().chain(range.contains(&trigger).then_some(trigger)) {
            let Some((kind, counted)) = self.cues.get(s.lemma(i)) else { continue };
            let place = match (kind, event_type) {
                (Kind::Killed, EventType::Assault) => &mut magnitude.killed,
                (Kind::Injured, EventType::Assault) => &mut magnitude.injured,
                (Kind::Arrested, EventType::Coerce | EventType::Protest) => &mut magnitude.arrested,
                (Kind::Size, EventType::Protest | EventType::Mobilize) => &mut magnitude.size,
                _ => continue,
            };
            if told_apart(s, trigger, i) {
                continue;
            }
            let Some(number) = self.counted(doc, i, counted) else { continue };
            *place = Some(if i == trigger { number } else { place.map_or(number, |n| n.max(number)) });
        }
        magnitude
    }

    /// How many stand where cue `i` counts.
    fn counted(&self, doc: &Document, i: u32, counted: &Counted) -> Option<u64> {
        let s = &doc.syntax;
        match counted {
            Counted::Object => match grammar::object(s, i) {
                Some(object) => self.sum(doc, object),
                None => left(s, i)
                    // "nine others wounded on Sunday", which parsers take for an active clause
                    .or_else(|| s.child(i, Deprel::Nsubj))
                    .and_then(|c| self.sum(doc, c).filter(|n| *n > 1)),
            },
            Counted::Subject => {
                grammar::subject(s, i).or_else(|| s.child(i, Deprel::Nsubj)).and_then(|c| self.sum(doc, c))
            }
            Counted::Itself => numeral_at(doc, i).or_else(|| left(s, i).and_then(|c| numeral_at(doc, c))),
            Counted::Under(verbs) => {
                let head = s.head(i)?;
                verbs.iter().any(|v| **v == *s.lemma(head)).then(|| self.sum(doc, i))?
            }
            Counted::Of => numeral_at(doc, i)
                .or_else(|| grammar::prepositional(s, i, "of").next().and_then(|c| self.sum(doc, c))),
        }
    }

    /// The number of the noun `i` and of those coordinated with it: "two soldiers and a guard" are three.
    fn sum(&self, doc: &Document, i: u32) -> Option<u64> {
        let s = &doc.syntax;
        let others = s.children_with(i, Deprel::Conj).filter(|&c| grammar::is_nominal(s.token(c).upos));
        std::iter::once(i)
            .chain(others)
            .filter_map(|c| numeral_at(doc, c).or_else(|| self.single(s, c)))
            .reduce(u64::saturating_add)
    }

    /// "a soldier", "the mayor", "Hariri" and "him" count one.
    fn single(&self, s: &Syntax, i: u32) -> Option<u64> {
        let t = s.token(i);
        let many = matches!(self.cues.get(s.lemma(i)), Some((Kind::Many, _)));
        let one = match t.upos {
            Upos::Pron => matches!(s.lemma(i), "he" | "him" | "she" | "her"),
            Upos::Propn => t.xpos == Xpos::Nnp,
            _ => {
                t.xpos == Xpos::Nn
                    && s.children(i).iter().any(|&d| {
                        s.token(d).deprel == Deprel::NmodPoss || matches!(s.lemma(d), "a" | "an" | "the")
                    })
            }
        };
        (one && !many).then_some(1)
    }
}

/// Whether cue `i` belongs to another act than `trigger`: it stands in a clause "after", "before" or "since" something
/// else, or in a relative clause on a noun outside the trigger's phrase.
fn told_apart(s: &Syntax, trigger: u32, i: u32) -> bool {
    let mut node = i;
    while !s.is_within(trigger, node) {
        let Some(head) = s.head(node) else { return false };
        let apart = match s.token(node).deprel {
            Deprel::Advcl => s
                .children_with(node, Deprel::Mark)
                .any(|m| matches!(s.lemma(m), "after" | "before" | "since")),
            Deprel::AclRelcl => !s.is_within(head, trigger),
            _ => false,
        };
        if apart {
            return true;
        }
        node = head;
    }
    false
}

/// "left ten people dead": what is dead is the object beside the adjective.
fn left(s: &Syntax, i: u32) -> Option<u32> {
    let t = s.token(i);
    let head = s.head(i)?;
    (t.upos == Upos::Adj || t.deprel == Deprel::Xcomp)
        .then(|| s.child(head, Deprel::Obj))
        .flatten()
        .filter(|&o| o != i)
}

/// The number that stands with noun `i`: "25 people", "at least 25", "25 of them", "a dozen".
fn numeral_at(doc: &Document, i: u32) -> Option<u64> {
    let s = &doc.syntax;
    let numerals = |node: u32| s.children_with(node, Deprel::Nummod).filter(|&c| s.lemma(c) != "dozen");
    let dozen = |d: &u32| s.lemma(*d) == "dozen" && s.token(*d).xpos != Xpos::Nns;
    if let Some(d) = s.children(i).iter().copied().chain([i]).find(dozen) {
        let times = numerals(d).chain(numerals(i)).find_map(|c| number(doc, c));
        return Some(12 * times.filter(|n| *n < 10).unwrap_or(1));
    }
    if s.token(i).upos == Upos::Num {
        return number(doc, i);
    }
    s.children_with(i, Deprel::Nummod).find_map(|c| number(doc, c))
}

/// The value of a numeral token; "1,200", "two", "2 million".
fn number(doc: &Document, i: u32) -> Option<u64> {
    let s = &doc.syntax;
    let base = parse(doc.form(i))?;
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
        assert_eq!(numbers.cues["family"].0, Kind::Many);
        assert!(matches!(&numbers.cues["life"].1, Counted::Under(verbs) if verbs.contains(&"claim".into())));
    }

    #[test]
    fn numerals_are_read_and_others_are_not() {
        assert_eq!(parse("twenty"), Some(20));
        assert_eq!(parse("ninety"), Some(90));
        assert_eq!(parse("many"), None);
        assert_eq!(parse("99999999999999999999999"), None);
    }
}
