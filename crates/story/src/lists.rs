//! A list for each of many things, all in one.

/// A list of numbers for each of the things `0..len`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lists {
    /// The lists, one behind the other.
    numbers: Vec<u32>,
    /// Where in `numbers` each begins.
    begins: Vec<u32>,
}

impl Lists {
    /// Parts things with their numbers by things; the numbers of one keep their order.
    pub(crate) fn new(len: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut begins = vec![0_u32; len + 1];
        pairs.clone().for_each(|(n, _)| begins[n as usize + 1] += 1);
        for n in 0..len {
            begins[n + 1] += begins[n];
        }
        let mut next = begins.clone();
        let mut numbers = vec![0; begins[len] as usize];
        for (n, number) in pairs {
            numbers[next[n as usize] as usize] = number;
            next[n as usize] += 1;
        }
        Self { numbers, begins }
    }

    /// The list of a thing.
    pub(crate) fn of(&self, n: u32) -> &[u32] {
        &self.numbers[self.begins[n as usize] as usize..self.begins[n as usize + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn everything_has_its_list_in_order() {
        let lists = Lists::new(3, [(2, 7), (0, 5), (2, 1)].into_iter());
        assert_eq!([0, 1, 2].map(|n| lists.of(n).to_vec()), [vec![5], vec![], vec![7, 1]]);
    }
}
