//! Which place and which time of a report are those of an act: trained choices among all that it names, or none of them.

mod candidates;
mod chooser;
mod clause;
mod meant;
pub(crate) mod places;
mod scene;
pub(crate) mod times;

pub(crate) use chooser::Chooser;
pub(in crate::settle) use clause::phrase;
pub(crate) use scene::Scene;

use dateline_events::Occurrence;

/// Takes the features of a candidate, one after the other.
pub(crate) trait Take {
    /// Takes one feature.
    fn take(&mut self, feature: std::fmt::Arguments<'_>);
}

/// Features as they are read, for training.
impl Take for Vec<String> {
    fn take(&mut self, feature: std::fmt::Arguments<'_>) {
        self.push(feature.to_string());
    }
}

/// Gives features to what takes them: `put!(take, "near {}", distance)`.
macro_rules! put {
    ($take:expr, $($words:tt)*) => { $take.take(format_args!($($words)*)) };
}
use put;

/// Candidates up to which all are weighed for every act; in longer reports those named first and those named near it.
const MOST: usize = 256;
/// Of the candidates of long reports so many of the first are weighed for every act.
const FIRST: usize = 8;
/// Tellings of an act around which candidates are looked for, and mentions before and behind each.
const TELLINGS: usize = 12;
const NEAR: usize = 8;

/// Which of many candidates are weighed for an act, in order; none: all of them. `near` tells where in a list of mentions a
/// telling stands, and which candidates each mention means.
fn in_reach<'a, M: ExactSizeIterator<Item = &'a [u32]>>(
    candidates: usize,
    tellings: &[Occurrence],
    near: impl Fn(&Occurrence) -> (usize, M),
) -> Option<Vec<u32>> {
    if candidates <= MOST {
        return None;
    }
    let mut found: Vec<u32> = (0..FIRST as u32).collect();
    for o in tellings.iter().take(TELLINGS) {
        let (at, mentions) = near(o);
        found.extend(mentions.skip(at.saturating_sub(NEAR)).take(2 * NEAR).flatten());
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

/// Which of some mentions in text order may be the nearest to a sentence: those in it, else the last one before and the
/// first one behind.
fn around<T>(mentions: &[T], sentence_of: impl Fn(&T) -> u32, sentence: u32) -> std::ops::Range<usize> {
    let low = mentions.partition_point(|m| sentence_of(m) < sentence);
    let high = mentions.partition_point(|m| sentence_of(m) <= sentence);
    if low < high { low..high } else { low.saturating_sub(1)..mentions.len().min(low + 1) }
}

/// How many sentences lie between two, in steps that matter.
fn sentences_apart(a: u32, b: u32) -> &'static str {
    match a.abs_diff(b) {
        0 => "0",
        1 => "1",
        2..=3 => "2-3",
        4..=8 => "4-8",
        _ => "9+",
    }
}

/// How many words lie between two, in steps that matter.
fn words_apart(a: u32, b: u32) -> &'static str {
    match a.abs_diff(b) {
        0..=2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "12",
        13..=20 => "20",
        _ => "far",
    }
}

#[cfg(test)]
pub(in crate::settle) mod tests {
    use crate::reader::{Reader, Reading};
    use crate::{Model, Record};
    use dateline_core::Document;
    use dateline_core::document::Meta;
    use jiff::civil::date;

    fn document(text: &str) -> Document {
        Document::new(Meta { published: Some(date(2012, 11, 23)), ..Meta::default() }, text)
    }

    /// A report that came out on Friday, November 23, 2012.
    pub(in crate::settle) fn reading(text: &str) -> Reading {
        Reader::new(&Model::embedded().unwrap()).reading(document(text))
    }

    fn record(text: &str) -> Record {
        Reader::new(&Model::embedded().unwrap()).read_document(document(text))
    }

    fn place(text: &str) -> Option<String> {
        let record = record(text);
        let id = record.events[0].place.clone()?;
        record.places.into_iter().find(|p| p.id == id).map(|p| p.name)
    }

    fn days(text: &str) -> Option<String> {
        let when = record(text).events[0].when.clone()?;
        Some(format!("{}..{}", when.start, when.end))
    }

    #[test]
    fn the_adjunct_of_an_act_is_its_place() {
        assert_eq!(place("Police arrested three protesters in Cairo on Monday.").unwrap(), "Cairo");
        assert_eq!(place("Clinton visited Jordan on Tuesday.").unwrap(), "Jordan");
    }

    #[test]
    fn the_passage_tells_the_place_where_the_clause_does_not() {
        let text = "Hundreds of people rallied in Cairo on Monday. Police arrested three protesters.";
        let record = record(text);
        let arrest = record.events.iter().find(|e| e.event_type == dateline_core::EventType::Coerce).unwrap();
        assert_eq!(arrest.place, record.events[0].place);
        assert!(arrest.place.is_some());
    }

    #[test]
    fn the_time_of_its_clause_is_that_of_an_act() {
        assert_eq!(days("Clinton met Netanyahu in Jerusalem on Tuesday.").unwrap(), "2012-11-20..2012-11-20");
        assert_eq!(days("Putin will visit India next week.").unwrap(), "2012-11-26..2012-12-02");
    }

    #[test]
    fn a_report_without_a_time_tells_none() {
        assert_eq!(days("Police have arrested three protesters in Cairo."), None);
    }
}
