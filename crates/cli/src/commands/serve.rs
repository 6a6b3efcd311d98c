//! `dateline serve`: many reports in a browser.

use super::story::input::{self, Taker};
use crate::args::ServeArgs;
use crate::failures::Tally;
use crate::plan::Plan;
use crate::run::{model, run as run_plan};
use crate::stop::Stop;
use dateline::Reader;
use dateline::core::record::{Record, SCHEMA_VERSION};
use dateline_archive::Given;
use dateline_desk::{Options, Store};
use std::path::{Path, PathBuf};

pub(crate) fn run(args: &ServeArgs) -> Result<Tally, Stop> {
    let mut plan = Plan::of(&args.source)?.some()?;
    let corrections = match (&args.corrections, plan.given.as_slice()) {
        (Some(path), _) => Some(path.clone()),
        (None, [Given::Path(path)]) => Some(beside(path)),
        (None, _) if args.check => {
            let what =
                "--check: tell with --corrections FILE where they are kept, as more than one thing is open";
            return Err(Stop::Usage(what.to_owned()));
        }
        (None, _) => None,
    };
    let name = named(&plan.given);
    let model = model(&plan)?;
    let mut tally = Tally::default();
    let records = records(&mut plan, &mut tally)?;
    crate::say(format_args!("{} reports; linking them", records.len()));
    let store = Store::new(records, args.as_of)?;
    let options = Options {
        name,
        listen: args.listen,
        token: args.token.clone(),
        hosts: args.hosts.clone(),
        corrections,
        check: args.check,
        max_bytes: args.source.max_bytes,
    };
    dateline_desk::serve(store, model, options, |address| {
        crate::say(format_args!("the desk is open at {address} (Ctrl-C ends it)"));
    })?;
    Ok(tally)
}

/// The file beside what is open.
fn beside(path: &Path) -> PathBuf {
    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = whole.file_name().unwrap_or_default().to_owned();
    name.push(".corrections.sqlite");
    whole.with_file_name(name)
}

/// What is open, in a word.
fn named(given: &[Given]) -> String {
    match given {
        [Given::Path(path)] => {
            let whole = path.canonicalize().unwrap_or_else(|_| path.clone());
            whole.file_name().unwrap_or(whole.as_os_str()).to_string_lossy().into_owned()
        }
        several => format!("{} sources", several.len()),
    }
}

/// The records in what was given: those of databases and lines of records as they are, everything else read.
fn records(plan: &mut Plan<'_>, tally: &mut Tally) -> Result<Vec<Record>, Stop> {
    let mut records = Vec::new();
    let mut unread = Vec::new();
    for given in std::mem::take(&mut plan.given) {
        if let Given::Path(path) = &given
            && is_database(path)
        {
            let read = dateline_tables::sqlite::read(path)
                .map_err(|error| Stop::Usage(format!("{}: cannot be read: {error}", path.display())))?;
            read.iter().for_each(|_| tally.read());
            records.extend(read);
        } else if let Some(lines) = input::records(&given) {
            let (path, lines) = lines?;
            input::from_lines(&path, lines, &mut records, tally)?;
        } else {
            unread.push(given);
        }
    }
    plan.given = unread;
    if !plan.given.is_empty() {
        let read = run_plan(plan, Reader::read_document, |record| {
            records.push(record);
            Ok(())
        })?;
        tally.join(&read);
    }
    Ok(records)
}

fn is_database(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "sqlite" || e == "sqlite3" || e == "db")
}

impl Taker for Vec<Record> {
    type One = Record;

    fn maker(&self) -> impl Fn(&str) -> Result<Record, String> + Send + Sync + use<> {
        |line| {
            let record =
                Record::from_json(line.as_bytes()).map_err(|e| format!("is no record of Dateline ({e})"))?;
            if record.schema_version != SCHEMA_VERSION {
                let version = &record.schema_version;
                return Err(format!("is a record of version {version}; this program reads version 1"));
            }
            Ok(record.in_bytes())
        }
    }

    fn take(&mut self, record: Record) -> Result<(), Stop> {
        self.push(record);
        Ok(())
    }
}
