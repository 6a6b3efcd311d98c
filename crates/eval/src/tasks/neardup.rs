//! `neardup`: which reports are copies of one.

use super::{Failure, field, joined};
use dateline_story::near::{Index, Sketch};
use serde_json::{Value, json};
use std::time::Instant;

pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let rows: Vec<Value> =
        text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let mut index = Index::default();
    for row in &rows {
        index.add(Sketch::new(field(row, "text"), &[]));
    }
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("neardup: {:.0} reports a second", rows.len() as f64 / seconds);
    let answer = |(n, row): (usize, &Value)| {
        json!({"id": row["id"], "label": index.group(n as u32).to_string()}).to_string()
    };
    Ok(joined(&rows.iter().enumerate().map(answer).collect::<Vec<_>>()))
}
