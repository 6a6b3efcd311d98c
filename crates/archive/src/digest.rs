//! Fingerprints: of files, and of everything that was handed out so far.

use crate::entry::{Entry, Fault, Place};
use sha2::{Digest as _, Sha256};

/// SHA-256 over a series of things, each under the digest of the ones before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a report: where it stands, what is known of it, what it says.
    pub fn of_entry(entry: &Entry) -> Self {
        let mut hash = Sha256::new();
        place(&mut hash, &entry.place);
        let known = &entry.known;
        let words = [&known.url, &known.publisher, &known.title, &known.author];
        for word in words.into_iter().chain([&Some(entry.id.clone())]) {
            string(&mut hash, word.as_deref().unwrap_or(""));
        }
        let day = |day: Option<jiff::civil::Date>| day.map(|d| d.to_string()).unwrap_or_default();
        string(&mut hash, &day(known.published));
        string(&mut hash, &day(known.fetched));
        hash.update(&entry.bytes);
        Self(hash.finalize().into())
    }

    /// The digest of a fault.
    pub fn of_fault(fault: &Fault) -> Self {
        let mut hash = Sha256::new();
        place(&mut hash, &fault.place);
        string(&mut hash, fault.kind.as_str());
        Self(hash.finalize().into())
    }

    /// The digest of this and what comes next.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        let mut hash = Sha256::new();
        hash.update(self.0);
        hash.update(next.0);
        Self(hash.finalize().into())
    }

    /// In hexadecimal digits.
    pub fn hex(self) -> String {
        hex(&self.0)
    }
}

fn place(hash: &mut Sha256, place: &Place) {
    string(hash, &place.path);
    hash.update(place.position.unwrap_or(u64::MAX).to_le_bytes());
}

/// The length goes first, so that no two series look the same.
fn string(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text.as_bytes());
}

/// Hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::Digest;
    use crate::entry::{Entry, Place};

    #[test]
    fn everything_counts() {
        let entry =
            Entry { id: "a".to_owned(), bytes: b"x".to_vec(), place: Place::file("p"), ..Entry::default() };
        let one = Digest::of_entry(&entry);
        assert_eq!(one, Digest::of_entry(&entry.clone()));
        assert_ne!(one, Digest::of_entry(&Entry { bytes: b"y".to_vec(), ..entry.clone() }));
        assert_ne!(one, Digest::of_entry(&Entry { place: Place::file("q"), ..entry }));
        assert_ne!(one.then(one), one);
        assert_eq!(one.hex().len(), 64);
    }
}
