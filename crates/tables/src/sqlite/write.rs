//! Records into a new `SQLite` file.

use super::USER_VERSION;
use crate::error::Error;
use dateline_core::Span;
use dateline_core::offsets::CodePoints;
use dateline_core::record::{Event, Record};
use dateline_export::flat::{self, Visit};
use dateline_export::row::{Column, Kind, Row, Value};
use dateline_export::{Names, Table};
use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql, params};
use std::fs::File;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes a `SQLite` file, which appears whole or not at all.
#[derive(Debug)]
pub struct SqliteWriter {
    connection: Connection,
    file: NamedTempFile,
    path: PathBuf,
    /// The statement that inserts into a table, in the order of [`Table::ALL`].
    inserts: Vec<String>,
}

impl SqliteWriter {
    /// Opens a file beside `path`, which it takes the place of in the end.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".dateline-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder).map_err(Error::io(folder))?;
        let connection = Connection::open(file.path())?;
        connection.set_prepared_statement_cache_capacity(32);
        // Nothing is read from the file before it is whole, so that no journal is needed.
        connection
            .execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")?;
        connection.pragma_update(None, "user_version", USER_VERSION)?;
        connection.execute_batch("BEGIN")?;
        for &table in Table::ALL {
            connection.execute_batch(&definition(table))?;
        }
        connection.execute_batch(include_str!("side_tables.sql"))?;
        let inserts = Table::ALL.iter().map(|&table| insertion(table)).collect();
        Ok(Self { connection, file, path: path.to_owned(), inserts })
    }

    /// Takes a record, whose offsets count bytes.
    ///
    /// # Errors
    /// When the file does not take its rows.
    pub fn push(&mut self, record: &Record) -> Result<(), Error> {
        flat::visit(record, self)?;
        let points = CodePoints::new(&record.text);
        self.document(record, &points)?;
        let names = Names::new(record);
        record.events.iter().try_for_each(|event| self.event(record, &names, &points, event))
    }

    fn document(&self, record: &Record, points: &CodePoints) -> Result<(), Error> {
        let doc = record.id.as_str();
        if let Some(dateline) = &record.dateline {
            let date = dateline.date.map(|d| d.to_string());
            self.insert("INSERT INTO datelines VALUES (?, ?, ?)")?.execute(params![
                doc,
                dateline.place,
                date
            ])?;
        }
        let mut insert = self.insert("INSERT INTO sentences VALUES (NULL, ?, ?, ?, ?, ?)")?;
        for (k, sentence) in record.sentences.iter().enumerate() {
            let Span { start, end } = points.span(*sentence);
            insert.execute(params![doc, k as i64, start, end, sentence.of(&record.text)])?;
        }
        let mut insert = self.insert("INSERT INTO removed VALUES (?, ?, ?, ?)")?;
        for removed in &record.removed {
            let Span { start, end } = points.span(removed.span);
            insert.execute(params![doc, start, end, removed.reason])?;
        }
        let mut insert = self.insert("INSERT INTO warnings VALUES (?, ?)")?;
        for warning in &record.warnings {
            insert.execute(params![doc, warning])?;
        }
        Ok(())
    }

    fn event(
        &self,
        record: &Record,
        names: &Names<'_>,
        points: &CodePoints,
        event: &Event,
    ) -> Result<(), Error> {
        let (doc, id) = (record.id.as_str(), event.id.as_str());
        let about = event.about.as_ref();
        let roles = [
            ("actor", event.actors.as_slice()),
            ("recipient", event.recipients.as_slice()),
            ("about_actor", about.map(|a| a.actors.as_slice()).unwrap_or_default()),
            ("about_recipient", about.map(|a| a.recipients.as_slice()).unwrap_or_default()),
        ];
        let mut insert = self.insert("INSERT INTO event_parties VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (role, ids) in roles {
            for (k, party) in ids.iter().enumerate() {
                let entity = names.entity(party);
                insert.execute(params![
                    doc,
                    id,
                    role,
                    k as i64,
                    party,
                    entity.map(|e| e.name.as_str()),
                    entity.map(|e| e.kind.as_str()),
                    entity.and_then(|e| e.title.as_deref()),
                    entity.and_then(|e| e.country).map(|c| c.to_string()),
                    entity.map(|e| e.sector.as_str()),
                    entity.map(|e| e.code.as_str()),
                ])?;
            }
        }
        let mut insert = self.insert("INSERT INTO event_sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (k, s) in event.sources.iter().enumerate() {
            let cue = s.cue.map(|cue| points.span(cue));
            let (start, end) = (cue.map(|c| c.start), cue.map(|c| c.end));
            let (kind, stance) = (s.kind.as_str(), s.stance.as_str());
            insert.execute(params![doc, id, k as i64, s.entity, s.name, kind, stance, start, end])?;
        }
        let mut insert = self.insert("INSERT INTO event_contexts VALUES (?, ?, ?)")?;
        for context in &event.contexts {
            insert.execute(params![doc, id, context.as_str()])?;
        }
        let mut insert = self.insert("INSERT INTO event_mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        for (k, m) in event.mentions.iter().enumerate() {
            let (clause, trigger) = (points.span(m.clause), points.span(m.trigger));
            let spans = [clause.start, clause.end, trigger.start, trigger.end];
            insert.execute(params![
                doc, id, k as i64, m.sentence, spans[0], spans[1], spans[2], spans[3], m.rule
            ])?;
        }
        Ok(())
    }

    fn insert(&self, sql: &str) -> Result<CachedStatement<'_>, Error> {
        Ok(self.connection.prepare_cached(sql)?)
    }

    /// Makes indices, views and the search, and gives the file its name.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn finish(self) -> Result<(), Error> {
        self.connection.execute_batch(include_str!("finish.sql"))?;
        self.connection.execute_batch("COMMIT; ANALYZE;")?;
        self.connection.close().map_err(|(_, error)| error)?;
        self.file.as_file().sync_all().map_err(Error::io(&self.path))?;
        self.file.persist(&self.path).map_err(|e| Error::io(&self.path)(e.error))?;
        // The name is safe once the folder is.
        #[cfg(unix)]
        if let Some(folder) = self.path.parent().filter(|p| !p.as_os_str().is_empty()) {
            File::open(folder).and_then(|f| f.sync_all()).map_err(Error::io(folder))?;
        }
        Ok(())
    }
}

