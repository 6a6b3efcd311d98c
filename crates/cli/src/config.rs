//! `dateline.toml`: the options of the command line, written down.
//!
//! A key is the long name of an option. At the top of the file it holds for every command that has the option; in a
//! table named after a command (`[run]`) for that command. The file in the working folder wins over the user's own
//! (`~/.config/dateline/dateline.toml`), and what is typed wins over both.

use crate::args::Args;
use crate::stop::Stop;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};
use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// What the file is called.
const NAME: &str = "dateline.toml";

/// A value and the file it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) value: String,
    pub(crate) file: PathBuf,
}

/// The settings of all files: by command and option.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    settings: BTreeMap<(String, String), Setting>,
}

impl Config {
    /// Reads the files that are there; with `told`, only that one.
    ///
    /// # Errors
    /// When one cannot be read, holds a key that is no option, or a value that an option cannot have.
    pub(crate) fn load(told: Option<&Path>) -> Result<Self, Stop> {
        let files = match told {
            Some(path) => vec![path.to_owned()],
            None => of_user().into_iter().chain([PathBuf::from(NAME)]).filter(|path| path.exists()).collect(),
        };
        let mut config = Self::default();
        for file in files {
            let text =
                std::fs::read_to_string(&file).map_err(|error| Stop::Input { path: file.clone(), error })?;
            config.add(&text, &file)?;
        }
        Ok(config)
    }

    /// Takes in a file; what it says wins over what is known.
    fn add(&mut self, text: &str, file: &Path) -> Result<(), Stop> {
        let fail = |what: String| Stop::Usage(format!("{}: {what}", file.display()));
        let table: Table = text.parse().map_err(|error: toml::de::Error| fail(error.to_string()))?;
        let commands = Args::command();
        let names: Vec<&str> = configurable(&commands).map(Command::get_name).collect();
        for (key, value) in &table {
            if let Value::Table(table) = value {
                let Some(command) = configurable(&commands).find(|command| command.get_name() == key) else {
                    return Err(fail(unknown("command", key, names.iter().copied())));
                };
                for (key, value) in table {
                    if !self.set(command, key, value, file, true).map_err(&fail)? {
                        return Err(fail(unknown("option", key, keys(command))));
                    }
                }
            } else {
                // An option may take other values for one command than for another: one that takes it is enough.
                let (mut taken, mut refused) = (false, None);
                for command in configurable(&commands) {
                    match self.set(command, key, value, file, false) {
                        Ok(is_known) => taken |= is_known,
                        Err(why) => refused = Some(why),
                    }
                }
                if !taken {
                    let unknown = || unknown("option", key, configurable(&commands).flat_map(keys));
                    return Err(fail(refused.unwrap_or_else(unknown)));
                }
            }
        }
        Ok(())
    }

    /// Sets an option of a command, if it has it. What stands in the table of a command wins over the top.
    fn set(
        &mut self,
        command: &Command,
        key: &str,
        value: &Value,
        file: &Path,
        own: bool,
    ) -> Result<bool, String> {
        let Some(argument) = options(command).find(|argument| argument.get_long() == Some(key)) else {
            return Ok(false);
        };
        let value = written(argument, key, value)?;
        check(command, argument, &value)?;
        let place = (command.get_name().to_owned(), key.to_owned());
        let setting = Setting { value, file: file.to_owned() };
        match self.settings.get(&place) {
            Some(old) if !own && old.file == file => {}
            _ => {
                self.settings.insert(place, setting);
            }
        }
        Ok(true)
    }

    /// The setting of an option.
    pub(crate) fn get(&self, command: &str, key: &str) -> Option<&Setting> {
        self.settings.get(&(command.to_owned(), key.to_owned()))
    }

    /// The command line with the settings as defaults.
    pub(crate) fn apply(&self, mut command: Command) -> Command {
        for ((name, key), setting) in &self.settings {
            command = command.mut_subcommand(name, |command| {
                let argument = command.get_arguments().find(|argument| argument.get_long() == Some(key));
                let Some(id) = argument.map(|argument| argument.get_id().clone()) else { return command };
                command.mut_arg(id, |argument| argument.default_value(setting.value.clone()).required(false))
            });
        }
        command
    }
}

/// The user's own file.
fn of_user() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_CONFIG_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
    let folder = folder.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".config")))?;
    Some(folder.join("dateline").join(NAME))
}

/// The commands that read options from files.
pub(crate) fn configurable(command: &Command) -> impl Iterator<Item = &Command> {
    command
        .get_subcommands()
        .filter(|command| command.get_subcommands().next().is_none())
        .filter(|command| !matches!(command.get_name(), "completions" | "man"))
}

/// The options of a command that a file can set.
pub(crate) fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|argument| {
        argument.get_long().is_some_and(|long| !matches!(long, "help" | "version" | "config" | "resume"))
    })
}

fn keys(command: &Command) -> impl Iterator<Item = &str> {
    options(command).filter_map(Arg::get_long)
}

