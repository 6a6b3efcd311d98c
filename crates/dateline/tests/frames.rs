//! The examples in the frame tables: the sixth column holds a sentence with `[actors]` and `{recipients}` marked.
//!
//! An example comes out when the record holds an event of the frame's type and mode whose parties are the marked words and
//! nobody else; of what parties do together it does not matter on which side they stand. Most sentences are bare of any surroundings, so the share that comes out is a measure of the tables, not
//! of the reader's accuracy on news.

mod common;

use dateline::Record;
use dateline::core::record::Event;
use dateline::core::{EventType, Span};
use dateline_events::frame::Frame;
use dateline_events::merge::is_reciprocal;
use dateline_events::table::FrameTable;
use std::collections::BTreeMap;

/// The share of examples that must come out, a little under today's.
const FLOOR: f64 = 0.74;

/// How many failures are shown.
const SHOWN: usize = 40;

/// A marked sentence, taken apart.
#[derive(Debug, PartialEq)]
struct Example {
    text: String,
    actors: Vec<Span>,
    recipients: Vec<Span>,
}

#[test]
fn examples_of_frames_come_out() {
    let table = FrameTable::embedded().unwrap();
    let pairs: Vec<(&Frame, Example)> =
        table.frames().iter().filter_map(|f| Some((f, Example::parse(&f.example)?))).collect();
    let texts: Vec<&str> = pairs.iter().map(|(_, e)| e.text.as_str()).collect();
    let records = common::read_all(&texts);

    let mut by_type: BTreeMap<EventType, (usize, usize)> = BTreeMap::new();
    let mut failures = Vec::new();
    for ((frame, example), record) in pairs.iter().zip(&records) {
        let count = by_type.entry(frame.event_type).or_default();
        count.1 += 1;
        if record.events.iter().any(|e| example.is(record, frame, e)) {
            count.0 += 1;
        } else {
            failures.push(format!("{}: {}", frame.name, frame.example));
        }
    }
    for line in failures.iter().take(SHOWN) {
        println!("{line}");
    }
    for (event_type, (good, all)) in &by_type {
        println!("{event_type:<10} {good:>5} of {all:>5}  {:.1} %", 100.0 * *good as f64 / *all as f64);
    }
    let share = 1.0 - failures.len() as f64 / pairs.len() as f64;
    println!("{} of {} examples come out, {:.1} %", pairs.len() - failures.len(), pairs.len(), 100.0 * share);
    assert!(share >= FLOOR, "the share of examples that come out fell below {FLOOR}");
}

impl Example {
    /// Takes the marks out; none when the cell holds no sentence.
    fn parse(marked: &str) -> Option<Example> {
        let mut example = Example { text: String::new(), actors: Vec::new(), recipients: Vec::new() };
        let mut open = 0;
        for c in marked.chars() {
            let end = example.text.len() as u32;
            match c {
                '[' | '{' => open = end,
                ']' => example.actors.push(Span::new(open, end)),
                '}' => example.recipients.push(Span::new(open, end)),
                other => example.text.push(other),
            }
        }
        (example.text.len() > 1).then_some(example)
    }

    fn is(&self, record: &Record, frame: &Frame, event: &Event) -> bool {
        event.event_type == frame.event_type
            && event.mode == frame.mode
            && if is_reciprocal(event.event_type) {
                let all = [&event.actors[..], &event.recipients[..]].concat();
                stand_at(record, &all, &[&self.actors[..], &self.recipients[..]].concat())
            } else {
                stand_at(record, &event.actors, &self.actors)
                    && stand_at(record, &event.recipients, &self.recipients)
            }
    }
}

/// Whether each mark holds a mention of one of these entities, and each entity is mentioned in a mark.
fn stand_at(record: &Record, entities: &[String], marks: &[Span]) -> bool {
    let touches = |id: &String, mark: &Span| {
        let entity = record.entities.iter().find(|e| &e.id == id);
        entity.is_some_and(|e| e.mentions.iter().any(|m| m.overlaps(*mark)))
    };
    marks.iter().all(|mark| entities.iter().any(|id| touches(id, mark)))
        && entities.iter().all(|id| marks.iter().any(|mark| touches(id, mark)))
}

#[test]
fn marks_are_taken_out() {
    let example = Example::parse("[Rebels] hit {the é town}.").unwrap();
    assert_eq!(example.text, "Rebels hit the é town.");
    let words = |spans: &[Span]| spans.iter().map(|s| s.of(&example.text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        (words(&example.actors), words(&example.recipients)),
        (vec!["Rebels".into()], vec!["the é town".into()])
    );
    assert_eq!(Example::parse("-"), None);
}
