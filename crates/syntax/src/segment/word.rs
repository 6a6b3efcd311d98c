//! How far a word reaches: what is joined by stops, hyphens, slashes, commas and apostrophes, and what is not.

use super::chars::{Kind, all_digits, apostrophe, is_upper, is_word, kind, run_end};
use super::tables::{Abbreviation, Tables};

/// A word at `start`, a letter or digit, in text that ends at `end` (of the chunk) and `limit` (of the paragraph).
pub(crate) struct Word<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) limit: usize,
    /// Whether the word before begins with a capital.
    pub(crate) after_capital: bool,
}

impl Word<'_> {
    /// The first byte behind the word.
    pub(crate) fn end(&self) -> usize {
        let bytes = self.text.as_bytes();
        let mut segment = self.start;
        let mut at = run_end(self.text, self.start, self.end);
        loop {
            if at >= self.end {
                return self.plain_end(at);
            }
            let next = match bytes[at] {
                b'.' => match self.over_stop(segment, at) {
                    Stop::Joined(next) => Some(next),
                    Stop::Kept => return at + 1,
                    Stop::Apart => None,
                },
                b',' | b':' => (self.digits_around(at)).then(|| run_end(self.text, at + 1, self.end)),
                b'/' => self.over_slash(segment, at),
                b'-' => self.over_hyphen(segment, at),
                b'&' => self.over_ampersand(segment, at),
                b'_' | b'*' if is_word(self.text, at + 1) && at + 1 < self.end => {
                    Some(run_end(self.text, at + 1, self.end))
                }
                b'$' if at - self.start <= 3 && bytes[self.start..at].iter().all(u8::is_ascii_uppercase) => {
                    return at + 1;
                }
                _ => match self.over_apostrophe(at) {
                    Clitic::Joined(next) => Some(next),
                    Clitic::Begins(split) => return split,
                    Clitic::None => None,
                },
            };
            let Some(next) = next else { return self.plain_end(at) };
            segment = at + 1;
            at = next;
        }
    }

    fn digits_around(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes[at - 1].is_ascii_digit() && at + 1 < self.end && bytes[at + 1].is_ascii_digit()
    }

    /// The end of a word without joints: a figure is parted from its unit (`10am`).
    fn plain_end(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[self.start..at];
        if !bytes[0].is_ascii_digit() {
            return at;
        }
        let figure =
            bytes.iter().position(|b| !b.is_ascii_digit() && !b".,:".contains(b)).unwrap_or(bytes.len());
        let unit = &bytes[figure..];
        if unit.len() <= 8 && !unit.is_empty() && self.tables.units.contains(unit) {
            return self.start + figure;
        }
        at
    }

    fn over_stop(&self, segment: usize, at: usize) -> Stop {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let part = &bytes[segment..at];
        if at + 1 < self.end && is_word(text, at + 1) {
            let next = run_end(text, at + 1, self.end);
            let following = &bytes[at + 1..next];
            let letter = |s: &[u8]| s.len() == 1 && s[0].is_ascii_alphabetic();
            if self.digits_around(at) {
                return Stop::Joined(next);
            }
            let initials = letter(part) && letter(following) && bytes.get(next) == Some(&b'.');
            let address = self.tables.domains.contains(following)
                && following[0].is_ascii_lowercase()
                && part.len() > 1
                && !(next < self.end && bytes[next] == b'\'');
            let path = segment > self.start + 2 && part.len() > 1 && following[0].is_ascii_lowercase();
            let dots = part.len() > 1 && bytes.get(next) == Some(&b'.') && is_word(text, next + 1);
            let path =
                path || (dots && bytes[segment].is_ascii_lowercase() && following[0].is_ascii_lowercase());
            if initials || address || path || self.tables.abbreviation(&bytes[segment..next]).is_some() {
                return Stop::Joined(next);
            }
            if letter(part)
                && letter(following)
                && (segment > self.start || following[0].is_ascii_uppercase())
            {
                return Stop::Joined(next);
            }
        }
        // An ellipsis is no stop, but `Inc..` is an abbreviation at the end of a sentence.
        if bytes.get(at + 1) == Some(&b'.')
            && (bytes.get(at + 2) == Some(&b'.')
                || self.tables.abbreviation(&bytes[self.start..at]).is_none())
        {
            return Stop::Apart;
        }
        if self.keeps_stop(segment, at) { Stop::Kept } else { Stop::Apart }
    }

    /// Whether the stop at `at` belongs to the word.
    fn keeps_stop(&self, segment: usize, at: usize) -> bool {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let word = &bytes[self.start..at];
        if segment > self.start && word.len() <= 12 && single_letters(word) {
            return true;
        }
        let next = self.next_visible(at + 1);
        let figure_next = next.is_some_and(|i| kind(text, i).0 == Kind::Digit);
        if let Some(class) = self.tables.abbreviation(word) {
            let touches = at + 1 < self.end && is_word(text, at + 1);
            return match class {
                Abbreviation::Number => figure_next,
                Abbreviation::DateWord => {
                    next.is_some_and(|i| figure_next || bytes[i] == b',' || bytes[i].is_ascii_lowercase())
                }
                // `hrs.` may be no abbreviation; one that is glued to the next word is a slip.
                Abbreviation::Latin | Abbreviation::Inside | Abbreviation::Other | Abbreviation::Unit => {
                    !touches
                }
                _ => true,
            };
        }
        if word.len() == 1 && word[0].is_ascii_uppercase() {
            return self.is_initial(word[0], next);
        }
        false
    }

    /// Whether a capital with a stop is the initial of a name.
    fn is_initial(&self, letter: u8, next: Option<usize>) -> bool {
        let Some(next) = next else { return false };
        if letter == b'I' && !self.after_capital {
            return false;
        }
        let word = &self.text.as_bytes()[next..run_end(self.text, next, self.limit)];
        is_upper(self.text, next) && (word.len() == 1 || !self.tables.starters.contains(word))
    }

    /// The next character that is no white space, if the paragraph has one.
    fn next_visible(&self, mut at: usize) -> Option<usize> {
        while at < self.limit {
            match kind(self.text, at) {
                (Kind::Space, len) => at += len,
                _ => return Some(at),
            }
        }
        None
    }

    /// Dates (11/20/2012, 9/11) and telephone numbers stay whole, shares (1/2) and alternatives do not.
    fn over_slash(&self, segment: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if at - self.start == 1 && bytes[self.start].is_ascii_lowercase() {
            // Shorthand: `b/c`, `w/o`, `w/`.
            let next = run_end(self.text, at + 1, self.end);
            let shorthand = next == at + 2 && bytes[at + 1].is_ascii_lowercase();
            return (shorthand || (at + 1 == self.end && bytes[self.start] == b'w')).then_some(next);
        }
        if !self.digits_around(at) || !all_digits(&bytes[segment..at]) {
            return None;
        }
        let second = run_end(self.text, at + 1, self.end);
        let third = bytes.get(second) == Some(&b'/') && bytes.get(second + 1).is_some_and(u8::is_ascii_digit);
        let (a, b) = (at - segment, second - at - 1);
        let month = |s: &[u8]| s.len() == 1 || (s[0] == b'0' || (s[0] == b'1' && s[1] <= b'2'));
        let date = a <= 2 && b == 2 && month(&bytes[segment..at]);
        (segment > self.start || third || date).then_some(second)
    }

    /// Prefixes (mid-August), telephone numbers and dates in figures stay whole, other compounds do not.
    fn over_hyphen(&self, segment: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if at + 1 >= self.end || !is_word(self.text, at + 1) {
            return None;
        }
        let next = run_end(self.text, at + 1, self.end);
        if segment == self.start && self.tables.prefixes.contains(&bytes[self.start..at]) {
            return Some(next);
        }
        let (before, after) = (&bytes[segment..at], &bytes[at + 1..next]);
        if !all_digits(before) || !all_digits(after) {
            return None;
        }
        let third = bytes.get(next) == Some(&b'-') && bytes.get(next + 1).is_some_and(u8::is_ascii_digit);
        let telephone = before.len() == 3 && after.len() == 4;
        (telephone || third || segment > self.start).then_some(next)
    }

    fn over_ampersand(&self, segment: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let next = run_end(self.text, at + 1, self.end);
        let short = |s: &[u8]| (1..=3).contains(&s.len()) && s.iter().all(u8::is_ascii_uppercase);
        (short(&bytes[segment..at]) && short(&bytes[at + 1..next])).then_some(next)
    }

    fn over_apostrophe(&self, at: usize) -> Clitic {
        let bytes = self.text.as_bytes();
        let len = apostrophe(bytes, at);
        if len == 0 {
            return Clitic::None;
        }
        let next = run_end(self.text, at + len, self.end);
        let tail = &bytes[at + len..next];
        if tail.is_empty() {
            return Clitic::Begins(at);
        }
        let whole = apostrophe(bytes, next) == 0 || !is_word(self.text, next + apostrophe(bytes, next));
        if whole && is_clitic(tail) {
            let figure = bytes[at - 1].is_ascii_digit() && at - self.start >= 2;
            return if figure && tail.eq_ignore_ascii_case(b"s") {
                Clitic::Joined(next)
            } else {
                Clitic::Begins(at)
            };
        }
        if whole && tail.eq_ignore_ascii_case(b"t") && bytes[at - 1].eq_ignore_ascii_case(&b'n') {
            // The whole of it is no verb without its negation: `n't`.
            return if at - 1 > self.start { Clitic::Begins(at - 1) } else { Clitic::Joined(next) };
        }
        if bytes[at] == b'`' { Clitic::Begins(at) } else { Clitic::Joined(next) }
    }
}

enum Stop {
    Joined(usize),
    Kept,
    Apart,
}

enum Clitic {
    Joined(usize),
    Begins(usize),
    None,
}

/// Whether letters behind an apostrophe are a word of their own.
pub(crate) fn is_clitic(tail: &[u8]) -> bool {
    [&b"s"[..], b"m", b"d", b"re", b"ve", b"ll"].iter().any(|c| tail.eq_ignore_ascii_case(c))
}

/// Whether letters and stops take turns: `U.S`.
fn single_letters(word: &[u8]) -> bool {
    word.iter().enumerate().all(|(i, b)| if i % 2 == 0 { b.is_ascii_alphabetic() } else { *b == b'.' })
}
