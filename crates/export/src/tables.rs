//! The flat tables side by side, as CSV.

use crate::error::ExportError;
use crate::flat::{self, Table};
use crate::row::{self, Row};
use dateline_core::record::Record;
use serde::Serialize;
use std::io::Write;

/// Writes all flat tables, each to its own output.
#[derive(Debug)]
pub struct Tables<W: Write> {
    writers: Vec<csv::Writer<W>>,
}

impl<W: Write> Tables<W> {
    /// Writes the headers; the outputs are asked for in the order of [`Table::ALL`].
    ///
    /// # Errors
    /// When an output cannot be opened or does not take its header.
    pub fn new<E: From<ExportError>>(
        mut output: impl FnMut(Table) -> Result<W, E>,
        delimiter: u8,
    ) -> Result<Self, E> {
        let mut writers = Vec::with_capacity(Table::ALL.len());
        for &table in Table::ALL {
            let mut writer =
                csv::WriterBuilder::new().has_headers(false).delimiter(delimiter).from_writer(output(table)?);
            writer.write_record(row::names(table.columns())).map_err(ExportError::from)?;
            writers.push(writer);
        }
        Ok(Self { writers })
    }

    /// Writes the rows of one record, whose offsets count bytes.
    ///
    /// # Errors
    /// When an output does not take them.
    pub fn write(&mut self, record: &Record) -> Result<(), ExportError> {
        flat::visit(record, self)
    }

    /// Ends the tables and gives the outputs back.
    ///
    /// # Errors
    /// When an output does not take what is left.
    pub fn finish(self) -> Result<Vec<W>, ExportError> {
        self.writers
            .into_iter()
            .map(|w| w.into_inner().map_err(|e| ExportError::Io(e.into_error())))
            .collect()
    }
}

impl<W: Write> flat::Visit for Tables<W> {
    type Error = ExportError;

    fn row<R: Row + Serialize>(&mut self, table: Table, row: &R) -> Result<(), ExportError> {
        Ok(self.writers[table as usize].serialize(row)?)
    }
}
