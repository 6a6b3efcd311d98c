//! Pages of events.

use crate::columns::{Columns, Sort};
use crate::error::Refusal;
use crate::filter::Ready;
use crate::row::Row;
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::{Searched, Store};
use dateline_core::record::Record;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

/// Rows of a page, when nothing else is asked for, and at most.
const ROWS: (usize, usize) = (50, 500);

/// Which part of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Page {
    /// Page, from 1.
    page: Option<usize>,
    /// Rows of a page, at most 500.
    size: Option<usize>,
    /// What the rows are sorted by, descending with `-` before it: day, published, type, status, actor, recipient, place,
    /// score, confidence, sources, killed.
    sort: Option<String>,
}

impl Page {
    /// Number of the page from 1, and its rows.
    pub(crate) fn bounds(&self) -> (usize, usize) {
        (self.page.unwrap_or(1).max(1), self.size.unwrap_or(ROWS.0).clamp(1, ROWS.1))
    }

    pub(crate) fn sort(&self) -> Result<(Sort, bool), Refusal> {
        let text = self.sort.as_deref().unwrap_or("day");
        let (name, down) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        Ok((name.parse().map_err(|_| Refusal::unknown("sort", name))?, down))
    }
}

/// A page of events.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Events {
    /// How many events the filter shows.
    pub(crate) total: usize,
    /// Number of the page, from 1.
    pub(crate) page: usize,
    /// Rows of a page.
    pub(crate) size: usize,
    /// The rows.
    #[schema(value_type = Vec<Row>)]
    pub(crate) rows: Vec<Box<RawValue>>,
}

/// The numbers of the rows of a page, in order, and how many there are in all.
pub(crate) fn page(
    store: &Store,
    columns: &Columns,
    ready: &Ready,
    page: &Page,
) -> Result<(usize, Vec<u32>), Refusal> {
    let (number, size) = page.bounds();
    let (sort, down) = page.sort()?;
    let shown = ready.rows(columns);
    let order = columns.order(sort, &store.names);
    let wanted = |&&row: &&u32| shown.has(row as usize);
    let from = (number - 1).saturating_mul(size);
    let rows = if down {
        order.iter().rev().filter(wanted).skip(from).take(size).copied().collect()
    } else {
        order.iter().filter(wanted).skip(from).take(size).copied().collect()
    };
    Ok((shown.count(), rows))
}

/// All rows that are shown, in order.
pub(crate) fn all(store: &Store, columns: &Columns, ready: &Ready, page: &Page) -> Result<Vec<u32>, Refusal> {
    let (sort, down) = page.sort()?;
    let shown = ready.rows(columns);
    let mut rows: Vec<u32> =
        columns.order(sort, &store.names).iter().filter(|&&r| shown.has(r as usize)).copied().collect();
    if down {
        rows.reverse();
    }
    Ok(rows)
}

/// The columns of the table of events, under the names of the flat tables where they have them.
const COLUMNS: &[(&str, Kind)] = &[
    ("event_id", Kind::Text),
    ("cluster_id", Kind::Text),
    ("doc_id", Kind::Text),
    ("title", Kind::Text),
    ("publisher", Kind::Text),
    ("published", Kind::Text),
    ("type", Kind::Text),
    ("mode", Kind::Text),
    ("status", Kind::Text),
    ("disputed", Kind::Bool),
    ("actors", Kind::Text),
    ("actor_codes", Kind::Text),
    ("recipients", Kind::Text),
    ("recipient_codes", Kind::Text),
    ("place", Kind::Text),
    ("place_country", Kind::Text),
    ("lat", Kind::Float),
    ("lon", Kind::Float),
    ("place_precision", Kind::Text),
    ("when_start", Kind::Text),
    ("when_end", Kind::Text),
    ("when_precision", Kind::Text),
    ("sources", Kind::Text),
    ("stances", Kind::Text),
    ("killed", Kind::Int),
    ("injured", Kind::Int),
    ("arrested", Kind::Int),
    ("size", Kind::Int),
    ("about", Kind::Text),
    ("contexts", Kind::Text),
    ("background", Kind::Bool),
    ("quad", Kind::Int),
    ("score", Kind::Float),
    ("confidence", Kind::Float),
    ("story", Kind::Text),
    ("reports", Kind::Int),
    ("independent_sources", Kind::Int),
    ("doc_ids", Kind::Text),
    ("text", Kind::Text),
];

/// Events as a sheet.
pub(crate) fn sheet(bodies: &[Box<RawValue>]) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::new(COLUMNS);
    for body in bodies {
        sheet.push(cells(serde_json::from_str(body.get())?));
    }
    Ok(sheet)
}

fn joined<'a>(items: impl Iterator<Item = &'a str>) -> Cell {
    Cell::Text(Some(items.collect::<Vec<_>>().join("; ")))
}

fn cells(row: Row) -> Vec<Cell> {
    let place = row.place.as_ref();
    let int = |n: Option<u64>| Cell::Int(n.map(|n| n as i64));
    let day = |d: Option<jiff::civil::Date>| Cell::Text(d.map(|d| d.to_string()));
    vec![
        Cell::text(&row.id),
        Cell::text(&row.event),
        Cell::text(&row.doc),
        Cell::text(&row.title),
        Cell::Text(row.publisher),
        day(row.published),
        Cell::text(row.event_type.as_str()),
        Cell::Text(row.mode),
        Cell::text(row.status.as_str()),
        Cell::Bool(row.disputed),
        joined(row.actors.iter().map(|p| p.name.as_str())),
        joined(row.actors.iter().map(|p| p.code.as_str())),
        joined(row.recipients.iter().map(|p| p.name.as_str())),
        joined(row.recipients.iter().map(|p| p.code.as_str())),
        Cell::Text(place.map(|p| p.name.clone())),
        Cell::Text(place.and_then(|p| p.country.clone())),
        Cell::Float(place.and_then(|p| p.lat)),
        Cell::Float(place.and_then(|p| p.lon)),
        Cell::Text(place.map(|p| p.precision.clone())),
        day(row.start),
        day(row.end),
        Cell::Text(row.precision.map(|p| p.as_str().to_owned())),
        joined(row.sources.iter().map(|s| s.name.as_deref().unwrap_or("?"))),
        joined(row.sources.iter().map(|s| s.stance.as_str())),
        int(row.killed),
        int(row.injured),
        int(row.arrested),
        int(row.size),
        Cell::Text(row.about),
        joined(row.contexts.iter().map(|c| c.as_str())),
        Cell::Bool(row.background),
        Cell::Int(Some(i64::from(row.quad))),
        Cell::single(row.score),
        Cell::single(row.confidence),
        Cell::text(&row.story),
        Cell::Int(Some(row.reports as i64)),
        Cell::Int(Some(row.independent as i64)),
        joined(row.docs.iter().map(String::as_str)),
        Cell::text(&row.text),
    ]
}

/// The events of a record that is in no store, as a sheet.
pub(crate) fn of_record(record: &Record) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for event in &record.events {
        sheet.push(cells(crate::row::of_event(record, event, "", None)));
    }
    sheet
}

/// The rows under these numbers.
pub(crate) fn bodies(store: &Store, tellings: bool, rows: &[u32]) -> Result<Vec<Box<RawValue>>, Refusal> {
    store.bodies(if tellings { Searched::Tellings } else { Searched::Events }, rows)
}
