//! What a view shows: one filter for all views, told in the address.

use crate::columns::{Columns, NO_DAY, NONE, Names, bit_of, day_number};
use crate::error::Refusal;
use crate::store::Bits;
use dateline_core::codes::Context;
use dateline_core::{EventType, Status};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;
use utoipa::IntoParams;

/// Which events. Lists are parted by commas.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Filter {
    /// `event` (each once, as all reports tell it) or `telling` (as each report tells it).
    pub(crate) each: Option<String>,
    /// Words; "in quotation marks" a phrase, with `*` at the end the beginning of a word.
    pub(crate) q: Option<String>,
    /// PLOVER types.
    #[serde(rename = "type")]
    pub(crate) types: Option<String>,
    /// PLOVER modes.
    pub(crate) mode: Option<String>,
    /// happened, ongoing, planned, hypothetical, denied.
    pub(crate) status: Option<String>,
    /// Quad classes, 1 to 4.
    pub(crate) quad: Option<String>,
    /// Who acts: a name, a country (PER), or a country and sector (PERGOV).
    pub(crate) actor: Option<String>,
    /// To whom: the same.
    pub(crate) recipient: Option<String>,
    /// Who takes part on either side: the same.
    pub(crate) party: Option<String>,
    /// Two that deal with each other, with `|` between: `PER|ECU`.
    pub(crate) pair: Option<String>,
    /// Countries of the place.
    pub(crate) country: Option<String>,
    /// A place: its name, or its key.
    pub(crate) place: Option<String>,
    /// On whose word: a name.
    pub(crate) source: Option<String>,
    /// Identifier of a story.
    pub(crate) story: Option<String>,
    /// Identifier of a report.
    pub(crate) doc: Option<String>,
    /// Who published the report.
    pub(crate) publisher: Option<String>,
    /// What the passage is about.
    pub(crate) context: Option<String>,
    /// First day; of events whose day no report tells, that of the report counts.
    pub(crate) since: Option<String>,
    /// Last day.
    pub(crate) until: Option<String>,
    /// Least confidence, 0 to 1.
    pub(crate) min_confidence: Option<String>,
    /// `no`: leave out what is told as history or setting; `only`: nothing else.
    pub(crate) background: Option<String>,
    /// open, accepted, rejected, corrected: what was checked.
    pub(crate) review: Option<String>,
}

/// The conditions of a filter, a bit each.
pub(crate) mod condition {
    pub(crate) const WORDS: u32 = 1;
    pub(crate) const TYPE: u32 = 1 << 1;
    pub(crate) const STATUS: u32 = 1 << 2;
    pub(crate) const QUAD: u32 = 1 << 3;
    pub(crate) const PARTY: u32 = 1 << 4;
    pub(crate) const PLACE: u32 = 1 << 5;
    pub(crate) const SOURCE: u32 = 1 << 6;
    pub(crate) const STORY: u32 = 1 << 7;
    pub(crate) const REPORT: u32 = 1 << 8;
    pub(crate) const DAYS: u32 = 1 << 9;
    pub(crate) const CONFIDENCE: u32 = 1 << 10;
    pub(crate) const BACKGROUND: u32 = 1 << 11;
    pub(crate) const REVIEW: u32 = 1 << 12;
    pub(crate) const CONTEXT: u32 = 1 << 13;
}

/// Which of many things are meant.
pub(crate) type Chosen = Vec<bool>;

/// A filter made ready for the columns of a store.
#[derive(Debug, Default)]
pub(crate) struct Ready {
    words: Option<Arc<Bits>>,
    types: Option<u32>,
    modes: Option<Chosen>,
    statuses: Option<u32>,
    quads: Option<u32>,
    actor: Option<Chosen>,
    recipient: Option<Chosen>,
    party: Option<Chosen>,
    pair: Option<(Chosen, Chosen)>,
    countries: Option<Chosen>,
    place: Option<Chosen>,
    source: Option<Chosen>,
    story: Option<u32>,
    doc: Option<u32>,
    publisher: Option<u32>,
    contexts: Option<u64>,
    days: Option<(i32, i32)>,
    confidence: Option<f32>,
    background: Option<bool>,
    /// What was checked of each row, and which answers are wanted.
    review: Option<(Arc<Vec<u8>>, u32)>,
}

/// The items of a list that is not empty.
fn items(list: Option<&String>) -> Option<Vec<&str>> {
    let list: Vec<&str> = list?.split(',').map(str::trim).filter(|i| !i.is_empty()).collect();
    (!list.is_empty()).then_some(list)
}

fn told(text: Option<&String>) -> Option<&str> {
    text.map(|t| t.trim()).filter(|t| !t.is_empty())
}

