//! The inner loops, for whatever the processor offers. The only module that may use `unsafe`.
//!
//! A matrix of signed weights is stored in panels of sixteen rows: for each group of four columns, four bytes of each
//! of the sixteen rows. Activations are unsigned and at most 127, so that the pairwise 16-bit sums of AVX2 cannot
//! saturate, and are signed bytes as well, which ARM needs: all kernels give the exact integer product.
#![allow(unsafe_code)]
// Only unaligned loads and stores are used.
#![allow(clippy::cast_ptr_alignment)]

use super::floats::{self, Gates, Units};
use super::matrix::fit;

/// Rows of a panel.
pub(super) const PANEL: usize = 16;

/// A set of inner loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    /// Plain Rust; compiled for the baseline of the target. What the other kernels are tested against.
    Plain,
    /// SSE2, which every x86-64 processor has.
    #[cfg(target_arch = "x86_64")]
    Sse2,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX2 with the integer dot product, as processors without AVX-512 have it.
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    /// AVX-512 with the integer dot product.
    #[cfg(target_arch = "x86_64")]
    Vnni,
    /// NEON, which every 64-bit ARM processor has.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// NEON with the integer dot product.
    #[cfg(target_arch = "aarch64")]
    Dot,
}

impl Kernel {
    /// All that this machine can run, slowest first.
    pub(super) fn available() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            all.push(Self::Sse2);
            if is_x86_feature_detected!("avx2") {
                all.push(Self::Avx2);
                if is_x86_feature_detected!("avxvnni") {
                    all.push(Self::AvxVnni);
                }
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
                {
                    all.push(Self::Vnni);
                }
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            all.push(Self::Neon);
            if std::arch::is_aarch64_feature_detected!("dotprod") {
                all.push(Self::Dot);
            }
        }
        all
    }

    /// The fastest that this machine can run.
    pub(super) fn best() -> Self {
        Self::available().last().copied().unwrap_or(Self::Plain)
    }
}

/// Exact products of `rows` activation vectors of `width` bytes with all panels; `sums` is `rows` × panels × 16.
///
/// # Panics
/// If a slice is shorter than the dimensions say.
pub(super) fn multiply(kernel: Kernel, activations: &[u8], width: usize, panels: &[i8], sums: &mut [i32]) {
    assert!(width > 0 && width.is_multiple_of(4));
    let (rows, n) = (activations.len() / width, panels.len() / (width * PANEL));
    assert!(panels.len() == n * width * PANEL && activations.len() == rows * width);
    assert!(sums.len() >= rows * n * PANEL);
    match kernel {
        Kernel::Plain => multiply_plain(activations, width, panels, n, sums),
        // SAFETY: `Kernel::available` offers these only where the processor has the features; the lengths of all
        // slices were checked above.
        #[cfg(target_arch = "x86_64")]
        Kernel::Sse2 => unsafe { x86::multiply_sse2(activations, width, panels, n, sums) },
        #[cfg(target_arch = "x86_64")]
        Kernel::Avx2 => unsafe { x86::multiply_avx2(activations, width, panels, n, sums) },
        #[cfg(target_arch = "x86_64")]
        Kernel::AvxVnni => unsafe { x86::multiply_avx_vnni(activations, width, panels, n, sums) },
        #[cfg(target_arch = "x86_64")]
        Kernel::Vnni => unsafe { x86::multiply_vnni(activations, width, panels, n, sums) },
        #[cfg(target_arch = "aarch64")]
        Kernel::Neon => unsafe { arm::multiply_neon(activations, width, panels, n, sums) },
        #[cfg(target_arch = "aarch64")]
        Kernel::Dot => unsafe { arm::multiply_dot(activations, width, panels, n, sums) },
    }
}

/// The products of [`multiply`] as numbers, `rows` × `units.scales`; `steps` holds the size of a step of each row of
/// activations, `sums` is a buffer.
#[allow(clippy::too_many_arguments)]
pub(super) fn multiply_scaled(
    kernel: Kernel,
    activations: &[u8],
    width: usize,
    panels: &[i8],
    steps: &[f32],
    units: &Units<'_>,
    sums: &mut Vec<i32>,
    out: &mut [f32],
) {
    let (rows, n) = (activations.len() / width, panels.len() / (width * PANEL));
    #[cfg(target_arch = "x86_64")]
    if kernel == Kernel::Vnni {
        let wide = units.scales.len();
        assert!(width > 0 && width.is_multiple_of(4) && wide <= n * PANEL && wide + PANEL > n * PANEL);
        assert!(panels.len() == n * width * PANEL && activations.len() == rows * width);
        assert!(units.shift.len() == wide && units.bias.len() == wide);
        assert!(steps.len() >= rows && out.len() >= rows * wide);
        // SAFETY: `Kernel::available` offers this only where the processor has the features; the lengths of all slices
        // were checked above.
        unsafe { x86::multiply_scaled_vnni(activations, width, panels, steps, units, out) };
        return;
    }
    fit(sums, rows * n * PANEL);
    multiply(kernel, activations, width, panels, sums);
    scale(kernel, sums, n * PANEL, steps, units, out);
}

