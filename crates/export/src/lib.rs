//! In what shape: records to JSON, CSV and tables a person reads.
//!
//! [`Writer`] writes the records of a run in one [`Format`]; [`Tables`] the flat tables side by side;
//! [`listing`] any rows as aligned columns, JSON lines or CSV. Records come in as the reader makes them, with byte
//! offsets; what is written counts Unicode code points.

#![forbid(unsafe_code)]

pub mod countries;
mod error;
pub mod flat;
mod format;
pub mod layout;
pub mod listing;
mod names;
pub mod read;
pub mod report;
pub mod row;
mod schema;
pub mod table;
mod tables;
mod words;
mod writer;

pub use error::ExportError;
pub use flat::Table;
pub use format::Format;
pub use names::Names;
pub use schema::{EMBEDDED as SCHEMA, schema};
pub use tables::Tables;
pub use writer::{Shape, Writer};
