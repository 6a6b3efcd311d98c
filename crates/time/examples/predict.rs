//! Time expressions of JSON lines `{id, date, text}`, answered as `{id, timex: [{start, end, type, value, days}]}`
//! with offsets in Unicode code points.

use dateline_core::offsets::CodePoints;
use dateline_time::{Anchors, Tagger, Timex};
use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tagger = Tagger::new()?;
    let (stdin, mut stdout) = (io::stdin().lock(), io::BufWriter::new(io::stdout().lock()));
    let mut found: Vec<Timex> = Vec::new();
    for line in stdin.lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let day = row["date"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
        found.clear();
        tagger.tag(text, &Anchors { published: day, dateline: None }, &mut found);
        let map = CodePoints::new(text);
        let timex: Vec<Value> = found
            .iter()
            .map(|t| {
                let span = map.span(t.span);
                json!({"start": span.start, "end": span.end, "type": t.kind.as_str(), "value": t.value,
                    "days": t.interval.map(|i| [i.start.to_string(), i.end.to_string()]),
                    "mod": t.modifier.map(dateline_time::Modifier::as_str), "text": t.span.of(text)})
            })
            .collect();
        writeln!(stdout, "{}", json!({"id": row["id"], "timex": timex}))?;
    }
    Ok(())
}
