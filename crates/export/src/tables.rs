//! The four flat tables side by side.

use crate::error::ExportError;
use crate::flat::{self, EntityRow, EventRow, MentionRow, StatementRow};
use dateline_core::record::Record;
use std::io::Write;

/// Writes `events`, `statements`, `entities` and `mentions`, each to its own output.
#[derive(Debug)]
pub struct Tables<W: Write> {
    writers: [csv::Writer<W>; 4],
}

impl<W: Write> Tables<W> {
    /// The names of the tables, in the order of the outputs.
    pub const NAMES: [&'static str; 4] = ["events", "statements", "entities", "mentions"];

    /// Writes the headers.
    ///
    /// # Errors
    /// When an output does not take them.
    pub fn new(outputs: [W; 4], delimiter: u8) -> Result<Self, ExportError> {
        let columns = [EventRow::COLUMNS, StatementRow::COLUMNS, EntityRow::COLUMNS, MentionRow::COLUMNS];
        let mut writers = outputs
            .map(|out| csv::WriterBuilder::new().has_headers(false).delimiter(delimiter).from_writer(out));
        for (writer, columns) in writers.iter_mut().zip(columns) {
            writer.write_record(columns.iter().map(|(name, _)| *name))?;
        }
        Ok(Self { writers })
    }

    /// Writes the rows of one record, whose offsets count bytes.
    ///
    /// # Errors
    /// When an output does not take them.
    pub fn write(&mut self, record: &Record) -> Result<(), ExportError> {
        let [events, statements, entities, mentions] = &mut self.writers;
        flat::events(record).try_for_each(|row| events.serialize(row))?;
        flat::statements(record).try_for_each(|row| statements.serialize(row))?;
        flat::entities(record).try_for_each(|row| entities.serialize(row))?;
        flat::mentions(record).try_for_each(|row| mentions.serialize(row))?;
        Ok(())
    }

    /// Ends the tables and gives the outputs back.
    ///
    /// # Errors
    /// When an output does not take what is left.
    pub fn finish(self) -> Result<[W; 4], ExportError> {
        let [a, b, c, d] = self.writers.map(|w| w.into_inner().map_err(|e| ExportError::Io(e.into_error())));
        Ok([a?, b?, c?, d?])
    }
}
