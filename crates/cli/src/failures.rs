//! Reports that could not be read: told on standard error, and in a file when asked for.

use crate::sink::{Sink, Target};
use crate::stop::Stop;
use dateline_archive::{Fault, Place};
use serde::Serialize;
use std::path::Path;

/// A report that was not read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    /// Where it is.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// Its identifier, where it got one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    /// Where it was published, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    /// Whether it is not for reading (`skipped`) or damaged (`failed`).
    pub(crate) state: State,
    /// Kind of fault: `io`, `empty`, `binary`, `too_large`, `encoding`, `language`, `no_article`, `broken_page`,
    /// `truncated`, `malformed`, `record`, `no_text`, `status`, `fetch`, `date`, `internal`.
    pub(crate) kind: &'static str,
    /// What went wrong and what to do next.
    pub(crate) reason: String,
}

/// What became of a document that was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum State {
    Skipped,
    Failed,
}

impl State {
    const fn of(is_skip: bool) -> Self {
        if is_skip { Self::Skipped } else { Self::Failed }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        let state = State::of(fault.kind.is_skip());
        let Fault { place, kind, reason, url } = fault;
        Self { place, id: None, url, state, kind: kind.as_str(), reason }
    }
}

impl Failure {
    /// A report that is not for reading.
    pub(crate) fn ingest(place: Place, error: &dateline::Error) -> Self {
        let (kind, is_skip) = match error {
            dateline::Error::Ingest(error) => (error.kind(), error.is_skip()),
            _ => ("internal", false),
        };
        Self { place, id: None, url: None, state: State::of(is_skip), kind, reason: error.to_string() }
    }

    /// A line that is no record.
    pub(crate) fn record(path: String, reason: String) -> Self {
        let place = Place { path, ..Place::default() };
        Self { place, id: None, url: None, state: State::Failed, kind: "record", reason }
    }

    /// A fault of the program.
    pub(crate) fn internal(place: Place) -> Self {
        let reason = "the program failed on this report: please file a bug with it".to_owned();
        Self { place, id: None, url: None, state: State::Failed, kind: "internal", reason }
    }
}

/// How many reports were read and how many were not. Failures are not kept, for there may be more than memory holds.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    read: usize,
    failed: usize,
    /// Those of them that could not even be opened.
    unopened: usize,
    /// Where failures are written, a JSON object a line.
    out: Option<Sink>,
    /// What went wrong there.
    error: Option<Stop>,
}

impl Tally {
    /// A tally that also writes every failure to a file.
    pub(crate) fn to(path: Option<&Path>) -> Result<Self, Stop> {
        let out = path.map(|path| Target::of(Some(path)).open()).transpose()?;
        Ok(Self { out, ..Self::default() })
    }

    pub(crate) const fn read(&mut self) {
        self.read += 1;
    }

    /// Counts a failure, tells it and writes it.
    pub(crate) fn fail(&mut self, failure: Failure) {
        crate::say(format_args!("{}: {}", failure.place, failure.reason));
        self.failed += 1;
        self.unopened += usize::from(failure.kind == "io");
        if let Some(out) = &mut self.out {
            let jsonl = dateline_export::Format::Jsonl;
            if let Err(error) = dateline_export::listing::write(&[failure], &[], jsonl, out) {
                self.out = None;
                self.error = Some(error.into());
            }
        }
    }

    /// Adds what another run could and could not read.
    pub(crate) const fn join(&mut self, other: &Tally) {
        self.read += other.read;
        self.failed += other.failed;
        self.unopened += other.unopened;
    }

    /// 0 when all is well, 1 when some reports failed, 2 when not one could even be opened.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self.failed {
            0 => 0,
            failed if self.read == 0 && failed == self.unopened => Stop::EXIT_CODE,
            _ => 1,
        }
    }

    /// Ends the file of failures, which takes its name.
    pub(crate) fn commit(&mut self) -> Result<(), Stop> {
        match self.error.take() {
            Some(error) => Err(error),
            None => self.out.take().map_or(Ok(()), Sink::commit),
        }
    }
}
