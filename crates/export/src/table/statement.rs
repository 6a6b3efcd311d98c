//! Who said what.

use super::wrap::{Paragraph, Style};
use super::{Look, header};
use crate::error::ExportError;
use crate::names::Names;
use dateline_core::record::{Record, Statement};
use std::io::{self, Write};

/// Writes the statements of a record under its header line.
///
/// # Errors
/// When the output does not take it.
pub fn write_all(record: &Record, look: &Look, out: &mut impl Write) -> Result<(), ExportError> {
    header(record, look, out)?;
    let names = Names::new(record);
    for statement in &record.statements {
        write(record, &names, statement, look, out)?;
    }
    Ok(())
}

/// `Victoria Nuland [USAGOV] (said, to reporters, in Washington, on 2012-11-20): "..."`
pub(crate) fn write(
    record: &Record,
    names: &Names<'_>,
    statement: &Statement,
    look: &Look,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut line = Paragraph::default();
    match &statement.name {
        Some(name) => line.push(Style::Bold, name),
        None => line.push(Style::Dim, "?"),
    };
    if let Some(entity) = statement.speaker.as_deref().and_then(|id| names.entity(id)) {
        line.push(Style::Dim, &format!(" [{}]", entity.code));
    }
    let cue = statement.cue.map(|cue| cue.of(&record.text).to_owned());
    let addressee = statement.addressee.as_ref().map(|a| format!("to {a}"));
    let place = names.place(statement.place.as_deref()).map(|p| format!("in {}", p.name));
    let when = statement.when.as_ref().map(|w| {
        if w.start == w.end {
            format!("on {}", w.start)
        } else {
            format!("between {} and {}", w.start, w.end)
        }
    });
    let how: Vec<String> = [cue, addressee, place, when].into_iter().flatten().collect();
    if !how.is_empty() {
        line.push(Style::Plain, &format!(" ({})", how.join(", ")));
    }
    let mark = if statement.quoted { "\"" } else { "" };
    let words = statement.span.of(&record.text);
    line.push(Style::Plain, ": ").push(Style::Plain, mark).push(Style::Plain, words).push(Style::Plain, mark);
    line.write(out, look.width, "  ", 4, look.color)
}
