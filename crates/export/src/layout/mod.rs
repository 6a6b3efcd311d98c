//! The layouts of other systems, for users who have loaders for them.
//!
//! They hold less than the record. What they agree on: an event is coded as the PLOVER manual would with its tense rules;
//! what is only possible or denied is left out unless [`Options::hypothetical`] asks for it; the day is the event's first,
//! else that of publication, as none of them has a third way, and what has neither is left out.

pub mod cameo;
mod dyads;
pub mod gdelt;
mod goldstein;
mod party;
pub mod plover;
pub mod polecat;
mod tabs;

use crate::error::ExportError;
use dateline_core::record::{Event, Record};
use dateline_core::{EventType, Mode};
use jiff::civil::Date;
use std::io::Write;

dateline_core::named_enum! {
    /// A layout of another system.
    pub enum Layout {
        Plover = "plover", Polecat = "polecat", Gdelt = "gdelt", GdeltMentions = "gdelt-mentions", Cameo = "cameo",
    }
}

/// What goes into a layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Events that are only possible or are denied are kept, under the type of the act itself.
    pub hypothetical: bool,
}

impl Layout {
    /// Writes what stands above all rows.
    ///
    /// # Errors
    /// When the output does not take it.
    pub fn header(self, out: &mut impl Write) -> Result<(), ExportError> {
        if self == Layout::Polecat {
            tabs::row(&polecat::COLUMNS, out)?;
        }
        Ok(())
    }

    /// Writes the rows of a record, whose offsets count bytes.
    ///
    /// # Errors
    /// When the output does not take them.
    pub fn write(self, record: &Record, options: Options, out: &mut impl Write) -> Result<(), ExportError> {
        match self {
            Layout::Plover => plover::write(record, options, out),
            Layout::Polecat => polecat::write(record, options, out),
            Layout::Gdelt => gdelt::write(record, options, out),
            Layout::GdeltMentions => gdelt::write_mentions(record, options, out),
            Layout::Cameo => cameo::write(record, options, out),
        }
    }
}

/// An event as the layouts code it.
#[derive(Clone, Copy, Debug)]
struct Coded<'a> {
    event: &'a Event,
    event_type: EventType,
    /// Counts only where the tense rules leave the type as it is.
    mode: Option<Mode>,
    date: Date,
}

impl Coded<'_> {
    /// The nearest CAMEO code.
    fn cameo(&self) -> &str {
        self.event.cameo.as_deref().unwrap_or_else(|| self.mode.map_or(self.event_type.cameo(), Mode::cameo))
    }
}

/// The events that a layout holds.
fn coded(record: &Record, options: Options) -> impl Iterator<Item = Coded<'_>> {
    record.events.iter().filter_map(move |event| {
        let event_type = event.plover.or(options.hypothetical.then_some(event.event_type))?;
        let date = event.when.as_ref().map(|w| w.start).or(record.published)?;
        let mode = event.mode.filter(|_| event_type == event.event_type);
        Some(Coded { event, event_type, mode, date })
    })
}

/// What the files name as their maker.
const CODER: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));
