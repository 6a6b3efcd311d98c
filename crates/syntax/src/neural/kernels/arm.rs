//! Integer products on 64-bit ARM, with NEON and with its dot product.

use super::PANEL;
use std::arch::aarch64::{
    int8x8_t, int8x16_t, int32x4_t, vcreate_s8, vdupq_n_s32, vget_high_s8, vget_low_s8, vld1q_s8, vmlal_s8,
    vmull_s8, vpadalq_s16, vpaddq_s32, vreinterpretq_s8_s32, vst1q_s32,
};
use std::arch::asm;

/// # Safety
/// The slices have the lengths that [`super::multiply`] checks.
#[target_feature(enable = "neon")]
pub(super) unsafe fn multiply_neon(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
    let rows = a.len() / width;
    for p in 0..n {
        let panel = &panels[p * width * PANEL..(p + 1) * width * PANEL];
        for r in (0..rows).step_by(2) {
            // SAFETY: passed on; one or two rows from `r` exist.
            unsafe {
                if r + 1 < rows {
                    block_neon::<2>(a, width, panel, r, n, p, sums);
                } else {
                    block_neon::<1>(a, width, panel, r, n, p, sums);
                }
            }
        }
    }
}

/// Products of `M` rows from `r` with one panel.
#[target_feature(enable = "neon")]
unsafe fn block_neon<const M: usize>(
    a: &[u8],
    width: usize,
    panel: &[i8],
    r: usize,
    n: usize,
    p: usize,
    sums: &mut [i32],
) {
    // Each accumulator holds two sums for each of two rows.
    let mut acc = [[vdupq_n_s32(0); 8]; M];
    let groups = width / 4;
    for k in (0..groups).step_by(2) {
        // SAFETY: a panel has `width / 4` groups of 64 bytes, each row `width` bytes; the second group is read only
        // if there is one. Activations are at most 127, so that two products fit 16 bits.
        unsafe {
            let w = panel.as_ptr().add(k * 64);
            let second = k + 1 < groups;
            for quarter in 0..4 {
                let one = vld1q_s8(w.add(quarter * 16));
                let two = if second { vld1q_s8(w.add(64 + quarter * 16)) } else { one };
                for (m, acc) in acc.iter_mut().enumerate() {
                    let at = a.as_ptr().add((r + m) * width + k * 4);
                    let x = four(at);
                    let (mut low, mut high) = (vmull_s8(x, vget_low_s8(one)), vmull_s8(x, vget_high_s8(one)));
                    if second {
                        let x = four(at.add(4));
                        low = vmlal_s8(low, x, vget_low_s8(two));
                        high = vmlal_s8(high, x, vget_high_s8(two));
                    }
                    acc[2 * quarter] = vpadalq_s16(acc[2 * quarter], low);
                    acc[2 * quarter + 1] = vpadalq_s16(acc[2 * quarter + 1], high);
                }
            }
        }
    }
    for (m, acc) in acc.iter().enumerate() {
        let at = ((r + m) * n + p) * PANEL;
        let out = &mut sums[at..at + PANEL];
        for (out, two) in out.chunks_exact_mut(4).zip(acc.chunks_exact(2)) {
            // SAFETY: `out` has four numbers.
            unsafe { vst1q_s32(out.as_mut_ptr(), vpaddq_s32(two[0], two[1])) };
        }
    }
}

/// Four activations, twice.
///
/// # Safety
/// `at` points to four bytes.
#[inline]
#[target_feature(enable = "neon")]
unsafe fn four(at: *const u8) -> int8x8_t {
    // SAFETY: as promised.
    let x = unsafe { at.cast::<u32>().read_unaligned() };
    vcreate_s8(u64::from(x) << 32 | u64::from(x))
}

/// # Safety
/// The processor has the dot product; the slices have the lengths that [`super::multiply`] checks.
#[target_feature(enable = "neon,dotprod")]
pub(super) unsafe fn multiply_dot(a: &[u8], width: usize, panels: &[i8], n: usize, sums: &mut [i32]) {
    let rows = a.len() / width;
    for p in 0..n {
        let panel = &panels[p * width * PANEL..(p + 1) * width * PANEL];
        let mut r = 0;
        while r < rows {
            let m = (rows - r).min(4);
            // SAFETY: passed on; `m` rows from `r` exist.
            unsafe {
                match m {
                    4 => block_dot::<4>(a, width, panel, r, n, p, sums),
                    3 => block_dot::<3>(a, width, panel, r, n, p, sums),
                    2 => block_dot::<2>(a, width, panel, r, n, p, sums),
                    _ => block_dot::<1>(a, width, panel, r, n, p, sums),
                }
            }
            r += m;
        }
    }
}

/// Products of `M` rows from `r` with one panel.
#[target_feature(enable = "neon,dotprod")]
unsafe fn block_dot<const M: usize>(
    a: &[u8],
    width: usize,
    panel: &[i8],
    r: usize,
    n: usize,
    p: usize,
    sums: &mut [i32],
) {
    let mut acc = [[vdupq_n_s32(0); 4]; M];
    for k in 0..width / 4 {
        // SAFETY: a panel has `width / 4` groups of 64 bytes, each row `width` bytes.
        unsafe {
            let w = panel.as_ptr().add(k * 64);
            let w = [vld1q_s8(w), vld1q_s8(w.add(16)), vld1q_s8(w.add(32)), vld1q_s8(w.add(48))];
            for (m, acc) in acc.iter_mut().enumerate() {
                let x = a.as_ptr().add((r + m) * width + k * 4).cast::<i32>().read_unaligned();
                let x = vreinterpretq_s8_s32(vdupq_n_s32(x));
                for (acc, w) in acc.iter_mut().zip(w) {
                    *acc = dot(*acc, x, w);
                }
            }
        }
    }
    for (m, acc) in acc.iter().enumerate() {
        let at = ((r + m) * n + p) * PANEL;
        let out = &mut sums[at..at + PANEL];
        for (out, &acc) in out.chunks_exact_mut(4).zip(acc) {
            // SAFETY: `out` has four numbers.
            unsafe { vst1q_s32(out.as_mut_ptr(), acc) };
        }
    }
}

/// Adds the products of four neighbouring bytes each. (The library's function for it is not stable yet.)
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn dot(acc: int32x4_t, x: int8x16_t, w: int8x16_t) -> int32x4_t {
    let mut out = acc;
    // SAFETY: reads and writes registers only; the caller has the feature.
    unsafe {
        asm!("sdot {0:v}.4s, {1:v}.16b, {2:v}.16b", inout(vreg) out, in(vreg) x, in(vreg) w,
             options(pure, nomem, nostack, preserves_flags));
    }
    out
}
