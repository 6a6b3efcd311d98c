//! Things that meet under keys.

use crate::lists::Lists;
use rayon::prelude::*;

/// What is done at most, so that the work grows as the number of things does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From how many things on a key gives way to narrower ones; no more than `looked_at`.
    pub too_common: usize,
    /// How many before each are looked at for one key, the nearest ones.
    pub looked_at: usize,
    /// How often a thing may meet those before it until only those count that it meets under two keys; only for things whose keys
    /// are never too common.
    pub many: usize,
    /// How many pairs of a thing with those before it are kept, the most alike ones.
    pub pairs: usize,
    /// How many things all are compared with all.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { too_common: 100, looked_at: 100, many: usize::MAX, pairs: 60, at_once: 1500 }
    }
}

/// A key and a thing that has it.
pub(crate) type Entry = (u64, u32);

/// Things, or runs of entries, that are worked on at once: lists that are made by all threads are put behind each other in
/// portions, so that no more than one portion lies in memory twice.
const AT_ONCE: usize = 1 << 16;

/// Things of which all keys are listed at once; of more, a part of the keys.
const IN_PART: usize = 1 << 20;

/// The entries of the things `0..len`, in no order.
pub(crate) fn listed(len: usize, keys: impl Fn(u32, &mut dyn FnMut(u64)) + Sync) -> Vec<Entry> {
    let of = |n: u32| {
        let mut list = Vec::new();
        keys(n, &mut |key| list.push((key, n)));
        list
    };
    let mut all = Vec::new();
    for begin in (0..len).step_by(AT_ONCE) {
        let end = len.min(begin + AT_ONCE);
        let mut part: Vec<Entry> = (begin as u32..end as u32).into_par_iter().flat_map_iter(of).collect();
        all.append(&mut part);
    }
    all
}

/// Entries in order, each once; a key that more than `too_common` things have gives way to the narrower ones of each.
pub(crate) fn narrowed(
    mut entries: Vec<Entry>,
    too_common: usize,
    narrower: impl Fn(u32, u64, &mut dyn FnMut(u64)) + Sync,
) -> Vec<Entry> {
    entries.par_sort_unstable();
    entries.dedup();
    let is_common = |run: &&[Entry]| run.len() > too_common;
    let narrow = |run: &&[Entry]| {
        let mut list = Vec::new();
        run.iter().for_each(|&(key, n)| narrower(n, key, &mut |key| list.push((key, n))));
        list
    };
    let common: Vec<&[Entry]> = entries.chunk_by(|a, b| a.0 == b.0).filter(is_common).collect();
    if common.is_empty() {
        return entries;
    }
    let added = common.chunks(AT_ONCE / 256);
    let added: Vec<Vec<Entry>> = added.map(|runs| runs.par_iter().flat_map_iter(narrow).collect()).collect();
    // What stays moves to the front, and the new comes behind it.
    let (mut kept, mut at) = (0, 0);
    while at < entries.len() {
        let len = entries[at..].iter().take_while(|e| e.0 == entries[at].0).count();
        if len <= too_common {
            entries.copy_within(at..at + len, kept);
            kept += len;
        }
        at += len;
    }
    entries.truncate(kept);
    added.into_iter().for_each(|mut part| entries.append(&mut part));
    entries.par_sort_unstable();
    entries.dedup();
    entries
}

/// The things `0..len` under their keys: who meets whom is a function of all keys, whatever order they came in.
#[derive(Clone, Debug, Default)]
pub struct Blocks {
    limits: Limits,
    /// The things that have a key, ascending, one key after the other.
    things: Vec<u32>,
    /// For each place in `things` whether a key begins there, a bit each.
    first: Vec<u64>,
    /// Places of each thing in `things`.
    places: Lists,
}