/// Columns that the plain kernel rearranges at a time.
const COLUMNS: usize = 128;

fn multiply_plain(activations: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
    let rows = activations.len() / width;
    sums[..rows * n * PANEL].fill(0);
    // Column by column, in 16 bits: the compiler makes vector code of it on any processor.
    let mut columns = [[0i16; PANEL]; COLUMNS];
    for (p, panel) in panels.chunks_exact(width * PANEL).enumerate() {
        for (c, part) in panel.chunks(COLUMNS * PANEL).enumerate() {
            for (group, columns) in part.chunks_exact(4 * PANEL).zip(columns.chunks_exact_mut(4)) {
                for (row, w) in group.chunks_exact(4).enumerate() {
                    for k in 0..4 {
                        columns[k][row] = i16::from(w[k]);
                    }
                }
            }
            let used = part.len() / PANEL;
            for r in 0..rows {
                let a = &activations[r * width + c * COLUMNS..][..used];
                let out = &mut sums[(r * n + p) * PANEL..][..PANEL];
                let mut acc = [0i32; PANEL];
                for (&[x, y], [w, v]) in a.as_chunks::<2>().0.iter().zip(columns.as_chunks::<2>().0) {
                    // At most 2 * 127 * 128: no overflow.
                    let sums = products(i16::from(x), w, i16::from(y), v);
                    for i in 0..PANEL {
                        acc[i] += i32::from(sums[i]);
                    }
                }
                for (out, acc) in out.iter_mut().zip(acc) {
                    *out += acc;
                }
            }
        }
    }
}

/// `x * w + y * v`; not inlined, so that the loop stays a loop until it is vectorised.
#[inline(never)]
fn products(x: i16, w: &[i16; PANEL], y: i16, v: &[i16; PANEL]) -> [i16; PANEL] {
    let mut out = [0; PANEL];
    for i in 0..PANEL {
        out[i] = x * w[i] + y * v[i];
    }
    out
}

/// Defines a function that runs an element-wise loop with the kernel's registers.
macro_rules! dispatch {
    ($(#[$doc:meta])* $name:ident / $avx2:ident / $avx512:ident ( $($arg:ident : $type:ty),* ) $(-> $ret:ty)? $body:block) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        pub(super) fn $name(kernel: Kernel, $($arg: $type),*) $(-> $ret)? {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            #[allow(clippy::too_many_arguments)]
            fn $avx2($($arg: $type),*) $(-> $ret)? $body
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx512bw,avx512vl")]
            #[allow(clippy::too_many_arguments)]
            fn $avx512($($arg: $type),*) $(-> $ret)? $body
            match kernel {
                // SAFETY: `Kernel::available` offers these only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                Kernel::Avx2 | Kernel::AvxVnni => unsafe { $avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                Kernel::Vnni => unsafe { $avx512($($arg),*) },
                _ => $body,
            }
        }
    };
}

dispatch! {
    /// Normalises every row of `x` and quantises it; `steps` gets the size of a step for each row.
    normalise_quantise / avx2 / avx512 (x: &[f32], width: usize, buffer: &mut [f32], out: &mut [u8], steps: &mut [f32]) {
        let buffer = &mut buffer[..width];
        for ((x, out), step) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)).zip(steps) {
            floats::normalise(x, buffer);
            *step = floats::quantise(buffer, out);
        }
    }
}

dispatch! {
    /// Quantises one vector.
    quantise / avx2 / avx512 (x: &[f32], out: &mut [u8]) -> f32 { floats::quantise(x, out) }
}

dispatch! {
    /// Quantises one vector with signs.
    quantise_signed / avx2 / avx512 (x: &[f32], out: &mut [i8]) -> f32 { floats::quantise_signed(x, out) }
}

dispatch! {
    /// Turns rows of integer sums (`stride` apart) into rows of numbers.
    scale / avx2 / avx512 (sums: &[i32], stride: usize, steps: &[f32], units: &Units<'_>, out: &mut [f32]) {
        let width = units.scales.len();
        for ((sums, &step), out) in sums.chunks_exact(stride).zip(steps).zip(out.chunks_exact_mut(width)) {
            floats::scale(&sums[..width], step, units, out);
        }
    }
}

dispatch! {
    /// Leaky rectifier in place.
    leaky / avx2 / avx512 (x: &mut [f32]) { floats::leaky(x) }
}

dispatch! {
    /// Runs one direction of a layer over all words; `u` is words × 2 × 3 × state, `x` words × 2 × state.
    recur / avx2 / avx512 (u: &[f32], backward: bool, gates: &Gates<'_>, state: &mut [f32], x: &mut [f32]) {
        let h = state.len();
        let words = x.len() / (2 * h);
        let side = usize::from(backward);
        state.fill(0.0);
        for k in 0..words {
            let t = if backward { words - 1 - k } else { k };
            let at = 2 * t + side;
            floats::step(&u[3 * h * at..3 * h * (at + 1)], gates, state, &mut x[h * at..h * (at + 1)]);
        }
    }
}

#[cfg(target_arch = "aarch64")]
mod arm;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(test)]
mod tests;
