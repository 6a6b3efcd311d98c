//! The readable table: one block an event, then who said what.

mod event;
mod statement;
pub(crate) mod wrap;

pub use statement::write_all as write_statements;

use crate::error::ExportError;
use crate::names::Names;
use dateline_core::record::Record;
use std::io::{self, Write};
use wrap::{Paragraph, Style};

/// How the table looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of a line.
    pub width: usize,
    /// Whether colours mark what matters; else triggers stand in `«»`.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 100, color: false }
    }
}

/// Writes one record as a table, a header line first.
///
/// # Errors
/// When the output does not take it.
pub fn write(record: &Record, look: &Look, out: &mut impl Write) -> Result<(), ExportError> {
    header(record, look, out)?;
    let names = Names::new(record);
    for event in &record.events {
        writeln!(out)?;
        event::write(record, &names, event, look, out)?;
    }
    if record.events.is_empty() {
        writeln!(out, "\nNo events.")?;
    }
    if !record.statements.is_empty() {
        writeln!(out)?;
        Paragraph::default().push(Style::Bold, "Statements").write(out, look.width, "", 0, look.color)?;
        for statement in &record.statements {
            statement::write(record, &names, statement, look, out)?;
        }
    }
    for warning in &record.warnings {
        let mut line = Paragraph::default();
        line.push(Style::Yellow, "warning:").push(Style::Plain, " ").push(Style::Plain, warning);
        line.write(out, look.width, "", 2, look.color)?;
    }
    Ok(())
}

/// `== envoy-1 | 2012-11-21 | Envoy leaves for talks`
pub(crate) fn header(record: &Record, look: &Look, out: &mut impl Write) -> io::Result<()> {
    let mut line = Paragraph::default();
    line.push(Style::Bold, &record.id);
    if let Some(day) = record.published {
        line.push(Style::Plain, &format!(" | {day}"));
    }
    for part in [&record.publisher, &record.title].into_iter().flatten() {
        line.push(Style::Plain, " | ").push(Style::Plain, part);
    }
    line.write(out, look.width, "== ", 3, look.color)
}
