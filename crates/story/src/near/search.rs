//! Finding the copies among many reports, in time that grows as their number does.

use super::shingles::{LOOKED_UP, View};
use super::{Groups, Sketch, Sketches};
use crate::lists::Lists;
use rayon::prelude::*;

/// Share of the shorter report's shingles from which two reports are copies of one.
pub const COPY: f32 = 0.45;

/// Reports that a shingle leads to, the earliest ones: one that more have is a stock phrase, or leads to enough copies.
pub const MOST_POSTED: usize = 24;

/// Parts of the shingles that are looked up, one after the other, so that no more than one lies in memory as a list.
const PARTS: u32 = 8;

/// Reports that are compared at once with those before them.
const AT_ONCE: u32 = 1 << 14;

/// Whether two reports share enough of the shingles that are looked up to be compared: a fifth of what the shorter one has.
/// That is a fifth of what copies share on average; chance seldom gives as much.
pub const fn enough(shared: u32, lengths: (u32, u32)) -> bool {
    let least = if lengths.0 < lengths.1 { lengths.0 } else { lengths.1 };
    5 * shared >= least
}

/// Whether two reports are copies of one.
pub fn copies(a: &Sketch, b: &Sketch) -> bool {
    are_copies(a.view(), b.view())
}

fn are_copies(a: View<'_>, b: View<'_>) -> bool {
    a.containment(b) >= COPY
}

/// Which reports are copies of each other.
///
/// ```
/// use dateline_story::near::{Copies, Sketch, Sketches};
/// let text = "The ferry sank off the northern coast on Friday with forty people on board, the coast guard said. Boats \
///     from three harbours went out at once, but high waves kept them from the wreck until the evening. By nightfall \
///     thirty-one passengers had been brought to the hospital of the nearest town, most of them in a state of shock. \
///     The shipping company, which had bought the vessel second-hand only last spring, refused to comment on reports \
///     that it had carried more cars than its papers allowed. The minister of transport ordered an inquiry.";
/// let mut sketches = Sketches::default();
/// sketches.add(&Sketch::new(&text[..400], &[]));
/// sketches.add(&Sketch::new("Prices of apples rose again this week in all the markets of the valley.", &[]));
/// sketches.add(&Sketch::new(text, &[]));
/// let copies = Copies::find(&sketches, &[0, 1, 2]);
/// assert_eq!(copies.first, [0, 1, 0]);
/// assert_eq!(copies.fullest, [2, 1, 2]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copies {
    /// The first of the copies of each report.
    pub first: Vec<u32>,
    /// The longest of them, the first of several.
    pub fullest: Vec<u32>,
}

impl Copies {
    /// Finds the copies among reports; `order` names, for the number of each report, that of its sketch.
    pub fn find(sketches: &Sketches, order: &[u32]) -> Self {
        let postings = Postings::of(sketches, order);
        let mut groups = Groups::new(order.len());
        let len = order.len() as u32;
        for begin in (0..len).step_by(AT_ONCE as usize) {
            let known = &groups;
            let joined = |n: u32| postings.copies(sketches, order, known, n);
            let pairs: Vec<(u32, u32)> =
                (begin..len.min(begin + AT_ONCE)).into_par_iter().flat_map_iter(joined).collect();
            pairs.into_iter().for_each(|(a, b)| groups.join(a, b));
        }
        let first: Vec<u32> = (0..len).map(|n| groups.leader(n)).collect();
        let length = |n: u32| sketches.get(order[n as usize]).total;
        let mut longest: Vec<u32> = (0..len).collect();
        for n in 0..len {
            let best = &mut longest[first[n as usize] as usize];
            if length(n) > length(*best) {
                *best = n;
            }
        }
        let fullest = first.iter().map(|&f| longest[f as usize]).collect();
        Self { first, fullest }
    }
}

/// The first reports of every shingle that several have.
struct Postings {
    /// Up to [`MOST_POSTED`] reports of a shingle, ascending, one shingle after the other.
    posted: Vec<u32>,
    /// Where in `posted` the shingles of each report begin; only of those that another has before it.
    leads: Lists,
}

