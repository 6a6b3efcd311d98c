//! From matched words to a meaning: the second column of the rules, "what it makes".

use crate::calendar::Unit;
use crate::fields::{Fields, SEASONS};
use crate::holidays::Holiday;
use crate::meaning::{Base, Meaning, Origin, YearOf, length_value};
use crate::timex::{Kind, Modifier};
use jiff::civil::Weekday;

/// What a rule makes of its match.
#[derive(Clone, Debug)]
pub(crate) enum Make {
    /// Nothing: the words are no time expression.
    Nothing,
    /// A calendar date or a time on it.
    Date,
    /// So many units back or ahead.
    Count { sign: i32, origin: Origin },
    /// "last week", "the following year", with the unit given or bound.
    Which,
    /// A length.
    Length { towards: Option<i32> },
    /// "every Monday".
    Each,
    /// "three times a week": the week.
    Times,
    /// A quarter or a half.
    Fraction { half: bool },
    /// Saturday and Sunday.
    Weekend,
    /// A holiday.
    Holiday(Holiday),
    /// A value as it stands.
    Vague(Kind, &'static str),
}

/// `Make` with fields that the rule presets.
#[derive(Clone, Debug)]
pub(crate) struct Maker {
    make: Make,
    preset: Fields,
}

/// A composed expression.
pub(crate) struct Made {
    pub(crate) kind: Kind,
    pub(crate) meaning: Meaning,
    pub(crate) modifier: Option<Modifier>,
}

impl Maker {
    pub(crate) fn holiday(holiday: Holiday) -> Maker {
        Maker { make: Make::Holiday(holiday), preset: Fields::default() }
    }

    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self.make, Make::Nothing)
    }

    /// Reads the column: a word and the fields it presets, such as `count back passage unit=7`.
    pub(crate) fn parse(text: &str) -> Result<Maker, String> {
        let mut preset = Fields::default();
        let mut words = Vec::new();
        for item in text.split_whitespace() {
            let Some((name, value)) = item.split_once('=') else {
                words.push(item);
                continue;
            };
            let value: i32 = value.parse().map_err(|_| format!("{item:?} is no number"))?;
            match name {
                "num" => preset.num = Some(value),
                "ord" => preset.ord = Some(value),
                "unit" => preset.unit = Some(value),
                "which" => preset.which = Some(value),
                "back" => preset.back = Some(value),
                "part" => preset.part = Some(value),
                "day" => preset.deictic = Some(value),
                "year" => preset.year = Some(value),
                "month" => preset.month = Some(value),
                "dom" => preset.day = Some(value),
                "edge" => preset.edge = Some(value),
                "vague" => preset.vague = value == 1,
                _ => return Err(format!("unknown field {name:?}")),
            }
        }
        let count = |sign, origin| Make::Count { sign, origin };
        let make = match words.as_slice() {
            ["nothing"] => Make::Nothing,
            ["date"] => Make::Date,
            ["ago"] => count(-1, Origin::Speech),
            ["hence"] => count(1, Origin::Speech),
            ["before"] => count(-1, Origin::Passage),
            ["after"] => count(1, Origin::Passage),
            ["compared"] => count(-1, Origin::Compared),
            ["which"] => Make::Which,
            ["length"] => Make::Length { towards: None },
            ["length", "past"] => Make::Length { towards: Some(-1) },
            ["length", "future"] => Make::Length { towards: Some(1) },
            ["each"] => Make::Each,
            ["times"] => Make::Times,
            ["quarter"] => Make::Fraction { half: false },
            ["half"] => Make::Fraction { half: true },
            ["weekend"] => Make::Weekend,
            ["now"] => Make::Vague(Kind::Date, "PRESENT_REF"),
            ["once"] => Make::Vague(Kind::Date, "PAST_REF"),
            ["someday"] => Make::Vague(Kind::Date, "FUTURE_REF"),
            ["while"] => Make::Vague(Kind::Duration, "PXX"),
            _ => return Err(format!("{text:?} makes nothing known")),
        };
        Ok(Maker { make, preset })
    }

    /// Composes the meaning of one expression; `None` when the words do not fit together after all.
    pub(crate) fn make(&self, mut f: Fields) -> Option<Made> {
        f.fill(&self.preset);
        let (kind, mut meaning) = match &self.make {
            Make::Nothing => return None,
            Make::Date => (Kind::Date, date(&f)?),
            Make::Count { sign, origin } => count(&f, *sign, *origin)?,
            Make::Which => which(&f)?,
            Make::Length { towards } => {
                let (amount, unit) = (f.amount(), f.unit()?);
                if unit == Unit::Quarter && towards.is_none() && amount.is_some() {
                    return None; // "three quarters of the vote"
                }
                (Kind::Duration, Meaning::of(Base::Length { amount, unit, towards: *towards }))
            }
            Make::Times => {
                let value = length_value(Some(10), f.unit()?);
                (Kind::Set, Meaning::of(Base::Recurring(value)))
            }
            Make::Each => (Kind::Set, Meaning::of(Base::Recurring(each(&f)?))),
            Make::Fraction { half } => {
                let index =
                    u8::try_from(f.ord?).ok().filter(|i| (1..=if *half { 2 } else { 4 }).contains(i))?;
                (Kind::Date, Meaning::of(Base::Fraction { index, half: *half, year: f.year_of() }))
            }
            Make::Weekend => (Kind::Date, Meaning::of(Base::Weekend(f.which.or(f.back)))),
            Make::Holiday(holiday) => {
                let which = if f.unit.is_none() { f.which.or(f.back) } else { None };
                (Kind::Date, Meaning::of(Base::Holiday { holiday: *holiday, year: f.year_of(), which }))
            }
            Make::Vague(kind, value) => (*kind, Meaning::of(Base::Vague(value))),
        };
        let mut kind = kind;
        meaning.stretch = f.stretch();
        if kind == Kind::Date {
            meaning.part = f.part();
            meaning.clock = f.clock();
            if meaning.part.is_some() || meaning.clock.is_some() {
                kind = Kind::Time;
            }
        }
        Some(Made { kind, meaning, modifier: f.modifier() })
    }
}

