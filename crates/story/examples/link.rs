//! Links records without the command line: `dateline read FOLDER --format jsonl | cargo run -p dateline-story --example link`
//! writes the clusters and the plans, a JSON object a line; with `-- brief` or `-- timeline`, that page as Markdown.

use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut reports = Vec::new();
    for line in std::io::stdin().lock().lines() {
        reports.push(dateline_story::Report::from_json(&line?)?);
    }
    let linked = dateline_story::link(reports, None);
    let all = dateline_story::Choice::default();
    let mut out = std::io::stdout().lock();
    match std::env::args().nth(1).as_deref() {
        Some("brief") => {
            write!(out, "{}", dateline_story::brief::page(&linked, &all).markdown(&linked.reports))?;
        }
        Some("timeline") => {
            write!(out, "{}", dateline_story::timeline::page(&linked, &all).markdown(&linked.reports))?;
        }
        _ => {
            for cluster in &linked.clusters {
                writeln!(out, "{}", serde_json::to_string(cluster)?)?;
            }
            for plan in &linked.plans {
                writeln!(out, "{}", serde_json::to_string(plan)?)?;
            }
        }
    }
    Ok(())
}
