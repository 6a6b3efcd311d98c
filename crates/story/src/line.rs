//! A record as it is written, as far as the story needs it: one JSON object, spans in code points.

use crate::report::Numbers;
use dateline_core::Span;
use dateline_core::codes::{Country, EntityKind, EventType, Sector, SourceKind, Stance, Status};
use dateline_core::when::Precision;
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Line {
    pub(crate) schema_version: String,
    pub(crate) id: String,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) sentences: Vec<Span>,
    #[serde(default)]
    pub(crate) entities: Vec<Entity>,
    #[serde(default)]
    pub(crate) places: Vec<Place>,
    #[serde(default)]
    pub(crate) events: Vec<Event>,
    #[serde(default)]
    pub(crate) statements: Vec<Statement>,
    #[serde(default)]
    pub(crate) removed: Vec<Removed>,
}

#[derive(Deserialize)]
pub(crate) struct Removed {
    pub(crate) span: Span,
}

#[derive(Deserialize)]
pub(crate) struct Entity {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: EntityKind,
    pub(crate) title: Option<String>,
    pub(crate) country: Option<Country>,
    pub(crate) sector: Sector,
    pub(crate) code: String,
}

#[derive(Deserialize)]
pub(crate) struct Place {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: Option<Country>,
    pub(crate) geonames: Option<u32>,
    pub(crate) precision: String,
    pub(crate) lat: Option<f64>,
    pub(crate) lon: Option<f64>,
}

#[derive(Deserialize)]
pub(crate) struct When {
    pub(crate) start: Date,
    pub(crate) end: Date,
    pub(crate) precision: Precision,
}

#[derive(Deserialize)]
pub(crate) struct Source {
    pub(crate) entity: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) kind: SourceKind,
    pub(crate) stance: Stance,
}

#[derive(Deserialize)]
pub(crate) struct About {
    #[serde(rename = "type")]
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<String>,
    #[serde(default)]
    pub(crate) actors: Vec<String>,
    #[serde(default)]
    pub(crate) recipients: Vec<String>,
    pub(crate) when: Option<When>,
}

#[derive(Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<String>,
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) actors: Vec<String>,
    #[serde(default)]
    pub(crate) recipients: Vec<String>,
    pub(crate) place: Option<String>,
    pub(crate) when: Option<When>,
    #[serde(default)]
    pub(crate) sources: Vec<Source>,
    #[serde(default)]
    pub(crate) magnitude: Numbers,
    pub(crate) about: Option<About>,
    #[serde(default)]
    pub(crate) background: bool,
    pub(crate) plover: Option<EventType>,
    pub(crate) quad: u8,
    pub(crate) score: f32,
    pub(crate) confidence: f32,
    #[serde(default)]
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Deserialize)]
pub(crate) struct Mention {
    pub(crate) sentence: u32,
    pub(crate) clause: Span,
    pub(crate) trigger: Span,
}

#[derive(Deserialize)]
pub(crate) struct Statement {
    pub(crate) speaker: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) quoted: bool,
    pub(crate) span: Span,
}
