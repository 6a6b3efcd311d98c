//! Bidirectional layers of simple recurrent units over the words of one sentence.

use super::floats::Gates;
use super::kernels::{self, Kernel};
use super::matrix::Scratch;
use super::model::{Layer, Model};

/// Turns word vectors `x` (and the first layer's gate inputs `u`) into encoded words, in place.
pub(super) fn encode(
    kernel: Kernel,
    model: &Model,
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
            kernels::recur(kernel, u, backward, &gates(layer, state.len(), backward), state, x);
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
