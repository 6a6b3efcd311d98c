//! Reading texts while the desk is open: one that was pasted, or one of the store anew to show its trees and reasons.

use crate::error::Refusal;
use dateline::explain::{Explained, Fate, Slot, Telling as Told};
use dateline::{Model, Options, Reader};
use dateline_core::offsets::CodePoints;
use dateline_core::record::Record;
use dateline_core::{Dateline, Document, Meta, Mode, Removed, Span};
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use utoipa::ToSchema;

/// A sentence with its tree, and what frames made of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Sentence {
    /// Where it stands, in code points.
    #[schema(value_type = Vec<u32>)]
    span: Span,
    /// Its words.
    tokens: Vec<Token>,
    /// Acts that were found in it.
    tellings: Vec<Telling>,
    /// Words that begin a frame but became no event, with the names of their frames.
    unfit: Vec<(String, Vec<String>)>,
    /// Verbs that no frame knows.
    unknown: Vec<String>,
}

/// A word in a tree.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Token {
    form: String,
    lemma: String,
    upos: &'static str,
    xpos: &'static str,
    deprel: &'static str,
    /// Number of its governor in the sentence, from 0; null for the root.
    head: Option<u32>,
}

/// Why an act was found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Telling {
    /// The word that expresses it, in code points.
    #[schema(value_type = Vec<u32>)]
    trigger: Span,
    #[serde(rename = "type")]
    event_type: &'static str,
    mode: Option<&'static str>,
    status: &'static str,
    /// The frame that matched, and a sentence that it was made for.
    frame: String,
    example: String,
    /// Where parties were looked for, what stands there, and who was taken.
    actors: Filled,
    recipients: Filled,
    /// The words from which the status is read.
    cues: Vec<String>,
    /// The event of the record that it belongs to.
    event: Option<String>,
    /// What became of it: event, content (of a demand, promise, threat or refusal), left out.
    fate: &'static str,
}

/// A slot of a frame.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Filled {
    /// Each relation with the words that stand there.
    looked: Vec<(String, Vec<String>)>,
    /// Who was taken.
    taken: Vec<String>,
}

/// A text that was read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Read {
    /// The record, its spans in code points.
    #[schema(value_type = Object)]
    pub(crate) record: Record,
    /// Trees and reasons.
    pub(crate) sentences: Vec<Sentence>,
}

/// Reads the bytes of a text or web page.
pub(crate) fn bytes(model: &Model, bytes: &[u8], options: &Options) -> Result<Read, Refusal> {
    let refuse =
        |e: &dyn std::fmt::Display| Refusal::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, e.to_string());
    let mut document = dateline::ingest(bytes, options).map_err(|e| refuse(&e))?;
    if document.meta.published.is_none() {
        document
            .warnings
            .push("no day of publication found: \"tomorrow\" and weekdays have no meaning".to_owned());
    }
    guarded(|| {
        let explained = explained(model, document);
        Read { sentences: sentences(&explained), record: explained.record.in_code_points() }
    })
}

/// Reads a record of the store, with spans in code points, anew.
pub(crate) fn again(model: &Model, record: Record) -> Result<Vec<Sentence>, Refusal> {
    guarded(|| sentences(&explained(model, document(record.in_bytes()))))
}

/// Work that panics is a failure of its request only.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| Refusal::internal("the text could not be read; please report it"))
}

fn explained(model: &Model, document: Document) -> Explained {
    let mut reader = Reader::new(model);
    let reading = reader.reading(document);
    reader.explain(reading)
}

/// The document that a record was made from, as far as the record keeps it.
fn document(record: Record) -> Document {
    let dateline = record.dateline.as_ref().and_then(|d| {
        let place = record.places.iter().find(|p| d.place.as_ref() == Some(&p.id))?;
        let span = *place.mentions.first()?;
        Some(Dateline { span, place: span, date: d.date })
    });
    let meta = Meta {
        id: record.id,
        path: record.path,
        url: record.url,
        publisher: record.publisher,
        title: record.title,
        published: record.published,
        ..Meta::default()
    };
    let removed = record.removed.iter().map(|r| Removed { span: r.span, reason: "removed" }).collect();
    Document { removed, dateline, ..Document::new(meta, record.text) }
}

fn sentences(explained: &Explained) -> Vec<Sentence> {
    let doc = &explained.doc;
    let points = CodePoints::new(&doc.text);
    let sentence = |(s, why): (&dateline_core::Sentence, &dateline::explain::Sentence)| Sentence {
        span: points.span(s.span),
        tokens: s
            .range()
            .map(|i| {
                let t = doc.syntax.token(i);
                Token {
                    form: doc.form(i).to_owned(),
                    lemma: doc.syntax.lemma(i).to_owned(),
                    upos: t.upos.as_str(),
                    xpos: t.xpos.as_str(),
                    deprel: t.deprel.as_str(),
                    head: doc.syntax.head(i).map(|h| h.saturating_sub(s.tokens.0)),
                }
            })
            .collect(),
        tellings: why.tellings.iter().map(|t| telling(t, &points)).collect(),
        unfit: why.unfit.clone(),
        unknown: why.unknown.clone(),
    };
    doc.syntax.sentences.iter().zip(&explained.sentences).map(sentence).collect()
}

fn telling(t: &Told, points: &CodePoints) -> Telling {
    let filled = |slot: &Slot| Filled { looked: slot.looked.clone(), taken: slot.taken.clone() };
    let (event, fate) = match &t.fate {
        Fate::Event { id, .. } => (Some(id.clone()), "event"),
        Fate::ContentOf(_) => (None, "content"),
        Fate::LeftOut => (None, "left out"),
    };
    Telling {
        trigger: points.span(t.trigger),
        event_type: t.event_type.as_str(),
        mode: t.mode.map(Mode::as_str),
        status: t.status.as_str(),
        frame: t.frame.clone(),
        example: t.example.clone(),
        actors: filled(&t.actors),
        recipients: filled(&t.recipients),
        cues: t.cues.clone(),
        event,
        fate,
    }
}
