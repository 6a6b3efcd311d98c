//! Where: place names to gazetteer entries with coordinates.

#![forbid(unsafe_code)]

mod error;
mod fold;
pub mod gazetteer;
mod home;
mod kinds;
mod lexicon;
mod lookup;
mod persons;
mod recognize;
mod resolve;
mod resolver;
mod types;
mod vote;
mod words;

pub use error::Error;
pub use fold::{fold, fold_into};
pub use gazetteer::Gazetteer;
pub use resolver::Resolver;
pub use types::{Hints, NameHint, PlaceKind, PlacePrecision, ResolvedPlace, Toponym};
