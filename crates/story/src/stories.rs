//! Reports of one ongoing story.

use crate::linkage;
use crate::near::Groups;
use crate::words::{Counts, Frequencies, Vector, each, number};
use dateline_core::Span;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Average likeness from which reports are of one story.
const STORY: f32 = 0.15;

/// How much less alike reports are that lie far apart in time, and how fast (days).
const FAR: f32 = 0.4;
const FADES: f32 = 100.0;

/// How often a word of the headline counts beside the body.
const HEADLINE: usize = 3;

/// Words that are kept of a report, and those by which reports of one story are looked up.
const KEPT: usize = 100;
const KEYS: usize = 16;

/// Reports that are looked at for one key, the latest first.
const MOST_LOOKED_AT: usize = 200;

/// Reports up to which average linkage is affordable.
const MOST_AT_ONCE: usize = 1500;

/// What a report is about, and when it was published.
#[derive(Clone, Debug, Default, PartialEq)]
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
        let mut words: Vec<u32> = body.iter().flat_map(|&(w, n)| std::iter::repeat_n(w, n as usize)).collect();
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
    pub fn keys(&self) -> Vec<u32> {
        let mut words = self.words.0.clone();
        words.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.truncate(KEYS);
        words.into_iter().map(|(w, _)| w).collect()
    }
}

/// The story of each report: the smallest number among its reports. Reports are given in order of time.
///
/// A pair below [`STORY`] can only come together by way of pairs above, so reports fall into parts that are linked by such
/// pairs, and only within a part are all compared with all. A part that is too large is cut at higher likeness first.
pub fn group(subjects: &[Subject]) -> Vec<u32> {
    let mut edges = edges(subjects);
    edges.sort_unstable_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut parts = Groups::new(subjects.len());
    let mut sizes = vec![1_usize; subjects.len()];
    for (a, b, _) in edges {
        let (a, b) = (parts.leader(a), parts.leader(b));
        let size = sizes[a as usize] + sizes[b as usize];
        if a != b && size <= MOST_AT_ONCE {
            parts.join(a, b);
            sizes[a.min(b) as usize] = size;
        }
    }
    let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for n in 0..subjects.len() as u32 {
        members.entry(parts.leader(n)).or_default().push(n);
    }
    let mut stories: Vec<u32> = (0..subjects.len() as u32).collect();
    for part in members.values().filter(|p| p.len() > 1) {
        let of = |n: usize| &subjects[part[n] as usize];
        for (k, first) in linkage::average(part.len(), STORY, |a, b| of(a).likeness(of(b))).into_iter().enumerate() {
            stories[part[k] as usize] = part[first as usize];
        }
    }
    stories
}

/// Pairs of reports that share a key and are alike enough.
fn edges(subjects: &[Subject]) -> Vec<(u32, u32, f32)> {
    let mut postings: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut edges = Vec::new();
    let mut met = Vec::new();
    for (n, subject) in subjects.iter().enumerate() {
        met.clear();
        let keys = subject.keys();
        for key in &keys {
            let reports = postings.get(key).map_or(&[][..], Vec::as_slice);
            met.extend(reports.iter().rev().take(MOST_LOOKED_AT));
        }
        met.sort_unstable();
        met.dedup();
        for &other in &met {
            let likeness = subject.likeness(&subjects[other as usize]);
            if likeness >= STORY {
                edges.push((other, n as u32, likeness));
            }
        }
        keys.into_iter().for_each(|key| postings.entry(key).or_default().push(n as u32));
    }
    edges
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
        assert_eq!(group(&reports), [0, 1, 0, 1]);
    }

    #[test]
    fn nothing_is_no_story() {
        assert!(group(&[]).is_empty());
        assert_eq!(group(&[Subject::default(), Subject::default()]), [0, 1]);
    }
}
