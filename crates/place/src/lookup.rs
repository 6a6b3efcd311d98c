//! The longest name that begins at a word, in the tables or the gazetteer.

use crate::fold::fold_into;
use crate::gazetteer::{Class, Entry, Found, Gazetteer};
use crate::lexicon::{Lexicon, Node, OwnSense, Role, Target};
use crate::words::{Gap, Word};
use dateline_core::Span;

/// Longest name in words.
const LONGEST: usize = 6;
/// Small words inside names.
const CONNECTORS: [&str; 24] = [
    "of", "the", "de", "la", "le", "du", "del", "da", "do", "dos", "el", "al", "upon", "on", "and", "e", "i",
    "an", "ez", "en", "au", "sur", "y", "in",
];

/// How much a name needs words beside it to be taken for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// A village, or only an alternate name.
    Weak,
    /// A town.
    Medium,
    /// A country, a large city, a name of the tables.
    Strong,
}

/// A name found at a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<'a> {
    /// One past its last word.
    pub(crate) last: usize,
    pub(crate) span: Span,
    pub(crate) node: Option<&'a Node>,
    pub(crate) strength: Strength,
    /// Whether it stands for a country or a first-order division.
    pub(crate) large: bool,
    /// Length of its key in the key buffer.
    pub(crate) key: usize,
}

impl Match<'_> {
    /// A name that is in neither.
    pub(crate) fn nameless(last: usize, span: Span) -> Match<'static> {
        Match { last, span, node: None, strength: Strength::Weak, large: false, key: 0 }
    }

    /// The meanings of the tables that its spelling allows.
    pub(crate) fn own<'s>(&'s self, text: &'s str) -> impl Iterator<Item = OwnSense> + 's {
        let written = self.span.of(text);
        self.node.into_iter().flat_map(|n| n.senses.iter().copied()).filter(move |s| spelled_so(*s, written))
    }

    /// Whether it is the word of a people.
    pub(crate) fn is_demonym(&self, text: &str) -> bool {
        self.own(text).next().is_some_and(|s| s.role == Role::Demonym)
    }
}

/// Whether a spelling is allowed: the last point may be missing where others are not, `U.S` but not `Ala`.
fn spelled_so(sense: OwnSense, written: &str) -> bool {
    sense.exact.is_none_or(|e| {
        e == written || e.strip_suffix('.').is_some_and(|short| short == written && short.contains('.'))
    })
}

/// Gazetteer and tables together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Names {
    pub(crate) gazetteer: &'static Gazetteer<'static>,
    pub(crate) lexicon: &'static Lexicon,
}

impl Names {
    /// The longest name from word `first` on, its key left at the front of `key`.
    pub(crate) fn longest(
        &self,
        text: &str,
        words: &[Word],
        first: usize,
        caseless: bool,
        key: &mut String,
    ) -> Option<Match<'static>> {
        key.clear();
        let mut best: Option<Match<'static>> = None;
        for last in first..words.len().min(first + LONGEST) {
            let word = words[last];
            if last > first && !joins(words[last - 1]) {
                break;
            }
            let plain = word.of(text);
            let capital =
                word.capital || caseless || (last > first && plain.starts_with(|c: char| c.is_ascii_digit()));
            let particle = last == first && is_particle(word, words.get(last + 1), text);
            if !capital && !particle && (last == first || !(CONNECTORS.contains(&plain) || plain.len() <= 2))
            {
                break;
            }
            if !fold_into(plain, key) || key.len() > 60 {
                break;
            }
            let node = self.lexicon.find(key);
            let found = self.gazetteer.find(key);
            if capital {
                let mut span = Span::new(words[first].start, word.end);
                let strength = self.strength(text, &mut span, node, found, last > first);
                if let Some((strength, large)) = strength {
                    best = Some(Match { last: last + 1, span, node, strength, large, key: key.len() });
                }
            }
            if !found.extends && !node.is_some_and(|n| n.extends) {
                break;
            }
        }
        key.truncate(best.map_or(0, |b| b.key));
        best
    }

    /// How strong a name is and whether it is a large place; `span` takes in the point of an abbreviation.
    fn strength(
        &self,
        text: &str,
        span: &mut Span,
        node: Option<&Node>,
        found: Found<'_>,
        several: bool,
    ) -> Option<(Strength, bool)> {
        let written = span.of(text);
        for sense in node.into_iter().flat_map(|n| &n.senses) {
            let point = sense.exact.is_some_and(|e| e.strip_suffix('.') == Some(written))
                && text.as_bytes().get(span.end as usize) == Some(&b'.');
            if !point && !spelled_so(*sense, written) {
                continue;
            }
            span.end += u32::from(point);
            let large = match sense.target {
                Target::Entry(n) => self.gazetteer.entry(n).is_some_and(|e| e.class <= Class::Admin1),
                Target::Spot(s) => self
                    .lexicon
                    .spots
                    .get(usize::from(s))
                    .is_some_and(|s| !matches!(s.kind, "facility" | "seat")),
                Target::Nowhere => false,
            };
            return Some((Strength::Strong, large));
        }
        let letters = written.chars().count();
        if letters < 3 || (letters == 3 && !written.chars().any(char::is_lowercase)) {
            return None;
        }
        let sense = found.senses().next()?;
        let entry = self.gazetteer.entry(sense.place)?;
        let strength = strength_of(&entry, sense.alternate);
        let strength = if several && strength == Strength::Weak { Strength::Medium } else { strength };
        Some((strength, entry.class <= Class::Admin1 && strength > Strength::Weak))
    }
}

/// The article of an Arabic name in small letters: "al-Bab".
pub(crate) fn is_particle(word: Word, next: Option<&Word>, text: &str) -> bool {
    let length = word.end - word.start;
    (2..=3).contains(&length)
        && next.is_some_and(|n| n.capital && n.start == word.end + 1)
        && text.as_bytes().get(word.end as usize) == Some(&b'-')
        && matches!(
            word.of(text),
            "al" | "el" | "an" | "as" | "ad" | "at" | "ar" | "az" | "ash" | "ed" | "es" | "ez" | "ain"
        )
}

/// Whether a name may run over this word's gap.
pub(crate) fn joins(word: Word) -> bool {
    word.gap == Gap::Join || (word.gap == Gap::Point && word.end - word.start <= 3)
}

fn strength_of(entry: &Entry, alternate: bool) -> Strength {
    let english = matches!(entry.country.as_str(), "USA" | "GBR" | "CAN" | "AUS");
    match (entry.class, entry.log_population) {
        (Class::Country, _) => Strength::Strong,
        (Class::Admin1, p) if (english || p > 14.0) && !alternate => Strength::Strong,
        (Class::Admin1, _) => Strength::Medium,
        (Class::Admin2, p) => {
            if p > 11.0 && !alternate {
                Strength::Medium
            } else {
                Strength::Weak
            }
        }
        (class, p) if p > 12.4 || (class <= Class::Seat1 && p > 11.5) => {
            if alternate && class > Class::Seat1 { Strength::Medium } else { Strength::Strong }
        }
        (_, p) if p > 9.0 && !alternate => Strength::Medium,
        _ => Strength::Weak,
    }
}
