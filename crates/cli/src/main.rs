//! The `dateline` command.
//!
//! Each module has one job: [`args`] what was typed, [`plan`] what it means, [`inputs`] which reports, [`run`] reading
//! them on all cores in order, [`sink`] where the output goes, [`failures`] what went wrong, [`commands`] the rest.

#![forbid(unsafe_code)]

mod args;
mod commands;
mod failures;
mod inputs;
mod plan;
mod run;
mod sink;
mod stop;
mod story_args;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;
use stop::Stop;

/// Exit codes: 0 all is well, 1 some reports could not be read, 2 usage, configuration, input or output.
fn main() -> ExitCode {
    let args = args::Args::parse();
    match commands::run(&args.command) {
        Ok(tally) => ExitCode::from(tally.exit_code()),
        // The reader of the output went away: `dateline read x.txt | head`.
        Err(stop) if stop.is_broken_pipe() => ExitCode::SUCCESS,
        Err(stop) => {
            say(format_args!("{stop}"));
            ExitCode::from(Stop::EXIT_CODE)
        }
    }
}

/// A line on standard error; it is no fault when nobody listens.
fn say(what: std::fmt::Arguments<'_>) {
    let _ = writeln!(std::io::stderr().lock(), "dateline: {what}");
}
