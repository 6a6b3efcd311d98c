//! The inner loops, for whatever the processor offers. The only module that may use `unsafe`.
//!
//! A matrix of signed weights is stored in panels of sixteen rows: for each group of four columns, four bytes of each
//! of the sixteen rows. Activations are unsigned and at most 127, so that the pairwise 16-bit sums of AVX2 cannot
//! saturate: all kernels give the exact integer product.
#![allow(unsafe_code)]
// Only unaligned loads and stores are used.
#![allow(clippy::cast_ptr_alignment)]

use super::floats::{self, Gates};

/// Rows of a panel.
pub(super) const PANEL: usize = 16;

/// A set of inner loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kernel {
    /// Plain Rust; compiled for the baseline of the target.
    Plain,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with the integer dot product.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Kernel {
    /// All that this machine can run, slowest first.
    pub(super) fn available() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self::Plain];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Self::Avx2);
                if is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
                {
                    all.push(Self::Vnni);
                }
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
        Kernel::Avx2 => unsafe { x86::multiply_avx2(activations, width, panels, n, sums) },
        #[cfg(target_arch = "x86_64")]
        Kernel::Vnni => unsafe { x86::multiply_vnni(activations, width, panels, n, sums) },
    }
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
                Kernel::Plain => $body,
                // SAFETY: `Kernel::available` offers these only where the processor has the features.
                #[cfg(target_arch = "x86_64")]
                Kernel::Avx2 => unsafe { $avx2($($arg),*) },
                #[cfg(target_arch = "x86_64")]
                Kernel::Vnni => unsafe { $avx512($($arg),*) },
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
    scale / avx2 / avx512 (sums: &[i32], stride: usize, shift: &[i32], steps: &[f32], scales: &[f32], bias: &[f32], out: &mut [f32]) {
        let width = scales.len();
        for ((sums, &step), out) in sums.chunks_exact(stride).zip(steps).zip(out.chunks_exact_mut(width)) {
            floats::scale(&sums[..width], shift, step, scales, bias, out);
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

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::PANEL;
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
        _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32,
        _mm512_loadu_si512, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
    };

    /// Rows a block handles at most.
    const BLOCK: usize = 8;

    /// # Safety
    /// The processor has AVX2; the slices have the lengths that [`super::multiply`] checks.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn multiply_avx2(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
        let rows = a.len() / width;
        for p in 0..n {
            let panel = &panels[p * width * PANEL..(p + 1) * width * PANEL];
            let mut r = 0;
            while r < rows {
                // SAFETY: passed on; the rows `r..r + 4` (or the one row) exist.
                unsafe {
                    if r + 4 <= rows {
                        block_avx2::<4>(a, width, panel, r, n, p, sums);
                        r += 4;
                    } else {
                        block_avx2::<1>(a, width, panel, r, n, p, sums);
                        r += 1;
                    }
                }
            }
        }
    }

    /// Products of `M` rows from `r` with one panel.
    #[target_feature(enable = "avx2")]
    unsafe fn block_avx2<const M: usize>(
        a: &[u8],
        width: usize,
        panel: &[i8],
        r: usize,
        n: usize,
        p: usize,
        sums: &mut [i32],
    ) {
        let one = _mm256_set1_epi16(1);
        let mut acc = [[_mm256_setzero_si256(); 2]; M];
        for k in 0..width / 4 {
            // SAFETY: a panel has `width / 4` groups of 64 bytes, each row `width` bytes.
            unsafe {
                let w = panel.as_ptr().add(k * 64).cast::<__m256i>();
                let (w0, w1) = (_mm256_loadu_si256(w), _mm256_loadu_si256(w.add(1)));
                for (m, acc) in acc.iter_mut().enumerate() {
                    let x = a.as_ptr().add((r + m) * width + k * 4).cast::<i32>().read_unaligned();
                    let x = _mm256_set1_epi32(x);
                    acc[0] = _mm256_add_epi32(acc[0], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w0), one));
                    acc[1] = _mm256_add_epi32(acc[1], _mm256_madd_epi16(_mm256_maddubs_epi16(x, w1), one));
                }
            }
        }
        for (m, acc) in acc.iter().enumerate() {
            let at = (r + m) * n * PANEL + p * PANEL;
            let out = &mut sums[at..at + PANEL];
            // SAFETY: `out` has sixteen numbers.
            unsafe {
                _mm256_storeu_si256(out.as_mut_ptr().cast(), acc[0]);
                _mm256_storeu_si256(out.as_mut_ptr().add(8).cast(), acc[1]);
            }
        }
    }

    /// # Safety
    /// The processor has AVX-512F and VNNI; the slices have the lengths that [`super::multiply`] checks.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) unsafe fn multiply_vnni(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
        let rows = a.len() / width;
        let mut p = 0;
        while p < n {
            let two = p + 2 <= n;
            let mut r = 0;
            while r < rows {
                let m = (rows - r).min(BLOCK);
                // SAFETY: passed on; `m` rows from `r` and the panels `p` and, if `two`, `p + 1` exist.
                unsafe {
                    match (two, m) {
                        (true, 8) => block_vnni::<8, 2>(a, width, panels, r, n, p, sums),
                        (true, 7) => block_vnni::<7, 2>(a, width, panels, r, n, p, sums),
                        (true, 6) => block_vnni::<6, 2>(a, width, panels, r, n, p, sums),
                        (true, 5) => block_vnni::<5, 2>(a, width, panels, r, n, p, sums),
                        (true, 4) => block_vnni::<4, 2>(a, width, panels, r, n, p, sums),
                        (true, 3) => block_vnni::<3, 2>(a, width, panels, r, n, p, sums),
                        (true, 2) => block_vnni::<2, 2>(a, width, panels, r, n, p, sums),
                        (true, _) => block_vnni::<1, 2>(a, width, panels, r, n, p, sums),
                        (false, 8) => block_vnni::<8, 1>(a, width, panels, r, n, p, sums),
                        (false, _) => {
                            for i in 0..m {
                                block_vnni::<1, 1>(a, width, panels, r + i, n, p, sums);
                            }
                        }
                    }
                }
                r += m;
            }
            p += if two { 2 } else { 1 };
        }
    }

    /// Products of `M` rows from `r` with `P` panels from `p`.
    #[target_feature(enable = "avx512f,avx512vnni")]
    unsafe fn block_vnni<const M: usize, const P: usize>(
        a: &[u8],
        width: usize,
        panels: &[i8],
        r: usize,
        n: usize,
        p: usize,
        sums: &mut [i32],
    ) {
        let mut acc = [[_mm512_setzero_si512(); P]; M];
        let size = width * PANEL;
        let base = panels[p * size..(p + P) * size].as_ptr();
        let rows = a[r * width..(r + M) * width].as_ptr();
        for k in 0..width / 4 {
            // SAFETY: both pointers were taken from slices that hold `P` panels and `M` rows.
            unsafe {
                let mut w = [_mm512_setzero_si512(); P];
                for (q, w) in w.iter_mut().enumerate() {
                    *w = _mm512_loadu_si512(base.add(q * size + k * 64).cast::<__m512i>());
                }
                for (m, acc) in acc.iter_mut().enumerate() {
                    let x = _mm512_set1_epi32(rows.add(m * width + k * 4).cast::<i32>().read_unaligned());
                    for (acc, w) in acc.iter_mut().zip(w) {
                        *acc = _mm512_dpbusd_epi32(*acc, x, w);
                    }
                }
            }
        }
        for (m, acc) in acc.iter().enumerate() {
            let at = (r + m) * n * PANEL + p * PANEL;
            let out = &mut sums[at..at + P * PANEL];
            for (q, &acc) in acc.iter().enumerate() {
                // SAFETY: `out` has sixteen numbers a panel.
                unsafe { _mm512_storeu_si512(out.as_mut_ptr().add(q * PANEL).cast(), acc) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same in every run.
    fn noise(seed: u64) -> impl FnMut() -> u64 {
        let mut s = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        move || {
            s ^= s << 13;
            s ^= s >> 7;
            s ^= s << 17;
            s >> 11
        }
    }

    #[test]
    fn every_kernel_multiplies_like_the_plain_one() {
        for (seed, &(rows, width, n)) in
            [(1, 4, 1), (3, 8, 2), (9, 96, 3), (17, 64, 5), (21, 320, 4), (8, 32, 1), (4, 12, 7)]
                .iter()
                .enumerate()
        {
            let mut r = noise(seed as u64 + 1);
            let a: Vec<u8> =
                (0..rows * width).map(|i| if i % 5 == 0 { 127 } else { (r() % 128) as u8 }).collect();
            let w: Vec<i8> = (0..n * width * PANEL)
                .map(|i| match i % 7 {
                    0 => -127,
                    1 => 127,
                    _ => (r() % 255) as i32 as i8,
                })
                .collect();
            let mut expected = vec![0; rows * n * PANEL];
            multiply(Kernel::Plain, &a, width, &w, &mut expected);
            for kernel in Kernel::available() {
                let mut got = vec![1; rows * n * PANEL];
                multiply(kernel, &a, width, &w, &mut got);
                assert_eq!(got, expected, "{kernel:?} {rows} {width} {n}");
            }
        }
    }

    #[test]
    fn every_kernel_recurs_like_the_plain_one() {
        let (words, h) = (11, 40);
        let mut r = noise(5);
        let mut float = move || (r() % 4096) as f32 / 512.0 - 4.0;
        let u: Vec<f32> = (0..words * 6 * h).map(|_| float()).collect();
        let x: Vec<f32> = (0..words * 2 * h).map(|_| float()).collect();
        let v: Vec<f32> = (0..4 * h).map(|_| float()).collect();
        let gates = Gates {
            forget: &v[..h],
            reset: &v[h..2 * h],
            forget_bias: &v[2 * h..3 * h],
            reset_bias: &v[3 * h..],
        };
        let run = |kernel| {
            let (mut state, mut x) = (vec![0.0; h], x.clone());
            recur(kernel, &u, false, &gates, &mut state, &mut x);
            recur(kernel, &u, true, &gates, &mut state, &mut x);
            let (mut buffer, mut q, mut steps) = (vec![0.0; 2 * h], vec![0; x.len()], vec![0.0; words]);
            normalise_quantise(kernel, &x, 2 * h, &mut buffer, &mut q, &mut steps);
            (x.iter().map(|v| v.to_bits()).collect::<Vec<_>>(), q, steps)
        };
        let expected = run(Kernel::Plain);
        for kernel in Kernel::available() {
            assert_eq!(run(kernel), expected, "{kernel:?}");
        }
    }
}
