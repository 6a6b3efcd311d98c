//! From a meaning and an anchor to days and a value.

use crate::calendar::{Unit, enclosing, months, quarter, shift, weekday_ahead, weekday_back};
use crate::meaning::{Base, Meaning, Origin, Stretch, YearOf, clock_value, length_value};
use crate::timex::Direction;
use dateline_core::{Interval, Precision};
use jiff::civil::{Date, Weekday};

impl Meaning {
    /// The days and the TIMEX3 value, counted from `anchor`.
    pub fn resolve(&self, anchor: Date, direction: Direction) -> Option<(Interval, String)> {
        let (mut interval, mut value) = self.base.resolve(anchor, direction)?;
        if interval.start == interval.end {
            if let Some(clock) = self.clock {
                interval.precision = Precision::Hour;
                value.push_str(&clock_value(clock));
            } else if let Some(part) = self.part {
                value.push('T');
                value.push_str(part);
            }
        } else if let Some(narrow) = self.narrow(&interval, anchor, direction) {
            (interval.start, interval.end) = narrow;
        }
        Some((interval, value))
    }

    /// The days of a longer time that are meant: "early March", "this year" in a report of what happened.
    fn narrow(&self, whole: &Interval, anchor: Date, direction: Direction) -> Option<(Date, Date)> {
        let (start, end) = (whole.start, whole.end);
        let inside = start <= anchor && anchor <= end;
        let current = matches!(self.base, Base::Counted { by: 0, origin: Origin::Speech, .. });
        let stretch = match self.stretch {
            None if current && direction == Direction::Past => Stretch::Earlier,
            None => return None,
            Some(stretch) => stretch,
        };
        match (stretch, whole.precision) {
            (Stretch::Earlier, _) if inside => return Some((start, anchor)),
            (Stretch::Later, _) if inside => return Some((anchor, end)),
            _ => {}
        }
        // First and last part, counted from 0 in days, months or years.
        let (from, to, unit) = match (whole.precision, stretch) {
            (Precision::Week, Stretch::Early | Stretch::Beginning) => (0, 2, Unit::Day),
            (Precision::Week, Stretch::Middle) => (2, 3, Unit::Day),
            (Precision::Week, Stretch::Late | Stretch::End) => (3, 6, Unit::Day),
            (Precision::Month, Stretch::Early) => (0, 9, Unit::Day),
            (Precision::Month, Stretch::Middle) => (10, 19, Unit::Day),
            (Precision::Month, Stretch::Late) => (20, 30, Unit::Day),
            (Precision::Month, Stretch::End) => (24, 30, Unit::Day),
            (Precision::Month, Stretch::Beginning) => (0, 6, Unit::Day),
            (Precision::Year, Stretch::Early) => (0, 2, Unit::Month),
            (Precision::Year, Stretch::Middle) => (4, 7, Unit::Month),
            (Precision::Year, Stretch::Late) => (9, 11, Unit::Month),
            (Precision::Year, Stretch::End) => (11, 11, Unit::Month),
            (Precision::Year, Stretch::Beginning) => (0, 0, Unit::Month),
            (Precision::Decade, Stretch::Early) => (0, 3, Unit::Year),
            (Precision::Decade, Stretch::Middle) => (4, 6, Unit::Year),
            (Precision::Decade, Stretch::Late) => (6, 9, Unit::Year),
            _ => return None,
        };
        let last = enclosing(shift(start, to, unit)?, unit)?.end;
        Some((shift(start, from, unit)?, last.min(end)))
    }
}

