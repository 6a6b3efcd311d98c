//! A small linear model that judges candidates: whom, where or when an act means, of which country somebody is, where the
//! words leave it open. Weights are readable tables under `models/`, made by `train/events` and `train/ranker`.

use crate::weights::Table;
use std::fmt::{Arguments, Write};

/// Weights by feature, and how likely a candidate must be.
#[derive(Debug, Default)]
pub struct Ranker {
    weights: Table<f32>,
    threshold: f32,
    limits: Vec<(Box<str>, f32)>,
}

/// What is wrong with a line of the weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("models/{table}.tsv:{line}: needs feature and number; make the table anew with train/ranker")]
pub struct WeightError {
    /// Name of the table.
    pub table: String,
    /// Line, from 1.
    pub line: usize,
}

impl Ranker {
    /// Reads `feature TAB weight` lines; the feature `threshold` holds the probability from which a candidate is taken,
    /// and rows `limit NAME` further probabilities that its user asks for.
    ///
    /// ```
    /// use dateline_core::ranker::Ranker;
    /// let ranker = Ranker::parse("place", "threshold\t0.5\nnear\t2\nfar\t-1\n")?;
    /// let best = ranker.best(["far", "near"].into_iter(), |candidate, give| give(candidate));
    /// assert_eq!(best, Some("near"));
    /// # Ok::<(), dateline_core::ranker::WeightError>(())
    /// ```
    pub fn parse(table: &str, text: &str) -> Result<Ranker, WeightError> {
        let mut ranker =
            Ranker { weights: Table::with_rows(text.lines().count()), threshold: 1.1, limits: Vec::new() };
        for row in rows(table, text) {
            let (feature, weight) = row?;
            if feature == "threshold" {
                ranker.threshold = weight;
            } else if let Some(name) = feature.strip_prefix("limit ") {
                ranker.limits.push((name.into(), weight));
            } else {
                ranker.weights.insert(feature, weight);
            }
        }
        Ok(ranker)
    }

    /// How likely a candidate with these features is right, 0 to 1.
    pub fn likelihood(&self, features: impl FnOnce(&mut dyn FnMut(&str))) -> f32 {
        logistic(self.sum(features))
    }

    fn sum(&self, features: impl FnOnce(&mut dyn FnMut(&str))) -> f32 {
        let mut sum = 0.0;
        features(&mut |f| sum += self.weights.get(f).unwrap_or(0.0));
        sum
    }

    /// A limit among the weights: the row `limit NAME`, above every likelihood where there is none.
    pub fn limit(&self, name: &str) -> f32 {
        self.limits.iter().find(|(n, _)| **n == *name).map_or(1.1, |(_, v)| *v)
    }

    /// Whether a candidate is likely enough for itself, whatever others there are.
    pub fn accepts(&self, features: impl FnOnce(&mut dyn FnMut(&str))) -> bool {
        self.likelihood(features) >= self.threshold
    }

    /// The best candidate, if it is likely enough; `features` calls its second argument with every feature of one.
    pub fn best<C>(
        &self,
        candidates: impl Iterator<Item = C>,
        mut features: impl FnMut(&C, &mut dyn FnMut(&str)),
    ) -> Option<C> {
        let mut best: Option<(f32, C)> = None;
        for candidate in candidates {
            let score = self.sum(|give| features(&candidate, give));
            if best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, candidate));
            }
        }
        best.filter(|(score, _)| logistic(*score) >= self.threshold).map(|(_, c)| c)
    }
}

/// The rows of a table of weights: `feature TAB weight`; empty lines and those that begin with `#` are passed over.
///
/// # Errors
/// A row without a feature or with no number.
pub fn rows<'a>(
    table: &'a str,
    text: &'a str,
) -> impl Iterator<Item = Result<(&'a str, f32), WeightError>> + 'a {
    let told = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    told.map(move |(number, line)| {
        let row = line.split_once('\t').and_then(|(f, weight)| Some((f, weight.trim().parse().ok()?)));
        row.ok_or_else(|| WeightError { table: table.to_owned(), line: number + 1 })
    })
}

/// Puts features together in a buffer that is used again, and hands each on.
///
/// ```
/// use dateline_core::ranker::Put;
/// let mut seen = Vec::new();
/// let mut give = |feature: &str| seen.push(feature.to_owned());
/// Put::new(&mut give).feature(format_args!("near {}", 3));
/// assert_eq!(seen, ["near 3"]);
/// ```
pub struct Put<'a> {
    /// The words that all features begin with, and the feature at hand.
    buffer: String,
    prefix: usize,
    give: &'a mut dyn FnMut(&str),
}

impl<'a> Put<'a> {
    /// For features that `give` takes.
    pub fn new(give: &'a mut dyn FnMut(&str)) -> Put<'a> {
        Put::with_prefix("", give)
    }

    /// For features that all begin with the same words.
    pub fn with_prefix(prefix: &str, give: &'a mut dyn FnMut(&str)) -> Put<'a> {
        let mut buffer = String::with_capacity(96);
        buffer.push_str(prefix);
        Put { buffer, prefix: prefix.len(), give }
    }

    /// Hands on one feature.
    pub fn feature(&mut self, feature: Arguments<'_>) {
        self.buffer.truncate(self.prefix);
        if self.buffer.write_fmt(feature).is_ok() {
            (self.give)(&self.buffer);
        }
    }
}

/// 1 / (1 + e^-x), the same on every machine.
pub fn logistic(x: f32) -> f32 {
    (1.0 / (1.0 + exponential(-f64::from(x).clamp(-12.0, 12.0)))) as f32
}

/// e^x for x from -40 to 40 by a series that is the same on every machine: additions, multiplications and divisions only.
pub fn exponential(x: f64) -> f64 {
    // e^x = (e^(x/64))^64, with the exponential of a small number by its series.
    let y = x.clamp(-40.0, 40.0) / 64.0;
    let mut e = 1.0 + y * (1.0 + y / 2.0 * (1.0 + y / 3.0 * (1.0 + y / 4.0 * (1.0 + y / 5.0))));
    for _ in 0..6 {
        e *= e;
    }
    e
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_picked_below_the_threshold() {
        let ranker = Ranker::parse("t", "threshold\t0.6\na\t0.1\n").unwrap();
        assert_eq!(ranker.best([1].into_iter(), |_, give| give("a")), None);
        assert!(ranker.accepts(|give| (0..9).for_each(|_| give("a"))) && !ranker.accepts(|give| give("a")));
        assert!(Ranker::parse("t", "a\tx\n").is_err());
    }

    #[test]
    fn the_logistic_is_close() {
        for x in [-8.0_f32, -1.0, 0.0, 0.5, 3.0, 10.0] {
            let exact = 1.0 / (1.0 + (-x).exp());
            assert!((logistic(x) - exact).abs() < 1e-4, "{x}");
        }
    }
}
