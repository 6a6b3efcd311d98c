//! Reports without politics: `quiet/*.txt` should give no event.

mod common;

use std::fs;

const FOLDER: &str = "crates/dateline/tests/quiet";

/// The share of reports that must stay without events.
const FLOOR: f64 = 0.95;

#[test]
fn reports_without_politics_give_no_event() {
    let files = common::files(FOLDER, "txt");
    assert!(!files.is_empty(), "no reports under {FOLDER}");
    let texts: Vec<String> = files.iter().map(|p| fs::read_to_string(p).unwrap()).collect();
    let mut quiet = 0;
    for (path, record) in files.iter().zip(common::read_all(&texts)) {
        quiet += usize::from(record.events.is_empty());
        for event in &record.events {
            let mention = &event.mentions[0];
            let name = path.file_name().unwrap().to_string_lossy();
            println!("{name}: {} by {}: {}", event.event_type, mention.rule, mention.clause.of(&record.text));
        }
    }
    let share = quiet as f64 / files.len() as f64;
    println!("{quiet} of {} reports give no event, {:.1} %", files.len(), 100.0 * share);
    assert!(share >= FLOOR, "the share of quiet reports fell below {FLOOR}");
}
