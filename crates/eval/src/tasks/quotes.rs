//! `quotes`: direct quotations of three words or more in double marks, with the words that name the speaker.

use super::{Failure, document};
use dateline::Reader;
use dateline::core::offsets::CodePoints;
use dateline::voices::Marks;
use serde_json::{Value, json};

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let reading = reader.reading(document(row));
    let doc = &reading.doc;
    let map = CodePoints::new(&doc.text);
    let quotes: Vec<Value> = reading
        .voices
        .quotes
        .iter()
        .zip(&reading.voices.speakers)
        .filter(|(q, speaker)| {
            speaker.spoken && q.marks == Marks::Double && q.span.of(&doc.text).split_whitespace().count() >= 3
        })
        .map(|(q, speaker)| {
            let source = speaker.source.map(|t| dateline::phrase_span(&doc.syntax, t));
            let name =
                speaker.source.and_then(|t| reading.cast.member_at(t)).map(|m| &reading.cast.member(m).name);
            json!({
                "quote": map.span(q.span),
                "speaker": source.iter().map(|s| map.span(*s)).collect::<Vec<_>>(),
                "speaker_text": name,
            })
        })
        .collect();
    Ok(json!({ "id": row["id"], "quotes": quotes }))
}
