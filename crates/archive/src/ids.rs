//! Identifiers that are unique in a walk.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The identifiers given out so far. Only their hashes are kept: a walk may be long.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<u64>,
    /// The last number behind each that was wanted again: in an archive all may be called the same.
    numbers: HashMap<u64, u64>,
}

impl Ids {
    /// `wanted`, or `wanted` with a number where it is taken.
    pub fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        if self.taken.insert(hash(&id)) {
            return id;
        }
        let number = self.numbers.entry(hash(wanted)).or_insert(1);
        while !self.taken.insert(hash(&id)) {
            *number += 1;
            id = format!("{wanted}-{number}");
        }
        id
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn a_taken_identifier_gets_a_number() {
        let mut ids = Ids::default();
        assert_eq!(["x", "x-2", "x", "x"].map(|wanted| ids.unique(wanted)), ["x", "x-2", "x-3", "x-4"]);
    }

    #[test]
    fn one_identifier_for_all_is_no_burden() {
        let mut ids = Ids::default();
        ids.unique("x-3");
        let all: Vec<String> = (0..200_000).map(|_| ids.unique("x")).collect();
        assert_eq!(all[..3], ["x", "x-2", "x-4"]);
        assert_eq!(all.last().map(String::as_str), Some("x-200001"));
    }
}
