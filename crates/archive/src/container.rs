//! The reports of one file.

use crate::entries::Options;
use crate::entry::{Entry, Fault};
use crate::feed;
use crate::kind::Kind;
use crate::meter::Meter;
use crate::petrarch;
use crate::rows;
use crate::single;
use crate::source::{Opened, Source};
use crate::warc;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// The reports of one file, one after the other.
pub(crate) type Members = Box<dyn Iterator<Item = Result<Entry, Fault>> + Send>;

/// A file that is being read.
pub(crate) struct Container {
    pub(crate) path: String,
    pub(crate) meter: Arc<Meter>,
    pub(crate) members: Members,
}

impl Container {
    /// Opens a file.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn open(source: Source, options: &Options, total: Arc<AtomicU64>) -> Result<Self, Fault> {
        let meter = Meter::new(total);
        let opened = Opened::new(source, options.kind, options.fetch.as_deref(), Arc::clone(&meter))?;
        let place = opened.place();
        let path = place.path.clone();
        let members: Result<Members, Fault> = match opened.kind {
            Kind::Report => Ok(single::members(opened, options.max_bytes)),
            Kind::Jsonl => rows::jsonl::members(opened, options),
            Kind::Json => rows::json::members(opened, options),
            Kind::Csv => rows::delimited::members(opened, options, None),
            Kind::Tsv => rows::delimited::members(opened, options, Some(b'\t')),
            Kind::Parquet => rows::columns::members(opened, options),
            Kind::Warc => Ok(warc::members(opened, options.max_bytes)),
            Kind::Feed => feed::members(opened),
            Kind::Petrarch => petrarch::members(opened, options.max_bytes),
        };
        Ok(Self { path, meter, members: members? })
    }
}
