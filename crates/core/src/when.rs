//! Days and spans of days.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

named_enum! {
    /// How exactly a time is known.
    pub enum Precision {
        Hour = "hour", Day = "day", Week = "week", Month = "month", Quarter = "quarter", Year = "year",
        Decade = "decade", Range = "range",
    }
}

/// From day to day, both included.
///
/// ```
/// use dateline_core::{Interval, Precision};
/// let day = Interval::day(jiff::civil::date(2012, 11, 21));
/// assert_eq!(day.precision, Precision::Day);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First day.
    pub start: Date,
    /// Last day.
    pub end: Date,
    /// How exactly it was told.
    pub precision: Precision,
}

impl Interval {
    /// One day.
    pub const fn day(date: Date) -> Self {
        Self { start: date, end: date, precision: Precision::Day }
    }

    /// Whether the two share a day.
    pub fn overlaps(&self, other: &Interval) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}
