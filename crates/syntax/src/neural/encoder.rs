//! Bidirectional layers of simple recurrent units over the words of sentences.

use super::floats::Gates;
use super::kernels::{self, Kernel};
use super::matrix::Scratch;
use super::model::{Layer, Model};

/// Turns word vectors `x` (and the first layer's gate inputs `u`) of sentences with these lengths into encoded words, in
/// place.
pub(super) fn encode(
    kernel: Kernel,
    model: &Model,
    lengths: &[usize],
    x: &mut [f32],
    u: &mut Vec<f32>,
    state: &mut [f32],
    s: &mut Scratch,
) {
    for (i, layer) in model.layers.iter().enumerate() {
        if i > 0 {
            layer.gates.apply_normalised(kernel, x, s, u);
        }
        for backward in [false, true] {
            let gates = gates(layer, state.len(), backward);
            let (mut x, mut u) = (&mut *x, &u[..]);
            for &words in lengths {
                let (here, gate_inputs);
                (here, x) = std::mem::take(&mut x).split_at_mut(words * model.width);
                (gate_inputs, u) = u.split_at(words * 3 * model.width);
                kernels::recur(kernel, gate_inputs, backward, &gates, state, here);
            }
        }
    }
}

fn gates(layer: &Layer, h: usize, backward: bool) -> Gates<'_> {
    let at = if backward { 2 * h } else { 0 };
    Gates {
        forget: &layer.peepholes[at..at + h],
        reset: &layer.peepholes[at + h..at + 2 * h],
        forget_bias: &layer.bias[at..at + h],
        reset_bias: &layer.bias[at + h..at + 2 * h],
    }
}
