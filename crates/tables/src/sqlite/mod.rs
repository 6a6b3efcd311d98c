//! Records in one `SQLite` file that opens in any viewer.
//!
//! The flat tables of [`Table`](crate::Table) with the same columns; days are texts such as `2012-11-21`. What is a list
//! in the record has a table of its own: `event_parties`, `event_sources`, `event_contexts`, `event_mentions`,
//! `sentences`, `removed`, `warnings`. `sentences_fts` finds sentences by their words. Views answer what is asked most:
//! `news`, `plans`, `dyads`, `country_pairs`, `events_by_day`, `claims`.

mod read;
mod write;

pub use read::read;
pub use write::SqliteWriter;

/// Version of the file's form, its `user_version`.
pub const USER_VERSION: i32 = 1;
