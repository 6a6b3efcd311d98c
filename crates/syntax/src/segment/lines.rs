//! Lines to paragraphs: a newline ends a paragraph, unless the text was wrapped at a fixed width.

use dateline_core::Span;
use memchr::memchr;

/// A stretch of text that is cut into sentences by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// Index of its paragraph.
    pub(crate) paragraph: u32,
}

#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    end: usize,
    /// Characters from the first to the last that is no white space; 0 for an empty line.
    width: usize,
}

/// Buffers that are kept from document to document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines {
    lines: Vec<Line>,
    widths: Vec<usize>,
}

/// No text is wrapped at a narrower or wider column.
const WRAP: std::ops::RangeInclusive<usize> = 45..=110;
/// How much a wrapped line may fall short of the column although the next word would have fitted.
const SLACK: usize = 6;

impl Lines {
    /// Appends the pieces of `text` to `out`: `removed` parts left out, a break at each of `cuts`; both sorted.
    pub(crate) fn pieces(&mut self, text: &str, removed: &[Span], cuts: &[u32], out: &mut Vec<Piece>) {
        self.read(text);
        let column = self.wrap_column(text);
        let mut holes = Holes { removed, cuts };
        let mut paragraph = 0;
        let mut at = 0;
        while at < self.lines.len() {
            let first = self.lines[at];
            let mut last = first;
            at += 1;
            if first.width == 0 {
                continue;
            }
            while let (Some(column), Some(&next)) = (column, self.lines.get(at)) {
                if !continues(text, last, next, column) {
                    break;
                }
                last = next;
                at += 1;
            }
            holes.split(text, Span::new(first.start as u32, last.end as u32), paragraph, out);
            paragraph += 1;
        }
    }

    fn read(&mut self, text: &str) {
        self.lines.clear();
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let end = memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |i| start + i);
            let width = text[start..end].trim().chars().count();
            self.lines.push(Line { start, end, width });
            start = end + 1;
        }
    }

    /// The column that the text is wrapped at, if it is.
    fn wrap_column(&mut self, text: &str) -> Option<usize> {
        self.widths.clear();
        let pairs = || self.lines.windows(2).filter(|p| p[0].width > 0 && p[1].width > 0);
        self.widths.extend(pairs().map(|p| p[0].width));
        let count = self.widths.len();
        if count == 0 {
            return None;
        }
        // The widest line, but for one in twenty.
        let (_, &mut column, _) = self.widths.select_nth_unstable(count - 1 - count / 20);
        if !WRAP.contains(&column) {
            return None;
        }
        let full = pairs().filter(|p| is_full(text, p[0], p[1], column)).count();
        let wrapped = match count {
            1 | 2 => pairs().all(|p| is_full(text, p[0], p[1], column) && goes_on(text, p[0], p[1])),
            _ => full * 10 >= count * 6,
        };
        wrapped.then_some(column)
    }
}

/// Whether the first word of `next` had no room on `line`.
fn is_full(text: &str, line: Line, next: Line, column: usize) -> bool {
    let word = text[next.start..next.end].split_whitespace().next().unwrap_or("");
    line.width + 1 + word.chars().count() + SLACK > column
}

/// Whether the sentence visibly goes on behind `line`.
fn goes_on(text: &str, line: Line, next: Line) -> bool {
    let ends = text[line.start..line.end].trim_end().ends_with(['.', '!', '?', '"', '”', ':']);
    !ends && text[next.start..next.end].trim_start().starts_with(char::is_lowercase)
}

/// Whether `next` belongs to the paragraph of `line`, in a text that is wrapped at `column`.
fn continues(text: &str, line: Line, next: Line, column: usize) -> bool {
    let raw = &text[next.start..next.end];
    let indented = |raw: &str| raw.starts_with("  ") || raw.starts_with('\t');
    let bullet =
        raw.trim_start().strip_prefix(['-', '*', '•']).is_some_and(|r| r.starts_with([' ', '\t', '\u{a0}']));
    let new_indent = indented(raw) && !indented(&text[line.start..line.end]);
    next.width > 0 && !new_indent && !bullet && is_full(text, line, next, column)
}

struct Holes<'a> {
    removed: &'a [Span],
    cuts: &'a [u32],
}

impl Holes<'_> {
    /// Appends what is left of a paragraph.
    fn split(&mut self, text: &str, whole: Span, paragraph: u32, out: &mut Vec<Piece>) {
        let mut from = whole.start;
        while let Some(hole) = self.removed.first().copied() {
            if hole.start >= whole.end {
                break;
            }
            if hole.start > from {
                self.cut(text, Span::new(from, hole.start), paragraph, out);
            }
            from = from.max(hole.end);
            if hole.end > whole.end {
                return;
            }
            self.removed = &self.removed[1..];
        }
        if from < whole.end {
            self.cut(text, Span::new(from, whole.end), paragraph, out);
        }
    }

    fn cut(&mut self, text: &str, span: Span, paragraph: u32, out: &mut Vec<Piece>) {
        let mut push = |start: u32, end: u32| {
            let span = Span::new(start, end);
            if !span.of(text).trim().is_empty() {
                out.push(Piece { span, paragraph });
            }
        };
        let mut from = span.start;
        while let Some(&cut) = self.cuts.first() {
            if cut >= span.end {
                break;
            }
            if cut > from {
                push(from, cut);
                from = cut;
            }
            self.cuts = &self.cuts[1..];
        }
        push(from, span.end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, removed: &[Span], cuts: &[u32]) -> Vec<(String, u32)> {
        let mut out = Vec::new();
        Lines::default().pieces(text, removed, cuts, &mut out);
        out.iter().map(|p| (p.span.of(text).trim().to_owned(), p.paragraph)).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        let found = split("One line here.\nAnother one.\n\n\nThird", &[], &[]);
        let expected = [("One line here.", 0), ("Another one.", 1), ("Third", 2)];
        assert_eq!(found, expected.map(|(s, n)| (s.to_owned(), n)));
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The ministers of both countries met in the capital on Monday to\n\
                    discuss the border, the water and the return of those who had to\n\
                    flee in spring.\n\
                    A second round of the talks, which nobody had expected before the\n\
                    weekend, is planned for the coming month in the port city, so the\n\
                    hosts said.\n";
        let found = split(text, &[], &[]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].0.starts_with("A second round"));
    }

    #[test]
    fn short_lines_are_not_wrapped() {
        let text =
            "Ministers meet\nRebels shell a town in the north, two are killed on the road\nMarkets calm\n";
        assert_eq!(split(text, &[], &[]).len(), 3);
    }

    #[test]
    fn removed_parts_are_left_out() {
        let text = "Before this. Also Read More here.\nNext.";
        let found = split(text, &[Span::new(13, 22)], &[7]);
        let expected = [("Before", 0), ("this.", 0), ("More here.", 0), ("Next.", 1)];
        assert_eq!(found, expected.map(|(s, n)| (s.to_owned(), n)));
    }

    #[test]
    fn a_removed_part_may_span_paragraphs() {
        let text = "One two.\nThree.\nFour five.";
        let found = split(text, &[Span::new(4, 21)], &[]);
        assert_eq!(found, [("One", 0), ("five.", 2)].map(|(s, n)| (s.to_owned(), n)));
    }
}
