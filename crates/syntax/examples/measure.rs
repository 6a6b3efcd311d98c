//! What reading costs: `cargo run --release -p dateline-syntax --example measure -- [FILE]`.
//!
//! Tells the size of the model, the time to load it, the memory and the speed of one thread from raw text to sentences,
//! tokens, tags, lemmas, trees and names. FILE is plain text, its documents set apart by form feeds or, if there are none,
//! by empty lines; without it, the paragraphs of the test of sentence ends are read. Processor time is what counts on a busy
//! machine; it and the memory are known on Linux only.

use dateline_core::{Document, Meta};
use dateline_syntax::{Model, Worker, neural};
use std::time::Instant;

const NEWS: &str = include_str!("../tests/news.txt");
/// Reading goes on for at least so many tokens.
const TOKENS: usize = 200_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).map(std::fs::read_to_string).transpose()?;
    let text = file.as_deref().unwrap_or(NEWS);
    let gap = if text.contains('\x0c') { "\x0c" } else { "\n\n" };
    let mut documents: Vec<Document> = text
        .split(gap)
        .filter(|t| !t.trim().is_empty())
        .map(|t| Document::new(Meta::default(), t.trim()))
        .collect();
    if documents.is_empty() {
        return Err("there is no text in the file".into());
    }
    println!("model            {:>10} bytes", neural::ENGLISH.len());
    let (wall, busy) = (Instant::now(), processor_seconds());
    let model = Model::embedded()?;
    let mut worker = Worker::new(&model);
    println!(
        "load             {:>10.1} ms by the clock{}",
        1e3 * wall.elapsed().as_secs_f64(),
        told(busy, 1e3, "ms")
    );
    // Fills the buffers and the memory of forms.
    for document in documents.iter_mut().take(200) {
        worker.parse(&model, document);
    }
    let (wall, busy) = (Instant::now(), processor_seconds());
    let (mut tokens, mut bytes) = (0, 0);
    while tokens < TOKENS {
        for document in &mut documents {
            worker.parse(&model, document);
            tokens += document.syntax.tokens.len();
            bytes += document.text.len();
        }
    }
    let seconds = wall.elapsed().as_secs_f64();
    println!("read             {tokens:>10} tokens, {bytes} bytes, {} documents", documents.len());
    println!("speed            {:>10.0} tokens a second by the clock", tokens as f64 / seconds);
    if let (Some(before), Some(now)) = (busy, processor_seconds()) {
        println!(
            "                 {:>10.0} tokens a second of processor time",
            tokens as f64 / (now - before)
        );
    }
    if let Some(peak) = peak_kilobytes() {
        println!("memory           {:>10.1} MB at most, texts included", peak as f64 / 1024.0);
    }
    Ok(())
}

/// Processor time since `before`, as an addition to a line.
fn told(before: Option<f64>, factor: f64, unit: &str) -> String {
    match (before, processor_seconds()) {
        (Some(before), Some(now)) => format!(", {:.0} {unit} of processor time", factor * (now - before)),
        _ => String::new(),
    }
}

/// Processor time of this process, from the scheduler's count of nanoseconds.
fn processor_seconds() -> Option<f64> {
    let line = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    line.split(' ').next()?.parse::<f64>().ok().map(|ns| ns / 1e9)
}

fn peak_kilobytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.trim().parse().ok()
}
