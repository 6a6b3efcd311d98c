//! From arc scores to a tree with exactly one root.

/// Buffers of the search.
#[derive(Debug, Default)]
pub(super) struct Trees {
    /// For each word 0 while unseen, 1 on the current path, 2 attached to the root, 3 under a cycle.
    state: Vec<u8>,
    /// Words on the current path.
    path: Vec<usize>,
    cycle: Vec<bool>,
}

impl Trees {
    /// Sets `heads` (0 is the root, words count from 1) to the best head of each word, then repairs: one root, and
    /// every cycle is broken where that costs least. `scores` is words × `stride`, column 0 the root.
    pub(super) fn decode(&mut self, scores: &[f32], stride: usize, heads: &mut [u32]) {
        let n = heads.len();
        for (i, head) in heads.iter_mut().enumerate() {
            *head = best(&scores[i * stride..][..=n], |j| j != i + 1) as u32;
        }
        one_root(scores, stride, heads);
        while let Some(start) = self.find_cycle(heads) {
            self.break_cycle(start, scores, stride, heads);
        }
    }

    /// A word on a cycle, if there is one.
    fn find_cycle(&mut self, heads: &[u32]) -> Option<usize> {
        self.state.clear();
        self.state.resize(heads.len(), 0);
        for start in 0..heads.len() {
            self.path.clear();
            let mut at = start;
            while self.state[at] == 0 {
                self.state[at] = 1;
                self.path.push(at);
                match heads[at] {
                    0 => break,
                    h => at = h as usize - 1,
                }
            }
            if self.state[at] == 1 && heads[at] != 0 {
                return Some(at);
            }
            for &i in &self.path {
                self.state[i] = 2;
            }
        }
        None
    }

    /// Attaches the cycle through `start` to a word outside of it that does not depend on it.
    fn break_cycle(&mut self, start: usize, scores: &[f32], stride: usize, heads: &mut [u32]) {
        let n = heads.len();
        self.cycle.clear();
        self.cycle.resize(n, false);
        let mut at = start;
        while !self.cycle[at] {
            self.cycle[at] = true;
            at = heads[at] as usize - 1;
        }
        // 3: hangs on this cycle; 2: does not.
        self.state.clear();
        self.state.extend(self.cycle.iter().map(|&c| if c { 3 } else { 0 }));
        for i in 0..n {
            self.path.clear();
            let mut at = i;
            let end = loop {
                match self.state[at] {
                    0 => {
                        self.state[at] = 1;
                        self.path.push(at);
                        match heads[at] {
                            0 => break 2,
                            h => at = h as usize - 1,
                        }
                    }
                    1 => break 2,
                    s => break s,
                }
            };
            for &i in &self.path {
                self.state[i] = end;
            }
        }
        let mut choice: Option<(f32, usize, usize)> = None;
        for i in (0..n).filter(|&i| self.cycle[i]) {
            let row = &scores[i * stride..][..=n];
            let now = row[heads[i] as usize];
            for j in (0..n).filter(|&j| self.state[j] == 2) {
                let loss = now - row[j + 1];
                if choice.is_none_or(|(l, ..)| loss < l) {
                    choice = Some((loss, i, j));
                }
            }
        }
        // There is always a root outside the cycle.
        if let Some((_, i, j)) = choice {
            heads[i] = j as u32 + 1;
        } else {
            heads[start] = 0;
        }
    }
}

/// Leaves the word whose root arc gains most over its other arcs; others get their next best head.
fn one_root(scores: &[f32], stride: usize, heads: &mut [u32]) {
    let n = heads.len();
    if heads.iter().filter(|&&h| h == 0).count() == 1 {
        return;
    }
    let none = heads.iter().all(|&h| h != 0);
    let mut root: Option<(f32, usize)> = None;
    for (i, _) in heads.iter().enumerate().filter(|&(_, &h)| none || h == 0) {
        let row = &scores[i * stride..][..=n];
        let other = best(row, |j| j != 0 && j != i + 1);
        let gain = if other == 0 { 0.0 } else { row[0] - row[other] };
        if root.is_none_or(|(g, _)| gain > g) {
            root = Some((gain, i));
        }
    }
    let root = root.map_or(0, |(_, i)| i);
    for (i, head) in heads.iter_mut().enumerate() {
        if i == root {
            *head = 0;
        } else if *head == 0 {
            *head = best(&scores[i * stride..][..=n], |j| j != 0 && j != i + 1) as u32;
        }
    }
}

/// The first of the highest scores among the allowed columns; 0 if none is allowed.
fn best(row: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut out: Option<usize> = None;
    for j in (0..row.len()).filter(|&j| allowed(j)) {
        if out.is_none_or(|o| row[j] > row[o]) {
            out = Some(j);
        }
    }
    out.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_tree(heads: &[u32]) -> bool {
        heads.iter().filter(|&&h| h == 0).count() == 1
            && (0..heads.len()).all(|mut i| {
                for _ in 0..=heads.len() {
                    match heads[i] {
                        0 => return true,
                        h => i = h as usize - 1,
                    }
                }
                false
            })
    }

    proptest! {
        #[test]
        fn the_result_is_always_a_tree(n in 1usize..24, values in proptest::collection::vec(-4f32..4.0, 24 * 25)) {
            let mut heads = vec![0; n];
            Trees::default().decode(&values, 25, &mut heads);
            prop_assert!(is_tree(&heads), "{:?}", heads);
        }

        #[test]
        fn equal_and_undefined_scores_give_a_tree(n in 1usize..12, value in prop_oneof![Just(0f32), Just(f32::NAN)]) {
            let mut heads = vec![0; n];
            Trees::default().decode(&vec![value; n * (n + 1)], n + 1, &mut heads);
            prop_assert!(is_tree(&heads), "{:?}", heads);
        }
    }

    #[test]
    fn good_scores_are_kept() {
        // word 1 <- 2, 2 <- root, 3 <- 2
        let scores = [0., -9., 5., 1., 6., 1., -9., 1., 0., 1., 5., -9.];
        let mut heads = [0; 3];
        Trees::default().decode(&scores, 4, &mut heads);
        assert_eq!(heads, [2, 0, 2]);
    }
}