impl Postings {
    fn of(sketches: &Sketches, order: &[u32]) -> Self {
        let mut posted: Vec<u32> = Vec::new();
        let mut found: Vec<(u32, u32)> = Vec::new();
        for part in 0..PARTS {
            let bound = |part: u32| (u64::from(LOOKED_UP) * u64::from(part) / u64::from(PARTS)) as u32;
            let (least, beyond) = (bound(part), bound(part + 1));
            let entries = |n: u32| {
                let hashes = sketches.get(order[n as usize]).looked_up();
                let begin = hashes.partition_point(|&h| h < least);
                let here = hashes[begin..].iter().take_while(move |&&h| h < beyond);
                here.map(move |&h| u64::from(h) << 32 | u64::from(n))
            };
            let mut all: Vec<u64> = (0..order.len() as u32).into_par_iter().flat_map_iter(entries).collect();
            all.par_sort_unstable();
            for run in all.chunk_by(|a, b| a >> 32 == b >> 32).filter(|run| run.len() > 1) {
                let begin = posted.len() as u32;
                found.extend(run[1..].iter().map(|&entry| (entry as u32, begin)));
                posted.extend(run.iter().take(MOST_POSTED).map(|&entry| entry as u32));
            }
        }
        Self { posted, leads: Lists::new(order.len(), found.iter().copied()) }
    }

    /// The pairs of a report with copies before it that bring it together with all of them; what is `known` to be of one group
    /// is compared once.
    fn copies(&self, sketches: &Sketches, order: &[u32], known: &Groups, n: u32) -> Vec<(u32, u32)> {
        let mut met: Vec<u32> = Vec::new();
        for &begin in self.leads.of(n) {
            let posted = self.posted[begin as usize..].iter().take(MOST_POSTED);
            met.extend(posted.copied().take_while(|&m| m < n));
        }
        met.sort_unstable();
        let sketch = sketches.get(order[n as usize]);
        let length = sketch.looked_up().len() as u32;
        let counted = met.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32));
        let alike = |&(m, shared): &(u32, u32)| {
            enough(shared, (sketches.get(order[m as usize]).looked_up().len() as u32, length))
        };
        let mut candidates: Vec<(u32, u32)> = counted.filter(alike).collect();
        candidates.sort_unstable_by_key(|&(m, shared)| (std::cmp::Reverse(shared), m));
        let mut joined: Vec<u32> = Vec::new();
        let mut pairs = Vec::new();
        for (m, _) in candidates {
            let group = known.leader_of(m);
            if !joined.contains(&group) && are_copies(sketches.get(order[m as usize]), sketch) {
                joined.push(group);
                pairs.push((m, n));
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of words that no other number shares.
    fn text(n: usize, words: std::ops::Range<usize>) -> String {
        words.map(|w| format!("r{n}x{w}")).collect::<Vec<_>>().join(" ")
    }

    fn find(texts: &[String]) -> Copies {
        let mut sketches = Sketches::default();
        texts.iter().for_each(|text| sketches.add(&Sketch::new(text, &[])));
        Copies::find(&sketches, &(0..texts.len() as u32).collect::<Vec<_>>())
    }

    #[test]
    fn copies_are_found_whatever_comes_first() {
        let copies = find(&[text(1, 0..150), text(2, 0..400), text(1, 0..400), text(1, 200..400)]);
        assert_eq!(copies, Copies { first: vec![0, 1, 0, 0], fullest: vec![2, 1, 2, 2] });
    }

    #[test]
    fn the_first_reports_of_a_phrase_are_looked_at_and_no_others() {
        let mut texts: Vec<String> = (0..40).map(|n| text(n, 0..200)).collect();
        texts.extend((0..40).map(|n| text(n, 0..90)));
        let copies = find(&texts);
        assert!((0..40).all(|n| copies.first[n + 40] == n as u32 && copies.fullest[n + 40] == n as u32));
        // Of very many copies all are found, for each leads back to the first ones.
        let many = find(&vec![text(0, 0..200); 100]);
        assert_eq!((many.first, many.fullest), (vec![0; 100], vec![0; 100]));
    }

    #[test]
    fn what_stands_on_every_page_joins_nothing() {
        let frame = text(0, 0..60);
        let texts: Vec<String> = (1..100).map(|n| format!("{} {frame}", text(n, 0..200))).collect();
        assert_eq!(find(&texts).first, (0..99).collect::<Vec<_>>());
    }
}
