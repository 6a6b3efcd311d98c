//! A record in which everything is set, and one in which nothing is.
#![allow(dead_code, reason = "every test takes what it needs")]

use dateline_core::codes::{Country, EntityKind, Sector, SourceKind, Stance};
use dateline_core::record::{
    About, Entity, Event, EventMention, Magnitude, Place, Record, RecordDateline, RecordRemoved,
    SCHEMA_VERSION, Source, Statement, When,
};
use dateline_core::{Context, EventType, Mode, Precision, Span, Status};
use jiff::civil::date;

/// A short report; the accents make bytes and code points differ.
pub(crate) const TEXT: &str =
    "Señor Peña demanded on Tuesday that Chile, \"a friend\", release the crew in Iquique; he said so.";

/// The bytes of the first occurrence of `words`.
pub(crate) fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("words of the text") as u32;
    Span::new(start, start + words.len() as u32)
}

pub(crate) fn empty() -> Record {
    Record {
        schema_version: SCHEMA_VERSION.into(),
        id: "empty".into(),
        path: None,
        url: None,
        publisher: None,
        title: None,
        published: None,
        language: "en".into(),
        dateline: None,
        text: String::new(),
        sentences: Vec::new(),
        entities: Vec::new(),
        places: Vec::new(),
        events: Vec::new(),
        statements: Vec::new(),
        removed: Vec::new(),
        warnings: Vec::new(),
    }
}

pub(crate) fn full() -> Record {
    let when = When {
        start: date(2031, 3, 4),
        end: date(2031, 3, 4),
        precision: Precision::Day,
        text: "on Tuesday".into(),
    };
    let entity = |id: &str, name: &str, country: &str, words: &str| Entity {
        id: id.into(),
        name: name.into(),
        kind: EntityKind::Person,
        title: Some("Minister".into()),
        country: Country::new(country),
        sector: Sector::Gov,
        code: format!("{country}GOV"),
        wikidata: Some("Q1".into()),
        mentions: vec![span(words)],
    };
    Record {
        id: "full".into(),
        path: Some("full.txt".into()),
        url: Some("https://wire.example/full".into()),
        publisher: Some("Example Wire".into()),
        title: Some("A demand, \"quoted\"".into()),
        published: Some(date(2031, 3, 5)),
        dateline: Some(RecordDateline { place: Some("p1".into()), date: Some(date(2031, 3, 5)) }),
        text: TEXT.into(),
        sentences: vec![Span::new(0, TEXT.len() as u32)],
        entities: vec![entity("e1", "Señor Peña", "PER", "Peña"), entity("e2", "Chile", "CHL", "Chile")],
        places: vec![Place {
            id: "p1".into(),
            name: "Iquique".into(),
            country: Country::new("CHL"),
            admin1: Some("Tarapacá".into()),
            admin2: None,
            lat: Some(-20.21),
            lon: Some(-70.15),
            geonames: Some(3_887_127),
            precision: "city".into(),
            mentions: vec![span("Iquique")],
        }],
        events: vec![Event {
            id: "0123456789ab".into(),
            event_type: EventType::Request,
            mode: Some(Mode::RequestYield),
            contexts: vec![Context::Diplomatic, Context::Legal],
            status: Status::Happened,
            actors: vec!["e1".into()],
            recipients: vec!["e2".into()],
            place: Some("p1".into()),
            when: Some(when.clone()),
            sources: vec![Source {
                entity: Some("e1".into()),
                name: Some("Señor Peña".into()),
                kind: SourceKind::Indirect,
                stance: Stance::Says,
                cue: Some(span("said")),
            }],
            magnitude: Magnitude { killed: Some(1), injured: Some(2), arrested: Some(3), size: Some(4) },
            about: Some(About {
                event_type: EventType::Retreat,
                mode: Some(Mode::Release),
                actors: vec!["e2".into()],
                recipients: vec!["e1".into()],
                when: Some(when.clone()),
            }),
            background: true,
            plover: Some(EventType::Request),
            cameo: Some("105".into()),
            quad: 3,
            score: -1.0,
            confidence: 0.5,
            mentions: vec![EventMention {
                sentence: 0,
                clause: span("Señor Peña demanded on Tuesday"),
                trigger: span("demanded"),
                rule: "request.demand".into(),
            }],
        }],
        statements: vec![Statement {
            id: "s1".into(),
            speaker: Some("e1".into()),
            name: Some("Señor Peña".into()),
            quoted: true,
            span: span("a friend"),
            cue: Some(span("said")),
            addressee: Some("reporters".into()),
            place: Some("p1".into()),
            when: Some(when),
            topics: Country::new("PER").into_iter().collect(),
        }],
        removed: vec![RecordRemoved { span: span("; he"), reason: "legal".into() }],
        warnings: vec!["nothing is wrong".into()],
        ..empty()
    }
}
