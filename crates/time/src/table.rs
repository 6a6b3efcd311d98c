//! The tables of `knowledge/time`: lines of tab-separated fields, `#` begins a comment.

use std::fmt;

/// A line of a table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// Name of the table.
    pub file: &'static str,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for TableError {}

/// One line.
pub(crate) struct Row<'a> {
    file: &'static str,
    line: usize,
    fields: Vec<&'a str>,
}

impl<'a> Row<'a> {
    pub(crate) fn get(&self, column: usize) -> Result<&'a str, TableError> {
        match self.fields.get(column) {
            Some(field) if !field.is_empty() => Ok(field),
            _ => Err(self.error(&format!("column {} is empty", column + 1))),
        }
    }

    pub(crate) fn number(&self, column: usize) -> Result<i32, TableError> {
        self.get(column)?.parse().map_err(|_| self.error(&format!("column {} is no number", column + 1)))
    }

    pub(crate) fn error(&self, message: &str) -> TableError {
        TableError { file: self.file, line: self.line, message: message.to_owned() }
    }
}

/// The lines of a table that are not comments.
pub(crate) fn rows<'a>(file: &'static str, text: &'a str) -> impl Iterator<Item = Row<'a>> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(move |(i, line)| Row { file, line: i + 1, fields: line.split('\t').map(str::trim).collect() })
}
