//! Text to tokens, after the current UD English treebanks: hyphens and clitics apart, figures and addresses whole.

use super::chars::{Kind, apostrophe, is_upper, is_word, kind, run_end};
use super::tables::Tables;
use super::word::{Word, is_clitic};
use dateline_core::Span;

/// Appends the tokens of `span`; all that is not white space is covered.
pub(crate) fn tokenize(tables: &Tables, text: &str, span: Span, out: &mut Vec<Span>) {
    let limit = span.end as usize;
    let mut at = span.start as usize;
    let mut after_capital = false;
    while at < limit {
        let (first, len) = kind(text, at);
        if first == Kind::Space {
            at += len.max(1);
            continue;
        }
        let start = at;
        let mut plain = true;
        while at < limit {
            match kind(text, at) {
                (Kind::Space, _) => break,
                (Kind::Other, len) => {
                    plain = false;
                    at += len;
                }
                (_, len) => at += len,
            }
        }
        let end = at.min(limit);
        if plain && first == Kind::Letter {
            push_word(tables, text, start, end, out);
        } else {
            Chunk { tables, text, start, end, limit, after_capital }.tokens(out);
        }
        after_capital = is_upper(text, start);
    }
}

/// Appends a word, or the two that are written as one (`cannot`).
#[inline]
fn push_word(tables: &Tables, text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let mut from = start;
    if (2..=9).contains(&(end - start))
        && let Some((_, first)) = tables.fused.find(&text.as_bytes()[start..end])
    {
        from = start + first;
        out.push(Span::new(start as u32, from as u32));
    }
    out.push(Span::new(from as u32, end as u32));
}

/// What stands between two white spaces.
struct Chunk<'a> {
    tables: &'a Tables,
    text: &'a str,
    start: usize,
    end: usize,
    limit: usize,
    after_capital: bool,
}

