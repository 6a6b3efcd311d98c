//! What goes wrong, as exceptions of Python that carry their kind.

use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

pyo3::create_exception!(dateline, Error, PyException, "Something that Dateline cannot do; `kind` says what.");
pyo3::create_exception!(dateline, UnreadableError, Error, "A report that cannot be read.");
pyo3::create_exception!(dateline, FormatError, Error, "Something that is no record, or no table of records.");
pyo3::create_exception!(dateline, InternalError, Error, "A fault of Dateline itself: please file a bug.");

pub(crate) fn add(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add("Error", m.py().get_type::<Error>())?;
    m.add("UnreadableError", m.py().get_type::<UnreadableError>())?;
    m.add("FormatError", m.py().get_type::<FormatError>())?;
    m.add("InternalError", m.py().get_type::<InternalError>())?;
    m.add_function(wrap_pyfunction!(panic_as_asked, m)?)
}

/// What went wrong, while the interpreter's lock is not held.
#[derive(Debug)]
pub(crate) enum Fault {
    /// A report that cannot be read, with the kind of fault.
    Unreadable(&'static str, String),
    /// No record.
    Format(&'static str, String),
    /// A fault of ours.
    Internal(String),
    /// What Python itself raised meanwhile.
    Python(PyErr),
}

impl From<dateline::Error> for Fault {
    fn from(error: dateline::Error) -> Self {
        match &error {
            dateline::Error::Ingest(ingest) => Self::Unreadable(ingest.kind(), error.to_string()),
            dateline::Error::Knowledge(_) => Self::Format("knowledge", error.to_string()),
            _ => Self::Internal(error.to_string()),
        }
    }
}

impl From<dateline_tables::Error> for Fault {
    fn from(error: dateline_tables::Error) -> Self {
        match &error {
            dateline_tables::Error::Io { source, path } => {
                let said = format!("{}: {source}", path.display());
                Self::Python(std::io::Error::new(source.kind(), said).into())
            }
            _ => Self::Format("table", error.to_string()),
        }
    }
}

impl From<arrow_schema::ArrowError> for Fault {
    fn from(error: arrow_schema::ArrowError) -> Self {
        Self::Format("table", error.to_string())
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Python(error.into())
    }
}

impl From<PyErr> for Fault {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

/// Works without the interpreter's lock; faults and panics become exceptions.
pub(crate) fn free<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, Fault> + Send) -> PyResult<T> {
    py.detach(|| caught(work)).map_err(|fault| raised(py, fault))
}

/// Does the work; a panic is a fault of ours.
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Err(Fault::Internal(format!("the program failed: please file a bug with the input ({said})")))
    })
}

fn raised(py: Python<'_>, fault: Fault) -> PyErr {
    let (error, kind) = match fault {
        Fault::Unreadable(kind, said) => (UnreadableError::new_err(said), kind),
        Fault::Format(kind, said) => (FormatError::new_err(said), kind),
        Fault::Internal(said) => (InternalError::new_err(said), "internal"),
        Fault::Python(error) => return error,
    };
    match error.value(py).setattr("kind", kind) {
        Ok(()) => error,
        Err(other) => other,
    }
}

/// Panics, so that a test can see what becomes of it.
#[pyfunction]
#[pyo3(name = "_panic")]
fn panic_as_asked(py: Python<'_>) -> PyResult<()> {
    free(py, || panic!("as asked"))
}