impl Visit for SqliteWriter {
    type Error = Error;

    fn row<R: Row>(&mut self, table: Table, row: &R) -> Result<(), Error> {
        let mut insert = self.connection.prepare_cached(&self.inserts[table as usize])?;
        let columns = table.columns().len();
        let (mut k, mut outcome) = (0, Ok(()));
        row.each(&mut |value| {
            if k < columns && outcome.is_ok() {
                k += 1;
                outcome = insert.raw_bind_parameter(k, Bound(&value));
            }
        });
        outcome?;
        insert.raw_execute()?;
        Ok(())
    }
}

/// A value as `SQLite` stores it.
struct Bound<'a>(&'a Value<'a>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bool(v) => ToSqlOutput::Owned(Sql::Integer(i64::from(*v))),
            Value::Int(v) => ToSqlOutput::Owned(Sql::Integer(*v)),
            // 0.83, not 0.8299999833106995; read back it is the same number.
            Value::Single(v) => ToSqlOutput::Owned(Sql::Real(v.to_string().parse().unwrap_or(f64::from(*v)))),
            Value::Double(v) => ToSqlOutput::Owned(Sql::Real(*v)),
            Value::Date(v) => ToSqlOutput::Owned(Sql::Text(v.to_string())),
            Value::Null | Value::List(_) | Value::Struct(_) => ToSqlOutput::Owned(Sql::Null),
        })
    }
}

/// The statement that makes a flat table.
fn definition(table: Table) -> String {
    let column = |c: &Column| {
        let kind = match c.kind {
            Kind::Bool | Kind::Int => "INTEGER",
            Kind::Single | Kind::Double => "REAL",
            Kind::Text | Kind::Date | Kind::List(_) | Kind::Struct(_) => "TEXT",
        };
        format!("\n    \"{}\" {kind}{} -- {}", c.name, if c.nullable { "" } else { " NOT NULL" }, c.doc)
    };
    // The comma stands before the comment.
    let mut lines: Vec<String> = table.columns().iter().map(column).collect();
    let last = lines.len() - 1;
    for line in &mut lines[..last] {
        *line = line.replacen(" -- ", ", -- ", 1);
    }
    format!("CREATE TABLE {table} ({}\n)", lines.concat())
}

fn insertion(table: Table) -> String {
    let marks = vec!["?"; table.columns().len()].join(", ");
    format!("INSERT INTO {table} VALUES ({marks})")
}
