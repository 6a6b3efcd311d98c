//! What is kept of a record to link it with others.

use crate::line::{self, Line};
use crate::near::Sketch;
use crate::stories::Subject;
use crate::turns::Turn;
use crate::words;
use dateline_core::codes::{Country, EntityKind, EventType, Mode, Sector, SourceKind, Stance, Status};
use dateline_core::offsets::byte_offsets;
use dateline_core::record::Record;
use dateline_core::{Interval, Span};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest excerpt of a report that is kept for an event, in bytes.
const EXCERPT: usize = 300;

/// Shortest and longest quotation that is kept.
const QUOTE: (usize, usize) = (30, 320);

/// A record, as far as linking needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Identifier.
    pub id: String,
    /// Address.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Headline.
    pub title: String,
    /// Day of publication.
    pub day: Option<Date>,
    /// Its words, to tell copies.
    pub sketch: Sketch,
    /// What it is about.
    pub subject: Subject,
    /// Who takes part in its events.
    pub parties: Vec<Party>,
    /// What it tells.
    pub acts: Vec<Act>,
    /// Who said what, in quotation marks.
    pub quotes: Vec<Quote>,
    /// What it says became of a plan.
    pub turns: Vec<Turn>,
    /// Whether it withdraws an earlier report, or corrects one.
    pub withdraws: bool,
    /// Number of the take or update, where the headline tells.
    pub take: u32,
}

/// A person, organization, group or country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Fullest name the report gives.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Office or role.
    pub title: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Sector.
    pub sector: Sector,
    /// Country and sector.
    pub code: String,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Where {
    /// Name.
    pub name: String,
    /// Country it lies in.
    pub country: Option<Country>,
    /// `GeoNames` identifier.
    pub geonames: Option<u32>,
    /// `point`, `city`, `district`, `province`, `country` or `region`.
    pub precision: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
}

impl Where {
    /// The number under which events at this place are looked up.
    pub fn key(&self) -> u32 {
        self.geonames.unwrap_or_else(|| words::number(&self.name))
    }

    /// Whether both are one place.
    pub fn is(&self, other: &Where) -> bool {
        self.name == other.name || (self.geonames.is_some() && self.geonames == other.geonames)
    }
}

/// On whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voice {
    /// Name, null for "reportedly".
    pub name: Option<String>,
    /// Number of the party in [`Report::parties`].
    pub party: Option<u16>,
    /// How the word reached the report.
    pub kind: SourceKind,
    /// What the source does with it.
    pub stance: Stance,
}

/// Words in quotation marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Number of the speaker in [`Report::parties`].
    pub speaker: Option<u16>,
    /// Name of the speaker.
    pub name: String,
    /// The words.
    pub text: String,
}

/// What is demanded, promised, threatened or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aim {
    /// Type of the content.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Mode of the content.
    pub mode: Option<String>,
    /// Who would do it.
    pub actors: Vec<u16>,
    /// To whom.
    pub recipients: Vec<u16>,
    /// When.
    pub when: Option<Interval>,
}

/// Numbers told of an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Numbers {
    /// Dead.
    pub killed: Option<u64>,
    /// Wounded.
    pub injured: Option<u64>,
    /// Detained.
    pub arrested: Option<u64>,
    /// People taking part.
    pub size: Option<u64>,
}

impl Numbers {
    /// Each number with its name, in the order of the record.
    pub const fn each(self) -> [(&'static str, Option<u64>); 4] {
        [("killed", self.killed), ("injured", self.injured), ("arrested", self.arrested), ("size", self.size)]
    }
}

/// An event as one report tells it. Parties are numbers in [`Report::parties`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// Identifier of the event.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Whether it took place.
    pub status: Status,
    /// Who does it.
    pub actors: Vec<u16>,
    /// To whom.
    pub recipients: Vec<u16>,
    /// Where.
    pub place: Option<Where>,
    /// When.
    pub when: Option<Interval>,
    /// On whose word.
    pub voices: Vec<Voice>,
    /// Numbers.
    pub magnitude: Numbers,
    /// What is demanded, promised, threatened or refused.
    pub aim: Option<Aim>,
    /// Told as history or setting.
    pub background: bool,
    /// Type by the PLOVER manual.
    pub plover: Option<EventType>,
    /// Quad class.
    pub quad: u8,
    /// Score.
    pub score: f32,
    /// How sure the reading is.
    pub confidence: f32,
    /// The word that tells it, in its base form as far as can be told.
    pub trigger: String,
    /// Words of content of its clauses, as numbers, ascending.
    pub words: Vec<u32>,
    /// The sentence or clause that tells it.
    pub text: String,
    /// Number of the sentence.
    pub sentence: u32,
}

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// Not the JSON of a record.
    #[error("is no record of Dateline ({0}): give what `dateline read --format jsonl` writes")]
    Json(#[from] serde_json::Error),
    /// Written by another version.
    #[error("is a record of version {0}; this program reads version 1")]
    Version(String),
}

