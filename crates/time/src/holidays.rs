//! Holidays and moving feasts, from `knowledge/time/holidays.tsv`.

use crate::calendar::{
    Unit, easter, islamic, islamic_year, jewish_new_year, shift, weekday_ahead, weekday_back,
};
use crate::resolve::unit_value;
use crate::table::{Row, TableError};
use dateline_core::{Interval, Precision};
use jiff::civil::{Date, Weekday};

/// When a feast begins in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month, weekday, its number in the month (-1 is the last), days after it.
    Weekday(i8, Weekday, i32, i32),
    /// Days from Easter Sunday.
    Easter(i32),
    /// Month and day of the Islamic calendar.
    Islamic(i32, i32),
    /// Days from the Jewish New Year of that autumn.
    Jewish(i32),
}

/// A holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Holiday {
    rule: Rule,
    days: u8,
}

impl Holiday {
    /// Reads the rule and the length of a line `names rule days`.
    pub(crate) fn parse(row: &Row<'_>) -> Result<Holiday, TableError> {
        let mut fields = row.get(1)?.split_whitespace();
        let kind = fields.next().unwrap_or_default();
        let numbers: Vec<i32> = fields.filter_map(|f| f.parse().ok()).collect();
        let rule = match (kind, numbers.as_slice()) {
            ("fixed", &[month, day]) => Rule::Fixed(month as i8, day as i8),
            ("weekday", &[month, weekday, nth, after]) => Weekday::from_monday_one_offset(weekday as i8)
                .map(|weekday| Rule::Weekday(month as i8, weekday, nth, after))
                .map_err(|_| row.error("no such weekday"))?,
            ("easter", &[days]) => Rule::Easter(days),
            ("islamic", &[month, day]) => Rule::Islamic(month, day),
            ("jewish", &[days]) => Rule::Jewish(days),
            _ => return Err(row.error("unknown rule of a holiday")),
        };
        Ok(Holiday { rule, days: row.number(2)?.clamp(1, 90) as u8 })
    }

    /// Its days in a Gregorian year, and their value.
    pub(crate) fn resolve(self, year: i16) -> Option<(Interval, String)> {
        let start = self.rule.first_day(year)?;
        if self.days == 1 {
            return unit_value(start, Unit::Day);
        }
        let end = shift(start, i32::from(self.days) - 1, Unit::Day)?;
        let unit = if self.days <= 8 { Unit::Week } else { Unit::Month };
        let (_, value) = unit_value(start, unit)?;
        Some((Interval { start, end, precision: Precision::Range }, value))
    }
}

impl Rule {
    fn first_day(self, year: i16) -> Option<Date> {
        match self {
            Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
            Rule::Weekday(month, weekday, nth, after) => {
                let first = Date::new(year, month, 1).ok()?;
                let day = if nth < 0 {
                    weekday_back(first.last_of_month(), weekday, false)?
                } else {
                    shift(weekday_ahead(first, weekday, false)?, nth - 1, Unit::Week)?
                };
                shift(day, after, Unit::Day)
            }
            Rule::Easter(days) => shift(easter(year)?, days, Unit::Day),
            Rule::Islamic(month, day) => {
                let about = islamic_year(year);
                (about - 1..=about + 2).find_map(|y| islamic(y, month, day).filter(|d| d.year() == year))
            }
            Rule::Jewish(days) => shift(jewish_new_year(year)?, days, Unit::Day),
        }
    }
}
