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

impl Slot {
    /// For a form that is not too long.
    fn of(form: &str) -> Self {
        let mut bytes = [0; KEPT];
        bytes[..form.len()].copy_from_slice(form.as_bytes());
        Self { length: form.len() as u8, bytes }
    }
}

/// A form that is not kept: its place among those asked for and, unless it is too long, where to keep it.
struct Miss {
    word: usize,
    slot: Option<usize>,
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
    /// For every place which of the misses is being kept there, counted from 1.
    pending: Vec<u32>,
    misses: Vec<Miss>,
    /// Words with the misses that they repeat.
    repeats: Vec<(usize, usize)>,
    sums: Vec<f32>,
    mixed: Vec<f32>,
    new_vectors: Vec<f32>,
    new_gates: Vec<f32>,
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
            pending: vec![0; n],
            misses: Vec::new(),
            repeats: Vec::new(),
            sums: Vec::new(),
            mixed: Vec::new(),
            new_vectors: Vec::new(),
            new_gates: Vec::new(),
        }
    }

    /// Fills `x` with the vectors of all forms and `u` with the first layer's gate inputs.
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
        fit(x, forms.len() * d);
        fit(u, forms.len() * 3 * d);
        self.misses.clear();
        self.repeats.clear();
        self.sums.clear();
        for (word, form) in forms.iter().enumerate() {
            match self.find(form) {
                Ok(at) if self.pending[at] > 0 => self.repeats.push((word, self.pending[at] as usize - 1)),
                Ok(at) => {
                    x[word * d..][..d].copy_from_slice(&self.vectors[at * d..][..d]);
                    u[word * 3 * d..][..3 * d].copy_from_slice(&self.gates[at * 3 * d..][..3 * d]);
                }
                Err(slot) => {
                    if let Some(at) = slot {
                        self.slots[at] = Slot::of(form);
                        self.pending[at] = self.misses.len() as u32 + 1;
                    }
                    self.misses.push(Miss { word, slot });
                    self.add_features(model, form);
                }
            }
        }
        self.compute(kernel, model, s);
        for (i, miss) in self.misses.iter().enumerate() {
            let vector = &self.new_vectors[i * d..][..d];
            let gates = &self.new_gates[i * 3 * d..][..3 * d];
            x[miss.word * d..][..d].copy_from_slice(vector);
            u[miss.word * 3 * d..][..3 * d].copy_from_slice(gates);
            // The place may have gone to a later one.
            if let Some(at) = miss.slot.filter(|&at| self.pending[at] == i as u32 + 1) {
                self.pending[at] = 0;
                self.vectors[at * d..][..d].copy_from_slice(vector);
                self.gates[at * 3 * d..][..3 * d].copy_from_slice(gates);
            }
        }
        for &(word, i) in &self.repeats {
            x[word * d..][..d].copy_from_slice(&self.new_vectors[i * d..][..d]);
            u[word * 3 * d..][..3 * d].copy_from_slice(&self.new_gates[i * 3 * d..][..3 * d]);
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

    /// Appends the sum of the form's features to `sums`.
    fn add_features(&mut self, model: &Model, form: &str) {
        self.features.set(form);
        let from = self.sums.len();
        self.sums.resize(from + model.embedding, 0.0);
        let sum = &mut self.sums[from..];
        for &h in &self.features.hashes {
            add(&model.features, h, sum);
        }
        let _ = self.features.vectors.iter().any(|&h| add(&model.vectors, h, sum));
    }

    /// Vectors and gate inputs of all sums.
    fn compute(&mut self, kernel: Kernel, model: &Model, s: &mut Scratch) {
        let d = self.width;
        model.mix.apply_normalised(kernel, &self.sums, s, &mut self.mixed);
        self.new_vectors.clear();
        for row in self.mixed.chunks_exact(2 * d) {
            let (a, b) = row.split_at(d);
            self.new_vectors.extend(a.iter().zip(b).map(|(&a, &b)| if b > a { b } else { a }));
        }
        model.layers[0].gates.apply_normalised(kernel, &self.new_vectors, s, &mut self.new_gates);
    }
}

/// Adds the row of a hash to `sum`, if there is one.
fn add(table: &Table, hash: u32, sum: &mut [f32]) -> bool {
    let Some(row) = table.row(hash) else { return false };
    let scale = table.scales[row];
    let values = &table.values[row * sum.len()..(row + 1) * sum.len()];
    for (s, &v) in sum.iter_mut().zip(values) {
        *s += f32::from(v) * scale;
    }
    true
}
