//! Answers the measuring tasks `toponyms` and `toponyms-spans`: JSON lines in, JSON lines out.
//!
//!     cargo run --release -p dateline-place --example predict < input.jsonl > answers.jsonl
//!
//! With `--names` the English model's names are given as hints.

use dateline_core::labels::NameTag;
use dateline_core::offsets::CodePoints;
use dateline_core::{Document, Meta, Span};
use dateline_place::{Hints, NameHint, Resolver, Toponym};
use dateline_syntax::{Model, Worker};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let resolver = Resolver::new()?;
    eprintln!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut reader = if std::env::args().any(|a| a == "--names") {
        let model = Model::embedded()?;
        let worker = Worker::new(&model);
        Some((model, worker))
    } else {
        None
    };
    let (mut bytes, mut seconds) = (0, 0.0);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or("");
        let map = CodePoints::new(text);
        let names = reader.as_mut().map(|(model, worker)| names(model, worker, text));
        let hints = Hints { url: row["url"].as_str(), names: names.as_deref(), ..Hints::default() };
        let start = Instant::now();
        let found: Vec<Toponym> = if let Some(spans) = row["spans"].as_array() {
            let offset = |v: &Value, end: &str| byte_of(text, v[end].as_u64().unwrap_or(0) as usize);
            let spans: Vec<Span> =
                spans.iter().map(|s| Span::new(offset(s, "start"), offset(s, "end"))).collect();
            resolver.resolve_spans(text, &spans, &hints)
        } else {
            let mut found = Vec::new();
            resolver.find(text, &hints, &mut found);
            found
        };
        seconds += start.elapsed().as_secs_f64();
        bytes += text.len();
        let answers: Vec<Value> = found
            .iter()
            .map(|t| {
                let span = map.span(t.span);
                let place = t.place.as_ref();
                json!({"start": span.start, "end": span.end, "geonames": place.and_then(|p| p.geonames).map(|g| g.to_string()),
                       "lat": place.map(|p| p.lat), "lon": place.map(|p| p.lon), "name": place.map(|p| &p.name), "country": place.and_then(|p| p.country)})
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "toponyms": answers}))?;
    }
    eprintln!("{bytes} bytes, {:.1} MB/s", bytes as f64 / 1e6 / seconds);
    Ok(())
}

fn byte_of(text: &str, point: usize) -> u32 {
    text.char_indices().nth(point).map_or(text.len(), |(i, _)| i) as u32
}

/// The names that the English model finds.
fn names(model: &Model, worker: &mut Worker, text: &str) -> Vec<NameHint> {
    let mut document = Document::new(Meta::default(), text);
    worker.parse(model, &mut document);
    let mut names: Vec<NameHint> = Vec::new();
    for token in &document.syntax.tokens {
        match (token.name, names.last_mut()) {
            (NameTag::Inside(_), Some(name)) => name.span.end = token.span.end,
            (NameTag::Begin(class) | NameTag::Inside(class), _) => {
                names.push(NameHint { span: token.span, class });
            }
            _ => {}
        }
    }
    names
}
