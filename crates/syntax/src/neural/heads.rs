//! Tags, arcs, relations and names from the encoded words.

use super::kernels::{self, Kernel};
use super::matrix::{Scratch, fit, pack};
use super::model::Model;
use super::names::Names;
use super::tree::Trees;
use super::valency::Valency;
use super::worker::Prediction;
use dateline_core::syntax::{Deprel, NameTag};

/// Arc scores have a learned part for the distance to the head: the lower bound of each bucket.
pub(super) const DISTANCES: [usize; 9] = [1, 2, 3, 4, 5, 7, 10, 15, 25];

/// Buffers of the heads.
#[derive(Debug, Default)]
pub(super) struct Heads {
    parts: Vec<f32>,
    dependents: Vec<f32>,
    head_rows: Vec<i8>,
    head_steps: Vec<f32>,
    head_shift: Vec<i32>,
    panels: Vec<i8>,
    scores: Vec<f32>,
    pairs: Vec<f32>,
    labels: Vec<f32>,
    tags: Vec<f32>,
    names: Vec<f32>,
    chosen: Vec<u32>,
    ner: Vec<NameTag>,
    relations: Vec<usize>,
    trees: Trees,
    valency: Valency,
    search: Names,
}

/// The parts of the encoded words that relations are scored by.
pub(super) struct Parts<'a> {
    rows: &'a [f32],
    stride: usize,
    from: usize,
    lab: usize,
    root: &'a [f32],
}

impl Parts<'_> {
    /// Appends what the relation of a word (from 0) to a head (from 1; 0 is the root) is scored by.
    pub(super) fn pair(&self, word: usize, head: u32, out: &mut Vec<f32>) {
        let d = &self.rows[word * self.stride + self.from..][..self.lab];
        let h = match head {
            0 => self.root,
            h => &self.rows[(h as usize - 1) * self.stride + self.from + self.lab..][..self.lab],
        };
        out.extend_from_slice(d);
        out.extend_from_slice(h);
        out.extend(d.iter().zip(h).map(|(a, b)| a * b));
    }
}

impl Heads {
    /// Appends the predictions for the encoded words `x` of sentences with these lengths to `out`.
    pub(super) fn predict(
        &mut self,
        kernel: Kernel,
        model: &Model,
        x: &[f32],
        lengths: &[usize],
        s: &mut Scratch,
        out: &mut Vec<Prediction>,
    ) {
        let w = &model.heads;
        let stride = w.all.rows();
        w.all.apply_normalised(kernel, x, s, &mut self.parts);
        kernels::leaky(kernel, &mut self.parts);
        w.arcs.apply_columns(kernel, &self.parts, stride, 0, s, &mut self.dependents);
        let at = 2 * model.arc + 2 * model.lab;
        w.tags.apply_columns(kernel, &self.parts, stride, at, s, &mut self.tags);
        w.names.apply_columns(kernel, &self.parts, stride, at + model.tag, s, &mut self.names);
        let mut from = 0;
        for &n in lengths {
            self.arcs(kernel, model, from, n, stride, s);
            fit(&mut self.chosen, n);
            self.trees.decode(&self.scores, n + 1, &mut self.chosen);
            self.relations(kernel, model, from, stride, s);
            let names = w.names.rows();
            self.ner.clear();
            self.search.decode(&self.names[from * names..][..n * names], &model.tags, &mut self.ner);
            for i in 0..n {
                let tags = &self.tags[(from + i) * w.tags.rows()..][..w.tags.rows()];
                let (upos, xpos) = tags.split_at(model.upos.len());
                out.push(Prediction {
                    upos: model.upos[argmax(upos, |_| true)],
                    xpos: model.xpos[argmax(xpos, |_| true)],
                    head: self.chosen[i],
                    deprel: model.deprel[self.relations[i]],
                    ner: self.ner[i],
                });
            }
            from += n;
        }
    }

