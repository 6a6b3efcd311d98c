//! `dateline when`, `dateline where`, `dateline quotes`: one kind of finding, a row each.

use crate::args::{self, ListArgs};
use crate::failures::Tally;
use crate::plan::{self, Plan};
use crate::run::run as run_plan;
use crate::sink::Target;
use crate::stop::Stop;
use dateline::core::Document;
use dateline::core::offsets::CodePoints;
use dateline::{Reader, Record};
use dateline_export::flat::{self, StatementRow, Table};
use dateline_export::{Format, listing, row, table};
use jiff::civil::Date;
use serde::Serialize;

/// A time expression.
#[derive(Debug, Serialize)]
struct TimeRow {
    doc_id: String,
    start: u32,
    end: u32,
    text: String,
    #[serde(rename = "type")]
    kind: &'static str,
    value: String,
    from: Option<Date>,
    to: Option<Date>,
    precision: Option<&'static str>,
}

const TIME_COLUMNS: [&str; 9] =
    ["doc_id", "start", "end", "text", "type", "value", "from", "to", "precision"];

/// A place name.
#[derive(Debug, Serialize)]
struct PlaceRow {
    doc_id: String,
    start: u32,
    end: u32,
    text: String,
    name: Option<String>,
    country: Option<String>,
    admin1: Option<String>,
    admin2: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    geonames: Option<u32>,
    precision: Option<&'static str>,
    kind: Option<&'static str>,
}

const PLACE_COLUMNS: [&str; 13] = [
    "doc_id",
    "start",
    "end",
    "text",
    "name",
    "country",
    "admin1",
    "admin2",
    "lat",
    "lon",
    "geonames",
    "precision",
    "kind",
];

pub(crate) fn when(args: &ListArgs) -> Result<Tally, Stop> {
    list(args, &TIME_COLUMNS, |reader, document| {
        let reading = reader.reading(document);
        let (text, points) = (&reading.doc.text, CodePoints::new(&reading.doc.text));
        let row = |t: &dateline_time::Timex| {
            let span = points.span(t.span);
            TimeRow {
                doc_id: reading.doc.meta.id.clone(),
                start: span.start,
                end: span.end,
                text: t.span.of(text).to_owned(),
                kind: t.kind.as_str(),
                value: t.value.clone(),
                from: t.interval.map(|i| i.start),
                to: t.interval.map(|i| i.end),
                precision: t.interval.map(|i| i.precision.as_str()),
            }
        };
        reading.times.iter().map(row).collect()
    })
}

pub(crate) fn places(args: &ListArgs) -> Result<Tally, Stop> {
    list(args, &PLACE_COLUMNS, |reader, document| {
        let reading = reader.reading(document);
        let (text, points) = (&reading.doc.text, CodePoints::new(&reading.doc.text));
        let row = |t: &dateline_place::Toponym| {
            let span = points.span(t.span);
            let place = t.place.as_ref();
            PlaceRow {
                doc_id: reading.doc.meta.id.clone(),
                start: span.start,
                end: span.end,
                text: t.span.of(text).to_owned(),
                name: place.map(|p| p.name.clone()),
                country: place.and_then(|p| p.country).map(|c| c.to_string()),
                admin1: place.and_then(|p| p.admin1.clone()),
                admin2: place.and_then(|p| p.admin2.clone()),
                lat: place.map(|p| p.lat),
                lon: place.map(|p| p.lon),
                geonames: place.and_then(|p| p.geonames),
                precision: place.map(|p| p.precision.as_str()),
                kind: place.map(|p| p.kind.as_str()),
            }
        };
        reading.toponyms.iter().map(row).collect()
    })
}

/// Collects the rows of all reports and writes them as one list.
fn list<T: Serialize + Send>(
    args: &ListArgs,
    columns: &[&str],
    rows: impl Fn(&mut Reader, Document) -> Vec<T> + Sync,
) -> Result<Tally, Stop> {
    let plan = Plan::new(&args.input)?;
    let mut out = Target::of(args.output.output.as_deref()).open()?;
    let mut all = Vec::new();
    let tally = run_plan(&plan, rows, |rows| {
        all.extend(rows);
        Ok(())
    })?;
    listing::write(&all, columns, args::format(&args.format), &mut out)?;
    out.commit()?;
    Ok(tally)
}

pub(crate) fn quotes(args: &ListArgs) -> Result<Tally, Stop> {
    let plan = Plan::new(&args.input)?;
    let mut out = Target::of(args.output.output.as_deref()).open()?;
    let look = plan::look(&args.output);
    let mut records: Vec<Record> = Vec::new();
    let tally = run_plan(&plan, Reader::read_document, |record| {
        records.push(record);
        Ok(())
    })?;
    match args::format(&args.format) {
        Format::Table => {
            records.iter().try_for_each(|record| table::write_statements(record, &look, &mut out))?;
        }
        format => {
            let columns = row::names(Table::Statements.columns());
            let rows: Vec<StatementRow<'_>> = records.iter().flat_map(flat::statements).collect();
            listing::write(&rows, &columns, format, &mut out)?;
        }
    }
    out.commit()?;
    Ok(tally)
}
