//! Reports of one ongoing story.

use crate::link::Document;
use crate::parts;
use crate::report::Report;
use crate::words::{Counts, Frequencies, Vector, each, number};
use dateline_core::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Average likeness from which reports are of one story.
pub const STORY: f32 = 0.15;

/// How much less alike reports are that lie far apart in time, and how fast (days).
const FAR: f32 = 0.4;
const FADES: f32 = 100.0;

/// How often a word of the headline counts beside the body.
const HEADLINE: usize = 3;

/// Words that are kept of a report, and those by which reports of one story are looked up.
const KEPT: usize = 100;
const KEYS: usize = 16;

/// What a report is about, and when it was published.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Its heaviest words.
    pub words: Vector,
    /// Day of publication.
    pub day: Option<Date>,
}

impl Subject {
    /// The subject of a report.
    pub fn new(title: &str, text: &str, removed: &[Span], day: Option<Date>) -> Self {
        let Counts(body) = Counts::of(text, removed);
        let mut words: Vec<u32> =
            body.iter().flat_map(|&(w, n)| std::iter::repeat_n(w, n as usize)).collect();
        each(title, |w| words.extend([number(w); HEADLINE]));
        Self { words: Frequencies::of_news().short_vector(&Counts::from_words(words), KEPT), day }
    }

    /// How much two reports look like one story, 0 to 1.
    pub fn likeness(&self, other: &Subject) -> f32 {
        let days = match (self.day, other.day) {
            (Some(a), Some(b)) => crate::days::between(a, b).unsigned_abs() as f32,
            _ => 0.0,
        };
        self.words.dot(&other.words) * (1.0 - FAR + FAR * (-days / FADES).exp())
    }

    /// The keys by which reports of one story find each other: the heaviest words.
    pub fn keys(&self) -> Vec<u64> {
        let mut words = self.words.0.clone();
        words.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(KEYS);
        words.into_iter().map(|(w, _)| u64::from(w)).collect()
    }
}

/// The story of each report: the smallest number among its reports. Reports are given in order of time.
pub fn group(subjects: &[&Subject]) -> Vec<u32> {
    let likeness = |a: usize, b: usize| subjects[a].likeness(subjects[b]);
    let edges = parts::edges(subjects.len(), STORY, |n| subjects[n].keys(), likeness);
    parts::group(subjects.len(), edges, STORY, likeness)
}

/// A story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Story {
    /// Identifier: made from its first report.
    pub id: String,
    /// Headline of its most central report.
    pub title: String,
    /// Day of its first report.
    pub begin: Option<Date>,
    /// Day of its last report.
    pub end: Option<Date>,
    /// Number of reports.
    pub documents: usize,
    /// Number of reports without copies.
    pub originals: usize,
    /// Reports a day, without copies.
    pub intensity: f32,
    /// Its reports.
    pub doc_ids: Vec<String>,
}

/// Reports of a story that are compared to find the central one.
const COMPARED: usize = 60;

/// Titles, days and intensity of stories; in the order of their first reports.
pub fn describe(reports: &[Report], documents: &[Document], story_of: &[u32]) -> Vec<Story> {
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (n, &first) in story_of.iter().enumerate() {
        members.entry(first).or_default().push(n);
    }
    let story = |(first, numbers): (u32, Vec<usize>)| {
        let sum = |&n: &usize| -> f32 {
            let others = numbers.iter().take(COMPARED);
            others.map(|&m| reports[n].subject.words.dot(&reports[m].subject.words)).sum()
        };
        let titled = numbers.iter().take(COMPARED).filter(|&&n| !reports[n].title.is_empty());
        let central = titled.map(|n| (sum(n), *n)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let days = numbers.iter().filter_map(|&n| reports[n].day);
        let (begin, end) = (days.clone().min(), days.max());
        let originals = numbers.iter().filter(|&&n| !documents[n].copy).count();
        let length = begin.zip(end).map_or(1, |(a, b)| crate::days::between(a, b) + 1);
        Story {
            id: documents[first as usize].story.clone(),
            title: central.map(|(_, n)| reports[n].title.clone()).unwrap_or_default(),
            begin,
            end,
            documents: numbers.len(),
            originals,
            intensity: originals as f32 / length as f32,
            doc_ids: numbers.iter().map(|&n| reports[n].id.clone()).collect(),
        }
    };
    members.into_iter().map(story).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(title: &str, day: i8) -> Subject {
        Subject::new(title, title, &[], Some(jiff::civil::date(2031, 3, day)))
    }

    #[test]
    fn reports_of_one_story_come_together() {
        let reports = [
            subject("Ferry sinks off northern coast, dozens drowned", 1),
            subject("Parliament votes down pension reform", 1),
            subject("Divers search wreck of sunken ferry off coast", 2),
            subject("Unions welcome vote on pension reform in parliament", 3),
        ];
        assert_eq!(group(&reports.each_ref()), [0, 1, 0, 1]);
    }

    #[test]
    fn nothing_is_no_story() {
        assert!(group(&[]).is_empty());
        assert_eq!(group(&[&Subject::default(), &Subject::default()]), [0, 1]);
    }
}
