//! Which reports are in what was given: files, folders, lists of files, archives, feeds, addresses.
//!
//! [`Entries`] walks through everything that was given, in one fixed order, and hands out one report after the other
//! with its place in its archive, what the archive knows of it, and its bytes; whatever cannot be read is handed out
//! as a [`Fault`] in its place, and the walk goes on. Nothing larger than one report is held in memory.
//!
//! ```
//! use dateline_archive::{Entries, Found, Given, Options};
//! let folder = std::env::temp_dir().join("dateline-archive-example");
//! std::fs::create_dir_all(&folder)?;
//! std::fs::write(folder.join("wire.jsonl"), "{\"text\": \"The envoy left.\", \"date\": \"2012-11-21\"}\n")?;
//! let given = vec![Given::of(folder.join("wire.jsonl"))];
//! let found: Vec<Found> = Entries::new(given, Options::default()).collect();
//! let Found::Report(entry) = &found[0] else { panic!("{found:?}") };
//! assert_eq!((entry.id.as_str(), entry.bytes.as_slice()), ("wire-1", "The envoy left.".as_bytes()));
//! assert_eq!(entry.known.published, Some("2012-11-21".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![forbid(unsafe_code)]

mod container;
mod digest;
mod entries;
mod entry;
mod feed;
mod fields;
mod files;
mod ids;
mod kind;
mod meter;
mod petrarch;
mod rows;
mod single;
mod source;
mod warc;

pub use dateline_ingest::Format;
pub use digest::{Digest, hex};
pub use entries::{Entries, Found, Options, Progress};
pub use entry::{Entry, Fault, FaultKind, FileEnd, Known, Place, Unit};
pub use feed::links as feed_links;
pub use fields::Fields;
pub use files::{Given, Size, measure};
pub use ids::Ids;
pub use kind::Kind;
pub use source::{Fetch, Fetched};
pub use warc::write as write_warc;
