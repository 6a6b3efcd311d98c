//! What was typed for the commands that bring many reports together.

use crate::args::{OutputArgs, SourceArgs};
use clap::{Args as ClapArgs, ValueEnum};
use dateline_story::choice::Choice;
use jiff::civil::Date;
use std::path::PathBuf;

/// Which reports.
#[derive(Debug, ClapArgs)]
pub(crate) struct StoryInput {
    /// Records (JSON lines of `dateline read --format jsonl`), or whatever else the reading commands take
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Folder that keeps reports between runs, and what was found of them: new reports join those in it, and only what they
    /// touch is looked at again
    #[arg(long, value_name = "DIR")]
    pub(crate) state: Option<PathBuf>,
    /// Day up to which plans are followed [default: the last day of publication]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
}

/// Which events.
#[derive(Debug, ClapArgs)]
pub(crate) struct ChoiceArgs {
    /// First day
    #[arg(long, value_name = "YYYY-MM-DD")]
    since: Option<Date>,
    /// Last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<Date>,
    /// Only one story: its identifier, or words of its title
    #[arg(long)]
    story: Option<String>,
    /// Only what one takes part in: a name, a country (NOR) or a code (NORGOV)
    #[arg(long)]
    actor: Option<String>,
    /// Only what two do to each other
    #[arg(long, value_name = "A,B", value_parser = dyad)]
    dyad: Option<(String, String)>,
    /// Only what took place at a place or in a country
    #[arg(long)]
    place: Option<String>,
}

impl ChoiceArgs {
    pub(crate) fn choice(&self) -> Choice {
        Choice {
            since: self.since,
            until: self.until,
            story: self.story.clone(),
            actor: self.actor.clone(),
            dyad: self.dyad.clone(),
            place: self.place.clone(),
        }
    }
}

fn dyad(text: &str) -> Result<(String, String), String> {
    match text.split_once(',').map(|(a, b)| (a.trim(), b.trim())) {
        Some((a, b)) if !a.is_empty() && !b.is_empty() => Ok((a.to_owned(), b.to_owned())),
        _ => Err(format!("`{text}` is no dyad: write two names or countries with a comma between")),
    }
}

/// Which reports, which of their events, and where the output goes.
#[derive(Debug, ClapArgs)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    pub(crate) input: StoryInput,
    #[command(flatten)]
    pub(crate) choice: ChoiceArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct LinkArgs {
    #[command(flatten)]
    pub(crate) input: StoryInput,
    /// Folder for `event_clusters.jsonl`, `documents.jsonl`, `plans.jsonl` and `stories.jsonl`; without it the stories are
    /// listed
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct PlansArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Only plans in this state: kept, changed, cancelled, overdue or open
    #[arg(long, value_parser = ["kept", "changed", "cancelled", "overdue", "open"])]
    pub(crate) only: Option<String>,
    /// Form of the output: table, json, jsonl, csv or tsv
    #[arg(long, short, default_value = "table", value_parser = ["table", "json", "jsonl", "csv", "tsv"])]
    pub(crate) format: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct TimelineArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Form of the output: table, json, jsonl, csv, tsv, markdown or html
    #[arg(long, short, default_value = "table",
        value_parser = ["table", "json", "jsonl", "csv", "tsv", "markdown", "html"])]
    pub(crate) format: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct BriefArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Form of the output: markdown or html
    #[arg(long, short, default_value = "markdown", value_parser = ["markdown", "html"])]
    pub(crate) format: String,
}

/// Length of a step of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// A day
    Day,
    /// From Monday to Sunday
    Week,
    /// A calendar month
    Month,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SeriesArgs {
    #[command(flatten)]
    pub(crate) view: ViewArgs,
    /// Step of time
    #[arg(long, value_name = "STEP", default_value = "week")]
    pub(crate) by: By,
    /// A row for each country instead of each pair of them
    #[arg(long)]
    pub(crate) country: bool,
    /// Form of the output: table, json, jsonl, csv, tsv, parquet or arrow
    #[arg(long, short, default_value = "csv",
        value_parser = ["table", "json", "jsonl", "csv", "tsv", "parquet", "arrow"])]
    pub(crate) format: String,
}
