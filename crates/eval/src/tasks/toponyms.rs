//! `toponyms` and `toponyms-spans`: place names with their gazetteer entries.

use super::{Failure, document};
use dateline::Reader;
use dateline::core::Span;
use dateline::core::offsets::{CodePoints, byte_offsets};
use dateline_place::Toponym;
use serde_json::{Value, json};

pub(crate) fn find(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let mut doc = document(row);
    doc.removed.clear();
    let reading = reader.reading(doc);
    let map = CodePoints::new(&reading.doc.text);
    let named = reading.toponyms.iter().filter(|t| !t.demonym);
    let toponyms: Vec<Value> = named.map(|t| shown(&map, t)).collect();
    Ok(json!({ "id": row["id"], "toponyms": toponyms }))
}

pub(crate) fn resolve(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let doc = document(row);
    let bytes = byte_offsets(&doc.text);
    let at = |v: &Value| v.as_u64().and_then(|i| bytes.get(i as usize).copied()).unwrap_or_default();
    let spans: Vec<Span> = row["spans"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|s| Span::new(at(&s["start"]), at(&s["end"])))
        .collect();
    let toponyms: Vec<Value> = {
        let found = reader.resolve_places(&doc, &spans);
        let map = CodePoints::new(&doc.text);
        found.iter().map(|t| shown(&map, t)).collect()
    };
    Ok(json!({ "id": row["id"], "toponyms": toponyms }))
}

fn shown(map: &CodePoints, t: &Toponym) -> Value {
    let span = map.span(t.span);
    let place = t.place.as_ref();
    json!({
        "start": span.start, "end": span.end,
        "geonames": place.and_then(|p| p.geonames), "lat": place.map(|p| p.lat), "lon": place.map(|p| p.lon),
    })
}
