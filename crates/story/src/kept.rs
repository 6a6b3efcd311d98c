//! What linking found, kept between runs, so that new reports are compared with what is there and nothing is compared twice.

use crate::parts::{Grouping, Known, Pair};
use crate::ties::{Earlier, Ties};
use std::io::{self, Read, Write};

/// First bytes of the file, with the version of the format.
const MAGIC: &[u8; 8] = b"dlinks1\n";

/// What was found, by the lines of the file of reports and the events in them, counted through.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Number of events of each line.
    acts: Vec<u32>,
    stories: Layer,
    events: Layer,
}

/// Pairs, and the part and group of each thing.
#[derive(Clone, Debug, Default, PartialEq)]
struct Layer {
    pairs: Vec<Pair>,
    labels: Vec<[u32; 3]>,
}

impl Layer {
    fn of(grouping: &Grouping, name: impl Fn(u32) -> u32) -> Self {
        let labels = grouping.parts.iter().zip(&grouping.groups).enumerate();
        Self {
            pairs: grouping.pairs.iter().map(|&(a, b, alike)| (name(a), name(b), alike)).collect(),
            labels: labels.map(|(n, (&part, &group))| [name(n as u32), name(part), name(group)]).collect(),
        }
    }

    /// The same in the numbers of now; none when a thing is no longer there.
    fn known(&self, len: usize, number: impl Fn(u32) -> Option<u32>) -> Option<Known> {
        let mut known = Known { old: vec![false; len], labels: vec![(0, 0); len], pairs: Vec::new() };
        for [thing, part, group] in &self.labels {
            let n = number(*thing)? as usize;
            known.old[n] = true;
            known.labels[n] = (number(*part)?, number(*group)?);
        }
        known.pairs = self
            .pairs
            .iter()
            .map(|&(a, b, alike)| Some((number(a)?, number(b)?, alike)))
            .collect::<Option<_>>()?;
        let ordered = known.pairs.iter().all(|p| p.0 < p.1) && known.pairs.is_sorted_by_key(|p| p.1);
        ordered.then_some(known)
    }
}

impl Kept {
    /// What was found of reports: `order` names the line of each, `acts` the number of events of each line.
    pub fn of(ties: &Ties, order: &[u32], acts: Vec<u32>) -> Self {
        let base = bases(&acts);
        let stories = Layer::of(&ties.stories, |n| order[n as usize]);
        let events = Layer::of(&ties.events, |n| {
            let (r, k) = ties.acts[n as usize];
            base[order[r as usize] as usize] + k
        });
        Self { acts, stories, events }
    }

    /// The same in the numbers of now: `order` names the line of each report, `acts` lists the events that stand. Nothing when
    /// a report or event is no longer there, since others may then meet that did not before.
    pub fn earlier(&self, order: &[u32], acts: &[(u32, u32)]) -> Earlier {
        const NONE: u32 = u32::MAX;
        let base = bases(&self.acts);
        let mut reports = vec![NONE; self.acts.len()];
        for (n, &line) in order.iter().enumerate() {
            if let Some(number) = reports.get_mut(line as usize) {
                *number = n as u32;
            }
        }
        let mut events = vec![NONE; base.last().copied().unwrap_or(0) as usize];
        for (n, &(r, k)) in acts.iter().enumerate() {
            let line = order[r as usize] as usize;
            if self.acts.get(line).is_some_and(|&count| k < count) {
                events[(base[line] + k) as usize] = n as u32;
            }
        }
        let number = |list: &[u32], n: u32| list.get(n as usize).copied().filter(|&n| n != NONE);
        let stories = self.stories.known(order.len(), |n| number(&reports, n));
        let events = self.events.known(acts.len(), |n| number(&events, n));
        match (stories, events) {
            (Some(stories), Some(events)) => Earlier { stories, events },
            _ => Earlier::default(),
        }
    }

    /// Number of lines it tells of.
    pub fn lines(&self) -> usize {
        self.acts.len()
    }

