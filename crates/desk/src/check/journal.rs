//! The file of corrections: only ever added to, synced before anybody is told that something is stored.

use super::{Correction, Opinion, Verdict, values};
use crate::error::{Error, Refusal};
use crate::store::Store;
use axum::http::StatusCode;
use rusqlite::{Connection, OpenFlags, params};
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// Version of the file's form.
const USER_VERSION: i32 = 1;

const TABLE: &str = "CREATE TABLE corrections (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL, reviewer TEXT, doc TEXT NOT NULL, event TEXT NOT NULL, verdict TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX corrections_event ON corrections (doc, event, revision);
PRAGMA user_version = 1;";

/// The corrections, and the file that keeps them.
pub(crate) struct Journal {
    /// The file, when it may be written.
    file: Option<Mutex<Connection>>,
    latest: RwLock<Latest>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("open", &self.file.is_some()).finish_non_exhaustive()
    }
}

/// The last word on each event.
#[derive(Debug, Default)]
struct Latest {
    /// By report and event.
    of: FxHashMap<(String, String), Correction>,
    /// The verdict on each telling of the store.
    verdicts: Arc<Vec<u8>>,
}

impl Journal {
    /// Opens the file at `path`. Without `write` it is only read, where it is there.
    pub(crate) fn open(path: Option<&Path>, write: bool, store: &Store) -> Result<Self, Error> {
        let mut latest = Latest { verdicts: Arc::new(vec![0; store.tellings.len()]), ..Latest::default() };
        let connection = match path {
            Some(path) if write => Some(to_write(path)?),
            Some(path) if path.exists() => {
                Some(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
            }
            _ => None,
        };
        if let Some(db) = &connection {
            let mut select = db.prepare("SELECT revision, at, body FROM corrections ORDER BY revision")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let (revision, at, body): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let opinion = serde_json::from_str(&body).map_err(|e| {
                    Error::Corrections(format!(
                        "correction {revision} cannot be read ({e}): it is of a later version"
                    ))
                })?;
                latest.take(Correction { revision, at, opinion }, store);
            }
        }
        Ok(Self { file: connection.filter(|_| write).map(Mutex::new), latest: RwLock::new(latest) })
    }

    /// Whether corrections are taken.
    pub(crate) const fn is_open(&self) -> bool {
        self.file.is_some()
    }

    /// The verdict on each telling.
    pub(crate) fn verdicts(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.latest.read().unwrap_or_else(PoisonError::into_inner).verdicts)
    }

    /// The last word on each event, of one report or of all, by number.
    pub(crate) fn all(&self, doc: Option<&str>) -> Vec<Correction> {
        let latest = self.latest.read().unwrap_or_else(PoisonError::into_inner);
        let mut all: Vec<Correction> =
            latest.of.values().filter(|c| doc.is_none_or(|d| c.opinion.doc == d)).cloned().collect();
        all.sort_by_key(|c| c.revision);
        all
    }

    /// Stores an opinion. When this returns, the disk has it.
    pub(crate) fn add(&self, mut opinion: Opinion, store: &Store) -> Result<Correction, Refusal> {
        let Some(file) = &self.file else {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "the desk only reads: start it with --check"));
        };
        check(&opinion, store)?;
        let db: MutexGuard<'_, Connection> = file.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (opinion.doc.clone(), opinion.event.clone());
        let last = self.latest.read().unwrap_or_else(PoisonError::into_inner).of.get(&key).cloned();
        let seen = last.as_ref().map_or(0, |c| c.revision);
        if let (Some(after), Some(last)) = (opinion.after, &last)
            && after != seen
        {
            let who = last.opinion.reviewer.as_deref().unwrap_or("somebody");
            let reason = format!("{who} has {} this event meanwhile: look at it again", last.opinion.verdict);
            return Err(Refusal::new(StatusCode::CONFLICT, reason));
        }
        let at = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        if opinion.verdict == Verdict::Added && opinion.event.is_empty() {
            let next: i64 =
                db.query_row("SELECT coalesce(max(revision), 0) + 1 FROM corrections", [], |r| r.get(0))?;
            opinion.event = format!("added-{next}");
        }
        opinion.after = None;
        db.prepare_cached(
            "INSERT INTO corrections (at, reviewer, doc, event, verdict, body) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            at,
            opinion.reviewer,
            opinion.doc,
            opinion.event,
            opinion.verdict.as_str(),
            serde_json::to_string(&opinion)?
        ])?;
        let correction = Correction { revision: db.last_insert_rowid(), at, opinion };
        self.latest.write().unwrap_or_else(PoisonError::into_inner).take(correction.clone(), store);
        Ok(correction)
    }
}

fn to_write(path: &Path) -> Result<Connection, Error> {
    let db = Connection::open(path)?;
    db.busy_timeout(Duration::from_secs(10))?;
    // A commit is on the disk when it returns, whatever ends the program or the machine.
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")?;
    let version: i32 = db.query_row("PRAGMA user_version", [], |r| r.get(0))?;
    match version {
        0 => db.execute_batch(TABLE)?,
        USER_VERSION => {}
        other => {
            let reason = format!("{}: is of version {other}; this program knows 1", path.display());
            return Err(Error::Corrections(reason));
        }
    }
    Ok(db)
}

/// Whether an opinion says something that can be.
fn check(opinion: &Opinion, store: &Store) -> Result<(), Refusal> {
    let refuse = |what: &str| Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, what));
    let Some(report) = store.report(&opinion.doc) else {
        return Err(Refusal::missing("report", &opinion.doc));
    };
    let added = opinion.event.starts_with("added-");
    match opinion.verdict {
        Verdict::Added if !opinion.event.is_empty() && !added => {
            return refuse("an added event has no name yet");
        }
        Verdict::Added => {}
        _ if added => {}
        _ if store.telling(&opinion.doc, &opinion.event).is_none() => {
            return Err(Refusal::missing("event", &opinion.event));
        }
        _ => {}
    }
    let needs_values = matches!(opinion.verdict, Verdict::Corrected | Verdict::Added);
    match &opinion.values {
        Some(values) if needs_values => values.check()?,
        None if needs_values => return refuse("values: tell what is right"),
        Some(_) => return refuse("values belong to a corrected or added event"),
        None => {}
    }
    if opinion.verdict == Verdict::Added {
        let Some(mention) = opinion.mention else { return refuse("mention: tell where the event is told") };
        let len = store.record(report)?.text.chars().count() as u32;
        if mention.trigger.is_empty() || !mention.clause.covers(mention.trigger) || mention.clause.end > len {
            return refuse("mention: the trigger lies in the clause, and the clause in the text");
        }
    }
    if opinion.reviewer.as_ref().is_some_and(|r| r.chars().count() > 120) {
        return refuse("reviewer: a name of at most 120 characters");
    }
    values::note(opinion.note.as_ref())
}

impl Latest {
    fn take(&mut self, correction: Correction, store: &Store) {
        let Opinion { doc, event, verdict, .. } = &correction.opinion;
        if let Some(telling) = store.telling(doc, event)
            && let Some(slot) = Arc::make_mut(&mut self.verdicts).get_mut(telling as usize)
        {
            *slot = *verdict as u8;
        }
        self.of.insert((doc.clone(), event.clone()), correction);
    }
}
