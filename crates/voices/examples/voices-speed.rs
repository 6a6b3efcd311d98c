//! How fast this stage is for itself: reads the files given, parses them once, and reads their voices again and again.
//!
//! `cargo run --release -p dateline-voices --example voices-speed -- report.txt ...`

use dateline_core::{Document, Meta};
use dateline_syntax::{Model, Worker};
use dateline_voices::cues::Cues;
use std::error::Error;
use std::time::Instant;

/// Rounds over all files.
const ROUNDS: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let model = Model::embedded()?;
    let cues = Cues::embedded()?;
    let mut worker = Worker::new(&model);
    let mut docs = Vec::new();
    for path in std::env::args().skip(1) {
        let mut doc = Document::new(Meta::default(), std::fs::read_to_string(path)?);
        worker.parse(&model, &mut doc);
        docs.push(doc);
    }
    let bytes: usize = docs.iter().map(|d| d.text.len()).sum();
    // The fastest round is the one that nothing else on the machine got in the way of.
    let mut best = f64::INFINITY;
    let mut reports = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        reports = docs.iter().map(|doc| read(doc, &cues)).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{bytes} bytes, {reports} reports, {:.1} MB/s", bytes as f64 / best / 1e6);
    Ok(())
}

/// The number of reports of a document.
fn read(doc: &Document, cues: &Cues) -> usize {
    dateline_voices::read(doc, cues, dateline_voices::quotations(doc)).reports.len()
}
