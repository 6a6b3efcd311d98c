//! A record as an annotator would write it down.

use crate::format::{Days, Event, Mention, Numbers, Party, Place, Statement, Text};
use crate::quote;
use dateline_core::record::{Event as Read, Record};

/// Fewest words of a quotation that is annotated.
const QUOTE_WORDS: usize = 3;

/// What the annotation of a record, whose spans count bytes, is made from.
pub fn text(record: &Record) -> Text {
    Text {
        id: record.id.clone(),
        date: record.published,
        title: record.title.clone(),
        publisher: record.publisher.clone(),
        url: record.url.clone(),
        text: record.text.clone(),
    }
}

/// An event of the record, taken as right. None where no telling can be shown by words that the text has once.
pub fn event(record: &Record, read: &Read) -> Option<Event> {
    let mentions: Vec<Mention> = read
        .mentions
        .iter()
        .filter_map(|m| quote::of(&record.text, m.clause, m.trigger))
        .map(|(quote, trigger)| Mention::Quoted { quote: quote.to_owned(), trigger: trigger.to_owned() })
        .collect();
    if mentions.is_empty() {
        return None;
    }
    let entity = |id: &String| record.entities.iter().find(|e| e.id == *id);
    let parties = |ids: &[String]| {
        let party = |e: &dateline_core::record::Entity| Party {
            name: e.name.clone(),
            country: e.country.map(|c| c.to_string()),
            sector: Some(e.sector),
        };
        ids.iter().filter_map(entity).map(party).collect()
    };
    let place = read.place.as_ref().and_then(|id| record.places.iter().find(|p| p.id == *id));
    let numbers = Numbers { killed: read.magnitude.killed, injured: read.magnitude.injured };
    let name = |s: &dateline_core::record::Source| {
        s.name.clone().or_else(|| s.entity.as_ref().and_then(entity).map(|e| e.name.clone()))
    };
    Some(Event {
        event_type: read.event_type,
        mode: read.mode.map(|m| m.as_str().to_owned()),
        status: read.status,
        actors: parties(&read.actors),
        recipients: parties(&read.recipients),
        place: place.map(|p| Place { name: p.name.clone(), country: p.country.map(|c| c.to_string()) }),
        when: read.when.as_ref().map(|w| Days { start: w.start, end: w.end }),
        sources: read.sources.iter().filter_map(name).collect(),
        magnitude: (numbers != Numbers::default()).then_some(numbers),
        mentions,
        sure: true,
    })
}

/// The direct quotations of the record.
pub fn statements(record: &Record) -> Vec<Statement> {
    let words = |s: &&dateline_core::record::Statement| {
        s.quoted && s.span.of(&record.text).split_whitespace().count() >= QUOTE_WORDS
    };
    let statement = |s: &dateline_core::record::Statement| Statement {
        quote: s.span.of(&record.text).to_owned(),
        span: None,
        speaker: s.name.clone(),
    };
    record.statements.iter().filter(words).map(statement).collect()
}
