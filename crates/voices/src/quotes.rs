//! Quotation marks: which stretches of a text stand between them.
//!
//! One pass over the text. Curly marks pair by kind, straight ones by what stands beside them; a quotation that is open at
//! the end of a paragraph ends there, and goes on in the next one if that begins with an opening mark.

use dateline_core::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words, without the marks.
    pub span: Span,
    /// It was closed by a mark, not by the end of its paragraph.
    pub closed: bool,
    /// It opens while the one before it was left open at the end of its paragraph: one speech over two paragraphs.
    pub continues: bool,
    /// It stands within single marks.
    pub single: bool,
}

/// All quotations of `text` in text order, the outermost ones only.
///
/// ```
/// let text = "\"We will stay,\" she said. \"As long as it takes.\"";
/// let quotes: Vec<_> = dateline_voices::quotes::find(text).iter().map(|q| q.span.of(text)).collect();
/// assert_eq!(quotes, ["We will stay,", "As long as it takes."]);
/// ```
pub fn find(text: &str) -> Vec<Quote> {
    let mut quotes: Vec<Quote> = Vec::new();
    // Offset behind the opening mark, and the mark.
    let mut open: Option<(usize, char)> = None;
    let mut left_open = false;
    let mut before = '\n';
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let after = rest.peek().map_or('\n', |&(_, n)| n);
        let end = at + c.len_utf8();
        match c {
            '\n' => {
                if let Some((start, mark)) = open.filter(|_| paragraph_ends(text, end)) {
                    push(text, &mut quotes, start, at, false, left_open, mark);
                    left_open = true;
                    open = None;
                }
            }
            '“' | '«' | '„' if open.is_none() => {
                open = Some((end, c));
            }
            '”' | '»' => {
                if let Some((start, mark)) = open.filter(|&(_, m)| matches!(m, '“' | '«' | '„' | '"')) {
                    push(text, &mut quotes, start, at, true, left_open, mark);
                    left_open = false;
                    open = None;
                }
            }
            '"' => match open {
                Some((start, mark @ ('"' | '“'))) if !opens(before, after) || start == at => {
                    push(text, &mut quotes, start, at, true, left_open, mark);
                    left_open = false;
                    open = None;
                }
                Some((_, '"' | '“')) => {}
                _ if opens(before, after) || before.is_whitespace() => open = Some((end, '"')),
                _ => {}
            },
            '‘' if open.is_none() && after.is_alphanumeric() && closes_single(text, end, '’') => {
                open = Some((end, '‘'));
            }
            '\'' => {
                if open.is_none()
                    && opens(before, after)
                    && after.is_alphanumeric()
                    && closes_single(text, end, '\'')
                {
                    open = Some((end, '\''));
                } else if let Some((start, '\'')) = open.filter(|_| closes(before, after)) {
                    push(text, &mut quotes, start, at, true, left_open, '\'');
                    left_open = false;
                    open = None;
                }
            }
            '’' => {
                if let Some((start, '‘')) = open.filter(|_| closes(before, after)) {
                    push(text, &mut quotes, start, at, true, left_open, '‘');
                    left_open = false;
                    open = None;
                }
            }
            _ => {}
        }
        before = c;
    }
    if let Some((start, mark)) = open {
        push(text, &mut quotes, start, text.len(), false, left_open, mark);
    }
    quotes
}

/// A straight mark opens before a word and behind space or an opening bracket or dash.
fn opens(before: char, after: char) -> bool {
    !after.is_whitespace()
        && (before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘'))
}

/// A single mark closes behind a word or its full stop, and not inside a word.
fn closes(before: char, after: char) -> bool {
    !before.is_whitespace() && !after.is_alphanumeric()
}

/// Single marks count only where the closing one stands behind punctuation in the same paragraph: apostrophes do not.
fn closes_single(text: &str, from: usize, mark: char) -> bool {
    const LONGEST: usize = 600;
    let mut before = ' ';
    for (k, c) in text[from..].char_indices() {
        if c == '\n' || k > LONGEST {
            return false;
        }
        if c == mark && matches!(before, '.' | ',' | '!' | '?') {
            return true;
        }
        before = c;
    }
    false
}

/// Whether the line break before `from` ends a paragraph rather than a hard-wrapped line.
fn paragraph_ends(text: &str, from: usize) -> bool {
    let next = text[from..].chars().find(|c| !matches!(c, ' ' | '\t' | '\r'));
    match next {
        None | Some('\n' | '"' | '“') => true,
        Some(c) => {
            let before = text[..from].trim_end().chars().next_back();
            matches!(before, Some('.' | '!' | '?' | '…')) && !c.is_lowercase()
        }
    }
}

fn push(
    text: &str,
    quotes: &mut Vec<Quote>,
    start: usize,
    end: usize,
    closed: bool,
    continues: bool,
    mark: char,
) {
    let words = text[start..end].trim();
    if words.is_empty() {
        return;
    }
    let lead = text[start..end].len() - text[start..end].trim_start().len();
    let span = Span::new((start + lead) as u32, (start + lead + words.len()) as u32);
    quotes.push(Quote { span, closed, continues, single: matches!(mark, '‘' | '\'') });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        find(text).iter().map(|q| q.span.of(text)).collect()
    }

    #[test]
    fn apostrophes_are_no_marks() {
        assert!(words("The boys' dogs' tails don't wag, rock 'n' roll.").is_empty());
    }

    #[test]
    fn single_marks_hold_speech() {
        assert_eq!(words("'We don't know,' he said."), ["We don't know,"]);
        assert_eq!(words("‘We don’t know,’ he said."), ["We don’t know,"]);
    }

    #[test]
    fn a_speech_goes_on_in_the_next_paragraph() {
        let text = "\"We thank him. We go on.\n\"We will win,\" she said.";
        let quotes = find(text);
        assert_eq!(words(text), ["We thank him. We go on.", "We will win,"]);
        assert!(!quotes[0].closed && quotes[1].continues);
    }

    #[test]
    fn quotes_in_quotes_belong_to_the_outer_one() {
        assert_eq!(
            words("“He said ‘never again,’ and left,” she told us."),
            ["He said ‘never again,’ and left,"]
        );
    }

    #[test]
    fn a_hard_wrapped_line_does_not_end_a_quotation() {
        assert_eq!(words("\"We will go\nto the border,\" he said."), ["We will go\nto the border,"]);
    }

    proptest! {
        #[test]
        fn spans_slice_and_keep_their_order(text in "[\"“”‘’' a-z.\n]{0,60}") {
            let quotes = find(&text);
            for q in &quotes {
                prop_assert!(text.get(q.span.start as usize..q.span.end as usize).is_some_and(|t| !t.is_empty()));
            }
            for pair in quotes.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
        }
    }
}
