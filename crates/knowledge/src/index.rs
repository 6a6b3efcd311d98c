//! Longest match of known phrases over tokens: a trie whose nodes are found by the key of their path.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::key::{Key, words};

/// Where the items of a node lie; none for a mere prefix.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    start: u32,
    len: u32,
}

/// Phrases to items; several items may share a phrase, in the order in which they were added.
#[derive(Debug)]
pub(crate) struct Index<T> {
    nodes: HashMap<u64, Node, BuildHasherDefault<Ready>>,
    items: Vec<T>,
}

impl<T> Index<T> {
    /// Indexes every phrase; phrases without a letter or digit are left out.
    pub(crate) fn build(phrases: impl Iterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut nodes: HashMap<u64, Node, BuildHasherDefault<Ready>> = HashMap::default();
        let mut keyed: Vec<(Key, T)> = Vec::with_capacity(phrases.size_hint().0);
        nodes.reserve(1 << 16);
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
        keyed.sort_by_key(|(key, _)| *key);
        let mut items = Vec::with_capacity(keyed.len());
        let mut last = None;
        for (key, item) in keyed {
            if let Some(node) = nodes.get_mut(&key.bits()) {
                if last != Some(key) {
                    node.start = items.len() as u32;
                }
                node.len += 1;
            }
            last = Some(key);
            items.push(item);
        }
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
        self.items.get(node.start as usize..(node.start + node.len) as usize)
    }
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
            [("Korea", 1), ("North Korea", 2), ("North Korean army", 3), ("north korea", 4)].into_iter(),
        );
        assert_eq!(matches(&index, &["North", "Korea", "said"]), [(2, vec![2, 4])]);
        assert_eq!(matches(&index, &["North", "-", "Korean", "Army"]), [(4, vec![3])]);
        assert_eq!(matches(&index, &["-", "Korea"]), []);
        assert_eq!(index.get("korea"), [1]);
    }

    #[test]
    fn a_token_of_several_words_is_walked_whole() {
        let index = Index::build([("al-Assad", 1), ("Bashar al-Assad", 2)].into_iter());
        assert_eq!(matches(&index, &["Bashar", "al-Assad"]), [(2, vec![2])]);
        assert_eq!(matches(&index, &["Bashar", "al", "-", "Assad"]), [(4, vec![2])]);
    }
}
