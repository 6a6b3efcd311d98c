//! Linking on a cluster of machines: the steps of [`link()`](crate::link()) over portions of reports.
//!
//! Between the steps a cluster brings together what has a key, or a group, in common; each step looks at one such portion
//! alone. The keys, the comparisons and the grouping are those of one machine, so that the result is the same however the
//! portions are cut (a test holds it to that). Reports and acts go by their [`place`]: a string that sorts as one machine
//! sorts them, and tells the first of a group.

use crate::cluster::{self, Cluster};
use crate::link::{Document, identifier};
use crate::near::{self, Sketch};
use crate::parts;
use crate::deny::{self, Denial};
use crate::report::{Party, Report};
use crate::same;
use crate::stories::{self, Story};
use dateline_core::EventType;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Where a report stands in the order of time: its day and its identifier.
pub fn place(report: &Report) -> String {
    place_of_day(report.day, &report.id)
}

fn place_of_day(day: Option<Date>, id: &str) -> String {
    // What has no day comes first.
    let day = day.map_or(0, |d| i64::from(crate::days::number(d)) - i64::from(i32::MIN));
    format!("{day:010}\0{id}")
}

/// Where an act stands: its report and its number in it.
pub fn place_of_act(report: &str, number: u32) -> String {
    format!("{report}\0{number:05}")
}

/// Identifier of a group or story (`g`, `s`) whose first report has an identifier.
pub fn name(kind: char, first: &str) -> String {
    identifier(kind, &[first])
}

/// Pairs of reports that share shingles, with how many, out of all reports of some shingles: shingle, place and number of
/// shingles of a report. What two reports share under all portions is to be added up, and judged by [`near::enough`].
pub fn candidates(mut postings: Vec<(u32, String, u32)>) -> Vec<(String, String, u32, u32)> {
    postings.sort_unstable();
    let mut shared: FxHashMap<(&str, &str), (u32, u32)> = FxHashMap::default();
    for same in postings.chunk_by(|a, b| a.0 == b.0) {
        for (n, (_, report, length)) in same.iter().enumerate() {
            for (_, earlier, other) in &same[..n.min(near::MOST_POSTED)] {
                let entry = shared.entry((earlier, report)).or_insert((0, (*length).min(*other)));
                entry.0 += 1;
            }
        }
    }
    shared.into_iter().map(|((a, b), (n, least))| (a.to_owned(), b.to_owned(), n, least)).collect()
}

/// Whether candidates are copies, by how many shingles they share, the fewest that one of them has, and their sketches.
pub fn copies(shared: u32, least: u32, a: &Sketch, b: &Sketch) -> bool {
    near::enough(shared, (least, least)) && near::copies(a, b)
}

/// Things with the places they stand at, in order, and the number of each.
struct Things<T> {
    all: Vec<(String, T)>,
    numbers: FxHashMap<String, u32>,
}

impl<T> Things<T> {
    fn new(mut all: Vec<(String, T)>) -> Self {
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.dedup_by(|a, b| a.0 == b.0);
        let numbers = all.iter().zip(0..).map(|((place, _), n)| (place.clone(), n)).collect();
        Self { all, numbers }
    }

    fn get(&self, n: usize) -> &T {
        &self.all[n].1
    }

    /// Pairs that are alike, of all things that have some keys.
    fn edges(&self, keys: &[(u64, String)], least: f32, likeness: impl Fn(&T, &T) -> f32) -> Vec<Edge> {
        let mut of: Vec<Vec<u64>> = vec![Vec::new(); self.all.len()];
        for (key, place) in keys {
            of[self.numbers[place] as usize].push(*key);
        }
        parts::edges(of.len(), least, |n| of[n].clone(), |a, b| likeness(self.get(a), self.get(b)))
            .into_iter()
            .map(|(a, b, alike)| (self.all[a as usize].0.clone(), self.all[b as usize].0.clone(), alike))
            .collect()
    }

    /// The number of the first of each thing's group, of all things of some parts.
    fn groups(&self, edges: Vec<Edge>, least: f32, likeness: impl Fn(&T, &T) -> f32) -> Vec<u32> {
        let number = |place: &String| self.numbers.get(place).copied();
        let edges = edges.into_iter().filter_map(|(a, b, alike)| Some((number(&a)?, number(&b)?, alike)));
        parts::group(self.all.len(), edges.collect(), least, |a, b| likeness(self.get(a), self.get(b)))
    }
}

/// Two places, and how alike what stands there is.
pub type Edge = (String, String, f32);

/// A report as far as stories need it: `subject`, `title`, `day` and `id`, and whether it is a copy.
pub type Topic = (Report, bool);

fn of_one_story(a: &Topic, b: &Topic) -> f32 {
    a.0.subject.likeness(&b.0.subject)
}