fn date(f: &Fields) -> Option<Meaning> {
    if let Some(iso) = f.iso {
        let (year, month, day) = (iso / 10_000, iso / 100 % 100, iso % 100);
        let base = Base::Calendar {
            year: YearOf::Absolute(year as i16),
            month: Some(month as i8),
            day: (day > 0).then_some(day as i8),
            weekday: None,
            which: None,
            week: None,
        };
        return Some(Meaning::of(base));
    }
    if let Some(by) = f.deictic {
        return Some(Meaning::of(Base::Counted { by, unit: Unit::Day, origin: Origin::Speech }));
    }
    if let Some(season) = f.season {
        let season = SEASONS.get(season as usize - 1).copied()?;
        let which = if f.unit.is_none() { f.which.or(f.back) } else { None };
        return Some(Meaning::of(Base::Season { season, year: f.year_of(), which }));
    }
    if let Some(decade) = f.decade {
        return Some(Meaning::of(Base::Decade(decade as i16)));
    }
    let day = f.day.or(f.ord).filter(|d| (1..=31).contains(d));
    if let (Some(Unit::Century), Some(ord)) = (f.unit(), f.ord) {
        return Some(Meaning::of(Base::Century(ord as i16 - 1)));
    }
    let weekday = match f.weekday {
        Some(w) => Some(Weekday::from_monday_one_offset(w as i8).ok()?),
        None => None,
    };
    let relative = f.which.or(f.back);
    // "the previous Friday" counts from the day last mentioned.
    let year = match f.year_of() {
        YearOf::Unsaid if weekday.is_some() && f.month.is_none() && f.which.is_none() && f.back.is_some() => {
            YearOf::Passage(0)
        }
        year => year,
    };
    let (which, week) = match f.unit() {
        Some(Unit::Week) => (None, Some(relative.unwrap_or(0))),
        Some(Unit::Month) | None => (relative, None),
        Some(_) => (None, None),
    };
    if f.month.is_none() && day.is_none() && weekday.is_none() && year == YearOf::Unsaid {
        // A time of day alone, on this day, on that day, or on the one last mentioned.
        let (by, origin) = match (f.which, f.back) {
            (Some(by), _) => (by, Origin::Speech),
            (None, by) => (by.unwrap_or(0), Origin::Passage),
        };
        return Some(Meaning::of(Base::Counted { by, unit: Unit::Day, origin }));
    }
    let base = Base::Calendar {
        year,
        month: f.month.map(|m| m as i8),
        day: day.map(|d| d as i8),
        weekday,
        which,
        week,
    };
    Some(Meaning::of(base))
}

/// "two weeks ago", "a year earlier", "the day before".
fn count(f: &Fields, sign: i32, origin: Origin) -> Option<(Kind, Meaning)> {
    let unit = f.unit()?;
    let Some(tenths) = f.amount().map(|a| a.min(99_999)) else {
        if origin != Origin::Speech {
            return Some((Kind::Duration, Meaning::of(Base::Length { amount: None, unit, towards: None })));
        }
        let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        return Some((Kind::Date, Meaning::of(Base::Vague(value))));
    };
    let (by, unit) = match (tenths % 10, unit) {
        (0, Unit::Decade) => (tenths, Unit::Year),
        (0, Unit::Century) => (tenths * 10, Unit::Year),
        (0, unit) => (tenths / 10, unit),
        (half, Unit::Year) => (tenths / 10 * 12 + half * 12 / 10, Unit::Month),
        (_, unit) => (tenths / 10, unit),
    };
    let kind = if unit < Unit::Day { Kind::Time } else { Kind::Date };
    Some((kind, Meaning::of(Base::Counted { by: by.checked_mul(sign)?, unit, origin })))
}

/// "last week", "that year", "the next day".
fn which(f: &Fields) -> Option<(Kind, Meaning)> {
    let (by, origin) = match (f.which, f.back) {
        (Some(by), _) => (by, Origin::Speech),
        (None, Some(by)) => (by, Origin::Passage),
        (None, None) => return None,
    };
    Some((Kind::Date, Meaning::of(Base::Counted { by, unit: f.unit()?, origin })))
}

fn each(f: &Fields) -> Option<String> {
    let part = f.part().map(|p| format!("T{p}")).unwrap_or_default();
    if let Some(weekday) = f.weekday {
        return Some(format!("XXXX-WXX-{weekday}{part}"));
    }
    if let Some(month) = f.month {
        return Some(match f.day.or(f.ord) {
            Some(day) => format!("XXXX-{month:02}-{day:02}"),
            None => format!("XXXX-{month:02}"),
        });
    }
    if let Some(season) = f.season {
        return Some(format!("XXXX-{}", SEASONS.get(season as usize - 1)?));
    }
    if f.part.is_some() {
        return Some(format!("XXXX-XX-XX{part}"));
    }
    let unit = match f.freq {
        Some(freq) => Unit::ALL.get(freq as usize).copied()?,
        None => f.unit()?,
    };
    let amount = match f.num.or(f.ord) {
        Some(n) => Some(n.saturating_mul(10)),
        None if f.vague => None,
        None => Some(10),
    };
    Some(length_value(amount, unit))
}
