//! What can be wrong with a table.

/// A table that cannot be read, with the place of the mistake.
///
/// ```
/// # use dateline_knowledge::{Knowledge, KnowledgeError};
/// # let folder = std::env::temp_dir().join("dateline-knowledge-error-example");
/// # std::fs::create_dir_all(&folder).unwrap();
/// std::fs::write(folder.join("roles.tsv"), "shaman\t\tPRIEST\tperson\t\n").unwrap();
/// let error = Knowledge::with_dir(&folder).unwrap_err();
/// assert!(error.to_string().contains("roles.tsv:1: "));
/// ```
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// A line does not follow the format of its table.
    #[error("{file}:{line}: {message}")]
    Line {
        /// The table's path.
        file: String,
        /// Line number, from 1.
        line: u32,
        /// What is wrong and what was expected.
        message: String,
    },
    /// A file or folder could not be read.
    #[error("{file}: {source}")]
    Io {
        /// The path.
        file: String,
        /// The system's reason.
        source: std::io::Error,
    },
}
