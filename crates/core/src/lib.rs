//! What a record is.
//!
//! The types every stage reads and writes: the [`Document`] that flows through the pipeline, the trees in
//! [`syntax`], the codebook in [`codes`], and the record in [`record`]. No input, no output, no model.
//!
//! All offsets in this crate are half-open byte ranges into [`Document::text`]; the written record counts
//! Unicode code points ([`offsets`]).

#![forbid(unsafe_code)]

#[macro_use]
mod names;

pub mod cast;
pub mod codes;
pub mod document;
pub mod grammar;
pub mod labels;
pub mod offsets;
pub mod ranker;
mod read_back;
pub mod record;
pub mod span;
pub mod stretches;
pub mod syntax;
pub mod weights;
pub mod when;

pub use codes::{Context, Country, EventType, Mode, Sector, Status};
pub use document::{DateOrigin, Dateline, Document, Meta, Removed};
pub use span::Span;
pub use syntax::{Sentence, Syntax, Token};
pub use when::{Interval, Precision};
