//! Where sentences end: places that could be an end are scored by a linear model over what stands around them.
//!
//! The weights are a table, `knowledge/segment/ends.tsv`, trained by `train/segment`.

use super::chars::{Kind, is_upper, kind};
use super::tables::{Abbreviation, Tables};
use crate::table::{Hash, TableError, rows};
use dateline_core::Span;

/// Takes the features of a place; a feature is a template with a value.
pub(crate) trait FeatureSink {
    /// Takes one feature, the parts of its value apart.
    fn feature(&mut self, template: &str, value: &[&[u8]]);
}

/// Weights of features, found by hash.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    bias: f32,
    slots: Vec<(u64, f32)>,
}

impl Weights {
    /// Reads rows of feature and weight; the feature `bias` is always there.
    pub(crate) fn read(file: &'static str, text: &str) -> Result<Self, TableError> {
        let mut entries = Vec::new();
        let mut bias = 0.0;
        for (line, row) in rows(text) {
            let error = || TableError { file, line, what: format!("`{row}` is no feature with a weight") };
            let (name, weight) = row.rsplit_once('\t').ok_or_else(error)?;
            let weight: f32 = weight.parse().map_err(|_| error())?;
            if name == "bias" {
                bias = weight;
            } else {
                entries.push((Hash::new().bytes(name.as_bytes()).0, weight));
            }
        }
        let mut slots = vec![(0, 0.0); (entries.len() * 3).next_power_of_two().max(4)];
        let mask = slots.len() - 1;
        for (hash, weight) in entries {
            let mut at = Hash(hash).slot(mask);
            while slots[at].0 != 0 && slots[at].0 != hash {
                at = (at + 1) & mask;
            }
            slots[at] = (hash, weight);
        }
        Ok(Self { bias, slots })
    }

    fn get(&self, hash: Hash) -> f32 {
        let mask = self.slots.len() - 1;
        let mut at = hash.slot(mask);
        loop {
            match self.slots[at] {
                (0, _) => return 0.0,
                (h, weight) if h == hash.0 => return weight,
                _ => at = (at + 1) & mask,
            }
        }
    }
}

struct Score<'a> {
    weights: &'a Weights,
    sum: f32,
}

impl FeatureSink for Score<'_> {
    #[inline]
    fn feature(&mut self, template: &str, value: &[&[u8]]) {
        let mut hash = Hash::new().bytes(template.as_bytes());
        for part in value {
            hash = hash.byte(b' ').bytes(part);
        }
        self.sum += self.weights.get(hash);
    }
}

/// The tokens of a piece of text, walked from left to right.
pub(crate) struct Walk<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Span],
    state: State,
}

