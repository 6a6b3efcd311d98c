//! What ends the whole run.

use dateline_export::ExportError;
use std::io;
use std::path::{Path, PathBuf};

/// What ends the whole run. Every message says what is wrong, where, and what to do next.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stop {
    /// Options that do not go together.
    #[error("{0}")]
    Usage(String),
    /// The tables or weights of the program.
    #[error("{0}")]
    Model(dateline::Error),
    /// Tables of the user's own; the message names file and line.
    #[error("{0}")]
    Knowledge(#[from] dateline_knowledge::KnowledgeError),
    /// A list to import that cannot be read.
    #[error("{}: cannot be read ({error}): check the path and the rights", path.display())]
    Input {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// An output that cannot be made or written.
    #[error("{}: cannot be written ({error}): check the folder, the rights and the space left", path.display())]
    Output {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A stream or form that fails while writing.
    #[error("the output cannot be written: {0}")]
    Export(#[from] ExportError),
    /// The desk.
    #[error("{0}")]
    Desk(#[from] dateline_desk::Error),
    /// Annotated reports.
    #[error("{0}")]
    Gold(#[from] dateline_gold::Error),
    /// Tables with typed columns.
    #[error("the output cannot be written: {0}")]
    Tables(#[from] dateline_tables::Error),
}

impl Stop {
    pub(crate) const EXIT_CODE: u8 = 2;

    pub(crate) fn output(path: &Path, error: io::Error) -> Self {
        Self::Output { path: path.to_owned(), error }
    }

    pub(crate) fn is_broken_pipe(&self) -> bool {
        match self {
            Self::Export(error) => error.is_broken_pipe(),
            Self::Tables(error) => error.is_broken_pipe(),
            Self::Output { error, .. } => error.kind() == io::ErrorKind::BrokenPipe,
            _ => false,
        }
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Export(error.into())
    }
}
