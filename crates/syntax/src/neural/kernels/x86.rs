//! Integer products with SSE2, with AVX2, and with the dot products of AVX-VNNI and of AVX-512.

use super::PANEL;
use super::floats::Units;
use std::arch::x86_64::{
    __m128i, __m256i, __m512i, _mm_add_epi32, _mm_castps_si128, _mm_castsi128_ps, _mm_loadu_si128,
    _mm_madd_epi16, _mm_set1_epi32, _mm_setzero_si128, _mm_shuffle_ps, _mm_srai_epi16, _mm_storeu_si128,
    _mm_unpackhi_epi8, _mm_unpacklo_epi8, _mm256_add_epi32, _mm256_dpbusd_avx_epi32, _mm256_loadu_si256,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
    _mm256_storeu_si256, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_loadu_si512,
    _mm512_mask_storeu_ps, _mm512_maskz_loadu_epi32, _mm512_maskz_loadu_ps, _mm512_mul_ps, _mm512_set1_epi32,
    _mm512_set1_ps, _mm512_setzero_si512, _mm512_storeu_si512, _mm512_sub_epi32,
};

/// Rows a block handles at most.
const BLOCK: usize = 8;

/// # Safety
/// The slices have the lengths that [`super::multiply`] checks.
#[target_feature(enable = "sse,sse2")]
pub(super) unsafe fn multiply_sse2(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
    let rows = a.len() / width;
    for p in 0..n {
        let panel = &panels[p * width * PANEL..(p + 1) * width * PANEL];
        for r in (0..rows).step_by(2) {
            for half in 0..2 {
                // SAFETY: passed on; one or two rows from `r` exist.
                unsafe {
                    if r + 1 < rows {
                        block_sse2::<2>(a, width, panel, r, n, p, half, sums);
                    } else {
                        block_sse2::<1>(a, width, panel, r, n, p, half, sums);
                    }
                }
            }
        }
    }
}

/// Products of `M` rows from `r` with one half of a panel: eight of its rows, in 16 bits.
#[allow(clippy::too_many_arguments)]
#[target_feature(enable = "sse,sse2")]
unsafe fn block_sse2<const M: usize>(
    a: &[u8],
    width: usize,
    panel: &[i8],
    r: usize,
    n: usize,
    p: usize,
    half: usize,
    sums: &mut [i32],
) {
    let zero = _mm_setzero_si128();
    // Each accumulator holds two sums for each of two rows.
    let mut acc = [[zero; 4]; M];
    for k in 0..width / 4 {
        // SAFETY: a panel has `width / 4` groups of 64 bytes, each row `width` bytes.
        unsafe {
            let w = panel.as_ptr().add(k * 64 + half * 32).cast::<__m128i>();
            let (low, high) = (_mm_loadu_si128(w), _mm_loadu_si128(w.add(1)));
            let w = [
                _mm_srai_epi16(_mm_unpacklo_epi8(low, low), 8),
                _mm_srai_epi16(_mm_unpackhi_epi8(low, low), 8),
                _mm_srai_epi16(_mm_unpacklo_epi8(high, high), 8),
                _mm_srai_epi16(_mm_unpackhi_epi8(high, high), 8),
            ];
            for (m, acc) in acc.iter_mut().enumerate() {
                let x = a.as_ptr().add((r + m) * width + k * 4).cast::<i32>().read_unaligned();
                let x = _mm_unpacklo_epi8(_mm_set1_epi32(x), zero);
                for (acc, w) in acc.iter_mut().zip(w) {
                    *acc = _mm_add_epi32(*acc, _mm_madd_epi16(x, w));
                }
            }
        }
    }
    for (m, acc) in acc.iter().enumerate() {
        let at = ((r + m) * n + p) * PANEL + half * PANEL / 2;
        let out = &mut sums[at..at + PANEL / 2];
        for (out, two) in out.chunks_exact_mut(4).zip(acc.chunks_exact(2)) {
            let (x, y) = (_mm_castsi128_ps(two[0]), _mm_castsi128_ps(two[1]));
            let even = _mm_castps_si128(_mm_shuffle_ps(x, y, 0b10_00_10_00));
            let odd = _mm_castps_si128(_mm_shuffle_ps(x, y, 0b11_01_11_01));
            // SAFETY: `out` has four numbers.
            unsafe { _mm_storeu_si128(out.as_mut_ptr().cast(), _mm_add_epi32(even, odd)) };
        }
    }
}

