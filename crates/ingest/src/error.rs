//! Why something cannot be read as a report.

use thiserror::Error;

/// Why bytes gave no report. Every message says what is wrong and what to do next.
///
/// [`IngestError::is_skip`] tells the documents that are simply no English report from those that failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IngestError {
    /// There is nothing in it, or nothing but white space and boilerplate.
    #[error("the input is empty: give a file or page with text in it")]
    Empty,
    /// It is not text at all; the word names what it looks like.
    #[error("the input is {0}, not text: convert it to plain text or HTML first")]
    Binary(&'static str),
    /// It is longer than the limit, in bytes.
    #[error("the input has {size} bytes, more than the limit of {limit}: split it or raise the limit")]
    TooLarge {
        /// Bytes given.
        size: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// No character encoding makes text of it.
    #[error("the character encoding cannot be told: save the input as UTF-8")]
    UnknownEncoding,
    /// It is in another language; the word is that language's name in English.
    #[error("the text is in {0}: only English is read")]
    NotEnglish(&'static str),
    /// The page holds no article; the word says what it looks like.
    #[error("the page holds no article ({0}): give the page of one report")]
    NoArticle(&'static str),
    /// The page is nested too deeply or is too large a tree to be laid out.
    #[error("the page cannot be laid out as HTML: give its text instead")]
    BrokenPage,
}

impl IngestError {
    /// What kind of fault it is, in one word, for lists of faults.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary(_) => "binary",
            Self::TooLarge { .. } => "too_large",
            Self::UnknownEncoding => "encoding",
            Self::NotEnglish(_) => "language",
            Self::NoArticle(_) => "no_article",
            Self::BrokenPage => "broken_page",
        }
    }

    /// Whether the input was understood and is not for reading (no article, another language), rather than
    /// damaged.
    pub fn is_skip(&self) -> bool {
        matches!(self, Self::NoArticle(_) | Self::NotEnglish(_) | Self::Empty)
    }
}
