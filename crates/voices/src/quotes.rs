//! Quotation marks: which stretches of a text stand between them.
//!
//! One pass over the text. Curly marks pair by kind, straight ones by what stands beside them; marks within a quotation
//! nest. A quotation that is open at the end of a paragraph ends there, and goes on in the next one if that begins with an
//! opening mark.

use dateline_core::Span;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The words, without the marks and without the label.
    pub span: Span,
    /// It was closed by a mark, not by the end of its paragraph.
    pub closed: bool,
    /// It opens while the one before it was left open at the end of its paragraph: one speech over two paragraphs.
    pub continues: bool,
    /// The marks it stands in.
    pub marks: Marks,
    /// Who speaks, where a transcript puts the name before the words: `"MERKEL: We will see.`
    pub label: Option<Span>,
}

/// What a quotation stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// "..." and “...” and «...»
    Double,
    /// '...' and ‘...’
    Single,
    /// ''...'', as typewriters and old databases write double marks.
    TwoSingle,
}

/// All quotations of `text` in text order, the outermost ones only.
///
/// ```
/// let text = "\"We will stay,\" she said. \"As long as it takes.\"";
/// let quotes: Vec<_> = dateline_voices::quotes::find(text).iter().map(|q| q.span.of(text)).collect();
/// assert_eq!(quotes, ["We will stay,", "As long as it takes."]);
/// ```
pub fn find(text: &str) -> Vec<Quote> {
    let mut finder = Finder { text, quotes: Vec::new(), open: None, left: None };
    // What stands before the mark: the character, and the last one that is no blank.
    let (mut before, mut solid) = ('\n', '\n');
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let mut end = at + c.len_utf8();
        let mut mark = c;
        if matches!(c, '\'' | '`' | '’' | '‘') && rest.peek().is_some_and(|&(_, n)| n == c) {
            // Two single marks are a double one: ''We will stay,'' ``We will stay,''
            rest.next();
            end += c.len_utf8();
            mark = if matches!(c, '’' | '‘') { if c == '‘' { '“' } else { '”' } } else { '"' };
        }
        let after = rest.peek().map_or('\n', |&(_, n)| n);
        finder.meet(&Mark { sign: mark, start: at, end, before, solid, after });
        before = c;
        if !c.is_whitespace() {
            solid = c;
        }
    }
    finder.finish(text.len(), false);
    finder.quotes
}

/// A character with what stands beside it.
struct Mark {
    sign: char,
    start: usize,
    end: usize,
    before: char,
    solid: char,
    after: char,
}

impl Mark {
    /// A straight mark opens before a word and behind space or an opening bracket or dash.
    fn opens(&self) -> bool {
        !self.after.is_whitespace()
            && (self.before.is_whitespace()
                || matches!(self.before, '(' | '[' | '—' | '–' | '-' | '/' | '“' | '‘'))
    }

    /// Where no quotation is open, a mark glued to the stop before it opens one: `he said:"We will stay."`
    fn opens_glued(&self) -> bool {
        matches!(self.before, ',' | ':' | ';' | '.') && self.after.is_alphanumeric()
    }

    /// A single mark closes behind a word or its full stop, and not inside a word.
    fn closes(&self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }

    /// An opening mark behind a full stop within a quotation: the break of the paragraph between them was lost.
    fn begins_anew(&self) -> bool {
        matches!(self.solid, '.' | '!' | '?' | '…') && (self.after.is_alphabetic() || self.after == '[')
    }
}

/// A quotation that is open.
struct Open {
    /// Offset behind the mark.
    start: usize,
    mark: char,
    /// Quotations within it that are open.
    depth: u32,
    /// Where the last quotation within it was closed.
    inner_end: Option<usize>,
    continues: bool,
}

struct Finder<'a> {
    text: &'a str,
    quotes: Vec<Quote>,
    open: Option<Open>,
    /// Where a quotation was left open at the end of its paragraph.
    left: Option<usize>,
}

