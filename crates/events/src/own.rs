//! Frames, cues of status and of contexts that a user adds, in a folder with the names and columns of `knowledge/`.

use dateline_core::EventType;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest table that is read, in bytes; the program's own are a hundredth of it.
const MAX_BYTES: u64 = 64 << 20;

/// The text of a table and where it lies.
pub(crate) struct Own {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The tables of a folder; each may be missing.
#[derive(Default)]
pub(crate) struct OwnTables {
    pub(crate) frames: Vec<(EventType, &'static str, Own)>,
    pub(crate) cues: Option<Own>,
    pub(crate) contexts: Option<Own>,
}

/// A table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct OwnError {
    path: String,
    source: io::Error,
}

impl OwnTables {
    /// Reads `frames/TYPE.tsv`, `status/cues.tsv` and `contexts.tsv`. A file in `frames` that is named as no type is an error:
    /// what stands in it would never be heard of.
    pub(crate) fn in_folder(folder: &Path) -> Result<OwnTables, OwnError> {
        let mut tables = OwnTables {
            cues: read(&folder.join("status/cues.tsv"))?,
            contexts: read(&folder.join("contexts.tsv"))?,
            ..OwnTables::default()
        };
        let frames = folder.join("frames");
        if !frames.is_dir() {
            return Ok(tables);
        }
        for path in listed(&frames)? {
            let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
            let named = crate::table::files().find(|(_, file)| *file == stem);
            let Some((event_type, file)) = named else {
                let types: Vec<&str> = crate::table::files().map(|(_, file)| file).collect();
                let reason = format!("is named as no type of events; the types are {}", types.join(", "));
                return Err(error(&path, io::Error::new(io::ErrorKind::InvalidInput, reason)));
            };
            tables.frames.extend(read(&path)?.map(|own| (event_type, file, own)));
        }
        Ok(tables)
    }
}

/// The tables of a folder, by name.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, OwnError> {
    let entries = fs::read_dir(folder).map_err(|e| error(folder, e))?;
    let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(|e| error(folder, e))?;
    paths.retain(|path| path.extension().is_some_and(|end| end == "tsv"));
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<Option<Own>, OwnError> {
    let file = match fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(error(path, e)),
    };
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(|e| error(path, e))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(error(path, io::Error::other(format!("is larger than {MAX_BYTES} bytes"))));
    }
    // Editors put a byte order mark before the first line.
    let text = text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned);
    Ok(Some(Own { path: path.display().to_string(), text }))
}

fn error(path: &Path, source: io::Error) -> OwnError {
    OwnError { path: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use crate::Coder;
    use dateline_core::{Context, EventType};

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn tables_of_a_folder_are_added_and_asked_first() {
        let own = folder(&[
            (
                "frames/sanction.tsv",
                "\u{feff}# mine\nmothball\tv\tsubj > obj|in\twithdraw\tobj=embassy\t[Moscow] mothballed its embassy in {Norway}.\n",
            ),
            ("frames/consult.tsv", "meet\tv\tsubj > obj\tvisit\t\t[He] met {her}.\n"),
            ("status/cues.tsv", "dream of\tadvcl\thypothetical\tHe dreamt of leaving.\n"),
            ("contexts.tsv", "natural_resource\tmolybdenum\n"),
        ]);
        let coder = Coder::with_dir(own.path()).unwrap();
        let known = |coder: &Coder, word: &str| coder.frames.starting_with(word).to_vec();
        assert!(known(&Coder::embedded().unwrap(), "mothball").is_empty());
        let frame = coder.frames.frame(known(&coder, "mothball")[0]);
        assert_eq!(frame.event_type, EventType::Sanction);
        let first = coder.frames.frame(known(&coder, "meet")[0]);
        assert_eq!(first.mode.map(dateline_core::Mode::as_str), Some("visit"));
        assert_eq!(coder.contexts.of_word("molybdenum"), [Context::NaturalResource]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let wrong = |files: &[(&str, &str)]| Coder::with_dir(folder(files).path()).unwrap_err().to_string();
        assert!(wrong(&[("frames/attack.tsv", "")]).contains("frames/attack.tsv: is named as no type"));
        assert!(wrong(&[("frames/aid.tsv", "help\tv\n")]).contains("frames/aid.tsv:1: needs six"));
        assert!(wrong(&[("status/cues.tsv", "\nhope\n")]).contains("status/cues.tsv:2: needs four"));
        assert!(wrong(&[("contexts.tsv", "cooking\tpan\n")]).contains("contexts.tsv:1: "));
    }
}
