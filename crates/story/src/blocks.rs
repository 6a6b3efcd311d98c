//! Things that meet under keys.

use rayon::prelude::*;

/// What is done at most, so that the work grows as the number of things does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From how many things on a key gives way to narrower ones; no more than `looked_at`.
    pub too_common: usize,
    /// How many before each are looked at for one key, the nearest ones.
    pub looked_at: usize,
    /// How many pairs of a thing with those before it are kept, the most alike ones.
    pub pairs: usize,
    /// How many things all are compared with all.
    pub at_once: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { too_common: 200, looked_at: 200, pairs: 60, at_once: 1500 }
    }
}

/// A key and a thing that has it.
pub(crate) type Entry = (u64, u32);

/// Things, or runs of entries, that are worked on at once: lists that are made by all threads are put behind each other in
/// portions, so that no more than one portion lies in memory twice.
const AT_ONCE: usize = 1 << 16;

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
    /// Places of each thing in `things`, one thing after the other.
    places: Vec<u32>,
    /// Where in `places` each thing begins.
    begins: Vec<u32>,
}

impl Blocks {
    /// `keys` hands out the keys of a thing; `narrower`, those that take the place of a key that is too common.
    pub fn new(
        len: usize,
        limits: Limits,
        keys: impl Fn(u32, &mut dyn FnMut(u64)) + Sync,
        narrower: impl Fn(u32, u64, &mut dyn FnMut(u64)) + Sync,
    ) -> Self {
        let entries = narrowed(listed(len, keys), limits.too_common, narrower);
        let things: Vec<u32> = entries.iter().map(|e| e.1).collect();
        let mut first = vec![0_u64; entries.len().div_ceil(64)];
        for place in (0..entries.len()).filter(|&p| p == 0 || entries[p - 1].0 != entries[p].0) {
            first[place / 64] |= 1 << (place % 64);
        }
        drop(entries);
        let mut begins = vec![0_u32; len + 1];
        things.iter().for_each(|&n| begins[n as usize + 1] += 1);
        for n in 0..len {
            begins[n + 1] += begins[n];
        }
        let mut next = begins.clone();
        let mut places = vec![0; things.len()];
        for (place, &n) in things.iter().enumerate() {
            places[next[n as usize] as usize] = place as u32;
            next[n as usize] += 1;
        }
        Self { limits, things, first, places, begins }
    }

    /// What is done at most.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    fn places(&self, n: u32) -> &[u32] {
        &self.places[self.begins[n as usize] as usize..self.begins[n as usize + 1] as usize]
    }

    /// Whether a key begins at a place.
    fn is_first(&self, place: u32) -> bool {
        self.first[place as usize / 64] >> (place % 64) & 1 == 1
    }

    /// The things before `n` that it meets and that are `wanted`, ascending.
    pub fn before(&self, n: u32, wanted: impl Fn(u32) -> bool, met: &mut Vec<u32>) {
        met.clear();
        for &place in self.places(n) {
            let least = place.saturating_sub(self.limits.looked_at as u32);
            let begin = (least + 1..=place).rev().find(|&p| self.is_first(p)).unwrap_or(least);
            met.extend(self.things[begin as usize..place as usize].iter().copied().filter(|&m| wanted(m)));
        }
        met.sort_unstable();
        met.dedup();
    }

    /// Whether `b` meets `a`, which stands before it.
    pub fn meet(&self, a: u32, b: u32) -> bool {
        let (mut first, mut second) = (self.places(a).iter().peekable(), self.places(b).iter().peekable());
        while let (Some(&&p), Some(&&q)) = (first.peek(), second.peek()) {
            // Under one key `a` stands before `b`.
            if p > q {
                second.next();
            } else if (q - p) as usize <= self.limits.looked_at && !(p + 1..=q).any(|x| self.is_first(x)) {
                return true;
            } else {
                first.next();
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(blocks: &Blocks, n: u32) -> Vec<u32> {
        let mut met = Vec::new();
        blocks.before(n, |_| true, &mut met);
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
        assert!(blocks.meet(0, 2) && blocks.meet(0, 4) && !blocks.meet(0, 1));
    }

    #[test]
    fn a_common_key_gives_way_to_narrower_ones() {
        let limits = Limits { too_common: 4, looked_at: 2, ..Limits::default() };
        let blocks =
            Blocks::new(9, limits, |_, each| each(7), |n, key, each| each(key + 1 + u64::from(n % 3)));
        assert_eq!(met(&blocks, 7), [1, 4]);
        assert!(blocks.meet(1, 7) && !blocks.meet(6, 7));
        let blocks = Blocks::new(9, limits, |_, each| each(7), |_, key, each| each(key));
        assert_eq!(met(&blocks, 7), [5, 6], "only the nearest are looked at");
        assert!(!blocks.meet(4, 7));
    }
}
