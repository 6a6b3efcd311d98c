//! The layout of CAMEO and Phoenix event data: one line a dyad, with tabs between date, source, target and code.

use crate::error::ExportError;
use crate::names::Names;
use dateline_core::record::{Event, Record};
use std::io::Write;

/// Writes a line for every pair of parties of every event that has a CAMEO code.
///
/// Source and target are CAMEO codes; of an act that all parties do to each other (a meeting without host) every party is
/// once the source. The date is the event's first day, else the day of publication, as that layout has no third way;
/// events with neither are left out.
///
/// # Errors
/// When the output does not take it.
pub fn write(record: &Record, out: &mut impl Write) -> Result<(), ExportError> {
    let names = Names::new(record);
    for event in &record.events {
        let date = event.when.as_ref().map(|w| w.start).or(record.published);
        let (Some(date), Some(code)) = (date, event.cameo.as_deref()) else { continue };
        for (source, target) in dyads(&names, event) {
            writeln!(out, "{date}\t{source}\t{target}\t{code}")?;
        }
    }
    Ok(())
}

fn dyads<'a>(names: &Names<'a>, event: &Event) -> Vec<(&'a str, &'a str)> {
    let actors = names.each(&event.actors, |e| &e.code);
    let recipients = names.each(&event.recipients, |e| &e.code);
    let mut found = Vec::new();
    for (k, &actor) in actors.iter().enumerate() {
        if recipients.is_empty() {
            found
                .extend(actors.iter().enumerate().filter(|(other, _)| *other != k).map(|(_, &a)| (actor, a)));
        } else {
            found.extend(recipients.iter().map(|&recipient| (actor, recipient)));
        }
    }
    found
}