impl Default for Act {
    fn default() -> Self {
        Self {
            id: String::new(),
            event_type: EventType::Consult,
            mode: None,
            status: Status::Happened,
            actors: Vec::new(),
            recipients: Vec::new(),
            place: None,
            when: None,
            voices: Vec::new(),
            magnitude: Numbers::default(),
            aim: None,
            background: false,
            plover: None,
            quad: 1,
            score: 0.0,
            confidence: 0.5,
            trigger: String::new(),
            words: Vec::new(),
            text: String::new(),
            sentence: 0,
        }
    }
}

impl Report {
    /// What is kept of a record that was written as one line of JSON.
    pub fn from_json(line: &str) -> Result<Report, LineError> {
        Self::of_json(line.as_bytes())
    }

    /// A report as it was kept, from its line.
    ///
    /// # Errors
    /// Where the line is no kept report.
    pub fn kept(line: &[u8]) -> serde_json::Result<Report> {
        serde_json::from_slice(line)
    }

    /// The line under which a report is kept.
    ///
    /// # Errors
    /// None that a report is known to cause.
    pub fn to_line(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }

    fn of_json(json: &[u8]) -> Result<Report, LineError> {
        let line: Line = serde_json::from_slice(json)?;
        if line.schema_version != dateline_core::record::SCHEMA_VERSION {
            return Err(LineError::Version(line.schema_version));
        }
        Ok(Self::of_line(line))
    }

    /// What is kept of a record in memory, whose spans count bytes.
    pub fn of(record: &Record) -> Result<Report, LineError> {
        Self::of_json(&record.clone().in_code_points().to_json()?)
    }

    fn of_line(line: Line) -> Report {
        let text = Text::new(&line.text);
        let removed: Vec<Span> = line.removed.iter().map(|r| text.bytes(r.span)).collect();
        let sentences: Vec<Span> = line.sentences.iter().map(|&s| text.bytes(s)).collect();
        let title = line.title.clone().unwrap_or_default();
        let number = |id: &String| line.entities.iter().position(|e| e.id == *id).map(|n| n as u16);
        let acts = line.events.iter().map(|e| act(e, &line, &text, &sentences, &number)).collect();
        let parties = line.entities.iter().map(party).collect();
        let quotes = line.statements.iter().filter(|s| s.quoted).filter_map(|s| {
            let words = text.bytes(s.span).of(&line.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let speaker = s.speaker.as_ref().and_then(number);
            (words.len() >= QUOTE.0 && words.len() <= QUOTE.1)
                .then_some(())
                .and(s.name.clone())
                .map(|name| Quote { speaker, name, text: words })
        });
        let quotes = quotes.collect();
        let turns = crate::turns::find(&line.text, &sentences);
        let (withdraws, take) = crate::versions::of_headline(&title, &line.text);
        Report {
            sketch: Sketch::new(&line.text, &removed),
            subject: Subject::new(&title, &line.text, &removed, line.published),
            id: line.id,
            url: line.url,
            publisher: line.publisher,
            title,
            day: line.published,
            parties,
            acts,
            quotes,
            turns,
            withdraws,
            take,
        }
    }

    /// The parties of numbers.
    pub fn names<'a>(&'a self, numbers: &'a [u16]) -> impl Iterator<Item = &'a Party> {
        numbers.iter().filter_map(|&n| self.parties.get(n as usize))
    }
}

/// A text with the bytes of its code points.
struct Text<'a> {
    text: &'a str,
    /// Empty for ASCII.
    at: Vec<u32>,
}

impl<'a> Text<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: if text.is_ascii() { Vec::new() } else { byte_offsets(text) } }
    }

    fn bytes(&self, span: Span) -> Span {
        let end = self.text.len() as u32;
        let at = |n: u32| {
            if self.at.is_empty() { n.min(end) } else { self.at.get(n as usize).copied().unwrap_or(end) }
        };
        Span::new(at(span.start), at(span.end))
    }
}

fn party(e: &line::Entity) -> Party {
    Party {
        name: e.name.clone(),
        kind: e.kind,
        title: e.title.clone(),
        country: e.country,
        sector: e.sector,
        code: e.code.clone(),
    }
}

