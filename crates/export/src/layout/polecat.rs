//! The layout of POLECAT: 40 tab-separated columns with a header, one row an event.
//!
//! As there, `; ` stands between several values and `None` for what is not known.

use super::{CODER, Coded, Options, coded, party, tabs};
use crate::countries;
use crate::error::ExportError;
use crate::names::Names;
use crate::row::SEPARATOR;
use dateline_core::Mode;
use dateline_core::codes::EntityKind;
use dateline_core::record::{Entity, Place, Record};
use std::io::Write;

/// The columns, in order.
pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

const NONE: &str = "None";

/// Writes the rows of a record.
///
/// # Errors
/// When the output does not take them.
pub fn write(record: &Record, options: Options, out: &mut impl Write) -> Result<(), ExportError> {
    let names = Names::new(record);
    let story = story(record);
    for coded in coded(record, options) {
        let mut row = Vec::with_capacity(COLUMNS.len());
        row.extend(act(&coded));
        row.extend(parties(record, &names.all(&coded.event.actors)));
        row.extend(parties(record, &names.all(&coded.event.recipients)));
        row.extend(place(record, names.place(coded.event.place.as_deref())));
        row.extend(story.iter().cloned());
        tabs::row(&row, out)?;
    }
    Ok(())
}

fn act(coded: &Coded<'_>) -> [String; 7] {
    let event = coded.event;
    let quad = match coded.event_type.quad() {
        1 => "VERBAL COOPERATION",
        2 => "MATERIAL COOPERATION",
        3 => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    };
    let contexts: Vec<&str> = event.contexts.iter().map(|c| c.as_str()).collect();
    [
        event.id.clone(),
        coded.date.to_string(),
        coded.event_type.to_string(),
        coded.mode.map_or(NONE, Mode::as_str).to_owned(),
        coded.mode.map_or(coded.event_type.score(), Mode::score).to_string(),
        quad.to_owned(),
        joined(contexts),
    ]
}

fn parties(record: &Record, parties: &[&Entity]) -> [String; 8] {
    let each = |what: &dyn Fn(&Entity) -> Option<String>| {
        joined(parties.iter().map(|e| what(e).unwrap_or_else(|| NONE.to_owned())).collect())
    };
    let cow = |e: &Entity| {
        let codes = countries::codes(e.country?.as_str())?;
        Some(codes.cow.to_owned()).filter(|cow| !cow.is_empty())
    };
    let sectors = |e: &Entity| {
        let mut all = vec![e.sector.as_str()];
        all.extend(party::other_sectors(e));
        Some(all.join(SEPARATOR))
    };
    let raw = |e: &Entity| e.mentions.first().map(|m| m.of(&record.text).to_owned());
    [
        each(&|e| Some(e.name.clone())),
        each(&party::country),
        each(&cow),
        each(&|e| Some(e.sector.to_string())),
        each(&sectors),
        each(&|e| e.title.clone()),
        each(&raw),
        each(&|_| None),
    ]
}

fn place(record: &Record, place: Option<&Place>) -> [String; 10] {
    let text = |what: Option<String>| what.unwrap_or_else(|| NONE.to_owned());
    let precision = place.map_or("", |p| p.precision.as_ref());
    let named = |fits: bool| text(place.filter(|_| fits).map(|p| p.name.clone()));
    let feature = match precision {
        "city" => "PPL",
        "district" => "ADM2",
        "province" => "ADM1",
        "country" => "PCLI",
        "region" => "RGN",
        "point" => "LCTY",
        _ => NONE,
    };
    let province = place.and_then(|p| p.admin1.clone());
    [
        named(true),
        named(precision == "city"),
        named(precision == "district"),
        if precision == "province" { named(true) } else { text(province) },
        text(place.and_then(|p| p.country).map(|c| c.to_string())),
        text(place.and_then(|p| p.lat).map(|v| v.to_string())),
        text(place.and_then(|p| p.lon).map(|v| v.to_string())),
        text(place.and_then(|p| p.geonames).map(|v| v.to_string())),
        text(place.and_then(|p| p.mentions.first()).map(|m| m.of(&record.text).to_owned())),
        feature.to_owned(),
    ]
}

/// What is the same for all events of a report.
fn story(record: &Record) -> [String; 7] {
    let of = |wanted: &dyn Fn(EntityKind) -> bool| {
        joined(record.entities.iter().filter(|e| wanted(e.kind)).map(|e| e.name.as_str()).collect())
    };
    let language = if record.language == "en" { "English" } else { record.language.as_ref() };
    [
        record.publisher.clone().unwrap_or_else(|| NONE.to_owned()),
        record.published.map_or_else(|| NONE.to_owned(), |d| d.to_string()),
        of(&|kind| kind == EntityKind::Person),
        of(&|kind| kind == EntityKind::Organization),
        joined(record.places.iter().map(|p| p.name.as_str()).collect()),
        language.to_owned(),
        CODER.to_owned(),
    ]
}

fn joined<S: AsRef<str>>(values: Vec<S>) -> String {
    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    if values.is_empty() { NONE.to_owned() } else { values.join(SEPARATOR) }
}
