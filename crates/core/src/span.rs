//! A half-open range of text.

use serde::{Deserialize, Serialize};

/// `[start, end)`: bytes in memory, code points in the written record, where it is the pair `[start, end]`.
///
/// ```
/// use dateline_core::Span;
/// let span = Span::new(0, 5);
/// assert_eq!(span.of("Cairo, Nov. 21"), "Cairo");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First offset inside.
    pub start: u32,
    /// First offset behind.
    pub end: u32,
}

impl Span {
    /// The range from `start` to `end`; an end before the start is taken as empty.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end: if end < start { start } else { end } }
    }

    /// The words it rests on, or the empty string when it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// Number of units covered.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether nothing is covered.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside.
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one unit.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Whether byte `at` lies inside one of `spans`, which are in text order and do not overlap.
///
/// ```
/// use dateline_core::Span;
/// use dateline_core::span::any_contains;
/// let quotes = [Span::new(3, 9), Span::new(20, 31)];
/// assert!(any_contains(&quotes, 20) && !any_contains(&quotes, 9));
/// ```
pub fn any_contains(spans: &[Span], at: u32) -> bool {
    let k = spans.partition_point(|s| s.end <= at);
    spans.get(k).is_some_and(|s| s.contains(at))
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_that_does_not_fit_is_empty_text() {
        assert_eq!(Span::new(3, 99).of("short"), "");
        assert_eq!(Span::new(1, 2).of("é"), "");
    }

    #[test]
    fn spans_that_touch_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 4)));
        assert!(Span::new(0, 3).overlaps(Span::new(2, 4)));
    }
}
