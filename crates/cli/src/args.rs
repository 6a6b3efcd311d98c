//! What was typed. What it means is worked out in [`crate::plan`].

use crate::story_args::{BriefArgs, LinkArgs, PlansArgs, SeriesArgs, TimelineArgs};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use dateline_export::Format;
use jiff::civil::Date;
use std::path::PathBuf;

/// News in, events out: who did, said or plans what, to whom, where, when, and on whose word.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 all is well, 1 some reports could not be read, 2 usage, input or output."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports into records: events, statements, entities and places
    Read(ReadArgs),
    /// Sentences and their dependency trees, as CoNLL-U or as indented trees
    Parse(ParseArgs),
    /// Time expressions with what they mean
    When(ListArgs),
    /// Place names with coordinates
    Where(ListArgs),
    /// Who said what
    Quotes(ListArgs),
    /// Why every event was found, and what was passed over
    Explain(ExplainArgs),
    /// Bring many reports together: copies, events told by several, stories, plans
    Link(LinkArgs),
    /// What was planned, promised, demanded or threatened, and what became of it
    Plans(PlansArgs),
    /// What went on, day by day, each event once
    Timeline(TimelineArgs),
    /// A brief on the situation
    Brief(BriefArgs),
    /// Counts and scores over time, by pairs of countries or by country
    Series(SeriesArgs),
    /// The JSON Schema of the record
    Schema(SchemaArgs),
    /// Tables of your own for --knowledge
    #[command(subcommand)]
    Knowledge(KnowledgeCommand),
}

/// Which reports, and what is known of them.
#[derive(Debug, ClapArgs)]
pub(crate) struct InputArgs {
    /// Files and folders of reports (text, Markdown or HTML), or - for standard input
    #[arg(required = true, value_name = "FILE|FOLDER|-")]
    pub(crate) paths: Vec<PathBuf>,
    /// Day of publication, for reports that do not tell theirs or tell a wrong one
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) date: Option<Date>,
    /// Headline, when one report is read
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// Who published the reports
    #[arg(long)]
    pub(crate) publisher: Option<String>,
    /// Where the report was published, when one is read
    #[arg(long)]
    pub(crate) url: Option<String>,
    /// Identifier, when one report is read [default: the file's name without ending]
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Folder of tables of your own, whose rows are added to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    pub(crate) knowledge: Option<PathBuf>,
    /// Refuse longer reports; K, M and G are understood
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size)]
    pub(crate) max_bytes: usize,
    /// Threads [default: one a core]
    #[arg(long, short, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,
    /// Write what could not be read to FILE, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
}

/// Where the output goes and how it looks.
#[derive(Debug, ClapArgs)]
pub(crate) struct OutputArgs {
    /// Write to FILE, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Colours in tables
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

/// Layouts of other systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// CAMEO and Phoenix: one line a dyad
    Cameo,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Form of the output: table, json, jsonl, csv or tsv; csv and tsv into a folder (--output DIR/) give all four tables
    #[arg(long, short, default_value = "table", value_parser = ["table", "json", "jsonl", "csv", "tsv"])]
    pub(crate) format: String,
    /// Write in the layout of another system instead: cameo, tab-separated dyads of date, source, target and code
    #[arg(long, value_name = "NAME", conflicts_with = "format")]
    pub(crate) layout: Option<Layout>,
    /// Leave out events that are less sure than this, 0 to 1
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) min_confidence: Option<f32>,
    /// Leave out events told as history or setting
    #[arg(long)]
    pub(crate) no_background: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ParseArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Indented trees instead of CoNLL-U
    #[arg(long)]
    pub(crate) trees: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Form of the output: table, json, jsonl, csv or tsv
    #[arg(long, short, default_value = "table", value_parser = ["table", "json", "jsonl", "csv", "tsv"])]
    pub(crate) format: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// Write to FILE, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KnowledgeCommand {
    /// Rewrite actor and agent lists in the format of PETRARCH as tables
    Import(ImportArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ImportArgs {
    /// Lists of actors or agents
    #[arg(required = true, value_name = "FILE")]
    pub(crate) lists: Vec<PathBuf>,
    /// Folder for the tables, which --knowledge then takes
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
}

/// The format of a name that clap has checked.
pub(crate) fn format(name: &str) -> Format {
    name.parse().unwrap_or(Format::Table)
}

/// `16M`, `512k`, `1000000`, `2 GB`: bytes, in steps of 1024.
fn size(text: &str) -> Result<usize, String> {
    let unreadable = || format!("`{text}` is no size: write bytes, or a number with K, M or G");
    let digits = text.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text.trim()[digits.len()..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1 << 10,
        "m" | "mb" => 1 << 20,
        "g" | "gb" => 1 << 30,
        _ => return Err(unreadable()),
    };
    let number: usize = digits.parse().map_err(|_| unreadable())?;
    number.checked_mul(unit).ok_or_else(unreadable)
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f32, String> {
    text.parse()
        .ok()
        .filter(|p| (0.0..=1.0).contains(p))
        .ok_or_else(|| format!("`{text}` is no number from 0 to 1"))
}

#[cfg(test)]
mod tests {
    use super::{Args, share, size};
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("16M"), Ok(16 << 20));
        assert_eq!(size("2 kB"), Ok(2048));
        assert_eq!(size("7"), Ok(7));
        assert!(size("M").is_err() && size("3 apples").is_err() && size("99999999999G").is_err());
    }

    #[test]
    fn shares_lie_between_0_and_1() {
        assert_eq!(share("0.5"), Ok(0.5));
        assert!(share("1.5").is_err() && share("NaN").is_err() && share("x").is_err());
    }
}
