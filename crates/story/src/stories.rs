//! Reports of one ongoing story.

use crate::blocks::{Blocks, Limits};
use crate::gist::Digest;
use crate::parts::{self, Grouping, Known, Likeness};
use crate::words::{Counts, Frequencies, Vector, each, number};
use dateline_core::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Average likeness from which reports are of one story.
pub(crate) const STORY: f32 = 0.15;

/// How much less alike reports are that lie far apart in time, and how fast (days).
const FAR: f32 = 0.4;
const FADES: f32 = 100.0;

/// How often a word of the headline counts beside the body.
const HEADLINE: usize = 3;

/// Words that are kept of a report, and those by which reports of one story are looked up.
const KEPT: usize = 100;
const KEYS: usize = 16;

/// How often a report may meet others under a word until only those are looked at with which it shares two of [`KEYS`].
const MANY: usize = 40 * KEYS;

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
        self.words.dot(&other.words) * self.near(other)
    }

    /// What of the likeness is left, so far apart in time.
    fn near(&self, other: &Subject) -> f32 {
        match (self.day, other.day) {
            (Some(a), Some(b)) if a != b => {
                let days = crate::days::between(a, b).unsigned_abs() as f32;
                1.0 - FAR + FAR * (-days / FADES).exp()
            }
            _ => 1.0,
        }
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
    group_known(subjects, Limits::default(), &Known::default()).groups
}

/// What is done at most for stories. No word is too common: of those that share one, the nearest in time are looked at. A report
/// has many words, so fewer are looked at for each than of events.
pub(crate) fn within(limits: Limits) -> Limits {
    Limits {
        too_common: usize::MAX,
        looked_at: limits.looked_at.min(80),
        at_once: limits.at_once.min(500),
        many: limits.many.min(MANY),
        ..limits
    }
}

/// The same as [`group`], where some of it is known.
pub(crate) fn group_known(subjects: &[&Subject], limits: Limits, known: &Known) -> Grouping {
    let keys = |n: u32, each: &mut dyn FnMut(u64)| subjects[n as usize].keys().into_iter().for_each(each);
    let limits = within(limits);
    let blocks = Blocks::new(subjects.len(), limits, keys, |_, _, _| {});
    parts::group(subjects.len(), &blocks, STORY, &Subjects(subjects), known)
}

pub(crate) struct Subjects<'a>(pub(crate) &'a [&'a Subject]);

impl Likeness for Subjects<'_> {
    fn of(&self, n: u32, _least: f32) -> impl FnMut(u32) -> f32 {
        let one = Compared::of(self.0[n as usize]);
        move |m| one.likeness(self.0[m as usize])
    }
}

/// A subject that is compared with many.
pub(crate) struct Compared<'a> {
    subject: &'a Subject,
    table: Table,
}

impl<'a> Compared<'a> {
    pub(crate) fn of(subject: &'a Subject) -> Self {
        Self { subject, table: Table::of(&subject.words) }
    }

    /// The same as [`Subject::likeness`].
    pub(crate) fn likeness(&self, other: &Subject) -> f32 {
        self.table.dot(&other.words) * self.subject.near(other)
    }
}

/// The words of one vector laid out to be looked up: comparing it with many takes a fraction of [`Vector::dot`].
struct Table {
    slots: Vec<(u32, f32)>,
    /// Marks by the upper bits of the words: most words of the others are not among these.
    marks: [u64; MARKS / 64],
}

/// Number of marks.
const MARKS: usize = 4096;

impl Table {
    fn of(words: &Vector) -> Self {
        let len = (4 * words.0.len()).next_power_of_two().max(8);
        let mut slots = vec![(0, 0.0); len];
        let mut marks = [0; MARKS / 64];
        for &(word, weight) in words.0.iter().filter(|w| w.1 > 0.0) {
            let mut at = word as usize & (len - 1);
            while slots[at].1 > 0.0 {
                at = (at + 1) & (len - 1);
            }
            slots[at] = (word, weight);
            let (place, bit) = mark(word);
            marks[place] |= bit;
        }
        Self { slots, marks }
    }

    fn dot(&self, other: &Vector) -> f32 {
        let mask = self.slots.len() - 1;
        let mut sum = 0.0;
        for &(word, weight) in &other.0 {
            let (place, bit) = mark(word);
            if self.marks[place] & bit == 0 {
                continue;
            }
            let mut at = word as usize & mask;
            while self.slots[at].1 > 0.0 {
                if self.slots[at].0 == word {
                    sum += self.slots[at].1 * weight;
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        sum
    }
}

/// Where a word is marked.
const fn mark(word: u32) -> (usize, u64) {
    let bit = word as usize / (1 << 20);
    (bit / 64, 1 << (bit % 64))
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

/// The reports of each story, in the order of their first reports.
pub(crate) fn members(story_of: &[u32]) -> Vec<Vec<u32>> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (n, &first) in story_of.iter().enumerate() {
        members.entry(first).or_default().push(n as u32);
    }
    members.into_values().collect()
}

/// Title, days and intensity of a story; `copy` tells whether another report stands for one.
pub(crate) fn describe(id: String, digests: &[Digest], numbers: &[u32], copy: impl Fn(u32) -> bool) -> Story {
    let digest = |n: u32| &digests[n as usize];
    let sum = |n: u32| -> f32 {
        let others = numbers.iter().take(COMPARED);
        others.map(|&m| digest(n).subject.words.dot(&digest(m).subject.words)).sum()
    };
    let titled = numbers.iter().copied().take(COMPARED).filter(|&n| !digest(n).title.is_empty());
    let central = titled.map(|n| (sum(n), n)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let days = numbers.iter().filter_map(|&n| digest(n).day);
    let (begin, end) = (days.clone().min(), days.max());
    let originals = numbers.iter().filter(|&&n| !copy(n)).count();
    let length = begin.zip(end).map_or(1, |(a, b)| crate::days::between(a, b) + 1);
    Story {
        id,
        title: central.map(|(_, n)| digest(n).title.to_string()).unwrap_or_default(),
        begin,
        end,
        documents: numbers.len(),
        originals,
        intensity: originals as f32 / length as f32,
        doc_ids: numbers.iter().map(|&n| digest(n).id.to_string()).collect(),
    }
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
    fn a_table_gives_the_same_as_both_lists() {
        let reports =
            [subject("Ferry sinks off northern coast", 1), subject("Ferry search off coast ends", 2)];
        let (one, other) = (&reports[0].words, &reports[1].words);
        assert!(one.dot(other) > 0.0 && (Table::of(one).dot(other) - one.dot(other)).abs() < f32::EPSILON);
        assert!(Table::of(&Vector::default()).dot(other) == 0.0);
    }

    #[test]
    fn nothing_is_no_story() {
        assert!(group(&[]).is_empty());
        assert_eq!(group(&[&Subject::default(), &Subject::default()]), [0, 1]);
    }
}
