//! Which keys anything is looked up under, so that the rest need not be listed.

/// A set of keys that may hold some more than were put in: about one in ten of those it is asked for.
pub(crate) struct Wanted {
    bits: Vec<u64>,
}

/// Bits for each key.
const SPARE: usize = 10;

impl Wanted {
    /// An empty set for so many keys.
    pub(crate) fn new(keys: usize) -> Self {
        let words = (keys * SPARE).next_power_of_two() / 64;
        Self { bits: vec![0; words.max(1)] }
    }

    /// Where a key is marked; keys are well stirred.
    fn place(&self, key: u64) -> (usize, u64) {
        let bit = (key >> 16) as usize & (64 * self.bits.len() - 1);
        (bit / 64, 1 << (bit % 64))
    }

    pub(crate) fn add(&mut self, key: u64) {
        let (word, bit) = self.place(key);
        self.bits[word] |= bit;
    }

    pub(crate) fn has(&self, key: u64) -> bool {
        let (word, bit) = self.place(key);
        self.bits[word] & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_there_and_most_else_is_not() {
        let key = |n: u64| n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut wanted = Wanted::new(1000);
        (0..1000).for_each(|n| wanted.add(key(n)));
        assert!((0..1000).all(|n| wanted.has(key(n))));
        assert!((1000..9000).filter(|&n| wanted.has(key(n))).count() < 1200);
        assert!(!Wanted::new(0).has(7));
    }
}
