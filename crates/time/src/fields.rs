//! What the matched words tell, field by field.

use crate::calendar::Unit;
use crate::digits::half_day;
use crate::lex::Token;
use crate::meaning::{Amount, Stretch, YearOf};
use crate::pattern::Bound;
use crate::timex::Modifier;
use crate::words::{Class, Words};

/// What the bound words tell.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fields {
    pub(crate) num: Option<i32>,
    pub(crate) tenths: i32,
    pub(crate) vague: bool,
    pub(crate) ord: Option<i32>,
    pub(crate) day: Option<i32>,
    pub(crate) hour: Option<i32>,
    pub(crate) year: Option<i32>,
    pub(crate) decade: Option<i32>,
    pub(crate) month: Option<i32>,
    pub(crate) weekday: Option<i32>,
    pub(crate) unit: Option<i32>,
    pub(crate) part: Option<i32>,
    pub(crate) season: Option<i32>,
    pub(crate) minutes: Option<i32>,
    pub(crate) military: Option<i32>,
    pub(crate) ampm: Option<i32>,
    pub(crate) iso: Option<i32>,
    pub(crate) deictic: Option<i32>,
    pub(crate) which: Option<i32>,
    pub(crate) back: Option<i32>,
    pub(crate) edge: Option<i32>,
    pub(crate) freq: Option<i32>,
    pub(crate) approx: Option<i32>,
}

pub(crate) const PARTS: [&str; 7] = ["MO", "MO", "MI", "AF", "EV", "NI", "DT"];
pub(crate) const SEASONS: [&str; 4] = ["SP", "SU", "FA", "WI"];

