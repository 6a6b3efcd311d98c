//! From what was given to files, in one fixed order.

use crate::entry::{Fault, FaultKind, Place};
use crate::kind::uncompressed_name;
use crate::source::Source;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Endings of files that are read in a folder, compressed or not; files without ending are read as well.
const ENDINGS: [&str; 15] = [
    "txt", "md", "html", "htm", "jsonl", "ndjson", "csv", "tsv", "parquet", "warc", "rss", "atom", "xml",
    "gz", "zst",
];
/// The longest path in a list of files.
const LONGEST_PATH: u64 = 1 << 16;

/// One thing that the user gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// A file, a folder or a pattern.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// An address.
    Url(String),
    /// A file that lists files, one a line, or parted by zeros; `-` is standard input.
    List(PathBuf),
}

impl Given {
    /// `-` is standard input, `http://...` an address, all else a path or pattern.
    pub fn of(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        match path.to_str() {
            Some("-") => Self::Stdin,
            Some(url) if url.starts_with("http://") || url.starts_with("https://") => {
                Self::Url(url.to_owned())
            }
            _ => Self::Path(path),
        }
    }

    /// Whether standard input is read for it, as a report or as a list.
    pub fn is_standard_input(&self) -> bool {
        matches!(self, Self::Stdin) || matches!(self, Self::List(path) if path == Path::new("-"))
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) | Self::List(path) => path.display().to_string(),
            Self::Stdin => "-".to_owned(),
            Self::Url(url) => url.clone(),
        }
    }
}

type Sources = Box<dyn Iterator<Item = Result<Source, Fault>> + Send>;

/// The files of everything that was given, each with the number of what it belongs to.
pub(crate) struct Files {
    given: std::iter::Enumerate<std::vec::IntoIter<Given>>,
    current: Option<(usize, Sources)>,
    exclude: Option<PathBuf>,
}

impl Files {
    /// Nothing below `exclude` is taken from folders.
    pub(crate) fn new(given: Vec<Given>, exclude: Option<&Path>) -> Self {
        let exclude = exclude.and_then(|path| path.canonicalize().ok());
        Self { given: given.into_iter().enumerate(), current: None, exclude }
    }
}

impl Iterator for Files {
    type Item = (usize, Result<Source, Fault>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((number, sources)) = &mut self.current
                && let Some(source) = sources.next()
            {
                return Some((*number, source));
            }
            let (number, given) = self.given.next()?;
            self.current = Some((number, sources(given, self.exclude.clone())));
        }
    }
}

fn sources(given: Given, exclude: Option<PathBuf>) -> Sources {
    match given {
        Given::Stdin => Box::new(std::iter::once(Ok(Source::Stdin))),
        Given::Url(url) => Box::new(std::iter::once(Ok(Source::Url(url)))),
        Given::Path(path) => of_path(path, exclude),
        Given::List(path) => match listed(&path) {
            Ok(lines) => {
                let one = move |line: io::Result<PathBuf>| match line {
                    Ok(line) => match Given::of(line) {
                        Given::Path(path) => of_path(path, exclude.clone()),
                        other => sources(other, None),
                    },
                    Err(error) => failed(Fault::io(Place::file(path.display().to_string()), &error)),
                };
                Box::new(lines.flat_map(one))
            }
            Err(error) => failed(Fault::io(Place::file(path.display().to_string()), &error)),
        },
    }
}

fn failed(fault: Fault) -> Sources {
    Box::new(std::iter::once(Err(fault)))
}

fn of_path(path: PathBuf, exclude: Option<PathBuf>) -> Sources {
    if path.is_dir() {
        return in_folder(path, exclude);
    }
    match path.to_str() {
        Some(pattern) if pattern.contains(['*', '?', '[']) && path.symlink_metadata().is_err() => {
            matching(pattern, exclude)
        }
        _ => Box::new(std::iter::once(Ok(Source::Path(path)))),
    }
}

fn matching(pattern: &str, exclude: Option<PathBuf>) -> Sources {
    let place = Place::file(pattern);
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let mut paths = match glob::glob_with(pattern, options) {
        Ok(paths) => paths.peekable(),
        Err(error) => {
            let reason = format!("is no pattern ({error}): put the path in quotes and check the brackets");
            return failed(Fault::new(place, FaultKind::Io, reason));
        }
    };
    if paths.peek().is_none() {
        return failed(Fault::new(place, FaultKind::Io, "no file matches the pattern: check it"));
    }
    Box::new(paths.flat_map(move |path| match path {
        Ok(path) if path.is_dir() => in_folder(path, exclude.clone()),
        Ok(path) => Box::new(std::iter::once(Ok(Source::Path(path)))),
        Err(error) => {
            let place = Place::file(error.path().display().to_string());
            failed(Fault::io(place, &error.into()))
        }
    }))
}

fn in_folder(folder: PathBuf, exclude: Option<PathBuf>) -> Sources {
    let walk = WalkDir::new(&folder).follow_links(true).sort_by_file_name();
    let wanted = move |entry: &DirEntry| {
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let excluded = entry.file_type().is_dir()
            && exclude.as_ref().is_some_and(|out| entry.path().canonicalize().is_ok_and(|path| path == *out));
        !hidden && !excluded
    };
    Box::new(walk.into_iter().filter_entry(wanted).filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_file() && is_read(entry.path()) => {
            Some(Ok(Source::Path(entry.into_path())))
        }
        Ok(_) => None,
        Err(error) => {
            let place = Place::file(error.path().unwrap_or(&folder).display().to_string());
            if error.loop_ancestor().is_some() {
                let reason = "is a link to a folder it stands in and is not followed: remove it";
                return Some(Err(Fault::new(place, FaultKind::Io, reason)));
            }
            Some(Err(Fault::io(place, &error.into())))
        }
    }))
}

