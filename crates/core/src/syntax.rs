//! Sentences, tokens and dependency trees of one document, and how to walk them.

pub use crate::labels::{Deprel, NameClass, NameTag, Upos, Xpos};
use crate::span::Span;
use std::ops::Range;

/// "No token": the head of a root.
pub const NONE: u32 = u32::MAX;

/// One syntactic word.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// The bytes of the text it stands on. Words split from one spelling (`don't`) share no bytes.
    pub span: Span,
    /// Index of its sentence.
    pub sentence: u32,
    /// Index (in the document) of its governor, [`NONE`] for the root.
    pub head: u32,
    /// Relation to the governor.
    pub deprel: Deprel,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Place in a name.
    pub name: NameTag,
    /// Where its lemma stands in [`Syntax::lemmas`].
    pub lemma: Span,
}

/// One sentence.
#[derive(Clone, Copy, Debug)]
pub struct Sentence {
    /// First token and the one behind the last.
    pub tokens: (u32, u32),
    /// The bytes it covers, without surrounding white space.
    pub span: Span,
    /// Index of its paragraph, counted from 0.
    pub paragraph: u32,
}

impl Sentence {
    /// The indices of its tokens.
    pub const fn range(&self) -> Range<u32> {
        self.tokens.0..self.tokens.1
    }
}

/// The analysed text. Buffers are reused from document to document.
#[derive(Clone, Debug, Default)]
pub struct Syntax {
    /// All tokens in text order.
    pub tokens: Vec<Token>,
    /// All sentences in text order.
    pub sentences: Vec<Sentence>,
    /// The lemmas of all tokens, one behind the other.
    pub lemmas: String,
    child_start: Vec<u32>,
    child_list: Vec<u32>,
}

impl Syntax {
    /// Empties the analysis and keeps its memory.
    pub fn clear(&mut self) {
        self.tokens.clear();
        self.sentences.clear();
        self.lemmas.clear();
        self.child_start.clear();
        self.child_list.clear();
    }

    /// Builds the lists of children; to be called once after all heads are set.
    pub fn index(&mut self) {
        let n = self.tokens.len();
        self.child_start.clear();
        self.child_start.resize(n + 2, 0);
        for t in &self.tokens {
            if t.head != NONE {
                self.child_start[t.head as usize + 2] += 1;
            }
        }
        for i in 2..n + 2 {
            self.child_start[i] += self.child_start[i - 1];
        }
        self.child_list.clear();
        self.child_list.resize(self.child_start[n + 1] as usize, 0);
        for (i, t) in self.tokens.iter().enumerate() {
            if t.head != NONE {
                let slot = &mut self.child_start[t.head as usize + 1];
                self.child_list[*slot as usize] = i as u32;
                *slot += 1;
            }
        }
    }

    /// The token at `i`.
    #[inline]
    pub fn token(&self, i: u32) -> &Token {
        &self.tokens[i as usize]
    }

    /// The lemma of token `i`, lower case unless it is a name.
    #[inline]
    pub fn lemma(&self, i: u32) -> &str {
        self.token(i).lemma.of(&self.lemmas)
    }

    /// The dependents of `i`, in text order.
    #[inline]
    pub fn children(&self, i: u32) -> &[u32] {
        let i = i as usize;
        match (self.child_start.get(i), self.child_start.get(i + 1)) {
            (Some(&a), Some(&b)) => &self.child_list[a as usize..b as usize],
            _ => &[],
        }
    }

    /// The dependents of `i` with this relation.
    pub fn children_with(&self, i: u32, deprel: Deprel) -> impl Iterator<Item = u32> + '_ {
        self.children(i).iter().copied().filter(move |&c| self.token(c).deprel == deprel)
    }

    /// The first dependent of `i` with this relation.
    pub fn child(&self, i: u32, deprel: Deprel) -> Option<u32> {
        self.children_with(i, deprel).next()
    }

    /// The governor of `i`, none for a root.
    #[inline]
    pub fn head(&self, i: u32) -> Option<u32> {
        let head = self.token(i).head;
        (head != NONE).then_some(head)
    }

    /// The governors of `i` from the nearest to the root; ends after as many steps as the sentence has tokens.
    pub fn ancestors(&self, i: u32) -> impl Iterator<Item = u32> + '_ {
        let limit = self.tokens.len();
        std::iter::successors(self.head(i), move |&h| self.head(h)).take(limit)
    }

    /// Whether `ancestor` is `i` or governs it.
    pub fn is_within(&self, i: u32, ancestor: u32) -> bool {
        i == ancestor || self.ancestors(i).any(|a| a == ancestor)
    }

    /// First and last token (both included) of the tree under `i`.
    pub fn subtree(&self, i: u32) -> (u32, u32) {
        let (mut low, mut high) = (i, i);
        let mut stack = vec![i];
        while let Some(node) = stack.pop() {
            low = low.min(node);
            high = high.max(node);
            stack.extend_from_slice(self.children(node));
        }
        (low, high)
    }

    /// The bytes from the first to the last token of the tree under `i`.
    pub fn subtree_span(&self, i: u32) -> Span {
        let (low, high) = self.subtree(i);
        self.token(low).span.join(self.token(high).span)
    }

    /// The sentence that token `i` belongs to.
    pub fn sentence_of(&self, i: u32) -> &Sentence {
        &self.sentences[self.token(i).sentence as usize]
    }

    /// The first token whose bytes end behind `offset`: the token at `offset`, or the next one.
    pub fn token_at(&self, offset: u32) -> Option<u32> {
        let i = self.tokens.partition_point(|t| t.span.end <= offset);
        (i < self.tokens.len()).then_some(i as u32)
    }

    /// The tokens that lie inside `span`.
    pub fn tokens_in(&self, span: Span) -> Range<u32> {
        let a = self.tokens.partition_point(|t| t.span.end <= span.start) as u32;
        let b = self.tokens.partition_point(|t| t.span.start < span.end) as u32;
        a..b.max(a)
    }

    /// The root token of a sentence.
    pub fn root(&self, sentence: usize) -> Option<u32> {
        self.sentences.get(sentence)?.range().find(|&i| self.token(i).head == NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(heads: &[u32]) -> Syntax {
        let mut s = Syntax::default();
        for (i, &head) in heads.iter().enumerate() {
            s.tokens.push(Token {
                span: Span::new(2 * i as u32, 2 * i as u32 + 1),
                sentence: 0,
                head,
                deprel: Deprel::Dep,
                upos: Upos::X,
                xpos: Xpos::Fw,
                name: NameTag::Outside,
                lemma: Span::default(),
            });
        }
        s.sentences.push(Sentence { tokens: (0, heads.len() as u32), span: Span::default(), paragraph: 0 });
        s.index();
        s
    }

    #[test]
    fn children_come_in_text_order() {
        let s = tree(&[1, NONE, 1, 2]);
        assert_eq!(s.children(1), [0, 2]);
        assert_eq!(s.children(2), [3]);
        assert!(s.children(3).is_empty());
        assert_eq!(s.subtree(2), (2, 3));
        assert_eq!(s.root(0), Some(1));
        assert!(s.is_within(3, 1) && !s.is_within(0, 2));
    }

    #[test]
    fn tokens_are_found_by_offset() {
        let s = tree(&[1, NONE, 1]);
        assert_eq!(s.token_at(1), Some(1));
        assert_eq!(s.tokens_in(Span::new(0, 3)), 0..2);
    }
}
