//! Words of content of a text, and texts as weighted vectors of them.

use dateline_core::Span;
use rustc_hash::{FxHashMap, FxHasher};
use serde::{Deserialize, Serialize};
use std::hash::Hasher;
use std::sync::OnceLock;

/// Words that say nothing of what a text is about, in ascending order.
const STOP: &[&str] = &[
    "about", "after", "against", "all", "also", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "between", "both", "but", "by", "can", "could", "did", "do", "does", "during",
    "each", "few", "for", "from", "had", "has", "have", "he", "her", "here", "him", "his", "how", "if", "in",
    "into", "is", "it", "its", "just", "may", "me", "might", "more", "most", "my", "no", "not", "now", "of",
    "on", "one", "only", "or", "other", "our", "out", "over", "own", "said", "same", "say", "says", "she",
    "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "through", "to", "told", "two", "up", "very", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "whom", "why", "will", "with", "would", "you", "your",
];

/// Bytes of the longest of them.
const LONGEST_STOP: usize = 7;

/// A word as a number: the same on every machine.
pub fn number(word: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    (hasher.finish() >> 32) as u32
}

/// A number of the tables that likeness rests on: what was found with others is found anew.
pub fn fingerprint() -> u64 {
    static NUMBER: OnceLock<u64> = OnceLock::new();
    *NUMBER.get_or_init(|| {
        let mut hasher = FxHasher::default();
        hasher.write(include_bytes!("../../../models/frequencies.tsv"));
        hasher.write(include_bytes!("../../../models/concepts.tsv"));
        hasher.write(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.finish()
    })
}

/// Whether a word in lower case says nothing of what a text is about.
pub fn is_stop(word: &str) -> bool {
    word.len() < 2 || (word.len() <= LONGEST_STOP && STOP.binary_search(&word).is_ok())
}

/// Visits the words of content of a text in lower case, without their commonest endings.
pub fn each(text: &str, mut visit: impl FnMut(&str)) {
    let mut buffer = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        buffer.clear();
        if word.is_ascii() {
            buffer.push_str(word);
            buffer.make_ascii_lowercase();
        } else {
            buffer.extend(word.chars().flat_map(char::to_lowercase));
        }
        if !is_stop(&buffer) {
            visit(stem(&buffer));
        }
    }
}

/// The word without plural, past and continuous endings; not meant to be read.
pub fn stem(word: &str) -> &str {
    let mut word = word;
    if word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") {
        word = &word[..word.len() - 1];
    }
    if word.len() > 5 && word.ends_with("ed") {
        word = &word[..word.len() - 2];
    }
    if word.len() > 6 && word.ends_with("ing") {
        word = &word[..word.len() - 3];
    }
    word
}

/// How often each word stands in a text, in ascending order of its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub Vec<(u32, u32)>);

impl Counts {
    /// The counts of a text without its `removed` parts.
    pub fn of(text: &str, removed: &[Span]) -> Self {
        let mut words = Vec::new();
        let mut at = 0;
        for part in
            removed.iter().map(|r| (r.start as usize, r.end as usize)).chain([(text.len(), text.len())])
        {
            if let Some(kept) = text.get(at..part.0) {
                each(kept, |w| words.push(number(w)));
                at = part.1;
            }
        }
        Self::from_words(words)
    }

    /// The counts of numbered words.
    pub fn from_words(mut words: Vec<u32>) -> Self {
        words.sort_unstable();
        let mut counts: Vec<(u32, u32)> = Vec::new();
        for w in words {
            match counts.last_mut() {
                Some((last, n)) if *last == w => *n += 1,
                _ => counts.push((w, 1)),
            }
        }
        Self(counts)
    }
}

/// In how many texts each word stands.
#[derive(Clone, Debug, Default)]
pub struct Frequencies {
    texts: u32,
    of: FxHashMap<u32, u32>,
}

impl Frequencies {
    /// How common words are in news at large; a table that is part of the program, so that the likeness of two reports
    /// does not depend on what other reports are at hand.
    pub fn of_news() -> &'static Frequencies {
        static NEWS: OnceLock<Frequencies> = OnceLock::new();
        NEWS.get_or_init(|| {
            let mut news = Frequencies::default();
            let rows =
                include_str!("../../../models/frequencies.tsv").lines().filter(|l| !l.starts_with('#'));
            for (word, n) in rows.filter_map(|l| l.split_once('\t')) {
                let n = n.parse().unwrap_or(0);
                if word.is_empty() {
                    news.texts = n;
                } else {
                    *news.of.entry(number(word)).or_default() += n;
                }
            }
            news
        })
    }

    /// Notes the words of one more text.
    pub fn add(&mut self, counts: &Counts) {
        self.texts += 1;
        for (word, _) in &counts.0 {
            *self.of.entry(*word).or_default() += 1;
        }
    }

    /// How much a word tells: the logarithm of how rare it is.
    pub fn weight(&self, word: u32) -> f32 {
        let n = self.of.get(&word).copied().unwrap_or(0);
        ((self.texts + 1) as f32 / (n as f32 + 0.7)).ln().max(0.0)
    }

    /// The words of a text with their weights, of length one.
    pub fn vector(&self, counts: &Counts) -> Vector {
        Vector::unit(counts.0.iter().map(|&(w, n)| (w, (1.0 + (n as f32).ln()) * self.weight(w))).collect())
    }

    /// The same with no more than the `most` heaviest words.
    pub fn short_vector(&self, counts: &Counts, most: usize) -> Vector {
        let Vector(mut words) = self.vector(counts);
        if words.len() > most {
            words.select_nth_unstable_by(most, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            words.truncate(most);
            words.sort_unstable_by_key(|w| w.0);
        }
        Vector::unit(words)
    }
}

/// Words with weights, in ascending order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Vector(pub Vec<(u32, f32)>);

impl Vector {
    /// The vector made as long as one.
    pub fn unit(mut words: Vec<(u32, f32)>) -> Self {
        let length = words.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            words.iter_mut().for_each(|(_, x)| *x /= length);
        }
        Self(words)
    }

    /// The sum of the products of what both have: the cosine, of two as long as one.
    pub fn dot(&self, other: &Vector) -> f32 {
        let (a, b) = (&self.0, &other.0);
        let (mut i, mut j, mut sum) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].0.cmp(&b[j].0) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += a[i].1 * b[j].1;
                    i += 1;
                    j += 1;
                }
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn endings_go() {
        let mut words = Vec::new();
        each("The ministers said they were attacking the town's markets.", |w| words.push(w.to_owned()));
        assert_eq!(words, ["minister", "attack", "town", "market"]);
    }

    #[test]
    fn rare_words_make_texts_alike() {
        let texts = [
            "a ferry sank near the coast",
            "the ferry that sank",
            "prices rose near the coast",
            "prices fell",
        ];
        let counts: Vec<Counts> = texts.iter().map(|t| Counts::of(t, &[])).collect();
        let mut frequencies = Frequencies::default();
        counts.iter().for_each(|c| frequencies.add(c));
        let vectors: Vec<Vector> = counts.iter().map(|c| frequencies.vector(c)).collect();
        assert!(vectors[0].dot(&vectors[1]) > vectors[0].dot(&vectors[2]));
        assert!(vectors[0].dot(&vectors[3]) == 0.0 && (vectors[0].dot(&vectors[0]) - 1.0).abs() < 1e-5);
    }
}