impl Chunk<'_> {
    fn tokens(&self, out: &mut Vec<Span>) {
        let bytes = &self.text.as_bytes()[self.start..self.end];
        let has_address = memchr::memchr(b'@', bytes).is_some()
            || memchr::memmem::find(bytes, b"://").is_some()
            || memchr::memmem::find(bytes, b"www.").is_some();
        let mut at = self.start;
        while at < self.end {
            let next = if has_address { self.address_end(at) } else { None };
            let next = next.unwrap_or_else(|| self.token_end(at)).clamp(at + 1, self.end);
            if kind(self.text, at).0 == Kind::Letter {
                push_word(self.tables, self.text, at, next, out);
            } else {
                out.push(Span::new(at as u32, next as u32));
            }
            at = next;
        }
    }

    fn token_end(&self, at: usize) -> usize {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let (kind, len) = kind(text, at);
        if matches!(kind, Kind::Letter | Kind::Digit) {
            if at > self.start && is_word(text, at - 1) && is_negation(bytes, at, self.end) {
                return at + 1 + apostrophe(bytes, at + 1) + 1;
            }
            let after_capital = self.after_capital && at == self.start;
            let (tables, end, limit) = (self.tables, self.end, self.limit);
            return Word { tables, text, start: at, end, limit, after_capital }.end();
        }
        if let Some(end) = self.face_end(at) {
            return end;
        }
        match bytes[at] {
            b'.' | b'!' | b'?' => self.number_end(at).unwrap_or_else(|| self.run(at, b".!?")),
            b'\'' | b'`' | 0xE2 | 0xCA if apostrophe(bytes, at) > 0 => self.apostrophe_end(at),
            b @ (b'-' | b'*' | b'=' | b'~' | b'_' | b'#' | b'<' | b'>' | b'+' | b'|' | b'^' | b'$' | b'/'
            | b'\\') => {
                let end = self.run(at, &[b]);
                let sign = end == at + 1 && self.opens(at) && end < self.end;
                let tagged = (b == b'#' && kind_is(text, end, Kind::Letter))
                    || (b == b'+' && kind_is(text, end, Kind::Digit));
                if sign && tagged { run_end(text, end, self.end) } else { end }
            }
            b'@' if self.opens(at) && is_word(text, at + 1) => self.handle_end(at + 1),
            b if b < 128 => at + 1,
            _ => self.symbol_end(at, len),
        }
    }

    /// Whether nothing but opening marks can stand before `at`.
    fn opens(&self, at: usize) -> bool {
        at == self.start || matches!(self.text.as_bytes()[at - 1], b'(' | b'[' | b'"' | b'\'')
    }

    fn run(&self, at: usize, set: &[u8]) -> usize {
        let bytes = &self.text.as_bytes()[at..self.end];
        at + bytes.iter().position(|b| !set.contains(b)).unwrap_or(bytes.len())
    }

    /// A figure without its nought: `.04`.
    fn number_end(&self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let opens = self.opens(at) || bytes[at - 1] == b'$';
        let figure = bytes[at] == b'.' && opens && kind_is(self.text, at + 1, Kind::Digit);
        figure.then(|| run_end(self.text, at + 1, self.end))
    }

    fn apostrophe_end(&self, at: usize) -> usize {
        let (text, bytes) = (self.text, self.text.as_bytes());
        let len = apostrophe(bytes, at);
        let open = at + len;
        let next = run_end(text, open, self.end);
        let tail = &bytes[open..next];
        let again = apostrophe(bytes, open);
        if again > 0 && len == 1 && bytes[at] == bytes[open] {
            return open + again;
        }
        if tail.is_empty() {
            return open;
        }
        let after_word = at > self.start && ends_word(text, at);
        let glued = next < self.end && bytes[next] != b'.' && is_word(text, next);
        if is_clitic(tail) && !glued && (after_word || (at == self.start && next == self.end)) {
            return next;
        }
        let decade = tail.len() >= 2 && tail[..2].iter().all(u8::is_ascii_digit) && tail.len() <= 3;
        let elided = tail.len() <= 5 && self.tables.elisions.contains(tail);
        if !after_word && (decade || elided) && apostrophe(bytes, next) == 0 {
            return next;
        }
        open
    }

    /// A face such as `:-)` that ends the chunk.
    fn face_end(&self, at: usize) -> Option<usize> {
        let rest = &self.text.as_bytes()[at..self.end];
        ((2..=4).contains(&rest.len()) && self.tables.emoticons.contains(rest)).then_some(self.end)
    }

    /// `@name`.
    fn handle_end(&self, at: usize) -> usize {
        let mut end = run_end(self.text, at, self.end);
        while end < self.end && self.text.as_bytes()[end] == b'_' {
            end = run_end(self.text, end + 1, self.end);
        }
        end
    }

    /// A symbol with what modifies it: variation selectors, skin colours, further symbols behind a joiner.
    fn symbol_end(&self, at: usize, len: usize) -> usize {
        let mut end = at + len;
        let mut joined = false;
        for c in self.text[end..self.end].chars() {
            let modifies =
                matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{200d}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}');
            if !modifies && !joined {
                break;
            }
            joined = c == '\u{200d}';
            end += c.len_utf8();
        }
        end
    }

    /// The end of an address of a page or of a mailbox that starts at `at`.
    fn address_end(&self, at: usize) -> Option<usize> {
        /// A scheme or the name of a mailbox is no longer.
        const NAME: usize = 64;
        let bytes = &self.text.as_bytes()[at..self.end];
        if !bytes[0].is_ascii_alphanumeric() {
            return None;
        }
        let name = bytes.iter().take(NAME).position(|b| !b.is_ascii_alphanumeric() && !b"._%+-".contains(b));
        let rest = &bytes[name.unwrap_or(bytes.len())..];
        let page = rest.starts_with(b"://")
            || bytes.starts_with(b"www.")
            || (bytes.starts_with(b"mailto:") && bytes.len() > b"mailto:".len());
        if page {
            return Some(at + trimmed(bytes, b"<>\"{}|\\^"));
        }
        let name = name?;
        if rest[0] != b'@' || !rest.get(1).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let host = rest.iter().skip(1).position(|b| !b.is_ascii_alphanumeric() && !b".-_".contains(b));
        let end = name + 1 + host.unwrap_or(rest.len() - 1);
        Some(at + trimmed(&bytes[..end], b""))
    }
}

/// The length of an address up to the first of `stops`, without the punctuation behind it.
fn trimmed(bytes: &[u8], stops: &[u8]) -> usize {
    let mut end = bytes.iter().position(|b| stops.contains(b)).unwrap_or(bytes.len());
    let bracket = bytes[..end].contains(&b'(');
    while end > 1 {
        let closing = match bytes[end - 1] {
            b')' => !bracket,
            b => b".,;:!?'*]".contains(&b),
        };
        let curly = bytes[..end].ends_with("’".as_bytes()) || bytes[..end].ends_with("”".as_bytes());
        end -= match (closing, curly) {
            (true, _) => 1,
            (_, true) => 3,
            _ => break,
        };
    }
    end
}

