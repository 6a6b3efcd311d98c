//! The records of a run, one after the other, in one form.

use crate::error::ExportError;
use crate::flat;
use crate::format::Format;
use crate::row;
use crate::table::{self, Look};
use dateline_core::record::Record;
use std::io::Write;

/// Whether JSON holds one record or a list of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One report was given: one object.
    One,
    /// Any number of reports: an array.
    Many,
}

/// Writes records in one form.
///
/// CSV and TSV hold the table of events; see [`Tables`](crate::Tables) for all tables.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    format: Format,
    shape: Shape,
    look: Look,
    written: usize,
}

impl<W: Write> Writer<W> {
    /// A writer; nothing is written yet.
    pub const fn new(out: W, format: Format, shape: Shape, look: Look) -> Self {
        Self { out, format, shape, look, written: 0 }
    }

    /// Writes one record, whose offsets count bytes.
    ///
    /// # Errors
    /// When the output does not take it.
    pub fn write(&mut self, record: Record) -> Result<(), ExportError> {
        match self.format {
            Format::Table => {
                if self.written > 0 {
                    writeln!(self.out)?;
                }
                table::write(&record, &self.look, &mut self.out)?;
            }
            Format::Json => {
                if self.shape == Shape::Many {
                    self.out.write_all(if self.written == 0 { b"[\n" } else { b",\n" })?;
                }
                serde_json::to_writer_pretty(&mut self.out, &record.in_code_points())?;
                if self.shape == Shape::One {
                    writeln!(self.out)?;
                }
            }
            Format::Jsonl => {
                self.out.write_all(&record.in_code_points().to_json()?)?;
                writeln!(self.out)?;
            }
            Format::Csv | Format::Tsv => {
                if self.written == 0 {
                    self.header()?;
                }
                let mut rows = self.rows();
                for row in flat::events(&record) {
                    rows.serialize(row)?;
                }
                rows.flush()?;
            }
        }
        self.written += 1;
        Ok(())
    }

    /// Ends the output and gives it back, flushed.
    ///
    /// # Errors
    /// When the output does not take it.
    pub fn finish(mut self) -> Result<W, ExportError> {
        match self.format {
            Format::Json if self.shape == Shape::Many => {
                self.out.write_all(if self.written == 0 { b"[]\n" } else { b"\n]\n" })?;
            }
            Format::Csv | Format::Tsv if self.written == 0 => self.header()?,
            _ => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }

    fn rows(&mut self) -> csv::Writer<&mut W> {
        let delimiter = self.format.delimiter().unwrap_or(b',');
        csv::WriterBuilder::new().has_headers(false).delimiter(delimiter).from_writer(&mut self.out)
    }

    fn header(&mut self) -> Result<(), ExportError> {
        let mut rows = self.rows();
        rows.write_record(row::names(flat::Table::Events.columns()))?;
        rows.flush()?;
        Ok(())
    }
}