impl Fields {
    /// Reads the bound tokens.
    pub(crate) fn read<'a>(
        words: &Words,
        tokens: &[Token],
        bound: impl Iterator<Item = &'a Bound>,
    ) -> Fields {
        let mut f = Fields::default();
        for b in bound {
            let token = &tokens[b.token as usize];
            let value = words.value(token.word, b.class).unwrap_or(token.value);
            let slot = match b.class {
                Class::Num => {
                    if f.num.is_none() {
                        f.tenths += i32::from(token.tenths);
                    }
                    &mut f.num
                }
                Class::Vague => {
                    f.vague = true;
                    continue;
                }
                Class::Half => {
                    f.tenths += value;
                    continue;
                }
                Class::Ord => &mut f.ord,
                Class::Day => &mut f.day,
                Class::Hour => &mut f.hour,
                Class::Year | Class::OldYear => &mut f.year,
                Class::Decade => &mut f.decade,
                Class::Month | Class::LowMonth => &mut f.month,
                Class::Weekday | Class::Weekdays => &mut f.weekday,
                Class::Unit | Class::Units => &mut f.unit,
                Class::Part | Class::Parts => &mut f.part,
                Class::Season => &mut f.season,
                Class::Clock | Class::Noon => &mut f.minutes,
                Class::Military => &mut f.military,
                Class::AmPm => &mut f.ampm,
                Class::Iso => &mut f.iso,
                Class::Deictic => &mut f.deictic,
                Class::Which => &mut f.which,
                Class::Back | Class::That => &mut f.back,
                Class::Edge | Class::Bound => &mut f.edge,
                Class::Freq => &mut f.freq,
                Class::Approx | Class::Compare => &mut f.approx,
                Class::Zone | Class::Counted | Class::Maybe => continue,
            };
            slot.get_or_insert(value);
        }
        f
    }

    /// Sets what the rule presets and the words left open.
    pub(crate) fn fill(&mut self, other: &Fields) {
        let pairs = [
            (&mut self.num, other.num),
            (&mut self.ord, other.ord),
            (&mut self.unit, other.unit),
            (&mut self.which, other.which),
            (&mut self.back, other.back),
            (&mut self.part, other.part),
            (&mut self.deictic, other.deictic),
            (&mut self.minutes, other.minutes),
            (&mut self.edge, other.edge),
            (&mut self.approx, other.approx),
            (&mut self.month, other.month),
            (&mut self.day, other.day),
            (&mut self.year, other.year),
        ];
        for (mine, theirs) in pairs {
            *mine = mine.or(theirs);
        }
        self.vague |= other.vague;
        self.tenths += other.tenths;
    }

    /// The halves of a range lend each other what only one of them tells: "from May 3 to 5, 2003".
    pub(crate) fn lend(first: &mut Fields, second: &mut Fields) {
        if first.day.is_some() || first.ord.is_some() || first.month.is_some() {
            if first.month.is_none() {
                first.month = second.month;
            }
            if second.month.is_none() && (second.day.is_some() || second.ord.is_some()) {
                second.month = first.month;
            }
            if first.year.is_none() {
                first.year = second.year;
            }
        }
        if first.ampm.is_none() {
            first.ampm = second.ampm;
        }
        if first.unit.is_none() {
            first.unit = second.unit;
        }
    }

    pub(crate) fn unit(&self) -> Option<Unit> {
        Unit::ALL.get(self.unit? as usize).copied()
    }

    pub(crate) fn amount(&self) -> Amount {
        if self.vague && self.num.is_none() {
            return None;
        }
        // "half an hour" is no whole one, "an hour and a half" is one and presets it.
        let whole = self.num.unwrap_or(i32::from(self.tenths == 0));
        Some(whole.saturating_mul(10).saturating_add(self.tenths))
    }

    pub(crate) fn part(&self) -> Option<&'static str> {
        PARTS.get(self.part? as usize).copied()
    }

    pub(crate) fn clock(&self) -> Option<u16> {
        let minutes = match (self.minutes, self.hour, self.military) {
            (Some(minutes), ..) => minutes,
            (None, Some(hour), _) => hour * 60 + self.tenths * 6,
            (None, None, Some(digits)) if digits % 100 < 60 => digits / 100 * 60 + digits % 100,
            _ => return None,
        };
        let minutes = match (self.ampm, self.part) {
            (Some(ampm), _) => half_day(minutes, ampm == 1),
            (None, Some(3..=4)) => half_day(minutes, true),
            (None, Some(5)) if minutes >= 360 => half_day(minutes, true),
            _ => minutes,
        };
        u16::try_from(minutes).ok().filter(|m| *m <= 1440)
    }

    pub(crate) fn year_of(&self) -> YearOf {
        let year = self.year.or(self.num.filter(|n| (1500..=2100).contains(n)));
        match (year, self.unit()) {
            (Some(year @ 1000..=2100), _) => YearOf::Absolute(year as i16),
            (None, Some(Unit::Year)) => match (self.which, self.back) {
                (None, Some(by)) => YearOf::Passage(by),
                (by, _) => YearOf::Relative(by.unwrap_or(0)),
            },
            _ => YearOf::Unsaid,
        }
    }

    pub(crate) fn stretch(&self) -> Option<Stretch> {
        Some(match self.edge? {
            1 => Stretch::Early,
            2 => Stretch::Middle,
            3 => Stretch::Late,
            4 => Stretch::Earlier,
            5 => Stretch::Later,
            6 => Stretch::End,
            7 => Stretch::Beginning,
            _ => return None,
        })
    }

    pub(crate) fn modifier(&self) -> Option<Modifier> {
        match (self.edge, self.approx) {
            (Some(1 | 7), _) => Some(Modifier::Start),
            (Some(2), _) => Some(Modifier::Mid),
            (Some(3 | 6), _) => Some(Modifier::End),
            (_, Some(1)) => Some(Modifier::Approx),
            (_, Some(2)) => Some(Modifier::LessThan),
            (_, Some(3)) => Some(Modifier::MoreThan),
            (_, Some(4)) => Some(Modifier::EqualOrLess),
            (_, Some(5)) => Some(Modifier::EqualOrMore),
            _ => None,
        }
    }
}
