//! The layout of GDELT 2.0: 61 tab-separated columns of events and 16 of mentions, both without a header.
//!
//! One row a dyad. What GDELT computes and Dateline does not (tone, where each actor is, GNS feature numbers) is empty.

use super::dyads::{Dyad, dyads};
use super::{Coded, Options, coded, goldstein, party, tabs};
use crate::countries;
use crate::error::ExportError;
use crate::names::Names;
use dateline_core::Span;
use dateline_core::offsets::CodePoints;
use dateline_core::record::{Entity, Place, Record};
use jiff::civil::Date;
use std::io::Write;

/// The columns of the table of events, in order; the files themselves have no header.
pub const EVENT_COLUMNS: [&str; 61] = [
    "GlobalEventID",
    "Day",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_Fullname",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_Fullname",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_Fullname",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The columns of the table of mentions, in order.
pub const MENTION_COLUMNS: [&str; 16] = [
    "GlobalEventID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// Writes the rows of the events of a record.
///
/// # Errors
/// When the output does not take them.
pub fn write(record: &Record, options: Options, out: &mut impl Write) -> Result<(), ExportError> {
    let names = Names::new(record);
    let lead = lead(record);
    for coded in coded(record, options) {
        let place = names.place(coded.event.place.as_deref());
        for (k, (first, second)) in dyads(&names, coded.event).into_iter().enumerate() {
            let mut row = Vec::with_capacity(EVENT_COLUMNS.len());
            row.push(number(&coded.event.id, k).to_string());
            row.extend(dates(coded.date));
            row.extend(actor(first));
            row.extend(actor(second));
            row.extend(act(&coded, lead));
            row.extend(nowhere());
            row.extend(nowhere());
            row.extend(place.map_or_else(nowhere, somewhere));
            row.push(format!("{}000000", day(record.published.unwrap_or(coded.date))));
            row.push(address(record).to_owned());
            tabs::row(&row, out)?;
        }
    }
    Ok(())
}

/// Writes the rows of the mentions of a record: one for every row that [`write()`] gives.
///
/// # Errors
/// When the output does not take them.
pub fn write_mentions(record: &Record, options: Options, out: &mut impl Write) -> Result<(), ExportError> {
    let names = Names::new(record);
    let points = CodePoints::new(&record.text);
    let length = record.text.chars().count();
    for coded in coded(record, options) {
        for (k, dyad) in dyads(&names, coded.event).into_iter().enumerate() {
            let mention = coded.event.mentions.first();
            let (first, second) = offsets(record, &points, mention.map(|m| m.clause), dyad);
            let confidence = (coded.event.confidence * 10.0).round().clamp(1.0, 10.0) as u32 * 10;
            let row = [
                number(&coded.event.id, k).to_string(),
                format!("{}000000", day(coded.date)),
                format!("{}000000", day(record.published.unwrap_or(coded.date))),
                // 1: a web address; 2: a citation.
                if record.url.is_some() { "1" } else { "2" }.to_owned(),
                publisher(record).to_owned(),
                address(record).to_owned(),
                mention.map_or(-1, |m| i64::from(m.sentence) + 1).to_string(),
                first.to_string(),
                second.to_string(),
                mention.map_or(-1, |m| i64::from(points.at(m.trigger.start))).to_string(),
                "1".to_owned(),
                confidence.to_string(),
                length.to_string(),
                String::new(),
                String::new(),
                String::new(),
            ];
            tabs::row(&row, out)?;
        }
    }
    Ok(())
}

/// A number for a dyad of an event: the event's hexadecimal identifier, then the dyad in the last twelve bits.
fn number(id: &str, dyad: usize) -> u64 {
    let digits = id.get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    // An identifier of another form, or with a suffix: FNV-1a.
    let hash = || {
        id.bytes().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3))
    };
    let event = digits.filter(|_| id.len() == 12).unwrap_or_else(|| hash() >> 16);
    (event << 12) | (dyad as u64 & 0xfff)
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn dates(date: Date) -> [String; 4] {
    let passed = (u16::from(date.month().unsigned_abs()) - 1) * 30 + u16::from(date.day().unsigned_abs());
    let fraction = (f64::from(date.year()) + f64::from(passed) / 365.0).max(0.0);
    let month = format!("{:04}{:02}", date.year(), date.month());
    [day(date), month, date.year().to_string(), format!("{fraction:.4}")]
}

fn actor(entity: Option<&Entity>) -> [String; 10] {
    let Some(entity) = entity else { return Default::default() };
    let mut religions = party::religions(entity).into_iter();
    let mut sectors = [entity.sector.as_str()].into_iter().chain(party::other_sectors(entity));
    let mut sector = || {
        let parsed = sectors.next().and_then(|s| s.parse().ok());
        parsed.map(party::cameo_sector).unwrap_or_default().to_owned()
    };
    [
        Some(party::cameo_code(entity)).filter(|code| code != "---").unwrap_or_default(),
        entity.name.to_uppercase(),
        entity.country.map(|c| c.to_string()).unwrap_or_default(),
        String::new(),
        party::ethnic_code(entity).to_owned(),
        religions.next().unwrap_or_default(),
        religions.next().unwrap_or_default(),
        sector(),
        sector(),
        sector(),
    ]
}

fn act(coded: &Coded<'_>, lead: u32) -> [String; 10] {
    let code = coded.cameo();
    let part = |length: usize| code.get(..length).unwrap_or(code).to_owned();
    let quad = match part(2).as_str() {
        "01" | "02" | "03" | "04" | "05" => 1,
        "06" | "07" | "08" => 2,
        "09" | "10" | "11" | "12" | "13" => 3,
        _ => 4,
    };
    let root = coded.event.mentions.iter().any(|m| m.trigger.start < lead);
    [
        u8::from(root).to_string(),
        code.to_owned(),
        part(3),
        part(2),
        quad.to_string(),
        goldstein::score(code).map(|s| s.to_string()).unwrap_or_default(),
        coded.event.mentions.len().max(1).to_string(),
        "1".to_owned(),
        "1".to_owned(),
        String::new(),
    ]
}

/// Where the first paragraph under the headline ends, in bytes.
fn lead(record: &Record) -> u32 {
    let headline = |span: &Span| record.title.as_deref() == Some(span.of(&record.text).trim());
    let start = record.sentences.iter().find(|s| !headline(s)).map_or(0, |s| s.start as usize);
    let rest = record.text.get(start..).unwrap_or_default();
    rest.find("\n\n").map_or(record.text.len(), |end| start + end) as u32
}

fn nowhere() -> [String; 8] {
    let mut cells: [String; 8] = Default::default();
    "0".clone_into(&mut cells[0]);
    cells
}

/// The geography of a place, as far as the record knows it: of the first-order division GDELT wants a code, for which
/// the country's stands where only the name is known.
fn somewhere(place: &Place) -> [String; 8] {
    let country = place.country.map(|c| c.to_string()).unwrap_or_default();
    let codes = countries::codes(&country);
    let fips = codes.map(|c| c.fips).unwrap_or_default();
    let american = country == "USA";
    let kind = match place.precision.as_ref() {
        "country" => 1,
        "province" if american => 2,
        "province" | "region" => 5,
        _ if american => 3,
        _ => 4,
    };
    let mut name = vec![place.name.as_str()];
    if kind != 1 {
        name.extend(place.admin1.as_deref().filter(|a| *a != place.name));
        name.extend(codes.map(|c| c.name));
    }
    let degrees = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
    [
        kind.to_string(),
        name.join(", "),
        fips.to_owned(),
        fips.to_owned(),
        String::new(),
        degrees(place.lat),
        degrees(place.lon),
        if kind == 1 { fips.to_owned() } else { String::new() },
    ]
}

fn address(record: &Record) -> &str {
    record.url.as_deref().or(record.path.as_deref()).unwrap_or(&record.id)
}

/// The host of the address, else the publisher.
fn publisher(record: &Record) -> &str {
    let host = record
        .url
        .as_deref()
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.split('/').next());
    let host = host.map(|h| h.strip_prefix("www.").unwrap_or(h)).filter(|h| !h.is_empty());
    host.or(record.publisher.as_deref()).unwrap_or_default()
}

/// Where the parties are named nearest to the clause, in code points; -1 where they are not named.
fn offsets(record: &Record, points: &CodePoints, clause: Option<Span>, dyad: Dyad<'_>) -> (i64, i64) {
    let at = clause.map_or(0, |c| c.start);
    let nearest = |entity: Option<&Entity>| {
        let mentions = entity.map(|e| e.mentions.as_slice()).unwrap_or_default();
        let nearest = mentions.iter().min_by_key(|m| m.start.abs_diff(at));
        nearest
            .filter(|m| (m.end as usize) <= record.text.len())
            .map_or(-1, |m| i64::from(points.at(m.start)))
    };
    (nearest(dyad.0), nearest(dyad.1))
}
