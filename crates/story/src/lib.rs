//! Many reports, one record of what went on.
//!
//! Works on records alone: [`near`] finds copies of one report.

#![forbid(unsafe_code)]

pub mod near;
