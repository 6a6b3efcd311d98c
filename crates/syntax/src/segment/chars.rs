//! Classes of characters and how to step over them.

/// What a character does in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Space,
    /// Letters and whatever joins them: accents, zero-width joiners, soft hyphens.
    Letter,
    Digit,
    Other,
}

const ASCII: [Kind; 128] = {
    let mut table = [Kind::Other; 128];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        table[b] = if c.is_ascii_alphabetic() {
            Kind::Letter
        } else if c.is_ascii_digit() {
            Kind::Digit
        } else if c == b' ' || (c >= 9 && c <= 13) {
            Kind::Space
        } else {
            Kind::Other
        };
        b += 1;
    }
    table
};

/// The kind and the length in bytes of the character at `at`, which must be a character boundary.
#[inline]
pub(crate) fn kind(text: &str, at: usize) -> (Kind, usize) {
    match text.as_bytes().get(at) {
        None => (Kind::Space, 0),
        Some(&b) if b < 128 => (ASCII[b as usize], 1),
        Some(_) => wide(text, at),
    }
}

#[cold]
fn wide(text: &str, at: usize) -> (Kind, usize) {
    let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { return (Kind::Other, 1) };
    let kind = match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}' => Kind::Letter,
        _ if c.is_alphabetic() => Kind::Letter,
        _ if c.is_numeric() && c.is_alphanumeric() => Kind::Digit,
        _ if c.is_whitespace() => Kind::Space,
        _ => Kind::Other,
    };
    (kind, c.len_utf8())
}

/// Whether a letter or a digit stands at `at`.
#[inline]
pub(crate) fn is_word(text: &str, at: usize) -> bool {
    matches!(kind(text, at).0, Kind::Letter | Kind::Digit)
}

/// Whether an upper-case letter stands at `at`.
#[inline]
pub(crate) fn is_upper(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => false,
        Some(b) if b.is_ascii() => b.is_ascii_uppercase(),
        Some(_) => text.get(at..).and_then(|r| r.chars().next()).is_some_and(char::is_uppercase),
    }
}

/// The length of an apostrophe at `at`: straight, curly, or the backtick that stands for one; 0 for none.
#[inline]
pub(crate) fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b'\'' | b'`') => 1,
        Some(0xE2) if matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x98 | 0x99])) => 3,
        Some(0xCA) if bytes.get(at + 1) == Some(&0xBC) => 2,
        _ => 0,
    }
}

/// The end of the run of letters and digits that starts at `at`, no further than `end`.
#[inline]
pub(crate) fn run_end(text: &str, mut at: usize, end: usize) -> usize {
    while at < end {
        match kind(text, at) {
            (Kind::Letter | Kind::Digit, len) => at += len,
            _ => break,
        }
    }
    at.min(end)
}

/// Whether `bytes` is not empty and all digits.
pub(crate) fn all_digits(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}
