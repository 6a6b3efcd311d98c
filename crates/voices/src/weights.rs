//! A linear model over readable features.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// One feature: a name and up to two words, written `name word word` in the table.
#[derive(Clone, Copy, Debug)]
pub struct Feature<'a> {
    /// What is looked at.
    pub name: &'a str,
    /// What was seen.
    pub words: [&'a str; 3],
}

impl std::fmt::Display for Feature<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)?;
        self.words.iter().filter(|w| !w.is_empty()).try_for_each(|w| write!(f, " {w}"))
    }
}

impl Feature<'_> {
    fn key(&self) -> u64 {
        let words = self.words.iter().filter(|w| !w.is_empty());
        words.fold(hash(FIRST, self.name.as_bytes()), |h, w| hash(hash(h, b" "), w.as_bytes()))
    }
}

const FIRST: u64 = 0xcbf2_9ce4_8422_2325;

fn hash(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3))
}

/// The keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
struct Keyed(u64);

impl Hasher for Keyed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(self.0, bytes);
    }

    fn write_u64(&mut self, key: u64) {
        // The upper bits of the multiplicative hash are the good ones; the table looks at both ends.
        self.0 = key ^ (key >> 29);
    }
}

/// Weights by feature, and the score above which a candidate counts.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    table: HashMap<u64, f32, BuildHasherDefault<Keyed>>,
    /// The least score that counts.
    pub threshold: f32,
}

impl Weights {
    /// Reads `feature TAB weight` lines; `#` begins a comment, the feature `threshold` sets the threshold.
    ///
    /// # Errors
    /// The number of the first line without a weight.
    pub fn parse(text: &str) -> Result<Weights, usize> {
        let mut weights = Weights::default();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (feature, weight) = line.rsplit_once('\t').ok_or(number + 1)?;
            let weight: f32 = weight.trim().parse().map_err(|_| number + 1)?;
            if feature == "threshold" {
                weights.threshold = weight;
            } else {
                weights.table.insert(hash(FIRST, feature.as_bytes()), weight);
            }
        }
        Ok(weights)
    }

    /// The weight of a feature, 0 where the table has none.
    pub fn of(&self, feature: &Feature<'_>) -> f32 {
        self.table.get(&feature.key()).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_are_found_as_they_are_written() {
        let weights = Weights::parse("# weights\nthreshold\t0.5\nlemma say\t1.25\n").unwrap_or_default();
        assert!((weights.of(&Feature { name: "lemma", words: ["say", "", ""] }) - 1.25).abs() < 1e-6);
        assert!(weights.of(&Feature { name: "lemma", words: ["eat", "", ""] }).abs() < 1e-6);
        assert!((weights.threshold - 0.5).abs() < 1e-6);
    }

    #[test]
    fn a_line_without_weight_is_named() {
        assert_eq!(Weights::parse("a\t1\nb").err(), Some(2));
    }
}
