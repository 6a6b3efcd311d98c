//! `neardup`: which reports are copies of one.

use super::{Failure, field, joined};
use dateline_story::near::{Copies, Sketch, Sketches};
use serde_json::{Value, json};
use std::time::Instant;

pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let rows: Vec<Value> =
        text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let mut sketches = Sketches::default();
    rows.iter().for_each(|row| sketches.add(&Sketch::new(field(row, "text"), &[])));
    let copies = Copies::find(&sketches, &(0..rows.len() as u32).collect::<Vec<_>>());
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("neardup: {:.0} reports a second", rows.len() as f64 / seconds);
    let answer = |(n, row): (usize, &Value)| {
        json!({"id": row["id"], "label": copies.first[n].to_string()}).to_string()
    };
    Ok(joined(&rows.iter().enumerate().map(answer).collect::<Vec<_>>()))
}
