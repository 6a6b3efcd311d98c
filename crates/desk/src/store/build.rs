//! Records linked and put into the store.

use super::{Head, Pool, Store};
use crate::columns::{Columns, NONE, Names};
use crate::error::Error;
use crate::row::{self, Row};
use crate::views::statements;
use dateline_core::record::Record;
use dateline_story::{Cluster, Linked, Report, link};
use jiff::civil::Date;
use rayon::prelude::*;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::sync::Mutex;

/// Connections that read at once.
const CONNECTIONS: usize = 8;

const TABLES: &str = include_str!("tables.sql");

pub(super) fn store(records: Vec<Record>, as_of: Option<Date>) -> Result<Store, Error> {
    let reports: Result<Vec<Report>, Error> = records
        .par_iter()
        .map(|r| Report::of(r).map_err(|e| Error::Record(format!("{}: {e}", row::cut(&r.id, 80)))))
        .collect();
    let linked = link(reports?, as_of);
    // Of two with one identifier the later counts, as for the story.
    let mut by_id: FxHashMap<String, Record> = FxHashMap::default();
    for record in records {
        by_id.insert(record.id.clone(), record);
    }
    let io = |error| Error::Io { path: std::env::temp_dir().display().to_string(), error };
    let file = tempfile::Builder::new().prefix("dateline-desk-").suffix(".sqlite").tempfile().map_err(io)?;
    let db = Connection::open(file.path())?;
    db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; BEGIN;")?;
    db.execute_batch(TABLES)?;
    let mut filling = Filling {
        db: &db,
        names: Names::default(),
        events: Columns::default(),
        tellings: Columns::default(),
        statements: statements::Columns::default(),
        reports: Vec::with_capacity(linked.reports.len()),
        telling_index: FxHashMap::default(),
    };
    let mut of_telling: FxHashMap<(&str, &str), &Cluster> = FxHashMap::default();
    for cluster in &linked.clusters {
        for member in &cluster.members {
            of_telling.insert((&member.doc_id, &member.event_id), cluster);
        }
    }
    for (n, document) in linked.documents.iter().enumerate() {
        if let Some(record) = by_id.remove(&document.doc_id) {
            filling.report(n as u32, &record, &linked, &of_telling)?;
        }
    }
    let leads = filling.events(&linked)?;
    let owners = filling.owners(&linked);
    let Filling { names, events, tellings, statements, reports, telling_index, .. } = filling;
    db.execute_batch("COMMIT;")?;
    db.close().map_err(|(_, error)| error)?;
    let pool = Pool::open(file.path(), CONNECTIONS)?;
    // All connections hold the file: it needs no name any more, and nothing is left whatever ends the program.
    #[cfg(unix)]
    file.close().map_err(io)?;
    #[cfg(not(unix))]
    let _ = file.keep();
    let report_index =
        reports.iter().enumerate().map(|(n, head)| (head.document.doc_id.clone(), n as u32)).collect();
    Ok(Store {
        pool,
        names,
        events,
        tellings,
        leads,
        owners,
        statements,
        reports,
        report_index,
        story_index: linked.stories.iter().zip(0..).map(|(story, n)| (story.id.clone(), n)).collect(),
        telling_index,
        stories: linked.stories,
        plans: linked.plans,
        searches: Mutex::default(),
    })
}

struct Filling<'a> {
    db: &'a Connection,
    names: Names,
    events: Columns,
    tellings: Columns,
    statements: statements::Columns,
    reports: Vec<Head>,
    telling_index: FxHashMap<(u32, String), u32>,
}

/// The words by which a row is found: what tells it, who takes part, where, on whose word, and the headline.
fn found_by(row: &Row) -> String {
    let mut words = vec![row.text.as_str(), row.title.as_str()];
    words.extend(row.actors.iter().chain(&row.recipients).map(|p| p.name.as_str()));
    words.extend(row.place.iter().map(|p| p.name.as_str()));
    words.extend(row.sources.iter().filter_map(|s| s.name.as_deref()));
    words.join("\n")
}

