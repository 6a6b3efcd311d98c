//! What of an event and of a report is compared, as numbers: made once, small, and all that bringing them together needs.

use crate::coref::Concepts;
use crate::days;
use crate::parties::{Figure, Figures};
use crate::report::{Act, Numbers, Report, Where};
use crate::same::{self, Sphere};
use crate::stories::Subject;
use crate::turns::TurnKind;
use crate::versions::Version;
use crate::words::{Frequencies, number, stem};
use dateline_core::codes::{Country, EventType, Status};
use dateline_core::{Interval, Precision};
use jiff::civil::Date;

/// What of a place is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Number of its name.
    pub name: u32,
    geonames: Option<u32>,
    /// Country it lies in.
    pub country: Option<Country>,
    /// Whether it is smaller than a country or region.
    pub exact: bool,
}

impl Spot {
    /// What of a place is compared.
    pub fn of(place: &Where) -> Self {
        Self {
            name: number(&place.name),
            geonames: place.geonames,
            country: place.country,
            exact: !matches!(place.precision.as_str(), "country" | "region"),
        }
    }

    /// The number under which events at this place are looked up.
    pub fn key(&self) -> u32 {
        self.geonames.unwrap_or(self.name)
    }

    /// Whether both are one place.
    pub fn is(&self, other: &Spot) -> bool {
        self.name == other.name || (self.geonames.is_some() && self.geonames == other.geonames)
    }
}

/// What of an event is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Gist {
    /// PLOVER type.
    pub event_type: EventType,
    /// Number of the mode.
    pub mode: Option<u32>,
    /// Whether it took place.
    pub status: Status,
    /// First and last day on which it can have taken place.
    pub span: Option<(i32, i32)>,
    /// Whether its day is told.
    pub told: bool,
    /// Whether its day is told exactly.
    pub exact: bool,
    /// Told in the headline.
    pub heads: bool,
    /// Where.
    pub place: Option<Spot>,
    /// Numbers told of it; [`UNTOLD`] where there are none.
    pub numbers: [u32; 4],
    /// Number of the word that tells it.
    pub trigger: u32,
    /// Numbers under which this word stands among the words of sentences.
    pub told_by: [u32; 2],
    /// The same word in the table of concepts.
    pub concept: Option<u32>,
    /// Type of what is demanded, promised, threatened or refused.
    pub aim: Option<EventType>,
    /// Sum of the squared weights of its words.
    pub square: f32,
    /// Actors, recipients and words, one after the other.
    lists: Box<[u32]>,
    actors: u16,
    recipients: u16,
}

/// A number that is not told.
pub const UNTOLD: u32 = u32::MAX;

impl Gist {
    /// What of an event is compared; `figures` are the numbers of the parties of its report.
    pub fn of(act: &Act, report: &Report, figures: &[u32]) -> Self {
        let named = |list: &[u16]| {
            list.iter().filter_map(|&n| figures.get(n as usize)).copied().collect::<Vec<u32>>()
        };
        let (actors, recipients) = (named(&act.actors), named(&act.recipients));
        let mut words = act.words.clone();
        words.dedup();
        let told = |(_, n): (_, Option<u64>)| {
            n.map_or(UNTOLD, |n| u32::try_from(n).unwrap_or(UNTOLD).min(UNTOLD - 1))
        };
        Self {
            event_type: act.event_type,
            mode: act.mode.as_deref().map(number),
            status: act.status,
            span: same::span(act, report),
            told: act.when.is_some(),
            exact: act.when.is_some_and(is_exact),
            heads: act.sentence == 0,
            place: act.place.as_ref().map(Spot::of),
            numbers: Numbers::each(act.magnitude).map(told),
            trigger: number(&act.trigger),
            told_by: told_by(&act.trigger),
            concept: Concepts::embedded().number(&act.trigger),
            aim: act.aim.as_ref().map(|a| a.event_type),
            square: words.iter().map(|&w| same::weight(w)).sum(),
            actors: actors.len() as u16,
            recipients: recipients.len() as u16,
            lists: [actors, recipients, words].concat().into(),
        }
    }

