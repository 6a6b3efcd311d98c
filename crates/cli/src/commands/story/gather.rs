//! Reports while they are gathered: what is compared of them in memory, the rest in a file.

use super::input::{Line, batch, is_cut};
use crate::sink::Target;
use crate::stop::Stop;
use dateline_story::Report;
use dateline_story::blocks::Limits;
use dateline_story::kept::Kept;
use dateline_story::near::Sketch;
use dateline_story::shelf::{Drawer, Filing, Shelf};
use dateline_story::state::HEADER;
use dateline_story::stories::Subject;
use dateline_story::ties::Earlier;
use dateline_story::web::{Digests, Draft, Web};
use jiff::civil::Date;
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Names of the files in the folder of the state: the reports, and what was found of them.
const REPORTS: &str = "reports.jsonl";
const LINKS: &str = "links.bin";

/// Reports while they are gathered.
pub(super) struct Gathering {
    digests: Digests,
    /// Number of events of each.
    acts: Vec<u32>,
    filing: Filing,
    /// Folder of the state, and what it knows.
    state: Option<(PathBuf, Option<Kept>)>,
}

impl Gathering {
    /// Without a state: reports lie in a file without a name, in `folder` where it is given.
    pub(super) fn new(folder: Option<&Path>) -> Result<Self, Stop> {
        let file = folder.map_or_else(tempfile::tempfile, tempfile::tempfile_in);
        let filing = Filing::new(file?, 0, Vec::new());
        Ok(Self { digests: Digests::default(), acts: Vec::new(), filing, state: None })
    }

    /// With the reports of earlier runs; new ones are added to their file.
    pub(super) fn of_state(folder: &Path) -> Result<Self, Stop> {
        std::fs::create_dir_all(folder).map_err(|error| Stop::output(folder, error))?;
        let path = folder.join(REPORTS);
        let fail = |error| Stop::Input { path: path.clone(), error };
        let mut options = File::options();
        let file = options.read(true).write(true).create(true).truncate(false).open(&path).map_err(fail)?;
        let mut input = BufReader::with_capacity(1 << 20, &file);
        let (mut digests, mut acts, mut lines) = (Digests::default(), Vec::new(), Vec::new());
        let mut at = 0;
        let wrong = |n: usize| {
            let path = path.display();
            Stop::Usage(format!(
                "{path}: line {n} is no state of this version: link the records anew with another --state"
            ))
        };
        loop {
            let mut read = batch(&mut input).map_err(fail)?;
            // A line without an end was cut off when it was written; its report was never linked.
            read.retain(|line| !is_cut(line));
            if read.is_empty() {
                break;
            }
            if at == 0 {
                let header = read.remove(0);
                let Some(header) = header.ok().filter(|header| header.trim_end() == HEADER) else {
                    return Err(wrong(1));
                };
                at = header.len() as u64;
            }
            let kept = |line: &Line| Some(Draft::of(&Report::kept(line.as_ref().ok()?.as_bytes()).ok()?));
            let drafts: Vec<Option<Draft>> = read.par_iter().map(kept).collect();
            for (draft, line) in drafts.into_iter().zip(&read) {
                let (Some(draft), Ok(line)) = (draft, line) else { return Err(wrong(lines.len() + 2)) };
                acts.push(draft.events() as u32);
                digests.join(draft);
                lines.push((at, line.len() as u32 - 1));
                at += line.len() as u64;
            }
        }
        let mut file = file;
        file.set_len(at).map_err(fail)?;
        io::Seek::seek(&mut file, io::SeekFrom::End(0)).map_err(fail)?;
        if at == 0 {
            writeln!(file, "{HEADER}").map_err(fail)?;
            at = HEADER.len() as u64 + 1;
        }
        let links = File::open(folder.join(LINKS)).ok();
        let kept = links.and_then(|file| Kept::read(&mut BufReader::with_capacity(1 << 20, file)));
        let kept = kept.filter(|kept| kept.lines() <= lines.len());
        let filing = Filing::new(file, at, lines);
        Ok(Self { digests, acts, filing, state: Some((folder.to_owned(), kept)) })
    }

    /// How reports are drafted.
    pub(super) fn drafting(&self) -> Drafting {
        Drafting { whole: self.state.is_some() }
    }

    /// Adds a report as it was drafted.
    pub(super) fn add(&mut self, (draft, line): (Draft, Vec<u8>)) -> io::Result<()> {
        self.acts.push(draft.events() as u32);
        self.digests.join(draft);
        self.filing.add(&line)
    }

    /// Links all, and keeps what was found with the state.
    pub(super) fn link(mut self, today: Option<Date>) -> Result<Web, Stop> {
        let order = self.digests.order();
        let (file, lines) = self.filing.finish()?;
        let drawer = Drawer::new(file, lines, order.clone());
        let (folder, kept) = self.state.map_or((None, None), |(folder, kept)| (Some(folder), kept));
        let earlier =
            |acts: &[(u32, u32)]| kept.map_or_else(Earlier::default, |kept| kept.earlier(&order, acts));
        let web = Web::new(Shelf::File(drawer), self.digests, today, Limits::default(), earlier);
        if let Some(folder) = folder {
            let mut out = BufWriter::new(Target::File(folder.join(LINKS)).open()?);
            Kept::of(web.ties(), &order, self.acts).write(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.commit()?;
        }
        Ok(web)
    }
}

/// How reports are drafted.
#[derive(Clone, Copy)]
pub(super) struct Drafting {
    /// Whether all of a report is kept in the file, for a state, or only what is asked for again.
    whole: bool,
}

impl Drafting {
    /// What is compared of a report, and the line under which the rest is kept.
    pub(super) fn draft(self, mut report: Report) -> io::Result<(Draft, Vec<u8>)> {
        let draft = Draft::of(&report);
        if !self.whole {
            report.sketch = Sketch::default();
            report.subject = Subject::default();
        }
        Ok((draft, report.to_line()?))
    }
}
