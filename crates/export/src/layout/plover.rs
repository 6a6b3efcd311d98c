//! PLOVER as JSON: one object an event, one event a line.

use super::{CODER, Options, coded, party};
use crate::error::ExportError;
use crate::names::Names;
use dateline_core::Mode;
use dateline_core::offsets::CodePoints;
use dateline_core::record::{Entity, Place, Record};
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct PloverEvent<'a> {
    id: &'a str,
    date: Date,
    actor: Vec<Actor<'a>>,
    event: &'static str,
    recipient: Vec<Actor<'a>>,
    event_loc: Option<Location<'a>>,
    event_text: &'a str,
    mode: Option<&'static str>,
    context: Vec<&'static str>,
    text: &'a str,
    text_info: TextInfo<'a>,
    size: Option<u64>,
    killed: Option<u64>,
    injured: Option<u64>,
    arrested: Option<u64>,
    date_end: Option<Date>,
    status: &'static str,
    quad: u8,
    score: f32,
    confidence: f32,
    coder: &'static str,
}

/// The actor block.
#[derive(Serialize)]
struct Actor<'a> {
    name: &'a str,
    country: Option<String>,
    sector: &'static str,
    other_sectors: Vec<&'static str>,
    title: Option<&'a str>,
    religion: Option<&'static str>,
    ethnicity: Option<&'static str>,
    text: Option<&'a str>,
    wikidata: Option<&'a str>,
}

#[derive(Serialize)]
struct Location<'a> {
    name: &'a str,
    country: Option<String>,
    admin1: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    geonames: Option<u32>,
    precision: &'a str,
}

#[derive(Serialize)]
struct TextInfo<'a> {
    doc_id: &'a str,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    title: Option<&'a str>,
    published: Option<Date>,
    language: &'a str,
    sentence: Option<u32>,
    start: Option<u32>,
    end: Option<u32>,
    source: Vec<&'a str>,
}

/// Writes the events of a record.
///
/// # Errors
/// When the output does not take them.
pub fn write(record: &Record, options: Options, out: &mut impl Write) -> Result<(), ExportError> {
    let names = Names::new(record);
    let points = CodePoints::new(&record.text);
    for coded in coded(record, options) {
        let event = coded.event;
        let first = event.mentions.first();
        let sentence = first.and_then(|m| record.sentences.get(m.sentence as usize));
        let clause = first.map(|m| points.span(m.clause));
        let object = PloverEvent {
            id: &event.id,
            date: coded.date,
            actor: actors(record, &names.all(&event.actors)),
            event: coded.event_type.as_str(),
            recipient: actors(record, &names.all(&event.recipients)),
            event_loc: names.place(event.place.as_deref()).map(location),
            event_text: first.map_or("", |m| m.trigger.of(&record.text)),
            mode: coded.mode.map(Mode::as_str),
            context: event.contexts.iter().map(|c| c.as_str()).collect(),
            text: sentence.map_or("", |s| s.of(&record.text)),
            text_info: TextInfo {
                doc_id: &record.id,
                url: record.url.as_deref(),
                publisher: record.publisher.as_deref(),
                title: record.title.as_deref(),
                published: record.published,
                language: &record.language,
                sentence: first.map(|m| m.sentence),
                start: clause.map(|c| c.start),
                end: clause.map(|c| c.end),
                source: event.sources.iter().filter_map(|s| s.name.as_deref()).collect(),
            },
            size: event.magnitude.size,
            killed: event.magnitude.killed,
            injured: event.magnitude.injured,
            arrested: event.magnitude.arrested,
            date_end: event.when.as_ref().map(|w| w.end),
            status: event.status.as_str(),
            quad: coded.event_type.quad(),
            score: coded.mode.map_or(coded.event_type.score(), Mode::score),
            confidence: event.confidence,
            coder: CODER,
        };
        serde_json::to_writer(&mut *out, &object)?;
        writeln!(out)?;
    }
    Ok(())
}

fn actors<'a>(record: &'a Record, entities: &[&'a Entity]) -> Vec<Actor<'a>> {
    let block = |e: &&'a Entity| Actor {
        name: &e.name,
        country: party::country(e),
        sector: e.sector.as_str(),
        other_sectors: party::other_sectors(e),
        title: e.title.as_deref(),
        religion: party::religion(e),
        ethnicity: party::ethnicity(e),
        text: e.mentions.first().map(|m| m.of(&record.text)),
        wikidata: e.wikidata.as_deref(),
    };
    entities.iter().map(block).collect()
}

fn location(place: &Place) -> Location<'_> {
    Location {
        name: &place.name,
        country: place.country.map(|c| c.to_string()),
        admin1: place.admin1.as_deref(),
        lat: place.lat,
        lon: place.lon,
        geonames: place.geonames,
        precision: &place.precision,
    }
}
