//! Cuts text into words of the vocabulary, numbers and gaps, in one pass.

use crate::words::{COMMA, Class, GAP, Shape, Words};

/// A word of the vocabulary, a number, or a gap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Value of a number; words have theirs in the vocabulary.
    pub(crate) value: i32,
    /// Word or shape.
    pub(crate) word: u16,
    /// Tenths of a decimal number.
    pub(crate) tenths: u8,
    /// A hyphen ties it to the token before.
    pub(crate) joined: bool,
    /// Begins with a capital.
    pub(crate) capital: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Other,
    Letter,
    Digit,
    Space,
    High,
}

const KINDS: [Byte; 256] = {
    let mut kinds = [Byte::Other; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Byte::Letter,
            b'0'..=b'9' => Byte::Digit,
            b' ' | b'\t' | b'\n' | b'\r' => Byte::Space,
            0x80.. => Byte::High,
            _ => Byte::Other,
        };
        b += 1;
    }
    kinds
};

/// Reads `text` into `tokens`.
pub(crate) fn lex(words: &Words, text: &str, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut lexer = Lexer { words, text, bytes: text.as_bytes(), tokens, at: 0, joined: false };
    lexer.run();
}

/// Where the reading stands.
pub(crate) struct Lexer<'a> {
    pub(crate) words: &'a Words,
    pub(crate) text: &'a str,
    pub(crate) bytes: &'a [u8],
    pub(crate) tokens: &'a mut Vec<Token>,
    pub(crate) at: usize,
    pub(crate) joined: bool,
}

