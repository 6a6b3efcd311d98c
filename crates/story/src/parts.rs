//! Grouping many things: first into parts that pairs hold together, then within each part by average likeness.

use crate::linkage;
use crate::near::Groups;
use rustc_hash::FxHashMap;

/// Things up to which average linkage is affordable.
const MOST_AT_ONCE: usize = 1500;

/// Things that are looked at for one key, the latest first.
const MOST_LOOKED_AT: usize = 200;

/// Every pair of `len` things that share a key and are at least `least` alike, with how much.
pub fn edges(
    len: usize,
    least: f32,
    keys: impl Fn(usize) -> Vec<u64>,
    likeness: impl Fn(usize, usize) -> f32,
) -> Vec<(u32, u32, f32)> {
    let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    let (mut edges, mut met) = (Vec::new(), Vec::new());
    for n in 0..len {
        met.clear();
        let keys = keys(n);
        for key in &keys {
            met.extend(postings.get(key).map_or(&[][..], Vec::as_slice).iter().rev().take(MOST_LOOKED_AT));
        }
        met.sort_unstable();
        met.dedup();
        for &other in &met {
            let alike = likeness(other as usize, n);
            if alike >= least {
                edges.push((other, n as u32, alike));
            }
        }
        keys.into_iter().for_each(|key| postings.entry(key).or_default().push(n as u32));
    }
    edges
}

/// The group of each of `len` things: the smallest number in it.
///
/// A pair below `least` can only come together by way of pairs above, so only within a part that `edges` hold together are
/// all compared with all. A part that would be too large is held together by its strongest pairs first.
pub fn group(
    len: usize,
    mut edges: Vec<(u32, u32, f32)>,
    least: f32,
    likeness: impl Fn(usize, usize) -> f32,
) -> Vec<u32> {
    edges.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut parts = Groups::new(len);
    let mut sizes = vec![1_usize; len];
    for (a, b, _) in edges {
        let (a, b) = (parts.leader(a), parts.leader(b));
        let size = sizes[a as usize] + sizes[b as usize];
        if a != b && size <= MOST_AT_ONCE {
            parts.join(a, b);
            sizes[a.min(b) as usize] = size;
        }
    }
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for n in 0..len as u32 {
        members.entry(parts.leader(n)).or_default().push(n);
    }
    let mut groups: Vec<u32> = (0..len as u32).collect();
    for part in members.values().filter(|p| p.len() > 1) {
        let grouped =
            linkage::average(part.len(), least, |a, b| likeness(part[a] as usize, part[b] as usize));
        for (k, first) in grouped.into_iter().enumerate() {
            groups[part[k] as usize] = part[first as usize];
        }
    }
    groups
}
