//! `quotes`: direct quotations of three words or more in double marks that are speech or part of something reported, with
//! the words that name the speaker.

use super::{Failure, document};
use dateline::Reader;
use dateline::core::offsets::CodePoints;
use dateline::voices::Marks;
use serde_json::{Value, json};

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let reading = reader.reading(document(row));
    let (doc, voices) = (&reading.doc, &reading.voices);
    let map = CodePoints::new(&doc.text);
    let mut transcript = false;
    let mut quotes: Vec<Value> = Vec::new();
    for (q, speaker) in voices.quotes.iter().zip(&voices.speakers) {
        // The turns of a transcript are no quotations within a report.
        transcript = q.label.is_some() || (transcript && q.continues);
        let reported = speaker.spoken || !voices.reports_at(q.span.start).is_empty();
        let long = q.span.of(&doc.text).split_whitespace().count() >= 3;
        if transcript || !reported || !long || q.marks != Marks::Double {
            continue;
        }
        let source = speaker.source.map(|t| dateline::phrase_span(&doc.syntax, t));
        let name =
            speaker.source.and_then(|t| reading.cast.member_at(t)).map(|m| &reading.cast.member(m).name);
        quotes.push(json!({
            "quote": map.span(q.span),
            "speaker": source.iter().map(|s| map.span(*s)).collect::<Vec<_>>(),
            "speaker_text": name,
        }));
    }
    Ok(json!({ "id": row["id"], "quotes": quotes }))
}
