//! What was typed. What it means is worked out in [`crate::plan`].

use crate::output::Form;
use crate::story_args::{BriefArgs, LinkArgs, PlansArgs, SeriesArgs, TimelineArgs};
use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use dateline_archive::Kind;
use dateline_export::Format;
use dateline_export::layout::Layout;
use jiff::civil::Date;
use std::path::PathBuf;
use std::time::Duration;

/// News in, events out: who did, said or plans what, to whom, where, when, and on whose word.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 all is well, 1 some reports could not be read, 2 usage, input or output."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Options from FILE instead of dateline.toml in this folder and in the user's configuration
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports into records: events, statements, entities and places
    Read(ReadArgs),
    /// Read archives of any size into a folder of parts, which can be killed and resumed
    Run(RunArgs),
    /// Fetch pages, or the pages of feeds, into a web archive
    Fetch(FetchArgs),
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
    /// Reports in a browser: read, check and explore them
    Serve(ServeArgs),
    /// Scores of what is read against what people annotated
    Eval(EvalArgs),
    /// The JSON Schema of the record, or the columns of the tables
    Schema(SchemaArgs),
    /// Tables of your own for --knowledge
    #[command(subcommand)]
    Knowledge(KnowledgeCommand),
    /// Options and where they come from
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Completions for a shell
    Completions(CompletionsArgs),
    /// Manual pages
    Man(ManArgs),
}

/// Which reports, and where it is told which could not be read.
#[derive(Debug, ClapArgs)]
pub(crate) struct InputArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Write what could not be read to FILE, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
}

/// Which reports, and what is known of them.
#[derive(Debug, ClapArgs)]
pub(crate) struct SourceArgs {
    /// Files, folders, patterns and addresses of reports or archives of reports, or - for standard input
    #[arg(value_name = "FILE|FOLDER|URL|-")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read also the files that FILE, or - for standard input, lists: one a line or parted by zeros
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// What the files hold, where names and first bytes do not tell
    #[arg(long, value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(Kind::NAMES))]
    pub(crate) input_format: Option<String>,
    #[command(flatten)]
    pub(crate) fields: FieldArgs,
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
    #[arg(long, value_name = "ID")]
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
    #[command(flatten)]
    pub(crate) web: WebArgs,
}

/// Headings of the help. A heading of a whole group would also stand over what follows it.
const ROWS: &str = "Rows (JSON, CSV, Parquet)";
const ADDRESSES: &str = "Addresses";

/// Which fields of JSON objects, rows and columns hold what.
#[derive(Debug, ClapArgs)]
pub(crate) struct FieldArgs {
    /// Field of the text or page; a.b is field b in field a [default: text, body, content, ...]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) text_field: Option<String>,
    /// Field of the headline [default: title, headline]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) title_field: Option<String>,
    /// Field of the day of publication [default: date, published, ...]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) date_field: Option<String>,
    /// Field of the identifier [default: id, `doc_id`, ...]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) id_field: Option<String>,
    /// Field of the address [default: url, link]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) url_field: Option<String>,
    /// Field of the publisher [default: publisher, source, ...]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) publisher_field: Option<String>,
    /// Field of the author [default: author, authors, byline]
    #[arg(long, help_heading = ROWS, value_name = "NAME")]
    pub(crate) author_field: Option<String>,
}

