//! Where whole reports lie while they are brought together: in memory, or in a file.

use crate::report::Report;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock};

/// Whole reports, by number.
#[derive(Debug)]
pub enum Shelf {
    /// They lie in memory.
    Memory(Vec<Report>),
    /// They lie in a file.
    File(Drawer),
}

impl Shelf {
    /// The report of a number.
    pub fn report(&self, n: u32) -> Held<'_> {
        match self {
            Self::Memory(reports) => Held::Kept(&reports[n as usize]),
            Self::File(drawer) => Held::Read(drawer.report(n)),
        }
    }

    /// Whether every report could be read back. One that could not was taken for an empty one.
    ///
    /// # Errors
    /// The first fault of the file.
    pub fn check(self) -> io::Result<()> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::File(drawer) => drawer.failed.into_inner().map_or(Ok(()), Err),
        }
    }
}

/// A report that was taken from a shelf.
#[derive(Debug)]
pub enum Held<'a> {
    /// It lies in memory.
    Kept(&'a Report),
    /// It was read.
    Read(Arc<Report>),
}

impl Deref for Held<'_> {
    type Target = Report;

    fn deref(&self) -> &Report {
        match self {
            Self::Kept(report) => report,
            Self::Read(report) => report,
        }
    }
}

/// Reports that were read last are kept, a few weeks of them where there are many: events are told in order of time, and those
/// who tell of one do so within weeks.
const CACHED: usize = 1 << 15;

/// A report that was read, with its number.
type Slot = Option<(u32, Arc<Report>)>;

/// Reports in a file, a JSON object a line, in the order they came.
#[derive(Debug)]
pub struct Drawer {
    file: Mutex<File>,
    /// Begin and length of every line.
    lines: Vec<(u64, u32)>,
    /// Number of the line of every report, once they have an order.
    order: Vec<u32>,
    read: Vec<Mutex<Slot>>,
    failed: OnceLock<io::Error>,
}

impl Drawer {
    /// Reports in a file whose lines begin and are as long as told; `order` names the line of every report.
    pub fn new(file: File, lines: Vec<(u64, u32)>, order: Vec<u32>) -> Self {
        let cached = order.len().clamp(1, CACHED);
        let read = (0..cached).map(|_| Mutex::new(None)).collect();
        Self { file: Mutex::new(file), lines, order, read, failed: OnceLock::new() }
    }

    fn read(&self, line: u32) -> io::Result<Report> {
        let (begin, len) = self.lines[line as usize];
        let mut bytes = vec![0; len as usize];
        {
            let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            file.seek(SeekFrom::Start(begin))?;
            file.read_exact(&mut bytes)?;
        }
        Report::kept(&bytes).map_err(io::Error::other)
    }

    fn report(&self, n: u32) -> Arc<Report> {
        let slot = &self.read[n as usize % self.read.len()];
        let lock = || slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((m, report)) = &*lock()
            && *m == n
        {
            return Arc::clone(report);
        }
        let report = self.read(self.order[n as usize]).unwrap_or_else(|error| {
            // The first fault is told by `check`, before anything is committed.
            let _ = self.failed.set(error);
            Report::default()
        });
        let report = Arc::new(report);
        *lock() = Some((n, Arc::clone(&report)));
        report
    }
}

/// Writes reports, a JSON object a line, and notes where each line lies.
#[derive(Debug)]
pub struct Filing {
    out: BufWriter<File>,
    at: u64,
    lines: Vec<(u64, u32)>,
}

impl Filing {
    /// Goes on behind the lines of a file that is `at` bytes long.
    pub fn new(file: File, at: u64, lines: Vec<(u64, u32)>) -> Self {
        Self { out: BufWriter::with_capacity(1 << 20, file), at, lines }
    }

    /// Adds a line without its end.
    pub fn add(&mut self, line: &[u8]) -> io::Result<()> {
        self.out.write_all(line)?;
        self.out.write_all(b"\n")?;
        self.lines.push((self.at, line.len() as u32));
        self.at += line.len() as u64 + 1;
        Ok(())
    }

    /// The file, and where its lines lie.
    pub fn finish(self) -> io::Result<(File, Vec<(u64, u32)>)> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok((file, self.lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_come_back_in_any_order() {
        let report = |id: &str| Report { id: id.to_owned(), ..Report::default() };
        let mut filing = Filing::new(tempfile::tempfile().unwrap(), 0, Vec::new());
        for id in ["a", "b", "c"] {
            filing.add(&serde_json::to_vec(&report(id)).unwrap()).unwrap();
        }
        let (file, lines) = filing.finish().unwrap();
        let drawer = Drawer::new(file, lines, vec![2, 0]);
        assert_eq!((drawer.report(1).id.as_str(), drawer.report(0).id.as_str()), ("a", "c"));
        assert_eq!(drawer.report(1).id, "a");
        Shelf::File(drawer).check().unwrap();
        let broken = Drawer::new(tempfile::tempfile().unwrap(), vec![(0, 9)], vec![0]);
        assert_eq!(*broken.report(0), Report::default());
        assert!(Shelf::File(broken).check().is_err());
    }
}
