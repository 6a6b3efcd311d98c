//! Days, weeks, months and moving feasts: arithmetic that always stays inside the calendar.

use dateline_core::{Interval, Precision};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Week, from Monday to Sunday.
    Week,
    /// Month.
    Month,
    /// Quarter of a year.
    Quarter,
    /// Year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// Every unit, shortest first.
    pub const ALL: [Unit; 10] = [
        Unit::Second,
        Unit::Minute,
        Unit::Hour,
        Unit::Day,
        Unit::Week,
        Unit::Month,
        Unit::Quarter,
        Unit::Year,
        Unit::Decade,
        Unit::Century,
    ];

    /// How exactly a time is known that is told in this unit.
    pub const fn precision(self) -> Precision {
        match self {
            Unit::Second | Unit::Minute | Unit::Hour => Precision::Hour,
            Unit::Day => Precision::Day,
            Unit::Week => Precision::Week,
            Unit::Month => Precision::Month,
            Unit::Quarter => Precision::Quarter,
            Unit::Year => Precision::Year,
            Unit::Decade => Precision::Decade,
            Unit::Century => Precision::Range,
        }
    }
}

/// `from` moved by `by` units; the last day of the month where the day does not exist.
pub(crate) fn shift(from: Date, by: i32, unit: Unit) -> Option<Date> {
    let by = i64::from(by);
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => 0.days(),
        Unit::Day => 1.days().checked_mul(by).ok()?,
        Unit::Week => 1.weeks().checked_mul(by).ok()?,
        Unit::Month => 1.months().checked_mul(by).ok()?,
        Unit::Quarter => 3.months().checked_mul(by).ok()?,
        Unit::Year => 1.years().checked_mul(by).ok()?,
        Unit::Decade => 10.years().checked_mul(by).ok()?,
        Unit::Century => 100.years().checked_mul(by).ok()?,
    };
    from.checked_add(span).ok()
}

/// The whole calendar unit that `day` lies in.
pub(crate) fn enclosing(day: Date, unit: Unit) -> Option<Interval> {
    let (start, end) = match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => (day, day),
        Unit::Week => {
            let monday = shift(day, -i32::from(day.weekday().to_monday_zero_offset()), Unit::Day)?;
            (monday, shift(monday, 6, Unit::Day)?)
        }
        Unit::Month => (day.first_of_month(), day.last_of_month()),
        Unit::Quarter => return quarter(day.year(), (day.month() as u8 - 1) / 3 + 1),
        Unit::Year => (day.first_of_year(), day.last_of_year()),
        Unit::Decade => {
            let first = day.year().div_euclid(10) * 10;
            (Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(9)?, 12, 31).ok()?)
        }
        Unit::Century => {
            let first = day.year().div_euclid(100) * 100;
            (Date::new(first, 1, 1).ok()?, Date::new(first.checked_add(99)?, 12, 31).ok()?)
        }
    };
    Some(Interval { start, end, precision: unit.precision() })
}

/// From the first day of the month `first` to the last of the month `months - 1` later.
pub(crate) fn months(year: i16, first: i8, months: i32, precision: Precision) -> Option<Interval> {
    let start = Date::new(year, first, 1).ok()?;
    let end = shift(start, months - 1, Unit::Month)?.last_of_month();
    Some(Interval { start, end, precision })
}

/// Quarter 1 to 4 of a year.
pub(crate) fn quarter(year: i16, quarter: u8) -> Option<Interval> {
    months(year, (quarter.clamp(1, 4) as i8 - 1) * 3 + 1, 3, Precision::Quarter)
}

/// The nearest `weekday` before (`strict`) or on `day`.
pub(crate) fn weekday_back(day: Date, weekday: Weekday, strict: bool) -> Option<Date> {
    let back = i32::from(weekday.until(day.weekday()));
    shift(day, if strict && back == 0 { -7 } else { -back }, Unit::Day)
}

/// The nearest `weekday` after (`strict`) or on `day`.
pub(crate) fn weekday_ahead(day: Date, weekday: Weekday, strict: bool) -> Option<Date> {
    let ahead = i32::from(weekday.since(day.weekday()));
    shift(day, if strict && ahead == 0 { 7 } else { ahead }, Unit::Day)
}

/// Western Easter Sunday (the anonymous Gregorian computus).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let (golden, century, rest) = (year_number % 19, year_number / 100, year_number % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let correction = (golden + 11 * epact + 22 * to_sunday) / 451;
    let n = epact + to_sunday - 7 * correction + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// The day of the tabular Islamic calendar; the sighted moon may differ by a day.
pub(crate) fn islamic(year: i32, month: i32, day: i32) -> Option<Date> {
    let days = (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month / 2 + day - 1;
    shift(date(622, 7, 19), days, Unit::Day)
}

/// The Islamic year in which most of the Gregorian `year` lies, give or take one.
pub(crate) fn islamic_year(year: i16) -> i32 {
    (i32::from(year) - 622) * 33 / 32
}

/// The first day of the Jewish year that begins in the autumn of the Gregorian `year`.
pub(crate) fn jewish_new_year(year: i16) -> Option<Date> {
    let jewish = i32::from(year) + 3761;
    let elapsed = |y: i32| {
        let months = (235 * y - 234).div_euclid(19);
        let parts = 12084 + 13753 * i64::from(months);
        let day = 29 * i64::from(months) + parts.div_euclid(25920);
        if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
    };
    let (before, this, next) = (elapsed(jewish - 1), elapsed(jewish), elapsed(jewish + 1));
    let delay = if next - this == 356 { 2 } else { i64::from(this - before == 382) };
    shift(date(-3760, 9, 7), i32::try_from(this + delay).ok()?, Unit::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_where_the_calendars_say() {
        assert_eq!(easter(2019), Some(date(2019, 4, 21)));
        assert_eq!(easter(2000), Some(date(2000, 4, 23)));
        assert_eq!(islamic(1440, 9, 1), Some(date(2019, 5, 6)));
        assert_eq!(jewish_new_year(2019), Some(date(2019, 9, 30)));
        assert_eq!(jewish_new_year(1973), Some(date(1973, 9, 27)));
    }

    #[test]
    fn a_weekday_on_its_own_day_is_that_day_unless_strict() {
        let friday = date(2019, 2, 22);
        assert_eq!(weekday_back(friday, Weekday::Friday, false), Some(friday));
        assert_eq!(weekday_back(friday, Weekday::Friday, true), Some(date(2019, 2, 15)));
        assert_eq!(weekday_ahead(friday, Weekday::Monday, true), Some(date(2019, 2, 25)));
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let week = enclosing(date(2019, 2, 24), Unit::Week).unwrap();
        assert_eq!((week.start, week.end), (date(2019, 2, 18), date(2019, 2, 24)));
    }

    #[test]
    fn the_ends_of_the_calendar_hold() {
        assert_eq!(shift(Date::MAX, 1, Unit::Century), None);
        assert_eq!(shift(date(2019, 1, 31), 1, Unit::Month), Some(date(2019, 2, 28)));
        assert!(enclosing(Date::MAX, Unit::Week).is_none_or(|w| w.end <= Date::MAX));
    }
}
