//! The record: what is written for one document. Field names are a contract; see `docs/schema.md`.
//!
//! In memory spans count bytes. [`Record::in_code_points`] turns them into what is written.

use crate::codes::{Context, Country, EntityKind, EventType, Mode, Sector, SourceKind, Stance, Status};
use crate::offsets::{CodePoints, byte_offsets};
use crate::span::Span;
use crate::when::Precision;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Version of the record's form.
pub const SCHEMA_VERSION: &str = "1";

/// A word of a fixed list: borrowed where the program writes it, owned where it was read back.
pub type Label = Cow<'static, str>;

/// Everything that was read out of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: Label,
    /// Identifier of the report, unique in a run.
    pub id: String,
    /// File it was read from.
    pub path: Option<String>,
    /// Address it was published at.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Language, `en`.
    pub language: Label,
    /// Place and day of the dateline.
    pub dateline: Option<RecordDateline>,
    /// The text that all spans point into.
    pub text: String,
    /// The sentences of the text; [`EventMention::sentence`] counts them from 0.
    pub sentences: Vec<Span>,
    /// Who is spoken of.
    pub entities: Vec<Entity>,
    /// Where.
    pub places: Vec<Place>,
    /// What was done.
    pub events: Vec<Event>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// Parts of the text that were not read, with the reason.
    pub removed: Vec<RecordRemoved>,
    /// What went wrong without stopping the reading.
    pub warnings: Vec<String>,
}

/// The dateline in the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordDateline {
    /// Identifier of the place.
    pub place: Option<String>,
    /// Day told in it.
    pub date: Option<Date>,
}

/// A part that was not read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecordRemoved {
    /// Where.
    pub span: Span,
    /// Why.
    pub reason: Label,
}

/// A person, organization, group or country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// `e1`, `e2`, ... in order of first mention.
    pub id: String,
    /// Fullest name the report gives.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Office or role, as the report or the tables tell it.
    pub title: Option<String>,
    /// Country, null for international organizations.
    pub country: Option<Country>,
    /// Sector.
    pub sector: Sector,
    /// Country and sector, CAMEO style.
    pub code: String,
    /// Wikidata identifier, where a table knows it.
    pub wikidata: Option<String>,
    /// Where it is mentioned.
    pub mentions: Vec<Span>,
}

/// A place with coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// `p1`, `p2`, ... in order of first mention.
    pub id: String,
    /// Name in the text or the gazetteer.
    pub name: String,
    /// Country it lies in.
    pub country: Option<Country>,
    /// First-order division.
    pub admin1: Option<String>,
    /// Second-order division, where it is known; not for one that the place itself is.
    #[serde(default)]
    pub admin2: Option<String>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// `GeoNames` identifier.
    pub geonames: Option<u32>,
    /// `point`, `city`, `district`, `province`, `country` or `region`.
    pub precision: Label,
    /// Where it is mentioned.
    pub mentions: Vec<Span>,
}

/// One event: an act by the same parties on the same occasion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct Event {
    /// Twelve hexadecimal digits, stable.
    pub id: String,
    /// PLOVER type of the act itself.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<Mode>,
    /// What the passage is about.
    pub contexts: Vec<Context>,
    /// Whether it took place.
    pub status: Status,
    /// Identifiers of who does it.
    pub actors: Vec<String>,
    /// Identifiers of whom it is done to.
    pub recipients: Vec<String>,
    /// Identifier of the place.
    pub place: Option<String>,
    /// When, null when the report does not tell.
    pub when: Option<When>,
    /// On whose word, outermost first; empty when the reporter asserts it.
    pub sources: Vec<Source>,
    /// Numbers told of it.
    pub magnitude: Magnitude,
    /// What is demanded, promised, threatened or refused.
    pub about: Option<About>,
    /// Told as history or setting rather than as news.
    pub background: bool,
    /// The type that the PLOVER manual would give with its tense rules.
    pub plover: Option<EventType>,
    /// Nearest CAMEO code.
    pub cameo: Option<Label>,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Score, -10 to +10.
    pub score: f32,
    /// How sure the reading is, 0 to 1.
    pub confidence: f32,
    /// Where it is told, clearest first.
    pub mentions: Vec<EventMention>,
}

