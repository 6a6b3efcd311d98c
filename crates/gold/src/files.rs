//! Annotated reports on disk: a folder of annotations beside a file of texts.

use crate::error::Error;
use crate::format::{Annotation, Text};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A text with its annotation.
#[derive(Clone, Debug)]
pub struct Case {
    /// The report.
    pub text: Text,
    /// What is in it.
    pub gold: Annotation,
    /// Where the annotation stands.
    pub path: PathBuf,
}

/// The name of the file that holds the annotation of a report.
///
/// ```
/// assert_eq!(dateline_gold::file_name("news/2031:7"), "news_2031_7.json");
/// ```
pub fn file_name(id: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '_' | '.' | '-') { c } else { '_' };
    format!("{}.json", id.chars().map(safe).collect::<String>())
}

/// Reads the texts and their annotations.
///
/// # Errors
/// When a file cannot be read or does not hold what it should.
pub fn read(gold: &Path, texts: &Path) -> Result<Vec<Case>, Error> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |error| Error::Io { path, error }
    };
    let lines = BufReader::new(File::open(texts).map_err(io(texts))?).lines();
    let mut cases = Vec::new();
    for (n, line) in lines.enumerate() {
        let line = line.map_err(io(texts))?;
        if line.trim().is_empty() {
            continue;
        }
        let text: Text = serde_json::from_str(&line).map_err(|error| Error::Text {
            path: texts.to_owned(),
            line: n + 1,
            error,
        })?;
        let path = gold.join(file_name(&text.id));
        let bytes = std::fs::read(&path).map_err(io(&path))?;
        let gold = serde_json::from_slice(&bytes)
            .map_err(|error| Error::Annotation { path: path.clone(), error })?;
        cases.push(Case { text, gold, path });
    }
    Ok(cases)
}
