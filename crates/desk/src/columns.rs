//! What views filter, count and sort by, a column a property: a hundred thousand events are looked through in a fraction of
//! a millisecond. The rows themselves stand in the store.

use crate::lookups::Lookups;
use crate::row::{Actor, Place, Row};
use dateline_core::codes::Context;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::OnceLock;

/// The number of something that is not there.
pub(crate) const NONE: u32 = u32::MAX;

/// The day of something without a day.
pub(crate) const NO_DAY: i32 = i32::MIN;

/// Days since 1970.
pub(crate) fn day_number(date: Date) -> i32 {
    dateline_story::days::between(Date::constant(1970, 1, 1), date)
}

/// Things that were met, each with a number.
#[derive(Debug)]
pub(crate) struct Numbered<T> {
    pub(crate) list: Vec<T>,
    index: FxHashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { list: Vec::new(), index: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    pub(crate) fn number(&mut self, thing: &T) -> u32 {
        if let Some(&n) = self.index.get(thing) {
            return n;
        }
        let n = self.list.len() as u32;
        self.list.push(thing.clone());
        self.index.insert(thing.clone(), n);
        n
    }

    pub(crate) fn find(&self, thing: &T) -> Option<u32> {
        self.index.get(thing).copied()
    }

    pub(crate) fn maybe(&mut self, thing: Option<&T>) -> u32 {
        thing.map_or(NONE, |t| self.number(t))
    }
}

/// A list of numbers a row.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    ends: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    pub(crate) fn push(&mut self, items: impl IntoIterator<Item = u32>) {
        self.items.extend(items);
        self.ends.push(self.items.len() as u32);
    }

    pub(crate) fn of(&self, row: usize) -> &[u32] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.items[start as usize..self.ends[row] as usize]
    }
}

/// Everybody and everything that rows name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) parties: Numbered<Actor>,
    pub(crate) places: Numbered<String>,
    /// The places, by number.
    pub(crate) place_list: Vec<Place>,
    pub(crate) countries: Numbered<String>,
    pub(crate) modes: Numbered<String>,
    pub(crate) sources: Numbered<String>,
    pub(crate) stories: Numbered<String>,
    pub(crate) docs: Numbered<String>,
    pub(crate) publishers: Numbered<String>,
    lookups: OnceLock<Lookups>,
}

impl Names {
    /// What is looked up of them; made when it is first asked for, once all names are there.
    pub(crate) fn lookups(&self) -> &Lookups {
        self.lookups.get_or_init(|| Lookups::new(self))
    }
}

/// The columns of one kind of rows.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub(crate) ids: Vec<String>,
    pub(crate) types: Vec<u8>,
    pub(crate) modes: Vec<u32>,
    pub(crate) statuses: Vec<u8>,
    pub(crate) quads: Vec<u8>,
    pub(crate) scores: Vec<f32>,
    pub(crate) confidences: Vec<f32>,
    pub(crate) backgrounds: Vec<bool>,
    pub(crate) days: Vec<i32>,
    /// Whether the day is that of the report.
    pub(crate) reported: Vec<bool>,
    pub(crate) published: Vec<i32>,
    pub(crate) actors: Lists,
    pub(crate) recipients: Lists,
    pub(crate) places: Vec<u32>,
    pub(crate) countries: Vec<u32>,
    pub(crate) sources: Lists,
    pub(crate) stories: Vec<u32>,
    pub(crate) docs: Lists,
    pub(crate) publishers: Vec<u32>,
    pub(crate) contexts: Vec<u64>,
    pub(crate) independent: Vec<u32>,
    pub(crate) killed: Vec<u32>,
    orders: [OnceLock<Vec<u32>>; Sort::ALL.len()],
}

dateline_core::named_enum! {
    /// What rows can be sorted by.
    pub(crate) enum Sort {
        Day = "day", Published = "published", Type = "type", Status = "status", Actor = "actor", Recipient = "recipient",
        Place = "place", Score = "score", Confidence = "confidence", Sources = "sources", Killed = "killed",
    }
}