impl Filling<'_> {
    fn report(
        &mut self,
        number: u32,
        record: &Record,
        linked: &Linked,
        of_telling: &FxHashMap<(&str, &str), &Cluster>,
    ) -> Result<(), Error> {
        let document = linked.documents[number as usize].clone();
        for event in &record.events {
            let cluster = of_telling.get(&(record.id.as_str(), event.id.as_str())).copied();
            let row = row::of_event(record, event, &document.story, cluster);
            let key = self.tellings.len();
            self.tellings.push(&row, &mut self.names);
            self.telling_index.insert((number, event.id.clone()), key as u32);
            self.insert("INSERT INTO tellings VALUES (?, ?)", key, &row)?;
            self.db
                .prepare_cached("INSERT INTO tellings_fts (rowid, words) VALUES (?, ?)")?
                .execute(params![key as i64, found_by(&row)])?;
        }
        for statement in &record.statements {
            let row = statements::row(record, statement, &document.story);
            let key = self.statements.len();
            self.statements.push(&row, &mut self.names);
            self.insert("INSERT INTO statements VALUES (?, ?)", key, &row)?;
            let words = format!("{}\n{}", row.text, row.speaker.as_ref().map_or("", |s| s.name.as_str()));
            self.db
                .prepare_cached("INSERT INTO statements_fts (rowid, words) VALUES (?, ?)")?
                .execute(params![key as i64, words])?;
        }
        self.db
            .prepare_cached("INSERT INTO reports_fts (rowid, title, words) VALUES (?, ?, ?)")?
            .execute(params![number, record.title, record.text])?;
        self.reports.push(Head {
            document: dateline_story::Document { title: row::title(&document.title), ..document },
            url: record.url.clone(),
            events: record.events.len(),
            statements: record.statements.len(),
            words: record.text.split_whitespace().count(),
        });
        self.insert("INSERT INTO reports VALUES (?, ?)", number as usize, &record.clone().in_code_points())
    }

    /// The events, and the telling that stands for each.
    fn events(&mut self, linked: &Linked) -> Result<Vec<u32>, Error> {
        let mut leads = Vec::with_capacity(linked.clusters.len());
        for (key, cluster) in linked.clusters.iter().enumerate() {
            let (report, act) = cluster.lead;
            let id = &linked.reports[report as usize].acts[act as usize].id;
            let lead = self.telling_index.get(&(report, id.clone())).copied().unwrap_or(NONE);
            leads.push(lead);
            let bits = self.tellings.contexts.get(lead as usize).copied().unwrap_or(0);
            let contexts = dateline_core::Context::ALL.iter().copied();
            let contexts = contexts.filter(|&c| bits & crate::columns::bit_of(c) != 0).collect();
            let row = row::of_cluster(cluster, &linked.reports, contexts);
            self.events.push(&row, &mut self.names);
            self.db.prepare_cached("INSERT INTO events VALUES (?, ?, ?, ?)")?.execute(params![
                key as i64,
                cluster.id,
                json(&row)?,
                json(cluster)?
            ])?;
            self.db
                .prepare_cached("INSERT INTO events_fts (rowid, words) VALUES (?, ?)")?
                .execute(params![key as i64, found_by(&row)])?;
        }
        Ok(leads)
    }

    /// The event of each telling.
    fn owners(&self, linked: &Linked) -> Vec<u32> {
        let mut owners = vec![NONE; self.tellings.len()];
        for (key, cluster) in linked.clusters.iter().enumerate() {
            for &(report, act) in &cluster.tellings {
                let id = &linked.reports[report as usize].acts[act as usize].id;
                if let Some(&telling) = self.telling_index.get(&(report, id.clone())) {
                    owners[telling as usize] = key as u32;
                }
            }
        }
        owners
    }

    fn insert<T: serde::Serialize>(&self, sql: &str, key: usize, row: &T) -> Result<(), Error> {
        self.db.prepare_cached(sql)?.execute(params![key as i64, json(row)?])?;
        Ok(())
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Record(e.to_string()))
}
