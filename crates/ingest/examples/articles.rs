//! Extracts the articles of pages, for measuring: `articles PAGES.jsonl [REPEATS] > predictions.jsonl`.
//!
//! Input rows have `id`, `html` and perhaps `url`; output rows are `id`, `articleBody`, `title`, `date`.

use serde_json::{Value, json};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: articles PAGES.jsonl [REPEATS]")?;
    let repeats: u32 = arguments.next().map_or(Ok(1), |n| n.parse())?;
    let rows: Vec<Value> =
        std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let raw = std::env::var_os("RAW").is_some();
    let start = Instant::now();
    let mut articles = Vec::new();
    for _ in 0..repeats {
        articles = rows
            .iter()
            .map(|row| dateline_ingest::extract(row["html"].as_str().unwrap_or(""), row["url"].as_str()))
            .collect();
    }
    let seconds = start.elapsed().as_secs_f64() / f64::from(repeats.max(1));
    for (row, article) in rows.iter().zip(&articles) {
        let date = article.date.map(|day| day.to_string());
        println!(
            "{}",
            json!({"id": row["id"], "articleBody": if raw { article.body.clone() } else { article.report() }, "title": article.title, "date": date})
        );
    }
    eprintln!("{} pages, {:.0} pages/s", rows.len(), rows.len() as f64 / seconds);
    Ok(())
}
