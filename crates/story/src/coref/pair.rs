//! How two mentions look beside each other, as numbers that weights are trained for.

use super::{Concepts, Mention};
use crate::words;

/// The names of the features, in the order of [`Pair::features`].
pub const FEATURES: [&str; 30] = [
    "same_word",
    "same_sense",
    "wider_sense",
    "near_sense",
    "shared_words",
    "same_word_rarity",
    "most_rarity",
    "least_rarity",
    "report_likeness",
    "same_report",
    "same_sentence",
    "sentence_likeness",
    "subjects",
    "objects",
    "parties",
    "subject_is_object",
    "object_is_subject",
    "word_is_party",
    "word_beside",
    "numbers",
    "names",
    "same_class",
    "two_verbs",
    "two_nouns",
    "light_word",
    "distance",
    "depth",
    "length",
    "same_word_likeness",
    "same_sense_likeness",
];

/// Verbs and nouns that say little by themselves.
const LIGHT: &[&str] = &[
    "announce", "be", "come", "do", "event", "get", "give", "go", "happen", "have", "it", "make", "occur",
    "report", "say", "take", "tell", "that", "thing", "this",
];

/// What is known of the words of all reports.
pub(super) trait Rarity {
    /// How rare a word is in the sentences of mentions.
    fn of(&self, word: &str) -> f32;
    /// How rare it is as a mention's own word.
    fn of_mention(&self, lemma: &str) -> f32;
}

/// Two mentions beside each other.
pub(super) struct Pair<'a> {
    pub(super) a: &'a Mention,
    pub(super) b: &'a Mention,
    /// Whether both stand in one report.
    pub(super) same_report: bool,
    /// How much their reports are alike.
    pub(super) reports: f32,
}

impl Pair<'_> {
    /// The numbers, in the order of [`FEATURES`].
    pub(super) fn features(&self, rarity: &impl Rarity) -> [f32; FEATURES.len()] {
        let (a, b) = (self.a, self.b);
        let flag = |yes: bool| f32::from(u8::from(yes));
        let overlap = |x: &[String], y: &[String]| overlap(x, y, rarity);
        let relation = Concepts::embedded().relation(&a.lemma, &b.lemma);
        let same = a.lemma == b.lemma;
        let (rare_a, rare_b) = (rarity.of_mention(&a.lemma), rarity.of_mention(&b.lemma));
        let numbers = match (a.numbers.is_empty() || b.numbers.is_empty(), shares(&a.numbers, &b.numbers)) {
            (true, _) => 0.0,
            (_, true) => 1.0,
            _ => -1.0,
        };
        let distance =
            if self.same_report { a.sentence.abs_diff(b.sentence) } else { a.sentence.min(b.sentence) };
        let light = |m: &Mention| LIGHT.binary_search(&m.lemma.as_str()).is_ok();
        let (parties_a, parties_b) = (a.parties(), b.parties());
        let reports = if self.same_report { 0.0 } else { self.reports.min(0.6) };
        [
            flag(same),
            flag(relation.same),
            flag(relation.wider),
            flag(relation.near),
            overlap(&a.words, &b.words),
            if same { rare_a.min(rare_b) } else { 0.0 },
            rare_a.max(rare_b),
            rare_a.min(rare_b),
            self.reports,
            flag(self.same_report),
            flag(self.same_report && a.sentence == b.sentence),
            likeness(a, b, rarity),
            overlap(&a.subject, &b.subject),
            overlap(&a.object, &b.object),
            overlap(&parties_a, &parties_b),
            overlap(&a.subject, &b.object),
            overlap(&a.object, &b.subject),
            overlap(&a.words, &parties_b).max(overlap(&b.words, &parties_a)),
            flag(shares(&a.words, &b.context) || shares(&b.words, &a.context)),
            numbers,
            overlap(&a.names, &b.names),
            flag(a.pos == b.pos),
            flag(a.pos == 'v' && b.pos == 'v'),
            flag(a.pos == 'n' && b.pos == 'n'),
            flag(light(a) || light(b)),
            distance as f32,
            a.sentence.max(b.sentence) as f32,
            (a.words.len() + b.words.len()) as f32,
            flag(same) * reports,
            flag(relation.same && !same) * reports,
        ]
    }
}

impl Mention {
    /// All who and what takes part, in ascending order.
    fn parties(&self) -> Vec<String> {
        let mut all = [&self.subject[..], &self.object[..], &self.others[..]].concat();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn shares(a: &[String], b: &[String]) -> bool {
    a.iter().any(|w| b.binary_search(w).is_ok())
}

/// The share of what two lists have in common in the lighter one; a little below nothing when one is empty.
fn overlap(a: &[String], b: &[String], rarity: &impl Rarity) -> f32 {
    if a.is_empty() || b.is_empty() {
        return -0.1;
    }
    let sum = |list: &[String]| list.iter().map(|w| rarity.of(w)).sum::<f32>();
    let both: f32 = a.iter().filter(|w| b.binary_search(w).is_ok()).map(|w| rarity.of(w)).sum();
    let least = sum(a).min(sum(b));
    if least > 0.0 { both / least } else { 0.0 }
}

/// The cosine of the words around two mentions.
fn likeness(a: &Mention, b: &Mention, rarity: &impl Rarity) -> f32 {
    let told = |w: &&String| !words::is_stop(w) && LIGHT.binary_search(&w.as_str()).is_err();
    let square = |m: &Mention| m.context.iter().filter(told).map(|w| rarity.of(w).powi(2)).sum::<f32>();
    let both = a.context.iter().filter(told).filter(|w| b.context.binary_search(w).is_ok());
    let sum: f32 = both.map(|w| rarity.of(w).powi(2)).sum();
    let length = (square(a) * square(b)).sqrt();
    if length > 0.0 { sum / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::LIGHT;

    #[test]
    fn light_words_are_in_order() {
        assert!(LIGHT.windows(2).all(|w| w[0] < w[1]));
    }
}
