//! CoNLL-U: treebanks in, analysed documents out.
//!
//! <https://universaldependencies.org/format.html> describes the format.

use dateline_core::syntax::NONE;
use dateline_core::{Span, Syntax, Token};
use std::fmt::Write;

/// A line that is no CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: a token has 10 columns, here are {columns}")]
pub struct ConlluError {
    /// Counted from 1.
    pub line: usize,
    /// The number of columns found.
    pub columns: usize,
}

/// A sentence as it stands in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The lines that begin with `#`.
    pub comments: Vec<String>,
    /// The token lines: words, ranges (`3-4`) and empty nodes (`3.1`).
    pub rows: Vec<[String; 10]>,
}

impl Block {
    /// The rows of syntactic words.
    pub fn words(&self) -> impl Iterator<Item = &[String; 10]> {
        self.rows.iter().filter(|r| is_word_id(&r[0]))
    }

    /// The forms of the words.
    pub fn forms(&self) -> Vec<&str> {
        self.words().map(|r| r[1].as_str()).collect()
    }

    /// The text, as `# text` tells it.
    pub fn text(&self) -> Option<&str> {
        self.comments.iter().find_map(|c| c.strip_prefix("# text = "))
    }

    /// Whether a paragraph or a document begins here.
    pub fn opens_paragraph(&self) -> bool {
        self.comments.iter().any(|c| c.starts_with("# newpar") || c.starts_with("# newdoc"))
    }
}

fn is_word_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())
}

/// Reads a file's sentences.
///
/// ```
/// let file = "# text = Go!\n1\tGo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
/// let blocks = dateline_syntax::conllu::read(file).unwrap();
/// assert_eq!(blocks[0].forms(), ["Go", "!"]);
/// ```
pub fn read(file: &str) -> Result<Vec<Block>, ConlluError> {
    let mut blocks = Vec::new();
    let mut block = Block::default();
    for (i, line) in file.lines().enumerate() {
        if line.is_empty() {
            if !block.rows.is_empty() {
                blocks.push(std::mem::take(&mut block));
            }
        } else if line.starts_with('#') {
            block.comments.push(line.to_owned());
        } else {
            let mut columns = line.split('\t').map(str::to_owned);
            let row: [String; 10] = std::array::from_fn(|_| columns.next().unwrap_or_default());
            let count = line.split('\t').count();
            if count != 10 {
                return Err(ConlluError { line: i + 1, columns: count });
            }
            block.rows.push(row);
        }
    }
    if !block.rows.is_empty() {
        blocks.push(block);
    }
    Ok(blocks)
}

/// The raw text of a file: a paragraph a `# newpar`, sentences joined by one space, an empty line between paragraphs.
pub fn raw_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str(if block.opens_paragraph() { "\n\n" } else { " " });
        }
        text.push_str(block.text().unwrap_or(""));
    }
    text
}

/// Writes an analysed text. Sentences are numbered `prefix-1`, `prefix-2` and so on.
pub fn write(text: &str, syntax: &Syntax, prefix: &str, out: &mut String) {
    let mut paragraph = None;
    for (n, sentence) in syntax.sentences.iter().enumerate() {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
        }
        push(out, format_args!("# sent_id = {prefix}-{}\n# text = ", n + 1));
        push_spaced(sentence.span.of(text), out);
        out.push('\n');
        let first = sentence.tokens.0;
        let mut range_end = 0;
        for i in sentence.range() {
            let token = syntax.token(i);
            let id = i - first + 1;
            let follower = (i + 1 < sentence.tokens.1).then(|| syntax.token(i + 1));
            if i >= range_end {
                range_end = i + 1;
                while range_end < sentence.tokens.1 && one_spelling(text, syntax, range_end) {
                    range_end += 1;
                }
                if range_end > i + 1 {
                    let last = syntax.token(range_end - 1);
                    let glued =
                        range_end < sentence.tokens.1 && syntax.token(range_end).span.start == last.span.end;
                    let form = token.span.join(last.span).of(text);
                    let misc = if glued { "SpaceAfter=No" } else { "_" };
                    push(
                        out,
                        format_args!("{id}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n", range_end - first),
                    );
                }
            }
            // Words of one spelling say nothing of spaces; the range does.
            let alone = range_end == i + 1 && (i == first || !one_spelling(text, syntax, i));
            let glued = alone && follower.is_some_and(|f| f.span.start == token.span.end);
            write_word(text, syntax, i, first, glued, out);
        }
        out.push('\n');
    }
}

