//! What the targets share: how an archive is walked, what must hold of a document and of a record.

use dateline::{Format, Model, Options, Reader, Record};
use dateline_archive::{Entries, Found, Given, Kind};
use dateline_core::Document;
use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;

/// The model, loaded once.
pub static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().expect("the embedded model loads"));

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = dateline_export::schema().expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is a schema")
});

/// Where files are laid for readers that want a path; in memory, where the system has such a place.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
});

thread_local! {
    static READER: RefCell<Reader> = RefCell::new(Reader::new(&MODEL));
    /// Whether work is on that catches the panics of the parsers it calls.
    static FORGIVES: Cell<bool> = const { Cell::new(false) };
}

/// Called once before a target runs. A panic ends the run, but for one of foreign code where the product catches it.
pub fn set_up() {
    std::panic::set_hook(Box::new(|panic| {
        let foreign = panic.location().is_some_and(|at| at.file().contains("/registry/src/"));
        if !(foreign && FORGIVES.get()) {
            eprintln!("{panic}\n{}", std::backtrace::Backtrace::force_capture());
            std::process::abort();
        }
    }));
}

/// Work that catches the panics of the parsers it calls.
pub fn forgiving<T>(work: impl FnOnce() -> T) -> T {
    FORGIVES.set(true);
    let done = work();
    FORGIVES.set(false);
    done
}

/// A file of these bytes.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = FOLDER.path().join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("room for a folder");
    std::fs::write(&path, bytes).expect("room for a file");
    path
}

/// Walks twice through an archive of these bytes and reads the documents in it: nothing is too long, and both walks are the same.
pub fn walk(kind: Option<Kind>, bytes: &[u8]) {
    const MOST: usize = 1 << 14;
    let path = file("archive", bytes);
    let once = || {
        let options = dateline_archive::Options { kind, max_bytes: MOST, ..Default::default() };
        let mut entries = Entries::new(vec![Given::of(&path)], options);
        let mut told = Vec::new();
        loop {
            told.push(match forgiving(|| entries.next()) {
                None => return told,
                Some(Found::Report(entry)) => {
                    assert!(entry.bytes.len() <= MOST);
                    let id = entry.id.clone();
                    let document = entry.document(&options_of(Format::Auto));
                    document.as_ref().ok().map(slices);
                    format!("{id} {document:?}")
                }
                Some(other) => format!("{other:?}"),
            });
        }
    };
    assert_eq!(once(), once());
}

/// How texts are read: all languages, so that no text is turned away before it is read.
pub fn options_of(format: Format) -> Options {
    Options {
        id: "fuzz".to_owned(),
        date: Some(jiff::civil::date(2012, 11, 21)),
        format,
        english_only: false,
        max_bytes: 1 << 20,
        ..Options::default()
    }
}

/// Reads a document twice, the same each time.
pub fn ingest(bytes: &[u8], options: &Options) {
    let once = dateline::ingest(bytes, options);
    once.as_ref().ok().map(slices);
    assert_eq!(format!("{once:?}"), format!("{:?}", dateline::ingest(bytes, options)));
}

/// Every span of a document slices its text, and what is removed is in order.
pub fn slices(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for removed in &document.removed {
        assert!(removed.span.start >= end && !removed.span.of(text).is_empty(), "{removed:?}");
        end = removed.span.end;
    }
    if let Some(dateline) = document.dateline {
        assert!(!dateline.span.of(text).is_empty() && !dateline.place.of(text).is_empty(), "{dateline:?}");
    }
}

/// What the reader of this thread reads in a report.
pub fn read(bytes: &[u8], options: &Options) -> Option<Record> {
    READER.with_borrow_mut(|reader| reader.read(bytes, options).ok())
}

/// A record as it is written.
pub fn written(record: &Record) -> Vec<u8> {
    record.clone().in_code_points().to_json().expect("a record is JSON")
}

/// What holds of every record that the reader makes: its spans slice, it fits the schema, and reads back as it was written.
pub fn holds(record: &Record) {
    record.clone().each_span(|span| {
        let words = record.text.get(span.start as usize..span.end as usize);
        assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} of {:?}", record.text);
    });
    let json = written(record);
    let value = serde_json::from_slice(&json).expect("a record is JSON");
    let errors: Vec<String> = SCHEMA.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path)).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let back = dateline_export::read::record(&json).expect("a record reads back");
    assert_eq!(&back, record);
}
