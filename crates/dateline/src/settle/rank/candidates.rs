//! The places that a report names, as candidates for where its acts took place.

use super::clause::Site;
use super::in_reach;
use crate::reader::Reading;
use dateline_core::Country;
use dateline_events::Occurrence;
use dateline_place::{PlacePrecision, ResolvedPlace, Toponym};
use rustc_hash::FxHashMap;

/// How the report names a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    /// By its name.
    Name,
    /// Within another name: "Ohio Supreme Court".
    Embedded,
    /// By its people: "Iraqi".
    People,
}

impl How {
    pub(super) fn of(t: &Toponym) -> How {
        if t.demonym {
            How::People
        } else if t.embedded {
            How::Embedded
        } else {
            How::Name
        }
    }
}

/// A place of a report, with all its mentions of the kind that names it best.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// Its mentions, as indices into the toponyms.
    pub(crate) mentions: Vec<u32>,
    pub(super) how: How,
    /// How many of its mentions, up to three, say that something is there.
    pub(super) scenic: usize,
    /// The report is from there.
    pub(super) in_dateline: bool,
    /// The first sentence names it.
    pub(super) first_sentence: bool,
}

/// The places of a report, in the order of their first mention, with what every act asks of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates {
    /// The places.
    pub(crate) all: Vec<Candidate>,
    /// For every toponym the place that it is a mention of.
    pub(super) of: Vec<Option<u32>>,
    /// For every toponym the sentence it begins in; a number that no sentence has behind the last one.
    pub(super) sentences: Vec<u32>,
    /// The toponyms that are names.
    pub(super) names: Vec<u32>,
    /// How many of the places are named by their names.
    pub(super) named: usize,
    /// The most mentions of a place that is named so, or better.
    pub(super) most: [usize; 3],
    /// What the report names of each country's parts.
    parts: FxHashMap<Country, Parts>,
}

/// How the report names the parts of a country.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts {
    /// How many it names.
    pub(super) count: usize,
    /// How often it names the one that it names most.
    pub(super) most: usize,
}

impl Candidates {
    /// Gathers the places of a report.
    pub(super) fn new(reading: &Reading) -> Candidates {
        let (s, toponyms) = (&reading.doc.syntax, &reading.toponyms);
        let all = gather(reading);
        let mut of = vec![None; toponyms.len()];
        for (c, k) in all.iter().zip(0..) {
            c.mentions.iter().for_each(|&m| of[m as usize] = Some(k));
        }
        let sentence =
            |t: &Toponym| s.token_at(t.span.start).map_or(u32::MAX, |token| s.token(token).sentence);
        let mut most = [0; 3];
        for c in &all {
            (c.how as usize..3).for_each(|how| most[how] = c.mentions.len().max(most[how]));
        }
        let mut parts: FxHashMap<Country, Parts> = FxHashMap::default();
        for c in all.iter().filter(|c| c.how == How::Name) {
            let Some(place) = place_at(reading, c.mentions[0]) else { continue };
            if let Some(country) = place.country.filter(|_| place.precision != PlacePrecision::Country) {
                let known = parts.entry(country).or_default();
                known.count += 1;
                known.most = known.most.max(c.mentions.len());
            }
        }
        Candidates {
            of,
            parts,
            sentences: toponyms.iter().map(sentence).collect(),
            names: (0..).zip(toponyms).filter(|(_, t)| How::of(t) == How::Name).map(|(k, _)| k).collect(),
            named: all.iter().filter(|c| c.how == How::Name).count(),
            most,
            all,
        }
    }

    /// The toponyms in so many sentences around one.
    pub(super) fn near(&self, sentence: u32, apart: u32) -> std::ops::Range<usize> {
        let low = self.sentences.partition_point(|&x| x < sentence.saturating_sub(apart));
        let high = self.sentences.partition_point(|&x| x <= sentence.saturating_add(apart));
        low..high
    }

    /// How the report names the parts of a country.
    pub(super) fn parts(&self, country: Option<Country>) -> Parts {
        country.and_then(|c| self.parts.get(&c)).copied().unwrap_or_default()
    }

