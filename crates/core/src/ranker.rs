//! A small linear model that judges candidates: whom, where or when an act means, of which country somebody is, where the
//! words leave it open. Weights are readable tables under `models/`, made by `train/ranker`.

use std::collections::HashMap;

/// Weights by feature, and how likely a candidate must be.
#[derive(Debug, Default)]
pub struct Ranker {
    weights: HashMap<Box<str>, f32>,
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
        let mut ranker = Ranker { weights: HashMap::new(), threshold: 1.1, limits: Vec::new() };
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = || WeightError { table: table.to_owned(), line: number + 1 };
            let (feature, weight) = line.split_once('\t').ok_or_else(error)?;
            let weight = weight.trim().parse().map_err(|_| error())?;
            if feature == "threshold" {
                ranker.threshold = weight;
            } else if let Some(name) = feature.strip_prefix("limit ") {
                ranker.limits.push((name.into(), weight));
            } else {
                ranker.weights.insert(feature.into(), weight);
            }
        }
        Ok(ranker)
    }

    /// How likely a candidate with these features is right, 0 to 1.
    pub fn likelihood(&self, features: impl FnOnce(&mut dyn FnMut(&str))) -> f32 {
        let mut score = 0.0;
        features(&mut |f| score += self.weights.get(f).copied().unwrap_or(0.0));
        logistic(score)
    }

    /// A limit among the weights: the row `limit NAME`, above every likelihood where there is none.
    pub fn limit(&self, name: &str) -> f32 {
        self.limits.iter().find(|(n, _)| **n == *name).map_or(1.1, |(_, v)| *v)
    }

    /// Whether a candidate is likely enough for itself, whatever others there are.
    pub fn accepts(&self, features: impl FnOnce(&mut dyn FnMut(&str))) -> bool {
        let mut score = 0.0;
        features(&mut |f| score += self.weights.get(f).copied().unwrap_or(0.0));
        logistic(score) >= self.threshold
    }

    /// The best candidate, if it is likely enough; `features` calls its second argument with every feature of one.
    pub fn best<C>(
        &self,
        candidates: impl Iterator<Item = C>,
        mut features: impl FnMut(&C, &mut dyn FnMut(&str)),
    ) -> Option<C> {
        let mut best: Option<(f32, C)> = None;
        for candidate in candidates {
            let mut score = 0.0;
            features(&candidate, &mut |f| score += self.weights.get(f).copied().unwrap_or(0.0));
            if best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, candidate));
            }
        }
        best.filter(|(score, _)| logistic(*score) >= self.threshold).map(|(_, c)| c)
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
