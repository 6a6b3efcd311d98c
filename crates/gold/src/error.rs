//! What is wrong with a set of annotated reports.

use std::path::PathBuf;

/// What is wrong with a set of annotated reports.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that cannot be read.
    #[error("{}: cannot be read ({error}): check the path and the rights", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A line of the texts that is no text.
    #[error("{}:{line}: is no text ({error}): a line is an object with id, text, and date or title where they are known", path.display())]
    Text {
        /// Where.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// Why.
        error: serde_json::Error,
    },
    /// A file that is no annotation.
    #[error("{}: is no annotation ({error}): see docs/desk.md for the format", path.display())]
    Annotation {
        /// Where.
        path: PathBuf,
        /// Why.
        error: serde_json::Error,
    },
    /// Words of an annotation that the text does not have.
    #[error("{}: {what} is not in the text of {id}: give the texts that were annotated", path.display())]
    Quote {
        /// Where.
        path: PathBuf,
        /// Identifier of the report.
        id: String,
        /// The words.
        what: String,
    },
}
