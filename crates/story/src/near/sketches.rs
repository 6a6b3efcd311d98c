//! The sketches of many reports.

use super::Sketch;
use super::shingles::View;

/// Numbers in a portion: large enough that the memory of one goes back to the system when it is dropped.
const PORTION: usize = 1 << 20;

/// The sketches of many reports, in the order they came. They lie together and not each by itself, so that dropping them leaves
/// no holes in memory.
#[derive(Debug, Default)]
pub struct Sketches {
    portions: Vec<Vec<u32>>,
    rows: Vec<Row>,
}

/// Where the numbers of one lie, and what else is kept of it.
#[derive(Debug)]
struct Row {
    portion: u32,
    begin: u32,
    len: u32,
    bound: u32,
    total: u32,
}

impl Sketches {
    /// Adds the sketch of one more report.
    pub fn add(&mut self, sketch: &Sketch) {
        let View { hashes, bound, total } = sketch.view();
        if self.portions.last().is_none_or(|last| last.len() + hashes.len() > last.capacity()) {
            self.portions.push(Vec::with_capacity(PORTION.max(hashes.len())));
        }
        let portion = self.portions.len() - 1;
        let begin = self.portions[portion].len() as u32;
        self.portions[portion].extend_from_slice(hashes);
        self.rows.push(Row { portion: portion as u32, begin, len: hashes.len() as u32, bound, total });
    }

    /// Number of reports.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn get(&self, n: u32) -> View<'_> {
        let row = &self.rows[n as usize];
        let hashes = &self.portions[row.portion as usize][row.begin as usize..(row.begin + row.len) as usize];
        View { hashes, bound: row.bound, total: row.total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sketches_are_as_they_came() {
        let mut sketches = Sketches::default();
        let one = |n: u32| Sketch::from_parts((0..900).map(|k| n * 1000 + k).collect(), 900 + n);
        (0..3000).for_each(|n| sketches.add(&one(n)));
        assert_eq!((sketches.len(), sketches.portions.len()), (3000, 3));
        for n in [0, 1, 1165, 1166, 2999] {
            let (view, own) = (sketches.get(n), one(n));
            assert_eq!((view.hashes, view.bound, view.total), (own.view().hashes, own.view().bound, 900 + n));
        }
    }
}
