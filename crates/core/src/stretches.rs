//! Which of many things hold a place in the text, found without looking at all of them.

use crate::span::Span;

/// Stretches before a place that are looked at: bounds the cost of endless ones, which may hold any number of others.
const MOST: usize = 512;

/// The stretches of text that things hold; each may have several, and stretches may lie in each other.
///
/// ```
/// use dateline_core::{Span, stretches::Stretches};
/// let all = Stretches::new([(Span::new(0, 9), 0), (Span::new(4, 6), 1), (Span::new(20, 30), 0)].into_iter());
/// assert_eq!(all.holding(5), [0, 1]);
/// assert_eq!(all.holding(25), [0]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Stretches {
    /// Stretches and what they belong to, by where they begin.
    spans: Vec<(Span, u32)>,
    /// For each stretch how far it and those before it reach.
    reach: Vec<u32>,
}

impl Stretches {
    /// Stretches with the numbers of what they belong to.
    pub fn new(stretches: impl Iterator<Item = (Span, u32)>) -> Stretches {
        let mut spans: Vec<(Span, u32)> = stretches.collect();
        spans.sort_by_key(|(span, k)| (span.start, span.end, *k));
        let reach = spans.iter().scan(0, |far, (span, _)| {
            *far = span.end.max(*far);
            Some(*far)
        });
        Stretches { reach: reach.collect(), spans }
    }

    /// The numbers of what holds this byte offset, each once, in rising order.
    pub fn holding(&self, offset: u32) -> Vec<usize> {
        let end = self.spans.partition_point(|(span, _)| span.start <= offset);
        let around = (0..end).rev().take(MOST).take_while(|&k| self.reach[k] > offset);
        let mut found: Vec<usize> =
            around.filter(|&k| self.spans[k].0.contains(offset)).map(|k| self.spans[k].1 as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