    /// Writes it.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(MAGIC)?;
        out.write_all(&crate::words::fingerprint().to_le_bytes())?;
        write_all(out, self.acts.iter().map(|&n| [n]))?;
        for layer in [&self.stories, &self.events] {
            write_all(out, layer.pairs.iter().map(|&(a, b, alike)| [a, b, alike.to_bits()]))?;
            write_all(out, layer.labels.iter().copied())?;
        }
        Ok(())
    }

    /// Reads what [`Self::write`] wrote; nothing when it is of another version or damaged, for it can be found anew.
    pub fn read(input: &mut impl Read) -> Option<Self> {
        let mut head = [0; 16];
        input.read_exact(&mut head).ok()?;
        if head[..8] != *MAGIC || head[8..] != crate::words::fingerprint().to_le_bytes() {
            return None;
        }
        let acts: Vec<u32> = read_all::<1>(input)?.into_iter().map(|[n]| n).collect();
        acts.iter().try_fold(0_u32, |sum, &n| sum.checked_add(n))?;
        let mut layer = || {
            let pairs = read_all::<3>(input)?.into_iter().map(|[a, b, alike]| (a, b, f32::from_bits(alike)));
            Some(Layer { pairs: pairs.collect(), labels: read_all(input)? })
        };
        let (stories, events) = (layer()?, layer()?);
        Some(Self { acts, stories, events })
    }
}

/// Where the events of each line begin when they are counted through; at the end, their number.
fn bases(acts: &[u32]) -> Vec<u32> {
    let mut base = vec![0];
    for &n in acts {
        base.push(base[base.len() - 1] + n);
    }
    base
}

fn write_all<const N: usize>(
    out: &mut impl Write,
    rows: impl ExactSizeIterator<Item = [u32; N]>,
) -> io::Result<()> {
    out.write_all(&(rows.len() as u64).to_le_bytes())?;
    for row in rows {
        for n in row {
            out.write_all(&n.to_le_bytes())?;
        }
    }
    Ok(())
}

/// Rows that are read at once: what a damaged length asks for is not believed before it is there.
const ROWS: u64 = 1 << 16;

fn read_all<const N: usize>(input: &mut impl Read) -> Option<Vec<[u32; N]>> {
    let mut len = [0; 8];
    input.read_exact(&mut len).ok()?;
    let mut left = u64::from_le_bytes(len);
    let mut rows = Vec::new();
    let mut bytes = Vec::new();
    while left > 0 {
        let now = left.min(ROWS);
        bytes.resize(now as usize * N * 4, 0);
        input.read_exact(&mut bytes).ok()?;
        let mut numbers = bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        rows.extend((0..now).map(|_| std::array::from_fn(|_| numbers.next().unwrap_or(0))));
        left -= now;
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept() -> Kept {
        let layer = Layer { pairs: vec![(0, 1, 0.75)], labels: vec![[0, 0, 0], [1, 0, 0]] };
        Kept { acts: vec![1, 1], stories: layer.clone(), events: layer }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        kept().write(&mut bytes).unwrap();
        assert_eq!(Kept::read(&mut &bytes[..]), Some(kept()));
    }

    #[test]
    fn a_report_that_is_gone_leaves_nothing_known() {
        let known = kept().earlier(&[1, 2, 0], &[(0, 0), (2, 0)]);
        assert!(known.stories.old.is_empty(), "the order of old reports never changes");
        let known = kept().earlier(&[2, 0, 1], &[(1, 0), (2, 0)]);
        assert_eq!(known.stories.old, [false, true, true]);
        assert_eq!(known.stories.pairs, [(1, 2, 0.75)]);
        assert!(kept().earlier(&[2, 1], &[(1, 0)]).stories.old.is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..200) {
            let mut good = Vec::new();
            kept().write(&mut good).unwrap();
            let head = good[..cut.min(good.len())].to_vec();
            if let Some(kept) = Kept::read(&mut &[head, bytes].concat()[..]) {
                kept.earlier(&[0, 1], &[(0, 0), (1, 0)]);
            }
        }
    }
}
