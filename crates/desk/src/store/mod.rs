//! The store: rows and reports in `SQLite` with full-text search, and the columns that views filter by in memory.

mod bits;
mod build;
mod pool;
mod words;

pub(crate) use bits::Bits;
pub(crate) use pool::Pool;

use crate::columns::{Columns, Names};
use crate::error::{Error, Refusal};
use crate::filter::Filter;
use dateline_core::record::Record;
use dateline_story::{Document, Plan, Story};
use jiff::civil::Date;
use rusqlite::OptionalExtension;
use rustc_hash::FxHashMap;
use serde_json::value::RawValue;
use std::sync::{Arc, Mutex, PoisonError};

/// Searches whose results are kept.
const KEPT: usize = 256;

/// Everything that is served.
pub struct Store {
    pool: Pool,
    pub(crate) names: Names,
    /// Events, each once.
    pub(crate) events: Columns,
    /// Events as each report tells them.
    pub(crate) tellings: Columns,
    /// The telling that stands for each event.
    pub(crate) leads: Vec<u32>,
    /// The event of each telling; none where its report was withdrawn.
    owners: Vec<u32>,
    pub(crate) statements: crate::views::statements::Columns,
    /// The reports, by day and identifier.
    pub(crate) reports: Vec<Head>,
    report_index: FxHashMap<String, u32>,
    /// The telling with an identifier, by report and event.
    telling_index: FxHashMap<(u32, String), u32>,
    pub(crate) stories: Vec<Story>,
    story_index: FxHashMap<String, u32>,
    pub(crate) plans: Vec<Plan>,
    searches: Mutex<FxHashMap<(Searched, String), Arc<Bits>>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("reports", &self.reports.len()).finish_non_exhaustive()
    }
}

/// What is known of a report without opening it.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) document: Document,
    pub(crate) url: Option<String>,
    pub(crate) events: usize,
    pub(crate) statements: usize,
    pub(crate) words: usize,
}

/// What is searched for words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Searched {
    Events,
    Tellings,
    Statements,
    Reports,
}

impl Searched {
    const fn sql(self) -> &'static str {
        match self {
            Self::Events => "SELECT rowid FROM events_fts WHERE events_fts MATCH ?",
            Self::Tellings => "SELECT rowid FROM tellings_fts WHERE tellings_fts MATCH ?",
            Self::Statements => "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?",
            Self::Reports => "SELECT rowid FROM reports_fts WHERE reports_fts MATCH ?",
        }
    }

    const fn body(self) -> &'static str {
        match self {
            Self::Events => "SELECT body FROM events WHERE key = ?",
            Self::Tellings => "SELECT body FROM tellings WHERE key = ?",
            Self::Statements => "SELECT body FROM statements WHERE key = ?",
            Self::Reports => "SELECT body FROM reports WHERE key = ?",
        }
    }
}

impl Store {
    /// Links the records, whose spans count bytes, and makes the store. Plans are followed up to `as_of`, the last day of
    /// publication when none is given.
    ///
    /// # Errors
    /// When the database for temporary files cannot be made.
    pub fn new(records: Vec<Record>, as_of: Option<Date>) -> Result<Self, Error> {
        build::store(records, as_of)
    }

    /// The columns of a kind of rows.
    pub(crate) const fn columns(&self, tellings: bool) -> &Columns {
        if tellings { &self.tellings } else { &self.events }
    }

    /// The number of a report.
    pub(crate) fn report(&self, id: &str) -> Option<u32> {
        self.report_index.get(id).copied()
    }

    /// The story with an identifier.
    pub(crate) fn story(&self, id: &str) -> Option<&Story> {
        self.stories.get(*self.story_index.get(id)? as usize)
    }

    /// The number of a telling.
    pub(crate) fn telling(&self, doc: &str, event: &str) -> Option<u32> {
        self.telling_index.get(&(self.report(doc)?, event.to_owned())).copied()
    }

    /// The event that a telling belongs to.
    pub(crate) fn event_of(&self, telling: u32) -> Option<u32> {
        self.owners.get(telling as usize).copied()
    }

    /// The rows that have the words; none when nothing is asked for.
    pub(crate) fn search(&self, table: Searched, words: Option<&str>) -> Result<Option<Arc<Bits>>, Refusal> {
        let Some(query) = words.map(words::query).transpose()? else { return Ok(None) };
        let key = (table, query);
        if let Some(found) = self.searches.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Some(Arc::clone(found)));
        }
        let len = match table {
            Searched::Events => self.events.len(),
            Searched::Tellings => self.tellings.len(),
            Searched::Statements => self.statements.len(),
            Searched::Reports => self.reports.len(),
        };
        let found = self.pool.with(|db| {
            let mut bits = Bits::new(len);
            let mut select = db.prepare_cached(table.sql())?;
            let mut rows = select.query([&key.1])?;
            while let Some(row) = rows.next()? {
                bits.set(row.get::<_, i64>(0)? as usize);
            }
            Ok::<_, rusqlite::Error>(Arc::new(bits))
        });
        let found = found.map_err(|error| Refusal::bad(format!("q: cannot be searched for ({error})")))?;
        let mut kept = self.searches.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&found));
        Ok(Some(found))
    }

    /// The rows with these numbers, as they are sent.
    pub(crate) fn bodies(&self, table: Searched, rows: &[u32]) -> Result<Vec<Box<RawValue>>, Refusal> {
        self.pool.with(|db| {
            let mut select = db.prepare_cached(table.body())?;
            let body = |&row: &u32| {
                let text: String = select.query_row([i64::from(row)], |r| r.get(0))?;
                Ok::<_, Refusal>(RawValue::from_string(text)?)
            };
            rows.iter().map(body).collect()
        })
    }

    /// All that reports tell of an event.
    pub(crate) fn cluster(&self, event: usize) -> Result<Box<RawValue>, Refusal> {
        let text: String = self.pool.with(|db| {
            db.prepare_cached("SELECT cluster FROM events WHERE key = ?")?
                .query_row([event as i64], |r| r.get(0))
        })?;
        Ok(RawValue::from_string(text)?)
    }

    /// The number of an event.
    pub(crate) fn event(&self, id: &str) -> Result<Option<u32>, Refusal> {
        Ok(self.pool.with(|db| {
            db.prepare_cached("SELECT key FROM events WHERE id = ?")?.query_row([id], |r| r.get(0)).optional()
        })?)
    }

    /// The record of a report, with spans in code points.
    pub(crate) fn record(&self, report: u32) -> Result<Record, Refusal> {
        let body = self.bodies(Searched::Reports, &[report])?;
        let text = body.first().map_or("", |b| b.get());
        Ok(Record::from_json(text.as_bytes())?)
    }

    /// The rows that a filter shows. `reviews` gives what was checked of each telling.
    pub(crate) fn shown(
        &self,
        filter: &Filter,
        reviews: impl FnOnce() -> Arc<Vec<u8>>,
    ) -> Result<(&Columns, crate::filter::Ready), Refusal> {
        let tellings = filter.tellings()?;
        let table = if tellings { Searched::Tellings } else { Searched::Events };
        let words = self.search(table, filter.words())?;
        let reviews = || {
            let of_tellings = reviews();
            if tellings {
                return of_tellings;
            }
            let of = |&lead: &u32| of_tellings.get(lead as usize).copied().unwrap_or(0);
            Arc::new(self.leads.iter().map(of).collect())
        };
        Ok((self.columns(tellings), filter.ready(&self.names, words, reviews)?))
    }
}
