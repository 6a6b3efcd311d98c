//! Identifiers that are unique in a walk.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The identifiers given out so far. Only their hashes are kept: a walk may be long.
#[derive(Debug, Default)]
pub struct Ids {
    taken: HashSet<u64>,
}

impl Ids {
    /// `wanted`, or `wanted` with a number where it is taken.
    pub fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let mut number = 1;
        while !self.taken.insert(hash(&id)) {
            number += 1;
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
}
