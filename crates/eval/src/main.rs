//! The `dateline-eval` command: predictions for development files, and scores against floors.
//!
//! `dateline-eval predict TASK INPUT --output OUT` reads what a masking script leaves of a development file and writes
//! answers; `dateline-eval all` runs every task for which there is data and compares the scores with `eval/floors.toml`.

#![forbid(unsafe_code)]

mod all;
mod tasks;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "dateline-eval",
    version,
    about = "How good is it: predictions for development sets, and scores"
)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answers one masked development file.
    Predict {
        /// events, quotes, attribution, timex, toponyms, toponyms-spans, html, actors, conllu, ner, ...
        task: String,
        /// The masked file.
        input: PathBuf,
        /// Where the answers go.
        #[arg(long)]
        output: PathBuf,
        /// conllu: read the raw text of the sentences instead of their tokens.
        #[arg(long)]
        raw: bool,
        /// A folder with weights of trained parts to use in place of the program's own.
        #[arg(long)]
        weights: Option<PathBuf>,
    },
    /// Runs every task for which there is data and prints a table; fails where a score is below its floor.
    All {
        /// The folder that holds `eval/` and `treebanks/`.
        #[arg(long)]
        shared: PathBuf,
        /// The floors.
        #[arg(long, default_value = "eval/floors.toml")]
        floors: PathBuf,
        /// Where masked files, answers and raw scores are kept.
        #[arg(long, default_value = "target/eval")]
        work: PathBuf,
        /// Only tasks whose name begins with this.
        #[arg(long)]
        only: Option<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Args::parse().command {
        Command::Predict { task, input, output, raw, weights } => {
            tasks::predict(&task, &input, &output, raw, weights.as_deref()).map(|()| true)
        }
        Command::All { shared, floors, work, only } => all::run(&shared, &floors, &work, only.as_deref()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("dateline-eval: {error}");
            ExitCode::from(2)
        }
    }
}
