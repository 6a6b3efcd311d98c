//! The walk through everything that was given.

use crate::container::Container;
use crate::entry::{Entry, Fault, FaultKind, FileEnd, Place};
use crate::fields::Fields;
use crate::files::{Files, Given};
use crate::ids::Ids;
use crate::kind::Kind;
use crate::source::Fetch;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How files are read.
#[derive(Clone)]
pub struct Options {
    /// Which fields of rows hold what.
    pub fields: Fields,
    /// What the files are, where that cannot be left to their names and first bytes.
    pub kind: Option<Kind>,
    /// The identifier of the only report.
    pub id: Option<String>,
    /// The longest report, in bytes.
    pub max_bytes: usize,
    /// A folder below which nothing is read.
    pub exclude: Option<PathBuf>,
    /// What reads addresses.
    pub fetch: Option<Arc<dyn Fetch>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            fields: Fields::default(),
            kind: None,
            id: None,
            max_bytes: 16 << 20,
            exclude: None,
            fetch: None,
        }
    }
}

/// What the walk comes upon.
#[derive(Clone, Debug)]
pub enum Found {
    /// A report.
    Report(Entry),
    /// Something that cannot be read as one.
    Fault(Fault),
    /// The end of a file.
    End(FileEnd),
}

/// How far the walk has come; can be asked from any thread.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Bytes read, as they lie on disk.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Everything that was given, report after report, in one fixed order.
pub struct Entries {
    files: Files,
    current: Option<(usize, Container)>,
    ids: Ids,
    options: Options,
    progress: Progress,
}

impl Entries {
    /// A walk.
    pub fn new(given: Vec<Given>, options: Options) -> Self {
        Self {
            files: Files::new(given, options.exclude.as_deref()),
            current: None,
            ids: Ids::default(),
            options,
            progress: Progress::default(),
        }
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Gives an entry its identifier.
    fn named(&mut self, mut entry: Entry) -> Entry {
        let wanted = self.options.id.clone().unwrap_or_else(|| std::mem::take(&mut entry.id));
        entry.id = self.ids.unique(&wanted);
        if entry.id != wanted {
            let warning = format!("the identifier {wanted} is taken: this report is {}", entry.id);
            entry.warnings.push(warning);
        }
        entry
    }
}

impl Iterator for Entries {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let Some((given, container)) = &mut self.current else {
                let (given, source) = self.files.next()?;
                let opened = source.and_then(|source| {
                    let total = Arc::clone(&self.progress.0);
                    guarded(&source.name(), || Container::open(source.clone(), &self.options, total))
                        .and_then(|opened| opened)
                });
                match opened {
                    Ok(container) => self.current = Some((given, container)),
                    Err(fault) => return Some(Found::Fault(fault)),
                }
                continue;
            };
            let path = container.path.clone();
            match guarded(&path, || container.members.next()) {
                Ok(Some(Ok(entry))) => return Some(Found::Report(self.named(entry))),
                Ok(Some(Err(fault))) => return Some(Found::Fault(fault)),
                Ok(None) => {
                    let (bytes, sha256) = container.meter.result();
                    let end = FileEnd { given: *given, path, bytes, sha256 };
                    self.current = None;
                    return Some(Found::End(end));
                }
                // What panicked is not asked again.
                Err(fault) => {
                    self.current = None;
                    return Some(Found::Fault(fault));
                }
            }
        }
    }
}

/// A parser of foreign bytes that panics is a fault of this file, not the end of the walk.
fn guarded<T>(path: &str, work: impl FnOnce() -> T) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let reason = "the program failed on this file: please file a bug with it";
        Fault::new(Place::file(path), FaultKind::Internal, reason)
    })
}

#[cfg(test)]
mod tests {
    use super::{Entries, Found, Options};
    use crate::files::Given;
    use std::io::Write;

    #[test]
    fn reports_faults_and_ends_come_in_order() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.txt"), "one").unwrap();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(b"two").unwrap();
        let gz = gz.finish().unwrap();
        std::fs::write(folder.path().join("a.txt.gz"), &gz).unwrap();
        std::fs::write(folder.path().join("b.txt.gz"), &gz[..12]).unwrap();
        let given = vec![Given::of(folder.path()), Given::of(folder.path().join("gone.txt"))];
        let told: Vec<String> = Entries::new(given, Options::default())
            .map(|found| match found {
                Found::Report(entry) => format!("{} {}", entry.id, String::from_utf8_lossy(&entry.bytes)),
                Found::Fault(fault) => fault.kind.as_str().to_owned(),
                Found::End(end) => format!("{} {}", end.given, end.bytes),
            })
            .collect();
        assert_eq!(told, ["a one", "0 3", "a-2 two", &format!("0 {}", gz.len()), "truncated", "0 12", "io"]);
    }
}