fn interval(when: Option<&line::When>) -> Option<Interval> {
    when.map(|w| Interval { start: w.start, end: w.end.max(w.start), precision: w.precision })
}

fn act(
    e: &line::Event,
    line: &Line,
    text: &Text<'_>,
    sentences: &[Span],
    number: &impl Fn(&String) -> Option<u16>,
) -> Act {
    let numbers = |ids: &[String]| ids.iter().filter_map(number).collect::<Vec<u16>>();
    let mode = |m: &Option<String>, t| m.clone().filter(|m| Mode::of(t, m).is_some());
    let place = e.place.as_ref().and_then(|id| line.places.iter().find(|p| p.id == *id));
    let first = e.mentions.first();
    let slice = |span: Span| text.bytes(span).of(text.text);
    let mut said = Vec::new();
    for mention in &e.mentions {
        words::each(slice(mention.clause), |w| said.push(words::number(w)));
    }
    said.sort_unstable();
    said.dedup();
    let sentence = first.map_or(0, |m| m.sentence);
    let whole = sentences.get(sentence as usize).map_or("", |s| s.of(text.text));
    let clause = first.map_or("", |m| slice(m.clause));
    Act {
        id: e.id.clone(),
        event_type: e.event_type,
        mode: mode(&e.mode, e.event_type),
        status: e.status,
        actors: numbers(&e.actors),
        recipients: numbers(&e.recipients),
        place: place.map(|p| Where {
            name: p.name.clone(),
            country: p.country,
            geonames: p.geonames,
            precision: p.precision.clone(),
            lat: p.lat,
            lon: p.lon,
        }),
        when: interval(e.when.as_ref()),
        voices: e
            .sources
            .iter()
            .map(|s| Voice {
                name: s.name.clone(),
                party: s.entity.as_ref().and_then(number),
                kind: s.kind,
                stance: s.stance,
            })
            .collect(),
        magnitude: e.magnitude,
        aim: e.about.as_ref().map(|a| Aim {
            event_type: a.event_type,
            mode: mode(&a.mode, a.event_type),
            actors: numbers(&a.actors),
            recipients: numbers(&a.recipients),
            when: interval(a.when.as_ref()),
        }),
        background: e.background,
        plover: e.plover,
        quad: e.quad,
        score: e.score,
        confidence: e.confidence,
        trigger: base(first.map_or("", |m| slice(m.trigger))),
        words: said,
        text: crate::excerpt::of(whole, clause, EXCERPT),
        sentence,
    }
}

/// The base form of the first word of an act's words, as far as the table of concepts knows it.
fn base(trigger: &str) -> String {
    let concepts = crate::coref::Concepts::embedded();
    let first = trigger.split_whitespace().next().unwrap_or("").to_lowercase();
    let stems = ["ed", "d", "ing", "s", "es"].iter().filter_map(|end| first.strip_suffix(end));
    let forms = stems.flat_map(|s| [s.to_owned(), format!("{s}e"), shorter(s)]);
    let forms =
        forms.chain(["ied", "ies"].iter().filter_map(|end| first.strip_suffix(end).map(|s| format!("{s}y"))));
    std::iter::once(first.clone()).chain(forms).find(|w| concepts.knows(w)).unwrap_or(first)
}

/// "stopp" as "stop".
fn shorter(stem: &str) -> String {
    let mut chars: Vec<char> = stem.chars().collect();
    if chars.len() > 2 && chars[chars.len() - 1] == chars[chars.len() - 2] {
        chars.pop();
    }
    chars.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn base_forms_are_found() {
        assert_eq!(["arrested", "stopped", "urges", "denied"].map(base), ["arrest", "stop", "urge", "deny"]);
    }

    #[test]
    fn what_is_no_record_is_told() {
        let error = |line| Report::from_json(line).unwrap_err().to_string();
        assert!(error("{\"id\": 3}").contains("no record"));
        assert!(error(r#"{"schema_version": "9", "id": "a", "text": ""}"#).contains("version 9"));
    }

    proptest! {
        #[test]
        fn spans_may_lie_anywhere(text in ".{0,60}", a in 0u32..90, b in 0u32..90) {
            let line = serde_json::json!({"schema_version": "1", "id": "x", "text": text, "sentences": [[a, b]],
                "removed": [{"span": [b, a]}, {"span": [a, b]}],
                "events": [{"id": "e", "type": "CONSULT", "status": "planned", "quad": 1, "score": 1.0, "confidence": 0.5,
                    "mentions": [{"sentence": a, "clause": [a, b], "trigger": [b, a]}]}]});
            prop_assert_eq!(Report::from_json(&line.to_string()).unwrap().acts.len(), 1);
        }
    }
}
