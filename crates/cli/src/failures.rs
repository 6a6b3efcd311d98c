//! Reports that could not be read: told on standard error, and in a file when asked for.

use crate::sink::Target;
use crate::stop::Stop;
use dateline_ingest::IngestError;
use serde::Serialize;
use std::io;

/// A report that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    /// Where it is.
    pub(crate) path: String,
    /// What went wrong and what to do next.
    pub(crate) reason: String,
    /// Kind of fault: `io`, `empty`, `binary`, `too_large`, `encoding`, `language`, `no_article`, `broken_page`, `record`,
    /// `internal`.
    pub(crate) kind: &'static str,
}

impl Failure {
    /// A report that cannot be opened or read from disk.
    pub(crate) fn io(path: String, error: &io::Error) -> Self {
        let next = match error.kind() {
            io::ErrorKind::NotFound => "check the path",
            io::ErrorKind::PermissionDenied => "check its rights",
            _ => "check the file and the disk",
        };
        Self { path, reason: format!("cannot be read ({}): {next}", plainly(error)), kind: "io" }
    }

    /// A report that is not for reading.
    pub(crate) fn ingest(path: String, error: &dateline::Error) -> Self {
        let kind = match error {
            dateline::Error::Ingest(error) => match error {
                IngestError::Empty => "empty",
                IngestError::Binary(_) => "binary",
                IngestError::TooLarge { .. } => "too_large",
                IngestError::UnknownEncoding => "encoding",
                IngestError::NotEnglish(_) => "language",
                IngestError::NoArticle(_) => "no_article",
                IngestError::BrokenPage => "broken_page",
                _ => "unreadable",
            },
            _ => "internal",
        };
        Self { path, reason: error.to_string(), kind }
    }

    /// A report longer than the limit.
    pub(crate) fn too_large(path: String, limit: usize) -> Self {
        let reason =
            format!("the input has more than {limit} bytes: split it or raise the limit with --max-bytes");
        Self { path, reason, kind: "too_large" }
    }

    /// A line that is no record.
    pub(crate) fn record(path: String, reason: String) -> Self {
        Self { path, reason, kind: "record" }
    }

    /// A fault of the program.
    pub(crate) fn internal(path: String) -> Self {
        let reason = "the program failed on this report: please file a bug with it".to_owned();
        Self { path, reason, kind: "internal" }
    }
}

/// The message of the operating system without its number.
fn plainly(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

/// How many reports were read and which were not.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    read: usize,
    failures: Vec<Failure>,
}

impl Tally {
    pub(crate) const fn read(&mut self) {
        self.read += 1;
    }

    /// Notes a failure and tells it.
    pub(crate) fn fail(&mut self, failure: Failure) {
        crate::say(format_args!("{}: {}", failure.path, failure.reason));
        self.failures.push(failure);
    }

    /// Adds what another run could and could not read.
    pub(crate) fn join(&mut self, other: Tally) {
        self.read += other.read;
        self.failures.extend(other.failures);
    }

    /// 0 when all is well, 1 when some reports failed, 2 when not one could even be opened.
    pub(crate) fn exit_code(&self) -> u8 {
        match self.failures.as_slice() {
            [] => 0,
            failures if self.read == 0 && failures.iter().all(|f| f.kind == "io") => Stop::EXIT_CODE,
            _ => 1,
        }
    }

    /// Writes the failures, a JSON object a line.
    pub(crate) fn write(&self, target: Target) -> Result<(), Stop> {
        let mut out = target.open()?;
        dateline_export::listing::write(&self.failures, &[], dateline_export::Format::Jsonl, &mut out)?;
        out.commit()
    }
}