/// The bits of named values; a name that is none is refused.
fn mask<T: std::str::FromStr>(
    list: Option<&String>,
    what: &str,
    bit: impl Fn(T) -> u32,
) -> Result<Option<u32>, Refusal> {
    let Some(list) = items(list) else { return Ok(None) };
    list.into_iter()
        .map(|i| i.parse().map(&bit).map_err(|_| Refusal::unknown(what, i)))
        .try_fold(0, |bits, bit| Ok(bits | bit?))
        .map(Some)
}

/// A day, or nothing when none is told.
pub(crate) fn day(text: Option<&String>, what: &str) -> Result<Option<Date>, Refusal> {
    let Some(text) = told(text) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Refusal::bad(format!("{what}: `{text}` is no day: write 2031-06-02")))
}

impl Filter {
    /// Whether rows are tellings.
    pub(crate) fn tellings(&self) -> Result<bool, Refusal> {
        match told(self.each.as_ref()) {
            None | Some("event") => Ok(false),
            Some("telling") => Ok(true),
            Some(other) => Err(Refusal::unknown("each", other)),
        }
    }

    /// The search words, if there are any.
    pub(crate) fn words(&self) -> Option<&str> {
        told(self.q.as_ref())
    }

    /// The days asked for, as numbers.
    pub(crate) fn days(&self) -> Result<Option<(i32, i32)>, Refusal> {
        let (since, until) = (day(self.since.as_ref(), "since")?, day(self.until.as_ref(), "until")?);
        if since.is_none() && until.is_none() {
            return Ok(None);
        }
        Ok(Some((since.map_or(NO_DAY + 1, day_number), until.map_or(i32::MAX, day_number))))
    }

    /// The filter over the things of a store. `words` are the rows that have the search words, `reviews` what was checked.
    pub(crate) fn ready(
        &self,
        names: &Names,
        words: Option<Arc<Bits>>,
        reviews: impl FnOnce() -> Arc<Vec<u8>>,
    ) -> Result<Ready, Refusal> {
        let party = |text: Option<&String>| told(text).map(|t| parties(names, t));
        let number = |text: Option<&String>, all: &crate::columns::Numbered<String>| {
            told(text).map(|t| all.find(&t.to_owned()).unwrap_or(NONE - 1))
        };
        let pair = match told(self.pair.as_ref()).map(|p| p.split_once('|')) {
            None => None,
            Some(Some((a, b))) => Some((parties(names, a.trim()), parties(names, b.trim()))),
            Some(None) => {
                return Err(Refusal::bad("pair: write two names with | between, such as PER|ECU".to_owned()));
            }
        };
        let contexts = items(self.context.as_ref()).map(|list| {
            let bit = |c: &str| c.parse::<Context>().map(bit_of).map_err(|_| Refusal::unknown("context", c));
            list.into_iter().map(bit).try_fold(0, |bits, bit| Ok::<u64, Refusal>(bits | bit?))
        });
        let confidence = match told(self.min_confidence.as_ref()) {
            None => None,
            Some(text) => {
                let number: Option<f32> = text.parse().ok().filter(|p: &f32| (0.0..=1.0).contains(p));
                Some(number.ok_or_else(|| {
                    Refusal::bad(format!("min_confidence: `{text}` is no number from 0 to 1"))
                })?)
            }
        };
        let background = match told(self.background.as_ref()) {
            None | Some("yes") => None,
            Some("no") => Some(false),
            Some("only") => Some(true),
            Some(other) => return Err(Refusal::unknown("background", other)),
        };
        let quads = mask(self.quad.as_ref(), "quad", |q: u8| 1 << q.min(31))?;
        let review = mask(self.review.as_ref(), "review", |v: crate::check::Verdict| 1 << (v as u8))?;
        Ok(Ready {
            words,
            types: mask(self.types.as_ref(), "type", |t: EventType| 1 << (t as u8))?,
            modes: items(self.mode.as_ref())
                .map(|list| choose(&names.modes.list, |m| list.contains(&m.as_str()))),
            statuses: mask(self.status.as_ref(), "status", |s: Status| 1 << (s as u8))?,
            quads,
            actor: party(self.actor.as_ref()),
            recipient: party(self.recipient.as_ref()),
            party: party(self.party.as_ref()),
            pair,
            countries: items(self.country.as_ref())
                .map(|list| choose(&names.countries.list, |c| list.contains(&c.as_str()))),
            place: told(self.place.as_ref()).map(|text| {
                let wanted = text.to_lowercase();
                let lower = &names.lookups().places;
                names.place_list.iter().zip(lower).map(|(p, name)| p.key == text || *name == wanted).collect()
            }),
            source: told(self.source.as_ref()).map(|text| {
                let wanted = text.to_lowercase();
                let sources = &names.lookups().sources;
                let exact = choose(sources, |s| *s == wanted);
                if exact.contains(&true) { exact } else { choose(sources, |s| s.contains(&wanted)) }
            }),
            story: number(self.story.as_ref(), &names.stories),
            doc: number(self.doc.as_ref(), &names.docs),
            publisher: number(self.publisher.as_ref(), &names.publishers),
            contexts: contexts.transpose()?,
            days: self.days()?,
            confidence,
            background,
            review: review.map(|bits| (reviews(), bits)),
        })
    }
}

