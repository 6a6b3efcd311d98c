//! `attribution`: who says what, as spans of source, cue and content.

use super::{Failure, document};
use dateline::Reader;
use dateline::core::Span;
use dateline::core::offsets::CodePoints;
use dateline::voices::{reported, scorer, shape};
use serde_json::{Value, json};

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let reading = reader.reading(document(row));
    let map = CodePoints::new(&reading.doc.text);
    let attributions: Vec<Value> = reading.voices.reports.iter().map(|r| spans(&map, r)).collect();
    Ok(json!({ "id": row["id"], "attributions": attributions }))
}

/// Every candidate with its features, for training the weights.
pub(crate) fn training(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let reading = reader.reading(document(row));
    let (doc, cues) = (&reading.doc, reader.model().cues());
    let quotes = &reading.voices.quotes;
    let map = CodePoints::new(&doc.text);
    let mut candidates = Vec::new();
    for token in 0..doc.syntax.tokens.len() as u32 {
        shape::of(doc, cues, token, &mut |c| {
            let Some(around) = reported::surroundings(doc, quotes, &c) else { return };
            let Some(report) = reported::report(doc, cues, quotes, &c, &around, 0.0) else { return };
            let mut features = Vec::new();
            scorer::features(doc, &c, &around, &mut |f| features.push(f.to_string()));
            let mut candidate = spans(&map, &report);
            candidate["token"] = json!(token);
            candidate["features"] = json!(features);
            candidates.push(candidate);
        });
    }
    Ok(json!({ "id": row["id"], "candidates": candidates }))
}

fn spans(map: &CodePoints, r: &reported::Report) -> Value {
    let of = |spans: &[Span]| spans.iter().map(|s| map.span(*s)).collect::<Vec<_>>();
    json!({ "source": of(r.source_span.as_slice()), "cue": of(&[r.cue_span]), "content": of(&r.content) })
}
