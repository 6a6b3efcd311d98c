//! Numbers, clock times and dates in digits.

use crate::lex::Lexer;
use crate::words::Shape;

impl Lexer<'_> {
    /// Reads whatever begins with a digit.
    pub(crate) fn number(&mut self) {
        let start = self.at;
        let (first, digits) = self.digits();
        let before = self.before(start);
        let foreign = before.is_ascii_alphabetic()
            || matches!(before, b'$' | b'#' | b'.' | b'/' | b':' | b'+' | b'%')
            || (before == b',' && self.before(start - 1).is_ascii_digit())
            || (before >= 0x80 && self.text.get(..start).is_some_and(belongs_to_number));
        if foreign || digits > 6 {
            while self.peek(0).is_ascii_alphanumeric()
                || (self.peek(0) == b'.' || self.peek(0) == b',') && self.peek(1).is_ascii_digit()
            {
                self.at += 1;
            }
            return self.gap();
        }
        match (self.peek(0), self.peek(1), self.peek(2)) {
            (b':', b'0'..=b'5', b'0'..=b'9') if digits <= 2 && first <= 24 => self.clock(start, first),
            (b'-', b'0'..=b'9', b'0'..=b'9') if digits == 4 && self.iso(start, first) => {}
            // A score, a verse, a ratio.
            (b':', b'0'..=b'9', _) => {
                self.at += 1;
                self.digits();
                self.gap();
            }
            (b'/', b'0'..=b'9', _) if digits <= 2 => self.slashes(start, first),
            // "10.35am"
            (b'.', b'0'..=b'5', b'0'..=b'9')
                if first <= 12 && matches!(self.peek(3), b'a' | b'p') && self.peek(4) == b'm' =>
            {
                self.clock(start, first);
            }
            (b'.', b'0'..=b'9', _) => {
                self.at += 1;
                let tenths = self.peek(0) - b'0';
                let (_, places) = self.digits();
                if self.peek(0).is_ascii_alphanumeric()
                    || self.peek(0) == b'.' && self.peek(1).is_ascii_digit()
                    || self.peek(0) == b'%'
                {
                    return self.gap();
                }
                self.shape(start, Shape::Number, first);
                if let Some(last) = self.tokens.last_mut() {
                    last.tenths = if places <= 2 { tenths } else { 0 };
                }
            }
            (b',', b'0'..=b'9', b'0'..=b'9') if self.peek(3).is_ascii_digit() => {
                let mut value = first;
                while self.peek(0) == b',' && self.peek(1).is_ascii_digit() {
                    self.at += 1;
                    value = value.saturating_mul(1000).saturating_add(self.digits().0);
                }
                if value > 99_999 { self.gap() } else { self.shape(start, Shape::Number, value) }
            }
            (b'%', ..) => self.gap(),
            (b'a'..=b'z' | b'A'..=b'Z' | 0xC2, ..) => self.suffixed(start, first, digits),
            _ => self.plain(start, first, digits),
        }
    }

    fn plain(&mut self, start: usize, value: i32, digits: usize) {
        let shape = match value {
            1..=24 if digits <= 2 => Shape::Small,
            25..=31 if digits <= 2 => Shape::Middle,
            1900..=2059 if digits == 4 => Shape::Year,
            0..=2400 if digits == 4 => Shape::Four,
            _ => Shape::Number,
        };
        self.shape(start, shape, value);
    }

    /// Reads digits; their value saturates.
    fn digits(&mut self) -> (i32, usize) {
        let start = self.at;
        let mut value: i32 = 0;
        while self.peek(0).is_ascii_digit() {
            value = value.saturating_mul(10).saturating_add(i32::from(self.peek(0) - b'0'));
            self.at += 1;
        }
        (value, self.at - start)
    }

    fn clock(&mut self, start: usize, hour: i32) {
        self.at += 1;
        let (minute, digits) = self.digits();
        if self.peek(0) == b':' && self.peek(1).is_ascii_digit() {
            self.at += 1;
            self.digits();
        }
        if digits != 2 || minute > 59 || self.peek(0).is_ascii_digit() {
            return self.gap();
        }
        let mut minutes = hour * 60 + minute;
        if matches!((self.peek(0) | 0x20, self.peek(1) | 0x20), (b'a' | b'p', b'm'))
            && !self.peek(2).is_ascii_alphanumeric()
        {
            minutes = half_day(minutes, self.peek(0) | 0x20 == b'p');
            self.at += 2;
        }
        self.shape(start, Shape::Clock, minutes);
    }

    /// `2019-01-07`, with or without a time behind `T`.
    fn iso(&mut self, start: usize, year: i32) -> bool {
        let Some([b'-', m1, m2, b'-', d1, d2, rest @ ..]) = self.bytes.get(self.at..) else { return false };
        let two = |a: &u8, b: &u8| i32::from(a.wrapping_sub(b'0')) * 10 + i32::from(b.wrapping_sub(b'0'));
        let all = [m1, m2, d1, d2].iter().all(|b| b.is_ascii_digit());
        if !all || rest.first().is_some_and(u8::is_ascii_digit) || !(1..=12).contains(&two(m1, m2)) {
            return false;
        }
        let value = year * 10_000 + two(m1, m2) * 100 + two(d1, d2);
        self.at += 6;
        self.shape(start, Shape::Iso, value);
        true
    }

    /// `11/21/2012`, `21/11/2012`, `9/11`, `1/2`.
    fn slashes(&mut self, start: usize, first: i32) {
        self.at += 1;
        let (second, _) = self.digits();
        if self.peek(0) == b'/' && self.peek(1).is_ascii_digit() {
            self.at += 1;
            let (third, digits) = self.digits();
            let year = match (digits, third) {
                (4, y) => y,
                (2, y) if y < 50 => 2000 + y,
                (2, y) => 1900 + y,
                _ => return self.gap(),
            };
            let (month, day) = if first > 12 { (second, first) } else { (first, second) };
            if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1500..=2100).contains(&year) {
                return self.gap();
            }
            return self.shape(start, Shape::Iso, year * 10_000 + month * 100 + day);
        }
        match (first, second) {
            (1, 2) => self.shape(start, Shape::Half, 5),
            (9, 11) => self.shape(start, Shape::Iso, 20_010_911),
            _ => self.gap(),
        }
    }

    /// Digits with letters behind: `5th`, `1990s`, `10am`, `2½`.
    fn suffixed(&mut self, start: usize, value: i32, digits: usize) {
        let rest = &self.bytes[self.at..];
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let suffix = rest[..letters.min(3)].to_ascii_lowercase();
        match suffix.as_slice() {
            b"st" | b"nd" | b"rd" | b"th" => {
                self.at += 2;
                let shape = if (1..=31).contains(&value) { Shape::OrdinalDay } else { Shape::Ordinal };
                self.shape(start, shape, value);
            }
            b"s" if digits == 4 && value % 10 == 0 => {
                self.at += 1;
                self.shape(start, Shape::Decade, value);
            }
            b"am" | b"pm" if value <= 12 => {
                let minutes = half_day(value * 60, suffix[0] == b'p');
                self.at += 2;
                self.shape(start, Shape::Clock, minutes);
            }
            b"a" | b"p" if value <= 12 && matches!(rest, [_, b'.', b'm', ..]) => {
                self.plain(start, value, digits);
            }
            [] if rest.starts_with("½".as_bytes()) => {
                self.plain(start, value, digits);
                let half = self.at;
                self.at += 2;
                self.shape(half, Shape::Half, 5);
            }
            [] => self.plain(start, value, digits),
            _ => {
                self.at += letters;
                self.gap();
            }
        }
    }
}

/// Whether a number behind this text is part of a word or a price.
fn belongs_to_number(before: &str) -> bool {
    before.ends_with(|c: char| c.is_alphabetic() || matches!(c, '£' | '€' | '¥'))
}

/// Minutes of the day for a time of the twelve-hour clock.
pub(crate) const fn half_day(minutes: i32, afternoon: bool) -> i32 {
    match (minutes / 60, afternoon) {
        (12, false) => minutes - 720,
        (0..=11, true) => minutes + 720,
        _ => minutes,
    }
}
