//! A matrix of 8-bit weights with a scale for each row, laid out for the kernels.

use super::file::Bytes;
use super::floats::Units;
use super::kernels::{self, Kernel, PANEL};
use super::model::ModelError;

/// A linear map: rows of weights, their scales and a bias.
#[derive(Debug)]
pub(super) struct Matrix {
    width: usize,
    panels: Vec<i8>,
    /// What the offset of the activations (64) adds to each row's sum.
    shift: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// Scratch space of a product.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pub(super) quantised: Vec<u8>,
    pub(super) steps: Vec<f32>,
    pub(super) sums: Vec<i32>,
    pub(super) row: Vec<f32>,
}

/// Makes a buffer exactly `n` long; contents are unspecified.
pub(super) fn fit<T: Clone + Default>(buffer: &mut Vec<T>, n: usize) {
    buffer.resize(n, T::default());
}

/// Panels of a row-major matrix of `rows` × `width`, rows padded with zeros.
pub(super) fn pack(weights: &[i8], width: usize, panels: &mut Vec<i8>) {
    let rows = weights.len() / width;
    fit(panels, rows.div_ceil(PANEL) * PANEL * width);
    panels.fill(0);
    for (r, row) in weights.chunks_exact(width).enumerate() {
        let base = r / PANEL * PANEL * width + r % PANEL * 4;
        for (k, group) in row.chunks_exact(4).enumerate() {
            panels[base + k * PANEL * 4..][..4].copy_from_slice(group);
        }
    }
}

impl Matrix {
    pub(super) fn read(bytes: &mut Bytes<'_>, rows: usize, width: usize) -> Result<Self, ModelError> {
        let weights = bytes.i8s(rows * width)?;
        let scales = bytes.f32s(rows)?;
        let bias = bytes.f32s(rows)?;
        let shift =
            weights.chunks_exact(width).map(|r| 64 * r.iter().map(|&w| i32::from(w)).sum::<i32>()).collect();
        let mut panels = Vec::new();
        pack(&weights, width, &mut panels);
        Ok(Self { width, panels, shift, scales, bias })
    }

    /// Rows of the matrix: numbers in a result.
    pub(super) fn rows(&self) -> usize {
        self.scales.len()
    }

    /// Products of every row of `x` after normalisation.
    pub(super) fn apply_normalised(&self, kernel: Kernel, x: &[f32], s: &mut Scratch, out: &mut Vec<f32>) {
        let n = x.len() / self.width;
        fit(&mut s.quantised, x.len());
        fit(&mut s.steps, n);
        fit(&mut s.row, self.width);
        kernels::normalise_quantise(kernel, x, self.width, &mut s.row, &mut s.quantised, &mut s.steps);
        self.finish(kernel, n, s, out);
    }

    /// Products of rows of `stride` numbers, of which `from..from + width` count.
    pub(super) fn apply_columns(
        &self,
        kernel: Kernel,
        x: &[f32],
        stride: usize,
        from: usize,
        s: &mut Scratch,
        out: &mut Vec<f32>,
    ) {
        let n = x.len() / stride;
        fit(&mut s.quantised, n * self.width);
        fit(&mut s.steps, n);
        let rows = x.chunks_exact(stride).zip(s.quantised.chunks_exact_mut(self.width));
        for ((x, q), step) in rows.zip(&mut s.steps) {
            *step = kernels::quantise(kernel, &x[from..from + self.width], q);
        }
        self.finish(kernel, n, s, out);
    }

    fn finish(&self, kernel: Kernel, n: usize, s: &mut Scratch, out: &mut Vec<f32>) {
        fit(out, n * self.rows());
        let units = Units { shift: &self.shift, scales: &self.scales, bias: &self.bias };
        kernels::multiply_scaled(
            kernel,
            &s.quantised[..n * self.width],
            self.width,
            &self.panels,
            &s.steps,
            &units,
            &mut s.sums,
            out,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_is_near_the_real_one() {
        let (rows, width) = (5, 8);
        let weights: Vec<i8> = (0..rows * width).map(|i| (i * 37 % 251) as i32 as i8).collect();
        let mut data: Vec<u8> = weights.iter().map(|&w| w as u8).collect();
        for r in 0..rows {
            data.extend((0.01 * (r + 1) as f32).to_le_bytes());
        }
        for r in 0..rows {
            data.extend((r as f32).to_le_bytes());
        }
        let m = Matrix::read(&mut Bytes::new(&data), rows, width).unwrap();
        let x: Vec<f32> = (0..2 * width).map(|i| (i as f32 - 7.0) / 5.0).collect();
        let mut out = Vec::new();
        m.apply_columns(Kernel::best(), &x, width, 0, &mut Scratch::default(), &mut out);
        for t in 0..2 {
            for r in 0..rows {
                let sum: f32 = (0..width).map(|k| x[t * width + k] * f32::from(weights[r * width + k])).sum();
                let real = sum * 0.01 * (r + 1) as f32 + r as f32;
                assert!(
                    (out[t * rows + r] - real).abs() < 0.15 * (r + 1) as f32,
                    "{} {real}",
                    out[t * rows + r]
                );
            }
        }
    }
}
