//! Finding the copies of a report among all that came before, in time that does not grow with their number.

use super::{Groups, Sketch};
use rustc_hash::FxHashMap;

/// Share of the shorter report's shingles from which two reports are copies of one.
pub const COPY: f32 = 0.45;

/// Reports that a shingle leads to, the earliest ones: one that more have is a stock phrase, or leads to enough copies.
pub const MOST_POSTED: usize = 24;

const NONE: u32 = u32::MAX;

/// Whether two reports share enough of the shingles that are looked up to be compared: a fifth of what the shorter one has.
/// That is a fifth of what copies share on average; chance seldom gives as much.
pub const fn enough(shared: u32, lengths: (u32, u32)) -> bool {
    let least = if lengths.0 < lengths.1 { lengths.0 } else { lengths.1 };
    5 * shared >= least
}

/// Whether two reports are copies of one.
pub fn copies(a: &Sketch, b: &Sketch) -> bool {
    a.containment(b) >= COPY
}

/// All reports so far, and which are copies of each other.
///
/// ```
/// use dateline_story::near::{Index, Sketch};
/// let mut index = Index::default();
/// let text = "The ferry sank off the northern coast on Friday with forty people on board, the coast guard said. Boats \
///     from three harbours went out at once, but high waves kept them from the wreck until the evening. By nightfall \
///     thirty-one passengers had been brought to the hospital of the nearest town, most of them in a state of shock. \
///     The shipping company, which had bought the vessel second-hand only last spring, refused to comment on reports \
///     that it had carried more cars than its papers allowed. The minister of transport ordered an inquiry.";
/// let first = index.add(Sketch::new(text, &[]));
/// let other = index.add(Sketch::new("Prices of apples rose again this week in all the markets of the valley.", &[]));
/// let copy = index.add(Sketch::new(&text[..400], &[]));
/// assert_eq!(index.group(first), index.group(copy));
/// assert_ne!(index.group(first), index.group(other));
/// ```
#[derive(Debug, Default)]
pub struct Index {
    sketches: Vec<Sketch>,
    groups: Groups,
    /// The longest report of each group, at its leader.
    fullest: Vec<u32>,
    /// Last posting of a shingle.
    last: FxHashMap<u32, u32>,
    /// Report, and the posting of the same shingle before it.
    postings: Vec<(u32, u32)>,
    /// Postings of the report at hand: reports met, with how often.
    met: FxHashMap<u32, u32>,
}

impl Index {
    /// Adds a report, joins it to its copies, and gives its number.
    pub fn add(&mut self, sketch: Sketch) -> u32 {
        let new = self.groups.push();
        let looked_up = sketch.looked_up();
        self.met.clear();
        for hash in looked_up {
            let last = self.last.entry(*hash).or_insert(NONE);
            let (mut next, mut posted) = (*last, 0);
            while next != NONE {
                let (report, before) = self.postings[next as usize];
                *self.met.entry(report).or_default() += 1;
                (next, posted) = (before, posted + 1);
            }
            if posted < MOST_POSTED {
                self.postings.push((new, *last));
                *last = self.postings.len() as u32 - 1;
            }
        }
        let length = looked_up.len() as u32;
        let mut candidates: Vec<(u32, u32)> = self
            .met
            .iter()
            .map(|(&report, &n)| (report, n))
            .filter(|&(r, n)| enough(n, (self.sketches[r as usize].looked_up().len() as u32, length)))
            .collect();
        candidates.sort_unstable_by_key(|&(report, n)| (std::cmp::Reverse(n), report));
        let mut full = new;
        let longer = |sketch: &Sketch, n: u32| (sketch.len(), std::cmp::Reverse(n));
        for (report, _) in candidates {
            let group = self.groups.leader(report);
            if group == self.groups.leader(new) || !copies(&self.sketches[report as usize], &sketch) {
                continue;
            }
            let other = self.fullest[group as usize];
            let best = if full == new { &sketch } else { &self.sketches[full as usize] };
            if longer(&self.sketches[other as usize], other) > longer(best, full) {
                full = other;
            }
            self.groups.join(group, new);
        }
        self.sketches.push(sketch);
        self.fullest.push(new);
        let leader = self.groups.leader(new);
        self.fullest[leader as usize] = full;
        new
    }

    /// The longest report of a report's group, the first of several.
    pub fn fullest(&mut self, report: u32) -> u32 {
        let leader = self.groups.leader(report);
        self.fullest[leader as usize]
    }

    /// The group of a report: the number of its first member.
    pub fn group(&mut self, report: u32) -> u32 {
        self.groups.leader(report)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of words that no other number shares.
    fn text(n: usize, words: std::ops::Range<usize>) -> String {
        words.map(|w| format!("r{n}x{w}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_are_found_whatever_comes_first() {
        let mut index = Index::default();
        let short = index.add(Sketch::new(&text(1, 0..150), &[]));
        let other = index.add(Sketch::new(&text(2, 0..400), &[]));
        let long = index.add(Sketch::new(&text(1, 0..400), &[]));
        let tail = index.add(Sketch::new(&text(1, 200..400), &[]));
        assert_eq!([short, other, long, tail].map(|r| index.group(r)), [0, 1, 0, 0]);
        assert_eq!(index.fullest(tail), long);
    }

    #[test]
    fn what_stands_on_every_page_joins_nothing() {
        let mut index = Index::default();
        let frame = text(0, 0..60);
        let reports: Vec<u32> =
            (1..100).map(|n| index.add(Sketch::new(&format!("{} {frame}", text(n, 0..200)), &[]))).collect();
        for pair in reports.windows(2) {
            assert_ne!(index.group(pair[0]), index.group(pair[1]));
        }
    }
}
