//! The pipeline as one library: a report goes in, the record comes out.
//!
//! ```no_run
//! use dateline::{Model, Options, Reader};
//! let model = Model::embedded()?;
//! let record = Reader::new(&model).read(b"Clinton met Netanyahu in Jerusalem on Tuesday.", &Options::default())?;
//! for event in &record.events {
//!     println!("{} {}", event.status, event.event_type);
//! }
//! # Ok::<(), dateline::Error>(())
//! ```

#![forbid(unsafe_code)]

mod assemble;
pub mod explain;
mod model;
mod naming;
pub mod pipeline;
mod reader;
mod settle;
mod statements;
mod training;

pub use dateline_actors::phrase::span as phrase_span;
pub use dateline_core as core;
pub use dateline_core::record::Record;
pub use dateline_ingest::{Format, Options, read as ingest};
pub use dateline_voices as voices;
pub use model::{Error, Model};
pub use reader::{Reader, Reading};
pub use training::{ActTraining, Training};
