//! What went on, day by day.

use crate::choice::Choice;
use crate::cluster::Cluster;
use crate::link::Linked;
use crate::page::{Item, Page, Section};
use crate::{days, excerpt, say};
use dateline_core::codes::Status;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// A line of a timeline: what one sentence tells, and all reports of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Day; of the first report where the event's own is not told.
    pub date: Option<Date>,
    /// Last day, where the event is known to a span of days.
    pub until: Option<Date>,
    /// Whether the day is that of the report.
    pub reported: bool,
    /// PLOVER types of the events, with modes.
    pub types: Vec<String>,
    /// Whether it took place.
    pub status: Status,
    /// Whether some deny it.
    pub disputed: bool,
    /// Who, by name.
    pub actors: Vec<String>,
    /// To whom, by name.
    pub recipients: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// The sentence.
    pub text: String,
    /// On whose word, where no report asserts it.
    pub voices: Vec<String>,
    /// Number of independent sources.
    pub sources: usize,
    /// Reports.
    pub doc_ids: Vec<String>,
    /// Clusters.
    pub clusters: Vec<String>,
    /// How much it matters: well told, severe, and sure.
    pub weight: f32,
}

/// Least confidence of what one source alone tells.
const SURE: f32 = 0.3;

/// The lines that are asked for, by day, the weightiest first within a day.
pub fn entries(linked: &Linked, choice: &Choice) -> Vec<Entry> {
    let mut by_text: BTreeMap<(&str, &str), Vec<&Cluster>> = BTreeMap::new();
    for cluster in linked.clusters.iter().filter(|c| worth_telling(c) && choice.has(linked, c)) {
        by_text.entry((&cluster.text_doc, &cluster.text)).or_default().push(cluster);
    }
    let mut entries: Vec<Entry> = by_text.into_values().map(|c| entry(&c)).collect();
    entries.sort_by(|a, b| a.date.cmp(&b.date).then(b.weight.total_cmp(&a.weight)).then(a.text.cmp(&b.text)));
    entries
}

/// Whether an event belongs on a timeline: it took place or is said to have, and it is sure enough.
fn worth_telling(cluster: &Cluster) -> bool {
    let real = matches!(cluster.status, Status::Happened | Status::Ongoing);
    let parties = !cluster.actors.is_empty() || !cluster.recipients.is_empty();
    real && parties && !cluster.background && (cluster.sources > 1 || cluster.confidence >= SURE)
}

/// How much an event matters.
pub fn weight(cluster: &Cluster) -> f32 {
    let dead = cluster.magnitude.killed.map_or(0.0, |n| (1.0 + n as f32).ln().min(5.0));
    // What is done against somebody is news more often than what is done for him.
    let severe = if cluster.score < 0.0 { -cluster.score } else { 0.6 * cluster.score } / 10.0;
    let vague = if cluster.when.is_none() { 0.4 } else { 0.0 }
        + if cluster.status == Status::Ongoing { 0.3 } else { 0.0 };
    let unclear = if excerpt::stands_alone(&cluster.text) { 0.0 } else { 0.6 };
    2.0 * (cluster.sources as f32).ln() + 1.5 * severe + 0.5 * dead + cluster.confidence - unclear - vague
}

fn entry(clusters: &[&Cluster]) -> Entry {
    let main = clusters
        .iter()
        .max_by(|a, b| weight(a).total_cmp(&weight(b)).then(b.id.cmp(&a.id)))
        .unwrap_or(&clusters[0]);
    let mut doc_ids: Vec<String> = vec![main.text_doc.clone()];
    for id in clusters.iter().flat_map(|c| &c.members).map(|m| &m.doc_id) {
        if !doc_ids.contains(id) {
            doc_ids.push(id.clone());
        }
    }
    let names = |list: &[crate::Party]| list.iter().map(|p| p.name.clone()).collect();
    let voices =
        if main.asserted() { Vec::new() } else { main.claims.iter().filter_map(|c| c.who.clone()).collect() };
    Entry {
        date: main.day(),
        until: main.when.filter(|w| w.end != w.start).map(|w| w.end),
        reported: main.when.is_none(),
        types: clusters.iter().map(|c| say::kind(c.event_type, c.mode.as_deref())).collect(),
        status: main.status,
        disputed: clusters.iter().any(|c| c.disputed),
        actors: names(&main.actors),
        recipients: names(&main.recipients),
        place: main.place.as_ref().map(|p| p.name.clone()),
        text: main.text.clone(),
        voices,
        sources: clusters.iter().map(|c| c.sources).max().unwrap_or(1),
        doc_ids,
        clusters: clusters.iter().map(|c| c.id.clone()).collect(),
        weight: weight(main),
    }
}

/// A line for people.
pub fn item(entry: &Entry) -> Item {
    let mut note = Vec::new();
    if entry.reported {
        note.extend(entry.date.map(|d| format!("reported {}", days::short(d))));
    } else if let (Some(from), Some(to)) = (entry.date, entry.until) {
        note.push(days::range(from, to));
    }
    if entry.disputed {
        note.push("disputed".to_owned());
    }
    if entry.sources > 1 {
        note.push(format!("{} sources", entry.sources));
    }
    Item {
        text: say::sentence(&entry.text),
        note: if note.is_empty() { String::new() } else { format!("({})", note.join(", ")) },
        cites: entry.doc_ids.clone(),
        ..Item::default()
    }
}

/// The lines as a page, a heading a day.
pub fn page(linked: &Linked, choice: &Choice) -> Page {
    let entries = entries(linked, choice);
    let mut sections: Vec<Section> = Vec::new();
    for entry in &entries {
        let heading = entry.date.map_or_else(|| "Day unknown".to_owned(), days::full);
        match sections.last_mut().filter(|s| s.heading == heading) {
            Some(section) => section.items.push(item(entry)),
            None => sections.push(Section { heading, level: 2, items: vec![item(entry)] }),
        }
    }
    let intro = format!(
        "{}, from {}.",
        say::count(entries.len(), "line"),
        say::count(linked.reports.len(), "report")
    );
    Page { title: "Timeline".to_owned(), intro, sections }
}
