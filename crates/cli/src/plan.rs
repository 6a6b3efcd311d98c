//! What the options mean, once it is known where they are used.

use crate::args::{Color, InputArgs, OutputArgs};
use crate::stop::Stop;
use dateline::Options;
use dateline_export::Shape;
use dateline_export::table::Look;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// Columns of a table that goes to no terminal, and the most that are used on one.
const COLUMNS: usize = 100;
const MOST_COLUMNS: usize = 120;

/// Which reports are read, and how.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    /// Files, folders and `-`, in the order they were typed.
    pub(crate) paths: &'a [PathBuf],
    /// The identifier of the only report.
    pub(crate) id: Option<&'a str>,
    /// Folder of the user's own tables.
    pub(crate) knowledge: Option<&'a Path>,
    /// What is known of every report.
    pub(crate) options: Options,
    /// Threads.
    pub(crate) jobs: usize,
    /// Where failures are written.
    pub(crate) errors: Option<&'a Path>,
}

impl<'a> Plan<'a> {
    /// The plan of what was typed.
    ///
    /// # Errors
    /// When standard input is asked for twice, or something that only one report can have is told of several.
    pub(crate) fn new(args: &'a InputArgs) -> Result<Self, Stop> {
        let dashes = args.paths.iter().filter(|p| p.as_os_str() == "-").count();
        if dashes > 1 {
            return Err(Stop::Usage("standard input can be read only once: give - one time".to_owned()));
        }
        let single = [("--id", &args.id), ("--title", &args.title), ("--url", &args.url)];
        for (flag, _) in single.iter().filter(|(_, value)| value.is_some()) {
            if shape(&args.paths) == Shape::Many {
                return Err(Stop::Usage(format!(
                    "{flag} is for one report: give one file, or leave {flag} out"
                )));
            }
        }
        Ok(Self {
            paths: &args.paths,
            id: args.id.as_deref(),
            knowledge: args.knowledge.as_deref(),
            options: Options {
                date: args.date,
                title: args.title.clone(),
                publisher: args.publisher.clone(),
                url: args.url.clone(),
                max_bytes: args.max_bytes,
                ..Options::default()
            },
            jobs: args.jobs.map_or_else(cores, std::num::NonZeroUsize::get),
            errors: args.errors.as_deref(),
        })
    }

    /// Whether one report was asked for, or any number.
    pub(crate) fn shape(&self) -> Shape {
        shape(self.paths)
    }
}

fn shape(paths: &[PathBuf]) -> Shape {
    match paths {
        [path] if !path.is_dir() => Shape::One,
        _ => Shape::Many,
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get)
}

/// How tables look: wide as the terminal, plain when there is none.
pub(crate) fn look(args: &OutputArgs) -> Look {
    let terminal = args.output.is_none() && std::io::stdout().is_terminal();
    let columns = if terminal { terminal_size::terminal_size().map(|(w, _)| usize::from(w.0)) } else { None };
    let told_off = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
        || std::env::var_os("TERM").is_some_and(|v| v == "dumb");
    Look {
        width: columns.unwrap_or(COLUMNS).clamp(40, MOST_COLUMNS),
        color: match args.color {
            Color::Auto => terminal && !told_off,
            Color::Always => true,
            Color::Never => false,
        },
    }
}
