//! What can go wrong: only the tables and the gazetteer in the program itself.

/// The gazetteer or a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Error(String);

impl Error {
    pub(crate) fn gazetteer(why: &str) -> Self {
        Self(format!("the gazetteer cannot be read: {why}"))
    }

    pub(crate) fn table(file: &str, line: usize, why: &str) -> Self {
        Self(format!("knowledge/places/{file}, line {line}: {why}"))
    }
}
