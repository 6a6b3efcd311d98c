//! The record of one report.

use crate::errors::{Fault, free};
use crate::table::{Table, tables_of};
use dateline_export::table::Look;
use dateline_export::{Format, Shape, Writer, report};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use std::collections::HashMap;

/// The record of one report.
#[pyclass(frozen, module = "dateline._native")]
pub(crate) struct Record {
    pub(crate) inner: dateline::Record,
}

#[pymethods]
impl Record {
    /// The record that a line of JSON holds.
    #[staticmethod]
    fn from_json(py: Python<'_>, json: &str) -> PyResult<Self> {
        free(py, || match dateline_export::read::record(json.as_bytes()) {
            Ok(inner) => Ok(Self { inner }),
            Err(error) => Err(Fault::Format("record", error.to_string())),
        })
    }

    /// The records that tables hold.
    #[staticmethod]
    fn of_tables(py: Python<'_>, tables: HashMap<String, PyTable>) -> PyResult<Vec<Self>> {
        free(py, || Ok(records(tables)?.into_iter().map(|inner| Self { inner }).collect()))
    }

    /// One line of JSON, offsets in code points, as the command writes it.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        free(py, || line(&self.inner))
    }

    /// As a table for people.
    fn text(&self, py: Python<'_>, width: usize) -> PyResult<String> {
        free(py, || {
            let look = Look { width, color: false };
            let mut writer = Writer::new(Vec::new(), Format::Table, Shape::One, look);
            let written = writer.write(self.inner.clone()).and_then(|()| writer.finish());
            let bytes = written.map_err(|e| Fault::Internal(e.to_string()))?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        })
    }

    /// As a page of its own.
    fn page(&self, py: Python<'_>) -> PyResult<String> {
        free(py, || Ok(report::html(&self.inner)))
    }

    /// As a part of a page.
    fn fragment(&self, py: Python<'_>) -> PyResult<String> {
        free(py, || Ok(report::fragment(&self.inner)))
    }

    /// As Markdown.
    fn markdown(&self, py: Python<'_>) -> PyResult<String> {
        free(py, || Ok(report::markdown(&self.inner)))
    }

    /// The flat tables, in the order of their names.
    fn tables(&self, py: Python<'_>) -> PyResult<Vec<Table>> {
        free(py, || tables_of(std::iter::once(&self.inner)))
    }
}

/// The records that tables hold, which may be streams of anybody.
pub(crate) fn records(mut tables: HashMap<String, PyTable>) -> Result<Vec<dateline::Record>, Fault> {
    Ok(dateline_tables::read::records(|named| {
        let rows = tables.remove(named.as_str()).map(|table| table.into_inner().0);
        let missing =
            || dateline_tables::Error::Shape { table: named.as_str(), reason: "it is missing".to_owned() };
        rows.ok_or_else(missing)
    })?)
}

/// A record as one line of JSON.
pub(crate) fn line(record: &dateline::Record) -> Result<String, Fault> {
    let json = record.clone().in_code_points().to_json().map_err(|e| Fault::Internal(e.to_string()))?;
    String::from_utf8(json).map_err(|e| Fault::Internal(e.to_string()))
}