/// What has to be remembered of the tokens before.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    brackets: u32,
    straight_open: bool,
    curly_open: bool,
    /// First token of the sentence.
    start: usize,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(tables: &'a Tables, text: &'a str, tokens: &'a [Span]) -> Self {
        Self { tables, text, tokens, state: State::default() }
    }

    fn word(&self, i: usize) -> &'a [u8] {
        self.tokens.get(i).map_or(b"", |s| s.of(self.text).as_bytes())
    }

    /// Whether white space stands between token `i` and the next.
    fn space_behind(&self, i: usize) -> bool {
        match (self.tokens.get(i), self.tokens.get(i + 1)) {
            (Some(a), Some(b)) => a.end < b.start,
            _ => true,
        }
    }

    /// Takes token `i` into account; tokens are to be told in order.
    pub(crate) fn pass(&mut self, i: usize) {
        match self.word(i) {
            b"(" | b"[" => self.state.brackets += 1,
            b")" | b"]" => self.state.brackets = self.state.brackets.saturating_sub(1),
            b"\"" => self.state.straight_open = !self.state.straight_open,
            b"\xe2\x80\x9c" | b"``" => self.state.curly_open = true,
            b"\xe2\x80\x9d" | b"''" => self.state.curly_open = false,
            _ => {}
        }
    }

    /// Whether a sentence could end with token `i`.
    pub(crate) fn is_candidate(&self, i: usize) -> bool {
        let word = self.word(i);
        if i + 1 >= self.tokens.len() {
            return false;
        }
        match word.last() {
            Some(
                b'.' | b'!' | b'?' | b':' | b';' | b'"' | b'\'' | b')' | b']' | b'>' | b'*' | b'=' | b'_',
            ) => true,
            Some(b'-') => self.space_behind(i) || word.len() > 1,
            // Greetings stand on lines of their own, which may have been joined.
            Some(b',') => {
                (1..=3).contains(&(i - self.state.start)) && self.tables.greetings.contains(self.word(i - 1))
            }
            Some(&b) if b >= 128 => self.is_mark(i),
            _ => self.space_behind(i) && self.is_bare_candidate(i),
        }
    }

    /// Dashes, closing quotation marks, ellipses and emoji.
    fn is_mark(&self, i: usize) -> bool {
        let first = self.text[self.start(i)..].chars().next();
        first.is_some_and(|c| matches!(c, '”' | '’' | '…' | '—' | '–' | '\u{1f300}'..))
    }

    /// Ends without a mark: before a word that opens sentences, before a date, an address or a line of signs, behind
    /// an address or a time of day.
    fn is_bare_candidate(&self, i: usize) -> bool {
        let (word, next) = (self.word(i), self.word(i + 1));
        let date = |w: &[u8]| w.first().is_some_and(u8::is_ascii_digit) && w.contains(&b'/');
        let clock = |w: &[u8]| w == b"AM" || w == b"PM";
        let lines = matches!(next.first(), Some(b'-' | b'*' | b'=' | b'_' | b'<' | b'['));
        let opens = next[0].is_ascii_uppercase() && self.tables.starters.contains(next);
        opens || lines || clock(word) || date(next) || is_address(word) || is_address(next)
    }

    /// Told of the sentence that ended with token `i`.
    pub(crate) fn end(&mut self, i: usize) {
        self.state.start = i + 1;
    }

    /// Whether the sentence ends with token `i`, by the weights.
    pub(crate) fn is_end(&self, weights: &Weights, i: usize) -> bool {
        if let Some(certain) = self.certain(i) {
            return certain;
        }
        let mut score = Score { weights, sum: weights.bias };
        self.features(i, &mut score);
        score.sum > 0.0
    }

    /// What is certain whatever the weights say.
    fn certain(&self, i: usize) -> Option<bool> {
        let next = self.word(i + 1);
        if matches!(next, b")" | b"]" | b"," | b";" | b"\xe2\x80\x9d" | b"''") || self.is_dateline_dash(i) {
            return Some(false);
        }
        // Running text goes on behind a semicolon and a colon, and mostly behind a dash.
        match self.word(i) {
            b";" => return Some(false),
            b":" if next[0].is_ascii_alphabetic() => return Some(false),
            b"-" | b"--" | b"\xe2\x80\x93" | b"\xe2\x80\x94" if next[0].is_ascii_alphabetic() => {
                return if self.opens_sentence(i + 1) { None } else { Some(false) };
            }
            _ => {}
        }
        let capital = is_upper(self.text, self.start(i + 1));
        match self.class(i) {
            Some(Abbreviation::Title) if capital => Some(false),
            Some(Abbreviation::Inside) => Some(false),
            Some(_) if next[0].is_ascii_lowercase() => Some(false),
            Some(
                Abbreviation::Title | Abbreviation::Number | Abbreviation::Date | Abbreviation::DateWord,
            ) => None,
            // An abbreviation that may end a sentence does so before a word that opens one: `the U.S. He left`.
            Some(_) => (self.opens_sentence(i + 1)).then_some(true),
            // A capital kept its stop because a name follows.
            None if matches!(self.word(i), [b'A'..=b'Z', b'.']) && capital => Some(false),
            // `U.S. Senate`: of capitals behind letters, only words that open sentences are trusted.
            None if self.is_initialism(i) && capital => Some(self.opens_sentence(i + 1)),
            None => None,
        }
    }

    /// Whether token `i` is a dash behind a place in capitals at the start of a paragraph: `ROME, May 3 (AP) --`.
    fn is_dateline_dash(&self, i: usize) -> bool {
        let place = self.word(0);
        let dash = matches!(self.word(i), b":" | b"-" | b"--" | b"\xe2\x80\x93" | b"\xe2\x80\x94");
        dash && self.state.start == 0
            && i <= 14
            && place.len() > 2
            && place.iter().all(u8::is_ascii_uppercase)
    }

    /// Letters that are parted by stops: `U.S.`.
    fn is_initialism(&self, i: usize) -> bool {
        let word = self.word(i);
        word.len() > 3 && word.ends_with(b".") && word[1] == b'.'
    }

    /// Whether token `i` is a word that opens sentences, with a capital of its own.
    fn opens_sentence(&self, i: usize) -> bool {
        let word = self.word(i);
        let titled = word.len() > 1 && word[0].is_ascii_uppercase() && word[1].is_ascii_lowercase();
        let article = word == b"A" && self.word(i + 2).first().is_some_and(u8::is_ascii_lowercase);
        article || (titled && self.tables.starters.contains(word))
    }

    fn start(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(self.text.len(), |s| s.start as usize)
    }

    /// The class of token `i` if it is an abbreviation with its stop.
    fn class(&self, i: usize) -> Option<Abbreviation> {
        let word = self.word(i);
        match word {
            [head @ .., b'.'] if !head.is_empty() => self.tables.abbreviation(head),
            _ => None,
        }
    }

    /// The look of a token: what it is made of and how long it is.
    fn shape(&self, i: usize) -> &'static [u8] {
        let word = self.word(i);
        let Some(&first) = word.first() else { return b"none" };
        let at = self.start(i);
        match kind(self.text, at).0 {
            Kind::Digit => match word.len() {
                1 | 2 => b"9",
                4 => b"9999",
                _ => b"99",
            },
            Kind::Letter if !is_upper(self.text, at) => b"a",
            Kind::Letter => match word {
                [_] => b"A",
                [_, b'.'] => b"A.",
                _ if word.iter().all(|b| b.is_ascii_uppercase() || *b == b'.') => b"AA",
                _ => b"Aa",
            },
            _ => match first {
                b'"' | b'\'' | b'`' => b"quote",
                b'(' | b'[' => b"open",
                b')' | b']' => b"close",
                b'.' | b'!' | b'?' => b"end",
                b'-' | b'*' | b'=' | b'_' => b"line",
                b'<' | b'>' => b"angle",
                128.. => match word {
                    b"\xe2\x80\x9c" => b"left",
                    b"\xe2\x80\x9d" => b"right",
                    b"\xe2\x80\x98" | b"\xe2\x80\x99" => b"quote",
                    _ => b"symbol",
                },
                _ => b"other",
            },
        }
    }

    /// The features of the place behind token `i`.
    pub(crate) fn features(&self, i: usize, sink: &mut impl FeatureSink) {
        let mut folded = [[0; 15]; 3];
        let [a, b, c] = &mut folded;
        let word = fold(self.word(i), a);
        let next = fold(self.word(i + 1), b);
        let before = if i > self.state.start { fold(self.word(i - 1), c) } else { b"start" };
        let (shape, shape2) = (self.shape(i + 1), self.shape(i + 2));
        let before_shape: &[u8] = match i.checked_sub(1).filter(|_| i > self.state.start) {
            None => b"start",
            Some(b) if self.class(b).is_some() => b"abbreviation",
            Some(b) => self.shape(b),
        };
        let space = if self.space_behind(i) { b"gap" as &[u8] } else { b"no" };
        let space_before = if i > 0 && self.space_behind(i - 1) { b"gap" as &[u8] } else { b"no" };
        let quoted: &[u8] = match (self.state.straight_open, self.state.curly_open) {
            (false, false) => b"no",
            (true, _) => b"straight",
            (_, true) => b"curly",
        };
        let depth: &[u8] = if self.state.brackets > 0 { b"inside" } else { b"no" };
        let kind: &[u8] = match self.class(i) {
            Some(class) => class.name().as_bytes(),
            None if word.len() == 2 && word[1] == b'.' && word[0].is_ascii_alphabetic() => b"initial",
            None if word.len() > 2 && word.ends_with(b".") && word[0].is_ascii_alphabetic() => b"initials",
            None if word.len() > 1 && word.iter().all(|b| *b == word[0]) => &word[..2],
            None if is_address(word) => b"address",
            None if word[0].is_ascii_digit() => b"figure",
            None if is_upper(self.text, self.start(i)) => b"Word",
            None if word[word.len() - 1].is_ascii_alphabetic() => b"word",
            None => word,
        };
        let length = i + 1 - self.state.start;
        let length: &[u8] = match length {
            1 => b"1",
            2 => b"2",
            3 => b"3",
            4..=6 => b"6",
            7..=40 => b"40",
            _ => b"+",
        };
        let left = self.tokens.len() - i - 1;
        let left: &[u8] = match left {
            1 => b"1",
            2 => b"2",
            3 => b"3",
            _ => b"+",
        };
        sink.feature("k", &[kind]);
        sink.feature("w", &[word]);
        sink.feature("shape", &[kind, shape]);
        sink.feature("space", &[kind, space, shape]);
        sink.feature("spaces", &[kind, space_before, space]);
        sink.feature("quoted", &[kind, quoted, shape]);
        sink.feature("quoted-space", &[kind, quoted, space_before, space]);
        sink.feature("bracket", &[kind, depth, shape]);
        sink.feature("before", &[kind, before_shape, shape]);
        sink.feature("before-word", &[kind, before]);
        sink.feature("length", &[kind, length]);
        sink.feature("length-before", &[kind, length, before_shape]);
        sink.feature("left", &[kind, left]);
        sink.feature("shapes", &[kind, shape, shape2]);
        sink.feature("next", &[kind, next]);
        sink.feature("next-shape", &[next, shape]);
    }
}

