//! What is read in `examples/`, a line an event, so that the effect of a change of rules is seen in a diff.
//!
//! After a change that is meant: `DATELINE_BLESS=1 cargo test -p dateline-cli --test examples`.

use dateline::core::record::{Event, Record};
use dateline::{Model, Options, Reader};
use dateline_export::Names;
use std::fmt::Write;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The reports, in order, with the date that the README gives for each.
fn reports() -> Vec<(PathBuf, Option<&'static str>)> {
    let mut strait: Vec<PathBuf> = std::fs::read_dir(root().join("strait"))
        .expect("examples")
        .map(|e| e.expect("entry").path())
        .collect();
    strait.sort();
    let mut all = vec![(root().join("shuttle.txt"), Some("2012-11-21"))];
    all.extend(strait.into_iter().map(|path| (path, None)));
    all
}

fn read(reader: &mut Reader, path: &Path, date: Option<&str>) -> Record {
    let options = Options {
        id: path.file_stem().expect("a name").to_string_lossy().into_owned(),
        path: Some(path.display().to_string()),
        date: date.map(|d| d.parse().expect("a day")),
        ..Options::default()
    };
    reader.read(&std::fs::read(path).expect("a file"), &options).expect("a report")
}

/// `planned CONSULT/visit | Mette Krogh > Lars Heggen | Oslo | 2031-03-06 | spokesman | fly on`
fn line(record: &Record, names: &Names<'_>, event: &Event, out: &mut String) {
    let parties = |ids: &[String]| names.each(ids, |e| &e.name).join(", ");
    let kind = event.mode.map_or(String::new(), |m| format!("/{}", m.as_str()));
    let when = event.when.as_ref().map_or(String::new(), |w| {
        if w.start == w.end { w.start.to_string() } else { format!("{}..{}", w.start, w.end) }
    });
    let sources: Vec<&str> = event.sources.iter().map(|s| s.name.as_deref().unwrap_or("?")).collect();
    let triggers: Vec<&str> = event.mentions.iter().map(|m| m.trigger.of(&record.text)).collect();
    let _ = writeln!(
        out,
        "  {} {}{kind} | {} > {} | {} | {when} | {} | {}",
        event.status,
        event.event_type,
        parties(&event.actors),
        parties(&event.recipients),
        names.place(event.place.as_deref()).map_or("", |p| &p.name),
        sources.join(", "),
        triggers.join(", ").replace('\n', " "),
    );
}

fn snapshot() -> String {
    let mut reader = Reader::new(&Model::embedded().expect("the model"));
    let mut out = String::from(
        "# Written by a test: status TYPE/mode | actors > recipients | place | when | on whose word | triggers\n",
    );
    for (path, date) in reports() {
        let record = read(&mut reader, &path, date);
        let names = Names::new(&record);
        let dateline = record.dateline.as_ref().and_then(|d| names.place(d.place.as_deref()));
        let day = record.published.map_or("no date".to_owned(), |d| d.to_string());
        let _ = writeln!(out, "\n{} | {day} | {}", record.id, dateline.map_or("", |p| &p.name));
        record.events.iter().for_each(|event| line(&record, &names, event, &mut out));
        for s in &record.statements {
            let words: Vec<&str> = s.span.of(&record.text).split_whitespace().take(6).collect();
            let mark = if s.quoted { "\"" } else { "" };
            let _ = writeln!(out, "  {}: {mark}{} ...", s.name.as_deref().unwrap_or("?"), words.join(" "));
        }
    }
    out
}

#[test]
fn the_examples_are_read_as_the_snapshot_says() {
    let path = root().join("events.snapshot");
    let now = snapshot();
    if std::env::var_os("DATELINE_BLESS").is_some_and(|v| v == "1") {
        std::fs::write(&path, &now).expect("the snapshot can be written");
        return;
    }
    let then = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<String> = diff(&then, &now);
    assert!(
        changed.is_empty(),
        "the examples are read differently now (- before, + now):\n{}\nIf that is meant: DATELINE_BLESS=1 cargo test -p dateline-cli --test examples",
        changed.join("\n")
    );
}

/// The lines that differ; enough of a diff for a text whose order is fixed.
fn diff(then: &str, now: &str) -> Vec<String> {
    let (then, now): (Vec<&str>, Vec<&str>) = (then.lines().collect(), now.lines().collect());
    let gone = then.iter().filter(|line| !now.contains(line)).map(|line| format!("- {line}"));
    let new = now.iter().filter(|line| !then.contains(line)).map(|line| format!("+ {line}"));
    let mut lines: Vec<String> = gone.chain(new).collect();
    if lines.is_empty() && then != now {
        lines.push("the same lines in another order".to_owned());
    }
    lines
}
