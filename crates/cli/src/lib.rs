//! The `dateline` command, as a library: it is compiled beside what it calls, where a program would have to wait.
//!
//! Each module has one job: [`args`] what was typed, [`config`] what stands in `dateline.toml`, [`plan`] what it means,
//! [`run`] reading reports, [`dateline::pipeline`] on all cores in order, [`output`] in what form, [`sink`] where the output goes, [`failures`] what went
//! wrong, [`commands`] the rest.

#![forbid(unsafe_code)]

mod args;
mod commands;
mod config;
mod failures;
mod output;
mod plan;
mod run;
mod sink;
mod stop;
mod story_args;

use clap::FromArgMatches;
use std::io::Write;
use std::process::ExitCode;
use stop::Stop;

/// Exit codes: 0 all is well, 1 some reports could not be read, 2 usage, configuration, input or output.
pub fn main() -> ExitCode {
    let ran = config::matches(std::env::args_os()).and_then(|matches| {
        let args = args::Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        commands::run(&args)
    });
    match ran {
        Ok(code) => ExitCode::from(code),
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
    let _ = writeln!(std::io::stderr().lock(), "dateline: {}", shown(&what.to_string()));
}

/// File names and messages of others may hold characters that steer a terminal.
fn shown(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        if c.is_control() {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
        shown
    })
}
