//! Which reports hold a place in the text, found without looking at all of them.

use crate::reported::Report;
use dateline_core::Span;

/// What all reports tell, in text order.
#[derive(Clone, Debug, Default)]
pub struct Stretches {
    /// Stretches and the reports they belong to, by where they begin.
    spans: Vec<(Span, u32)>,
    /// For each stretch how far it and those before it reach.
    reach: Vec<u32>,
}

impl Stretches {
    /// The stretches of reports.
    pub fn new(reports: &[Report]) -> Stretches {
        let mut spans: Vec<(Span, u32)> =
            (0..).zip(reports).flat_map(|(k, r)| r.content.iter().map(move |c| (*c, k))).collect();
        spans.sort_by_key(|(span, k)| (span.start, span.end, *k));
        let reach = spans.iter().scan(0, |far, (span, _)| {
            *far = span.end.max(*far);
            Some(*far)
        });
        Stretches { reach: reach.collect(), spans }
    }

    /// Indices of the reports that hold this byte offset, each once, in text order.
    pub fn holding(&self, offset: u32) -> Vec<usize> {
        let end = self.spans.partition_point(|(span, _)| span.start <= offset);
        let around = (0..end).rev().take_while(|&k| self.reach[k] > offset);
        let mut found: Vec<usize> =
            around.filter(|&k| self.spans[k].0.contains(offset)).map(|k| self.spans[k].1 as usize).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
