//! The whole stage: text in, sentences, tokens, tags, lemmas, trees and names out.

use crate::TableError;
use crate::attach::OfPhrases;
use crate::conllu::join_tokens;
use crate::lemma::Lemmatizer;
use crate::neural::{self, Prediction};
use crate::segment::{Buffers, Segmenter, push_sentence};
use dateline_core::syntax::NONE;
use dateline_core::{Document, Meta, Span};

/// Words from which on no further sentence is read together with those before: weights are then read from memory less
/// often, and what lies between the layers stays in the cache.
const BATCH: u32 = 48;

/// Why the model could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A table of words or weights is broken.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The file of the neural model is broken.
    #[error(transparent)]
    Neural(#[from] neural::ModelError),
}

/// All that the stage knows. Immutable; one for all threads.
#[derive(Debug)]
pub struct Model {
    segmenter: Segmenter,
    lemmatizer: Lemmatizer,
    of_phrases: OfPhrases,
    neural: neural::Model,
}

impl Model {
    /// The model that is part of the program.
    pub fn embedded() -> Result<Self, LoadError> {
        Self::load(neural::ENGLISH)
    }

    /// The tables of the program with the neural model in `bytes`.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        Ok(Self {
            segmenter: Segmenter::embedded()?,
            lemmatizer: Lemmatizer::embedded()?,
            of_phrases: OfPhrases::embedded()?,
            neural: neural::Model::load(bytes)?,
        })
    }

    /// The neural part: its licence and what it was trained on.
    pub fn neural(&self) -> &neural::Model {
        &self.neural
    }
}

/// The memory of one thread, reused from document to document.
///
/// ```
/// use dateline_core::{Document, Meta};
/// use dateline_syntax::{Model, Worker};
///
/// let model = Model::embedded()?;
/// let mut worker = Worker::new(&model);
/// let mut document = Document::new(Meta::default(), "Rebels attacked Cairo. They fled.");
/// worker.parse(&model, &mut document);
/// let syntax = &document.syntax;
/// assert_eq!(syntax.sentences.len(), 2);
/// assert_eq!(syntax.root(0), Some(1));
/// assert_eq!(syntax.lemma(1), "attack");
/// # Ok::<(), dateline_syntax::LoadError>(())
/// ```
#[derive(Debug)]
pub struct Worker {
    neural: neural::Worker,
    buffers: Buffers,
    removed: Vec<Span>,
    predictions: Vec<Prediction>,
}

impl Worker {
    /// A worker for `model`; it must be used with this model only.
    pub fn new(model: &Model) -> Self {
        Self {
            neural: neural::Worker::new(&model.neural),
            buffers: Buffers::default(),
            removed: Vec::new(),
            predictions: Vec::new(),
        }
    }

    /// Fills `document.syntax`. Removed parts are not read; the dateline, if one is known, is a sentence of its own.
    pub fn parse(&mut self, model: &Model, document: &mut Document) {
        self.removed.clear();
        self.removed.extend(document.removed.iter().map(|r| r.span));
        let cut = document.dateline.map(|d| d.span.end);
        let Document { text, syntax, .. } = document;
        model.segmenter.segment(text, &self.removed, cut.as_slice(), &mut self.buffers, syntax);
        self.annotate(model, document);
    }

    /// Reads sentences whose tokens are given. The document's text is the tokens joined by spaces, a sentence a line.
    ///
    /// Sentences without tokens are left out; there is no limit to their length.
    pub fn parse_tokens(&mut self, model: &Model, sentences: &[Vec<&str>]) -> Document {
        let (text, spans) = join_tokens(sentences);
        let mut document = Document::new(Meta::default(), text);
        for (i, tokens) in spans.iter().filter(|tokens| !tokens.is_empty()).enumerate() {
            push_sentence(tokens, i as u32, &mut document.syntax);
        }
        self.annotate(model, &mut document);
        document
    }

    /// Tags, trees, names and lemmas of the tokens.
    fn annotate(&mut self, model: &Model, document: &mut Document) {
        let Document { text, syntax, .. } = document;
        let (mut forms, mut lengths) = (Vec::new(), Vec::new());
        let mut sentences = syntax.sentences.as_slice();
        while let Some(first) = sentences.first().map(|s| s.tokens.0) {
            // Sentences until there are enough words.
            let full = sentences.iter().position(|s| s.tokens.1 - first >= BATCH);
            let (batch, rest) = sentences.split_at(full.map_or(sentences.len(), |k| k + 1));
            sentences = rest;
            let end = batch.last().map_or(first, |s| s.tokens.1);
            let tokens = &mut syntax.tokens[first as usize..end as usize];
            forms.clear();
            forms.extend(tokens.iter().map(|t| t.span.of(text)));
            lengths.clear();
            lengths.extend(batch.iter().map(|s| s.range().len()));
            self.neural.annotate_all(&model.neural, &forms, &lengths, &mut self.predictions);
            let starts = batch.iter().flat_map(|s| s.range().map(|_| s.tokens.0));
            for (((token, form), told), start) in
                tokens.iter_mut().zip(&forms).zip(&self.predictions).zip(starts)
            {
                token.upos = told.upos;
                token.xpos = told.xpos;
                token.deprel = told.deprel;
                token.name = told.ner;
                token.head = if told.head == 0 { NONE } else { start + told.head - 1 };
                token.lemma = model.lemmatizer.append(form, told.upos, told.xpos, &mut syntax.lemmas);
            }
        }
        model.of_phrases.mend(syntax);
        syntax.index();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::document::Removed;

    fn parse(document: &mut Document) {
        let model = Model::embedded().unwrap();
        Worker::new(&model).parse(&model, document);
    }

    #[test]
    fn removed_parts_are_not_read() {
        let mut document = Document::new(Meta::default(), "Talks failed. Also Read\nTroops left.");
        document.removed.push(Removed { span: Span::new(14, 23), reason: "related" });
        parse(&mut document);
        assert_eq!(document.syntax.sentences.len(), 2);
        assert!(document.syntax.tokens.iter().all(|t| !document.is_removed(t.span)));
    }

    #[test]
    fn every_sentence_is_a_tree() {
        let mut document =
            Document::new(Meta::default(), "He said they'd agreed. \"Go,\" she said.\n\nU.S. NEWS");
        parse(&mut document);
        let syntax = &document.syntax;
        assert_eq!(syntax.sentences.len(), 3);
        for (i, sentence) in syntax.sentences.iter().enumerate() {
            let root = syntax.root(i).unwrap();
            assert!(sentence.range().all(|t| syntax.is_within(t, root)));
            assert!(sentence.range().all(|t| !syntax.lemma(t).is_empty()));
        }
    }

    #[test]
    fn given_tokens_are_kept() {
        let model = Model::embedded().unwrap();
        let sentences = [vec!["Talks", "in Cairo", "failed", "."], vec!["Why", "?"]];
        let document = Worker::new(&model).parse_tokens(&model, &sentences);
        assert_eq!(document.syntax.sentences.len(), 2);
        assert_eq!(document.form(1), "in Cairo");
        assert_eq!(document.syntax.sentences[1].tokens, (4, 6));
    }
}
