//! The literate cases: tables of sentences with the event that each must give.
//!
//! A file `cases/*.md` is prose with tables
//!
//! ```text
//! | sentence | type/mode | status | actors | recipients |
//! ```
//!
//! `-` stands for nobody, in the second column for no event at all, in the third for any status; `;` parts several names;
//! the mode may be left out. A name is found when the entity's name contains it or a mention of it does ("Ankara" for
//! Turkey), capitals or not. Of what parties do together (meetings, agreements, cooperation) it does not matter on which
//! side they stand.
//!
//! No reader is perfect: `cases/known_failures.txt` lists the cases that fail today. The test fails when another case
//! fails, and also when a listed one passes, so that the list only shrinks. `DATELINE_BLESS=1` writes it anew.

mod common;

use dateline::Record;
use dateline::core::record::Event;
use dateline_events::merge::is_reciprocal;
use std::collections::BTreeSet;
use std::fs;

const FOLDER: &str = "crates/dateline/tests/cases";
const LIST: &str = "crates/dateline/tests/cases/known_failures.txt";

/// The share of cases that must pass, a little under today's.
const FLOOR: f64 = 0.78;

/// One row of a table.
struct Case {
    /// File, sentence, type and mode: its line in the list of failures.
    key: String,
    sentence: String,
    event: Option<Expected>,
}

struct Expected {
    event_type: String,
    mode: Option<String>,
    status: Option<String>,
    actors: Vec<String>,
    recipients: Vec<String>,
}

#[test]
fn sentences_give_their_events() {
    let cases: Vec<Case> = common::files(FOLDER, "md")
        .iter()
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(path).unwrap();
            text.lines().filter_map(|line| row(&name, line)).collect::<Vec<_>>()
        })
        .collect();
    assert!(!cases.is_empty(), "no cases under {FOLDER}");
    let sentences: Vec<&str> = cases.iter().map(|c| c.sentence.as_str()).collect();
    let records = common::read_all(&sentences);

    let failing: BTreeSet<&str> =
        cases.iter().zip(&records).filter(|(c, r)| !c.holds(r)).map(|(c, _)| c.key.as_str()).collect();
    let passing = cases.iter().filter(|c| !failing.contains(c.key.as_str())).count();
    let share = passing as f64 / cases.len() as f64;
    println!("{passing} of {} cases pass, {:.1} %", cases.len(), 100.0 * share);

    if std::env::var_os("DATELINE_BLESS").is_some() {
        let lines: Vec<&str> = failing.iter().copied().collect();
        fs::write(common::repository(LIST), lines.join("\n") + "\n").unwrap();
    }
    let list = fs::read_to_string(common::repository(LIST)).unwrap_or_default();
    let known: BTreeSet<&str> = list.lines().filter(|l| !l.is_empty()).collect();
    for (case, record) in cases.iter().zip(&records) {
        if failing.contains(case.key.as_str()) && !known.contains(case.key.as_str()) {
            println!("fails: {}\n  reads {}", case.key, shown(record));
        }
    }
    for key in known.difference(&failing) {
        println!("passes now, or is no case any more; take it off the list: {key}");
    }
    assert!(failing == known, "the list of known failures is not true; DATELINE_BLESS=1 writes it anew");
    assert!(share >= FLOOR, "the share of cases that pass fell below {FLOOR}");
}

/// The case in a line of Markdown, if the line is a row of a table of cases.
fn row(file: &str, line: &str) -> Option<Case> {
    let cells: Vec<&str> =
        line.trim().strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let &[sentence, kind, status, actors, recipients] = cells.as_slice() else { return None };
    if sentence == "sentence" || sentence.starts_with("---") || sentence.starts_with(":--") {
        return None;
    }
    let (event_type, mode) = kind.split_once('/').map_or((kind, None), |(t, m)| (t.trim(), Some(m.trim())));
    let event = (kind != "-").then(|| Expected {
        event_type: event_type.to_owned(),
        mode: mode.filter(|m| *m != "-").map(str::to_owned),
        status: Some(status).filter(|s| *s != "-").map(str::to_owned),
        actors: names(actors),
        recipients: names(recipients),
    });
    Some(Case { key: format!("{file} | {sentence} | {kind}"), sentence: sentence.to_owned(), event })
}

fn names(cell: &str) -> Vec<String> {
    cell.split(';').map(|n| n.trim().to_lowercase()).filter(|n| !n.is_empty() && n != "-").collect()
}

impl Case {
    fn holds(&self, record: &Record) -> bool {
        match &self.event {
            None => record.events.is_empty(),
            Some(expected) => record.events.iter().any(|e| expected.is(record, e)),
        }
    }
}

impl Expected {
    fn is(&self, record: &Record, event: &Event) -> bool {
        self.event_type == event.event_type.as_str()
            && self.mode.as_deref().is_none_or(|m| event.mode.is_some_and(|found| found.as_str() == m))
            && self.status.as_deref().is_none_or(|s| s == event.status.as_str())
            && if is_reciprocal(event.event_type) {
                let all = |a: &[String], b: &[String]| [a, b].concat();
                carry(record, &all(&event.actors, &event.recipients), &all(&self.actors, &self.recipients))
            } else {
                carry(record, &event.actors, &self.actors)
                    && carry(record, &event.recipients, &self.recipients)
            }
    }
}

/// Whether these entities are as many as the names, and each name is part of an entity's name or of a mention.
fn carry(record: &Record, entities: &[String], names: &[String]) -> bool {
    let called = |id: &String, name: &str| {
        let entity = record.entities.iter().find(|e| &e.id == id);
        entity.is_some_and(|e| {
            let mentions = e.mentions.iter().map(|m| m.of(&record.text));
            mentions.chain([e.name.as_str()]).any(|words| words.to_lowercase().contains(name))
        })
    };
    entities.len() == names.len() && names.iter().all(|name| entities.iter().any(|id| called(id, name)))
}

fn parties<'r>(record: &'r Record, ids: &[String]) -> Vec<&'r str> {
    ids.iter()
        .filter_map(|id| record.entities.iter().find(|e| &e.id == id))
        .map(|e| e.name.as_str())
        .collect()
}

/// The events of a record on one line.
fn shown(record: &Record) -> String {
    let one = |e: &Event| {
        let mode = e.mode.map_or(String::new(), |m| format!("/{}", m.as_str()));
        let (actors, recipients) = (parties(record, &e.actors), parties(record, &e.recipients));
        format!("{}{mode} {} {} > {}", e.event_type, e.status, actors.join("; "), recipients.join("; "))
    };
    let events: Vec<String> = record.events.iter().map(one).collect();
    if events.is_empty() { "no event".to_owned() } else { events.join(", ") }
}
