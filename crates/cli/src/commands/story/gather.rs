//! Reports while they are gathered: what is compared of them in memory, the rest in a file.

use super::input::batch;
use crate::sink::Target;
use crate::stop::Stop;
use dateline_story::Report;
use dateline_story::blocks::Limits;
use dateline_story::kept::Kept;
use dateline_story::near::Sketch;
use dateline_story::shelf::{Drawer, Filing};
use dateline_story::state::HEADER;
use dateline_story::stories::Subject;
use dateline_story::ties::Earlier;
use dateline_story::web::{Digests, Web};
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
            read.retain(|line| line.ends_with('\n'));
            if read.is_empty() {
                break;
            }
            if at == 0 {
                let header = read.remove(0);
                at = header.len() as u64;
                if header.trim_end() != HEADER {
                    return Err(wrong(1));
                }
            }
            let reports: Vec<Option<Report>> =
                read.par_iter().map(|line| Report::kept(line.as_bytes()).ok()).collect();
            for (report, line) in reports.iter().zip(&read) {
                let Some(report) = report else { return Err(wrong(lines.len() + 2)) };
                digests.add(report);
                acts.push(report.acts.len() as u32);
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

    /// The line under which a report is kept. Without a state, what is compared is left out.
    pub(super) fn line(&self, report: &Report) -> io::Result<Vec<u8>> {
        if self.state.is_some() {
            return Ok(report.to_line()?);
        }
        let bare = Report { sketch: Sketch::default(), subject: Subject::default(), ..report.clone() };
        Ok(bare.to_line()?)
    }

    /// Adds a report and its line.
    pub(super) fn add(&mut self, report: &Report, line: &[u8]) -> io::Result<()> {
        self.digests.add(report);
        self.acts.push(report.acts.len() as u32);
        self.filing.add(line)
    }

    /// Links all, and keeps what was found with the state.
    pub(super) fn link(mut self, today: Option<Date>) -> Result<Web<Drawer>, Stop> {
        let order = self.digests.order();
        let (file, lines) = self.filing.finish()?;
        let drawer = Drawer::new(file, lines, order.clone());
        let (folder, kept) = self.state.map_or((None, None), |(folder, kept)| (Some(folder), kept));
        let earlier =
            |acts: &[(u32, u32)]| kept.map_or_else(Earlier::default, |kept| kept.earlier(&order, acts));
        let web = Web::new(drawer, self.digests, today, Limits::default(), earlier);
        if let Some(folder) = folder {
            let mut out = BufWriter::new(Target::File(folder.join(LINKS)).open()?);
            Kept::of(web.ties(), &order, self.acts).write(&mut out)?;
            out.into_inner().map_err(io::IntoInnerError::into_error)?.commit()?;
        }
        Ok(web)
    }
}