/// What fetching may take.
#[derive(Debug, ClapArgs)]
pub(crate) struct WebArgs {
    /// Seconds between two requests to one host; robots.txt can ask for more
    #[arg(long, help_heading = ADDRESSES, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pub(crate) delay: Duration,
    /// Seconds that one page may take
    #[arg(long, help_heading = ADDRESSES, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// How often a page may lead to another
    #[arg(long, help_heading = ADDRESSES, value_name = "N", default_value = "5")]
    pub(crate) max_redirects: u32,
    /// Reach addresses of private networks, too
    #[arg(long, help_heading = ADDRESSES)]
    pub(crate) allow_private: bool,
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
    /// Form of the output [default: by the ending of --output, else table]; csv, tsv, parquet and arrow into a folder
    /// (--output DIR/) give all tables, html and markdown a page a report
    #[arg(long, short, value_parser = names(Form::ALL.iter().map(|f| f.as_str())))]
    pub(crate) format: Option<String>,
    /// Write in the layout of another system instead
    #[arg(long, value_name = "NAME", conflicts_with = "format",
        value_parser = names(Layout::ALL.iter().map(|l| l.as_str())))]
    pub(crate) layout: Option<String>,
    /// Keep events that are only possible or are denied in a layout
    #[arg(long, requires = "layout")]
    pub(crate) hypothetical: bool,
    /// Leave out events that are less sure than this, 0 to 1
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) min_confidence: Option<f32>,
    /// Leave out events told as history or setting
    #[arg(long)]
    pub(crate) no_background: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Folder for the parts, errors.jsonl and manifest.json
    #[arg(long, short, value_name = "DIR", required = true)]
    pub(crate) output: Option<PathBuf>,
    /// Form of the parts
    #[arg(long, short, default_value = "jsonl", value_parser = ["jsonl", "csv", "tsv", "parquet", "arrow"])]
    pub(crate) format: String,
    /// Go on with a run that was cut short
    #[arg(long)]
    pub(crate) resume: bool,
    /// Leave out reports published before this day, and those without a day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) since: Option<Date>,
    /// Leave out reports published after this day, and those without a day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    /// Stop after N documents
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Documents read for one part
    #[arg(long, value_name = "N", default_value = "2000")]
    pub(crate) part_size: std::num::NonZeroU64,
    /// No progress and no summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Leave out events that are less sure than this, 0 to 1
    #[arg(long, value_name = "P", value_parser = share)]
    pub(crate) min_confidence: Option<f32>,
    /// Leave out events told as history or setting
    #[arg(long)]
    pub(crate) no_background: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FetchArgs {
    /// Pages or feeds; of a feed, the pages of its entries are fetched
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// Write to FILE (.warc or .warc.gz), whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The most pages
    #[arg(long, value_name = "N", default_value = "1000")]
    pub(crate) limit: usize,
    /// Refuse longer pages; K, M and G are understood
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size)]
    pub(crate) max_bytes: usize,
    /// Write what could not be fetched to FILE, a JSON object a line
    #[arg(long, value_name = "FILE")]
    pub(crate) errors: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) web: WebArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Every option of a command, its value, and where it comes from
    Show(ShowArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ShowArgs {
    /// The command [default: all]
    pub(crate) command: Option<String>,
    /// Options as they would be typed after it
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) options: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// Write a page for every command into DIR, instead of the first page to standard output
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
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
pub(crate) struct ServeArgs {
    /// A folder or files of reports, records (JSON lines of `dateline read`), or a database (`--format sqlite`)
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Where the desk listens; any address but this machine's own needs a token
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8737")]
    pub(crate) listen: std::net::SocketAddr,
    /// What must be shown to see anything; made up where it is needed and not told
    #[arg(long, value_name = "WORD", value_parser = token)]
    pub(crate) token: Option<String>,
    /// A further name under which the desk is reached; can be given several times
    #[arg(long = "host", value_name = "NAME")]
    pub(crate) hosts: Vec<String>,
    /// Let events be accepted, rejected and corrected
    #[arg(long)]
    pub(crate) check: bool,
    /// Where corrections are kept [default: beside what is open, with the ending .corrections.sqlite]
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// Day up to which plans are followed [default: the last day of publication]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EvalArgs {
    /// Folder of annotations, a JSON file a report
    pub(crate) gold: PathBuf,
    /// The texts that were annotated, a JSON object a line
    pub(crate) texts: PathBuf,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    /// Form of the output: table, json, jsonl, csv or tsv
    #[arg(long, short, default_value = "table", value_parser = ["table", "json", "jsonl", "csv", "tsv"])]
    pub(crate) format: String,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// The Arrow schema of the tables instead
    #[arg(long)]
    pub(crate) arrow: bool,
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

/// A parser of closed lists of names.
fn names(all: impl Iterator<Item = &'static str>) -> PossibleValuesParser {
    PossibleValuesParser::new(all)
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

/// A word that can stand in an address and a cookie.
fn token(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    if text.len() < 16 || !text.chars().all(fits) {
        return Err("a token has at least 16 letters, digits, - _ . or ~".to_owned());
    }
    Ok(text.to_owned())
}

/// `1`, `0.5`: a time.
fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    number.ok_or_else(|| format!("`{text}` is no number of seconds"))
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
