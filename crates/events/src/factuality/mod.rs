//! How certain it is, from -3 (certainly not) over 0 (open) to 3 (certainly), that an act took place as the text presents
//! it. A linear model over the cues that also decide the status; trained by `train/factuality`, its weights are a table.

mod features;

pub use features::features;

use crate::status::StatusCues;
use dateline_core::Document;
use dateline_core::weights::Table;

const EMBEDDED: &str = include_str!("../../../../models/factuality.tsv");

/// The weights.
#[derive(Debug, Default)]
pub struct Factuality {
    /// Number of every feature, and its weight.
    weights: Table<(u32, f32)>,
}

/// What is wrong with a line of the weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("models/factuality.tsv:{line}: needs feature and number; make the table anew with train/factuality")]
pub struct WeightError {
    /// Line, from 1.
    pub line: usize,
}

impl Factuality {
    /// The weights that are part of the program.
    pub fn embedded() -> Result<Factuality, WeightError> {
        Factuality::parse(EMBEDDED)
    }

    /// Reads `feature TAB weight` lines.
    pub fn parse(text: &str) -> Result<Factuality, WeightError> {
        let mut weights = Table::with_rows(text.lines().count());
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = || WeightError { line: number + 1 };
            let (feature, weight) = line.split_once('\t').ok_or_else(error)?;
            weights.insert(feature, (number as u32, weight.parse().map_err(|_| error())?));
        }
        Ok(Factuality { weights })
    }

    /// The value for the act that token `i` of `doc` expresses.
    pub fn value(&self, doc: &Document, cues: &StatusCues, i: u32) -> f32 {
        let mut seen: Vec<(u32, f32)> = Vec::with_capacity(64);
        features(doc, cues, i, &mut |feature| seen.extend(self.weights.get(feature)));
        // Each feature counts once, and in an order that does not depend on the text.
        seen.sort_by_key(|&(number, _)| number);
        seen.dedup_by_key(|&mut (number, _)| number);
        seen.iter().map(|&(_, weight)| weight).sum::<f32>().clamp(-3.0, 3.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_sound() {
        let weights = Factuality::embedded().unwrap().weights;
        assert!(weights.get("bias").is_some());
        assert!(weights.get("0neg").is_some_and(|w| w.1 < 0.0), "a negation lowers the value");
        assert_eq!(Factuality::parse("0neg\tx\n").unwrap_err(), WeightError { line: 1 });
    }
}
