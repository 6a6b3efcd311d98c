//! Whatever the text, spans slice it, intervals are in order, and nothing panics.

use dateline_time::{Anchors, Direction, Tagger};
use jiff::civil::{Date, date};
use proptest::prelude::*;

/// Words that time expressions are made of, and things that go wrong between them.
const PIECES: &[&str] = &[
    "Monday",
    "friday",
    "May",
    "march",
    "Sept.",
    "Feb. 30",
    "31",
    "1990",
    "2019-02-29",
    "99/99/2012",
    "10:35",
    "25:00",
    "p.m.",
    "GMT",
    "last",
    "next",
    "the",
    "a",
    "two",
    "twenty",
    "four",
    "hundred",
    "thousand",
    "99999",
    "1/2",
    "½",
    "and a half",
    "weeks",
    "year",
    "century",
    "decades",
    "quarter",
    "ago",
    "earlier",
    "later",
    "before",
    "from",
    "to",
    "until",
    "of",
    "every",
    "each",
    "Christmas Eve",
    "Ramadan",
    "Passover",
    "the 1990s",
    "'68",
    "’80s",
    "'s",
    "-",
    "–",
    ",",
    ".",
    "\n\n",
    "tonight",
    "now",
    "early",
    "mid",
    "end of",
    "half",
    "an",
    "hour",
    "old",
    "fiscal",
    "winter",
    "weekend",
    "é",
    "中",
    "\u{a0}",
    "\u{202f}",
    "first",
    "38th",
    "0735 GMT",
    "day after tomorrow",
    "00",
    "0000",
    "999999999999",
    "1.5",
    "1,000",
    "couple of",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(
        (prop::sample::select(PIECES), prop::sample::select(&[" ", "", "-"][..])),
        0..30,
    );
    prop_oneof![
        any::<String>(),
        pieces.prop_map(|p| p.into_iter().flat_map(|(word, between)| [word, between]).collect()),
    ]
}

fn days() -> impl Strategy<Value = Date> {
    prop_oneof![
        Just(Date::MIN),
        Just(Date::MAX),
        (-9999_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d)),
        (1900_i16..=2100, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d)),
    ]
}

proptest! {
    #[test]
    fn spans_slice_and_intervals_are_in_order(text in texts(), published in prop::option::of(days()), speech in days()) {
        let anchors = Anchors { published, dateline: None };
        let (mut found, mut again) = (Vec::new(), Vec::new());
        Tagger::shared().tag(&text, &anchors, &mut found);
        Tagger::shared().tag(&text, &anchors, &mut again);
        prop_assert_eq!(&found, &again);
        let mut end = 0;
        for timex in &found {
            prop_assert!(timex.span.start >= end, "spans overlap: {:?}", found);
            prop_assert!(!timex.span.of(&text).is_empty(), "{:?} does not slice", timex.span);
            prop_assert!(!timex.value.is_empty());
            end = timex.span.end;
            for interval in timex.interval.iter().chain(&timex.range) {
                prop_assert!(interval.start <= interval.end, "{:?}", timex);
            }
            for direction in [Direction::Past, Direction::Future, Direction::Unknown] {
                if let Some((interval, value)) = timex.resolve(speech, direction) {
                    prop_assert!(interval.start <= interval.end && !value.is_empty());
                }
            }
        }
    }

    #[test]
    fn a_weekday_lies_within_a_week_of_the_anchor(published in (1900_i16..=2100, 1_i8..=12, 1_i8..=28), day in 0_usize..7) {
        let published = date(published.0, published.1, published.2);
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        for (text, past) in [(format!("He left on {}.", names[day]), true), (format!("He will leave on {}.", names[day]), false)] {
            let mut found = Vec::new();
            Tagger::shared().tag(&text, &Anchors::published(published), &mut found);
            let start = found[0].interval.unwrap().start;
            let distance = (start - published).get_days();
            let within = if past { -6..=0 } else { 0..=6 };
            prop_assert!(within.contains(&distance));
            prop_assert_eq!(start.weekday().to_monday_zero_offset() as usize, day);
        }
    }
}
