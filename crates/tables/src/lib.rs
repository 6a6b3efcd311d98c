//! Records as tables for machines: Arrow record batches, Parquet, Arrow IPC and `SQLite`.
//!
//! [`Batches`] turns records into Arrow record batches of the [`Table`]s; [`PartWriter`] writes them as a part of a run,
//! a file a table, each whole or not at all; [`read`] turns tables back into records. [`sqlite`] writes and reads one
//! file for any `SQLite` viewer. The columns are those of [`dateline_export::Table`], so that a column has one name, one
//! type and one meaning in every form.
//!
//! Records come in and go out with byte offsets, as the reader makes them; tables count Unicode code points.
//!
//! ```
//! use dateline_tables::{Batches, Table};
//! let mut batches = Batches::new();
//! // for record in records { batches.push(&record)?; }
//! let tables = batches.finish()?;
//! assert_eq!(tables[Table::Events as usize].num_rows(), 0);
//! # Ok::<(), dateline_tables::Error>(())
//! ```

#![forbid(unsafe_code)]

mod array;
mod batches;
mod decode;
mod error;
mod fields;
pub mod file;
mod parts;
pub mod read;
pub mod rows;
mod schema;
pub mod sqlite;

pub use batches::Batches;
pub use dateline_export::Table;
pub use error::Error;
pub use file::Form;
pub use parts::{Part, PartWriter};
pub use schema::{describe, schema};
