//! A linear model over readable features.

use dateline_core::weights::Table;

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
        self.words.iter().filter(|w| !w.is_empty()).fold(hash(0, self.name), |h, w| hash(h, w))
    }
}

/// Goes on from hash `start` with a word, eight bytes at a time.
#[inline]
fn hash(start: u64, word: &str) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |h: u64, part: u64| (h.rotate_left(23) ^ part).wrapping_mul(ODD);
    let (mut h, mut rest) = (start, word.as_bytes());
    while let Some((part, more)) = rest.split_first_chunk::<8>() {
        h = mix(h, u64::from_le_bytes(*part));
        rest = more;
    }
    let last = rest.iter().fold(0, |part, b| part << 8 | u64::from(*b));
    mix(h, last ^ (word.len() as u64) << 56)
}

/// Weights by feature, and the score above which a candidate counts.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    table: Table<f32>,
    /// The least score that counts.
    pub threshold: f32,
}

impl Weights {
    /// Reads `feature TAB weight` lines; `#` begins a comment, the feature `threshold` sets the threshold.
    ///
    /// # Errors
    /// The number of the first line without a weight.
    pub fn parse(text: &str) -> Result<Weights, usize> {
        let mut weights = Weights { table: Table::with_rows(text.lines().count()), threshold: 0.0 };
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (feature, weight) = line.rsplit_once('\t').ok_or(number + 1)?;
            let weight: f32 = weight.trim().parse().map_err(|_| number + 1)?;
            if feature == "threshold" {
                weights.threshold = weight;
                continue;
            }
            weights.table.insert_hashed(feature.split(' ').fold(0, hash), weight);
        }
        Ok(weights)
    }

    /// The weight of a feature, 0 where the table has none.
    pub fn of(&self, feature: &Feature<'_>) -> f32 {
        self.table.get_hashed(feature.key()).unwrap_or(0.0)
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
