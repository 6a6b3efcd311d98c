//! The reader: a model, and the workers that read with it.

use crate::errors::{Fault, free};
use crate::many::{self, Source, Tell};
use crate::record::{Record, line};
use crate::rows;
use crate::table::Table;
use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use dateline::core::Document;
use dateline::{Format, Model, Options};
use dateline_archive::{Entry, Fields, Known, Place};
use jiff::civil::Date;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads reports. Can be used from any number of threads: each takes a worker of its own.
#[pyclass(frozen, module = "dateline._native")]
pub(crate) struct Reader {
    model: Model,
    idle: Mutex<Vec<dateline::Reader>>,
}

/// What the caller knows of a report.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Told {
    date: Option<String>,
    title: Option<String>,
    url: Option<String>,
    publisher: Option<String>,
    id: Option<String>,
    format: Option<String>,
    max_bytes: Option<usize>,
}

impl Told {
    pub(crate) fn options(&self) -> PyResult<Options> {
        let plain = Options::default();
        Ok(Options {
            id: self.id.clone().unwrap_or_default(),
            date: self.date.as_deref().map(day).transpose()?,
            title: self.title.clone(),
            url: self.url.clone(),
            publisher: self.publisher.clone(),
            max_bytes: self.max_bytes.unwrap_or(plain.max_bytes),
            ..plain
        })
    }

    pub(crate) fn format(&self) -> PyResult<Format> {
        Ok(match self.format.as_deref() {
            None | Some("auto") => Format::Auto,
            Some("text") => Format::Text,
            Some("markdown") => Format::Markdown,
            Some("html") => Format::Html,
            Some(other) => {
                let said = format!("there is no format `{other}`: take auto, text, markdown or html");
                return Err(PyValueError::new_err(said));
            }
        })
    }
}

/// A day as Python gives it.
pub(crate) fn day(text: &str) -> PyResult<Date> {
    text.parse().map_err(|_| PyValueError::new_err(format!("`{text}` is no day: write it as 2012-11-21")))
}

/// The columns that the caller names.
pub(crate) fn fields(mut named: HashMap<String, String>) -> PyResult<Fields> {
    let mut take = |name: &str| named.remove(name);
    let fields = Fields {
        text: take("text"),
        title: take("title"),
        date: take("date"),
        id: take("id"),
        url: take("url"),
        publisher: take("publisher"),
        author: take("author"),
    };
    match named.into_keys().next() {
        None => Ok(fields),
        Some(name) => Err(PyValueError::new_err(format!("a report has no field `{name}`"))),
    }
}

impl Reader {
    /// Works with a worker that nobody else has. One that panicked is thrown away.
    pub(crate) fn with<T>(
        &self,
        work: impl FnOnce(&mut dateline::Reader) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = idle.unwrap_or_else(|| dateline::Reader::new(&self.model));
        let result = work(&mut reader);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        result
    }
}

fn document(bytes: Vec<u8>, told: &Told) -> PyResult<impl FnOnce() -> Result<Document, Fault>> {
    let (options, format) = (told.options()?, told.format()?);
    let id = told.id.clone().unwrap_or_else(|| "text".to_owned());
    Ok(move || {
        let entry = Entry {
            place: Place::default(),
            id,
            known: Known::default(),
            bytes,
            format,
            warnings: Vec::new(),
        };
        entry.document(&options).map_err(|e| Fault::from(dateline::Error::from(e)))
    })
}

#[pymethods]
impl Reader {
    /// Loads the model; with the tables of a folder added to its own.
    #[new]
    #[pyo3(signature = (knowledge=None))]
    fn new(py: Python<'_>, knowledge: Option<PathBuf>) -> PyResult<Self> {
        free(py, || {
            let model = match &knowledge {
                Some(folder) => Model::with_knowledge(folder)?,
                None => Model::embedded()?,
            };
            Ok(Self { model, idle: Mutex::default() })
        })
    }

    /// Reads one report.
    fn read(&self, py: Python<'_>, bytes: Vec<u8>, told: Told) -> PyResult<Record> {
        let document = document(bytes, &told)?;
        free(py, || {
            let document = document()?;
            self.with(|reader| Ok(Record { inner: reader.read_document(document) }))
        })
    }

    /// Tells why every event of a report was found.
    fn explain(&self, py: Python<'_>, bytes: Vec<u8>, told: Told) -> PyResult<String> {
        let document = document(bytes, &told)?;
        free(py, || {
            let document = document()?;
            self.with(|reader| Ok(dateline::explain::text(reader, document)))
        })
    }