/// When an event took place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end: Date,
    /// How exactly it was told.
    pub precision: Precision,
    /// The words that tell it.
    pub text: String,
}

/// On whose word an event rests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Identifier of the entity, if there is one.
    pub entity: Option<String>,
    /// Name, null for "reportedly".
    pub name: Option<String>,
    /// How the word reached the report.
    pub kind: SourceKind,
    /// What the source does with it.
    pub stance: Stance,
    /// The words of saying.
    pub cue: Option<Span>,
}

/// Numbers told of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Magnitude {
    /// Dead.
    pub killed: Option<u64>,
    /// Wounded.
    pub injured: Option<u64>,
    /// Detained.
    pub arrested: Option<u64>,
    /// People taking part.
    pub size: Option<u64>,
}

/// What a REQUEST, AGREE, THREATEN or REJECT is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct About {
    /// Type of the content.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Mode of the content.
    pub mode: Option<Mode>,
    /// Who would do it.
    pub actors: Vec<String>,
    /// To whom.
    pub recipients: Vec<String>,
    /// When.
    pub when: Option<When>,
}

/// One place in the text where an event is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventMention {
    /// Index of the sentence.
    pub sentence: u32,
    /// The clause that tells it.
    pub clause: Span,
    /// The word that expresses it.
    pub trigger: Span,
    /// The frame that matched.
    pub rule: String,
}

/// Something somebody said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// `s1`, `s2`, ... in text order.
    pub id: String,
    /// Identifier of the speaker.
    pub speaker: Option<String>,
    /// Name of the speaker.
    pub name: Option<String>,
    /// In quotation marks or not.
    pub quoted: bool,
    /// The words, without the marks.
    pub span: Span,
    /// The words of saying.
    pub cue: Option<Span>,
    /// To whom.
    pub addressee: Option<String>,
    /// Where it was said.
    pub place: Option<String>,
    /// When it was said.
    pub when: Option<When>,
    /// Countries it is about, in the order of its words.
    pub topics: Vec<Country>,
}

impl Record {
    /// A record as it was written: JSON, its spans counted in code points.
    ///
    /// Said here once, as every crate that asked serde for it would compile all of it anew.
    ///
    /// # Errors
    /// Where it is no JSON, or no record.
    pub fn from_json(json: &[u8]) -> serde_json::Result<Record> {
        serde_json::from_slice(json)
    }

    /// The record as JSON on one line, its spans counted as they are.
    ///
    /// # Errors
    /// None that a record is known to cause.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    /// The record with all spans counted in Unicode code points, ready to be written.
    #[must_use]
    pub fn in_code_points(mut self) -> Record {
        let map = CodePoints::new(&self.text);
        self.each_span(|span| *span = map.span(*span));
        self
    }

    /// The record with all spans counted in bytes: a written record as the program works on it.
    ///
    /// Spans beyond the text end where the text ends.
    #[must_use]
    pub fn in_bytes(mut self) -> Record {
        if !self.text.is_ascii() {
            let bytes = byte_offsets(&self.text);
            let at = |point: u32| bytes.get(point as usize).or(bytes.last()).copied().unwrap_or(0);
            self.each_span(|span| *span = Span::new(at(span.start), at(span.end)));
        }
        self
    }

    /// Visits every span of the record.
    pub fn each_span(&mut self, mut visit: impl FnMut(&mut Span)) {
        self.sentences.iter_mut().for_each(&mut visit);
        self.entities.iter_mut().flat_map(|e| &mut e.mentions).for_each(&mut visit);
        self.places.iter_mut().flat_map(|p| &mut p.mentions).for_each(&mut visit);
        self.removed.iter_mut().for_each(|r| visit(&mut r.span));
        for event in &mut self.events {
            event.sources.iter_mut().filter_map(|s| s.cue.as_mut()).for_each(&mut visit);
            for mention in &mut event.mentions {
                visit(&mut mention.clause);
                visit(&mut mention.trigger);
            }
        }
        for statement in &mut self.statements {
            visit(&mut statement.span);
            statement.cue.iter_mut().for_each(&mut visit);
        }
    }
}
