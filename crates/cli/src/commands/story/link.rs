//! `dateline link`: many reports, one record.

use super::input;
use crate::failures::Tally;
use crate::sink::{Sink, Target};
use crate::stop::Stop;
use crate::story_args::LinkArgs;
use dateline_export::{Format, listing};
use jiff::civil::Date;
use serde::Serialize;
use std::io::Write;
use std::path::Path;

#[derive(Debug, Serialize)]
struct StoryRow {
    story: String,
    begin: String,
    end: String,
    reports: usize,
    originals: usize,
    events: usize,
    plans: usize,
    title: String,
}

const COLUMNS: [&str; 8] = ["story", "begin", "end", "reports", "originals", "events", "plans", "title"];

pub(crate) fn run(args: &LinkArgs) -> Result<Tally, Stop> {
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder).map_err(|error| Stop::output(folder, error))?;
    }
    let (web, tally) = input::web(&args.input, args.output.as_deref())?;
    if let Some(folder) = &args.output {
        let written = [
            written(folder, "event_clusters", web.clusters())?,
            written(folder, "documents", web.documents())?,
            written(folder, "plans", web.plans())?,
            written(folder, "stories", web.stories())?,
        ];
        web.into_shelf().check()?;
        written.into_iter().try_for_each(Sink::commit)?;
        return Ok(tally);
    }
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let rows: Vec<StoryRow> = web
        .stories()
        .zip(web.counts())
        .map(|(story, (events, plans))| StoryRow {
            begin: day(story.begin),
            end: day(story.end),
            story: story.id,
            reports: story.documents,
            originals: story.originals,
            events,
            plans,
            title: story.title,
        })
        .collect();
    let mut out = Target::Stdout.open()?;
    listing::write(&rows, &COLUMNS, Format::Table, &mut out)?;
    out.commit()?;
    Ok(tally)
}

/// Writes rows as they come, a JSON object a line.
fn written<T: Serialize>(folder: &Path, name: &str, rows: impl Iterator<Item = T>) -> Result<Sink, Stop> {
    let mut out = Target::File(folder.join(format!("{name}.jsonl"))).open()?;
    for row in rows {
        serde_json::to_writer(&mut out, &row).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    }
    Ok(out)
}
