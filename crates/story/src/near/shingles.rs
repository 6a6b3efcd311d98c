//! Runs of four words, as numbers.

use dateline_core::Span;
use serde::{Deserialize, Serialize};

/// Words a shingle has. Three find too many stock phrases, five lose reworded copies.
const WORDS: usize = 4;

/// Most shingles that are kept of a report; of longer ones the smallest numbers stand for all.
const MOST: usize = 768;

/// Fewest shingles of a sample that may stand for a report.
const FEWEST: usize = 6;

/// Shingles with a number below are looked up; the rest only serve to compare.
pub(super) const LOOKED_UP: u32 = u32::MAX / 6;

/// Multiplier of the rolling hash, odd.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// What is kept of a report's words to tell copies: its shingles as numbers, in ascending order.
///
/// ```
/// use dateline_story::near::Sketch;
/// let full = Sketch::new("The army said on Monday that it had closed the border crossing near the town.", &[]);
/// let copy = Sketch::new("BREAKING: The army said on Monday that it had closed the border", &[]);
/// assert!(full.containment(&copy) > 0.8);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(Vec<u32>, u32)", into = "(Vec<u32>, u32)")]
pub struct Sketch {
    hashes: Vec<u32>,
    /// Numbers above were left out.
    bound: u32,
    /// Shingles before any were left out.
    total: u32,
}

impl Sketch {
    /// The sketch of a text without its `removed` parts (byte spans, ascending).
    pub fn new(text: &str, removed: &[Span]) -> Self {
        let mut roll = Roll::default();
        let mut at = 0;
        for span in removed {
            let (start, end) = (span.start as usize, span.end as usize);
            if start >= at && end <= text.len() {
                roll.read(&text.as_bytes()[at..start]);
                at = end;
            }
        }
        roll.read(&text.as_bytes()[at..]);
        roll.finish()
    }

    /// A sketch from its parts, as [`Self::parts`] gives them.
    pub fn from_parts(mut hashes: Vec<u32>, total: u32) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        let total = total.max(hashes.len() as u32);
        let bound =
            if total as usize > hashes.len() { hashes.last().copied().unwrap_or(0) } else { u32::MAX };
        Self { hashes, bound, total }
    }

    /// The numbers that are kept, and how many there were.
    pub fn parts(&self) -> (&[u32], u32) {
        (&self.hashes, self.total)
    }

    /// Number of different shingles of the whole report.
    pub const fn len(&self) -> usize {
        self.total as usize
    }

    /// Whether there are no words.
    pub const fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The numbers under which copies meet: the same ones in every report that has them.
    pub fn looked_up(&self) -> &[u32] {
        self.view().looked_up()
    }

    /// The share of the shorter report's shingles that the longer one has, too.
    pub fn containment(&self, other: &Sketch) -> f32 {
        self.view().containment(other.view())
    }

    pub(super) fn view(&self) -> View<'_> {
        View { hashes: &self.hashes, bound: self.bound, total: self.total }
    }
}

/// A sketch, wherever its numbers lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    pub(super) hashes: &'a [u32],
    pub(super) bound: u32,
    pub(super) total: u32,
}

impl<'a> View<'a> {
    pub(super) fn looked_up(self) -> &'a [u32] {
        &self.hashes[..self.hashes.partition_point(|&h| h < LOOKED_UP)]
    }

    pub(super) fn containment(self, other: View<'_>) -> f32 {
        let bound = self.bound.min(other.bound);
        let (a, b) = (self.up_to(bound), other.up_to(bound));
        let least = a.len().min(b.len());
        // Too small a sample of a larger whole tells nothing.
        if least == 0 || (least < FEWEST && self.total.min(other.total) as usize > least) {
            0.0
        } else {
            shared(a, b) as f32 / least as f32
        }
    }

    fn up_to(self, bound: u32) -> &'a [u32] {
        &self.hashes[..self.hashes.partition_point(|&h| h <= bound)]
    }
}

impl From<(Vec<u32>, u32)> for Sketch {
    fn from((hashes, total): (Vec<u32>, u32)) -> Self {
        Self::from_parts(hashes, total)
    }
}

impl From<Sketch> for (Vec<u32>, u32) {
    fn from(sketch: Sketch) -> Self {
        (sketch.hashes, sketch.total)
    }
}

/// How many numbers two ascending lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        n += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    n
}

/// Reads words and keeps a rolling hash of the last [`WORDS`].
#[derive(Default)]
struct Roll {
    word: u64,
    last: [u64; WORDS],
    count: usize,
    hash: u64,
    out: Vec<u32>,
}

impl Roll {
    fn read(&mut self, bytes: &[u8]) {
        let mut i = 0;
        while i < bytes.len() {
            let class = CLASS[bytes[i] as usize];
            if class < SKIP {
                self.word = (self.word ^ u64::from(class)).wrapping_mul(0x0100_0000_01B3);
                i += 1;
            } else {
                self.end_word();
                i += (class - SKIP) as usize;
            }
        }
        self.end_word();
    }