impl Finder<'_> {
    fn meet(&mut self, m: &Mark) {
        match m.sign {
            '\n' if self.open.is_some() && paragraph_ends(self.text, m.end) => self.finish(m.start, true),
            '“' | '«' | '„' => self.opening(m),
            '”' | '»' => self.closing(m),
            '"' => self.straight(m),
            '‘' | '\'' | '’' => self.single(m),
            _ => {}
        }
    }

    fn opening(&mut self, m: &Mark) {
        match &mut self.open {
            None => self.begin(m.end, m.sign, m.start),
            // A German closing mark, or an opening one set for a closing one: „Ja“, “Yes,“ she said.
            Some(o) if o.mark == '„' || (o.depth == 0 && !m.before.is_whitespace() && !m.opens()) => {
                self.close(m.start);
            }
            Some(o) if o.depth == 0 && o.mark == m.sign && m.begins_anew() => self.anew(m),
            Some(o) => o.depth += 1,
        }
    }

    fn closing(&mut self, m: &Mark) {
        match &mut self.open {
            // A closing mark set for an opening one: ”Yes,” she said.
            None if m.before.is_whitespace() && m.after.is_alphanumeric() => self.begin(m.end, '“', m.start),
            Some(o) if o.depth > 0 => {
                o.depth -= 1;
                o.inner_end = Some(m.start);
            }
            Some(o) if !matches!(o.mark, '\'' | '‘') => self.close(m.start),
            _ => {}
        }
    }

    fn straight(&mut self, m: &Mark) {
        match &mut self.open {
            None if m.opens() || m.before.is_whitespace() || m.opens_glued() => {
                self.begin(m.end, '"', m.start);
            }
            Some(o) if matches!(o.mark, '"' | '“') => {
                if o.start == m.start {
                    self.open = None;
                } else if m.opens() {
                    if o.depth == 0 && o.mark == '"' && m.begins_anew() { self.anew(m) } else { o.depth += 1 }
                } else if o.depth > 0 && o.mark == '"' {
                    o.depth -= 1;
                    o.inner_end = Some(m.start);
                } else {
                    self.close(m.start);
                }
            }
            // Single marks around straight ones were apostrophes.
            Some(o) if matches!(o.mark, '\'' | '‘') && m.opens() => self.begin(m.end, '"', m.start),
            _ => {}
        }
    }

    fn single(&mut self, m: &Mark) {
        let closing = if m.sign == '‘' { '’' } else { '\'' };
        match &self.open {
            None if m.sign != '’'
                && m.after.is_alphanumeric()
                && (m.sign == '‘' || m.opens())
                && closes_single(self.text, m.end, closing) =>
            {
                self.begin(m.end, m.sign, m.start);
            }
            Some(o) if m.closes() && matches!((o.mark, m.sign), ('\'', '\'') | ('‘', '’')) => {
                self.close(m.start);
            }
            _ => {}
        }
    }

    /// Opens a quotation whose mark stands at `at`.
    fn begin(&mut self, start: usize, mark: char, at: usize) {
        let left = self.left.take();
        let continues = left.is_some_and(|end| self.text[end..at].trim().is_empty());
        self.open = Some(Open { start, mark, depth: 0, inner_end: None, continues });
    }

    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.take() {
            self.push(&open, end, true);
        }
    }

    /// Ends what is open at `end` and goes on with a quotation at `m`.
    fn anew(&mut self, m: &Mark) {
        self.finish(m.start, true);
        self.begin(m.end, m.sign, m.start);
    }

    /// Ends what is open at the end of its paragraph.
    fn finish(&mut self, end: usize, goes_on: bool) {
        let Some(open) = self.open.take() else { return };
        // A mark that closed a quotation within it at the very end closed it as well: one of the inner ones had no mate.
        if let Some(inner) = open.inner_end
            && !self.text[inner..end].contains(char::is_alphanumeric)
        {
            self.push(&open, inner, true);
            return;
        }
        self.push(&open, end, false);
        self.left = goes_on.then_some(end);
    }

    fn push(&mut self, open: &Open, end: usize, closed: bool) {
        let whole = &self.text[open.start..end];
        let mut words = whole.trim();
        let mut start = open.start + (whole.len() - whole.trim_start().len());
        let mut label = None;
        if let Some((name, rest)) = labelled(words) {
            label = Some(Span::new(start as u32, (start + name.len()) as u32));
            start += words.len() - rest.len();
            words = rest;
        }
        if !words.is_empty() {
            let span = Span::new(start as u32, (start + words.len()) as u32);
            let marks = match open.mark {
                '‘' | '\'' => Marks::Single,
                _ if self.text[..open.start].ends_with(['\'', '`', '‘', '’']) => Marks::TwoSingle,
                _ => Marks::Double,
            };
            self.quotes.push(Quote { span, closed, continues: open.continues, marks, label });
        }
    }
}

