//! A light scan of plain text into words, with what stands between them.

use crate::lexicon::{Lexicon, Traits};

/// What stands between a word and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// One blank, or a hyphen.
    Join,
    /// A point and a blank.
    Point,
    /// A comma and a blank.
    Comma,
    /// A dash between blanks.
    Dash,
    /// `'s`, with what follows it.
    Possessive,
    /// Anything else: words on its two sides belong to no common name.
    Break,
}

/// A word of the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) gap: Gap,
    /// Begins with a capital.
    pub(crate) capital: bool,
    /// Has several letters and no small one.
    pub(crate) shouted: bool,
    /// Opens a sentence, a quotation or a line.
    pub(crate) opens: bool,
    /// What the tables say of it.
    pub(crate) traits: Traits,
}

impl Word {
    /// Whether any of `traits` is said of it.
    pub(crate) fn is(&self, traits: Traits) -> bool {
        self.traits & traits != 0
    }

    pub(crate) fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Appends the words of `text` to `words`; `key` is scratch space.
pub(crate) fn scan(text: &str, lexicon: &Lexicon, words: &mut Vec<Word>, key: &mut String) {
    let mut opens = true;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if !c.is_alphanumeric() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let (mut upper, mut lower) = (u32::from(c.is_uppercase()), u32::from(c.is_lowercase()));
        while let Some(&(at, d)) = chars.peek() {
            let inside = d.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&d) || {
                let mut behind = text[at + d.len_utf8()..].chars();
                match behind.next() {
                    // W.Va, U.S; not the end of a sentence without its blank
                    Some(next) if d == '.' => next.is_uppercase() && upper > 0 && end - start <= 4,
                    // O'Brien, d'Alene; not Ohio's
                    Some(next) if is_apostrophe(d) => {
                        let owns = matches!(next, 's' | 'S');
                        next.is_alphabetic() && (!owns || behind.next().is_some_and(char::is_alphanumeric))
                    }
                    _ => false,
                }
            };
            if !inside {
                break;
            }
            upper += u32::from(d.is_uppercase());
            lower += u32::from(d.is_lowercase());
            end = at + d.len_utf8();
            chars.next();
        }
        let (gap, next_opens) = gap_at(text, start, end);
        let capital = c.is_uppercase();
        let plain = &text[start..end];
        let traits = if plain.len() > 20 {
            0
        } else if !capital && plain.is_ascii() {
            // small words are cues only: no folding
            lexicon.traits(plain)
        } else {
            key.clear();
            crate::fold::fold_into(plain, key);
            lexicon.traits(key)
        };
        let word = Word {
            start: start as u32,
            end: end as u32,
            gap,
            capital,
            shouted: upper > 1 && lower == 0,
            opens,
            traits,
        };
        words.push(word);
        opens = next_opens;
        if gap == Gap::Possessive {
            chars.next();
            chars.next();
        }
    }
}

/// The gap behind the word `start..end`, and whether the next word opens a sentence.
fn gap_at(text: &str, start: usize, end: usize) -> (Gap, bool) {
    let rest = &text[end..];
    let mut chars = rest.chars();
    let blank = |c: Option<char>| matches!(c, Some(' ' | '\u{a0}'));
    match chars.next() {
        Some(' ' | '\u{a0}') => match chars.next() {
            Some(c) if c.is_alphanumeric() => (Gap::Join, false),
            Some('—' | '–' | '-') => (Gap::Dash, true),
            Some('"' | '“' | '‘' | '\'' | '\n') => (Gap::Break, true),
            _ => (Gap::Break, false),
        },
        Some('-' | '‑') if chars.next().is_some_and(char::is_alphanumeric) => (Gap::Join, false),
        Some('.') if blank(chars.next()) => {
            // a short word's point rather abbreviates: `St. Louis`, `Gov. X`, `J. Smith`
            let short = end - start <= 4 || text[start..end].contains('.');
            (Gap::Point, !short)
        }
        Some('.') => (Gap::Break, rest[1..].starts_with(['\n', '"', '”', '’', '\'', ')'])),
        Some(',') if blank(chars.next()) => (Gap::Comma, false),
        Some('?' | '!' | ':' | '\n' | '\r') => (Gap::Break, true),
        Some(c) if is_apostrophe(c) && matches!(chars.next(), Some('s' | 'S')) => {
            if chars.next().is_some_and(char::is_alphanumeric) {
                (Gap::Break, false)
            } else {
                (Gap::Possessive, false)
            }
        }
        _ => (Gap::Break, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, Gap)> {
        let mut out = Vec::new();
        scan(text, Lexicon::embedded().unwrap(), &mut out, &mut String::new());
        out.iter().map(|w| (w.of(text), w.gap)).collect()
    }

    #[test]
    fn words_and_gaps() {
        use Gap::{Break, Comma, Join, Point, Possessive};
        assert_eq!(
            words("St. Louis, Mo., and Ohio's O'Fallon, U.S. troops."),
            [
                ("St", Point),
                ("Louis", Comma),
                ("Mo", Break),
                ("and", Join),
                ("Ohio", Possessive),
                ("O'Fallon", Comma),
                ("U.S", Point),
                ("troops", Break),
            ]
        );
        assert_eq!(words("Port-au-Prince"), [("Port", Join), ("au", Join), ("Prince", Break)]);
    }
}
