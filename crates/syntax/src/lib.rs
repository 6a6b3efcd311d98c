//! How it is said: sentences, tokens, tags, lemmas, dependency trees and names.
//!
//! [`Model`] holds all tables and weights, [`Worker`] the memory of one thread; [`Worker::parse`] fills a document's
//! [`Syntax`](dateline_core::Syntax). The steps can be had alone: [`segment`] cuts text into sentences and tokens,
//! [`neural`] tags and parses them, [`lemma`] finds base forms, [`conllu`] reads and writes treebanks.

mod attach;
pub mod conllu;
pub mod lemma;
pub mod neural;
mod reader;
pub mod segment;
mod table;

pub use reader::{LoadError, Model, Worker};
pub use table::TableError;
