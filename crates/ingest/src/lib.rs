//! What the page really said: text and HTML to title, body, dateline and date.
//!
//! [`read()`] takes bytes and gives a [`Document`]: the text that all offsets point into, the parts of it that are
//! no part of the report (kept as spans, never cut out of plain text), the dateline, and what is known of title,
//! publisher and day of publication. [`extract`] does the page part alone.
//!
//! ```
//! use dateline_ingest::{Options, read};
//! let text = "CAIRO, Nov. 21 (AP) - The envoy arrived on Monday.\n\nADVERTISEMENT\n\nHe left again.\n";
//! let options = Options { date: Some("2012-11-22".parse()?), ..Options::default() };
//! let report = read(text.as_bytes(), &options)?;
//! let dateline = report.dateline.ok_or("no dateline")?;
//! assert_eq!(dateline.place.of(&report.text), "CAIRO");
//! assert_eq!(dateline.date, Some("2012-11-21".parse()?));
//! assert_eq!(report.removed[0].span.of(&report.text), "ADVERTISEMENT");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod boilerplate;
mod dateline;
mod dates;
mod decode;
mod error;
mod format;
mod headline;
mod language;
mod markdown;
mod opening;
mod page;
mod read;
mod table;

pub use dateline_core::{DateOrigin, Document};
pub use dates::in_value as day_in;
pub use error::IngestError;
pub use format::Format;
pub use page::{Article, extract};
pub use read::{Options, read};
