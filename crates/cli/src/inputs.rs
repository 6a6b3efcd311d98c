//! Which reports are read, under which identifiers, and their bytes.

use crate::failures::Failure;
use crate::plan::Plan;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Endings of files that are read in a folder; files without ending are read as well.
const ENDINGS: [&str; 4] = ["txt", "md", "html", "htm"];

/// One report to be read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Where its bytes are; none for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Its identifier, unique in the run.
    pub(crate) id: String,
    /// What is to be said of it beforehand.
    pub(crate) warnings: Vec<String>,
}

impl Input {
    /// What messages and the record call it.
    pub(crate) fn name(&self) -> String {
        self.path.as_deref().map_or_else(|| "-".to_owned(), |p| p.display().to_string())
    }

    /// Its bytes; one more than `limit` at most, so that a longer one shows.
    pub(crate) fn bytes(&self, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = (limit as u64).saturating_add(1);
        match &self.path {
            None => io::stdin().lock().take(most).read_to_end(&mut bytes)?,
            Some(path) => File::open(path)?.take(most).read_to_end(&mut bytes)?,
        };
        Ok(bytes)
    }
}

/// The inputs of a run in the order they are read, each a report or the reason why there is none.
pub(crate) fn collect(plan: &Plan<'_>) -> Vec<Result<Input, Failure>> {
    let mut taken = HashSet::new();
    let mut found = Vec::new();
    for path in plan.paths {
        if path.as_os_str() == "-" {
            found.push(Ok(named(None, plan.id, &mut taken)));
        } else if path.is_dir() {
            in_folder(path, plan, &mut taken, &mut found);
        } else {
            found.push(Ok(named(Some(path.clone()), plan.id, &mut taken)));
        }
    }
    found
}

fn in_folder(
    folder: &Path,
    plan: &Plan<'_>,
    taken: &mut HashSet<String>,
    found: &mut Vec<Result<Input, Failure>>,
) {
    let visible = |e: &DirEntry| e.depth() == 0 || !e.file_name().to_string_lossy().starts_with('.');
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(visible) {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_report(entry.path()) => {
                found.push(Ok(named(Some(entry.into_path()), plan.id, taken)));
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).display().to_string();
                found.push(Err(Failure::io(path, &error.into())));
            }
        }
    }
}

fn is_report(path: &Path) -> bool {
    path.extension().is_none_or(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// The report at `path`, under its stem or the identifier that was told, made unique.
fn named(path: Option<PathBuf>, told: Option<&str>, taken: &mut HashSet<String>) -> Input {
    let stem = path.as_deref().and_then(Path::file_stem).map(|s| s.to_string_lossy().into_owned());
    let wanted = told.map(str::to_owned).or(stem).unwrap_or_else(|| "stdin".to_owned());
    let mut id = wanted.clone();
    let mut number = 1;
    while !taken.insert(id.clone()) {
        number += 1;
        id = format!("{wanted}-{number}");
    }
    let mut warnings = Vec::new();
    if id != wanted {
        warnings.push(format!("the identifier {wanted} is taken: this report is {id}"));
    }
    Input { path, id, warnings }
}

#[cfg(test)]
mod tests {
    use super::{is_report, named};
    use std::collections::HashSet;
    use std::path::Path;

    #[test]
    fn identifiers_are_unique() {
        let mut taken = HashSet::new();
        let mut id = |path: &str| named(Some(path.into()), None, &mut taken).id;
        assert_eq!(
            [id("a/x.txt"), id("b/x-2.txt"), id("b/x.html"), id("c/x.txt")],
            ["x", "x-2", "x-3", "x-4"]
        );
    }

    #[test]
    fn reports_are_known_by_their_endings() {
        assert!(is_report(Path::new("a/b.HTML")) && is_report(Path::new("README")));
        assert!(!is_report(Path::new("a/b.pdf")) && !is_report(Path::new("b.txt.gz")));
    }
}