fn write_word(text: &str, syntax: &Syntax, i: u32, first: u32, glued: bool, out: &mut String) {
    let token = syntax.token(i);
    push(out, format_args!("{}\t", i - first + 1));
    push_spaced(token.span.of(text), out);
    let lemma = match syntax.lemma(i) {
        "" => "_",
        lemma => lemma,
    };
    let head = if token.head == NONE { 0 } else { token.head.wrapping_sub(first).wrapping_add(1) };
    let misc = if glued { "SpaceAfter=No" } else { "_" };
    let (upos, xpos, deprel) = (token.upos, token.xpos, token.deprel);
    push(out, format_args!("\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{misc}\n"));
}

/// Whether token `i` is written together with the word before it, as in `don't`.
fn one_spelling(text: &str, syntax: &Syntax, i: u32) -> bool {
    let (before, token): (&Token, &Token) = (syntax.token(i - 1), syntax.token(i));
    if before.span.end != token.span.start {
        return false;
    }
    let (before, form) = (before.span.of(text), token.span.of(text));
    let letters = |s: &str| s.chars().next_back().is_some_and(char::is_alphanumeric);
    let open = form.chars().next().is_some_and(char::is_alphabetic);
    letters(before)
        && !before.ends_with(|c: char| c.is_ascii_digit())
        && (open || (form.len() > 1 && letters(form) && form.starts_with(['\'', '’', '`', 'ʼ'])))
}

/// Writing to a string does not fail.
fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = out.write_fmt(what);
}

/// Appends `text` with line ends and tabs as spaces.
fn push_spaced(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| if c.is_control() && c.is_whitespace() { ' ' } else { c }));
}

/// Writes gold tokens with what was predicted for them; `syntax` has one sentence a block and one token a word.
///
/// Comments, ranges and the last column stay as they are in `blocks`.
pub fn write_into(blocks: &[Block], syntax: &Syntax, out: &mut String) {
    let mut i = 0;
    for block in blocks {
        for comment in &block.comments {
            out.push_str(comment);
            out.push('\n');
        }
        let first = i;
        for row in &block.rows {
            let token = if is_word_id(&row[0]) { syntax.tokens.get(i as usize) } else { None };
            if let Some(token) = token {
                let head =
                    if token.head == NONE { 0 } else { token.head.wrapping_sub(first).wrapping_add(1) };
                let (lemma, upos, xpos, deprel) = (syntax.lemma(i), token.upos, token.xpos, token.deprel);
                push(
                    out,
                    format_args!(
                        "{}\t{}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t{}\n",
                        row[0], row[1], row[9]
                    ),
                );
                i += 1;
            } else {
                push(out, format_args!("{}\n", row.join("\t")));
            }
        }
        out.push('\n');
    }
}

/// The text of gold tokens, joined by spaces, a sentence a line, and the span of each token.
pub(crate) fn join_tokens(sentences: &[Vec<&str>]) -> (String, Vec<Vec<Span>>) {
    let mut text = String::new();
    let spans = sentences.iter().map(|words| {
        if !text.is_empty() {
            text.push('\n');
        }
        let spans = words.iter().enumerate().map(|(i, word)| {
            if i > 0 {
                text.push(' ');
            }
            let start = text.len() as u32;
            text.push_str(word);
            Span::new(start, text.len() as u32)
        });
        spans.collect()
    });
    let spans = spans.collect();
    (text, spans)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{Buffers, Segmenter};

    #[test]
    fn what_is_written_reads_back() {
        let text = "We don't know, he said.\nNext\tline";
        let mut syntax = Syntax::default();
        Segmenter::embedded().unwrap().segment(text, &[], &[], &mut Buffers::default(), &mut syntax);
        let mut out = String::new();
        write(text, &syntax, "d", &mut out);
        let blocks = read(&out).unwrap();
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0].text(), Some("We don't know, he said."));
        assert_eq!(blocks[0].forms(), ["We", "do", "n't", "know", ",", "he", "said", "."]);
        assert_eq!(blocks[0].rows[1][..2], ["2-3", "don't"]);
        let glued: Vec<_> =
            blocks[0].rows.iter().filter(|r| r[9] == "SpaceAfter=No").map(|r| &r[1]).collect();
        assert_eq!(glued, ["know", "said"]);
        assert_eq!(raw_text(&blocks), "We don't know, he said.\n\nNext line");
    }

    #[test]
    fn a_short_line_is_an_error() {
        assert_eq!(read("# x\n1\tGo\n"), Err(ConlluError { line: 2, columns: 2 }));
    }
}
