//! Makes records of as many reports as are asked for, to measure linking on.
//!
//! `dateline read FOLDER --format jsonl | cargo run --release -p dateline-story --example scale -- 10000 > many.jsonl`, then
//! `dateline link many.jsonl --output linked/`.
//!
//! The reports are made from the records that are given, by a process meant to keep what makes linking hard:
//!
//! * Stories are born on the days of one year. Few are large and most are small: the size falls off as one through its rank,
//!   from 401 reports down to 2. A story gets eight reports a day.
//! * A story has one given record as its theme. Each of its reports is that record or one of the two after it, moved to the day
//!   of the report with all its dates, by one of 400 publishers.
//! * Countries stay as they are, so that some take part in much that goes on and most in little. Persons, organizations, groups
//!   and towns get names of a pool; the most frequent name of a thousand stands in every seventh story.
//! * Three in five of the longer words are replaced by words of the story, six for each length, which are drawn from the words of
//!   all records as often as they stand there. The words that tell events stay.
//! * One in four is a copy of the report of its story before, every other one of them cut after some of its sentences.
//!
//! No clock and no chance: linear congruential generators, one a story, seeded with its number. Memory does not grow.

use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::{BufRead, BufWriter, Write};

/// Stories that are made at once.
const AT_ONCE: u64 = 512;

/// A run of numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn of(seed: u64) -> Self {
        let mut chance = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D);
        chance.below(2);
        chance
    }

    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) * n) >> 31
    }

    /// A rank below `n` that falls off as one through it.
    fn rank(&mut self, n: u64) -> u64 {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        ((n as f64).powf(share) - 1.0) as u64
    }
}

/// Syllables of which names are made.
const PARTS: [&str; 24] = [
    "ka", "lo", "mi", "ren", "tas", "vor", "bel", "dun", "sho", "pri", "gal", "nem", "tor", "wes", "zan",
    "fel", "har", "jus", "qui", "ost", "yal", "cre", "bru", "und",
];

fn name(n: u64) -> String {
    let mut rest = n + 24 * 24;
    let mut name = String::new();
    while rest > 0 {
        name.push_str(PARTS[(rest % 24) as usize]);
        rest /= 24;
    }
    name[..1].to_uppercase() + &name[1..]
}

/// What all reports are made from.
struct Source {
    records: Vec<Value>,
    /// Longer words of all records, by length, as often as they stand there.
    words: Vec<Vec<String>>,
}

/// Longest word that is replaced, and the shortest.
const LENGTHS: std::ops::RangeInclusive<usize> = 6..=14;

fn is_plain(word: &str) -> bool {
    LENGTHS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase())
}

impl Source {
    fn read() -> Result<Self, Box<dyn std::error::Error>> {
        let records: Vec<Value> = std::io::stdin()
            .lock()
            .lines()
            .map(|line| Ok(serde_json::from_str(&line?)?))
            .collect::<Result<_, Box<dyn std::error::Error>>>()?;
        let mut words = vec![Vec::new(); LENGTHS.end() + 1];
        for record in &records {
            let text = record["text"].as_str().unwrap_or_default();
            for word in text.split(' ').filter(|w| is_plain(w)) {
                words[word.len()].push(word.to_owned());
            }
        }
        Ok(Self { records, words })
    }
}

/// What the reports of one story have in common.
struct Theatre {
    number: u64,
    words: Vec<Vec<String>>,
}

impl Theatre {
    fn new(number: u64, source: &Source, chance: &mut Chance) -> Self {
        let mut draw = |all: &Vec<String>| {
            let one = |_| all.get(chance.below(all.len() as u64) as usize).cloned();
            (0..6).filter_map(one).collect::<Vec<_>>()
        };
        Self { number, words: source.words.iter().map(&mut draw).collect() }
    }

    /// The name that the `k`-th party or place of a record has in this story.
    fn name(&self, k: u64) -> String {
        name(Chance::of(self.number * 1009 + k).rank(60_000))
    }