    /// Scores of all arcs of the sentence of `n` words that begins with word `from`: words × (1 + words).
    fn arcs(&mut self, kernel: Kernel, model: &Model, from: usize, n: usize, stride: usize, s: &mut Scratch) {
        let (w, arc) = (&model.heads, model.arc);
        fit(&mut self.head_rows, (n + 1) * arc);
        fit(&mut self.head_steps, n + 1);
        fit(&mut self.head_shift, n + 1);
        for j in 0..=n {
            let row = &mut self.head_rows[j * arc..(j + 1) * arc];
            let part = if j == 0 { &w.root[..] } else { &self.parts[(from + j - 1) * stride + arc..][..arc] };
            self.head_steps[j] = kernels::quantise_signed(kernel, part, row);
            self.head_shift[j] = 64 * row.iter().map(|&v| i32::from(v)).sum::<i32>();
        }
        pack(&self.head_rows, arc, &mut self.panels);
        fit(&mut s.quantised, n * arc);
        fit(&mut s.steps, n);
        for i in 0..n {
            let row = &self.dependents[(from + i) * arc..][..arc];
            s.steps[i] = kernels::quantise(kernel, row, &mut s.quantised[i * arc..(i + 1) * arc]);
        }
        let wide = self.panels.len() / arc;
        fit(&mut s.sums, n * wide);
        kernels::multiply(kernel, &s.quantised, arc, &self.panels, &mut s.sums);
        fit(&mut self.scores, n * (n + 1));
        for i in 0..n {
            for j in 0..=n {
                let sum = (s.sums[i * wide + j] - self.head_shift[j]) as f32;
                let bias = if j == 0 { 0.0 } else { distance(&w.distance, i + 1, j) };
                self.scores[i * (n + 1) + j] = sum * (s.steps[i] * self.head_steps[j]) + bias;
            }
        }
    }

    /// Chooses relations to the chosen heads, then changes what cannot be.
    fn relations(&mut self, kernel: Kernel, model: &Model, from: usize, stride: usize, s: &mut Scratch) {
        let parts = Parts {
            rows: &self.parts[from * stride..],
            stride,
            from: 2 * model.arc,
            lab: model.lab,
            root: &model.heads.root_label,
        };
        self.pairs.clear();
        for (i, &head) in self.chosen.iter().enumerate() {
            parts.pair(i, head, &mut self.pairs);
        }
        model.heads.label.apply_columns(kernel, &self.pairs, 3 * model.lab, 0, s, &mut self.labels);
        self.relations.clear();
        for (&head, scores) in self.chosen.iter().zip(self.labels.chunks_exact(model.deprel.len())) {
            self.relations.push(argmax(scores, |j| (model.deprel[j] == Deprel::Root) == (head == 0)));
        }
        self.valency.repair(kernel, model, &parts, &self.scores, &mut self.chosen, &mut self.relations, s);
    }
}

/// The learned part of an arc's score for its direction and length.
fn distance(bias: &[f32], dependent: usize, head: usize) -> f32 {
    let bucket = usize::from(BUCKETS[dependent.abs_diff(head).min(BUCKETS.len() - 1)]);
    bias[if head > dependent { bucket + DISTANCES.len() } else { bucket }]
}

/// The bucket of each distance up to the last one's lower bound.
const BUCKETS: [u8; DISTANCES[DISTANCES.len() - 1] + 1] = {
    let mut buckets = [0; DISTANCES[DISTANCES.len() - 1] + 1];
    let mut gap = 0;
    while gap < buckets.len() {
        let mut bucket = 0;
        while bucket + 1 < DISTANCES.len() && DISTANCES[bucket + 1] <= gap {
            bucket += 1;
        }
        buckets[gap] = bucket as u8;
        gap += 1;
    }
    buckets
};

/// The first of the highest allowed scores; 0 if there is none.
fn argmax(row: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut out: Option<usize> = None;
    for (j, &v) in row.iter().enumerate() {
        if allowed(j) && out.is_none_or(|o| v > row[o]) {
            out = Some(j);
        }
    }
    out.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_fall_into_buckets() {
        let bias: Vec<f32> = (0..18).map(|i| i as f32).collect();
        assert_eq!(distance(&bias, 5, 4), 0.0);
        assert_eq!(distance(&bias, 4, 5), 9.0);
        assert_eq!(distance(&bias, 10, 4), 4.0);
        assert_eq!(distance(&bias, 100, 1), 8.0);
        assert_eq!(distance(&bias, 1, 26), 17.0);
    }

    #[test]
    fn argmax_of_undefined_numbers_is_some_index() {
        assert_eq!(argmax(&[f32::NAN, f32::NAN], |_| true), 0);
        assert_eq!(argmax(&[1.0, 3.0, 3.0], |_| true), 1);
        assert_eq!(argmax(&[1.0, 3.0, 2.0], |j| j != 1), 2);
    }
}
