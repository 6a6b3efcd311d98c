//! A report as its archive hands it out, and what stands where a report should be.

use dateline_ingest::{DateOrigin, Document, Format, IngestError, Options};
use jiff::civil::Date;
use serde::Serialize;
use std::io;

/// What the places in an archive are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Bytes from the start of the file as it lies on disk.
    Byte,
    /// Lines, from 1.
    Line,
    /// Rows of a table, from 1, without its header.
    Row,
    /// Entries of a feed or stories of a list, from 1.
    Entry,
}

/// Where a report stands: a file, or a place in an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, the address, or `-`.
    pub path: String,
    /// What `position` counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Where in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
}

impl Place {
    /// All of a file.
    pub fn file(path: impl Into<String>) -> Self {
        Self { path: path.into(), unit: None, position: None }
    }

    /// A place in a file.
    #[must_use]
    pub fn at(&self, unit: Unit, position: u64) -> Self {
        Self { path: self.path.clone(), unit: Some(unit), position: Some(position) }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        match (self.unit, self.position) {
            (Some(Unit::Byte), Some(at)) => write!(f, " (at byte {at})"),
            (Some(Unit::Line), Some(at)) => write!(f, " (line {at})"),
            (Some(Unit::Row), Some(at)) => write!(f, " (row {at})"),
            (Some(Unit::Entry), Some(at)) => write!(f, " (entry {at})"),
            _ => Ok(()),
        }
    }
}

/// What the archive knows of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// The day it was fetched from the web.
    pub fetched: Option<Date>,
    /// The character set that the server told.
    pub charset: Option<String>,
}

/// One report.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Where it stands.
    pub place: Place,
    /// Its identifier, unique in the walk.
    pub id: String,
    /// What the archive knows of it.
    pub known: Known,
    /// Text or page.
    pub bytes: Vec<u8>,
    /// What the bytes are, as far as the archive tells.
    pub format: Format,
    /// What is to be said of it.
    pub warnings: Vec<String>,
}

impl Entry {
    /// The document in it. What is `told` of it wins over what the archive knows, and that over what the text says.
    ///
    /// # Errors
    /// Why it gives none.
    pub fn document(self, told: &Options) -> Result<Document, IngestError> {
        let Self { place, id, known, bytes, format, warnings } = self;
        let options = Options {
            id,
            path: Some(place.path).filter(|path| !path.is_empty()),
            url: told.url.clone().or(known.url),
            publisher: told.publisher.clone().or(known.publisher),
            title: told.title.clone().or(known.title),
            author: known.author,
            date: told.date.or(known.published),
            date_from: if told.date.is_some() { DateOrigin::Given } else { DateOrigin::Archive },
            fetched: known.fetched,
            charset: known.charset,
            format,
            ..told.clone()
        };
        let mut document = dateline_ingest::read(&bytes, &options)?;
        document.warnings.extend(warnings);
        if document.meta.published.is_none() {
            document
                .warnings
                .push("no day of publication found: give its date (--date, in Python date=)".to_owned());
        }
        Ok(document)
    }
}

/// Why there is no report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It cannot be opened or read.
    Io,
    /// It is longer than the limit.
    TooLarge,
    /// It ends before its end.
    Truncated,
    /// It does not follow its format.
    Malformed,
    /// A row without text.
    NoText,
    /// The server answered with something else than the page.
    Status,
    /// It could not be fetched.
    Fetch,
    /// The program failed.
    Internal,
}

impl FaultKind {
    /// The name that is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Io => "io",
            Self::TooLarge => "too_large",
            Self::Truncated => "truncated",
            Self::Malformed => "malformed",
            Self::NoText => "no_text",
            Self::Status => "status",
            Self::Fetch => "fetch",
            Self::Internal => "internal",
        }
    }

    /// Whether this is a document that is not for reading, rather than damaged.
    pub const fn is_skip(self) -> bool {
        matches!(self, Self::NoText | Self::Status)
    }
}

/// What stands where a report should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What kind of fault.
    pub kind: FaultKind,
    /// What is wrong and what to do next.
    pub reason: String,
    /// The address, where it is known.
    pub url: Option<String>,
}

impl Fault {
    /// A fault.
    pub fn new(place: Place, kind: FaultKind, reason: impl Into<String>) -> Self {
        Self { place, kind, reason: reason.into(), url: None }
    }

    /// Something that cannot be opened or read from disk.
    pub fn io(place: Place, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            let reason = "ends in the middle: fetch or copy it again";
            return Self::new(place, FaultKind::Truncated, reason);
        }
        if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput) {
            let reason = format!("is damaged ({}): fetch or copy it again", plainly(error));
            return Self::new(place, FaultKind::Malformed, reason);
        }
        let next = match error.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "check its rights",
            _ => "check the file and the disk",
        };
        Self::new(place, FaultKind::Io, format!("cannot be read ({}): {next}", plainly(error)))
    }

    /// Something longer than the limit.
    pub fn too_large(place: Place, limit: usize) -> Self {
        let reason =
            format!("the input has more than {limit} bytes: split it or raise the limit with --max-bytes");
        Self::new(place, FaultKind::TooLarge, reason)
    }
}

/// The message of the operating system without its number.
fn plainly(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// A file that was read to its end, or as far as it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEnd {
    /// Which of the things given it belongs to, from 0.
    pub given: usize,
    /// The file.
    pub path: String,
    /// How many bytes were read of it.
    pub bytes: u64,
    /// SHA-256 of these bytes.
    pub sha256: [u8; 32],
}