    /// The record of a day, as this story has it.
    fn retold(&self, record: &Value, id: &str, day: i64, chance: &mut Chance) -> Value {
        let mut record = record.clone();
        let start = jiff::civil::date(2030, 1, 1);
        let published = start.saturating_add(jiff::Span::new().days(day));
        let date = |v: &Value| v.as_str().and_then(|d| d.parse::<jiff::civil::Date>().ok());
        let shift = date(&record["published"]).map_or(0, |d| dateline_story::days::between(d, published));
        let moved = |v: &Value| {
            let day = date(v).and_then(|d| d.checked_add(jiff::Span::new().days(shift)).ok());
            day.map_or(Value::Null, |d| d.to_string().into())
        };
        record["id"] = id.into();
        record["url"] = Value::Null;
        record["publisher"] = format!("Publisher {}", chance.rank(400)).into();
        record["published"] = published.to_string().into();
        for (k, entity) in record["entities"].as_array_mut().into_iter().flatten().enumerate() {
            if entity["kind"] != "country" && entity["kind"] != "place" {
                entity["name"] = self.name(k as u64).into();
            }
        }
        for (k, place) in record["places"].as_array_mut().into_iter().flatten().enumerate() {
            if place["precision"] != "country" && place["precision"] != "region" {
                let rank = Chance::of(self.number * 1013 + k as u64).rank(60_000);
                place["name"] = name(rank).into();
                place["geonames"] = (rank + 1).into();
            }
        }
        let mut told = HashSet::new();
        for event in record["events"].as_array_mut().into_iter().flatten() {
            if !event["when"].is_null() {
                event["when"]["start"] = moved(&event["when"]["start"]);
                event["when"]["end"] = moved(&event["when"]["end"]);
            }
            for mention in event["mentions"].as_array().into_iter().flatten() {
                told.extend(mention["trigger"][0].as_u64());
            }
        }
        let title = record["title"].as_str().unwrap_or_default().to_owned();
        record["title"] = self.reworded(&title, |_| false, chance).into();
        let text = record["text"].as_str().unwrap_or_default().to_owned();
        record["text"] = self.reworded(&text, |at| told.contains(&at), chance).into();
        record
    }

    /// Words change in place and keep their length, so that spans stay true.
    fn reworded(&self, text: &str, keep: impl Fn(u64) -> bool, chance: &mut Chance) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for word in text.split_inclusive(' ') {
            let plain = word.trim_end();
            let own = self.words.get(plain.len()).filter(|own| is_plain(plain) && !own.is_empty());
            match own.filter(|_| !keep(at) && chance.below(5) < 3) {
                Some(own) => {
                    out.push_str(&own[chance.below(own.len() as u64) as usize]);
                    out.push_str(&word[plain.len()..]);
                }
                None => out.push_str(word),
            }
            at += word.chars().count() as u64;
        }
        out
    }
}

/// A copy, which may be cut.
fn copied(record: &Value, id: &str, chance: &mut Chance) -> Value {
    let mut copy = record.clone();
    copy["id"] = id.into();
    copy["publisher"] = format!("Publisher {}", chance.rank(400)).into();
    let sentences = copy["sentences"].as_array().map_or(0, Vec::len) as u64;
    if chance.below(2) == 0 && sentences > 6 {
        let kept = sentences / 2 + chance.below(sentences / 2);
        let end = copy["sentences"][kept as usize - 1][1].as_u64().unwrap_or(0);
        let text: String = copy["text"].as_str().unwrap_or_default().chars().take(end as usize).collect();
        copy["text"] = text.into();
        let within = |v: &Value| v.as_u64().is_some_and(|at| at <= end);
        for list in ["events", "statements", "sentences", "removed"] {
            if let Some(rows) = copy[list].as_array_mut() {
                rows.retain(|row| match list {
                    "events" => {
                        row["mentions"].as_array().is_some_and(|m| m.iter().all(|m| within(&m["clause"][1])))
                    }
                    "sentences" => within(&row[1]),
                    _ => within(&row["span"][1]),
                });
            }
        }
    }
    copy
}

/// The reports of a story, a line each.
fn story(number: u64, source: &Source) -> Vec<String> {
    let mut chance = Chance::of(number);
    let size = 1 + 400 / (1 + chance.below(400));
    let born = chance.below(365) as i64;
    let theme = chance.below(source.records.len() as u64);
    let theatre = Theatre::new(number, source, &mut chance);
    let mut lines = Vec::new();
    let mut last = json!(null);
    for k in 0..size {
        let id = format!("s{number}-{k}");
        last = if k > 0 && chance.below(4) == 0 {
            copied(&last, &id, &mut chance)
        } else {
            let record = &source.records[((theme + chance.below(3)) % source.records.len() as u64) as usize];
            theatre.retold(record, &id, born + (k / 8) as i64, &mut chance)
        };
        lines.push(last.to_string());
    }
    lines
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut left: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let source = Source::read()?;
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let mut first = 0;
    while left > 0 {
        let stories: Vec<Vec<String>> =
            (first..first + AT_ONCE).into_par_iter().map(|number| story(number, &source)).collect();
        for line in stories.iter().flatten().take(left) {
            writeln!(out, "{line}")?;
        }
        left = left.saturating_sub(stories.iter().map(Vec::len).sum());
        first += AT_ONCE;
    }
    out.flush()?;
    Ok(())
}
