#![no_main]
//! Time expressions.

use dateline_fuzz::set_up;
use dateline_time::{Anchors, Direction, Tagger};
use jiff::civil::{Date, date};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    for published in [None, Some(date(2012, 11, 21)), Some(Date::MIN), Some(Date::MAX)] {
        let anchors = Anchors { published, dateline: None };
        let (mut found, mut again) = (Vec::new(), Vec::new());
        Tagger::shared().tag(&text, &anchors, &mut found);
        Tagger::shared().tag(&text, &anchors, &mut again);
        assert_eq!(found, again);
        let mut end = 0;
        for timex in &found {
            assert!(timex.span.start >= end && !timex.span.of(&text).is_empty() && !timex.value.is_empty(), "{timex:?}");
            end = timex.span.end;
            let resolved = [Direction::Past, Direction::Future, Direction::Unknown]
                .map(|direction| timex.resolve(published.unwrap_or_default(), direction));
            for interval in timex.interval.iter().chain(&timex.range).chain(resolved.iter().flatten().map(|r| &r.0)) {
                assert!(interval.start <= interval.end, "{timex:?}");
            }
        }
    }
});