/// Defines the products with 32-byte registers, of which `$add` adds those of four neighbouring bytes to sums.
macro_rules! wide {
    ($features:literal, $multiply:ident, $block:ident, $add:expr) => {
        /// # Safety
        /// The processor has the features; the slices have the lengths that [`super::multiply`] checks.
        #[target_feature(enable = $features)]
        pub(super) unsafe fn $multiply(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
            let rows = a.len() / width;
            for p in 0..n {
                let panel = &panels[p * width * PANEL..(p + 1) * width * PANEL];
                let mut r = 0;
                while r < rows {
                    let m = (rows - r).min(4);
                    // SAFETY: passed on; `m` rows from `r` exist.
                    unsafe {
                        match m {
                            4 => $block::<4>(a, width, panel, r, n, p, sums),
                            3 => $block::<3>(a, width, panel, r, n, p, sums),
                            2 => $block::<2>(a, width, panel, r, n, p, sums),
                            _ => $block::<1>(a, width, panel, r, n, p, sums),
                        }
                    }
                    r += m;
                }
            }
        }

        /// Products of `M` rows from `r` with one panel.
        #[target_feature(enable = $features)]
        unsafe fn $block<const M: usize>(
            a: &[u8],
            width: usize,
            panel: &[i8],
            r: usize,
            n: usize,
            p: usize,
            sums: &mut [i32],
        ) {
            let mut acc = [[_mm256_setzero_si256(); 2]; M];
            for k in 0..width / 4 {
                // SAFETY: a panel has `width / 4` groups of 64 bytes, each row `width` bytes.
                unsafe {
                    let w = panel.as_ptr().add(k * 64).cast::<__m256i>();
                    let (w0, w1) = (_mm256_loadu_si256(w), _mm256_loadu_si256(w.add(1)));
                    for (m, acc) in acc.iter_mut().enumerate() {
                        let x = a.as_ptr().add((r + m) * width + k * 4).cast::<i32>().read_unaligned();
                        let x = _mm256_set1_epi32(x);
                        acc[0] = $add(acc[0], x, w0);
                        acc[1] = $add(acc[1], x, w1);
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
    };
}

wide!("avx2", multiply_avx2, block_avx2, |sum, x, w| {
    _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), _mm256_set1_epi16(1)))
});
wide!("avx2,avxvnni", multiply_avx_vnni, block_avx_vnni, |sum, x, w| _mm256_dpbusd_avx_epi32(sum, x, w));

/// Calls `$block::<M, P>(r, p)` for blocks of up to `M` rows and `P` panels that cover all of them.
macro_rules! in_blocks {
    ($rows:expr, $n:expr, |$r:ident, $p:ident| $block:ident $args:tt) => {
        let (rows, n) = ($rows, $n);
        let mut $p = 0;
        while $p < n {
            let two = $p + 2 <= n;
            let mut $r = 0;
            while $r < rows {
                let m = (rows - $r).min(BLOCK);
                // SAFETY: passed on; `m` rows from `r` and the panels `p` and, if `two`, `p + 1` exist.
                unsafe {
                    match (two, m) {
                        (true, 8) => $block::<8, 2> $args,
                        (true, 7) => $block::<7, 2> $args,
                        (true, 6) => $block::<6, 2> $args,
                        (true, 5) => $block::<5, 2> $args,
                        (true, 4) => $block::<4, 2> $args,
                        (true, 3) => $block::<3, 2> $args,
                        (true, 2) => $block::<2, 2> $args,
                        (true, _) => $block::<1, 2> $args,
                        (false, 8) => $block::<8, 1> $args,
                        (false, _) => {
                            for i in 0..m {
                                let $r = $r + i;
                                $block::<1, 1> $args;
                            }
                        }
                    }
                }
                $r += m;
            }
            $p += if two { 2 } else { 1 };
        }
    };
}

/// # Safety
/// The processor has AVX-512F and VNNI; the slices have the lengths that [`super::multiply`] checks.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) unsafe fn multiply_vnni(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
    in_blocks!(a.len() / width, n, |r, p| block_vnni(a, width, panels, r, n, p, sums));
}

