//! The words around every telling: two tellings that share what the report seldom says are more likely of one act.

use crate::occurrence::Occurrence;
use dateline_core::syntax::{Syntax, Upos};
use rustc_hash::FxHashMap;

/// A word in more sentences than these is what the report is about, and tells no two acts apart.
const RARE: u32 = 3;

/// The words with content in the clause of every telling, without those that tell the act itself.
pub(super) struct Words {
    /// For every telling its words in order, each once.
    of: Vec<Vec<Word>>,
}

/// A lemma of the report.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Word {
    lemma: u32,
    is_name: bool,
    is_rare: bool,
}

/// How many words two tellings share.
#[derive(Clone, Copy, Default)]
pub(super) struct Shared {
    /// Names.
    pub(super) names: usize,
    /// Other words.
    pub(super) words: usize,
    /// Other words that the report seldom says.
    pub(super) rare: usize,
    /// The share of the shorter telling's words, in quarters.
    pub(super) quarters: usize,
}

impl Words {
    pub(super) fn new(s: &Syntax, all: &[Occurrence]) -> Words {
        // For every lemma its number, the last sentence it was seen in, and in how many it was.
        let mut known: FxHashMap<&str, (u32, u32, u32)> = FxHashMap::default();
        for (i, t) in (0..).zip(&s.tokens).filter(|(_, t)| has_content(t.upos)) {
            let next = known.len() as u32;
            let (_, last, count) = known.entry(s.lemma(i)).or_insert((next, u32::MAX, 0));
            if *last != t.sentence {
                (*last, *count) = (t.sentence, *count + 1);
            }
        }
        let word = |i: u32| {
            let (lemma, _, count) = known.get(s.lemma(i))?;
            let is_name = s.token(i).upos == Upos::Propn;
            Some(Word { lemma: *lemma, is_name, is_rare: *count <= RARE })
        };
        let of = all.iter().map(|o| {
            let own = |i: &u32| has_content(s.token(*i).upos) && *i != o.trigger && !o.others.contains(i);
            let mut words: Vec<Word> = s.tokens_in(o.clause).filter(own).filter_map(word).collect();
            words.sort_unstable();
            words.dedup_by_key(|w| w.lemma);
            words
        });
        Words { of: of.collect() }
    }

    /// What two tellings share.
    pub(super) fn shared(&self, i: usize, j: usize) -> Shared {
        let (a, b) = (&self.of[i], &self.of[j]);
        let mut shared = Shared::default();
        for w in a.iter().filter(|w| b.binary_search_by_key(&w.lemma, |v| v.lemma).is_ok()) {
            shared.names += usize::from(w.is_name);
            shared.words += usize::from(!w.is_name);
            shared.rare += usize::from(!w.is_name && w.is_rare);
        }
        let fewest = a.len().min(b.len());
        if fewest > 0 {
            shared.quarters = (4 * (shared.names + shared.words)).div_ceil(fewest);
        }
        shared
    }
}

const fn has_content(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(lemma: u32, is_name: bool, is_rare: bool) -> Word {
        Word { lemma, is_name, is_rare }
    }

    #[test]
    fn names_and_seldom_words_are_counted_apart() {
        let long =
            vec![word(1, true, false), word(2, false, true), word(3, false, false), word(9, false, true)];
        let short =
            vec![word(1, true, false), word(3, false, false), word(4, false, true), word(9, false, true)];
        let shared = Words { of: vec![long, short] }.shared(0, 1);
        assert_eq!((shared.names, shared.words, shared.rare, shared.quarters), (1, 2, 1, 3));
    }

    #[test]
    fn nothing_is_shared_with_a_clause_without_words() {
        let shared = Words { of: vec![vec![word(1, false, true)], Vec::new()] }.shared(0, 1);
        assert_eq!((shared.names, shared.words, shared.quarters), (0, 0, 0));
    }
}
