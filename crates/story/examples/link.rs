//! Links records without the command line: `dateline read FOLDER --format jsonl | cargo run -p dateline-story --example link`
//! writes the clusters and the plans, a JSON object a line.

use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut reports = Vec::new();
    for line in std::io::stdin().lock().lines() {
        reports.push(dateline_story::Report::from_json(&line?)?);
    }
    let linked = dateline_story::link(reports, None);
    let mut out = std::io::stdout().lock();
    for cluster in &linked.clusters {
        writeln!(out, "{}", serde_json::to_string(cluster)?)?;
    }
    for plan in &linked.plans {
        writeln!(out, "{}", serde_json::to_string(plan)?)?;
    }
    Ok(())
}
