//! Words on lines: width as a terminal counts it, styles kept apart from the words.

use std::borrow::Cow;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// How words look on a terminal that has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Style {
    #[default]
    Plain,
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Cyan,
    /// The words that express an event; in `«»` where there are no colours.
    Trigger,
}

impl Style {
    const fn code(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
            Style::Red => "\x1b[31m",
            Style::Green => "\x1b[32m",
            Style::Yellow => "\x1b[33m",
            Style::Cyan => "\x1b[36m",
            Style::Trigger => "\x1b[1;4m",
        }
    }
}

/// The columns that `text` takes on a terminal.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` without what would steer a terminal: control characters and those that turn the direction of writing.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.contains(steers) {
        Cow::Owned(text.chars().map(|c| if steers(c) { ' ' } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// A paragraph in the making: styled words.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    /// The words; each is a row of pieces of one style.
    words: Vec<Vec<(Style, String)>>,
    /// Whether the next piece begins a new word.
    apart: bool,
}

impl Paragraph {
    /// Appends `text`; white space in it parts words.
    pub(crate) fn push(&mut self, style: Style, text: &str) -> &mut Self {
        let text = clean(text);
        let mut rest: &str = &text;
        while !rest.is_empty() {
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if word > 0 {
                if self.apart || self.words.is_empty() {
                    self.words.push(Vec::new());
                }
                self.apart = false;
                if let Some(last) = self.words.last_mut() {
                    last.push((style, rest[..word].to_owned()));
                }
            }
            rest = &rest[word..];
            let space = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
            self.apart |= space > 0;
            rest = &rest[space..];
        }
        self
    }

    /// Writes the lines, none wider than `columns` unless a word is; the first after `first`, the others after `indent`
    /// spaces.
    pub(crate) fn write(
        &self,
        out: &mut impl Write,
        columns: usize,
        first: &str,
        indent: usize,
        color: bool,
    ) -> io::Result<()> {
        write!(out, "{first}")?;
        let mut at = width(first);
        let mut begun = false;
        for word in &self.words {
            let wide: usize = word.iter().map(|(_, piece)| width(piece)).sum();
            if begun && at + 1 + wide > columns {
                write!(out, "\n{:indent$}", "")?;
                at = indent;
                begun = false;
            }
            if begun {
                write!(out, " ")?;
                at += 1;
            }
            for (style, piece) in word {
                match style.code() {
                    code if color && !code.is_empty() => write!(out, "{code}{piece}\x1b[0m")?,
                    _ => write!(out, "{piece}")?,
                }
            }
            at += wide;
            begun = true;
        }
        writeln!(out)
    }
}

#[cfg(test)]
mod tests {
    use super::{Paragraph, Style, clean};

    fn lines(paragraph: &Paragraph, columns: usize, color: bool) -> String {
        let mut out = Vec::new();
        paragraph.write(&mut out, columns, "> ", 2, color).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_break_between_words_and_styles_do_not_part_them() {
        let mut p = Paragraph::default();
        p.push(Style::Plain, "the envoy ").push(Style::Trigger, "met").push(Style::Plain, ", then left");
        assert_eq!(lines(&p, 16, false), "> the envoy met,\n  then left\n");
        assert_eq!(lines(&p, 80, true), "> the envoy \x1b[1;4mmet\x1b[0m, then left\n");
    }

    #[test]
    fn a_wide_script_counts_twice() {
        let mut p = Paragraph::default();
        p.push(Style::Plain, "北京 北京");
        assert_eq!(lines(&p, 9, false), "> 北京\n  北京\n");
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(clean("a\x1b[31mb\u{202e}c"), "a [31mb c");
    }
}
