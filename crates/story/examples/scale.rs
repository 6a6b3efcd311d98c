//! How long linking takes, and how much memory, as reports grow in number.
//!
//! `dateline read FOLDER --format jsonl | cargo run --release -p dateline-story --example scale -- 10000`
//!
//! The reports are made from the records that are given, by a process meant to keep what makes linking hard. Stories are
//! born every day, get a theatre of parties and places (the names in a record replaced by others of their own, so that
//! stories differ as real ones do), and a number of reports that falls off as few stories are large and most are small. Each
//! report is one of the given records with the theatre's names, moved to its day, with three in five of its longer words
//! replaced by words of the story; one in four is a copy of an earlier report of its story, cut or framed. No clock and no chance: a
//! linear congruential generator with a fixed seed.

use dateline_story::{Report, link};
use std::io::BufRead;
use std::time::Instant;

struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) * n) >> 31
    }
}

/// Syllables of which names are made.
const PARTS: [&str; 24] = [
    "ka", "lo", "mi", "ren", "tas", "vor", "bel", "dun", "sho", "pri", "gal", "nem", "tor", "wes", "zan",
    "fel", "har", "jus", "qui", "ost", "yal", "cre", "bru", "und",
];

fn name(mut n: u64) -> String {
    let mut name = String::new();
    for _ in 0..4 {
        name.push_str(PARTS[(n % 24) as usize]);
        n = n / 24 + 7 * (n % 5);
    }
    name[..1].to_uppercase() + &name[1..]
}

/// The record with names of its own and some of its words replaced.
fn retold(line: &str, n: u64, story: u64, day: i64, chance: &mut Chance) -> String {
    let mut record: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let start = jiff::civil::date(2030, 1, 1);
    let days = |text: &str| text.parse::<jiff::civil::Date>().ok();
    let published = start + jiff::Span::new().days(day);
    let shift = record["published"]
        .as_str()
        .and_then(days)
        .map_or(0, |d| dateline_story::days::between(d, published));
    let moved = |v: &serde_json::Value| -> serde_json::Value {
        let day = v.as_str().and_then(days).and_then(|d| d.checked_add(jiff::Span::new().days(shift)).ok());
        day.map_or(serde_json::Value::Null, |d| d.to_string().into())
    };
    record["id"] = format!("r{n}").into();
    record["url"] = serde_json::Value::Null;
    record["publisher"] = format!("P{}", chance.below(400)).into();
    record["published"] = published.to_string().into();
    if let Some(entities) = record["entities"].as_array_mut() {
        for (k, e) in entities.iter_mut().enumerate() {
            if e["kind"] != "country" {
                e["name"] = name(story * 31 + k as u64).into();
            }
            let code: String = name(story * 7 + k as u64 % 3).to_uppercase().chars().take(3).collect();
            e["country"] = code.into();
        }
    }
    if let Some(events) = record["events"].as_array_mut() {
        for e in events.iter_mut().filter(|e| !e["when"].is_null()) {
            e["when"]["start"] = moved(&e["when"]["start"]);
            e["when"]["end"] = moved(&e["when"]["end"]);
        }
    }
    // Words change in place and keep their length, so that spans stay true.
    let text = record["text"].as_str().unwrap_or_default().to_owned();
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let plain = word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b' ');
        if plain && chance.below(5) < 3 {
            let seed = name(story * 101 + chance.below(60)).to_lowercase().repeat(3);
            out.push_str(&seed[..word.trim_end().len().min(seed.len())]);
            out.push_str(&word[word.trim_end().len().min(seed.len())..]);
        } else {
            out.push_str(word);
        }
    }
    record["text"] = out.into();
    record.to_string()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let given: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let mut chance = Chance(42);
    let mut reports: Vec<Report> = Vec::new();
    let (mut story, mut n) = (0, 0);
    let clock = Instant::now();
    while n < wanted {
        story += 1;
        // Few large stories, many small ones; a year of them.
        let size = (1 + 400 / (1 + chance.below(400))).min(wanted - n);
        let born = chance.below(365) as i64;
        let theme = chance.below(given.len() as u64);
        let mut last = String::new();
        for k in 0..size {
            let line = if k > 0 && chance.below(4) == 0 {
                let mut copy: serde_json::Value = serde_json::from_str(&last)?;
                copy["id"] = format!("r{n}").into();
                copy["publisher"] = format!("P{}", chance.below(400)).into();
                copy.to_string()
            } else {
                let source = &given[((theme + chance.below(3)) % given.len() as u64) as usize];
                retold(source, n, story, born + (k / 8) as i64, &mut chance)
            };
            reports.push(Report::from_json(&line)?);
            last = line;
            n += 1;
        }
    }
    let made = clock.elapsed();
    let clock = Instant::now();
    let linked = link(reports, None);
    println!(
        "{wanted} reports of {story} stories: made and taken in {:.0} s, linked in {:.1} s: {} groups, {} stories, {} events, {} plans; {}",
        made.as_secs_f64(),
        clock.elapsed().as_secs_f64(),
        linked.documents.iter().filter(|d| d.doc_id == d.first).count(),
        linked.stories.len(),
        linked.clusters.len(),
        linked.plans.len(),
        memory(),
    );
    Ok(())
}

/// The most memory that was used.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("memory not known").replace('\t', " ")
}
