//! Days as pages and papers write them: `2012-11-21T18:02:00Z`, `Nov. 21, 2012`, `/2012/11/21/`.

use jiff::civil::Date;
use regex::{Captures, Regex};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

const MONTHS: &str = "january|february|march|april|may|june|july|august|september|october|november|december|\
                      jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec";

/// A day that is told in words, the year perhaps left to the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) year: Option<i16>,
    pub(crate) month: i8,
    pub(crate) day: i8,
    /// Where it stands in the text that was searched.
    pub(crate) at: Range<usize>,
}

impl Told {
    /// The day itself, when the year is told.
    pub(crate) fn date(&self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day).ok()
    }

    /// The day meant in a report of `published`: the last such day that is not behind it. Two days of grace,
    /// for reports are dated where they are printed.
    pub(crate) fn near(&self, published: Date) -> Option<Date> {
        let year = self.year.unwrap_or(published.year());
        let date = Date::new(year, self.month, self.day).ok()?;
        if self.year.is_none() && date > published.saturating_add(jiff::Span::new().days(2)) {
            return Date::new(year - 1, self.month, self.day).ok();
        }
        Some(date)
    }
}

/// A regular expression for a day in words, without groups, to build others from.
pub(crate) fn words_pattern() -> String {
    format!(
        r"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})(?-u:\b)\.?|(?:{MONTHS})(?-u:\b)\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?-u:\b))(?:,?\s+\d{{4}}(?-u:\b))?"
    )
}

static WORDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)(?-u:\b)(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{MONTHS})(?-u:\b)\.?|(?P<m2>{MONTHS})(?-u:\b)\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?-u:\b))(?:,?\s+(?P<y>\d{{4}})(?-u:\b))?"
    ))
    .ok()
});
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?-u:\b)(?P<y>(?:19|20)\d\d)(?:[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<mm>\d\d)(?P<dd>\d\d))(?:\D|$)",
    )
    .ok()
});
static URL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?i)[/-](?P<y>(?:19|20)\d\d)(?:[/-](?P<m>\d\d?|{MONTHS})[/-](?P<d>\d\d?)(?:[/._-]|$)|(?P<mm>\d\d)(?P<dd>\d\d)(?:\d{{0,6}})(?:[/._-]|$))"
    ))
    .ok()
});
static LINE_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    crate::table::lines(include_str!("../../../knowledge/ingest/date_line_words.tsv"))
        .map(|(_, word)| word)
        .collect()
});

/// The first day told in words in `text`.
pub(crate) fn in_words(text: &str) -> Option<Told> {
    let found = WORDS.as_ref()?.captures(text)?;
    let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse().ok());
    let month = month_number(found.name("m1").or_else(|| found.name("m2"))?.as_str())?;
    let day = number("d1").or_else(|| number("d2")).filter(|day| (1..=31).contains(day))?;
    let year =
        found.name("y").and_then(|m| m.as_str().parse().ok()).filter(|year| (1800..=2200).contains(year));
    Some(Told { year, month, day, at: found.get(0)?.range() })
}

/// The day in a machine-readable value: ISO 8601 (with or without time), `20121121`, or a day in words with its
/// year. The day is the one written, in whatever time zone.
pub fn in_value(value: &str) -> Option<Date> {
    let value = value.trim();
    from_groups(ISO.as_ref()?.captures(value), true).or_else(|| in_words(value)?.date())
}

/// The day in an address: `/2012/11/21/`, `/2012/nov/21/`, `-20121121.`
pub(crate) fn in_url(url: &str) -> Option<Date> {
    from_groups(URL.as_ref()?.captures(url), false)
}

fn from_groups(found: Option<Captures<'_>>, any_day: bool) -> Option<Date> {
    let found = found?;
    let month = found.name("m").or_else(|| found.name("mm"))?.as_str();
    let month = month.parse().ok().or_else(|| month_number(month))?;
    let day = found.name("d").or_else(|| found.name("dd"))?.as_str().parse().ok()?;
    let year = found.name("y")?.as_str().parse().ok()?;
    Date::new(year, month, day).ok().filter(|date| any_day || date.year() >= 1980)
}

/// The day of a line that tells nothing else: `Monday, January 7, 2019`, `Updated: 21 November 2012, 9:15 pm IST`.
pub(crate) fn of_date_line(line: &str) -> Option<Date> {
    let line = line.trim();
    if line.len() > 90 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (date, at) = if let Some(told) = in_words(line) {
        (told.date()?, told.at)
    } else {
        let found = ISO.as_ref()?.captures(line)?;
        let at = found.get(0)?.range();
        (from_groups(Some(found), true)?, at)
    };
    let rest = [line.get(..at.start)?, line.get(at.end..)?];
    let known = |word: &str| {
        word.bytes().all(|b| b.is_ascii_digit()) || LINE_WORDS.contains(word.to_ascii_lowercase().as_str())
    };
    let words = rest.iter().flat_map(|part| part.split(|c: char| !c.is_alphanumeric() && c != '.'));
    words.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()).all(known).then_some(date)
}

fn month_number(name: &str) -> Option<i8> {
    let start = name.get(..3)?.to_ascii_lowercase();
    let all = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    all.iter().position(|month| *month == start).map(|i| i as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::{in_url, in_value, in_words, of_date_line};
    use jiff::civil::date;

    #[test]
    fn values_of_pages() {
        for value in [
            "2012-11-21T23:30:00-05:00",
            "20121121",
            "2012/11/21",
            "Wed, 21 Nov 2012 10:00:00 GMT",
            "November 21st, 2012",
        ] {
            assert_eq!(in_value(value), Some(date(2012, 11, 21)), "{value}");
        }
        assert_eq!(in_value("2012-13-45"), None);
        assert_eq!(in_value("May 2012"), None);
    }

    #[test]
    fn addresses() {
        assert_eq!(in_url("https://example.org/world/2012/11/21/talks.html"), Some(date(2012, 11, 21)));
        assert_eq!(in_url("https://example.org/2012/nov/21/talks"), Some(date(2012, 11, 21)));
        assert_eq!(in_url("https://example.org/talks-20121121.html"), Some(date(2012, 11, 21)));
        assert_eq!(in_url("https://example.org/article/20191234567"), None);
    }

    #[test]
    fn a_year_that_is_not_told_is_the_last_one() {
        let told = in_words("GENEVA, Dec. 30").unwrap();
        assert_eq!(told.near(date(2013, 1, 2)), Some(date(2012, 12, 30)));
        assert_eq!(in_words("Nov 22").unwrap().near(date(2012, 11, 21)), Some(date(2012, 11, 22)));
    }

    #[test]
    fn date_lines_tell_a_date_alone() {
        assert_eq!(of_date_line("Monday, January 7, 2019  "), Some(date(2019, 1, 7)));
        assert_eq!(of_date_line("Updated: 21 November 2012, 9:15 p.m. IST"), Some(date(2012, 11, 21)));
        assert_eq!(of_date_line("Talks were held on November 21, 2012"), None);
        assert_eq!(of_date_line("Nov. 21"), None);
    }
}
