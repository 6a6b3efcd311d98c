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
fn every_kernel_scales_like_the_plain_one() {
    for (seed, &(rows, width, wide)) in
        [(1, 4, 3), (9, 96, 40), (21, 320, 64), (4, 12, 16)].iter().enumerate()
    {
        let mut r = noise(seed as u64 + 1);
        let n = usize::div_ceil(wide, PANEL);
        let a: Vec<u8> = (0..rows * width).map(|_| (r() % 128) as u8).collect();
        let w: Vec<i8> = (0..n * width * PANEL).map(|_| (r() % 255) as i32 as i8).collect();
        let mut floats = |n: usize| (0..n).map(|_| (r() % 4096) as f32 / 512.0 - 4.0).collect::<Vec<f32>>();
        let (steps, scales, bias) = (floats(rows), floats(wide), floats(wide));
        let shift: Vec<i32> = (0..wide as i32).map(|k| k * 977 - 5000).collect();
        let units = Units { shift: &shift, scales: &scales, bias: &bias };
        let run = |kernel| {
            let mut out = vec![f32::NAN; rows * wide];
            multiply_scaled(kernel, &a, width, &w, &steps, &units, &mut Vec::new(), &mut out);
            out.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        };
        for kernel in Kernel::available() {
            assert_eq!(run(kernel), run(Kernel::Plain), "{kernel:?} {rows} {width} {wide}");
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