impl Lexer<'_> {
    fn run(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match KINDS[byte as usize] {
                Byte::Letter => self.word(),
                Byte::Space => self.space(),
                Byte::Digit => self.number(),
                Byte::High => self.high(),
                Byte::Other => self.mark(byte),
            }
        }
    }

    pub(crate) fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The byte before the current place.
    pub(crate) fn before(&self, place: usize) -> u8 {
        place.checked_sub(1).and_then(|i| self.bytes.get(i)).copied().unwrap_or(0)
    }

    /// Nothing of ours: a mark.
    pub(crate) fn gap(&mut self) {
        self.gap_of(0);
    }

    /// Nothing of ours; 1 for a word, 0 for a mark. A gap is what it begins with.
    #[inline]
    pub(crate) fn gap_of(&mut self, value: i32) {
        if self.tokens.last().is_some_and(|t| t.word != GAP) {
            let at = self.at as u32;
            let gap =
                Token { start: at, end: at, value, word: GAP, tenths: 0, joined: false, capital: false };
            self.tokens.push(gap);
        }
        self.joined = false;
    }

    pub(crate) fn push(&mut self, start: usize, word: u16, value: i32) {
        let token = Token {
            start: start as u32,
            end: self.at as u32,
            value,
            word,
            tenths: 0,
            joined: self.joined,
            capital: self.bytes[start].is_ascii_uppercase(),
        };
        self.joined = false;
        self.tokens.push(token);
    }

    pub(crate) fn shape(&mut self, start: usize, shape: Shape, value: i32) {
        self.push(start, shape.id(), value);
    }

    /// White space; an empty line ends everything.
    #[inline]
    fn space(&mut self) {
        let mut lines = 0;
        while let Some(&b) = self.bytes.get(self.at) {
            if KINDS[b as usize] != Byte::Space {
                break;
            }
            lines += u32::from(b == b'\n');
            self.at += 1;
        }
        if lines > 1 || self.joined {
            self.gap();
        }
    }

    #[inline]
    fn word(&mut self) {
        let start = self.at;
        let mut end = start + 1;
        while end < self.bytes.len() && KINDS[self.bytes[end] as usize] == Byte::Letter {
            end += 1;
        }
        self.at = end;
        if end < self.bytes.len()
            && (self.bytes[end] >= 0xC3 && self.bytes[end] != 0xE2 || self.bytes[end].is_ascii_digit())
        {
            // A word in another alphabet, an accent, or a name with digits: none of ours.
            while end < self.bytes.len()
                && (KINDS[self.bytes[end] as usize] as u8 != Byte::Space as u8)
                && self.bytes[end] != b'.'
                && self.bytes[end] != b','
            {
                end += 1;
            }
            self.at = end;
            return self.gap_of(1);
        }
        if end == start + 1 && self.peek(0) == b'.' && self.half_day(start) {
            return;
        }
        match self.words.find(&self.bytes[start..end]) {
            Some(id) => {
                if self.words.get(id).abbreviation {
                    if self.peek(0) == b'.' {
                        self.at += 1;
                    } else if !self.bare_abbreviation() {
                        // "Jan Kavan", "Sun Microsystems".
                        return self.gap_of(1);
                    }
                }
                self.push(start, id, 0);
                self.fold();
            }
            None => self.gap_of(1),
        }
    }

    /// Whether an abbreviation without its full stop may still be one: a number or a comma is next to it.
    fn bare_abbreviation(&self) -> bool {
        let behind = self.peek(usize::from(self.peek(0) == b' '));
        behind.is_ascii_digit()
            || self.peek(0) == b','
            || self.tokens.last().is_some_and(|t| t.word != GAP && t.word < COMMA)
    }

    /// `a.m.`, `p.m.`
    fn half_day(&mut self, start: usize) -> bool {
        let Some([half, b'.', b'm' | b'M', rest @ ..]) = self.bytes.get(start..) else { return false };
        let name: &[u8] = match half {
            b'a' | b'A' => b"am",
            b'p' | b'P' => b"pm",
            _ => return false,
        };
        if rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return false;
        }
        let Some(id) = self.words.find(name) else { return false };
        self.at = start + 3 + usize::from(rest.first() == Some(&b'.'));
        self.push(start, id, 0);
        true
    }

    /// Joins "twenty four", "two hundred", "nineteen ninety-six" to one number.
    fn fold(&mut self) {
        let [.., a, b] = self.tokens.as_slice() else { return };
        let Some(y) = self.words.value(b.word, Class::Num) else { return };
        let spelled = a.word >= Shape::first_word();
        let x = match self.words.value(a.word, Class::Num) {
            Some(x) => x,
            None if !spelled
                && matches!(a.word, w if w == Shape::Number.id() || w == Shape::YearOnly.id() || w == Shape::Small.id()) =>
            {
                a.value
            }
            None => return,
        };
        let (shape, value) = match (x, y) {
            (13..=20, 10..=99) if spelled => (Shape::YearOnly, x * 100 + y),
            (1910..=2090, 1..=9) if a.word == Shape::YearOnly.id() && x % 10 == 0 => (Shape::YearOnly, x + y),
            (20..=90, 1..=9) if x % 10 == 0 && spelled => (Shape::Number, x + y),
            (1..=99, 100) | (1..=999, 1000) => (Shape::Number, x * y),
            (100..=900, 1..=99) if x % 100 == 0 => (Shape::Number, x + y),
            (1000..=2000, 1..=99) if x % 1000 == 0 => (Shape::YearOnly, x + y),
            _ => return,
        };
        let merged = Token { end: b.end, value, word: shape.id(), ..*a };
        self.tokens.pop();
        if let Some(last) = self.tokens.last_mut() {
            *last = merged;
        }
    }

    fn mark(&mut self, byte: u8) {
        let place = self.at;
        self.at += 1;
        match byte {
            b',' if self.tokens.last().is_some_and(|t| t.word != GAP && t.end as usize == place) => {
                self.push(place, COMMA, 0);
            }
            b'-' => self.hyphen(place),
            b'\'' | b'`' => self.apostrophe(place),
            _ => self.gap(),
        }
    }

    fn hyphen(&mut self, place: usize) {
        let tied = self.before(place).is_ascii_alphanumeric() || self.before(place) == b'.';
        if tied
            && self.tokens.last().is_some_and(|t| t.end as usize == place)
            && self.peek(0).is_ascii_alphanumeric()
        {
            self.joined = true;
        } else if self.peek(0) == b'-' || !self.peek(0).is_ascii_digit() {
            self.gap();
        } else {
            // "F-16", "X-1990": the number belongs to a name.
            while self.peek(0).is_ascii_alphanumeric() {
                self.at += 1;
            }
            self.gap();
        }
    }

    /// After the bytes of an apostrophe: `'s`, `'68`, `'80s`, or a quotation mark.
    fn apostrophe(&mut self, place: usize) {
        let tied = self.tokens.last().is_some_and(|t| t.end as usize == place);
        let rest = &self.bytes[self.at..];
        match rest {
            [b's' | b'S', next @ ..] if tied && !next.first().is_some_and(u8::is_ascii_alphanumeric) => {
                self.at += 1;
                match self.words.find(b"'s") {
                    Some(id) => self.push(place, id, 0),
                    None => self.gap(),
                }
            }
            [a @ b'0'..=b'9', b @ b'0'..=b'9', next @ ..] if !tied => {
                let two = i32::from(a - b'0') * 10 + i32::from(b - b'0');
                let year = if two < 30 { 2000 + two } else { 1900 + two };
                match next {
                    [b's', after @ ..]
                        if b == &b'0' && !after.first().is_some_and(u8::is_ascii_alphanumeric) =>
                    {
                        self.at += 3;
                        self.shape(place, Shape::Decade, year);
                    }
                    [after, ..] if after.is_ascii_alphanumeric() => self.gap(),
                    _ => {
                        self.at += 2;
                        self.shape(place, Shape::YearOnly, year);
                    }
                }
            }
            // "two weeks' time"
            [b' ', ..] if tied && matches!(self.before(place), b's' | b'S') => {}
            // "o'clock" is spelled in the vocabulary as its two halves.
            [next, ..] if tied && next.is_ascii_alphabetic() => {}
            _ => self.gap(),
        }
    }

    /// Characters beyond ASCII: some are marks that English news writes, the rest are letters of other words.
    fn high(&mut self) {
        let place = self.at;
        match &self.bytes[place..] {
            [0xE2, 0x80, 0x98 | 0x99, ..] => {
                self.at += 3;
                self.apostrophe(place);
            }
            [0xE2, 0x80, 0x90..=0x93, ..] => {
                self.at += 3;
                let tied = self.tokens.last().is_some_and(|t| t.word != GAP && t.end as usize == place);
                if tied && self.peek(0).is_ascii_alphanumeric() { self.joined = true } else { self.gap() }
            }
            [0xC2, 0xA0, ..] => self.at += 2,
            [0xE2, 0x80, 0xAF, ..] => self.at += 3,
            _ => {
                self.at += 1;
                while self.bytes.get(self.at).is_some_and(|b| b & 0xC0 == 0x80) {
                    self.at += 1;
                }
                self.gap();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u16, i32, String)> {
        let mut words = Words::builder();
        for row in crate::table::rows("words.tsv", include_str!("../../../knowledge/time/words.tsv")) {
            words.add(&row).unwrap();
        }
        let mut tokens = Vec::new();
        lex(&words.finish(), text, &mut tokens);
        let span = |t: &Token| text[t.start as usize..t.end as usize].to_owned();
        tokens.iter().filter(|t| t.word != GAP).map(|t| (t.word, t.value, span(t))).collect()
    }

    fn shapes(text: &str) -> Vec<(u16, i32)> {
        read(text).into_iter().map(|(word, value, _)| (word, value)).collect()
    }

    #[test]
    fn numbers_in_words_become_one_token() {
        assert_eq!(shapes("twenty four"), [(Shape::Number.id(), 24)]);
        assert_eq!(shapes("two hundred thousand"), [(Shape::Number.id(), 200_000)]);
        assert_eq!(shapes("nineteen ninety-six"), [(Shape::YearOnly.id(), 1996)]);
        assert_eq!(shapes("two, three").len(), 3);
    }

    #[test]
    fn digits_have_shapes() {
        assert_eq!(shapes("2019-01-07"), [(Shape::Iso.id(), 20_190_107)]);
        assert_eq!(shapes("31/12/2019"), [(Shape::Iso.id(), 20_191_231)]);
        assert_eq!(shapes("10:35 and 7pm"), [(Shape::Clock.id(), 635), (Shape::Clock.id(), 19 * 60)]);
        assert_eq!(shapes("the 1990s and ’80s"), [(Shape::Decade.id(), 1990), (Shape::Decade.id(), 1980)]);
        assert_eq!(shapes("5th '68"), [(Shape::OrdinalDay.id(), 5), (Shape::YearOnly.id(), 1968)]);
    }

    #[test]
    fn numbers_in_names_and_prices_are_none() {
        for text in ["$1990", "F-16", "B52s", "1990.5.2", "12%", "25:61", "£20", "1/3", "é12"] {
            assert!(shapes(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn an_abbreviation_needs_its_stop_or_a_number() {
        assert_eq!(read("Jan. 5 and Jan 5").len(), 4);
        assert!(read("Jan Kavan, Sat down").iter().all(|(.., text)| text == ","));
    }
}
