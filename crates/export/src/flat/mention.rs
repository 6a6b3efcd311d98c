//! One row a mention.

use crate::row::row;
use dateline_core::offsets::CodePoints;
use dateline_core::record::Record;

row! {
    /// One row a mention of an entity, a place or an event.
    MentionRow<'a> {
        doc_id: &'a str = "Identifier of the report.",
        of: &'static str = "What is mentioned: `entity`, `place` or `event`.",
        id: &'a str = "Its identifier.",
        sentence: Option<usize> = "Index of the sentence, from 0.",
        start: u32 = "Where the words begin, in code points; of an event, its trigger.",
        end: u32 = "Where they end.",
        text: &'a str = "The words.",
    }
}

/// Every mention in a record, of entities, then places, then events.
pub fn mentions(record: &Record) -> impl Iterator<Item = MentionRow<'_>> {
    let points = CodePoints::new(&record.text);
    let entities =
        record.entities.iter().flat_map(|e| e.mentions.iter().map(|&m| ("entity", e.id.as_str(), m)));
    let places = record.places.iter().flat_map(|p| p.mentions.iter().map(|&m| ("place", p.id.as_str(), m)));
    let events =
        record.events.iter().flat_map(|e| e.mentions.iter().map(|m| ("event", e.id.as_str(), m.trigger)));
    entities.chain(places).chain(events).map(move |(of, id, bytes)| {
        let span = points.span(bytes);
        let index = record.sentences.partition_point(|s| s.end <= bytes.start);
        let sentence = record.sentences.get(index).filter(|s| s.overlaps(bytes)).map(|_| index);
        MentionRow {
            doc_id: &record.id,
            of,
            id,
            sentence,
            start: span.start,
            end: span.end,
            text: bytes.of(&record.text),
        }
    })
}
