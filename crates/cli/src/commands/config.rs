//! `dateline config show`: every option, its value, and where it comes from.

use crate::args::{Args, ShowArgs};
use crate::config::{Config, configurable, options};
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use clap::parser::ValueSource;
use clap::{Command, CommandFactory};
use dateline_export::{Format, listing};
use serde::Serialize;
use std::path::Path;

#[derive(Debug, Serialize)]
struct Row {
    command: String,
    option: String,
    value: String,
    from: String,
}

pub(crate) fn show(args: &ShowArgs, file: Option<&Path>) -> Result<Tally, Stop> {
    let config = Config::load(file)?;
    let commands = config.apply(Args::command());
    let mut rows = Vec::new();
    let wanted = |command: &&Command| args.command.as_deref().is_none_or(|name| name == command.get_name());
    for command in configurable(&commands).filter(wanted) {
        rows_of(command, &config, &args.options, &mut rows)?;
    }
    if rows.is_empty() {
        let names: Vec<&str> = configurable(&commands).map(Command::get_name).collect();
        let name = args.command.as_deref().unwrap_or_default();
        return Err(Stop::Usage(format!("there is no command `{name}` with options: {}", names.join(", "))));
    }
    let mut out = Target::Stdout.open()?;
    listing::write(&rows, &["command", "option", "value", "from"], Format::Table, &mut out)?;
    out.commit()?;
    Ok(Tally::default())
}

fn rows_of(command: &Command, config: &Config, typed: &[String], rows: &mut Vec<Row>) -> Result<(), Stop> {
    let name = command.get_name().to_owned();
    // Nothing is run, so nothing needs to be given.
    let lenient = command.clone().mut_args(|argument| argument.required(false));
    let dash = lenient.get_positionals().next().map(|_| "-".to_owned());
    let line = std::iter::once(name.clone()).chain(typed.iter().cloned()).chain(dash);
    let matches = lenient.try_get_matches_from(line).map_err(|error| {
        let text = error.to_string();
        Stop::Usage(text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned())
    })?;
    for argument in options(command) {
        let (id, key) = (argument.get_id().as_str(), argument.get_long().unwrap_or_default());
        let value = matches.get_raw(id).map(|values| {
            values.map(|value| value.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
        });
        let from = match (matches.value_source(id), config.get(&name, key)) {
            (Some(ValueSource::CommandLine), _) => "command line".to_owned(),
            (Some(_), Some(setting)) => setting.file.display().to_string(),
            (Some(_), None) => "default".to_owned(),
            _ => "not set".to_owned(),
        };
        rows.push(Row {
            command: name.clone(),
            option: key.to_owned(),
            value: value.unwrap_or_else(|| "-".to_owned()),
            from,
        });
    }
    Ok(())
}
