//! Tables of words: read from TSV, looked up without regard to ASCII case and without allocation.

/// A line of a table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct TableError {
    /// The table.
    pub file: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// The rows of a TSV table with their line numbers: no comments, no empty lines.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, l)| (i + 1, l)).filter(|(_, l)| !l.is_empty() && !l.starts_with("# "))
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// A hash that grows byte by byte, so that the parts of a key need not be joined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hash(pub(crate) u64);

impl Hash {
    pub(crate) const fn new() -> Self {
        Self(FNV_START)
    }

    #[must_use]
    pub(crate) const fn byte(self, b: u8) -> Self {
        Self((self.0 ^ b as u64).wrapping_mul(FNV_PRIME))
    }

    #[must_use]
    pub(crate) fn bytes(self, bytes: &[u8]) -> Self {
        bytes.iter().fold(self, |h, &b| h.byte(b))
    }

    /// A place in a table of `mask + 1` slots.
    pub(crate) const fn slot(self, mask: usize) -> usize {
        (self.0 ^ (self.0 >> 29)) as usize & mask
    }
}

/// Words and what is known of them.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<T> {
    entries: Vec<(Box<str>, T)>,
    slots: Vec<u32>,
}

const FREE: u32 = u32::MAX;

impl<T: Copy> WordMap<T> {
    /// Of several equal words the last counts.
    pub(crate) fn new(words: impl IntoIterator<Item = (Box<str>, T)>) -> Self {
        let entries: Vec<_> = words.into_iter().collect();
        let mut slots = vec![FREE; (entries.len() * 4).next_power_of_two().max(4)];
        let mask = slots.len() - 1;
        for (i, (word, _)) in entries.iter().enumerate() {
            let mut at = folded_hash(word.as_bytes()).slot(mask);
            while slots[at] != FREE && *entries[slots[at] as usize].0 != **word {
                at = (at + 1) & mask;
            }
            slots[at] = i as u32;
        }
        Self { entries, slots }
    }

    /// Reads a table; `value` makes a row's value of its second column.
    pub(crate) fn read(
        file: &'static str,
        text: &str,
        value: impl Fn(&str) -> Option<T>,
    ) -> Result<Self, TableError> {
        let mut words = Vec::new();
        for (line, row) in rows(text) {
            let (word, rest) = row.split_once('\t').unwrap_or((row, ""));
            let value = value(rest).ok_or_else(|| TableError {
                file,
                line,
                what: format!("`{rest}` is no value for `{word}`"),
            })?;
            words.push((word.into(), value));
        }
        Ok(Self::new(words))
    }

    /// The entry that equals `word` when ASCII case is ignored: its own spelling and its value.
    ///
    /// Where spellings differ in case alone (`Sec`, `sec`), the one that fits the capitals of `word` is preferred.
    #[inline]
    pub(crate) fn find(&self, word: &[u8]) -> Option<(&str, T)> {
        let mask = self.slots.len() - 1;
        let mut at = folded_hash(word).slot(mask);
        let mut found: Option<(&str, T)> = None;
        while self.slots[at] != FREE {
            let (spelling, value) = &self.entries[self.slots[at] as usize];
            if spelling.as_bytes() == word {
                return Some((spelling, *value));
            }
            if spelling.as_bytes().eq_ignore_ascii_case(word) {
                found = Some((spelling, *value));
            }
            at = (at + 1) & mask;
        }
        found
    }

    #[inline]
    pub(crate) fn contains(&self, word: &[u8]) -> bool {
        self.find(word).is_some()
    }
}

fn folded_hash(word: &[u8]) -> Hash {
    word.iter().fold(Hash::new(), |h, b| h.byte(b.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_case() {
        let map = WordMap::read("t", "# head\nmr\t1\nSec\t2\nsec\t3\n", |v| v.parse::<u8>().ok()).unwrap();
        assert_eq!(map.find(b"MR"), Some(("mr", 1)));
        assert_eq!(map.find(b"sec"), Some(("sec", 3)));
        assert_eq!(map.find(b"Sec"), Some(("Sec", 2)));
        assert_eq!(map.find(b"x"), None);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = WordMap::read("t.tsv", "# head\nmr\tx\n", |v| v.parse::<u8>().ok()).unwrap_err();
        assert_eq!(error.to_string(), "t.tsv, line 2: `x` is no value for `mr`");
    }
}