impl Base {
    fn resolve(&self, anchor: Date, direction: Direction) -> Option<(Interval, String)> {
        match *self {
            Base::Calendar { year, month, day, weekday, which, week } => {
                let fields = Fields { year: year.from(anchor), month, day, weekday, which, week };
                fields.resolve(anchor, direction)
            }
            // On a Sunday, "last week" is the one that has just gone.
            Base::Counted { by: -1, unit: Unit::Week, origin: Origin::Speech }
                if anchor.weekday() == Weekday::Sunday =>
            {
                let (_, value) = unit_value(anchor, Unit::Week)?;
                let (start, end) = (shift(anchor, -7, Unit::Day)?, shift(anchor, -1, Unit::Day)?);
                Some((Interval { start, end, precision: Precision::Week }, value))
            }
            Base::Counted { by, unit, .. } => unit_value(shift(anchor, by, unit)?, unit),
            Base::Season { season, year, which } => {
                let named = |year: i16| {
                    let first = match season {
                        "SP" => 3,
                        "SU" => 6,
                        "FA" => 9,
                        _ => 12,
                    };
                    Some((months(year, first, 3, Precision::Quarter)?, format!("{year:04}-{season}")))
                };
                choose(year.from(anchor), which, anchor, direction, named)
            }
            Base::Fraction { index, half, year } => {
                let named = |year: i16| {
                    let interval = if half {
                        months(year, (index.clamp(1, 2) as i8 - 1) * 6 + 1, 6, Precision::Range)?
                    } else {
                        quarter(year, index)?
                    };
                    Some((interval, format!("{year:04}-{}{index}", if half { 'H' } else { 'Q' })))
                };
                // The quarter that has just ended is the one that is reported, even by "expects to report".
                let direction = if direction == Direction::Future { Direction::Unknown } else { direction };
                choose(year.from(anchor), None, anchor, direction, named)
            }
            Base::Holiday { holiday, year, which } => {
                let named = |year: i16| holiday.resolve(year);
                choose(year.from(anchor), which, anchor, direction, named)
            }
            Base::Weekend(which) => {
                let week = enclosing(anchor, Unit::Week)?;
                let saturday = shift(week.start, 5, Unit::Day)?;
                let ahead = anchor >= saturday || direction == Direction::Future;
                let by = which.unwrap_or(if ahead { 0 } else { -1 });
                let start = shift(saturday, by * 7, Unit::Day)?;
                let end = shift(start, 1, Unit::Day)?;
                let iso = start.iso_week_date();
                let value = format!("{:04}-W{:02}-WE", iso.year(), iso.week());
                Some((Interval { start, end, precision: Precision::Range }, value))
            }
            Base::Decade(year) => unit_value(Date::new(year, 1, 1).ok()?, Unit::Decade),
            Base::Century(century) => {
                unit_value(Date::new(century.checked_mul(100)?, 1, 1).ok()?, Unit::Century)
            }
            Base::Length { amount, unit, towards } => {
                let towards = towards?;
                let days = amount? / 10;
                // Today is one of "the last six days".
                let by = if unit == Unit::Day { (days - 1).max(0) } else { days };
                let other = shift(anchor, by * towards, unit)?;
                let (start, end) = if towards < 0 { (other, anchor) } else { (anchor, other) };
                Some((Interval { start, end, precision: Precision::Range }, length_value(amount, unit)))
            }
            Base::Recurring(_) | Base::Vague(_) => None,
        }
    }
}

impl YearOf {
    fn from(self, anchor: Date) -> Option<i16> {
        match self {
            YearOf::Absolute(year) => Some(year),
            YearOf::Relative(by) | YearOf::Passage(by) => {
                i16::try_from(i32::from(anchor.year()).checked_add(by)?).ok()
            }
            YearOf::Unsaid => None,
        }
    }
}

struct Fields {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    weekday: Option<Weekday>,
    which: Option<i32>,
    week: Option<i32>,
}

