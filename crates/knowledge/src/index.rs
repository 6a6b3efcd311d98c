//! Longest match of known phrases over tokens: a trie whose nodes are found by the key of their path.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::key::{Key, words};

/// Start of a node that has no place among the items.
const UNPLACED: u32 = u32::MAX;

/// Where the items of a node lie; none for a mere prefix.
#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    len: u32,
}

impl Default for Node {
    fn default() -> Self {
        Self { start: UNPLACED, len: 0 }
    }
}

/// Phrases to items; several items may share a phrase, in the order in which they were added.
#[derive(Debug)]
pub(crate) struct Index<T> {
    nodes: HashMap<u64, Node, BuildHasherDefault<Ready>>,
    items: Vec<T>,
}

impl<T: Copy + PartialEq> Index<T> {
    /// Indexes every phrase, of which there are about `expected`; phrases without a letter or digit are left out.
    pub(crate) fn build(expected: usize, phrases: impl Iterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut nodes: HashMap<u64, Node, BuildHasherDefault<Ready>> = HashMap::default();
        nodes.reserve(expected * 2);
        let mut keyed: Vec<(Key, T)> = Vec::with_capacity(expected);
        for (phrase, item) in phrases {
            let mut key = Key::EMPTY;
            words(phrase.as_ref(), |word| {
                key = key.then(word);
                nodes.entry(key.bits()).or_default();
            });
            if key != Key::EMPTY {
                keyed.push((key, item));
            }
        }
        for (key, _) in &keyed {
            nodes.entry(key.bits()).or_default().len += 1;
        }
        let items = arrange(&mut nodes, &keyed);
        Self { nodes, items }
    }

    /// Items of exactly this phrase.
    pub(crate) fn get(&self, phrase: &str) -> &[T] {
        self.at(Key::of(phrase)).unwrap_or_default()
    }

    /// Calls `found` with the number of tokens and the items of every phrase that starts at the first token, short
    /// ones first. A phrase ends where a token ends.
    pub(crate) fn starting<'a>(
        &'a self,
        tokens: impl Iterator<Item = impl AsRef<str>>,
        mut found: impl FnMut(usize, &'a [T]),
    ) {
        let mut key = Key::EMPTY;
        let mut before = Key::EMPTY;
        for (i, token) in tokens.enumerate() {
            words(token.as_ref(), |word| key = key.then(word));
            if key == before {
                if key == Key::EMPTY {
                    return;
                }
                continue;
            }
            before = key;
            match self.at(key) {
                None => return,
                Some([]) => {}
                Some(items) => found(i + 1, items),
            }
        }
    }

    fn at(&self, key: Key) -> Option<&[T]> {
        let node = self.nodes.get(&key.bits())?;
        let start = if node.len == 0 { 0 } else { node.start as usize };
        self.items.get(start..start + node.len as usize)
    }
}

/// Lays the items of every node side by side, in the order of the first phrase of each node; an item that two spellings
/// of one phrase share stands once.
fn arrange<T: Copy + PartialEq>(
    nodes: &mut HashMap<u64, Node, BuildHasherDefault<Ready>>,
    keyed: &[(Key, T)],
) -> Vec<T> {
    let mut next = 0;
    let mut filled = vec![0_u32; keyed.len()];
    let mut items: Vec<T> = keyed.iter().map(|&(_, item)| item).collect();
    for &(key, item) in keyed {
        let Some(node) = nodes.get_mut(&key.bits()) else { continue };
        if node.start == UNPLACED {
            node.start = next;
            next += node.len;
        }
        let place = node.start as usize;
        let end = place + filled[place] as usize;
        if items[place..end].contains(&item) {
            node.len -= 1;
        } else {
            items[end] = item;
            filled[place] += 1;
        }
    }
    items
}

/// Takes the number as it is: keys are mixed already.
#[derive(Default)]
struct Ready(u64);

impl Hasher for Ready {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(index: &Index<u8>, tokens: &[&str]) -> Vec<(usize, Vec<u8>)> {
        let mut all = Vec::new();
        index.starting(tokens.iter(), |length, items| all.push((length, items.to_vec())));
        all
    }

    #[test]
    fn every_prefix_that_is_a_phrase_is_found() {
        let index = Index::build(
            4,
            [("Korea", 1), ("North Korea", 2), ("North Korean army", 3), ("north korea", 4)].into_iter(),
        );
        assert_eq!(matches(&index, &["North", "Korea", "said"]), [(2, vec![2, 4])]);
        assert_eq!(matches(&index, &["North", "-", "Korean", "Army"]), [(4, vec![3])]);
        assert_eq!(matches(&index, &["-", "Korea"]), []);
        assert_eq!(index.get("korea"), [1]);
    }

    #[test]
    fn two_spellings_of_one_phrase_give_one_item() {
        let index = Index::build(4, [("U.S.", 1), ("Iran", 2), ("US", 1), ("us", 3)].into_iter());
        assert_eq!(index.get("U.S."), [1, 3]);
        assert_eq!(index.get("Iran"), [2]);
    }

    #[test]
    fn a_token_of_several_words_is_walked_whole() {
        let index = Index::build(4, [("al-Assad", 1), ("Bashar al-Assad", 2)].into_iter());
        assert_eq!(matches(&index, &["Bashar", "al-Assad"]), [(2, vec![2])]);
        assert_eq!(matches(&index, &["Bashar", "al", "-", "Assad"]), [(4, vec![2])]);
    }
}
