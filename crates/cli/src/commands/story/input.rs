//! Reports for the story: from records, from reports that are read first, and from what earlier runs kept.

use super::gather::Gathering;
use crate::failures::{Failure, Tally};
use crate::plan::Plan;
use crate::run::run as run_plan;
use crate::stop::Stop;
use crate::story_args::StoryInput;
use dateline::Reader;
use dateline_archive::Given;
use dateline_export::read::MAX_LINE;
use dateline_story::web::{Draft, Web};
use dateline_story::{Linked, Report};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

/// Lines that are taken apart at once, and bytes of them.
const BATCH: usize = 4096;
const BATCH_BYTES: usize = 64 << 20;

/// Reads all reports, joins them to the state, and links them.
pub(crate) fn linked(input: &StoryInput) -> Result<(Linked, Tally), Stop> {
    let (web, tally) = web(input, None)?;
    let (linked, shelf) = web.linked();
    shelf.check()?;
    Ok((linked, tally))
}

/// The same, told one thing at a time. Reports lie in a file meanwhile: that of the state, else one in `folder`.
pub(crate) fn web(input: &StoryInput, folder: Option<&Path>) -> Result<(Web, Tally), Stop> {
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
            Ok(report) => Ok(gathering.add(gathering.drafting().draft(report)?)?),
            Err(_) => Ok(()),
        })?;
        tally.join(&read);
    }
    Ok((gathering.link(input.as_of)?, tally))
}

/// A file with its lines.
pub(crate) type Lines = (PathBuf, Box<dyn BufRead + Send>);

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
            (versioned || line.is_empty())
                .then(|| Ok((path.clone(), Box::new(lines) as Box<dyn BufRead + Send>)))
        }
        Err(error) => Some(Err(fail(error))),
    }
}

/// Where lines of records go.
pub(crate) trait Taker {
    /// What is made of a line.
    type One: Send;

    /// What makes it; lines are taken apart on all cores, while those before them are taken.
    fn maker(&self) -> impl Fn(&str) -> Result<Self::One, String> + Send + Sync + use<Self>;

    /// Takes it, in the order of the lines.
    fn take(&mut self, one: Self::One) -> Result<(), Stop>;
}

impl Taker for Gathering {
    type One = (Draft, Vec<u8>);

    fn maker(&self) -> impl Fn(&str) -> Result<Self::One, String> + Send + Sync + use<> {
        let drafting = self.drafting();
        move |line| {
            let report = Report::from_json(line).map_err(|e| e.to_string())?;
            drafting.draft(report).map_err(|e| e.to_string())
        }
    }

    fn take(&mut self, one: Self::One) -> Result<(), Stop> {
        Ok(self.add(one)?)
    }
}

/// What came of a line; nothing of an empty one.
type Made<T> = Option<Result<T, String>>;

/// Hands every line of a file on. One portion is read and another taken apart while the one before is taken.
pub(crate) fn from_lines<T: Taker>(
    path: &Path,
    mut input: Box<dyn BufRead + Send>,
    taker: &mut T,
    tally: &mut Tally,
) -> Result<(), Stop> {
    let maker = taker.maker();
    let make = |line: &Line| match line {
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(maker(line)),
        Err(no_line) => Some(Err(no_line.reason.clone())),
    };
    let (to_make, unmade) = sync_channel::<Vec<Line>>(1);
    let (to_take, made) = sync_channel::<Vec<Made<T::One>>>(1);
    std::thread::scope(|scope| {
        // Whoever has nobody left to hand things to, ends.
        let reading = scope.spawn(move || -> io::Result<()> {
            loop {
                let lines = batch(&mut *input)?;
                if lines.is_empty() || to_make.send(lines).is_err() {
                    return Ok(());
                }
            }
        });
        let make = &make;
        scope.spawn(move || {
            for lines in unmade {
                if to_take.send(lines.par_iter().map(make).collect()).is_err() {
                    return;
                }
            }
        });
        let mut number = 0;
        for result in made.into_iter().flatten() {
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
        let read = reading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        read.map_err(|error| Stop::Input { path: path.to_owned(), error })
    })
}

/// A line with its end, or why it is none.
pub(super) type Line = Result<String, NoLine>;

/// Bytes that are no line.
pub(super) struct NoLine {
    reason: String,
    /// Whether the input ended within it.
    is_cut: bool,
}

/// Whether the input ended within a line.
pub(super) fn is_cut(line: &Line) -> bool {
    line.as_ref().map_or_else(|no_line| no_line.is_cut, |line| !line.ends_with('\n'))
}

/// The next lines; none at the end.
pub(super) fn batch(input: &mut dyn BufRead) -> io::Result<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::with_capacity(BATCH);
    let mut bytes = 0;
    while lines.len() < BATCH && bytes < BATCH_BYTES {
        let Some(line) = next_line(input, MAX_LINE as usize)? else { break };
        bytes += line.as_ref().map_or(0, String::len);
        lines.push(line);
    }
    Ok(lines)
}

/// The next line; of one that is too long nothing is kept.
fn next_line(input: &mut dyn BufRead, longest: usize) -> io::Result<Option<Line>> {
    let (mut line, mut length) = (Vec::new(), 0);
    let is_cut = loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let end = memchr::memchr(b'\n', buffer);
        let used = end.map_or(buffer.len(), |end| end + 1);
        length += used;
        if length <= longest {
            line.extend_from_slice(&buffer[..used]);
        } else {
            line = Vec::new();
        }
        input.consume(used);
        if end.is_some() || used == 0 {
            break end.is_none();
        }
    };
    let no_line = |reason| NoLine { reason, is_cut };
    Ok(match length {
        0 => None,
        length if length > longest => {
            Some(Err(no_line(format!("is longer than {longest} bytes: no record is"))))
        }
        _ => Some(String::from_utf8(line).map_err(|_| no_line("is no UTF-8: every record is".to_owned()))),
    })
}

#[cfg(test)]
mod tests {
    use super::{is_cut, next_line};

    #[test]
    fn what_is_no_line_is_told_and_the_rest_is_read() {
        let told = |mut input: &[u8]| {
            let mut told = Vec::new();
            while let Some(line) = next_line(&mut input, 8).unwrap() {
                let is_cut = is_cut(&line);
                told.push((line.unwrap_or_else(|no_line| no_line.reason[..9].to_owned()), is_cut));
            }
            told
        };
        let all = told(b"one\n\xff\nmuch too long a line\nlast");
        let words: Vec<&str> = all.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["one\n", "is no UTF", "is longer", "last"]);
        assert_eq!(all.iter().map(|(_, is_cut)| *is_cut).collect::<Vec<_>>(), [false, false, false, true]);
        assert_eq!(told(b"a\xc3"), [("is no UTF".to_owned(), true)]);
    }
}
