//! A table of Arrow batches that any library can take without a copy.

use crate::errors::{Fault, free};
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::SchemaRef;
use dateline_tables::{Batches, Form, Table as Named, file, schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::ffi::{ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

/// Rows of one kind.
#[pyclass(frozen, module = "dateline._native")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub(crate) const fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { schema, batches }
    }

    pub(crate) fn of(batch: RecordBatch) -> Self {
        Self { schema: batch.schema(), batches: vec![batch] }
    }
}

#[pymethods]
impl Table {
    /// The table as an Arrow C stream; each call gives a new one over the same buffers.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let field = arrow_schema::Field::new_struct("", self.schema.fields().clone(), false)
            .with_metadata(self.schema.metadata().clone());
        let arrays = self.batches.clone().into_iter().map(|b| Ok(Arc::new(StructArray::from(b)) as ArrayRef));
        let reader = Box::new(ArrayIterator::new(arrays, Arc::new(field)));
        Ok(to_stream_pycapsule(py, reader, requested_schema)?)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    /// The table as one Arrow C array.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let [batch] = self.batches.as_slice() else {
            return Err(PyValueError::new_err("the table has several batches: take its stream"));
        };
        let array = StructArray::from(batch.clone());
        let field = arrow_schema::Field::new_struct("", self.schema.fields().clone(), false);
        Ok(to_array_pycapsules(py, Arc::new(field), &array, requested_schema)?)
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// The first rows of some columns, as words for people.
    fn head(&self, rows: usize, columns: Vec<String>) -> PyResult<Vec<Vec<String>>> {
        let mut out = Vec::new();
        let options = FormatOptions::default();
        for batch in &self.batches {
            let arrays: Vec<&ArrayRef> =
                columns.iter().filter_map(|name| batch.column_by_name(name)).collect();
            let cells: Result<Vec<ArrayFormatter<'_>>, _> =
                arrays.iter().map(|a| ArrayFormatter::try_new(*a, &options)).collect();
            let cells = cells.map_err(|e| PyValueError::new_err(e.to_string()))?;
            for row in 0..batch.num_rows().min(rows - out.len()) {
                out.push(cells.iter().map(|c| c.value(row).to_string()).collect());
            }
        }
        Ok(out)
    }

    /// Writes one file: Arrow IPC where the name ends in `.arrow`, else Parquet.
    fn write(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        free(py, || {
            let form =
                if path.extension().is_some_and(|e| e == "arrow") { Form::Arrow } else { Form::Parquet };
            let out = BufWriter::new(File::create(&path)?);
            let mut writer = file::Writer::new(out, form, &self.schema)?;
            self.batches.iter().try_for_each(|batch| writer.write(batch))?;
            Ok(writer.finish()?.flush()?)
        })
    }

    /// Reads such a file.
    #[staticmethod]
    fn read(py: Python<'_>, name: &str, path: PathBuf) -> PyResult<Self> {
        let table = named(name)?;
        free(py, || Ok(Self::new(schema(table), file::read(&path)?)))
    }
}

/// The table of a name.
pub(crate) fn named(name: &str) -> PyResult<Named> {
    name.parse().map_err(|_| {
        let all: Vec<&str> = Named::ALL.iter().map(|t| t.as_str()).collect();
        PyValueError::new_err(format!("there is no table `{name}`: take one of {}", all.join(", ")))
    })
}

/// All tables of records.
pub(crate) fn tables_of<'a>(
    records: impl Iterator<Item = &'a dateline::Record>,
) -> Result<Vec<Table>, Fault> {
    let mut batches = Batches::new();
    for record in records {
        batches.push(record)?;
    }
    Ok(batches.finish()?.into_iter().map(Table::of).collect())
}

/// All tables of records that were written as JSON, in the order of their names.
#[pyfunction]
pub(crate) fn tables_of_json(py: Python<'_>, lines: Vec<String>) -> PyResult<Vec<Table>> {
    free(py, || {
        let record = |line: &String| {
            dateline_export::read::record(line.as_bytes()).map_err(|e| Fault::Format("record", e.to_string()))
        };
        let records: Vec<dateline::Record> = lines.iter().map(record).collect::<Result<_, _>>()?;
        tables_of(records.iter())
    })
}

/// The table of a name without rows, for its schema.
#[pyfunction]
pub(crate) fn table_schema(name: &str) -> PyResult<Table> {
    Ok(Table::new(schema(named(name)?), Vec::new()))
}