/// # Safety
/// The processor has AVX-512F and VNNI; the slices have the lengths that [`super::multiply_scaled`] checks.
#[target_feature(enable = "avx512f,avx512vnni")]
pub(super) unsafe fn multiply_scaled_vnni(
    a: &[u8],
    width: usize,
    panels: &[i8],
    steps: &[f32],
    units: &Units<'_>,
    out: &mut [f32],
) {
    let n = panels.len() / (width * PANEL);
    in_blocks!(a.len() / width, n, |r, p| scaled_vnni(a, width, panels, r, p, steps, units, out));
}

/// Integer products of `M` rows from `r` with `P` panels from `p`.
#[inline]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn products_vnni<const M: usize, const P: usize>(
    a: &[u8],
    width: usize,
    panels: &[i8],
    r: usize,
    p: usize,
) -> [[__m512i; P]; M] {
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
    acc
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
    // SAFETY: passed on.
    let acc = unsafe { products_vnni::<M, P>(a, width, panels, r, p) };
    for (m, acc) in acc.iter().enumerate() {
        let at = (r + m) * n * PANEL + p * PANEL;
        let out = &mut sums[at..at + P * PANEL];
        for (q, &acc) in acc.iter().enumerate() {
            // SAFETY: `out` has sixteen numbers a panel.
            unsafe { _mm512_storeu_si512(out.as_mut_ptr().add(q * PANEL).cast(), acc) };
        }
    }
}

/// The same as numbers, by the arithmetic of [`super::floats::scale`]; the last panel may have fewer rows.
#[allow(clippy::too_many_arguments)]
#[target_feature(enable = "avx512f,avx512vnni")]
unsafe fn scaled_vnni<const M: usize, const P: usize>(
    a: &[u8],
    width: usize,
    panels: &[i8],
    r: usize,
    p: usize,
    steps: &[f32],
    units: &Units<'_>,
    out: &mut [f32],
) {
    let wide = units.scales.len();
    // SAFETY: passed on.
    let acc = unsafe { products_vnni::<M, P>(a, width, panels, r, p) };
    for q in 0..P {
        let from = (p + q) * PANEL;
        let used = (wide - from).min(PANEL);
        let mask = u16::MAX >> (PANEL - used);
        // SAFETY: `used` numbers from `from` are in the slices of units, and in each row of `out`.
        unsafe {
            let shift = _mm512_maskz_loadu_epi32(mask, units.shift.as_ptr().add(from));
            let scales = _mm512_maskz_loadu_ps(mask, units.scales.as_ptr().add(from));
            let bias = _mm512_maskz_loadu_ps(mask, units.bias.as_ptr().add(from));
            for (m, acc) in acc.iter().enumerate() {
                let sums = _mm512_cvtepi32_ps(_mm512_sub_epi32(acc[q], shift));
                let unit = _mm512_mul_ps(_mm512_set1_ps(steps[r + m]), scales);
                let numbers = _mm512_add_ps(_mm512_mul_ps(sums, unit), bias);
                _mm512_mask_storeu_ps(out.as_mut_ptr().add((r + m) * wide + from), mask, numbers);
            }
        }
    }
}