/// Pairs of reports of one story, of all reports that share some words; by their key.
pub fn story_edges(rows: Vec<(u64, Topic)>) -> Vec<Edge> {
    let keys: Vec<(u64, String)> = rows.iter().map(|(key, topic)| (*key, place(&topic.0))).collect();
    let things = Things::new(rows.into_iter().map(|(_, topic)| (place(&topic.0), topic)).collect());
    things.edges(&keys, stories::STORY, of_one_story)
}

/// The stories of whole parts, given all edges between their reports: each story, with the places of its reports.
pub fn stories(topics: Vec<Topic>, edges: Vec<Edge>) -> Vec<(Story, Vec<String>)> {
    let things = Things::new(topics.into_iter().map(|topic| (place(&topic.0), topic)).collect());
    let first = things.groups(edges, stories::STORY, of_one_story);
    let reports: Vec<Report> = things.all.iter().map(|(_, topic)| topic.0.clone()).collect();
    let documents: Vec<Document> = things
        .all
        .iter()
        .zip(&first)
        .map(|((_, (report, copy)), &f)| {
            let story = name('s', &reports[f as usize].id);
            Document { copy: *copy, story, ..Document::of(report) }
        })
        .collect();
    let mut members: FxHashMap<&str, Vec<String>> = FxHashMap::default();
    for (document, (place, _)) in documents.iter().zip(&things.all) {
        members.entry(&document.story).or_default().push(place.clone());
    }
    let described = stories::describe(&reports, &documents, &first);
    described.into_iter().map(|story| (members.remove(&*story.id).unwrap_or_default(), story)).map(|(m, s)| (s, m)).collect()
}

/// An act with as much of its report as linking needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// The report with this act only.
    pub report: Report,
    /// Number of the act in the whole report.
    pub number: u32,
}

impl Piece {
    /// The acts of a report, one by one.
    pub fn all(report: &Report) -> Vec<Piece> {
        let bare = Report {
            acts: Vec::new(),
            sketch: Sketch::default(),
            quotes: Vec::new(),
            turns: Vec::new(),
            ..report.clone()
        };
        let piece = |(act, number): (&crate::Act, u32)| Piece {
            report: Report { acts: vec![act.clone()], ..bare.clone() },
            number,
        };
        report.acts.iter().zip(0..).map(piece).collect()
    }

    /// Where it stands.
    pub fn place(&self) -> String {
        place_of_act(&place(&self.report), self.number)
    }

    /// The keys under which tellings of one event meet.
    pub fn keys(&self) -> Vec<u64> {
        self.report.acts.first().map_or(Vec::new(), |act| same::keys(act, &self.report))
    }
}

fn of_one_event(a: &Piece, b: &Piece) -> f32 {
    let (Some(x), Some(y)) = (a.report.acts.first(), b.report.acts.first()) else { return 0.0 };
    same::likelihood(x, &a.report, y, &b.report, || a.report.subject.likeness(&b.report.subject))
}

/// Pairs of acts that are one event, of all acts that have some keys; by their key.
pub fn event_edges(rows: Vec<(u64, Piece)>) -> Vec<Edge> {
    let keys: Vec<(u64, String)> = rows.iter().map(|(key, piece)| (*key, piece.place())).collect();
    let things = Things::new(rows.into_iter().map(|(_, piece)| (piece.place(), piece)).collect());
    things.edges(&keys, same::SAME, of_one_event)
}

/// What is known of a report besides what it tells: its story, and the first report of its copies with its publisher.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Beside {
    /// Story.
    pub story: String,
    /// Place of the first report of its copies.
    pub first: String,
    /// Publisher of that report.
    pub publisher: Option<String>,
}

/// The events of whole parts, given all edges between their acts; each with what a denial is held against.
pub fn clusters(pieces: Vec<(Piece, Beside)>, edges: Vec<Edge>) -> Vec<(Cluster, Option<Deniable>)> {
    let things = Things::new(pieces.into_iter().map(|row| (row.0.place(), row)).collect());
    let first = things.groups(edges, same::SAME, |a, b| of_one_event(&a.0, &b.0));
    let mut members: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (n, &first) in first.iter().enumerate() {
        members.entry(first).or_default().push(n);
    }
    let merged = |m: Vec<usize>| merged(&m.into_iter().map(|n| things.get(n)).collect::<Vec<_>>());
    members.into_values().map(merged).collect()
}