/// The name in capitals before a colon at the beginning of a turn of a transcript, and the words behind it.
fn labelled(words: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 40;
    let colon = words.bytes().take(LONGEST).position(|b| b == b':')?;
    let (name, rest) = (&words[..colon], words[colon + 1..].trim_start());
    let shouted = name.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | '-' | '\'' | '’'))
        && name.chars().filter(|c| c.is_uppercase()).count() > 1;
    (shouted && rest.len() + colon + 1 < words.len()).then_some((name, rest))
}

/// Single marks count only where a closing one follows in the same paragraph: behind punctuation, or, for a few words held
/// up in the middle of a sentence ("called it 'a disaster' today"), behind a word that does not end in s. Apostrophes and
/// clipped words ('n', '90s) do not.
fn closes_single(text: &str, from: usize, mark: char) -> bool {
    const LONGEST: usize = 600;
    const FEW: usize = 80;
    const CLIPPED: [&str; 9] = ["em ", "til ", "tis ", "twas ", "cause ", "bout ", "round ", "n", "s "];
    let rest = &text[from..];
    let clipped = rest.starts_with(|c: char| c.is_numeric()) || CLIPPED.iter().any(|c| rest.starts_with(c));
    let mut before = ' ';
    let mut inner = rest.char_indices().peekable();
    while let Some((k, c)) = inner.next() {
        if c == '\n' || k > LONGEST {
            return false;
        }
        if c == mark {
            if matches!(before, '.' | ',' | '!' | '?') {
                return true;
            }
            let ends = inner.peek().is_none_or(|&(_, n)| !n.is_alphanumeric());
            let few = k < FEW && rest[..k].contains(' ');
            if !clipped && few && ends && before.is_alphanumeric() && before != 's' {
                return true;
            }
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

    #[test]
    fn few_words_in_single_marks_are_told_from_apostrophes() {
        assert_eq!(words("Minister: vote was 'a total disaster' for all"), ["a total disaster"]);
        assert!(words("In the '90s the boys' toys didn't last.").is_empty());
        assert!(words("The farmers' and the workers' unions met.").is_empty());
    }

    #[test]
    fn quotes_within_quotes_nest() {
        assert_eq!(
            words("\"The \"United States\" is not holding them,\" he wrote."),
            ["The \"United States\" is not holding them,"]
        );
        assert_eq!(
            words("“They call it “too loud” or “too shrill” here,” she said."),
            ["They call it “too loud” or “too shrill” here,"]
        );
        assert_eq!(
            words("“They call it “too loud,” she said.\nHe left."),
            ["They call it “too loud,” she said."]
        );
    }

    #[test]
    fn a_mark_behind_a_full_stop_begins_a_paragraph_whose_break_was_lost() {
        let text = "He said: “We are sad. We go on. “The talks are over.” They left.";
        assert_eq!(words(text), ["We are sad. We go on.", "The talks are over."]);
        assert!(find(text)[1].continues);
        assert_eq!(
            words("he said: \"we go. \"the talks are over.\" they left."),
            ["we go.", "the talks are over."]
        );
    }

    #[test]
    fn marks_of_the_wrong_kind_still_pair() {
        assert_eq!(words("“They will leave,“ she said. ”They must.”"), ["They will leave,", "They must."]);
        assert_eq!(words("''They will leave,'' she said."), ["They will leave,"]);
        assert_eq!(words("„Wir bleiben“, sagte sie."), ["Wir bleiben"]);
    }

    #[test]
    fn the_label_of_a_turn_is_no_part_of_its_words() {
        let text = "\"MERKEL: We will see.\n\n\"HOST: When?\"";
        assert_eq!(words(text), ["We will see.", "When?"]);
        assert_eq!(find(text)[0].label.map(|l| l.of(text)), Some("MERKEL"));
    }

    proptest! {
        #[test]
        fn spans_slice_and_keep_their_order(text in "[\"“”‘’'`«»„ a-zA-Z:.\n]{0,60}") {
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
