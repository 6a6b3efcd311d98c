//! Values by feature, as the linear models ask for them: many features, most of them without a value.

/// A hash of a feature's words.
#[inline]
pub fn hash(feature: &str) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |h: u64, part: u64| (h.rotate_left(23) ^ part).wrapping_mul(ODD);
    let (mut h, mut rest) = (feature.len() as u64, feature.as_bytes());
    while let Some((part, more)) = rest.split_first_chunk::<8>() {
        h = mix(h, u64::from_le_bytes(*part));
        rest = more;
    }
    // Reads that overlap cover what is left: two of four bytes, or three of one.
    let n = rest.len();
    let last = match (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        (Some(a), Some(b)) => u64::from(u32::from_le_bytes(*a)) | u64::from(u32::from_le_bytes(*b)) << 32,
        _ if n > 0 => u64::from(rest[0]) | u64::from(rest[n / 2]) << 8 | u64::from(rest[n - 1]) << 16,
        _ => 0,
    };
    h = mix(h, last);
    h ^ h >> 29
}

/// Values by feature: a table with open addressing.
///
/// Half of a feature's hash says where it stands, the other half whether it is the one: one look at an empty place answers
/// for most features, which have no value.
///
/// ```
/// let mut table = dateline_core::weights::Table::with_rows(2);
/// table.insert("near 1", 0.5_f32);
/// assert_eq!((table.get("near 1"), table.get("near 2")), (Some(0.5), None));
/// ```
#[derive(Clone, Debug)]
pub struct Table<V> {
    /// At least half of them are free.
    places: Vec<(u32, V)>,
    rows: usize,
}

impl<V: Copy + Default> Default for Table<V> {
    fn default() -> Self {
        Self::with_rows(0)
    }
}

impl<V: Copy + Default> Table<V> {
    /// An empty table with room for so many rows.
    pub fn with_rows(rows: usize) -> Self {
        Self { places: vec![(0, V::default()); (2 * rows + 2).next_power_of_two()], rows: 0 }
    }

    /// Sets the value of a feature.
    ///
    /// # Panics
    /// With more features than the table has room for.
    pub fn insert(&mut self, feature: &str, value: V) {
        self.insert_hashed(hash(feature), value);
    }

    /// The same for a feature whose hash its user makes.
    ///
    /// # Panics
    /// With more features than the table has room for.
    pub fn insert_hashed(&mut self, key: u64, value: V) {
        let place = self.place(key);
        if self.places[place].0 == 0 {
            self.rows += 1;
            assert!(2 * self.rows < self.places.len(), "more rows than were told");
        }
        self.places[place] = (tag(key), value);
    }

    /// The value of a feature.
    #[inline]
    pub fn get(&self, feature: &str) -> Option<V> {
        self.get_hashed(hash(feature))
    }

    /// The same for a feature whose hash its user makes.
    #[inline]
    pub fn get_hashed(&self, key: u64) -> Option<V> {
        let (tag, value) = self.places[self.place(key)];
        (tag != 0).then_some(value)
    }

    /// Number of features that have a value.
    pub const fn len(&self) -> usize {
        self.rows
    }

    /// Whether no feature has a value.
    pub const fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Where a feature stands, or the free place where it would.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.places.len() - 1;
        let mut place = (key >> 32) as usize & mask;
        while self.places[place].0 != 0 && self.places[place].0 != tag(key) {
            place = (place + 1) & mask;
        }
        place
    }
}

/// The half of a hash that tells features apart; 0 marks free places.
const fn tag(key: u64) -> u32 {
    let tag = key as u32;
    if tag == 0 { 1 } else { tag }
}

#[cfg(test)]
mod tests {
    use super::{Table, hash};
    use std::collections::HashSet;

    #[test]
    fn features_that_differ_a_little_have_other_hashes() {
        let mut seen = HashSet::new();
        for a in 0..200 {
            for b in ["", "a", "ab", "abc", "abcd", "type ASSAULT", "ASSAULT type", "aab", "aba", "baa"] {
                assert!(seen.insert(hash(&format!("{a} {b}"))), "{a} {b}");
            }
        }
    }

    #[test]
    fn the_last_value_counts_and_every_row_is_found() {
        let mut table = Table::with_rows(1000);
        (0..1000).for_each(|k| table.insert(&format!("far {k}"), k));
        table.insert("far 7", 8);
        assert_eq!(table.len(), 1000);
        assert!((0..1000).filter(|&k| k != 7).all(|k| table.get(&format!("far {k}")) == Some(k)));
        assert_eq!((table.get("far 7"), table.get("near 7")), (Some(8), None));
    }
}
