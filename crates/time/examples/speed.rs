//! How fast a text file is read: `speed FILE`.

use dateline_time::{Anchors, Tagger};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let text = std::fs::read_to_string(path)?;
    let started = Instant::now();
    let tagger = Tagger::new()?;
    println!("tables: {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let anchors = Anchors::published(jiff::civil::date(2012, 11, 21));
    let mut found = Vec::new();
    for _ in 0..3 {
        found.clear();
        let started = Instant::now();
        for report in text.split("\n\n\n") {
            tagger.tag(report, &anchors, &mut found);
        }
        let seconds = started.elapsed().as_secs_f64();
        println!("{} expressions, {:.1} MB/s", found.len(), text.len() as f64 / 1e6 / seconds);
    }
    Ok(())
}