    /// Numbers of those who do it.
    pub fn actors(&self) -> &[u32] {
        &self.lists[..self.actors as usize]
    }

    /// Numbers of those to whom it is done.
    pub fn recipients(&self) -> &[u32] {
        &self.parties()[self.actors as usize..]
    }

    /// Numbers of both.
    pub fn parties(&self) -> &[u32] {
        &self.lists[..(self.actors + self.recipients) as usize]
    }

    /// Its words of content, ascending.
    pub fn words(&self) -> &[u32] {
        &self.lists[(self.actors + self.recipients) as usize..]
    }

    /// Did it take place, will it, or might it.
    pub const fn sphere(&self) -> Sphere {
        same::sphere(self.status)
    }

    /// The `most` words that news has least often.
    pub fn rarest(&self, most: usize) -> Vec<u32> {
        let mut words: Vec<(f32, u32)> =
            self.words().iter().map(|&w| (Frequencies::of_news().weight(w), w)).collect();
        words.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        words.into_iter().take(most).map(|(_, w)| w).collect()
    }
}

/// Numbers of a base form as it and its past stand among words without their endings.
fn told_by(base: &str) -> [u32; 2] {
    let past = format!("{base}{}", if base.ends_with('e') { "d" } else { "ed" });
    [base, past.as_str()].map(|form| number(stem(form)))
}

/// Whether a time is one day, told as such.
pub fn is_exact(when: Interval) -> bool {
    matches!(when.precision, Precision::Day | Precision::Hour)
}

/// What of a sentence that tells of a plan's fate is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate {
    /// What became of it.
    pub kind: TurnKind,
    /// Words of content, ascending.
    pub words: Box<[u32]>,
}

/// What of a report is compared.
#[derive(Clone, Debug)]
pub struct Digest {
    /// Identifier.
    pub id: Box<str>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// Headline.
    pub title: Box<str>,
    /// Day of publication.
    pub day: Option<Date>,
    /// Numbers that versions of one report share.
    pub version: Version,
    /// Number of the take or update.
    pub take: u32,
    /// Whether it withdraws an earlier report, or corrects one.
    pub withdraws: bool,
    /// What it is about.
    pub subject: Subject,
    /// Numbers of its parties.
    pub parties: Box<[u32]>,
    /// What it tells.
    pub acts: Box<[Gist]>,
    /// What it says became of plans.
    pub turns: Box<[Fate]>,
}

impl Digest {
    /// What of a report is compared.
    pub fn of(report: &Report, figures: &mut Figures) -> Self {
        let parties: Vec<u32> = report.parties.iter().map(|p| figures.number(Figure::of(p))).collect();
        Self {
            subject: report.subject.clone(),
            id: report.id.as_str().into(),
            publisher: report.publisher.as_deref().map(Into::into),
            title: report.title.as_str().into(),
            day: report.day,
            version: Version::of(report),
            take: report.take,
            withdraws: report.withdraws,
            acts: report.acts.iter().map(|a| Gist::of(a, report, &parties)).collect(),
            parties: parties.into(),
            turns: report
                .turns
                .iter()
                .map(|t| Fate { kind: t.kind, words: t.words.as_slice().into() })
                .collect(),
        }
    }

    /// Gives its parties other numbers: that of `n` is `numbers[n]`.
    pub(crate) fn renumber(&mut self, numbers: &[u32]) {
        let renumber = |list: &mut [u32]| list.iter_mut().for_each(|n| *n = numbers[*n as usize]);
        renumber(&mut self.parties);
        for act in &mut self.acts {
            let parties = act.parties().len();
            renumber(&mut act.lists[..parties]);
        }
    }

    /// The number of the day of publication.
    pub fn day_number(&self) -> Option<i32> {
        self.day.map(days::number)
    }
}
