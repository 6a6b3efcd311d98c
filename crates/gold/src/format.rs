//! The format of an annotated report.

use dateline_core::{Document, EventType, Meta, Sector, Span, Status};
use dateline_ingest::{Format, Options};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A report that was annotated: a line of `texts.jsonl`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Identifier, that of the annotation.
    pub id: String,
    /// Day of publication.
    #[serde(default)]
    pub date: Option<Date>,
    /// Headline.
    #[serde(default)]
    pub title: Option<String>,
    /// Who published it.
    #[serde(default, alias = "source", skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The text.
    pub text: String,
}

impl Text {
    /// The document to be read, whose text stays as the annotators had it.
    ///
    /// ```
    /// let text = dateline_gold::Text { id: "a".into(), text: "Peru and Chile held talks.".into(), ..Default::default() };
    /// assert_eq!(text.document().text, text.text);
    /// ```
    pub fn document(&self) -> Document {
        let options = Options {
            id: self.id.clone(),
            url: self.url.clone(),
            publisher: self.publisher.clone(),
            title: self.title.clone(),
            date: self.date,
            format: Format::Text,
            english_only: false,
            ..Options::default()
        };
        match dateline_ingest::read(self.text.as_bytes(), &options) {
            Ok(document) if document.text == self.text => document,
            // What ingest would drop or refuse was annotated all the same.
            _ => {
                let meta = Meta { id: self.id.clone(), published: self.date, ..Meta::default() };
                Document::new(meta, self.text.clone())
            }
        }
    }
}

/// One annotated report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Identifier of the text.
    pub id: String,
    /// What was done.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Direct quotations.
    #[serde(default)]
    pub statements: Vec<Statement>,
}

/// A distinct event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// PLOVER mode.
    #[serde(default)]
    pub mode: Option<String>,
    /// Whether it took place.
    pub status: Status,
    /// Who does it.
    #[serde(default)]
    pub actors: Vec<Party>,
    /// To whom.
    #[serde(default)]
    pub recipients: Vec<Party>,
    /// Where.
    #[serde(default)]
    pub place: Option<Place>,
    /// When.
    #[serde(default)]
    pub when: Option<Days>,
    /// Names of those on whose word it rests.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub magnitude: Option<Numbers>,
    /// Where it is told, clearest first.
    pub mentions: Vec<Mention>,
    /// False where a second reader might well not code it: then it counts neither way.
    #[serde(default = "yes")]
    pub sure: bool,
}

const fn yes() -> bool {
    true
}

/// A party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Fullest name the report gives, or the words that describe it.
    pub name: String,
    /// Country, ISO 3166-1 alpha-3.
    #[serde(default)]
    pub country: Option<String>,
    /// Sector.
    #[serde(default)]
    pub sector: Option<Sector>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name.
    pub name: String,
    /// Country it lies in.
    #[serde(default)]
    pub country: Option<String>,
}

/// Days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
}

/// Numbers of dead and wounded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbers {
    /// Dead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub killed: Option<u64>,
    /// Wounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub injured: Option<u64>,
}

/// A place in the text where an event is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Mention {
    /// By words, which the text has once.
    Quoted {
        /// The clause.
        quote: String,
        /// The word or two in it that express the event.
        trigger: String,
    },
    /// By offsets in code points.
    Spans {
        /// The clause.
        clause: Span,
        /// The word or two that express the event.
        trigger: Span,
    },
}

/// A direct quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The words between the marks.
    #[serde(default)]
    pub quote: String,
    /// Where they stand, in code points; without it, wherever the text has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Name of the speaker.
    #[serde(default)]
    pub speaker: Option<String>,
}
