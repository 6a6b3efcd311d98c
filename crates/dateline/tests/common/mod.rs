//! What the tests of this folder share: the embedded model, and reading many texts on all cores.

use dateline::{Format, Model, Options, Reader, Record};
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::OnceLock;

/// The model, loaded once for all tests of a program.
pub(crate) fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::embedded().expect("the embedded model loads"))
}

/// How the texts are read: as plain text of June 15, 2020.
pub(crate) fn options() -> Options {
    Options {
        id: "test".to_owned(),
        date: "2020-06-15".parse().ok(),
        format: Format::Text,
        english_only: false,
        ..Options::default()
    }
}

/// The records of many texts, in order.
#[allow(dead_code, reason = "not every test program reads many texts")]
pub(crate) fn read_all<T: AsRef<str> + Sync>(texts: &[T]) -> Vec<Record> {
    let one = |reader: &mut Reader, text: &T| {
        let text = text.as_ref();
        reader.read(text.as_bytes(), &options()).unwrap_or_else(|e| panic!("cannot read {text:?}: {e}"))
    };
    texts.par_iter().map_init(|| Reader::new(model()), one).collect()
}

/// A path within the repository.
#[allow(dead_code, reason = "not every test program reads files")]
pub(crate) fn repository(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// The files in a folder of the repository whose names end so, by name; none when there is no such folder.
#[allow(dead_code, reason = "not every test program reads files")]
pub(crate) fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository(folder)).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> =
        entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
    files.sort();
    files
}
