//! `dateline link`: many reports, one record.

use super::input;
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use crate::story_args::LinkArgs;
use dateline_export::{Format, listing};
use serde::Serialize;
use std::path::Path;

#[derive(Debug, Serialize)]
struct StoryRow<'a> {
    story: &'a str,
    begin: String,
    end: String,
    reports: usize,
    originals: usize,
    events: usize,
    plans: usize,
    title: &'a str,
}

const COLUMNS: [&str; 8] = ["story", "begin", "end", "reports", "originals", "events", "plans", "title"];

pub(crate) fn run(args: &LinkArgs) -> Result<Tally, Stop> {
    let (linked, tally) = input::linked(&args.input)?;
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|error| Stop::output(folder, error))?;
        write(folder, "event_clusters", &linked.clusters)?;
        write(folder, "documents", &linked.documents)?;
        write(folder, "plans", &linked.plans)?;
        write(folder, "stories", &linked.stories)?;
        return Ok(tally);
    }
    let rows: Vec<StoryRow<'_>> = linked
        .stories
        .iter()
        .map(|s| StoryRow {
            story: &s.id,
            begin: s.begin.map(|d| d.to_string()).unwrap_or_default(),
            end: s.end.map(|d| d.to_string()).unwrap_or_default(),
            reports: s.documents,
            originals: s.originals,
            events: linked.clusters.iter().filter(|c| c.story == s.id).count(),
            plans: linked.plans.iter().filter(|p| p.story == s.id).count(),
            title: &s.title,
        })
        .collect();
    let mut out = Target::Stdout.open()?;
    listing::write(&rows, &COLUMNS, Format::Table, &mut out)?;
    out.commit()?;
    Ok(tally)
}

fn write<T: Serialize>(folder: &Path, name: &str, rows: &[T]) -> Result<(), Stop> {
    let mut out = Target::File(folder.join(format!("{name}.jsonl"))).open()?;
    listing::write(rows, &[], Format::Jsonl, &mut out)?;
    out.commit()
}
