//! Reports: which there are, and one with what others tell of its events.

use crate::columns::NONE;
use crate::error::Refusal;
use crate::row::cut;
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::{Head, Searched, Store};
use crate::views::events::Page;
use dateline_core::record::Record;
use dateline_story::Document;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Which reports.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Filter {
    /// Words of the headline or the text.
    q: Option<String>,
    /// Identifier of a story.
    story: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// First day of publication.
    since: Option<String>,
    /// Last day of publication.
    until: Option<String>,
}

/// A report in a list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportRow)]
pub(crate) struct Row {
    id: String,
    title: String,
    publisher: Option<String>,
    #[schema(value_type = Option<String>)]
    published: Option<Date>,
    url: Option<String>,
    story: String,
    events: usize,
    statements: usize,
    words: usize,
    /// Whether another report of its group of copies stands for it.
    copy: bool,
    /// Whether it was withdrawn, or withdraws another.
    withdrawn: bool,
    superseded_by: Option<String>,
}

/// A page of reports, by day of publication.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Reports {
    total: usize,
    page: usize,
    size: usize,
    rows: Vec<Row>,
}

/// A report with what others tell of its events.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Report {
    /// The record, its spans in code points.
    #[schema(value_type = Object)]
    record: Box<RawValue>,
    /// What it is beside the others: copies, versions, story.
    #[schema(value_type = Object)]
    document: Document,
    /// Title of its story.
    story_title: String,
    /// The reports before and behind it.
    before: Option<String>,
    after: Option<String>,
    /// Other reports of its group of copies.
    copies: Vec<Other>,
    /// What others tell of each of its events.
    links: BTreeMap<String, Link>,
}

/// An event of the report, as all reports tell it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Link {
    /// The event.
    event: String,
    reports: usize,
    independent: usize,
    disputed: bool,
    /// The other reports that tell it.
    others: Vec<Other>,
}

/// Another report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Other {
    doc: String,
    /// Its telling.
    telling: Option<String>,
    title: String,
    publisher: Option<String>,
    #[schema(value_type = Option<String>)]
    published: Option<Date>,
}

/// What is needed of an event that was written down by the story.
#[derive(Debug, Deserialize)]
struct Cluster {
    id: String,
    disputed: bool,
    documents: usize,
    sources: usize,
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    doc_id: String,
    event_id: String,
}

fn row(head: &Head) -> Row {
    let Document { doc_id, published, publisher, title, copy, superseded_by, withdrawn, story, .. } =
        head.document.clone();
    Row {
        id: doc_id,
        title,
        publisher,
        published,
        url: head.url.as_ref().map(|u| cut(u, 400)),
        story,
        events: head.events,
        statements: head.statements,
        words: head.words,
        copy,
        withdrawn,
        superseded_by,
    }
}

fn shown(store: &Store, filter: &Filter) -> Result<Vec<u32>, Refusal> {
    let told = |text: &Option<String>| text.clone().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let words = store.search(Searched::Reports, told(&filter.q).as_deref())?;
    let since = crate::filter::day(filter.since.as_ref(), "since")?;
    let until = crate::filter::day(filter.until.as_ref(), "until")?;
    let (story, publisher) = (told(&filter.story), told(&filter.publisher));
    let is_shown = |&n: &u32| {
        let document = &store.reports[n as usize].document;
        words.as_ref().is_none_or(|w| w.has(n as usize))
            && story.as_ref().is_none_or(|s| document.story == *s)
            && publisher.as_ref().is_none_or(|p| document.publisher.as_ref() == Some(p))
            && since.is_none_or(|s| document.published.is_some_and(|d| s <= d))
            && until.is_none_or(|u| document.published.is_some_and(|d| d <= u))
    };
    Ok((0..store.reports.len() as u32).filter(is_shown).collect())
}

pub(crate) fn page(store: &Store, filter: &Filter, page: &Page) -> Result<Reports, Refusal> {
    let reports = shown(store, filter)?;
    let (number, size) = page.bounds();
    let here = reports.iter().skip((number - 1).saturating_mul(size)).take(size);
    let rows = here.map(|&n| row(&store.reports[n as usize])).collect();
    Ok(Reports { total: reports.len(), page: number, size, rows })
}

fn other(store: &Store, doc: &str, telling: Option<String>) -> Other {
    let head = store.report(doc).map(|n| &store.reports[n as usize].document);
    Other {
        doc: doc.to_owned(),
        telling,
        title: head.map(|d| d.title.clone()).unwrap_or_default(),
        publisher: head.and_then(|d| d.publisher.clone()),
        published: head.and_then(|d| d.published),
    }
}

/// One report.
pub(crate) fn one(store: &Store, id: &str) -> Result<Report, Refusal> {
    let number = store.report(id).ok_or_else(|| Refusal::missing("report", id))?;
    let document = store.reports[number as usize].document.clone();
    let record = store.bodies(Searched::Reports, &[number])?.swap_remove(0);
    let read = Record::from_json(record.get().as_bytes())?;
    let mut links = BTreeMap::new();
    for event in &read.events {
        if let Some(link) = link(store, id, &event.id)? {
            links.insert(event.id.clone(), link);
        }
    }
    let copies = store.reports.iter().map(|h| &h.document);
    let copies = copies.filter(|d| d.group == document.group && d.doc_id != id);
    let story = store.story(&document.story);
    let neighbour =
        |n: Option<u32>| n.and_then(|n| store.reports.get(n as usize)).map(|h| h.document.doc_id.clone());
    Ok(Report {
        story_title: story.map(|s| crate::row::title(&s.title)).unwrap_or_default(),
        before: neighbour(number.checked_sub(1)),
        after: neighbour(number.checked_add(1)),
        copies: copies.map(|d| other(store, &d.doc_id, None)).collect(),
        record,
        document,
        links,
    })
}

fn link(store: &Store, doc: &str, event: &str) -> Result<Option<Link>, Refusal> {
    let Some(key) = store.telling(doc, event).and_then(|t| store.event_of(t)).filter(|&k| k != NONE) else {
        return Ok(None);
    };
    let cluster: Cluster = serde_json::from_str(store.cluster(key as usize)?.get())?;
    let others = cluster.members.into_iter().filter(|m| m.doc_id != doc);
    Ok(Some(Link {
        event: cluster.id,
        reports: cluster.documents,
        independent: cluster.sources,
        disputed: cluster.disputed,
        others: others.map(|m| other(store, &m.doc_id, Some(m.event_id))).collect(),
    }))
}

const COLUMNS: &[(&str, Kind)] = &[
    ("doc_id", Kind::Text),
    ("published", Kind::Text),
    ("publisher", Kind::Text),
    ("title", Kind::Text),
    ("url", Kind::Text),
    ("story", Kind::Text),
    ("events", Kind::Int),
    ("statements", Kind::Int),
    ("words", Kind::Int),
    ("copy", Kind::Bool),
    ("withdrawn", Kind::Bool),
];

/// All reports that are shown, as a sheet.
pub(crate) fn sheet(store: &Store, filter: &Filter) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::new(COLUMNS);
    for n in shown(store, filter)? {
        let row = row(&store.reports[n as usize]);
        sheet.push(vec![
            Cell::text(&row.id),
            Cell::Text(row.published.map(|d| d.to_string())),
            Cell::Text(row.publisher),
            Cell::text(&row.title),
            Cell::Text(row.url),
            Cell::text(&row.story),
            Cell::int(row.events),
            Cell::int(row.statements),
            Cell::int(row.words),
            Cell::Bool(row.copy),
            Cell::Bool(row.withdrawn),
        ]);
    }
    Ok(sheet)
}
