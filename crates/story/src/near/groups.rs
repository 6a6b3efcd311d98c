//! Which numbers belong together.

/// Disjoint groups of the numbers `0..len`; the smallest number leads.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    parent: Vec<u32>,
}

impl Groups {
    /// `len` numbers, each alone.
    pub fn new(len: usize) -> Self {
        Self { parent: (0..len as u32).collect() }
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.parent.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.parent.is_empty()
    }

    /// The leader of the group of `n`.
    pub fn leader(&mut self, mut n: u32) -> u32 {
        while self.parent[n as usize] != n {
            let up = self.parent[self.parent[n as usize] as usize];
            self.parent[n as usize] = up;
            n = up;
        }
        n
    }

    /// The same without shortening the way there for the next time.
    pub fn leader_of(&self, mut n: u32) -> u32 {
        while self.parent[n as usize] != n {
            n = self.parent[n as usize];
        }
        n
    }

    /// Brings two groups together.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.leader(a), self.leader(b));
        self.parent[a.max(b) as usize] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn the_smallest_leads() {
        let mut groups = Groups::new(4);
        groups.join(3, 2);
        groups.join(2, 1);
        assert_eq!([0, 1, 2, 3].map(|n| groups.leader(n)), [0, 1, 1, 1]);
        assert_eq!([0, 1, 2, 3].map(|n| groups.leader_of(n)), [0, 1, 1, 1]);
    }
}
