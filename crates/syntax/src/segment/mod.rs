//! Raw text to paragraphs, sentences and tokens.
//!
//! Lines become paragraphs ([`lines`]), paragraphs tokens ([`token`], [`word`]), tokens sentences ([`boundary`]).
//! Each step is linear in the text. Word lists and weights are tables under `knowledge/segment`.

mod boundary;
mod chars;
mod lines;
mod tables;
mod token;
mod training;
mod word;

use crate::table::TableError;
use boundary::{Walk, Weights};
use dateline_core::labels::{Deprel, NameTag, Upos, Xpos};
use dateline_core::syntax::NONE;
use dateline_core::{Sentence, Span, Syntax, Token};
use lines::{Lines, Piece};
use tables::Tables;

/// No sentence has more tokens; longer ones are cut.
pub const MAX_SENTENCE: usize = 300;

/// Cuts text into sentences and tokens. Immutable, shared by all workers.
///
/// ```
/// use dateline_core::Syntax;
/// use dateline_syntax::segment::{Buffers, Segmenter};
///
/// let segmenter = Segmenter::embedded().unwrap();
/// let text = "Lt. Gen. Smith left. \"We don't know,\" she said.";
/// let mut syntax = Syntax::default();
/// segmenter.segment(text, &[], &[], &mut Buffers::default(), &mut syntax);
/// assert_eq!(syntax.sentences.len(), 2);
/// assert_eq!(syntax.tokens[3].span.of(text), "left");
/// ```
#[derive(Clone, Debug)]
pub struct Segmenter {
    tables: Tables,
    weights: Weights,
}

/// Memory that is kept from document to document.
#[derive(Clone, Debug, Default)]
pub struct Buffers {
    lines: Lines,
    pieces: Vec<Piece>,
    tokens: Vec<Span>,
}

impl Segmenter {
    /// The segmenter with the tables and weights of the program.
    pub fn embedded() -> Result<Self, TableError> {
        let weights = include_str!("../../../../knowledge/segment/ends.tsv");
        Ok(Self {
            tables: Tables::embedded()?,
            weights: Weights::read("knowledge/segment/ends.tsv", weights)?,
        })
    }

    /// Fills tokens and sentences of `syntax`, which is cleared before; tags, heads and lemmas are left open.
    ///
    /// Spans in `removed` (sorted, in bytes) are skipped and end a sentence, as does each offset in `cuts` (sorted).
    /// All else that is not white space is covered by tokens.
    pub fn segment(
        &self,
        text: &str,
        removed: &[Span],
        cuts: &[u32],
        buffers: &mut Buffers,
        syntax: &mut Syntax,
    ) {
        syntax.clear();
        buffers.pieces.clear();
        buffers.lines.pieces(text, removed, cuts, &mut buffers.pieces);
        for piece in &buffers.pieces {
            buffers.tokens.clear();
            token::tokenize(&self.tables, text, piece.span, &mut buffers.tokens);
            self.sentences(text, &buffers.tokens, piece.paragraph, syntax);
        }
    }

    fn sentences(&self, text: &str, tokens: &[Span], paragraph: u32, syntax: &mut Syntax) {
        let mut walk = Walk::new(&self.tables, text, tokens);
        let mut start = 0;
        for i in 0..tokens.len() {
            walk.pass(i);
            if i + 1 == tokens.len() || (walk.is_candidate(i) && walk.is_end(&self.weights, i)) {
                while start <= i {
                    let end = start + cut(text, &tokens[start..=i]);
                    push_sentence(&tokens[start..end], paragraph, syntax);
                    start = end;
                }
                walk.end(i);
            }
        }
    }
}

/// Appends one sentence; `tokens` is not empty.
pub(crate) fn push_sentence(tokens: &[Span], paragraph: u32, syntax: &mut Syntax) {
    let first = syntax.tokens.len() as u32;
    let sentence = syntax.sentences.len() as u32;
    syntax.tokens.extend(tokens.iter().map(|&span| Token {
        span,
        sentence,
        head: NONE,
        deprel: Deprel::Root,
        upos: Upos::X,
        xpos: Xpos::Xx,
        name: NameTag::Outside,
        lemma: Span::default(),
    }));
    let span = tokens[0].join(tokens[tokens.len() - 1]);
    syntax.sentences.push(Sentence { tokens: (first, syntax.tokens.len() as u32), span, paragraph });
}

/// How many of `tokens` make a sentence: all, or up to a stop, a semicolon or a comma if they are too many.
fn cut(text: &str, tokens: &[Span]) -> usize {
    if tokens.len() <= MAX_SENTENCE {
        return tokens.len();
    }
    let window = MAX_SENTENCE / 2..MAX_SENTENCE;
    [&[".", "!", "?"][..], &[";", ":"], &[","]]
        .into_iter()
        .find_map(|marks| window.clone().rev().find(|&i| marks.contains(&tokens[i].of(text))))
        .map_or(MAX_SENTENCE, |i| i + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn sentences(text: &str) -> Vec<String> {
        let mut syntax = Syntax::default();
        Segmenter::embedded().unwrap().segment(text, &[], &[], &mut Buffers::default(), &mut syntax);
        syntax.sentences.iter().map(|s| s.span.of(text).to_owned()).collect()
    }

    #[test]
    fn endless_sentences_are_cut() {
        let text = "word ".repeat(200) + "word, " + &"word ".repeat(2000);
        let lengths: Vec<_> = sentences(&text).iter().map(|s| s.split_whitespace().count()).collect();
        assert_eq!(lengths[0], 201);
        assert!(lengths.iter().all(|&n| n <= MAX_SENTENCE));
    }

    #[test]
    fn nothing_has_no_sentences() {
        assert!(sentences(" \n\n ").is_empty());
    }
}