    /// Reads many reports into the flat tables; the last table is of those that could not be read.
    fn read_many(
        &self,
        py: Python<'_>,
        source: Source,
        named: HashMap<String, String>,
        told: Told,
        jobs: usize,
        progress: Option<Py<PyAny>>,
    ) -> PyResult<Vec<Table>> {
        let (fields, options, format) = (fields(named)?, told.options()?, told.format()?);
        free(py, || many::read(&self.model, source, &fields, &options, format, jobs, Tell::new(progress)))
    }

    /// Reads the rows of one batch: identifier, day, record as JSON, or kind and reason of a fault.
    fn read_rows(
        &self,
        py: Python<'_>,
        batch: PyRecordBatch,
        named: HashMap<String, String>,
    ) -> PyResult<Table> {
        let fields = fields(named)?;
        let batch = batch.into_inner();
        free(py, || {
            let options = Options::default();
            let rows = rows::entries(&batch, &fields, 0)?;
            let outcomes: Vec<Outcome> = self.with(|reader| {
                Ok(rows.into_iter().map(|entry| Outcome::of(&self.model, reader, entry, &options)).collect())
            })?;
            Ok(Table::of(batch_of(&outcomes)?))
        })
    }

    /// Reads the reports in files and archives, `portion` at a time: an iterator of what `read_rows` gives.
    fn read_files(
        &self,
        paths: Vec<PathBuf>,
        named: HashMap<String, String>,
        portion: usize,
    ) -> PyResult<Files> {
        let options =
            dateline_archive::Options { fields: fields(named)?, ..dateline_archive::Options::default() };
        let given = paths.into_iter().map(dateline_archive::Given::of).collect();
        let entries = dateline_archive::Entries::new(given, options);
        let reader = dateline::Reader::new(&self.model);
        Ok(Files { work: Mutex::new((entries, reader)), model: self.model.clone(), portion })
    }
}

/// Walks through files and reads what it comes upon.
#[pyclass(frozen, module = "dateline._native")]
pub(crate) struct Files {
    work: Mutex<(dateline_archive::Entries, dateline::Reader)>,
    model: Model,
    portion: usize,
}

#[pymethods]
impl Files {
    const fn __iter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        free(py, || {
            let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
            let (entries, reader) = &mut *work;
            let options = Options::default();
            let outcomes: Vec<Outcome> = many::found(entries)
                .take(self.portion)
                .map(|entry| Outcome::of(&self.model, reader, entry, &options))
                .collect();
            if outcomes.is_empty() {
                return Ok(None);
            }
            Ok(Some(Table::of(batch_of(&outcomes)?)))
        })
    }
}

/// What became of one report.
struct Outcome {
    id: Option<String>,
    published: Option<Date>,
    record: Result<String, (String, String)>,
}

impl Outcome {
    fn of(
        model: &Model,
        reader: &mut dateline::Reader,
        entry: Result<Entry, dateline_archive::Fault>,
        options: &Options,
    ) -> Self {
        match many::one(model, reader, entry, options) {
            Ok(record) => Self {
                id: Some(record.id.clone()),
                published: record.published,
                record: line(&record).map_err(|fault| ("internal".to_owned(), format!("{fault:?}"))),
            },
            Err(failure) => {
                let said = format!("{}{}", failure.place(), failure.reason);
                Self { id: failure.id, published: None, record: Err((failure.kind.to_owned(), said)) }
            }
        }
    }
}

/// The fixed columns of a cluster's records.
fn batch_of(outcomes: &[Outcome]) -> Result<RecordBatch, ArrowError> {
    let text = |get: &dyn Fn(&Outcome) -> Option<String>| -> ArrayRef {
        Arc::new(outcomes.iter().map(get).collect::<StringArray>())
    };
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = outcomes.iter().map(|o| o.published.map(|d| (d - epoch).get_days()));
    RecordBatch::try_from_iter_with_nullable([
        ("doc_id", text(&|o| o.id.clone()), true),
        ("published", Arc::new(days.collect::<Date32Array>()) as ArrayRef, true),
        ("record", text(&|o| o.record.as_ref().ok().cloned()), true),
        ("error_kind", text(&|o| o.record.as_ref().err().map(|e| e.0.clone())), true),
        ("error_reason", text(&|o| o.record.as_ref().err().map(|e| e.1.clone())), true),
    ])
}
