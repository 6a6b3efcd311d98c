//! Why tables cannot be written or read.

use std::io;
use std::path::{Path, PathBuf};

/// Why tables cannot be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk does not do what was asked.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Arrow refuses.
    #[error("a table cannot be built: {0}")]
    Arrow(#[from] arrow_schema::ArrowError),
    /// Parquet refuses.
    #[error("a Parquet file cannot be written or read: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// `SQLite` refuses.
    #[error("the SQLite file cannot be written or read: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file is not what it says it is.
    #[error("{}: is damaged: copy or write it again", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// One record is more than a table can hold.
    #[error(
        "the text of a batch has more than 2 GiB: push fewer records before finish, or leave the report out"
    )]
    TooLong,
    /// A table does not hold what a record needs.
    #[error("the table {table} is no table of this version of Dateline: {reason}")]
    Shape {
        /// The table.
        table: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}

impl Error {
    /// Whether the reader of the output went away, which is no fault.
    pub fn is_broken_pipe(&self) -> bool {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(self);
        while let Some(error) = cause {
            if error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
                return true;
            }
            cause = error.source();
        }
        false
    }

    /// An error of the disk, with the path that it is about.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Io { path: path.to_owned(), source }
    }
}
