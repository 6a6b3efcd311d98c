//! `dateline link`: many reports, one record.

use super::input;
use crate::failures::Tally;
use crate::sink::{Sink, Target};
use crate::stop::Stop;
use crate::story_args::LinkArgs;
use dateline_export::{Format, listing};
use dateline_story::web::{Table, Web};
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
            written(folder, "event_clusters", &web, Table::Clusters)?,
            written(folder, "documents", &web, Table::Documents)?,
            written(folder, "plans", &web, Table::Plans)?,
            written(folder, "stories", &web, Table::Stories)?,
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

/// Writes a table as it comes, a JSON object a line.
fn written(folder: &Path, name: &str, web: &Web, table: Table) -> Result<Sink, Stop> {
    let mut out = Target::File(folder.join(format!("{name}.jsonl"))).open()?;
    for line in web.lines(table) {
        out.write_all(&line.map_err(std::io::Error::from)?)?;
        out.write_all(b"\n")?;
    }
    Ok(out)
}
