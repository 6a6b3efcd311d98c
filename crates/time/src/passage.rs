//! The times a passage has mentioned, from which "the next day" and "a year earlier" count.

use crate::calendar::{Unit, shift};
use crate::meaning::{Base, Meaning, Origin};
use crate::timex::{Anchors, Direction, Kind, Timex};
use dateline_core::{Interval, Precision};
use jiff::civil::Date;

/// How far behind a quarter a comparison with it may stand, in bytes.
const COMPARED_WITHIN: u32 = 1000;

/// What has been mentioned so far.
#[derive(Debug)]
pub(crate) struct Passage {
    speech: Option<Date>,
    /// The last day that was mentioned.
    day: Option<Date>,
    /// The last time on the calendar that was mentioned.
    last: Option<Interval>,
    /// The last quarter and where it was mentioned.
    quarter: Option<(Interval, u32)>,
}

impl Passage {
    pub(crate) fn new(anchors: &Anchors) -> Passage {
        Passage { speech: anchors.speech(), day: None, last: None, quarter: None }
    }

    /// Gives the expression its value and its days.
    pub(crate) fn resolve(&mut self, timex: &mut Timex) {
        let resolved = match timex.meaning.origin() {
            None => timex.meaning.resolve(self.speech.unwrap_or(Date::ZERO), timex.direction),
            Some(origin) => {
                self.anchor(origin, timex).and_then(|a| timex.meaning.resolve(a, timex.direction))
            }
        };
        let Some((interval, value)) = resolved else {
            timex.value = timex.meaning.unresolved();
            return;
        };
        timex.value = value;
        timex.interval = Some(interval);
        if timex.kind == Kind::Date || timex.kind == Kind::Time {
            self.remember(timex, interval);
        }
    }

    fn anchor(&self, origin: Origin, timex: &mut Timex) -> Option<Date> {
        let Base::Counted { by, unit, .. } = timex.meaning.base else {
            let mentioned = match timex.meaning.base {
                Base::Calendar { weekday: Some(_), .. } => self.day,
                _ => self.last.map(|i| i.start),
            };
            return if origin == Origin::Passage { mentioned.or(self.speech) } else { self.speech };
        };
        match (origin, unit) {
            (Origin::Speech, _) => self.speech,
            (Origin::Compared, Unit::Year) => {
                if let Some((quarter, _)) =
                    self.quarter.filter(|(_, at)| timex.span.start - at < COMPARED_WITHIN)
                {
                    timex.meaning = Meaning::of(Base::Counted { by: by * 4, unit: Unit::Quarter, origin });
                    return Some(quarter.start);
                }
                Some(self.last.map(|i| i.start).or(self.speech)?)
            }
            // Until the quarter is well on its way, the last one is in the news.
            (_, Unit::Quarter) => {
                self.quarter.map(|(q, _)| q.start).or_else(|| shift(self.speech?, -45, Unit::Day))
            }
            (_, Unit::Year | Unit::Decade | Unit::Century) => self.last.map(|i| i.start).or(self.speech),
            (_, Unit::Month | Unit::Week) => self.last.filter(fine).map(|i| i.start).or(self.speech),
            (_, Unit::Day) if by == 0 => self.day.or(self.speech),
            _ => self.day,
        }
    }

    fn remember(&mut self, timex: &Timex, interval: Interval) {
        if matches!(timex.meaning.base, Base::Counted { origin: Origin::Compared, .. }) {
            return;
        }
        match interval.precision {
            Precision::Day | Precision::Hour => self.day = Some(interval.start),
            Precision::Quarter if timex.value.contains("-Q") => {
                self.quarter = Some((interval, timex.span.end));
            }
            _ => {}
        }
        self.last = Some(interval);
    }

    /// Ties the two ends of "from May 3 to 5".
    pub(crate) fn range(first: &mut Timex, second: &mut Timex) {
        let (Some(a), Some(b)) = (first.interval, second.interval) else { return };
        if a.start > b.end {
            // "between Monday and Friday": the second end lies behind the first.
            let again = second.resolve(a.end, Direction::Future).filter(|(i, _)| i.end >= a.start);
            let Some((interval, value)) = again else { return };
            second.interval = Some(interval);
            second.value = value;
        }
        let end = second.interval.map_or(b.end, |i| i.end);
        let range = Interval { start: a.start, end, precision: Precision::Range };
        first.range = Some(range);
        second.range = Some(range);
    }
}

/// Finer than a year.
fn fine(interval: &Interval) -> bool {
    !matches!(interval.precision, Precision::Year | Precision::Decade | Precision::Range)
}