impl Blocks {
    /// `keys` hands out the keys of a thing; `narrower`, those that take the place of a key that is too common.
    pub fn new(
        len: usize,
        limits: Limits,
        keys: impl Fn(u32, &mut dyn FnMut(u64)) + Sync,
        narrower: impl Fn(u32, u64, &mut dyn FnMut(u64)) + Sync,
    ) -> Self {
        let (mut things, mut first) = (Vec::new(), Vec::new());
        // A part of the keys after the other, each with the narrower ones that take their place.
        let parts = 1 + (len / IN_PART) as u64;
        for part in 0..parts {
            let here = |n: u32, each: &mut dyn FnMut(u64)| {
                keys(n, &mut |key| {
                    if key % parts == part {
                        each(key);
                    }
                });
            };
            for same in narrowed(listed(len, here), limits.too_common, &narrower).chunk_by(|a, b| a.0 == b.0)
            {
                let place = things.len();
                things.extend(same.iter().map(|e| e.1));
                first.resize(things.len().div_ceil(64), 0);
                first[place / 64] |= 1_u64 << (place % 64);
            }
        }
        let places = Lists::new(len, things.iter().zip(0..).map(|(&n, place)| (n, place)));
        Self { limits, things, first, places }
    }

    /// What is done at most.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Whether a key begins at a place.
    fn is_first(&self, place: u32) -> bool {
        self.first[place as usize / 64] >> (place % 64) & 1 == 1
    }

    /// The things before `n` that it meets, ascending.
    pub fn before(&self, n: u32, met: &mut Vec<u32>) {
        met.clear();
        for &place in self.places.of(n) {
            let least = place.saturating_sub(self.limits.looked_at as u32);
            let begin = (least + 1..=place).rev().find(|&p| self.is_first(p)).unwrap_or(least);
            met.extend_from_slice(&self.things[begin as usize..place as usize]);
        }
        met.sort_unstable();
        // Where no key gives way to others, a thing never meets others less often as more things come, nor do two ever share more:
        // so those that do not meet will not meet later either.
        if met.len() > self.limits.many {
            let twice = |same: &[u32]| (same.len() > 1).then(|| same[0]);
            *met = met.chunk_by(|a, b| a == b).filter_map(twice).collect();
        } else {
            met.dedup();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(blocks: &Blocks, n: u32) -> Vec<u32> {
        let mut met = Vec::new();
        blocks.before(n, &mut met);
        met
    }

    #[test]
    fn those_with_a_key_in_common_meet() {
        let keys = [vec![1, 2], vec![3], vec![2, 3], vec![9], vec![1]];
        let blocks = Blocks::new(
            5,
            Limits::default(),
            |n, each| keys[n as usize].iter().for_each(|&k| each(k)),
            |_, _, _| {},
        );
        assert_eq!(met(&blocks, 2), [0, 1]);
        assert_eq!(met(&blocks, 4), [0]);
        assert!(met(&blocks, 3).is_empty());
    }

    #[test]
    fn a_common_key_gives_way_to_narrower_ones() {
        let limits = Limits { too_common: 4, looked_at: 2, ..Limits::default() };
        let blocks =
            Blocks::new(9, limits, |_, each| each(7), |n, key, each| each(key + 1 + u64::from(n % 3)));
        assert_eq!(met(&blocks, 7), [1, 4]);
        let blocks = Blocks::new(9, limits, |_, each| each(7), |_, key, each| each(key));
        assert_eq!(met(&blocks, 7), [5, 6], "only the nearest are looked at");
    }

    #[test]
    fn of_many_those_are_looked_at_that_share_two_keys() {
        let limits = Limits { many: 3, ..Limits::default() };
        let keys = [vec![1, 2], vec![1], vec![2, 3], vec![3, 1], vec![1, 2]];
        let each = |n: u32, each: &mut dyn FnMut(u64)| keys[n as usize].iter().for_each(|&k| each(k));
        let blocks = Blocks::new(5, limits, each, |_, _, _| {});
        assert_eq!(met(&blocks, 3), [0, 1, 2]);
        assert_eq!(met(&blocks, 4), [0]);
    }
}
