#![no_main]
//! A file of a gazetteer, its checksum made right.

use dateline_fuzz::set_up;
use dateline_place::Gazetteer;
use libfuzzer_sys::fuzz_target;

/// As in `crates/place/src/gazetteer.rs`.
fn checksum(body: &[u8]) -> u64 {
    let step = |h: u64, word: [u8; 8]| (h ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3);
    let (words, rest) = body.as_chunks::<8>();
    let h = words.iter().copied().fold(0xcbf2_9ce4_8422_2325, step);
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    if rest.is_empty() { h } else { step(h, last) }
}

fuzz_target!(init: set_up(), |data: &[u8]| {
    let mut bytes = data.to_vec();
    if bytes.len() >= 56 {
        let sum = checksum(&bytes[56..]);
        bytes[48..56].copy_from_slice(&sum.to_le_bytes());
    }
    let Ok(gazetteer) = Gazetteer::from_bytes(&bytes) else { return };
    let names = ["cairo", "new york", "a", "zz", "", "\u{e9}", "9"];
    let senses = names.iter().flat_map(|name| gazetteer.find(name).senses().map(|sense| sense.place));
    for number in senses.chain(0..gazetteer.len().min(100) as u32 + 1).chain([u32::MAX]) {
        let Some(entry) = gazetteer.entry(number) else { continue };
        gazetteer.name(&entry);
        gazetteer.country(entry.country);
        gazetteer.admin1(&entry);
        gazetteer.admin2(&entry);
    }
    gazetteer.country_by_iso2("eg");
});
