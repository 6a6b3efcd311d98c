//! A verb has one subject, one object and one indirect object: second best arcs or relations where the tree says two.
//!
//! Arcs and relations are chosen word by word; where two words claim the same place at the same head, one of them is
//! wrong. The change that costs least in the model's own scores is made. This is cheap, since few sentences need it.

use super::heads::Parts;
use super::kernels::Kernel;
use super::matrix::Scratch;
use super::model::Model;
use dateline_core::syntax::Deprel;

/// Heads that are tried for a word, beside its present one.
const OTHERS: usize = 3;
/// Changes in one sentence at most.
const CHANGES: usize = 6;

/// Buffers of the repair.
#[derive(Debug, Default)]
pub(super) struct Valency {
    given_up: Vec<(u32, u8)>,
    candidates: Vec<(usize, u32)>,
    pairs: Vec<f32>,
    scores: Vec<f32>,
}

/// A place that a head has but once.
const fn place(deprel: Deprel) -> Option<u8> {
    match deprel {
        Deprel::Iobj => Some(0),
        Deprel::Obj => Some(1),
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Csubj | Deprel::CsubjPass => Some(2),
        _ => None,
    }
}

/// The best way found to resolve a conflict.
struct Change {
    cost: f32,
    word: usize,
    head: u32,
    label: usize,
}

impl Valency {
    /// Changes `heads` and `labels` (indices into the model's relations) where a place is taken twice. `arcs` is
    /// words × (1 + words); the tree stays a tree.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn repair(
        &mut self,
        kernel: Kernel,
        model: &Model,
        parts: &Parts<'_>,
        arcs: &[f32],
        heads: &mut [u32],
        labels: &mut [usize],
        s: &mut Scratch,
    ) {
        let (n, width) = (heads.len(), model.deprel.len());
        self.given_up.clear();
        for _ in 0..CHANGES {
            let Some((head, slot)) = self.conflict(model, heads, labels) else { return };
            self.candidates.clear();
            for word in 0..n {
                if heads[word] == head && place(model.deprel[labels[word]]) == Some(slot) {
                    self.candidates.push((word, head));
                    self.other_heads(word, &arcs[word * (n + 1)..][..=n], heads);
                }
            }
            self.pairs.clear();
            for &(word, head) in &self.candidates {
                parts.pair(word, head, &mut self.pairs);
            }
            model.heads.label.apply_columns(kernel, &self.pairs, 3 * model.lab, 0, s, &mut self.scores);
            let mut best: Option<Change> = None;
            let mut now = 0.0;
            for (&(word, to), scores) in self.candidates.iter().zip(self.scores.chunks_exact(width)) {
                let arc = arcs[word * (n + 1) + to as usize];
                let top = lead(model, scores);
                // The present head comes first among a word's candidates.
                if to == heads[word] {
                    now = arc + scores[labels[word]] - top;
                }
                for (label, &score) in scores.iter().enumerate() {
                    let deprel = model.deprel[label];
                    if deprel == Deprel::Root || (to == heads[word] && label == labels[word]) {
                        continue;
                    }
                    let cost = now - (arc + score - top);
                    if best.as_ref().is_none_or(|b| cost < b.cost)
                        && place(deprel).is_none_or(|p| !taken(model, heads, labels, to, p, word))
                    {
                        best = Some(Change { cost, word, head: to, label });
                    }
                }
            }
            match best {
                Some(change) => {
                    heads[change.word] = change.head;
                    labels[change.word] = change.label;
                }
                None => self.given_up.push((head, slot)),
            }
        }
    }

    /// The first place that is taken twice.
    fn conflict(&self, model: &Model, heads: &[u32], labels: &[usize]) -> Option<(u32, u8)> {
        let slot = |i: usize| (heads[i] > 0).then(|| place(model.deprel[labels[i]])).flatten();
        let mut first: Option<(u32, u8)> = None;
        for i in 0..heads.len() {
            let Some(p) = slot(i) else { continue };
            let key = (heads[i], p);
            if first.is_none_or(|f| key < f)
                && !self.given_up.contains(&key)
                && (i + 1..heads.len()).any(|j| heads[j] == heads[i] && slot(j) == Some(p))
            {
                first = Some(key);
            }
        }
        first
    }

    /// Appends the best other heads of a word that do not hang on it.
    fn other_heads(&mut self, word: usize, arcs: &[f32], heads: &[u32]) {
        let from = self.candidates.len();
        for _ in 0..OTHERS {
            let mut best: Option<usize> = None;
            for h in 1..arcs.len() {
                let known = self.candidates[from..].iter().any(|&(_, c)| c as usize == h);
                if !known
                    && h as u32 != heads[word]
                    && best.is_none_or(|b| arcs[h] > arcs[b])
                    && !hangs_on(h, word, heads)
                {
                    best = Some(h);
                }
            }
            let Some(best) = best else { return };
            self.candidates.push((word, best as u32));
        }
    }
}

/// The highest score of a relation other than root.
fn lead(model: &Model, scores: &[f32]) -> f32 {
    let others = scores.iter().zip(&model.deprel).filter(|&(_, &d)| d != Deprel::Root);
    others.fold(f32::NEG_INFINITY, |m, (&s, _)| if s > m { s } else { m })
}

/// Whether another word than `except` has the place at `head`.
fn taken(model: &Model, heads: &[u32], labels: &[usize], head: u32, slot: u8, except: usize) -> bool {
    (0..heads.len()).any(|i| i != except && heads[i] == head && place(model.deprel[labels[i]]) == Some(slot))
}

/// Whether the word counted `h` from 1 is `word` (from 0) or depends on it.
fn hangs_on(h: usize, word: usize, heads: &[u32]) -> bool {
    let mut at = h;
    for _ in 0..heads.len() {
        if at == word + 1 {
            return true;
        }
        match heads[at - 1] {
            0 => return false,
            next => at = next as usize,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_hangs_on_its_governors() {
        // 1 <- 2 <- root, 3 <- 1
        let heads = [2, 0, 1];
        assert!(hangs_on(3, 0, &heads) && hangs_on(1, 0, &heads));
        assert!(!hangs_on(2, 0, &heads));
    }

    #[test]
    fn passive_and_active_subject_share_a_place() {
        assert_eq!(place(Deprel::Nsubj), place(Deprel::NsubjPass));
        assert_ne!(place(Deprel::Obj), place(Deprel::Iobj));
        assert_eq!(place(Deprel::Obl), None);
    }
}
