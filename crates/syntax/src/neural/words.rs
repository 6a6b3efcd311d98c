//! The word layer: a vector for each form, and the first layer's gates, kept for forms seen before.

use super::features::Features;
use super::kernels::Kernel;
use super::matrix::{Scratch, fit};
use super::model::{Model, Table};

/// Longest form that is kept, in bytes.
const KEPT: usize = 31;
/// Places in which a form may be kept.
const WAYS: usize = 2;

/// A form that is kept.
#[derive(Clone, Copy, Default)]
struct Slot {
    length: u8,
    bytes: [u8; KEPT],
}

/// Computes the word layer and remembers what it computed, in bounded memory.
pub(super) struct Words {
    slots: Vec<Slot>,
    /// Which way of a set is replaced next.
    turn: Vec<u8>,
    vectors: Vec<f32>,
    gates: Vec<f32>,
    width: usize,
    features: Features,
    sum: Vec<f32>,
    mixed: Vec<f32>,
    vector: Vec<f32>,
    gate: Vec<f32>,
}

impl Words {
    /// Keeps `sets` times two forms; `sets` is rounded up to a power of two.
    pub(super) fn new(model: &Model, sets: usize) -> Self {
        let sets = sets.max(1).next_power_of_two();
        let n = sets * WAYS;
        Self {
            slots: vec![Slot::default(); n],
            turn: vec![0; sets],
            vectors: vec![0.0; n * model.width],
            gates: vec![0.0; n * 3 * model.width],
            width: model.width,
            features: Features::default(),
            sum: vec![0.0; model.embedding],
            mixed: Vec::new(),
            vector: vec![0.0; model.width],
            gate: Vec::new(),
        }
    }

    /// Appends the vectors of all forms to `x` and the first layer's gate inputs to `u`.
    pub(super) fn look_up(
        &mut self,
        kernel: Kernel,
        model: &Model,
        forms: &[&str],
        s: &mut Scratch,
        x: &mut Vec<f32>,
        u: &mut Vec<f32>,
    ) {
        let d = self.width;
        x.clear();
        u.clear();
        for form in forms {
            let at = self.find(form);
            let Ok(at) = at else {
                self.compute(kernel, model, form, s);
                x.extend_from_slice(&self.vector);
                u.extend_from_slice(&self.gate);
                if let Err(Some(at)) = at {
                    self.keep(at, form);
                }
                continue;
            };
            x.extend_from_slice(&self.vectors[at * d..(at + 1) * d]);
            u.extend_from_slice(&self.gates[at * 3 * d..(at + 1) * 3 * d]);
        }
    }

    /// Where a form is kept, or where it may be kept.
    fn find(&mut self, form: &str) -> Result<usize, Option<usize>> {
        let bytes = form.as_bytes();
        if bytes.is_empty() || bytes.len() > KEPT {
            return Err(None);
        }
        let mut h = 0xcbf2_9ce4_8422_2325_u64;
        for &b in bytes {
            h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let set = (h ^ (h >> 29)) as usize & (self.turn.len() - 1);
        for way in 0..WAYS {
            let slot = &self.slots[set * WAYS + way];
            if usize::from(slot.length) == bytes.len() && slot.bytes[..bytes.len()] == *bytes {
                self.turn[set] = 1 - way as u8;
                return Ok(set * WAYS + way);
            }
        }
        let way = self.turn[set];
        self.turn[set] = 1 - way;
        Err(Some(set * WAYS + usize::from(way)))
    }

    fn keep(&mut self, at: usize, form: &str) {
        let d = self.width;
        let slot = &mut self.slots[at];
        slot.length = form.len() as u8;
        slot.bytes[..form.len()].copy_from_slice(form.as_bytes());
        self.vectors[at * d..(at + 1) * d].copy_from_slice(&self.vector);
        self.gates[at * 3 * d..(at + 1) * 3 * d].copy_from_slice(&self.gate);
    }

    /// The vector and gate inputs of a form.
    fn compute(&mut self, kernel: Kernel, model: &Model, form: &str, s: &mut Scratch) {
        self.features.set(form);
        self.sum.fill(0.0);
        for &h in &self.features.hashes {
            add(&model.features, h, &mut self.sum);
        }
        let _ = self.features.vectors.iter().any(|&h| add(&model.vectors, h, &mut self.sum));
        model.mix.apply_normalised(kernel, &self.sum, s, &mut self.mixed);
        fit(&mut self.vector, self.width);
        let (a, b) = self.mixed.split_at(self.width);
        for ((v, &a), &b) in self.vector.iter_mut().zip(a).zip(b) {
            *v = if b > a { b } else { a };
        }
        model.layers[0].gates.apply_normalised(kernel, &self.vector, s, &mut self.gate);
    }
}

/// Adds the row of a hash to `sum`, if there is one.
fn add(table: &Table, hash: u32, sum: &mut [f32]) -> bool {
    let Ok(i) = table.hashes.binary_search(&hash) else { return false };
    let row = usize::from(table.rows[i]);
    let scale = table.scales[row];
    let values = &table.values[row * sum.len()..(row + 1) * sum.len()];
    for (s, &v) in sum.iter_mut().zip(values) {
        *s += f32::from(v) * scale;
    }
    true
}
