//! `dateline timeline` and `dateline brief`: what went on, for people.

use super::input;
use crate::args;
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use crate::story_args::{BriefArgs, TimelineArgs};
use dateline_export::{Format, listing};
use dateline_story::page::Page;
use dateline_story::timeline::Entry;
use dateline_story::{Linked, excerpt};
use serde::Serialize;
use std::io::Write;

#[derive(Debug, Serialize)]
struct Row {
    date: String,
    until: String,
    reported: bool,
    types: String,
    status: String,
    disputed: bool,
    actors: String,
    recipients: String,
    place: String,
    sources: usize,
    voices: String,
    text: String,
    doc_ids: String,
}

const COLUMNS: [&str; 13] = [
    "date",
    "until",
    "reported",
    "types",
    "status",
    "disputed",
    "actors",
    "recipients",
    "place",
    "sources",
    "voices",
    "text",
    "doc_ids",
];

pub(crate) fn timeline(args: &TimelineArgs) -> Result<Tally, Stop> {
    let (linked, tally) = input::linked(&args.view.input)?;
    let choice = args.view.choice.choice();
    let mut out = Target::of(args.view.output.output.as_deref()).open()?;
    if matches!(args.format.as_str(), "markdown" | "html") {
        let page = dateline_story::timeline::page(&linked, &choice);
        out.write_all(written(&page, &linked, &args.format).as_bytes())?;
    } else {
        let entries = dateline_story::timeline::entries(&linked, &choice);
        match args::format(&args.format) {
            format @ (Format::Json | Format::Jsonl) => listing::write(&entries, &[], format, &mut out)?,
            Format::Table => {
                let rows: Vec<_> = entries
                    .iter()
                    .map(row)
                    .map(|r| (r.date, r.types, r.sources, excerpt::cut(&r.text, 110)))
                    .collect();
                listing::write(&rows, &["date", "types", "sources", "text"], Format::Table, &mut out)?;
            }
            format => {
                listing::write(&entries.iter().map(row).collect::<Vec<_>>(), &COLUMNS, format, &mut out)?;
            }
        }
    }
    out.commit()?;
    Ok(tally)
}

pub(crate) fn brief(args: &BriefArgs) -> Result<Tally, Stop> {
    let (linked, tally) = input::linked(&args.view.input)?;
    let page = dateline_story::brief::page(&linked, &args.view.choice.choice());
    let mut out = Target::of(args.view.output.output.as_deref()).open()?;
    out.write_all(written(&page, &linked, &args.format).as_bytes())?;
    out.commit()?;
    Ok(tally)
}

fn written(page: &Page, linked: &Linked, format: &str) -> String {
    if format == "html" { page.html(&linked.reports) } else { page.markdown(&linked.reports) }
}

fn row(entry: &Entry) -> Row {
    Row {
        date: entry.date.map(|d| d.to_string()).unwrap_or_default(),
        until: entry.until.map(|d| d.to_string()).unwrap_or_default(),
        reported: entry.reported,
        types: entry.types.join("; "),
        status: entry.status.to_string(),
        disputed: entry.disputed,
        actors: entry.actors.join("; "),
        recipients: entry.recipients.join("; "),
        place: entry.place.clone().unwrap_or_default(),
        sources: entry.sources,
        voices: entry.voices.join("; "),
        text: entry.text.clone(),
        doc_ids: entry.doc_ids.join("; "),
    }
}
