//! Tab-separated lines: the one format of every table.

use std::borrow::Cow;
use std::str::FromStr;

use dateline_core::Country;

use crate::error::KnowledgeError;
use crate::period::Period;

/// Text of a cell: borrowed from the embedded tables, owned when it comes from a user's folder.
pub type Text = Cow<'static, str>;

/// Texts separated by `;` in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(Text);

impl List {
    /// The items, trimmed, without empty ones.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split(';').map(str::trim).filter(|item| !item.is_empty())
    }

    /// Whether an item is exactly `word`.
    pub fn contains(&self, word: &str) -> bool {
        self.iter().any(|item| item == word)
    }

    /// The cell as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One row of a table: cells that are asked for by position, with errors that name the line.
pub(crate) struct Line<'a> {
    file: &'a str,
    number: u32,
    cells: Vec<Text>,
}

impl Line<'_> {
    /// The cell, trimmed; empty when the line is shorter.
    pub(crate) fn text(&self, column: usize) -> Text {
        self.cells.get(column).cloned().unwrap_or_default()
    }

    /// The cell, which must not be empty.
    pub(crate) fn required(&self, column: usize, name: &str) -> Result<Text, KnowledgeError> {
        let text = self.text(column);
        if text.is_empty() {
            Err(self.error(format!("column {} ({name}) is empty", column + 1)))
        } else {
            Ok(text)
        }
    }

    /// The cell as a list.
    pub(crate) fn list(&self, column: usize) -> List {
        List(self.text(column))
    }

    /// The cell as a value of a closed set of names.
    pub(crate) fn name<T: FromStr<Err: ToString>>(&self, column: usize) -> Result<T, KnowledgeError> {
        self.text(column).parse().map_err(|error: T::Err| self.error(error.to_string()))
    }

    /// The cell as a country's code; `None` when empty.
    pub(crate) fn country(&self, column: usize) -> Result<Option<Country>, KnowledgeError> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        Country::new(&text).map(Some).ok_or_else(|| self.error(format!("`{text}` is no country code")))
    }

    /// Two cells as first and last day.
    pub(crate) fn period(&self, from: usize, to: usize) -> Result<Period, KnowledgeError> {
        Period::parse(&self.text(from), &self.text(to)).map_err(|message| self.error(message))
    }

    /// An error at this line.
    pub(crate) fn error(&self, message: String) -> KnowledgeError {
        KnowledgeError::Line { file: self.file.to_owned(), line: self.number, message }
    }
}

/// Calls `row` on every line of `text` that is neither blank nor a comment.
///
/// # Errors
/// Those of `row`, and a line with more than `columns` cells.
pub(crate) fn read(
    file: &str,
    text: &Text,
    columns: usize,
    mut row: impl FnMut(&Line<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    let mut line = Line { file, number: 0, cells: Vec::with_capacity(columns) };
    each(text, '\n', |raw| {
        line.number += 1;
        if raw.trim().is_empty() || raw.starts_with('#') {
            return Ok(());
        }
        line.cells.clear();
        each(&raw, '\t', |cell| {
            line.cells.push(trim(cell));
            Ok(())
        })?;
        if line.cells.len() > columns && line.cells[columns..].iter().any(|cell| !cell.is_empty()) {
            return Err(line.error(format!("{} columns where the table has {columns}", line.cells.len())));
        }
        row(&line)
    })
}

/// Splits without copying what is borrowed for good.
fn each(
    text: &Text,
    separator: char,
    mut part: impl FnMut(Text) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    match text {
        Cow::Borrowed(text) => text.split(separator).try_for_each(|piece| part(Cow::Borrowed(piece))),
        Cow::Owned(text) => text.split(separator).try_for_each(|piece| part(Cow::Owned(piece.to_owned()))),
    }
}

fn trim(cell: Text) -> Text {
    match cell {
        Cow::Borrowed(cell) => Cow::Borrowed(cell.trim()),
        Cow::Owned(cell) => Cow::Owned(cell.trim().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn comments_and_blank_lines_are_counted_but_not_read() {
        let mut seen = Vec::new();
        let text = Text::from("# head\n\na\t b ; c\n");
        read("t", &text, 2, |line| {
            seen.push((line.number, line.text(0).into_owned(), line.list(1).iter().count()));
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, [(3, "a".to_owned(), 2)]);
    }

    #[test]
    fn too_many_cells_name_file_and_line() {
        let error = read("x.tsv", &Text::from("a\nb\tc\n"), 1, |_| Ok(())).unwrap_err();
        assert_eq!(error.to_string(), "x.tsv:2: 2 columns where the table has 1");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<Vec<u8>>()) {
            let text = Text::from(String::from_utf8_lossy(&text).into_owned());
            let _ = read("t", &text, 3, |line| {
                line.required(0, "name")?;
                line.country(1)?;
                line.period(1, 2)?;
                Ok(())
            });
        }
    }
}
