//! What an expression means before it is known from when it counts, and how it is resolved.

use crate::calendar::Unit;
use crate::holidays::Holiday;
use jiff::civil::Weekday;

/// What a counted expression counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The moment of speech.
    Speech,
    /// The time last mentioned.
    Passage,
    /// The period that something is compared with: "a year earlier" of a quarter is a quarter.
    Compared,
}

/// The year of a calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum YearOf {
    /// Told.
    Absolute(i16),
    /// Counted: "of last year" is -1.
    Relative(i32),
    /// Counted from the year last mentioned: "of that year" is 0.
    Passage(i32),
    /// Not told.
    Unsaid,
}

/// Which stretch of a longer time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stretch {
    /// "early".
    Early,
    /// "mid-".
    Middle,
    /// "late".
    Late,
    /// "the end of".
    End,
    /// "the beginning of".
    Beginning,
    /// "earlier": up to the anchor.
    Earlier,
    /// "later": from the anchor on.
    Later,
}

/// A length of time; tenths, since news counts in halves. `None` is "several".
pub type Amount = Option<i32>;

/// What an expression says, without the anchor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Meaning {
    /// The day or the longer time.
    pub base: Base,
    /// Part of the day, as TIMEX3 writes it: `MO`, `AF`, `EV`, `NI`.
    pub part: Option<&'static str>,
    /// Minutes since midnight.
    pub clock: Option<u16>,
    /// The stretch of it.
    pub stretch: Option<Stretch>,
}

/// The day or the longer time of a [`Meaning`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Base {
    /// Some of the fields of a calendar date.
    Calendar {
        /// Year.
        year: YearOf,
        /// Month, 1 to 12.
        month: Option<i8>,
        /// Day of the month.
        day: Option<i8>,
        /// Day of the week.
        weekday: Option<Weekday>,
        /// "last" (-1), "this" (0), "next" (1) before a weekday or month.
        which: Option<i32>,
        /// The week of a weekday: "Monday of next week" is 1.
        week: Option<i32>,
    },
    /// So many units from the origin.
    Counted {
        /// How many; negative is back.
        by: i32,
        /// Of what.
        unit: Unit,
        /// From when.
        origin: Origin,
    },
    /// A season.
    Season {
        /// `SP`, `SU`, `FA` or `WI`.
        season: &'static str,
        /// Its year.
        year: YearOf,
        /// "last", "this", "next".
        which: Option<i32>,
    },
    /// A quarter (1 to 4) or a half (1 or 2) of a year.
    Fraction {
        /// Which one.
        index: u8,
        /// A half, not a quarter.
        half: bool,
        /// Of which year.
        year: YearOf,
    },
    /// A holiday.
    Holiday {
        /// Which one.
        holiday: Holiday,
        /// Its year.
        year: YearOf,
        /// "last", "this", "next".
        which: Option<i32>,
    },
    /// Saturday and Sunday; -1 the last one, 0 this one, 1 the next.
    Weekend(Option<i32>),
    /// Ten years: their first.
    Decade(i16),
    /// A hundred years: the 20th is 19.
    Century(i16),
    /// A length; towards the past (-1) or the future (1) from the moment of speech, or nowhere.
    Length {
        /// How much.
        amount: Amount,
        /// Of what.
        unit: Unit,
        /// Where it lies.
        towards: Option<i32>,
    },
    /// Comes again: the TIMEX3 value.
    Recurring(String),
    /// Now, some time ago, some day: the TIMEX3 value.
    Vague(&'static str),
}

impl Meaning {
    pub(crate) const fn of(base: Base) -> Self {
        Self { base, part: None, clock: None, stretch: None }
    }