/// Whether a file of a folder is read.
fn is_read(path: &Path) -> bool {
    let known = |path: &Path| {
        path.extension().is_none_or(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    known(path) && known(Path::new(uncompressed_name(&name)))
}

/// The paths in a list: parted by zeros if it has any, else one a line.
fn listed(path: &Path) -> io::Result<impl Iterator<Item = io::Result<PathBuf>> + Send + use<>> {
    let list: Box<dyn Read + Send> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let mut reader = BufReader::new(list);
    let end = if reader.fill_buf()?.contains(&0) { 0 } else { b'\n' };
    let mut failed = false;
    Ok(std::iter::from_fn(move || {
        while !failed {
            let mut line = Vec::new();
            match reader.by_ref().take(LONGEST_PATH).read_until(end, &mut line) {
                Ok(0) => return None,
                Ok(n) if n as u64 == LONGEST_PATH => {
                    failed = true;
                    return Some(Err(io::Error::new(io::ErrorKind::InvalidData, "no list of files")));
                }
                Ok(_) => {}
                Err(error) => {
                    failed = true;
                    return Some(Err(error));
                }
            }
            if line.last() == Some(&end) {
                line.pop();
            }
            if end == b'\n' && line.last() == Some(&b'\r') {
                line.pop();
            }
            if !line.is_empty() {
                return Some(Ok(path_of(line)));
            }
        }
        None
    }))
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

/// How much was given, as far as it can be told without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Whether there is something whose size is not known: standard input, an address.
    pub open: bool,
}

/// Looks how much was given.
pub fn measure(given: &[Given], exclude: Option<&Path>) -> Size {
    // A list can be read from standard input only once.
    let (open, given): (Vec<&Given>, Vec<&Given>) = given.iter().partition(|given| given.is_standard_input());
    let mut size = Size { open: !open.is_empty(), ..Size::default() };
    for (_, source) in Files::new(given.into_iter().cloned().collect(), exclude) {
        match source {
            Ok(Source::Path(path)) => {
                size.files += 1;
                size.bytes += path.metadata().map_or(0, |m| m.len());
            }
            Ok(_) => size.open = true,
            Err(_) => {}
        }
    }
    size
}

#[cfg(test)]
mod tests {
    use super::{Files, Given, is_read, measure};
    use crate::source::Source;
    use std::path::Path;

    fn paths(given: Vec<Given>, exclude: Option<&Path>) -> Vec<String> {
        let name = |source: Result<Source, _>| source.map_or_else(|f: crate::Fault| f.reason, |s| s.name());
        Files::new(given, exclude).map(|(_, source)| name(source)).collect()
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "b/x.txt",
            "a/y.txt.gz",
            "a/z.warc.gz",
            "a/.hidden",
            "a/skip.pdf",
            "a/skip.pdf.gz",
            "c/new\nline",
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "xy").unwrap();
        }
        folder
    }

    #[test]
    fn folders_come_in_the_order_of_names() {
        let folder = folder();
        let root = folder.path().display();
        let found = paths(vec![Given::of(folder.path())], Some(&folder.path().join("c")));
        assert_eq!(found, ["a/y.txt.gz", "a/z.warc.gz", "b/x.txt"].map(|name| format!("{root}/{name}")));
        let size = measure(&[Given::of(folder.path()), Given::Stdin], None);
        assert_eq!((size.files, size.bytes, size.open), (4, 8, true));
    }

    #[test]
    fn patterns_match_files_and_folders() {
        let folder = folder();
        let root = folder.path().display();
        assert_eq!(paths(vec![Given::of(format!("{root}/**/*.txt"))], None), [format!("{root}/b/x.txt")]);
        assert_eq!(paths(vec![Given::of(format!("{root}/[ab]"))], None).len(), 3);
        assert!(paths(vec![Given::of(format!("{root}/*.nothing"))], None)[0].contains("no file matches"));
    }

    #[test]
    fn lists_name_files_by_line_or_by_zero() {
        let folder = folder();
        let root = folder.path().display();
        let list = folder.path().join("list");
        std::fs::write(&list, format!("{root}/b/x.txt\r\n\n{root}/a\n-\n")).unwrap();
        assert_eq!(paths(vec![Given::List(list.clone())], None).len(), 4);
        std::fs::write(&list, format!("{root}/c/new\nline\0{root}/b/x.txt\0")).unwrap();
        assert_eq!(paths(vec![Given::List(list.clone())], None)[0], format!("{root}/c/new\nline"));
        std::fs::write(&list, vec![b'x'; 1 << 17]).unwrap();
        assert!(paths(vec![Given::List(list)], None)[0].contains("no list of files"));
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_told() {
        let folder = folder();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("b/loop")).unwrap();
        let found = paths(vec![Given::of(folder.path().join("b"))], None);
        assert!(found.iter().any(|said| said.contains("not followed")), "{found:?}");
    }

    #[test]
    fn reports_and_archives_are_known_by_their_endings() {
        for name in ["a/b.HTML", "README", "b.txt.gz", "b.warc.gz", "b.gz", "b.parquet"] {
            assert!(is_read(Path::new(name)), "{name}");
        }
        for name in ["a/b.pdf", "b.tar.gz", "manifest.json"] {
            assert!(!is_read(Path::new(name)), "{name}");
        }
    }
}
