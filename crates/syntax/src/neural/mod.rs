//! The neural reader: tags, trees and names of one tokenised sentence.
//!
//! The model is a small multi-task network: a word layer that depends on the form alone (and is cached), five
//! bidirectional layers of simple recurrent units, and heads for parts of speech, arcs, relations and names.
//! [`Model`] is immutable and shared; each thread owns a [`Worker`].
//!
//! The result is the same to the bit on every machine. Matrices hold 8-bit weights, activations are quantised to
//! seven bits, so that every matrix product is an exact integer whatever kernel computed it; all other arithmetic is
//! addition, multiplication, division and square root of `f32` in an order that the source fixes.
//!
//! ```
//! use dateline_syntax::neural::{ENGLISH, Model, Worker};
//!
//! let model = Model::load(ENGLISH)?;
//! let mut worker = Worker::new(&model);
//! let mut out = Vec::new();
//! worker.annotate(&model, &["Rebels", "attacked", "Cairo", "."], &mut out);
//! assert_eq!(out[1].head, 0);
//! assert_eq!(out[0].head, 2);
//! # Ok::<(), dateline_syntax::neural::ModelError>(())
//! ```

// Formulas keep their usual letters, and results are compared to the bit on purpose.
#![allow(clippy::many_single_char_names, clippy::float_cmp)]

mod encoder;
mod features;
mod file;
mod floats;
mod heads;
mod kernels;
mod matrix;
mod model;
mod names;
mod tree;
mod valency;
mod words;
mod worker;

pub use model::{Model, ModelError};
pub use worker::{MAX_WORDS, Prediction, Worker};

/// The bytes of the English model that is part of this crate.
pub static ENGLISH: &[u8] = include_bytes!("../../../../models/english.reader");
