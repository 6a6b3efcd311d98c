//! When: time expressions of news English and what they mean.
//!
//! [`Tagger`] finds the expressions of a text and resolves them against [`Anchors`]; every [`Timex`] keeps its
//! [`Meaning`], so that it can be resolved again from another day, such as the day of a quoted speech. The rules,
//! the vocabulary and the holidays are tables under `knowledge/time`.

#![forbid(unsafe_code)]

mod calendar;
mod compose;
mod digits;
mod fields;
mod holidays;
mod lex;
mod meaning;
mod passage;
mod pattern;
mod resolve;
mod table;
mod tagger;
mod tense;
mod timex;
mod words;

pub use calendar::Unit;
pub use holidays::Holiday;
pub use meaning::{Amount, Base, Meaning, Origin, Stretch, YearOf};
pub use table::TableError;
pub use tagger::Tagger;
pub use timex::{Anchors, Direction, Kind, Modifier, Relation, Timex};
