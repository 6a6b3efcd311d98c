//! Which words can tell of the same act: "arrest" and "apprehend", "die" and "death".

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Senses of words, and the next wider ones.
#[derive(Debug)]
pub struct Concepts {
    words: FxHashMap<&'static str, u32>,
    senses: Vec<(Vec<u32>, Vec<u32>)>,
}

/// How two words are related.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// They share a sense, or one derives from the other.
    pub same: bool,
    /// A sense of one is wider than one of the other.
    pub wider: bool,
    /// They share a wider sense.
    pub near: bool,
}

impl Concepts {
    /// The table that is part of the program.
    pub fn embedded() -> &'static Concepts {
        static TABLE: OnceLock<Concepts> = OnceLock::new();
        TABLE.get_or_init(|| Self::parse(include_str!("../../../../models/concepts.tsv")))
    }

    fn parse(text: &'static str) -> Concepts {
        let numbers = |cell: &str| -> Vec<u32> {
            let mut all: Vec<u32> = cell.split(' ').filter_map(|n| u32::from_str_radix(n, 16).ok()).collect();
            all.sort_unstable();
            all
        };
        let (mut words, mut senses) = (FxHashMap::default(), Vec::new());
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.split('\t');
            if let (Some(word), Some(own), Some(wider)) = (cells.next(), cells.next(), cells.next()) {
                words.insert(word, senses.len() as u32);
                senses.push((numbers(own), numbers(wider)));
            }
        }
        Concepts { words, senses }
    }

    /// Whether a base form is in the table.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// The number of a base form in the table.
    pub fn number(&self, word: &str) -> Option<u32> {
        self.words.get(word).copied()
    }

    /// How two base forms are related.
    pub fn relation(&self, a: &str, b: &str) -> Relation {
        self.between(self.number(a), self.number(b))
    }

    /// How two base forms are related that are given as their numbers in the table.
    pub fn between(&self, a: Option<u32>, b: Option<u32>) -> Relation {
        let senses = |n: Option<u32>| n.and_then(|n| self.senses.get(n as usize));
        let (Some((own_a, wider_a)), Some((own_b, wider_b))) = (senses(a), senses(b)) else {
            return Relation::default();
        };
        let share = |x: &[u32], y: &[u32]| x.iter().any(|n| y.binary_search(n).is_ok());
        Relation {
            same: share(own_a, own_b),
            wider: share(own_a, wider_b) || share(own_b, wider_a),
            near: share(wider_a, wider_b),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Concepts;

    #[test]
    fn words_for_one_act_share_a_sense() {
        let relation = |a, b| Concepts::embedded().relation(a, b);
        assert!(relation("arrest", "apprehend").same);
        assert!(relation("attack", "assault").same && relation("negotiate", "negotiation").same);
        assert!(!relation("arrest", "harvest").same);
        assert!(!relation("arrest", "qwxz").same);
    }
}