/// Merges the tellings of one event, in order.
fn merged(tellings: &[&(Piece, Beside)]) -> (Cluster, Option<Deniable>) {
    let (mut reports, mut documents, mut groups, mut acts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut firsts: Vec<&Beside> = tellings.iter().map(|(_, beside)| beside).collect();
    firsts.sort_by(|a, b| a.first.cmp(&b.first));
    firsts.dedup_by(|a, b| a.first == b.first);
    for (piece, beside) in tellings {
        if reports.last().is_none_or(|r: &Report| r.id != piece.report.id) {
            reports.push(Report { acts: Vec::new(), ..piece.report.clone() });
            documents.push(Document { story: beside.story.clone(), ..Document::of(&piece.report) });
            groups.push(&beside.first);
        }
        if let Some(report) = reports.last_mut() {
            acts.push((documents.len() as u32 - 1, report.acts.len() as u32));
            report.acts.extend(piece.report.acts.iter().cloned());
        }
    }
    // The first reports of the copies stand behind, with their publishers alone.
    let behind = reports.len();
    let number = |first: &String| behind + firsts.partition_point(|b| b.first < *first);
    let groups: Vec<u32> = groups.into_iter().map(|g| number(g) as u32).collect();
    reports.extend(firsts.iter().map(|b| Report { publisher: b.publisher.clone(), ..Report::default() }));
    let cluster = cluster::merge(&reports, &documents, &groups, acts);
    let lead = &reports[cluster.lead.0 as usize].acts[cluster.lead.1 as usize];
    let deniable = deny::can_be_denied(&cluster).then(|| Deniable {
        place: place_of_cluster(&cluster),
        event_type: cluster.event_type,
        day: cluster.day(),
        actors: cluster.actors.clone(),
        sources: cluster.sources,
        words: lead.words.clone(),
    });
    (cluster, deniable)
}

/// Where a cluster stands among all: its day and its identifier.
pub fn place_of_cluster(cluster: &Cluster) -> String {
    place_of_day(cluster.day(), &cluster.id)
}

/// What is known of an event that somebody may deny.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deniable {
    /// Place of the cluster.
    pub place: String,
    event_type: EventType,
    day: Option<Date>,
    actors: Vec<Party>,
    sources: usize,
    words: Vec<u32>,
}

impl Deniable {
    /// The keys under which it meets what denies it.
    pub fn keys(&self) -> Vec<u64> {
        self.actors.iter().map(|party| key_of_denial(self.event_type, party.key())).collect()
    }
}

const fn key_of_denial(event_type: EventType, key: u32) -> u64 {
    ((event_type as u64) << 32) | key as u64
}

impl Piece {
    /// The keys under which a denial meets what it denies, one an actor; none when it denies nothing.
    pub fn denial_keys(&self) -> Vec<u64> {
        let Some(act) = self.report.acts.first() else { return Vec::new() };
        let Some(event_type) = deny::denies(act) else { return Vec::new() };
        self.report.names(&act.actors).map(|party| key_of_denial(event_type, party.key())).collect()
    }

    /// Who denies, and in which report.
    pub fn denial(&self) -> Option<Denial> {
        self.report.acts.first().map(|act| Denial::of(&self.report, act))
    }
}

/// A denial's place, the number of its actor, how well it answers an event, and the place of that event.
pub type Answer = (String, u32, f32, String);

/// What the events and denials of some keys have to do with each other; denials come with the number of the actor that the
/// key is of. Of all answers of a denial the worthiest counts, then the first actor's, then the first event's.
pub fn answers(events: &[(u64, Deniable)], denials: &[(u64, u32, Piece)]) -> Vec<Answer> {
    let mut by_key: FxHashMap<u64, Vec<&Deniable>> = FxHashMap::default();
    for (key, event) in events {
        by_key.entry(*key).or_default().push(event);
    }
    let mut answers = Vec::new();
    for (key, actor, piece) in denials {
        let Some(act) = piece.report.acts.first() else { continue };
        for event in by_key.get(key).map_or(&[][..], Vec::as_slice) {
            let Deniable { day, actors, sources, words, .. } = event;
            let target = deny::Target { day: *day, actors, sources: *sources, words };
            if let Some(worth) = deny::worth(&piece.report, act, &target) {
                answers.push((piece.place(), *actor, worth, event.place.clone()));
            }
        }
    }
    answers
}

/// A cluster, as JSON, with the denials that are of it, in order.
///
/// # Errors
/// When it is no cluster.
pub fn denied(cluster: &str, denials: &[Denial]) -> Result<String, serde_json::Error> {
    let mut cluster: serde_json::Value = serde_json::from_str(cluster)?;
    let mut claims: Vec<cluster::Claim> = serde_json::from_value(cluster["claims"].take())?;
    denials.iter().for_each(|denial| deny::claim(&mut claims, denial));
    cluster["claims"] = serde_json::to_value(claims)?;
    cluster["disputed"] = true.into();
    serde_json::to_string(&cluster)
}
