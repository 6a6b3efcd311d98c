//! How it is said: sentences, tokens, tags, lemmas, dependency trees and names

pub mod conllu;
pub mod neural;
pub mod segment;
mod table;

pub use table::TableError;
