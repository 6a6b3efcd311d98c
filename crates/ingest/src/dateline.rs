//! The line that opens wire copy: `JERUSALEM, Nov. 21 (AP) --`, `LONDON/PARIS (Reuters) —`, `new delhi:`.

use crate::dates::{self, Told};
use crate::table;
use dateline_core::{Dateline, Span};
use jiff::civil::Date;
use regex::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

/// No dateline is longer, in bytes.
const LONGEST: usize = 160;

static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let word = r"\p{L}[\p{L}\p{M}.'’`]*(?:-\p{L}[\p{L}\p{M}.'’`]*)*";
    let place = format!(r"{word}(?: {word}){{0,3}}");
    Regex::new(&format!(
        r"^(?P<place>{place}(?: ?/ ?{place})*)(?P<region>, ?{place}){{0,2}}?(?:,? ?(?P<date>(?i:{date})))?,?(?: ?[(\[](?P<agency>[^()\[\]]{{2,50}})[)\]])?,? ?(?P<mark>--+|[-–—_]+|:)(?:\s|$)",
        date = dates::words_pattern()
    ))
    .ok()
});

static CREDIT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\((?P<agency>[A-Z][\w ./&-]{1,30})\) ?(?:--+|[-–—]+) ").ok());

struct Words {
    places: HashSet<String>,
    labels: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { places: HashSet::new(), labels: HashSet::new() };
    for (_, line) in table::lines(include_str!("../../../knowledge/ingest/dateline_words.tsv")) {
        match line.split_once('\t') {
            Some(("place", place)) => drop(words.places.insert(place.to_lowercase())),
            Some((_, label)) => drop(words.labels.insert(label)),
            None => {}
        }
    }
    words
});

/// A dateline and the day in it as it is written.
pub(crate) struct Found {
    pub(crate) dateline: Dateline,
    pub(crate) told: Option<Told>,
}

impl Found {
    /// The dateline with its day resolved against the day of publication.
    pub(crate) fn resolved(&self, published: Option<Date>) -> Dateline {
        let date =
            self.told.as_ref().and_then(|told| published.map_or_else(|| told.date(), |day| told.near(day)));
        Dateline { date, ..self.dateline }
    }
}

/// The dateline at the head of `line`, which stands at byte `offset` of the text.
pub(crate) fn at_head(line: &str, offset: usize) -> Option<Found> {
    let head = &line[..floor(line, LONGEST)];
    let found = SHAPE.as_ref()?.captures(head)?;
    let place = found.name("place")?;
    let mark = found.name("mark")?;
    let name = place.as_str();
    let first = name.split('/').next().unwrap_or(name).trim();
    if WORDS.labels.contains(name) || WORDS.labels.contains(first.split(' ').next().unwrap_or(first)) {
        return None;
    }
    let told = found.name("date").and_then(|date| dates::in_words(date.as_str()));
    let known = || WORDS.places.contains(&first.to_lowercase());
    let in_capitals = name.chars().filter(|c| c.is_uppercase()).count() >= 2 && !has_lower_word(name);
    let capitalised =
        name.split([' ', '/']).all(|w| w.chars().next().is_none_or(char::is_uppercase) || w.len() <= 3);
    let colon = mark.as_str() == ":";
    let sure = if colon {
        known()
    } else if found.name("agency").is_some() || told.is_some() {
        capitalised || known()
    } else {
        in_capitals || known()
    };
    if !sure {
        return None;
    }
    let span = |start: usize, end: usize| Span::new((offset + start) as u32, (offset + end) as u32);
    let dateline =
        Dateline { span: span(0, mark.end()), place: span(place.start(), place.end()), date: None };
    Some(Found { dateline, told })
}

/// The length of an agency's credit that opens a line without a place: `(Reuters) - `.
pub(crate) fn credit_at_head(line: &str) -> Option<usize> {
    let found = CREDIT.as_ref()?.captures(&line[..floor(line, LONGEST)])?;
    found.get(0).map(|all| all.as_str().trim_end().len())
}

/// Whether a word of `name` is in small letters (`McLEAN` and `DAR es SALAAM` are not).
fn has_lower_word(name: &str) -> bool {
    name.split([' ', '/', '-'])
        .any(|word| word.chars().count() > 3 && word.chars().skip(2).any(char::is_lowercase))
        || !name
            .split([' ', '/', '-'])
            .any(|word| word.chars().count() > 1 && !word.chars().any(char::is_lowercase))
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::at_head;
    use jiff::civil::date;

    fn place(line: &str) -> Option<&str> {
        at_head(line, 0).map(|found| found.dateline.place.of(line))
    }

    #[test]
    fn forms_of_the_wires() {
        for (line, expected) in [
            ("JERUSALEM (AP) - The envoy left.", "JERUSALEM"),
            ("CAIRO, Nov. 21 - The envoy left.", "CAIRO"),
            ("WASHINGTON, Nov 21 (Reuters) — The envoy left.", "WASHINGTON"),
            ("PARIS, April 3 (AFP) -  The envoy left.", "PARIS"),
            ("BEIJING, Dec. 4 (Xinhua) -- The envoy left.", "BEIJING"),
            ("LONDON/PARIS (Reuters) - The envoy left.", "LONDON/PARIS"),
            ("BAGHDAD, Iraq (AP) _ The envoy left.", "BAGHDAD"),
            ("BAGHDAD, Iraq (AP) – The envoy left.", "BAGHDAD"),
            ("ST. LOUIS, Mo. (AP) -- The envoy left.", "ST. LOUIS"),
            ("UNITED NATIONS — The envoy left.", "UNITED NATIONS"),
            ("PORT-AU-PRINCE, 12 January 2010 (AFP) - The envoy left.", "PORT-AU-PRINCE"),
            ("Kabul - Taliban fighters left.", "Kabul"),
            ("New Delhi: The envoy left.", "New Delhi"),
            ("new delhi: the envoy left.", "new delhi"),
            ("Geneva, 21 November 2012 – The envoy left.", "Geneva"),
        ] {
            assert_eq!(place(line).unwrap_or(""), expected, "{line}");
        }
    }

    #[test]
    fn sentences_and_labels_are_none() {
        for line in [
            "BREAKING - The envoy left.",
            "ANALYSIS: Why the envoy left.",
            "Clinton: We will carry this message.",
            "The envoy - a former general - left.",
            "Obama - who spoke on Monday - left.",
            "Analysts said that: it will fail.",
            "UPDATE 2-The envoy left.",
            "US-led forces - some 3,000 men - left.",
        ] {
            assert_eq!(place(line), None, "{line}");
        }
    }

    #[test]
    fn the_day_is_resolved_by_the_day_of_publication() {
        let found = at_head("CAIRO, Dec. 30 (AP) - The envoy left.", 0).unwrap();
        assert_eq!(found.resolved(Some(date(2013, 1, 2))).date, Some(date(2012, 12, 30)));
        assert_eq!(found.resolved(None).date, None);
    }
}