impl Fields {
    fn resolve(&self, anchor: Date, direction: Direction) -> Option<(Interval, String)> {
        match (self.month, self.day, self.weekday) {
            (Some(month), Some(day), _) => {
                let named = |year: i16| {
                    let date = Date::new(year, month, day).ok()?;
                    unit_value(date, if self.week.is_some() { Unit::Week } else { Unit::Day })
                };
                choose(self.year, self.which, anchor, direction, named)
            }
            (Some(month), None, _) => {
                let named = |year: i16| unit_value(Date::new(year, month, 1).ok()?, Unit::Month);
                choose(self.year, self.which, anchor, direction, named)
            }
            (None, Some(day), _) => {
                let named = |by: i32| {
                    let first = shift(anchor.first_of_month(), by, Unit::Month)?;
                    unit_value(Date::new(first.year(), first.month(), day).ok()?, Unit::Day)
                };
                match direction {
                    _ if self.which.is_some() => named(self.which.unwrap_or(0)),
                    Direction::Future if day < anchor.day() => named(1),
                    Direction::Past if day > anchor.day() => named(-1),
                    _ => named(0),
                }
            }
            (None, None, Some(weekday)) => {
                let date = match (self.week, self.which) {
                    (Some(week), _) => {
                        let monday = enclosing(anchor, Unit::Week)?.start;
                        weekday_ahead(shift(monday, week, Unit::Week)?, weekday, false)
                    }
                    (None, Some(-1)) => weekday_back(anchor, weekday, true),
                    (None, Some(1)) => weekday_ahead(anchor, weekday, true),
                    (None, Some(_)) if direction != Direction::Past => weekday_ahead(anchor, weekday, false),
                    _ if direction == Direction::Future => weekday_ahead(anchor, weekday, false),
                    _ => weekday_back(anchor, weekday, false),
                }?;
                unit_value(date, Unit::Day)
            }
            (None, None, None) => unit_value(Date::new(self.year?, 1, 1).ok()?, Unit::Year),
        }
    }
}

/// Of the same time in neighbouring years the one that is meant.
fn choose(
    year: Option<i16>,
    which: Option<i32>,
    anchor: Date,
    direction: Direction,
    named: impl Fn(i16) -> Option<(Interval, String)>,
) -> Option<(Interval, String)> {
    if let Some(year) = year {
        return named(year);
    }
    let near = (-2..=2).filter_map(|by| named(anchor.year().checked_add(by)?));
    let distance = |i: &Interval| {
        let days = |from: Date, to: Date| (to - from).get_days();
        if i.end < anchor {
            -days(i.end, anchor)
        } else if i.start > anchor {
            days(anchor, i.start)
        } else {
            0
        }
    };
    let key = |i: &Interval| {
        let days = distance(i);
        // A time against the tense must be nearer by this factor than one that goes with it; of a month or a
        // quarter, news says the year when it is not the one that the tense tells.
        let long = matches!(i.precision, Precision::Month | Precision::Quarter);
        let (against, doubtful) = if long { (20, 4) } else { (2, 1) };
        // In November, "last October" is not last month.
        let gone = if long { -31 } else { 0 };
        match (which, direction) {
            (Some(-1), _) if days < gone => -days,
            (Some(1), _) if days > 0 => days,
            (Some(-1 | 1), _) => i32::MAX,
            (Some(_), _) => i32::from(i.start.year().abs_diff(anchor.year())),
            (None, Direction::Past) if days > 0 => days * against,
            (None, Direction::Unknown) if days > 0 => days * doubtful,
            (None, Direction::Future) if days < 0 => -days * against,
            (None, _) => days.abs(),
        }
    };
    near.min_by_key(|(interval, _)| key(interval))
}

/// The calendar unit around `date` and its value.
pub(crate) fn unit_value(date: Date, unit: Unit) -> Option<(Interval, String)> {
    let interval = enclosing(date, unit)?;
    let (year, month, day) = (date.year(), date.month(), date.day());
    let value = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => format!("{year:04}-{month:02}-{day:02}TXX:XX"),
        Unit::Day => format!("{year:04}-{month:02}-{day:02}"),
        Unit::Week => {
            let iso = date.iso_week_date();
            format!("{:04}-W{:02}", iso.year(), iso.week())
        }
        Unit::Month => format!("{year:04}-{month:02}"),
        Unit::Quarter => format!("{year:04}-Q{}", (month - 1) / 3 + 1),
        Unit::Year => format!("{year:04}"),
        Unit::Decade => format!("{:03}", year.div_euclid(10)),
        Unit::Century => format!("{:02}", year.div_euclid(100)),
    };
    Some((interval, value))
}