    #[inline]
    fn end_word(&mut self) {
        if self.word == 0 {
            return;
        }
        let slot = self.count % WORDS;
        let gone = self.last[slot];
        self.last[slot] = self.word;
        // Each older word is multiplied once more; the oldest one drops out.
        self.hash = self
            .hash
            .wrapping_mul(BASE)
            .wrapping_add(self.word)
            .wrapping_sub(gone.wrapping_mul(const { BASE.wrapping_pow(WORDS as u32) }));
        self.word = 0;
        self.count += 1;
        if self.count >= WORDS {
            self.out.push(mix(self.hash));
        }
    }

    fn finish(mut self) -> Sketch {
        if self.count > 0 && self.out.is_empty() {
            self.out.push(mix(self.hash));
        }
        let mut hashes = self.out;
        let whole = hashes.len();
        if whole > 2 * MOST {
            // Far more than needed: sort only what will be kept.
            let keep = MOST + MOST / 4;
            hashes.select_nth_unstable(keep);
            hashes.truncate(keep);
        }
        let selected = hashes.len();
        hashes.sort_unstable();
        hashes.dedup();
        let total = (whole - (selected - hashes.len())) as u32;
        let mut bound = u32::MAX;
        if hashes.len() > MOST || whole > selected {
            hashes.truncate(MOST);
            bound = hashes.last().copied().unwrap_or(0);
        }
        hashes.shrink_to_fit();
        Sketch { hashes, bound, total }
    }
}

/// The upper half of a number whose bits are well stirred.
fn mix(h: u64) -> u32 {
    let h = (h ^ (h >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    ((h ^ (h >> 29)).wrapping_mul(0xA24B_AED4_963E_E407) >> 32) as u32
}

/// From here on a class says how many bytes to skip at the end of a word.
const SKIP: u8 = 252;

/// Letters and digits as themselves, in lower case; signs as the number of bytes to skip.
const CLASS: [u8; 256] = {
    let mut table = [SKIP + 1; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        table[b] = match byte {
            b'A'..=b'Z' => byte + 32,
            b'a'..=b'z' | b'0'..=b'9' | 0x80..=0xC1 | 0xC3..=0xE1 | 0xE3..=0xF7 => byte,
            // U+0080 to U+00BF: spaces and signs.
            0xC2 => SKIP + 2,
            // U+2000 to U+2FFF: dashes, quotation marks, signs.
            0xE2 => SKIP + 3,
            _ => SKIP + 1,
        };
        b += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "Officials in the northern port said on Tuesday that the ferry service would resume \
        after the strike, which began eleven days ago, ended without an agreement on wages.";

    #[test]
    fn marks_and_case_do_not_matter() {
        let plain = Sketch::new("the minister's words a new start", &[]);
        let typeset =
            Sketch::new("The Minister\u{2019}s\u{a0}words \u{2014} a \u{201c}new\u{201d} start", &[]);
        assert_eq!(plain, typeset);
        assert_eq!(plain.len(), 4);
    }

    #[test]
    fn a_truncated_copy_is_contained() {
        let cut = &TEXT[..TEXT.len() / 2];
        assert!(Sketch::new(TEXT, &[]).containment(&Sketch::new(cut, &[])) > 0.9);
        let other = Sketch::new("A wholly different report about the harvest of apples in the valley", &[]);
        assert!(Sketch::new(TEXT, &[]).containment(&other) < 0.1);
    }

    #[test]
    fn removed_parts_do_not_count() {
        let framed = format!("Share this page with all your friends. {TEXT}");
        let bar = Span::new(0, 39);
        assert!((Sketch::new(&framed, &[bar]).containment(&Sketch::new(TEXT, &[])) - 1.0).abs() < 0.01);
    }

    #[test]
    fn long_reports_are_sampled_alike() {
        let words: Vec<String> = (0..3000).map(|n| format!("w{n}")).collect();
        let long = Sketch::new(&words.join(" "), &[]);
        let part = Sketch::new(&words[500..1200].join(" "), &[]);
        assert_eq!((long.hashes.len(), long.len()), (MOST, 2997));
        assert!(long.containment(&part) > 0.95, "{}", long.containment(&part));
    }

    proptest! {
        #[test]
        fn any_text_has_a_sketch(text in ".{0,300}", start in 0usize..320, len in 0usize..40) {
            let removed = [Span::new(start as u32, (start + len) as u32)];
            let sketch = Sketch::new(&text, &removed);
            prop_assert!(sketch.is_empty() || (sketch.containment(&sketch) - 1.0).abs() < 1e-6);
            let (hashes, total) = sketch.parts();
            prop_assert_eq!(&Sketch::from_parts(hashes.to_vec(), total), &sketch);
        }
    }
}
