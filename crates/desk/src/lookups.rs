//! What filters and views look up of names with every request, made once.

use crate::columns::{Names, Numbered};
use crate::row::Actor;

/// What parties are taken together as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Country,
    Code,
    Party,
}

/// Parties taken together.
#[derive(Debug, Default)]
pub(crate) struct Nodes {
    /// Their names: a country's or else a code, a code, a name.
    pub(crate) list: Vec<String>,
    /// The country of the first party of each.
    pub(crate) countries: Vec<Option<String>>,
    /// The node of each party.
    pub(crate) of: Vec<u32>,
}

impl Nodes {
    fn new(parties: &[Actor], by: By) -> Self {
        let mut names: Numbered<String> = Numbered::default();
        let (mut countries, mut of) = (Vec::new(), Vec::with_capacity(parties.len()));
        for party in parties {
            let n = names.number(match by {
                By::Country => party.country.as_ref().unwrap_or(&party.code),
                By::Code => &party.code,
                By::Party => &party.name,
            });
            if n as usize == countries.len() {
                countries.push(party.country.clone());
            }
            of.push(n);
        }
        Self { list: names.list, countries, of }
    }
}

/// What is looked up.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    /// Names of parties, places and sources in lower case.
    pub(crate) parties: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) sources: Vec<String>,
    /// The countries of parties, and the number of each party's.
    pub(crate) countries: Vec<String>,
    pub(crate) country_of: Vec<u32>,
    nodes: [Nodes; 3],
}

impl Lookups {
    pub(crate) fn new(names: &Names) -> Self {
        let parties = &names.parties.list;
        let mut countries: Numbered<String> = Numbered::default();
        let country_of = parties.iter().map(|p| countries.maybe(p.country.as_ref())).collect();
        Self {
            parties: parties.iter().map(|p| p.name.to_lowercase()).collect(),
            places: names.place_list.iter().map(|p| p.name.to_lowercase()).collect(),
            sources: names.sources.list.iter().map(|s| s.to_lowercase()).collect(),
            countries: countries.list,
            country_of,
            nodes: [By::Country, By::Code, By::Party].map(|by| Nodes::new(parties, by)),
        }
    }

    /// Parties taken together.
    pub(crate) fn nodes(&self, by: By) -> &Nodes {
        &self.nodes[by as usize]
    }
}
