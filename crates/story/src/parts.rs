//! Grouping many things: first into parts that pairs hold together, then within each part by average likeness.

use crate::blocks::{Blocks, Limits};
use crate::linkage;
use crate::near::Groups;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Two things, the smaller number first, and how alike they are.
pub type Pair = (u32, u32, f32);

/// How alike one thing and others are.
pub trait Likeness: Sync {
    /// Prepares to compare one thing with several; what is below `least` may be given as nothing.
    fn of(&self, n: u32, least: f32) -> impl FnMut(u32) -> f32;
}

/// What earlier work found, in the numbers of now.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Whether a thing was there before.
    pub old: Vec<bool>,
    /// Pairs of things that were there before, by the larger number.
    pub pairs: Vec<Pair>,
    /// The part of each thing that was there before (any number of it), and the smallest number of its group.
    pub labels: Vec<(u32, u32)>,
}

impl Known {
    fn is_old(&self, n: u32) -> bool {
        self.old.get(n as usize).copied().unwrap_or(false)
    }

    /// The pairs of a thing with those before it.
    fn of(&self, n: u32) -> &[Pair] {
        let begin = self.pairs.partition_point(|p| p.1 < n);
        let len = self.pairs[begin..].partition_point(|p| p.1 == n);
        &self.pairs[begin..begin + len]
    }
}

/// What grouping found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// The pairs that are alike, by the larger number.
    pub pairs: Vec<Pair>,
    /// The part of each thing: the smallest number in it.
    pub parts: Vec<u32>,
    /// The group of each thing: the smallest number in it.
    pub groups: Vec<u32>,
}

/// Groups `len` things. A pair below `least` can only come together by way of pairs above, so only within a part that such
/// pairs hold together are all compared with all; a part that would be too large is held together by its strongest pairs
/// first. Of what is `known`, only what new things touch is looked at again; the result is the same.
pub fn group(len: usize, blocks: &Blocks, least: f32, likeness: &impl Likeness, known: &Known) -> Grouping {
    let limits = blocks.limits();
    let pairs = pairs(len, blocks, least, likeness, known);
    let parts = parts(limits.at_once, len, &pairs);
    let groups = groups(&parts, least, likeness, known);
    Grouping { pairs, parts, groups }
}

/// The groups of things of which all pairs are known, given by the larger number, then the most alike first.
pub(crate) fn group_of_pairs(
    limits: Limits,
    len: usize,
    pairs: &[Pair],
    least: f32,
    likeness: &impl Likeness,
) -> Vec<u32> {
    groups(&parts(limits.at_once, len, pairs), least, likeness, &Known::default())
}

/// Every pair that meets and is at least `least` alike, up to a number for each thing.
fn pairs(len: usize, blocks: &Blocks, least: f32, likeness: &impl Likeness, known: &Known) -> Vec<Pair> {
    let most = blocks.limits().pairs;
    let of = |met: &mut Vec<u32>, n: u32| {
        blocks.before(n, met);
        let before = known.of(n);
        let meets = |p: &&Pair| met.binary_search(&p.0).is_ok();
        // Where a pair that was kept falls away, one that was not may take its place.
        let lost = before.len() == most && !before.iter().all(|p| meets(&p));
        let old = known.is_old(n) && !lost;
        let mut pairs: Vec<Pair> = Vec::new();
        if !met.is_empty() {
            let mut alike = likeness.of(n, least);
            let new = met.iter().filter(|&&m| !(old && known.is_old(m)));
            pairs.extend(new.map(|&m| (m, n, alike(m))).filter(|p| p.2 >= least));
        }
        if old {
            pairs.extend(before.iter().filter(meets));
        }
        pairs.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        pairs.truncate(most);
        pairs
    };
    (0..len as u32).into_par_iter().map_init(Vec::new, of).flatten_iter().collect()
}

/// Parts that pairs hold together, the strongest first, none larger than `most`.
fn parts(most: usize, len: usize, pairs: &[Pair]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..pairs.len() as u32).collect();
    order.par_sort_unstable_by(|&a, &b| pairs[b as usize].2.total_cmp(&pairs[a as usize].2).then(a.cmp(&b)));
    let mut parts = Groups::new(len);
    let mut sizes = vec![1_u32; len];
    for (a, b, _) in order.into_iter().map(|n| pairs[n as usize]) {
        let (a, b) = (parts.leader(a), parts.leader(b));
        let size = sizes[a as usize] + sizes[b as usize];
        if a != b && size as usize <= most {
            parts.join(a, b);
            sizes[a.min(b) as usize] = size;
        }
    }
    (0..len as u32).map(|n| parts.leader(n)).collect()
}

/// The groups within parts.
fn groups(parts: &[u32], least: f32, likeness: &impl Likeness, known: &Known) -> Vec<u32> {
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (n, &part) in parts.iter().enumerate() {
        members.entry(part).or_default().push(n as u32);
    }
    let mut sizes: FxHashMap<u32, usize> = FxHashMap::default();
    for (_, &(part, _)) in known.labels.iter().enumerate().filter(|(n, _)| known.old[*n]) {
        *sizes.entry(part).or_default() += 1;
    }
    let unchanged = |part: &[u32]| {
        let label = |n: &u32| known.is_old(*n).then(|| known.labels[*n as usize].0);
        let first = label(&part[0]);
        first.is_some_and(|f| sizes[&f] == part.len()) && part.iter().all(|n| label(n) == first)
    };
    let grouped = |part: Vec<u32>| -> Vec<(u32, u32)> {
        if unchanged(&part) {
            return part.into_iter().map(|n| (n, known.labels[n as usize].1)).collect();
        }
        let row = |a: usize| {
            // For the average, what is hardly alike counts, too.
            let mut alike = likeness.of(part[a], 0.0);
            let part = &part;
            move |b: usize| alike(part[b])
        };
        let first = linkage::average_by(part.len(), least, row);
        first.into_iter().enumerate().map(|(k, first)| (part[k], part[first as usize])).collect()
    };
    let mut groups: Vec<u32> = (0..parts.len() as u32).collect();
    let several: Vec<Vec<u32>> = members.into_values().filter(|p| p.len() > 1).collect();
    let all: Vec<(u32, u32)> = several.into_par_iter().flat_map_iter(grouped).collect();
    all.into_iter().for_each(|(n, first)| groups[n as usize] = first);
    groups
}