/// A value as it would be typed.
fn written(argument: &Arg, key: &str, value: &Value) -> Result<String, String> {
    let is_flag = matches!(argument.get_action(), ArgAction::SetTrue);
    match value {
        Value::Boolean(value) if is_flag => Ok(value.to_string()),
        _ if is_flag => Err(format!("`{key}` is true or false, not {value}")),
        Value::String(text) => Ok(text.clone()),
        Value::Integer(_) | Value::Float(_) | Value::Datetime(_) => Ok(value.to_string()),
        _ => Err(format!("`{key}` is a text or a number, not {value}")),
    }
}

/// Whether an option takes a value: as if it were typed.
fn check(command: &Command, argument: &Arg, value: &str) -> Result<(), String> {
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        return Ok(());
    }
    let long = argument.get_long().unwrap_or_default();
    let alone = Command::new(command.get_name().to_owned()).no_binary_name(true).arg(
        Arg::new("value")
            .long(long.to_owned())
            .action(ArgAction::Set)
            .value_parser(argument.get_value_parser().clone()),
    );
    match alone.try_get_matches_from([OsString::from(format!("--{long}={value}"))]) {
        Ok(_) => Ok(()),
        Err(error) => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let choices = text.lines().find(|line| line.contains("possible values")).unwrap_or("").trim();
            Err(format!("`{long}`: {first} {choices}").trim_end().to_owned())
        }
    }
}

/// What is said of a name that is not known, with the known name it comes nearest to.
fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = known
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(nearness, _)| *nearness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match near {
        Some((_, near)) => format!("there is no {what} `{name}`: did you mean `{near}`?"),
        None => format!("there is no {what} `{name}`: see dateline config show"),
    }
}

/// What was typed, with the settings of the files where nothing was typed.
///
/// # Errors
/// When a file is wrong. What is typed wrong ends the program, as help and version do.
pub(crate) fn matches(arguments: impl Iterator<Item = OsString>) -> Result<ArgMatches, Stop> {
    let arguments: Vec<OsString> = arguments.collect();
    // These need no settings, and show what is wrong with them.
    let first = arguments.get(1).and_then(|argument| argument.to_str());
    if matches!(first, Some("config" | "completions" | "man" | "help" | "--help" | "-h" | "--version" | "-V"))
    {
        return Ok(Args::command().get_matches_from(arguments));
    }
    let config = Config::load(told(&arguments).as_deref())?;
    Ok(config.apply(Args::command()).get_matches_from(arguments))
}

/// The file that `--config` names.
fn told(arguments: &[OsString]) -> Option<PathBuf> {
    let mut arguments = arguments.iter().take_while(|argument| *argument != "--");
    while let Some(argument) = arguments.next() {
        if argument == OsStr::new("--config") {
            return arguments.next().map(PathBuf::from);
        }
        if let Some(path) = argument.to_str().and_then(|argument| argument.strip_prefix("--config=")) {
            return Some(PathBuf::from(path));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::Config;
    use crate::args::Args;
    use clap::{CommandFactory, FromArgMatches};
    use std::path::Path;

    fn config(text: &str) -> Result<Config, String> {
        let mut config = Config::default();
        config.add(text, Path::new("dateline.toml")).map_err(|stop| stop.to_string())?;
        Ok(config)
    }

    fn parse(text: &str, typed: &[&str]) -> Args {
        let command = config(text).unwrap().apply(Args::command());
        Args::from_arg_matches(&command.try_get_matches_from(typed).unwrap()).unwrap()
    }

    #[test]
    fn settings_are_defaults_and_what_is_typed_wins() {
        let text = "jobs = 3\nformat = 'csv'\n[run]\nformat = 'jsonl'\nquiet = true\noutput = 'out'\nsince = 2012-11-21\n";
        let crate::args::Command::Run(run) = parse(text, &["dateline", "run", "x"]).command else { panic!() };
        assert_eq!((run.format.as_str(), run.quiet), ("jsonl", true));
        assert_eq!(run.source.jobs.map(std::num::NonZero::get), Some(3));
        assert_eq!(run.since, "2012-11-21".parse().ok());
        assert_eq!(run.output.as_deref(), Some(Path::new("out")));
        let typed = ["dateline", "run", "--format", "csv", "--jobs", "1", "-o", "y", "x"];
        let crate::args::Command::Run(run) = parse(text, &typed).command else { panic!() };
        assert_eq!((run.format.as_str(), run.source.jobs.map(std::num::NonZero::get)), ("csv", Some(1)));
        let crate::args::Command::Read(read) = parse(text, &["dateline", "read", "x"]).command else {
            panic!()
        };
        assert_eq!(read.format.as_deref(), Some("csv"));
    }

    #[test]
    fn wrong_keys_and_values_are_named_with_what_was_meant() {
        for (text, word) in [
            ("job = 2", "did you mean `jobs`?"),
            ("[runn]\njobs = 2", "did you mean `run`?"),
            ("[run]\nformt = 'csv'", "did you mean `format`?"),
            ("zzz = 1", "dateline config show"),
            ("jobs = 'many'", "`jobs`"),
            ("[run]\nformat = 'xml'", "possible values"),
            ("[run]\nquiet = 'yes'", "true or false"),
            ("jobs = [1]", "a text or a number"),
            ("jobs = ", "dateline.toml"),
            ("[run]\nresume = true", "no option `resume`"),
        ] {
            let said = config(text).unwrap_err();
            assert!(said.contains(word) && said.starts_with("dateline.toml"), "{text}: {said}");
        }
    }
}