/// The first bytes of a word in lower case.
fn fold<'b>(word: &[u8], buffer: &'b mut [u8; 15]) -> &'b [u8] {
    let len = word.len().min(buffer.len());
    buffer[..len].copy_from_slice(&word[..len]);
    buffer[..len].make_ascii_lowercase();
    &buffer[..len]
}

/// A mailbox or a page.
fn is_address(word: &[u8]) -> bool {
    word.len() > 4 && (word.starts_with(b"http") || word.starts_with(b"www.") || word.contains(&b'@'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::tests::sentences;

    #[test]
    fn titles_and_initials_go_on() {
        assert_eq!(sentences("Lt. Gen. A. R. Smith met Mr. Lee. They left.").len(), 2);
        assert_eq!(sentences("Cole vs. Pratt was heard, e.g. The Hague sat.").len(), 1);
    }

    #[test]
    fn abbreviations_end_before_words_that_open_sentences() {
        assert_eq!(sentences("He left the U.S. He is back."), ["He left the U.S.", "He is back."]);
        assert_eq!(sentences("He joined the U.S. Army.").len(), 1);
        assert_eq!(sentences("They met at 5 p.m. The talks failed.").len(), 2);
        assert_eq!(sentences("They met at 5 p.m. in Rome.").len(), 1);
    }

    #[test]
    fn quotations_end_with_their_marks() {
        assert_eq!(sentences("\"We left.\" Nobody spoke."), ["\"We left.\"", "Nobody spoke."]);
        assert_eq!(sentences("“Why?” he asked. “I know.”"), ["“Why?” he asked.", "“I know.”"]);
    }

    #[test]
    fn a_dateline_opens_its_sentence() {
        assert_eq!(sentences("ROME, May 3 (AP) -- Police fired. One man died.").len(), 2);
        assert_eq!(sentences("LIMA: Miners struck.").len(), 1);
    }

    #[test]
    fn a_broken_weight_is_named() {
        let error = Weights::read("ends.tsv", "bias\t1\nk .\tx\n").unwrap_err();
        assert_eq!((error.file, error.line), ("ends.tsv", 2));
    }
}
