//! Annotated reports: what a careful reader says is in them.
//!
//! [`Annotation`] is one annotated report, a JSON file; [`Text`] what it was made from, a line of `texts.jsonl`. [`from_record`]
//! turns what was read into what an annotator would write, [`score`] tells how far the two agree.

#![forbid(unsafe_code)]

mod error;
mod files;
mod format;
pub mod from_record;
pub mod names;
mod pairs;
mod quote;
pub mod score;

pub use error::Error;
pub use files::{Case, file_name, read};
pub use format::{Annotation, Days, Event, Mention, Numbers, Party, Place, Statement, Text};
