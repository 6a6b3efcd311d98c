//! Events by place.

use crate::columns::{Columns, NONE};
use crate::filter::Ready;
use crate::row::Place;
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::Store;
use serde::Serialize;
use utoipa::ToSchema;

/// Most places; the rest is told as a number.
const MOST: usize = 3000;

/// Events by place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Map {
    /// Events that are shown.
    total: usize,
    /// Events whose place no report tells, or that has no coordinates and no country.
    unplaced: usize,
    /// The places, those with most independent sources first.
    places: Vec<Spot>,
    /// Places that are left out.
    left_out: usize,
}

/// What took place at a place.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Spot {
    /// The place. Its `precision` tells how large it is: what is known of a country only is not in its middle.
    #[serde(flatten)]
    place: Place,
    /// Number of events.
    events: u32,
    /// Sum of their independent sources.
    sources: u32,
    /// Events by quad class.
    quads: [u32; 4],
    /// Mean score.
    score: f64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    events: u32,
    sources: u32,
    quads: [u32; 4],
    score: f64,
}

pub(crate) fn map(store: &Store, columns: &Columns, ready: &Ready) -> Map {
    let mut sums = vec![Sum::default(); store.names.place_list.len()];
    let shown = ready.rows(columns);
    let mut unplaced = 0;
    for row in shown.iter() {
        let n = columns.places[row];
        if n == NONE {
            unplaced += 1;
            continue;
        }
        let sum = &mut sums[n as usize];
        sum.events += 1;
        sum.sources += columns.independent[row].max(1);
        sum.quads[columns.quads[row].clamp(1, 4) as usize - 1] += 1;
        sum.score += f64::from(columns.scores[row]);
    }
    let place = |n: u32| &store.names.place_list[n as usize];
    let mut ranked: Vec<u32> = (0..sums.len() as u32).filter(|&n| sums[n as usize].events > 0).collect();
    ranked.sort_by(|&a, &b| {
        let by = sums[b as usize].sources.cmp(&sums[a as usize].sources);
        by.then_with(|| place(a).key.cmp(&place(b).key))
    });
    let left_out = ranked.len().saturating_sub(MOST);
    ranked.truncate(MOST);
    let spot = |n: u32| {
        let Sum { events, sources, quads, score } = sums[n as usize];
        let score = (score / f64::from(events) * 100.0).round() / 100.0;
        Spot { place: place(n).clone(), events, sources, quads, score }
    };
    let places = ranked.into_iter().map(spot).collect();
    Map { total: shown.count(), unplaced, places, left_out }
}

const COLUMNS: &[(&str, Kind)] = &[
    ("place", Kind::Text),
    ("country", Kind::Text),
    ("lat", Kind::Float),
    ("lon", Kind::Float),
    ("precision", Kind::Text),
    ("events", Kind::Int),
    ("independent_sources", Kind::Int),
    ("quad1", Kind::Int),
    ("quad2", Kind::Int),
    ("quad3", Kind::Int),
    ("quad4", Kind::Int),
    ("score_mean", Kind::Float),
];

/// The places as a sheet.
pub(crate) fn sheet(map: &Map) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for spot in &map.places {
        let mut row = vec![
            Cell::text(&spot.place.name),
            Cell::Text(spot.place.country.clone()),
            Cell::Float(spot.place.lat),
            Cell::Float(spot.place.lon),
            Cell::text(&spot.place.precision),
            Cell::int(spot.events as usize),
            Cell::int(spot.sources as usize),
        ];
        row.extend(spot.quads.iter().map(|&n| Cell::int(n as usize)));
        row.push(Cell::Float(Some(spot.score)));
        sheet.push(row);
    }
    sheet
}
