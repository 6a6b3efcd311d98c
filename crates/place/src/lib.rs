//! Where: place names to gazetteer entries with coordinates.

#![forbid(unsafe_code)]

mod error;
mod fold;
pub mod gazetteer;

pub use error::Error;
pub use fold::{fold, fold_into};
pub use gazetteer::Gazetteer;