fn kind_is(text: &str, at: usize, wanted: Kind) -> bool {
    kind(text, at).0 == wanted
}

/// Whether a letter or digit stands right before `at`.
fn ends_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.' || c == ')' || c == '"')
}

/// `n't`, with nothing of the word behind it.
fn is_negation(bytes: &[u8], at: usize, end: usize) -> bool {
    let len = apostrophe(bytes, at + 1);
    let t = at + 1 + len;
    bytes[at].eq_ignore_ascii_case(&b'n')
        && len > 0
        && t < end
        && bytes[t].eq_ignore_ascii_case(&b't')
        && !bytes.get(t + 1).is_some_and(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> String {
        let mut out = Vec::new();
        tokenize(&Tables::embedded().unwrap(), text, Span::new(0, text.len() as u32), &mut out);
        out.iter().map(|s| s.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn clitics_are_words() {
        assert_eq!(tokens("don't can’t won't"), "do n't ca n’t wo n't");
        assert_eq!(tokens("Egypt's ministers' it's I'd"), "Egypt 's ministers ' it 's I 'd");
        assert_eq!(tokens("cannot Cannot"), "can not Can not");
        assert_eq!(tokens("O'Neill, Qa'ida o'clock"), "O'Neill , Qa'ida o'clock");
        assert_eq!(tokens("the 1990's, the '90s, 'em"), "the 1990's , the '90s , 'em");
        assert_eq!(tokens("U.S.'s U.N.'s"), "U.S. 's U.N. 's");
    }

    #[test]
    fn hyphens_part_words_but_not_prefixes() {
        assert_eq!(
            tokens("well-known mid-August re-elected al-Qaeda"),
            "well - known mid-August re-elected al - Qaeda"
        );
        assert_eq!(tokens("a 15-year-old"), "a 15 - year - old");
        assert_eq!(tokens("555-1234 2010-2012 2012-11-20"), "555-1234 2010 - 2012 2012-11-20");
    }

    #[test]
    fn figures_stay_whole() {
        assert_eq!(
            tokens("1,000.50 $5 10% 5:30 9/11 1/2 11/20/2012"),
            "1,000.50 $ 5 10 % 5:30 9/11 1 / 2 11/20/2012"
        );
        assert_eq!(tokens("10am US$4.5bn €20m 20th"), "10 am US$ 4.5 bn € 20 m 20th");
    }

    #[test]
    fn stops_belong_to_abbreviations() {
        assert_eq!(tokens("Lt. Gen. A.R. Smith of the U.S. said."), "Lt. Gen. A.R. Smith of the U.S. said .");
        assert_eq!(tokens("Nov. 21 at 5 p.m. in No. 10. No."), "Nov. 21 at 5 p.m. in No. 10 . No .");
        assert_eq!(tokens("It was Plan B. The end. And I."), "It was Plan B . The end . And I .");
        assert_eq!(tokens("George W. Bush. He ate. The sun."), "George W. Bush . He ate . The sun .");
        assert_eq!(tokens("Wait... what?! Yes.\""), "Wait ... what ?! Yes . \"");
    }

    #[test]
    fn addresses_stay_whole() {
        assert_eq!(tokens("(see http://a.example/b?c=d,e)."), "( see http://a.example/b?c=d,e ) .");
        assert_eq!(
            tokens("Mail a.b@c.example, or @user on example.com."),
            "Mail a.b@c.example , or @user on example.com ."
        );
        assert_eq!(tokens("AT&T and/or #Gaza"), "AT&T and / or #Gaza");
    }

    #[test]
    fn quotation_marks_stand_alone() {
        assert_eq!(tokens("\"He said 'no',\" ``and'' “so”…"), "\" He said ' no ' , \" `` and '' “ so ” …");
    }

    #[test]
    fn odd_characters_are_covered() {
        assert_eq!(tokens("a\0b 👍🏽! 👩‍👩‍👧 Zu\u{308}rich"), "a \0 b 👍🏽 ! 👩‍👩‍👧 Zu\u{308}rich");
    }
}
