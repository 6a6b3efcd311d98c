//! What the options mean, once it is known where they are used.

use crate::args::{Color, InputArgs, OutputArgs, SourceArgs, WebArgs};
use crate::stop::Stop;
use dateline::Options;
use dateline_archive::{Entries, Fields, Found, Given, Kind};
use dateline_export::Shape;
use dateline_export::table::Look;
use dateline_fetch::{Limits, Polite};
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError};

/// Columns of a table that goes to no terminal, and the most that are used on one.
const COLUMNS: usize = 100;
const MOST_COLUMNS: usize = 120;

/// Which reports are read, and how.
pub(crate) struct Plan<'a> {
    /// What was given, in the order it was typed.
    pub(crate) given: Vec<Given>,
    /// How it is opened.
    pub(crate) archive: dateline_archive::Options,
    /// Folder of the user's own tables.
    pub(crate) knowledge: Option<&'a Path>,
    /// What is known of every report.
    pub(crate) options: Options,
    /// Threads.
    pub(crate) jobs: usize,
    /// Where failures are written.
    pub(crate) errors: Option<&'a Path>,
    /// The walk, once it was begun to look at its first report.
    begun: Mutex<Option<(Entries, Option<Found>)>>,
}

impl<'a> Plan<'a> {
    /// The plan of what was typed.
    ///
    /// # Errors
    /// When standard input is asked for twice, or something that only one report can have is told of several.
    pub(crate) fn new(args: &'a InputArgs) -> Result<Self, Stop> {
        Ok(Self { errors: args.errors.as_deref(), ..Self::of(&args.source)?.some()? })
    }

    /// The same plan, where it reads anything.
    ///
    /// # Errors
    /// When nothing was given.
    pub(crate) fn some(self) -> Result<Self, Stop> {
        if self.given.is_empty() {
            return Err(Stop::Usage("nothing to read: give files, folders, addresses or -".to_owned()));
        }
        Ok(self)
    }

    /// The plan of what was typed, where failures go nowhere of their own.
    ///
    /// # Errors
    /// As [`Plan::new`].
    pub(crate) fn of(args: &'a SourceArgs) -> Result<Self, Stop> {
        let mut given: Vec<Given> = args.paths.iter().map(Given::of).collect();
        given.extend(args.files_from.clone().map(Given::List));
        if given.iter().filter(|given| given.is_standard_input()).count() > 1 {
            return Err(Stop::Usage("standard input can be read only once: give - one time".to_owned()));
        }
        let single = [("--id", &args.id), ("--title", &args.title), ("--url", &args.url)];
        for (flag, _) in single.iter().filter(|(_, value)| value.is_some()) {
            if !may_be_one(&given) {
                return Err(Stop::Usage(format!(
                    "{flag} is for one report: give one file, or leave {flag} out"
                )));
            }
        }
        Ok(Self {
            archive: dateline_archive::Options {
                fields: fields(args),
                kind: args.input_format.as_deref().and_then(Kind::named),
                id: args.id.clone(),
                max_bytes: args.max_bytes,
                exclude: None,
                fetch: Some(Arc::new(Polite::new(limits(&args.web, args.max_bytes)))),
            },
            given,
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
            errors: None,
            begun: Mutex::default(),
        })
    }

    /// All that was given, report after report.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Found> + Send + use<> {
        let (entries, first) = match self.begun.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(begun) => begun,
            None => (self.walk(), None),
        };
        first.into_iter().chain(entries)
    }

    /// A walk from the start.
    pub(crate) fn walk(&self) -> Entries {
        Entries::new(self.given.clone(), self.archive.clone())
    }

    /// Whether one report was asked for, or any number. One file may hold many: its first report tells.
    pub(crate) fn shape(&self) -> Shape {
        if !may_be_one(&self.given) {
            return Shape::Many;
        }
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, first) = begun.get_or_insert_with(|| {
            let mut entries = self.walk();
            let first = entries.next();
            (entries, first)
        });
        let place = match first {
            Some(Found::Report(entry)) => Some(&entry.place),
            Some(Found::Fault(fault)) => Some(&fault.place),
            _ => None,
        };
        if place.is_some_and(|place| place.position.is_some()) { Shape::Many } else { Shape::One }
    }
}

/// Whether there may be a single report in what was given.
fn may_be_one(given: &[Given]) -> bool {
    match given {
        [Given::Path(path)] => !path.is_dir(),
        [Given::Stdin | Given::Url(_)] => true,
        _ => false,
    }
}

fn fields(args: &SourceArgs) -> Fields {
    let fields = &args.fields;
    Fields {
        text: fields.text_field.clone(),
        title: fields.title_field.clone(),
        date: fields.date_field.clone(),
        id: fields.id_field.clone(),
        url: fields.url_field.clone(),
        publisher: fields.publisher_field.clone(),
        author: fields.author_field.clone(),
    }
}

/// What fetching may take.
pub(crate) const fn limits(args: &WebArgs, max_bytes: usize) -> Limits {
    Limits {
        max_bytes,
        timeout: args.timeout,
        max_redirects: args.max_redirects,
        delay: args.delay,
        allow_private: args.allow_private,
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
