//! Reports for the story: from records, from reports that are read first, and from what earlier runs kept.

use super::gather::Gathering;
use crate::failures::{Failure, Tally};
use crate::plan::Plan;
use crate::run::run as run_plan;
use crate::stop::Stop;
use crate::story_args::StoryInput;
use dateline::Reader;
use dateline_archive::Given;
use dateline_story::shelf::Drawer;
use dateline_story::web::Web;
use dateline_story::{Linked, Report};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Lines that are taken apart at once.
const BATCH: usize = 4096;

/// Reads all reports, joins them to the state, and links them.
pub(crate) fn linked(input: &StoryInput) -> Result<(Linked, Tally), Stop> {
    let (web, tally) = web(input, None)?;
    let (linked, shelf) = web.linked();
    shelf.check()?;
    Ok((linked, tally))
}

/// The same, told one thing at a time. Reports lie in a file meanwhile: that of the state, else one in `folder`.
pub(crate) fn web(input: &StoryInput, folder: Option<&Path>) -> Result<(Web<Drawer>, Tally), Stop> {
    let mut plan = Plan::of(&input.source)?;
    if plan.given.is_empty() && input.state.is_none() {
        return Err(Stop::Usage("nothing to link: give records, reports or --state DIR".to_owned()));
    }
    let mut gathering = match &input.state {
        Some(folder) => Gathering::of_state(folder)?,
        None => Gathering::new(folder)?,
    };
    let mut tally = Tally::default();
    let mut unread = Vec::new();
    for given in std::mem::take(&mut plan.given) {
        match records(&given) {
            Some(lines) => {
                let (path, lines) = lines?;
                from_lines(&path, lines, &mut gathering, &mut tally)?;
            }
            None => unread.push(given),
        }
    }
    plan.given = unread;
    if !plan.given.is_empty() {
        let read = |reader: &mut Reader, document| Report::of(&reader.read_document(document));
        let read = run_plan(&plan, read, |report| match report {
            Ok(report) => Ok(gathering.add(&report, &gathering.line(&report)?)?),
            Err(_) => Ok(()),
        })?;
        tally.join(read);
    }
    Ok((gathering.link(input.as_of)?, tally))
}

/// A file with its lines.
pub(crate) type Lines = (PathBuf, Box<dyn BufRead>);

/// The lines of a file of records; none when it is something else.
pub(crate) fn records(given: &Given) -> Option<Result<Lines, Stop>> {
    let path = match given {
        Given::Stdin => return Some(Ok((PathBuf::from("-"), Box::new(BufReader::new(io::stdin()))))),
        Given::Path(path) => path,
        _ => return None,
    };
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    if !matches!(ending, "jsonl" | "ndjson") {
        return None;
    }
    let fail = |error| Stop::Input { path: path.to_owned(), error };
    let mut lines = match File::open(path) {
        Ok(file) => BufReader::with_capacity(1 << 20, file),
        Err(error) => return Some(Err(fail(error))),
    };
    // Lines of reports that are still to be read have no version.
    match lines.fill_buf() {
        Ok(head) => {
            let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
            let versioned = line.windows(16).any(|w| w == b"\"schema_version\"");
            (versioned || line.is_empty()).then(|| Ok((path.clone(), Box::new(lines) as Box<dyn BufRead>)))
        }
        Err(error) => Some(Err(fail(error))),
    }
}

/// Where lines of records go.
pub(crate) trait Taker: Sync {
    /// What is made of a line.
    type One: Send;

    /// Makes it; lines are taken apart on all cores.
    fn make(&self, line: &str) -> Result<Self::One, String>;

    /// Takes it, in the order of the lines.
    fn take(&mut self, one: Self::One) -> Result<(), Stop>;
}

impl Taker for Gathering {
    type One = (Report, Vec<u8>);

    fn make(&self, line: &str) -> Result<Self::One, String> {
        let report = Report::from_json(line).map_err(|e| e.to_string())?;
        let line = self.line(&report).map_err(|e| e.to_string())?;
        Ok((report, line))
    }

    fn take(&mut self, (report, line): Self::One) -> Result<(), Stop> {
        Ok(self.add(&report, &line)?)
    }
}

/// Hands every line of a file on.
pub(crate) fn from_lines<T: Taker>(
    path: &Path,
    mut input: Box<dyn BufRead>,
    taker: &mut T,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let fail = |error| Stop::Input { path: path.to_owned(), error };
    let mut number = 0;
    loop {
        let lines = batch(&mut *input).map_err(fail)?;
        if lines.is_empty() {
            return Ok(());
        }
        let made = |line: &String| (!line.trim().is_empty()).then(|| taker.make(line));
        let results: Vec<Option<Result<T::One, String>>> = lines.par_iter().map(made).collect();
        for result in results {
            number += 1;
            match result {
                None => {}
                Some(Ok(one)) => {
                    taker.take(one)?;
                    tally.read();
                }
                Some(Err(reason)) => {
                    tally.fail(Failure::record(format!("{}:{number}", path.display()), reason));
                }
            }
        }
    }
}

/// The next lines, with their ends; none at the end.
pub(super) fn batch(input: &mut dyn BufRead) -> io::Result<Vec<String>> {
    let mut lines: Vec<String> = Vec::with_capacity(BATCH);
    while lines.len() < BATCH {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            break;
        }
        lines.push(line);
    }
    Ok(lines)
}