fn choose<T>(all: &[T], is_meant: impl Fn(&T) -> bool) -> Chosen {
    all.iter().map(is_meant).collect()
}

/// The parties that words mean: those of this country or code, or with this name; where there is none, those whose name
/// has the words in it.
pub(crate) fn parties(names: &Names, text: &str) -> Chosen {
    let lower = &names.lookups().parties;
    let wanted = text.to_lowercase();
    let parties = names.parties.list.iter().zip(lower);
    let exact: Chosen = parties
        .map(|(p, name)| p.code == text || p.country.as_deref() == Some(text) || *name == wanted)
        .collect();
    if exact.contains(&true) { exact } else { choose(lower, |name| name.contains(&wanted)) }
}

impl Ready {
    /// The conditions that a row does not meet, as bits; none when it is shown.
    pub(crate) fn unmet(&self, columns: &Columns, row: usize) -> u32 {
        let mut unmet = 0;
        let mut check = |bit: u32, met: bool| {
            if !met {
                unmet |= bit;
            }
        };
        let one = |chosen: &Chosen, n: u32| chosen.get(n as usize).copied().unwrap_or(false);
        let any = |chosen: &Chosen, list: &[u32]| list.iter().any(|&n| one(chosen, n));
        if let Some(words) = &self.words {
            check(condition::WORDS, words.has(row));
        }
        if let Some(types) = self.types {
            check(condition::TYPE, types >> columns.types[row] & 1 == 1);
        }
        if let Some(modes) = &self.modes {
            check(condition::TYPE, one(modes, columns.modes[row]));
        }
        if let Some(statuses) = self.statuses {
            check(condition::STATUS, statuses >> columns.statuses[row] & 1 == 1);
        }
        if let Some(quads) = self.quads {
            check(condition::QUAD, quads >> columns.quads[row] & 1 == 1);
        }
        let (actors, recipients) = (columns.actors.of(row), columns.recipients.of(row));
        if let Some(actor) = &self.actor {
            check(condition::PARTY, any(actor, actors));
        }
        if let Some(recipient) = &self.recipient {
            check(condition::PARTY, any(recipient, recipients));
        }
        if let Some(party) = &self.party {
            check(condition::PARTY, any(party, actors) || any(party, recipients));
        }
        if let Some((a, b)) = &self.pair {
            let mutual = recipients.is_empty()
                && actors
                    .iter()
                    .enumerate()
                    .any(|(i, &x)| one(a, x) && actors.iter().enumerate().any(|(j, &y)| i != j && one(b, y)));
            let to = |from: &Chosen, to: &Chosen| any(from, actors) && any(to, recipients);
            check(condition::PARTY, to(a, b) || to(b, a) || mutual);
        }
        if let Some(countries) = &self.countries {
            check(condition::PLACE, one(countries, columns.countries[row]));
        }
        if let Some(place) = &self.place {
            check(condition::PLACE, one(place, columns.places[row]));
        }
        if let Some(source) = &self.source {
            check(condition::SOURCE, any(source, columns.sources.of(row)));
        }
        if let Some(story) = self.story {
            check(condition::STORY, columns.stories[row] == story);
        }
        if let Some(doc) = self.doc {
            check(condition::REPORT, columns.docs.of(row).contains(&doc));
        }
        if let Some(publisher) = self.publisher {
            check(condition::REPORT, columns.publishers[row] == publisher);
        }
        if let Some(contexts) = self.contexts {
            check(condition::CONTEXT, columns.contexts[row] & contexts != 0);
        }
        if let Some((since, until)) = self.days {
            let day = columns.days[row];
            check(condition::DAYS, day != NO_DAY && since <= day && day <= until);
        }
        if let Some(least) = self.confidence {
            check(condition::CONFIDENCE, columns.confidences[row] >= least);
        }
        if let Some(background) = self.background {
            check(condition::BACKGROUND, columns.backgrounds[row] == background);
        }
        if let Some((reviews, wanted)) = &self.review {
            let verdict = reviews.get(row).copied().unwrap_or(0);
            check(condition::REVIEW, wanted >> verdict & 1 == 1);
        }
        unmet
    }

    /// The rows that are shown, as bits.
    pub(crate) fn rows(&self, columns: &Columns) -> Bits {
        let mut bits = Bits::new(columns.len());
        for row in 0..columns.len() {
            if self.unmet(columns, row) == 0 {
                bits.set(row);
            }
        }
        bits
    }
}
