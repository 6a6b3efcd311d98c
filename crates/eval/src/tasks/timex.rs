//! `timex`: time expressions with their TIMEX3 type and value.

use super::{Failure, field};
use dateline::core::offsets::CodePoints;
use dateline_time::{Anchors, Tagger};
use serde_json::{Value, json};

pub(crate) fn answer(row: &Value) -> Result<Value, Failure> {
    let text = field(row, "text");
    let published = field(row, "date").get(..10).and_then(|d| d.parse().ok());
    let mut found = Vec::new();
    Tagger::shared().tag(text, &Anchors { published, dateline: None }, &mut found);
    let map = CodePoints::new(text);
    let timex: Vec<Value> = found
        .iter()
        .map(|t| {
            let span = map.span(t.span);
            json!({ "start": span.start, "end": span.end, "type": t.kind.as_str(), "value": t.value })
        })
        .collect();
    Ok(json!({ "id": row["id"], "timex": timex }))
}
