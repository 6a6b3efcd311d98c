//! Many reports, one record of what went on.
//!
//! Works on records alone: [`near`] finds copies of one report, [`coref`] mentions of one event.

#![forbid(unsafe_code)]

pub mod coref;
pub mod days;
pub mod linkage;
pub mod near;
pub mod stories;
pub mod words;
