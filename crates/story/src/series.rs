//! Counts and scores over time, for each dyad or country.

use crate::choice::Choice;
use crate::days;
use crate::link::Linked;
use dateline_core::codes::Status;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Length of a step of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

/// Whose acts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// What one country, or organization, does to another.
    Dyad,
    /// What a country takes part in, on either side.
    Country,
}

/// One step of one dyad or country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// First day of the step.
    pub date: Date,
    /// Country or code that acts; the country.
    pub source: String,
    /// Country or code that is acted upon; null for countries.
    pub target: Option<String>,
    /// Number of events.
    pub events: u32,
    /// Number of reports that tell them.
    pub reports: u32,
    /// Sum of their independent sources.
    pub sources: u32,
    /// Verbal cooperation.
    pub quad1: u32,
    /// Material cooperation.
    pub quad2: u32,
    /// Verbal conflict.
    pub quad3: u32,
    /// Material conflict.
    pub quad4: u32,
    /// Sum of the PLOVER scores.
    pub score_sum: f32,
    /// Their mean.
    pub score_mean: f32,
    /// Dead, as the latest reports have it.
    pub killed: u64,
}

/// The columns of [`Row`].
pub const COLUMNS: [&str; 13] = [
    "date",
    "source",
    "target",
    "events",
    "reports",
    "sources",
    "quad1",
    "quad2",
    "quad3",
    "quad4",
    "score_sum",
    "score_mean",
    "killed",
];

/// First day of the step a day lies in.
fn begin(step: Step, date: Date) -> Date {
    match step {
        Step::Day => date,
        Step::Week => {
            // Day 4 of our count was a Monday.
            let back = (days::number(date) - 4).rem_euclid(7);
            date.saturating_sub(jiff::Span::new().days(back))
        }
        Step::Month => date.first_of_month(),
    }
}

/// The rows that are asked for, by day, source and target. Events that took place count, each once.
pub fn rows(linked: &Linked, choice: &Choice, step: Step, unit: Unit) -> Vec<Row> {
    let mut rows: BTreeMap<(Date, String, Option<String>), Row> = BTreeMap::new();
    for cluster in &linked.clusters {
        let real = matches!(cluster.status, Status::Happened | Status::Ongoing) && !cluster.background;
        let Some(date) = cluster.day().filter(|_| real && choice.has(linked, cluster)) else { continue };
        let name = |p: &crate::Party| p.country.map_or_else(|| p.code.clone(), |c| c.to_string());
        let side = |list: &[crate::Party]| {
            // What others do along with the two that are asked for is none of theirs.
            let asked = list.iter().filter(|p| choice.has_side(p));
            let mut all: Vec<String> = asked.map(name).filter(|n| !n.is_empty()).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let (actors, recipients) = (side(&cluster.actors), side(&cluster.recipients));
        let keys: Vec<(String, Option<String>)> = match unit {
            Unit::Country => {
                let mut all = [actors, recipients].concat();
                all.sort_unstable();
                all.dedup();
                all.into_iter().map(|c| (c, None)).collect()
            }
            // Those who meet act on each other.
            Unit::Dyad if recipients.is_empty() => pairs(&actors, &actors),
            Unit::Dyad => pairs(&actors, &recipients),
        };
        for (source, target) in keys {
            let first = begin(step, date);
            let row = rows
                .entry((first, source.clone(), target.clone()))
                .or_insert_with(|| Row::empty(first, source, target));
            row.add(cluster);
        }
    }
    rows.into_values().collect()
}

fn pairs(from: &[String], to: &[String]) -> Vec<(String, Option<String>)> {
    from.iter()
        .flat_map(|a| to.iter().filter(move |b| a != *b).map(move |b| (a.clone(), Some(b.clone()))))
        .collect()
}

impl Row {
    const fn empty(date: Date, source: String, target: Option<String>) -> Self {
        Self {
            date,
            source,
            target,
            events: 0,
            reports: 0,
            sources: 0,
            quad1: 0,
            quad2: 0,
            quad3: 0,
            quad4: 0,
            score_sum: 0.0,
            score_mean: 0.0,
            killed: 0,
        }
    }

    fn add(&mut self, cluster: &crate::Cluster) {
        self.events += 1;
        self.reports += cluster.documents as u32;
        self.sources += cluster.sources as u32;
        match cluster.quad {
            1 => self.quad1 += 1,
            2 => self.quad2 += 1,
            3 => self.quad3 += 1,
            _ => self.quad4 += 1,
        }
        self.score_sum += cluster.score;
        self.score_mean = self.score_sum / self.events as f32;
        self.killed += cluster.magnitude.killed.unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_begin_on_monday() {
        assert_eq!(begin(Step::Week, date(2012, 11, 21)), date(2012, 11, 19));
        assert_eq!(begin(Step::Week, date(2012, 11, 19)), date(2012, 11, 19));
        assert_eq!(begin(Step::Week, date(2012, 11, 25)), date(2012, 11, 19));
        assert_eq!(begin(Step::Month, date(2012, 11, 25)), date(2012, 11, 1));
    }

    #[test]
    fn of_a_dyad_only_its_two_sides_have_rows() {
        let party = |id: &str, name: &str, country: Option<&str>| {
            serde_json::json!({"id": id, "name": name, "kind": "country", "title": null, "country": country,
                "sector": "GOV", "code": country.map_or("IGO".to_owned(), |c| format!("{c}GOV"))})
        };
        let text = "Peru and the Union condemned Ecuador.";
        let line = serde_json::json!({
            "schema_version": "1", "id": "a", "title": "", "published": "2031-06-02", "text": text, "sentences": [[0, text.len()]],
            "entities": [party("e0", "Peru", Some("PER")), party("e1", "Union", None), party("e2", "Ecuador", Some("ECU"))],
            "events": [{"id": "a-1", "type": "ACCUSE", "mode": null, "status": "happened", "actors": ["e0", "e1"],
                "recipients": ["e2"], "quad": 3, "score": -2.0, "confidence": 0.6,
                "mentions": [{"sentence": 0, "clause": [0, text.len()], "trigger": [19, 28]}]}]
        });
        let linked = crate::link(vec![crate::Report::from_json(&line.to_string()).unwrap()], None);
        let pairs = |choice: &Choice| -> Vec<(String, Option<String>)> {
            rows(&linked, choice, Step::Day, Unit::Dyad).into_iter().map(|r| (r.source, r.target)).collect()
        };
        assert_eq!(pairs(&Choice::default()).len(), 2);
        let asked = Choice { dyad: Some(("PER".to_owned(), "ECU".to_owned())), ..Choice::default() };
        assert_eq!(pairs(&asked), [("PER".to_owned(), Some("ECU".to_owned()))]);
    }
}
