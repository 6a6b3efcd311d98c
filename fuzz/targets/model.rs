#![no_main]
//! A file of a model, without its head: the checksum would turn everything away.

use dateline_fuzz::set_up;
use dateline_syntax::neural::{Model, Worker};
use libfuzzer_sys::fuzz_target;

/// As in `crates/syntax/src/neural/file.rs`.
fn checksum(bytes: &[u8]) -> u64 {
    let feed = |h: u64, word: u64| (h ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    let (words, rest) = bytes.as_chunks::<8>();
    let h = words.iter().fold(0xcbf2_9ce4_8422_2325, |h, word| feed(h, u64::from_le_bytes(*word)));
    rest.iter().fold(h, |h, byte| feed(h, u64::from(*byte)))
}

fuzz_target!(init: set_up(), |data: &[u8]| {
    let mut bytes = dateline_syntax::neural::ENGLISH[..12].to_vec();
    bytes.extend(checksum(data).to_le_bytes());
    bytes.extend(data);
    if let Ok(model) = Model::load(&bytes) {
        let mut out = Vec::new();
        Worker::new(&model).annotate(&model, &["Rebels", "attacked", "Cairo", "."], &mut out);
        assert!(out.len() == 4 && out.iter().all(|word| word.head <= 4));
    }
});
