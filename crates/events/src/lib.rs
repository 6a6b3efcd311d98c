//! What was done: frames matched on trees, with parties, mode and status.

#![forbid(unsafe_code)]

pub mod fill;
pub mod frame;
pub mod matcher;
pub mod status;
pub mod support;
pub mod table;
