//! Which words a sentence holds, told fast and with doubt: most frames ask for words that are not there.

use dateline_core::syntax::Syntax;
use dateline_core::weights::hash;
use std::ops::Range;

/// A set of words. It may seem to hold words that it does not hold; what it seems to lack it lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bag([u64; 4]);

impl Bag {
    /// The lemmas of some tokens.
    pub(crate) fn of(s: &Syntax, tokens: Range<u32>) -> Bag {
        let mut bag = Bag::default();
        tokens.for_each(|t| bag.add(s.lemma(t)));
        bag
    }

    /// Adds a word.
    pub(crate) fn add(&mut self, word: &str) {
        let bit = hash(word) >> 56;
        self.0[bit as usize / 64] |= 1 << (bit % 64);
    }

    /// Whether it may hold all words of another.
    pub(crate) fn may_hold(&self, other: &Bag) -> bool {
        self.0.iter().zip(&other.0).all(|(a, b)| b & !a == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Bag;

    fn bag(words: &str) -> Bag {
        let mut bag = Bag::default();
        words.split(' ').for_each(|word| bag.add(word));
        bag
    }

    #[test]
    fn what_is_there_is_found() {
        let sentence = bag("the rebel carry out an attack on the capital");
        assert!(sentence.may_hold(&bag("attack out")) && sentence.may_hold(&Bag::default()));
        let absent = ["talk", "hold", "sign", "deal", "send", "troop", "strike", "vote"];
        assert!(absent.iter().filter(|w| !sentence.may_hold(&bag(w))).count() > 5);
    }
}
