//! Element-wise arithmetic in a fixed order: no fused multiply-add, no library functions, sums in sixteen lanes.
//!
//! Everything here is inlined into the kernels of [`super::kernels`], so that wider registers can be used; the order
//! of operations, and with it every bit of the result, stays as written.
#![allow(clippy::inline_always)]

/// Lanes of a sum.
const LANES: usize = 16;

/// The sum of `f(x)` in sixteen lanes, folded in halves.
#[inline(always)]
fn lane_sum(x: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0f32; LANES];
    let chunks = x.chunks_exact(LANES);
    for (lane, &v) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane = f(v);
    }
    for c in chunks {
        for i in 0..LANES {
            lanes[i] += f(c[i]);
        }
    }
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Brings `x` to mean 0 and variance 1.
#[inline(always)]
pub(super) fn normalise(x: &[f32], out: &mut [f32]) {
    let n = x.len() as f32;
    let mean = lane_sum(x, |v| v) / n;
    let variance = lane_sum(x, |v| (v - mean) * (v - mean)) / n;
    let scale = 1.0 / (variance + 1e-5).sqrt();
    for (o, &v) in out.iter_mut().zip(x) {
        *o = (v - mean) * scale;
    }
}

/// The largest magnitude, at least a tiny number.
#[inline(always)]
fn magnitude(x: &[f32]) -> f32 {
    let mut lanes = [1e-20f32; LANES];
    let chunks = x.chunks_exact(LANES);
    for (lane, &v) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane = if v.abs() > *lane { v.abs() } else { *lane };
    }
    for c in chunks {
        for i in 0..LANES {
            lanes[i] = if c[i].abs() > lanes[i] { c[i].abs() } else { lanes[i] };
        }
    }
    lanes.into_iter().fold(0.0, |a, b| if b > a { b } else { a })
}

/// Added to a number of small magnitude, this leaves the nearest integer (ties to even) in the lowest bits.
const ROUND: f32 = 12_582_912.0;

/// Quantises to `1..=127` with 64 as zero and gives the size of a step.
#[inline(always)]
pub(super) fn quantise(x: &[f32], out: &mut [u8]) -> f32 {
    let m = magnitude(x);
    let inverse = 63.0 / m;
    for (o, &v) in out.iter_mut().zip(x) {
        *o = (v * inverse + (ROUND + 64.0)).to_bits() as u8 & 127;
    }
    m / 63.0
}

/// Quantises to `-127..=127` and gives the size of a step.
#[inline(always)]
pub(super) fn quantise_signed(x: &[f32], out: &mut [i8]) -> f32 {
    let m = magnitude(x);
    let inverse = 127.0 / m;
    for (o, &v) in out.iter_mut().zip(x) {
        *o = (v * inverse + ROUND).to_bits() as u8 as i8;
    }
    m / 127.0
}

/// What turns the integer sums of a row of weights into a number.
pub(super) struct Units<'a> {
    /// What the offset of the activations adds.
    pub(super) shift: &'a [i32],
    /// The size of a step of the weights.
    pub(super) scales: &'a [f32],
    /// Added in the end.
    pub(super) bias: &'a [f32],
}

/// Turns integer sums into numbers: `(sum - shift) * (step * scale) + bias`.
#[inline(always)]
pub(super) fn scale(sums: &[i32], step: f32, units: &Units<'_>, out: &mut [f32]) {
    let Units { shift, scales, bias } = units;
    for ((((o, &s), &z), &w), &b) in out.iter_mut().zip(sums).zip(*shift).zip(*scales).zip(*bias) {
        *o = (s - z) as f32 * (step * w) + b;
    }
}

/// A rational sigmoid: `(1 + t(x / 2)) / 2` with `t(y) = y (27 + y²) / (27 + 9 y²)`, saturated beyond 3.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> f32 {
    let y = 0.5 * x;
    let y = if y < -3.0 { -3.0 } else { y };
    let y = if y > 3.0 { 3.0 } else { y };
    let q = y * y;
    0.5 + 0.5 * (y * (27.0 + q) / (27.0 + 9.0 * q))
}

/// Peephole weights and biases of one direction of a layer, each as long as the state.
pub(super) struct Gates<'a> {
    pub(super) forget: &'a [f32],
    pub(super) reset: &'a [f32],
    pub(super) forget_bias: &'a [f32],
    pub(super) reset_bias: &'a [f32],
}

/// One step of the recurrence: `u` holds candidate, forget and reset pre-activations; `x` becomes the output.
#[inline(always)]
pub(super) fn step(u: &[f32], gates: &Gates<'_>, state: &mut [f32], x: &mut [f32]) {
    let h = state.len();
    let (candidate, rest) = u.split_at(h);
    let (forget, reset) = rest.split_at(h);
    let (x, reset) = (&mut x[..h], &reset[..h]);
    let (vf, vr) = (&gates.forget[..h], &gates.reset[..h]);
    let (bf, br) = (&gates.forget_bias[..h], &gates.reset_bias[..h]);
    for i in 0..h {
        let c = state[i];
        let f = sigmoid(forget[i] + vf[i] * c + bf[i]);
        let r = sigmoid(reset[i] + vr[i] * c + br[i]);
        let new = f * c + (1.0 - f) * candidate[i];
        state[i] = new;
        x[i] = r * new + (1.0 - r) * x[i];
    }
}

/// Leaky rectifier in place.
#[inline(always)]
pub(super) fn leaky(x: &mut [f32]) {
    for v in x {
        *v = if *v < 0.0 { *v * 0.125 } else { *v };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sigmoid_is_odd_around_a_half_and_saturates() {
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!(sigmoid(6.0), 1.0);
        assert_eq!(sigmoid(-100.0), 0.0);
        assert!((sigmoid(1.0) + sigmoid(-1.0) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn quantised_values_are_within_half_a_step() {
        let x: Vec<f32> = (0..50).map(|i| (i as f32 - 20.0) * 0.37).collect();
        let (mut q, mut s) = (vec![0u8; 50], vec![0i8; 50]);
        let (a, b) = (quantise(&x, &mut q), quantise_signed(&x, &mut s));
        for i in 0..50 {
            assert!((x[i] - (f32::from(q[i]) - 64.0) * a).abs() <= a * 0.501);
            assert!((x[i] - f32::from(s[i]) * b).abs() <= b * 0.501);
            assert!((1..=127).contains(&q[i]));
        }
        assert_eq!(quantise(&[0.0; 3], &mut q[..3]), 1e-20 / 63.0);
        assert_eq!(q[..3], [64; 3]);
    }

    #[test]
    fn normalised_values_have_mean_zero() {
        let x: Vec<f32> = (0..37).map(|i| (i * i % 11) as f32).collect();
        let mut out = vec![0.0; 37];
        normalise(&x, &mut out);
        assert!(out.iter().sum::<f32>().abs() < 1e-4);
        assert!((out.iter().map(|v| v * v).sum::<f32>() / 37.0 - 1.0).abs() < 1e-3);
    }
}
