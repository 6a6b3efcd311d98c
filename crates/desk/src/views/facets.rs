//! How many events there are of each kind, so that a filter can be widened or narrowed.

use crate::columns::{Columns, NONE};
use crate::filter::{Ready, condition};
use crate::store::Store;
use dateline_core::codes::Context;
use dateline_core::{EventType, Status};
use serde::Serialize;
use utoipa::ToSchema;

/// Most values of a property.
const MOST: usize = 60;

/// Counts by property. The counts of a property leave its own part of the filter aside, so that what else could be chosen
/// is seen.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Facets {
    /// How many events are shown.
    pub(crate) total: usize,
    /// PLOVER types.
    #[serde(rename = "type")]
    pub(crate) types: Vec<Facet>,
    /// Statuses.
    pub(crate) status: Vec<Facet>,
    /// Quad classes.
    pub(crate) quad: Vec<Facet>,
    /// Countries of parties.
    pub(crate) party_country: Vec<Facet>,
    /// Parties.
    pub(crate) party: Vec<Facet>,
    /// Countries of the place.
    pub(crate) country: Vec<Facet>,
    /// Stories.
    pub(crate) story: Vec<Facet>,
    /// Publishers.
    pub(crate) publisher: Vec<Facet>,
    /// Contexts.
    pub(crate) context: Vec<Facet>,
}

/// A value with its count.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Facet {
    /// What the filter takes.
    pub(crate) value: String,
    /// What people read, where it is something else.
    pub(crate) label: Option<String>,
    /// How many events.
    pub(crate) count: u32,
}

/// Counts of numbered things.
struct Counts(Vec<u32>);

impl Counts {
    fn new(len: usize) -> Self {
        Self(vec![0; len])
    }

    fn add(&mut self, n: u32) {
        if n != NONE
            && let Some(count) = self.0.get_mut(n as usize)
        {
            *count += 1;
        }
    }

    fn facets(self, value: impl Fn(usize) -> (String, Option<String>)) -> Vec<Facet> {
        let counted = self.0.into_iter().enumerate().filter(|(_, count)| *count > 0);
        let mut counted: Vec<(usize, u32)> = counted.collect();
        let most = |&(n, count): &(usize, u32)| (std::cmp::Reverse(count), n);
        if counted.len() > MOST {
            counted.select_nth_unstable_by_key(MOST, most);
            counted.truncate(MOST);
        }
        counted.sort_unstable_by_key(most);
        let facet = |(n, count)| {
            let (value, label) = value(n);
            Facet { value, label, count }
        };
        counted.into_iter().map(facet).collect()
    }
}

pub(crate) fn count(store: &Store, columns: &Columns, ready: &Ready) -> Facets {
    let names = &store.names;
    let mut total = 0;
    let [mut types, mut statuses, mut quads, mut contexts] = [16, 5, 5, 37].map(Counts::new);
    let mut parties = Counts::new(names.parties.list.len());
    let mut countries = Counts::new(names.countries.list.len());
    let mut stories = Counts::new(names.stories.list.len());
    let mut publishers = Counts::new(names.publishers.list.len());
    let lookups = names.lookups();
    let (country_of, party_countries) = (&lookups.country_of, &lookups.countries);
    let mut of_parties = Counts::new(party_countries.len());
    let mut seen: Vec<u32> = Vec::new();
    for row in 0..columns.len() {
        let unmet = ready.unmet(columns, row);
        let without = |bit: u32| unmet & !bit == 0;
        total += usize::from(unmet == 0);
        if unmet & unmet.wrapping_sub(1) != 0 {
            continue;
        }
        if without(condition::TYPE) {
            types.add(u32::from(columns.types[row]));
        }
        if without(condition::STATUS) {
            statuses.add(u32::from(columns.statuses[row]));
        }
        if without(condition::QUAD) {
            quads.add(u32::from(columns.quads[row]));
        }
        if without(condition::PARTY) {
            seen.clear();
            seen.extend(columns.actors.of(row).iter().chain(columns.recipients.of(row)));
            seen.sort_unstable();
            seen.dedup();
            seen.iter().for_each(|&p| parties.add(p));
            seen.iter_mut().for_each(|p| *p = country_of[*p as usize]);
            seen.sort_unstable();
            seen.dedup();
            seen.iter().for_each(|&c| of_parties.add(c));
        }
        if without(condition::PLACE) {
            countries.add(columns.countries[row]);
        }
        if without(condition::STORY) {
            stories.add(columns.stories[row]);
        }
        if without(condition::REPORT) {
            publishers.add(columns.publishers[row]);
        }
        if without(condition::CONTEXT) {
            let mut left = columns.contexts[row];
            while left != 0 {
                contexts.add(left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
    let plain = |text: &str| (text.to_owned(), None);
    Facets {
        total,
        types: types.facets(|n| plain(EventType::ALL[n].as_str())),
        status: statuses.facets(|n| plain(Status::ALL[n].as_str())),
        quad: quads.facets(|n| plain(&n.to_string())),
        party_country: of_parties.facets(|n| {
            let code = &party_countries[n];
            (code.clone(), country_name(code))
        }),
        party: parties.facets(|n| {
            let party = &names.parties.list[n];
            (party.name.clone(), Some(format!("{} [{}]", party.name, party.code)))
        }),
        country: countries
            .facets(|n| (names.countries.list[n].clone(), country_name(&names.countries.list[n]))),
        story: stories.facets(|n| {
            let id = &names.stories.list[n];
            (id.clone(), store.story(id).map(|s| crate::row::title(&s.title)))
        }),
        publisher: publishers.facets(|n| plain(&names.publishers.list[n])),
        context: contexts.facets(|n| plain(Context::ALL[n].as_str())),
    }
}

/// The name of a country in news.
pub(crate) fn country_name(code: &str) -> Option<String> {
    dateline_export::countries::codes(code).map(|c| c.name.to_owned())
}