impl Columns {
    /// Takes in a row.
    pub(crate) fn push(&mut self, row: &Row, names: &mut Names) {
        self.ids.push(row.id.clone());
        self.types.push(row.event_type as u8);
        self.modes.push(names.modes.maybe(row.mode.as_ref()));
        self.statuses.push(row.status as u8);
        self.quads.push(row.quad);
        self.scores.push(row.score);
        self.confidences.push(row.confidence);
        self.backgrounds.push(row.background);
        self.days.push(row.day().map_or(NO_DAY, day_number));
        self.reported.push(row.start.is_none());
        self.published.push(row.published.map_or(NO_DAY, day_number));
        self.actors.push(row.actors.iter().map(|p| names.parties.number(p)));
        self.recipients.push(row.recipients.iter().map(|p| names.parties.number(p)));
        let place = row.place.as_ref().map_or(NONE, |p| {
            let n = names.places.number(&p.key);
            if n as usize == names.place_list.len() {
                names.place_list.push(p.clone());
            }
            n
        });
        self.places.push(place);
        self.countries.push(names.countries.maybe(row.place.as_ref().and_then(|p| p.country.as_ref())));
        let mut voices: Vec<u32> =
            row.sources.iter().filter_map(|s| s.name.as_ref()).map(|n| names.sources.number(n)).collect();
        voices.dedup();
        self.sources.push(voices);
        self.stories.push(names.stories.number(&row.story));
        self.docs.push(row.docs.iter().map(|d| names.docs.number(d)));
        self.publishers.push(names.publishers.maybe(row.publisher.as_ref()));
        self.contexts.push(row.contexts.iter().fold(0, |bits, &c| bits | bit_of(c)));
        self.independent.push(row.independent as u32);
        self.killed.push(row.killed.map_or(0, |n| n.min(u64::from(u32::MAX)) as u32));
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The numbers of all rows in ascending order of a property; what is alike, by day.
    pub(crate) fn order(&self, sort: Sort, names: &Names) -> &[u32] {
        self.orders[sort as usize].get_or_init(|| {
            let mut order: Vec<u32> = (0..self.len() as u32).collect();
            let name = |list: &Lists, row: usize| {
                list.of(row).first().map_or(String::from("\u{10ffff}"), |&n| {
                    names.parties.list[n as usize].name.to_lowercase()
                })
            };
            let tie = |row: usize| (self.days[row], row as u32);
            match sort {
                Sort::Day => order.sort_by_key(|&r| tie(r as usize)),
                Sort::Published => order.sort_by_key(|&r| (self.published[r as usize], tie(r as usize))),
                Sort::Type => {
                    order.sort_by_key(|&r| (self.types[r as usize], self.modes[r as usize], tie(r as usize)));
                }
                Sort::Status => order.sort_by_key(|&r| (self.statuses[r as usize], tie(r as usize))),
                Sort::Actor => {
                    order.sort_by_cached_key(|&r| (name(&self.actors, r as usize), tie(r as usize)));
                }
                Sort::Recipient => {
                    order.sort_by_cached_key(|&r| (name(&self.recipients, r as usize), tie(r as usize)));
                }
                Sort::Place => order.sort_by_cached_key(|&r| {
                    let place = names.place_list.get(self.places[r as usize] as usize);
                    (place.map_or(String::from("\u{10ffff}"), |p| p.name.to_lowercase()), tie(r as usize))
                }),
                Sort::Score => order.sort_by(|&a, &b| {
                    let by = self.scores[a as usize].total_cmp(&self.scores[b as usize]);
                    by.then_with(|| tie(a as usize).cmp(&tie(b as usize)))
                }),
                Sort::Confidence => order.sort_by(|&a, &b| {
                    let by = self.confidences[a as usize].total_cmp(&self.confidences[b as usize]);
                    by.then_with(|| tie(a as usize).cmp(&tie(b as usize)))
                }),
                Sort::Sources => order.sort_by_key(|&r| (self.independent[r as usize], tie(r as usize))),
                Sort::Killed => order.sort_by_key(|&r| (self.killed[r as usize], tie(r as usize))),
            }
            order
        })
    }
}

/// The bit that stands for a context.
pub(crate) const fn bit_of(context: Context) -> u64 {
    1 << (context as u8)
}
