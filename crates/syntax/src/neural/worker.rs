//! Annotates sentences; one worker a thread.

use super::encoder::encode;
use super::heads::Heads;
use super::kernels::Kernel;
use super::matrix::Scratch;
use super::model::Model;
use super::words::Words;
use dateline_core::syntax::{Deprel, NameTag, Upos, Xpos};

/// Longest stretch of words that is read as one; longer sentences are read in pieces of about equal length, so that
/// the cost of a word stays bounded.
pub const MAX_WORDS: usize = 512;

/// Forms that are remembered, in sets of two.
const SETS: usize = 4096;

/// What the model says of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Head in the sentence: 0 for the root, else a word counted from 1.
    pub head: u32,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Place in a name.
    pub ner: NameTag,
}

/// The buffers of one thread: grown once, then reused. Remembers the word layer of some 8,000 forms (40 MB).
pub struct Worker {
    kernel: Kernel,
    words: Words,
    heads: Heads,
    scratch: Scratch,
    x: Vec<f32>,
    u: Vec<f32>,
    state: Vec<f32>,
    /// Lengths of what is read as one.
    pieces: Vec<usize>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("kernel", &self.kernel).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker for `model`; it must be used with this model only.
    pub fn new(model: &Model) -> Self {
        Self::with_kernel(model, Kernel::best())
    }

    fn with_kernel(model: &Model, kernel: Kernel) -> Self {
        Self {
            kernel,
            words: Words::new(model, SETS),
            heads: Heads::default(),
            scratch: Scratch::default(),
            x: Vec::new(),
            u: Vec::new(),
            state: vec![0.0; model.width / 2],
            pieces: Vec::new(),
        }
    }

    /// Replaces `out` by a prediction for each form of one sentence: a tree with exactly one root.
    pub fn annotate(&mut self, model: &Model, forms: &[&str], out: &mut Vec<Prediction>) {
        self.annotate_all(model, forms, &[forms.len()], out);
    }

    /// The same for several sentences, given one behind the other with their lengths. Heads count from the beginning of
    /// each sentence. Predictions do not depend on which sentences are read together; some at a time are read faster.
    pub fn annotate_all(
        &mut self,
        model: &Model,
        forms: &[&str],
        lengths: &[usize],
        out: &mut Vec<Prediction>,
    ) {
        out.clear();
        if forms.is_empty() {
            return;
        }
        self.pieces.clear();
        for &length in lengths.iter().filter(|&&n| n > 0) {
            let size = length.div_ceil(length.div_ceil(MAX_WORDS));
            self.pieces.extend((0..length).step_by(size).map(|from| size.min(length - from)));
        }
        self.words.look_up(self.kernel, model, forms, &mut self.scratch, &mut self.x, &mut self.u);
        let pieces = &self.pieces;
        encode(self.kernel, model, pieces, &mut self.x, &mut self.u, &mut self.state, &mut self.scratch);
        self.heads.predict(self.kernel, model, &self.x, pieces, &mut self.scratch, out);
        let (mut rest, mut pieces) = (&mut out[..], self.pieces.iter());
        for &length in lengths {
            let sentence;
            (sentence, rest) = rest.split_at_mut(length);
            let (mut from, mut root) = (0, None);
            while let Some(&piece) = (from < length).then(|| pieces.next()).flatten() {
                for (i, p) in (from..).zip(&mut sentence[from..from + piece]) {
                    match (p.head, root) {
                        (0, None) => root = Some(i as u32 + 1),
                        (0, Some(root)) => (p.head, p.deprel) = (root, Deprel::Parataxis),
                        _ => p.head += from as u32,
                    }
                }
                from += piece;
            }
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