    /// The places that are weighed for an act.
    pub(crate) fn of_act(&self, tellings: &[Occurrence]) -> Vec<&Candidate> {
        let reach = in_reach(self.all.len(), tellings, |o| {
            let at = self.sentences.partition_point(|&x| x < o.sentence);
            (at, self.of.iter().map(Option::as_slice))
        });
        reach.map_or_else(
            || self.all.iter().collect(),
            |k| k.into_iter().map(|k| &self.all[k as usize]).collect(),
        )
    }
}

/// What two toponyms of one place share.
#[derive(PartialEq, Eq, Hash)]
enum Key<'a> {
    Identifier(u32),
    Name(&'a str, Option<Country>),
}

fn keys(place: &ResolvedPlace) -> impl Iterator<Item = Key<'_>> {
    place.geonames.map(Key::Identifier).into_iter().chain([Key::Name(&place.name, place.country)])
}

/// The places of a report, in the order of their first mention.
fn gather(reading: &Reading) -> Vec<Candidate> {
    let (s, doc) = (&reading.doc.syntax, &reading.doc);
    let mut all: Vec<Candidate> = Vec::new();
    // By what a place is known, the candidates that were known by it at some time.
    let mut known: FxHashMap<Key<'_>, Vec<usize>> = FxHashMap::default();
    for (k, t) in reading.toponyms.iter().enumerate() {
        let Some(place) = &t.place else { continue };
        let (k, how) = (k as u32, How::of(t));
        let is_it = |&&c: &&usize| is_same(place_at(reading, all[c].mentions[0]), place);
        let found = keys(place).filter_map(|key| known.get(&key)?.iter().filter(is_it).min().copied()).min();
        let new =
            || Candidate { mentions: vec![k], how, scenic: 0, in_dateline: false, first_sentence: false };
        match found {
            Some(c) if how == all[c].how => {
                all[c].mentions.push(k);
                continue;
            }
            Some(c) if how > all[c].how => continue,
            Some(c) => all[c] = new(),
            None => all.push(new()),
        }
        let c = found.unwrap_or(all.len() - 1);
        keys(place).for_each(|key| known.entry(key).or_default().push(c));
    }
    for c in &mut all {
        let span = |m: u32| reading.toponyms[m as usize].span;
        let sites = c.mentions.iter().filter_map(|&m| s.token_at(span(m).start)).map(|t| Site::of(s, t));
        c.scenic = sites.filter(Site::is_locative).take(3).count();
        c.in_dateline = doc.dateline.is_some_and(|d| c.mentions.iter().any(|&m| span(m).overlaps(d.place)));
        c.first_sentence =
            s.sentences.first().is_some_and(|first| c.mentions.iter().any(|&m| first.span.covers(span(m))));
    }
    all
}

fn place_at(reading: &Reading, toponym: u32) -> Option<&ResolvedPlace> {
    reading.toponyms[toponym as usize].place.as_ref()
}

/// Whether two places count as one. A town and the division around it that share their name do: reports hardly tell them
/// apart.
pub(super) fn is_same(a: Option<&ResolvedPlace>, b: &ResolvedPlace) -> bool {
    a.is_some_and(|a| {
        a.geonames.is_some() && a.geonames == b.geonames || a.country == b.country && a.name == b.name
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::rank::tests::reading;

    #[test]
    fn every_place_is_one_candidate_by_its_best_mentions() {
        let reading = reading("Iraqi troops left Mosul. In Iraq nobody was surprised; Mosul is Iraq.");
        let all = gather(&reading);
        let told: Vec<_> = all.iter().map(|c| (c.how, c.mentions.len())).collect();
        assert_eq!(told, [(How::Name, 2), (How::Name, 2)]);
    }

    #[test]
    fn a_people_stands_for_a_country_that_is_not_named() {
        let reading = reading("Iraqi troops left Mosul.");
        assert_eq!(gather(&reading)[0].how, How::People);
    }

    #[test]
    fn a_town_and_a_division_of_one_name_are_one_candidate() {
        let reading = reading("Rebels hold most of Idlib province. Planes bombed the city of Idlib.");
        assert_eq!(gather(&reading).iter().map(|c| c.mentions.len()).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn the_parts_of_a_country_are_counted() {
        let reading = reading("Police in Lyon and Paris made arrests. Lyon was quiet. France waits.");
        let candidates = Candidates::new(&reading);
        let parts = candidates.parts(Country::new("FRA"));
        assert_eq!((parts.count, parts.most), (2, 2));
    }
}
