//! What covers which words: the text cut at every border of a span.

use dateline_core::Span;
use dateline_core::record::Record;

/// One kind of finding in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    /// Not read.
    Removed,
    /// Words of a statement; its index.
    Said(usize),
    /// The clause of an event; its index.
    Clause(usize),
    /// The words of saying.
    Cue,
    /// An entity; its index.
    Entity(usize),
    /// A place; its index.
    Place(usize),
    /// The word that expresses an event; its index.
    Trigger(usize),
}

/// A piece of text with all that covers it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) span: Span,
    /// In the order of [`Layer`].
    pub(super) layers: Vec<Layer>,
}

/// The text of a record in segments, from its first byte to its last.
pub(super) fn segments(record: &Record) -> Vec<Segment> {
    let mut spans: Vec<(Span, Layer)> = Vec::new();
    spans.extend(record.removed.iter().map(|r| (r.span, Layer::Removed)));
    for (k, statement) in record.statements.iter().enumerate() {
        spans.push((statement.span, Layer::Said(k)));
        spans.extend(statement.cue.map(|cue| (cue, Layer::Cue)));
    }
    for (k, event) in record.events.iter().enumerate() {
        spans.extend(event.sources.iter().filter_map(|s| s.cue).map(|cue| (cue, Layer::Cue)));
        for mention in &event.mentions {
            spans.push((mention.clause, Layer::Clause(k)));
            spans.push((mention.trigger, Layer::Trigger(k)));
        }
    }
    for (k, entity) in record.entities.iter().enumerate() {
        spans.extend(entity.mentions.iter().map(|&m| (m, Layer::Entity(k))));
    }
    for (k, place) in record.places.iter().enumerate() {
        spans.extend(place.mentions.iter().map(|&m| (m, Layer::Place(k))));
    }
    spans.retain(|(span, _)| !span.of(&record.text).is_empty());
    cut(record.text.len() as u32, &mut spans)
}

/// Walks the borders from left to right, keeping what is open.
fn cut(length: u32, spans: &mut [(Span, Layer)]) -> Vec<Segment> {
    spans.sort_by_key(|(span, layer)| (span.start, span.end, *layer));
    let mut borders: Vec<u32> = spans.iter().flat_map(|(s, _)| [s.start, s.end]).chain([0, length]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut open: Vec<(Span, Layer)> = Vec::new();
    let mut coming = spans.iter().copied().peekable();
    let mut segments = Vec::with_capacity(borders.len());
    for pair in borders.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        open.retain(|(span, _)| span.end > start);
        while let Some(next) = coming.next_if(|(span, _)| span.start <= start) {
            open.push(next);
        }
        let mut layers: Vec<Layer> = open.iter().map(|(_, layer)| *layer).collect();
        layers.sort_unstable();
        layers.dedup();
        segments.push(Segment { span: Span::new(start, end), layers });
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_spans_are_cut_at_their_borders() {
        let mut spans = vec![
            (Span::new(2, 8), Layer::Clause(0)),
            (Span::new(0, 4), Layer::Entity(1)),
            (Span::new(4, 6), Layer::Trigger(0)),
        ];
        let got: Vec<(u32, u32, usize)> =
            cut(10, &mut spans).iter().map(|s| (s.span.start, s.span.end, s.layers.len())).collect();
        assert_eq!(got, [(0, 2, 1), (2, 4, 2), (4, 6, 2), (6, 8, 1), (8, 10, 0)]);
    }
}
