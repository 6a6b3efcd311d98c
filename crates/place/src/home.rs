//! Where a report was published, as its address tells: `dailystar.com.lb` in Lebanon, `richmondregister.com` in a Richmond.

use crate::gazetteer::{Entry, Gazetteer};
use crate::resolve::unit;
use crate::types::Hints;
use dateline_core::Country;

/// Words that end the names of papers and stations in addresses.
const PAPERS: [&str; 40] = [
    "news",
    "times",
    "post",
    "tribune",
    "herald",
    "journal",
    "star",
    "sun",
    "register",
    "monitor",
    "gazette",
    "press",
    "observer",
    "examiner",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "globe",
    "mirror",
    "telegraph",
    "today",
    "online",
    "record",
    "leader",
    "sentinel",
    "enterprise",
    "citizen",
    "echo",
    "mail",
    "argus",
    "advertiser",
    "independent",
    "item",
    "review",
    "standard",
    "local",
    "beacon",
    "paper",
    "live",
];

/// What the publisher's address says of its home.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    country: Option<Country>,
    /// The town's folded name.
    town: String,
    /// Towns that its name may mean: division, position, likelihood among them.
    towns: Vec<(u16, [f32; 3], f32)>,
}

impl Home {
    /// The home told by `hints`.
    pub(crate) fn of(gazetteer: &Gazetteer<'_>, hints: &Hints<'_>) -> Self {
        let mut home = Home { country: hints.home, ..Home::default() };
        let Some(host) = hints.url.and_then(host) else { return home };
        let labels: Vec<&str> = host.split('.').collect();
        if let Some(last) =
            labels.last().filter(|l| l.len() == 2 && !matches!(**l, "tv" | "me" | "io" | "co" | "fm"))
        {
            let iso2 = if *last == "uk" { "gb" } else { last };
            home.country = home.country.or_else(|| gazetteer.country_by_iso2(iso2).map(|e| e.country));
        }
        if let Some(town) = labels.iter().find_map(|l| town_of(l)) {
            let entries = gazetteer.find(&town).senses().filter(|s| !s.alternate);
            let towns: Vec<_> = entries
                .filter_map(|s| gazetteer.entry(s.place))
                .filter(|e| e.class.is_town())
                .take(24)
                .collect();
            let largest = towns.iter().map(|e| e.log_population).fold(0.0, f32::max);
            let likelihood = |e: &Entry| ((e.log_population - largest) / 2.0).exp();
            home.towns = towns.iter().map(|e| (e.admin1, unit(e.lat, e.lon), likelihood(e))).collect();
            home.town = town;
        }
        home
    }

    /// Whether the publisher has this name in its address: then it means its own town before any larger one.
    pub(crate) fn is_called(&self, key: &str) -> bool {
        !self.town.is_empty() && self.town == key
    }

    /// How much the home speaks for a candidate.
    pub(crate) fn speaks_for(&self, country: Option<Country>, admin1: Option<u16>, at: [f32; 3]) -> f32 {
        let near = |b: [f32; 3]| at.iter().zip(b).map(|(a, b)| a * b).sum::<f32>() > 0.9999;
        let towns = self.towns.iter().filter(|t| Some(t.0) == admin1 || near(t.1));
        let local = towns.map(|t| t.2 * if near(t.1) { 2.0 } else { 1.0 }).fold(0.0, f32::max);
        let own = country.is_some() && country == self.country;
        local + if own { 1.5 } else { 0.0 }
    }
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    rest.split(['/', '?', '#', ':']).next().filter(|h| h.contains('.'))
}

/// `richmondregister` gives `richmond`.
fn town_of(label: &str) -> Option<String> {
    let mut town = label.to_ascii_lowercase().replace('-', "");
    let full = town.len();
    loop {
        let cut = PAPERS.iter().find(|p| town.len() > p.len() + 3 && town.ends_with(**p))?.len();
        town.truncate(town.len() - cut);
        if !PAPERS.iter().any(|p| town.ends_with(p)) {
            break;
        }
    }
    let town = town.strip_prefix("the").unwrap_or(&town);
    (town.len() >= 4 && town.len() < full).then(|| town.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_tell_the_country_and_the_town() {
        let g = Gazetteer::embedded().unwrap();
        let of = |url| Home::of(g, &Hints { url: Some(url), ..Hints::default() });
        assert_eq!(of("http://www.dailystar.com.lb/x").country.unwrap().as_str(), "LBN");
        assert_eq!(of("https://example.co.uk").country.unwrap().as_str(), "GBR");
        assert!(!of("http://www.richmondregister.com/local").towns.is_empty());
        assert!(of("not a url").towns.is_empty() && of("").country.is_none());
    }
}
