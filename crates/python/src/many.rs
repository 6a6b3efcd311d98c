//! Many reports into tables, on many threads, in the order they came.

use crate::errors::Fault;
use crate::rows;
use crate::story_tables::{self, Columns};
use crate::table::Table;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use dateline::{Format, Model, Options, Record, pipeline};
use dateline_archive::{Entries, Entry, Found, Given, Ids, Place};
use dateline_tables::{Batches, Table as Named, schema};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatchReader;
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Rows that are held before they become a batch.
const MOST_RECORDS: usize = 1024;
const MOST_BYTES: usize = 8 << 20;

/// How often Python is told how far the work has come, and asked whether to stop.
const EVERY: Duration = Duration::from_millis(100);

/// Where reports come from.
#[derive(FromPyObject)]
pub(crate) enum Source {
    /// Rows of a table; first, as a table may pass for a list of its columns.
    Rows(PyRecordBatchReader),
    /// Texts with their identifiers.
    Texts(Vec<(String, String)>),
    /// Files, folders and archives.
    Paths(Vec<PathBuf>),
}

/// A report that was not read.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    #[serde(flatten)]
    place: Place,
    pub(crate) id: Option<String>,
    url: Option<String>,
    state: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) reason: String,
}

impl Failure {
    /// The place, as it stands before a reason.
    pub(crate) fn place(&self) -> String {
        let place = self.place.to_string();
        if place.trim().is_empty() || self.place.path.is_empty() {
            String::new()
        } else {
            format!("{place}: ")
        }
    }
}

impl From<dateline_archive::Fault> for Failure {
    fn from(fault: dateline_archive::Fault) -> Self {
        let state = if fault.kind.is_skip() { "skipped" } else { "failed" };
        let dateline_archive::Fault { place, kind, reason, url } = fault;
        Self { place, id: None, url, state, kind: kind.as_str(), reason }
    }
}

/// Reads one report; a panic is this report's failure, and the worker is replaced.
pub(crate) fn one(
    model: &Model,
    reader: &mut dateline::Reader,
    entry: Result<Entry, dateline_archive::Fault>,
    options: &Options,
) -> Result<Record, Failure> {
    let entry = entry?;
    let (place, id, url) = (entry.place.clone(), Some(entry.id.clone()), entry.known.url.clone());
    let read = catch_unwind(AssertUnwindSafe(|| Ok(reader.read_document(entry.document(options)?))));
    match read {
        Ok(Ok(record)) => Ok(record),
        Ok(Err(error)) => {
            let error: dateline_ingest::IngestError = error;
            let state = if error.is_skip() { "skipped" } else { "failed" };
            Err(Failure { place, id, url, state, kind: error.kind(), reason: error.to_string() })
        }
        Err(_) => {
            *reader = dateline::Reader::new(model);
            let reason = "the program failed on this report: please file a bug with it".to_owned();
            Err(Failure { place, id, url, state: "failed", kind: "internal", reason })
        }
    }
}

/// What a walk comes upon, without the ends of files.
pub(crate) fn found(entries: &mut Entries) -> impl Iterator<Item = Result<Entry, dateline_archive::Fault>> {
    entries.filter_map(|found| match found {
        Found::Report(entry) => Some(Ok(entry)),
        Found::Fault(fault) => Some(Err(fault)),
        Found::End(_) => None,
    })
}

/// Tells Python how far the work has come.
pub(crate) struct Tell {
    told: Option<Py<PyAny>>,
    last: Instant,
    done: usize,
}

impl Tell {
    pub(crate) fn new(told: Option<Py<PyAny>>) -> Self {
        Self { told, last: Instant::now(), done: 0 }
    }

    /// One more report is done; fails when the user wants to stop.
    fn one(&mut self) -> PyResult<()> {
        self.done += 1;
        if self.last.elapsed() < EVERY { Ok(()) } else { self.now() }
    }

    fn now(&mut self) -> PyResult<()> {
        self.last = Instant::now();
        let done = std::mem::take(&mut self.done);
        Python::attach(|py| {
            py.check_signals()?;
            self.told.as_ref().map_or(Ok(()), |told| told.call1(py, (done,)).map(drop))
        })
    }
}

/// Reads everything; the flat tables in the order of their names, then the failures.
pub(crate) fn read(
    model: &Model,
    source: Source,
    fields: &dateline_archive::Fields,
    options: &Options,
    format: Format,
    jobs: usize,
    mut tell: Tell,
) -> Result<Vec<Table>, Fault> {
    let archive = dateline_archive::Options {
        fields: fields.clone(),
        max_bytes: options.max_bytes,
        ..dateline_archive::Options::default()
    };
    let mut walk;
    let mut ids = Ids::default();
    let items: Box<dyn Iterator<Item = Result<Entry, dateline_archive::Fault>> + Send + '_> = match source {
        Source::Paths(paths) => {
            walk = Entries::new(paths.into_iter().map(Given::of).collect(), archive);
            Box::new(found(&mut walk))
        }
        Source::Texts(texts) => Box::new(
            texts
                .into_iter()
                .map(|(id, text)| Ok(Entry { id, bytes: text.into_bytes(), ..Entry::default() })),
        ),
        Source::Rows(rows) => Box::new(rows::stream(rows.into_reader()?, fields)),
    };
    // Walks make identifiers unique themselves, and find them so here.
    let items = items.map(|item| {
        item.map(|mut entry| {
            let wanted = std::mem::take(&mut entry.id);
            entry.id = ids.unique(&wanted);
            if entry.id != wanted {
                entry.warnings.push(format!("the identifier {wanted} is taken: this report is {}", entry.id));
            }
            if entry.format == Format::Auto {
                entry.format = format;
            }
            entry
        })
    });
    let weight = |entry: &Result<Entry, _>| entry.as_ref().map_or(0, |e: &Entry| e.bytes.len());
    let worker = || {
        let mut reader = dateline::Reader::new(model);
        move |entry| one(model, &mut reader, entry, options)
    };
    let mut out = Out::new();
    pipeline::run(jobs.max(1), items, weight, worker, |result| {
        out.take(result)?;
        Ok::<(), Fault>(tell.one()?)
    })?;
    tell.now()?;
    out.finish()
}

/// Collects records and failures.
struct Out {
    batches: Batches,
    tables: Vec<(SchemaRef, Vec<RecordBatch>)>,
    failures: Vec<Failure>,
}

impl Out {
    fn new() -> Self {
        let tables = Named::ALL.iter().map(|&table| (schema(table), Vec::new())).collect();
        Self { batches: Batches::new(), tables, failures: Vec::new() }
    }

    fn take(&mut self, result: Result<Record, Failure>) -> Result<(), Fault> {
        match result {
            Ok(record) => self.batches.push(&record)?,
            Err(failure) => self.failures.push(failure),
        }
        if self.batches.records() >= MOST_RECORDS || self.batches.bytes() >= MOST_BYTES {
            self.hand_on()?;
        }
        Ok(())
    }

    fn hand_on(&mut self) -> Result<(), Fault> {
        for ((_, batches), batch) in self.tables.iter_mut().zip(self.batches.finish()?) {
            if batch.num_rows() > 0 {
                batches.push(batch);
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Table>, Fault> {
        self.hand_on()?;
        let mut tables: Vec<Table> = self.tables.into_iter().map(|(s, b)| Table::new(s, b)).collect();
        tables.push(story_tables::table(Columns::Failures, &self.failures)?);
        Ok(tables)
    }
}
