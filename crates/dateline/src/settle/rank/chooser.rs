//! A linear choice among candidates and "none of them". The weights are readable tables under `models/`, made by
//! `train/ranker`.

use super::Take;
use dateline_core::ranker::{WeightError, exponential, rows};
use dateline_core::weights::Table;
use std::fmt::{Arguments, Write};

/// Weights by feature, and how likely a candidate must be.
#[derive(Debug, Default)]
pub(crate) struct Chooser {
    weights: Table<f32>,
    threshold: f32,
}

impl Chooser {
    /// Reads `feature TAB weight` lines; the feature `threshold` holds the probability from which a candidate is taken.
    pub(crate) fn parse(table: &str, text: &str) -> Result<Chooser, WeightError> {
        let mut chooser = Chooser { weights: Table::with_rows(text.lines().count()), threshold: 1.1 };
        for row in rows(table, text) {
            let (feature, weight) = row?;
            if feature == "threshold" {
                chooser.threshold = weight;
            } else {
                chooser.weights.insert(feature, weight);
            }
        }
        Ok(chooser)
    }

    /// The likeliest candidate, if it is likely enough beside the others and none of them; `features` gives the features of
    /// a candidate, or of none.
    pub(crate) fn best<C>(
        &self,
        candidates: impl Iterator<Item = C>,
        mut features: impl FnMut(Option<&C>, &mut Score<'_>),
    ) -> Option<C> {
        let mut sum = Score { weights: &self.weights, sum: 0.0, buffer: String::with_capacity(64) };
        let mut score = |candidate: Option<&C>| {
            sum.sum = 0.0;
            features(candidate, &mut sum);
            sum.sum
        };
        let mut scores = vec![score(None)];
        let mut best: Option<(f32, C)> = None;
        for candidate in candidates {
            let s = score(Some(&candidate));
            scores.push(s);
            if best.as_ref().is_none_or(|(b, _)| s > *b) {
                best = Some((s, candidate));
            }
        }
        let (top, candidate) = best?;
        let all: f64 = scores.iter().map(|s| exponential(f64::from(s - top))).sum();
        (1.0 >= f64::from(self.threshold) * all).then_some(candidate)
    }
}

/// Sums the weights of the features it takes.
pub(crate) struct Score<'a> {
    weights: &'a Table<f32>,
    sum: f32,
    /// Where features are put together.
    buffer: String,
}

impl Take for Score<'_> {
    fn take(&mut self, feature: Arguments<'_>) {
        self.buffer.clear();
        if self.buffer.write_fmt(feature).is_ok() {
            self.sum += self.weights.get(&self.buffer).unwrap_or(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(weights: &str, candidates: &[&'static str]) -> Option<&'static str> {
        let chooser = Chooser::parse("t", weights).unwrap();
        let features =
            |c: Option<&&str>, take: &mut Score<'_>| take.take(format_args!("{}", c.unwrap_or(&"none")));
        chooser.best(candidates.iter().copied(), features)
    }

    #[test]
    fn the_likeliest_candidate_is_chosen() {
        assert_eq!(choose("threshold\t0.5\nnear\t2\nfar\t-1\n", &["far", "near"]), Some("near"));
    }

    #[test]
    fn nothing_is_chosen_where_none_is_likelier() {
        assert_eq!(choose("threshold\t0.5\nnear\t2\nnone\t3\n", &["near"]), None);
        assert_eq!(choose("threshold\t0.2\nnear\t2\nnone\t3\n", &["near"]), Some("near"));
    }

    #[test]
    fn candidates_alike_share_their_chance() {
        assert_eq!(choose("threshold\t0.4\na\t0\nb\t0\nnone\t-9\n", &["a"]), Some("a"));
        assert_eq!(choose("threshold\t0.4\na\t0\nb\t0\nc\t0\nnone\t-9\n", &["a", "b", "c"]), None);
    }

    #[test]
    fn a_wrong_line_is_told() {
        assert_eq!(Chooser::parse("when", "# x\na\tx\n").unwrap_err().line, 2);
    }
}