    /// What an expression of this meaning counts from; `None` when it needs no anchor.
    pub fn origin(&self) -> Option<Origin> {
        match &self.base {
            Base::Counted { origin, .. } => Some(*origin),
            Base::Calendar { year: YearOf::Passage(_), .. }
            | Base::Season { year: YearOf::Passage(_), .. }
            | Base::Fraction { year: YearOf::Passage(_), .. }
            | Base::Holiday { year: YearOf::Passage(_), .. } => Some(Origin::Passage),
            Base::Calendar { year: YearOf::Absolute(_), .. }
            | Base::Season { year: YearOf::Absolute(_), .. }
            | Base::Fraction { year: YearOf::Absolute(_), .. }
            | Base::Holiday { year: YearOf::Absolute(_), .. }
            | Base::Decade(_)
            | Base::Century(_)
            | Base::Recurring(_)
            | Base::Vague(_)
            | Base::Length { towards: None, .. } => None,
            _ => Some(Origin::Speech),
        }
    }

    /// The value when it cannot be resolved.
    pub(crate) fn unresolved(&self) -> String {
        let time = self.clock.map(clock_value).or(self.part.map(|p| format!("T{p}"))).unwrap_or_default();
        match &self.base {
            Base::Length { amount, unit, .. } => length_value(*amount, *unit),
            Base::Recurring(value) => value.clone(),
            Base::Vague(value) => (*value).to_owned(),
            Base::Calendar { month: Some(month), day: Some(day), .. } => {
                format!("XXXX-{month:02}-{day:02}{time}")
            }
            Base::Calendar { month: Some(month), .. } => format!("XXXX-{month:02}{time}"),
            Base::Calendar { weekday: Some(weekday), .. } => {
                format!("XXXX-WXX-{}{time}", weekday.to_monday_one_offset())
            }
            Base::Season { season, .. } => format!("XXXX-{season}"),
            Base::Fraction { index, half, .. } => format!("XXXX-{}{index}", if *half { 'H' } else { 'Q' }),
            Base::Weekend(_) => "XXXX-WXX-WE".to_owned(),
            Base::Counted { unit: Unit::Year | Unit::Decade | Unit::Century, .. } => "XXXX".to_owned(),
            Base::Counted { unit: Unit::Quarter, .. } => "XXXX-QX".to_owned(),
            Base::Counted { unit: Unit::Month, .. } => "XXXX-XX".to_owned(),
            Base::Counted { unit: Unit::Week, .. } => "XXXX-WXX".to_owned(),
            _ => format!("XXXX-XX-XX{time}"),
        }
    }
}

/// A length in ISO 8601.
pub(crate) fn length_value(amount: Amount, unit: Unit) -> String {
    let (letter, scale, clock) = match unit {
        Unit::Second => ("S", 1, true),
        Unit::Minute => ("M", 1, true),
        Unit::Hour => ("H", 1, true),
        Unit::Day => ("D", 1, false),
        Unit::Week => ("W", 1, false),
        Unit::Month => ("M", 1, false),
        Unit::Quarter => ("Q", 1, false),
        Unit::Year => ("Y", 1, false),
        Unit::Decade => ("Y", 10, false),
        Unit::Century => ("Y", 100, false),
    };
    let lead = if clock { "PT" } else { "P" };
    let Some(tenths) = amount else {
        return match unit {
            Unit::Decade => "PXE".to_owned(),
            Unit::Century => "PXC".to_owned(),
            _ => format!("{lead}X{letter}"),
        };
    };
    let tenths = tenths.saturating_mul(scale);
    let whole = tenths / 10;
    let finer = match unit {
        Unit::Year => "6M",
        Unit::Hour => "30M",
        Unit::Minute => "30S",
        _ => "",
    };
    match (tenths % 10, whole) {
        (0, _) => format!("{lead}{whole}{letter}"),
        (5, 0) if !finer.is_empty() => format!("{lead}{finer}"),
        (5, _) if !finer.is_empty() => format!("{lead}{whole}{letter}{finer}"),
        (part, _) => format!("{lead}{whole}.{part}{letter}"),
    }
}

/// A time of day in ISO 8601.
pub(crate) fn clock_value(minutes: u16) -> String {
    format!("T{:02}:{:02}", minutes / 60, minutes % 60)
}
