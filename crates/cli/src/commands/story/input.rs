//! Reports for the story: from records, from reports that are read first, and from what earlier runs kept.

use crate::failures::{Failure, Tally};
use crate::plan::Plan;
use crate::run::run as run_plan;
use crate::sink::Target;
use crate::stop::Stop;
use crate::story_args::StoryInput;
use dateline::Reader;
use dateline_archive::Given;
use dateline_story::{Linked, Report, link, state};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Lines that are taken apart at once.
const BATCH: usize = 4096;

/// Name of the file in the folder of the state.
const STATE: &str = "reports.jsonl";

/// Reads all reports, joins them to the state, and links them.
pub(crate) fn linked(input: &StoryInput) -> Result<(Linked, Tally), Stop> {
    let mut plan = Plan::of(&input.source)?;
    if plan.given.is_empty() && input.state.is_none() {
        return Err(Stop::Usage("nothing to link: give records, reports or --state DIR".to_owned()));
    }
    let fresh = !plan.given.is_empty();
    let mut reports = match &input.state {
        Some(folder) => stored(folder)?,
        None => Vec::new(),
    };
    let mut tally = Tally::default();
    let mut unread = Vec::new();
    for given in std::mem::take(&mut plan.given) {
        match records(&given) {
            Some(lines) => {
                let (path, lines) = lines?;
                let report = |line: &str| Report::from_json(line).map_err(|e| e.to_string());
                from_lines(&path, lines, report, &mut reports, &mut tally)?;
            }
            None => unread.push(given),
        }
    }
    plan.given = unread;
    if !plan.given.is_empty() {
        let read = |reader: &mut Reader, document| Report::of(&reader.read_document(document));
        let read = run_plan(&plan, read, |report| {
            reports.extend(report.ok());
            Ok(())
        })?;
        tally.join(read);
    }
    let linked = link(reports, input.as_of);
    if let Some(folder) = &input.state
        && fresh
    {
        keep(folder, &linked.reports)?;
    }
    Ok((linked, tally))
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

/// Takes lines apart, on all cores.
pub(crate) fn from_lines<T: Send>(
    path: &Path,
    mut input: Box<dyn BufRead>,
    read: impl Fn(&str) -> Result<T, String> + Sync,
    found: &mut Vec<T>,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let fail = |error| Stop::Input { path: path.to_owned(), error };
    let mut number = 0;
    loop {
        let mut lines: Vec<String> = Vec::with_capacity(BATCH);
        while lines.len() < BATCH {
            let mut line = String::new();
            if input.read_line(&mut line).map_err(fail)? == 0 {
                break;
            }
            lines.push(line);
        }
        if lines.is_empty() {
            return Ok(());
        }
        let results: Vec<Option<Result<T, String>>> =
            lines.par_iter().map(|l| (!l.trim().is_empty()).then(|| read(l))).collect();
        for result in results {
            number += 1;
            match result {
                None => {}
                Some(Ok(one)) => {
                    found.push(one);
                    tally.read();
                }
                Some(Err(reason)) => {
                    tally.fail(Failure::record(format!("{}:{number}", path.display()), reason));
                }
            }
        }
    }
}

fn stored(folder: &Path) -> Result<Vec<Report>, Stop> {
    let path = folder.join(STATE);
    match File::open(&path) {
        Ok(file) => state::read(BufReader::with_capacity(1 << 20, file))
            .map_err(|error| Stop::Usage(format!("{}: {error}", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Stop::Input { path, error }),
    }
}

fn keep(folder: &Path, reports: &[Report]) -> Result<(), Stop> {
    std::fs::create_dir_all(folder).map_err(|error| Stop::output(folder, error))?;
    let path: PathBuf = folder.join(STATE);
    let mut out = BufWriter::new(Target::File(path).open()?);
    state::write(reports, &mut out)?;
    out.flush()?;
    out.into_inner().map_err(|e| Stop::from(e.into_error()))?.commit()
}
