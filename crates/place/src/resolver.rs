//! The way in: text and hints to toponyms.

use crate::error::Error;
use crate::gazetteer::{Class, Entry, Gazetteer};
use crate::home::Home;
use crate::kinds::{Wanted, wanted};
use crate::lexicon::{DISTRICT, FUNCTION, INSTITUTION, Lexicon, PROVINCE, Role, SIDE, TOWN, Target, WATER};
use crate::lookup::{Match, Names};
use crate::recognize::{Mention, Reading};
use crate::resolve::{Candidate, Group, anchor, resolve};
use crate::types::{Hints, PlaceKind, PlacePrecision, ResolvedPlace, Toponym};
use crate::words::{Gap, Word, scan};
use dateline_core::Span;

/// Finds place names in text and says which places they mean.
///
/// ```
/// use dateline_place::{Hints, Resolver};
/// let resolver = Resolver::new()?;
/// let mut found = Vec::new();
/// resolver.find("The mayor of Clinton, Mississippi, flew to Cairo.", &Hints::default(), &mut found);
/// let places: Vec<_> = found.iter().filter_map(|t| t.place.as_ref()).collect();
/// assert_eq!(places[0].admin1.as_deref(), Some("Mississippi"));
/// assert_eq!(places[2].country.map(|c| c.to_string()).as_deref(), Some("EGY"));
/// # Ok::<(), dateline_place::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Resolver {
    names: Names,
}

impl Resolver {
    /// A resolver over the gazetteer and the tables in this program; the first call reads the tables, some milliseconds.
    /// An error means that the program was built around damaged data.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { names: Names { gazetteer: Gazetteer::embedded()?, lexicon: Lexicon::embedded()? } })
    }

    /// Appends the place names of `text` with their places to `out`, in order.
    pub fn find(&self, text: &str, hints: &Hints<'_>, out: &mut Vec<Toponym>) {
        let words = self.words(text);
        let mut mentions = Vec::new();
        Reading::new(&self.names, text, &words, hints).mentions(&mut mentions);
        let home = Home::of(self.names.gazetteer, hints);
        let (groups, of) = resolve(&self.names, text, &words, &mentions, &home);
        out.extend((0..mentions.len()).map(|i| self.toponym(text, i, &mentions, &groups, &of)));
    }

    /// The places that the given spans of `text` name, one answer a span, in the order of `spans`. Other names of the
    /// text help to resolve them.
    pub fn resolve_spans(&self, text: &str, spans: &[Span], hints: &Hints<'_>) -> Vec<Toponym> {
        let words = self.words(text);
        let mut mentions = Vec::new();
        Reading::new(&self.names, text, &words, hints).mentions(&mut mentions);
        mentions.retain(|m| !spans.iter().any(|s| s.overlaps(m.span)));
        mentions.extend(
            spans
                .iter()
                .filter(|s| !words.is_empty() && !s.is_empty())
                .map(|s| self.mention_at(text, &words, *s)),
        );
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        let home = Home::of(self.names.gazetteer, hints);
        let (groups, of) = resolve(&self.names, text, &words, &mentions, &home);
        let answer = |span: &Span| {
            let i = mentions.iter().position(|m| m.span == *span);
            i.map_or(nowhere(*span), |i| self.toponym(text, i, &mentions, &groups, &of))
        };
        spans.iter().map(answer).collect()
    }

    fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 5);
        scan(text, self.names.lexicon, &mut words, &mut String::new());
        words
    }

    /// The mention that a given span makes: the longest known name in it, if the rest are words for kinds and sides of
    /// places, else a name that is not known.
    fn mention_at(&self, text: &str, words: &[Word], span: Span) -> Mention {
        let first = words.partition_point(|w| w.end <= span.start);
        let last = words.partition_point(|w| w.start < span.end).max(first + 1).min(words.len());
        let mut key = String::new();
        let mut best: Option<(usize, Match<'static>)> = None;
        for at in first..last {
            let caseless = !words[at].capital;
            let name = self.names.longest(text, &words[..last], at, caseless, &mut key);
            if let Some(name) = name.filter(|n| best.is_none_or(|(_, b)| n.span.len() > b.span.len())) {
                best = Some((at, name));
            }
        }
        let plain = |w: &Word| w.is(DISTRICT | PROVINCE | TOWN | WATER | SIDE | INSTITUTION | FUNCTION);
        let best = best.filter(|(at, name)| {
            let rest = words[first..*at].iter().chain(&words[name.last.min(last)..last]);
            rest.clone().all(plain) || rest.count() * 2 < last - first
        });
        let Some((_, name)) = best else {
            let name = Match::nameless(last, span);
            return Mention {
                first,
                last,
                span,
                name,
                wanted: Wanted::Feature,
                demonym: false,
                embedded: false,
            };
        };
        let behind = if words.get(last - 1).is_some_and(|w| w.gap == Gap::Join) { last + 1 } else { last };
        let kinds = words.iter().enumerate().take(behind).skip(name.last);
        let kinds =
            kinds.map(|(i, w)| (i, wanted(w.traits))).filter(|(i, k)| *i < last || *k != Wanted::Town);
        let wanted = kinds.map(|(_, k)| k).find(|k| *k != Wanted::Any).unwrap_or_default();
        Mention { first, last, span, name, wanted, demonym: name.is_demonym(text), embedded: false }
    }

    fn toponym(&self, text: &str, i: usize, mentions: &[Mention], groups: &[Group], of: &[usize]) -> Toponym {
        let (mention, group) = (&mentions[i], &groups[of[i]]);
        let place = match group.best() {
            Some(c) => self.place(text, mention, c),
            None => {
                anchor(text, i, mentions, groups, of).and_then(|c| self.place_in(mention.span.of(text), &c))
            }
        };
        let best = group.best().map_or(0.0, |c| c.score);
        let second =
            group.candidates.iter().enumerate().filter(|(i, _)| *i != group.best).map(|(_, c)| c.score);
        let lead = best - second.fold(best - 6.0, f32::max);
        let score = if group.best().is_some() { (lead / 6.0).clamp(0.0, 1.0) } else { 0.0 };
        Toponym { span: mention.span, place, demonym: mention.demonym, embedded: mention.embedded, score }
    }

    /// A street, river or hamlet somewhere in the place of `candidate`.
    fn place_in(&self, name: &str, candidate: &Candidate) -> Option<ResolvedPlace> {
        let (country, admin1, admin2, lat, lon, precision) = match candidate.target {
            Target::Entry(n) => {
                let g = self.names.gazetteer;
                let e = g.entry(n)?;
                let name_of = |e: Option<Entry>| e.map(|e| g.name(&e));
                let precision = precision(&e).0;
                (Some(e.country), name_of(g.admin1(&e)), name_of(g.admin2(&e)), e.lat, e.lon, precision)
            }
            Target::Spot(n) => {
                let s = self.names.lexicon.spots.get(usize::from(n))?;
                (s.country, None, None, s.lat, s.lon, PlacePrecision::Region)
            }
            Target::Nowhere => return None,
        };
        Some(ResolvedPlace {
            name: name.to_owned(),
            country,
            admin1,
            admin2,
            lat: round(lat),
            lon: round(lon),
            geonames: None,
            precision,
            kind: PlaceKind::Feature,
            capital: false,
        })
    }

    fn place(&self, text: &str, mention: &Mention, candidate: &Candidate) -> Option<ResolvedPlace> {
        let written = mention.name.span.of(text);
        match candidate.target {
            Target::Spot(n) => {
                let spot = self.names.lexicon.spots.get(usize::from(n))?;
                let kind = if spot.kind == "seat" {
                    PlaceKind::Facility
                } else {
                    spot.kind.parse().unwrap_or(PlaceKind::Region)
                };
                let precision =
                    if kind == PlaceKind::Facility { PlacePrecision::Point } else { PlacePrecision::Region };
                Some(ResolvedPlace {
                    name: spot.name.to_owned(),
                    country: spot.country,
                    admin1: None,
                    admin2: None,
                    lat: round(spot.lat),
                    lon: round(spot.lon),
                    geonames: spot.geonames,
                    precision,
                    kind,
                    capital: false,
                })
            }
            Target::Nowhere => None,
            Target::Entry(n) => {
                let gazetteer = self.names.gazetteer;
                let entry = gazetteer.entry(n)?;
                let alias =
                    mention.name.own(text).any(|s| s.role != Role::Name && s.target == candidate.target);
                let shouted = !written.bytes().any(|b| b.is_ascii_lowercase());
                let name = if alias || shouted { gazetteer.name(&entry) } else { written.to_owned() };
                let (precision, kind) = precision(&entry);
                let not_itself = |e: &Entry| e.number != entry.number;
                Some(ResolvedPlace {
                    name,
                    country: Some(entry.country),
                    admin1: gazetteer.admin1(&entry).map(|e| gazetteer.name(&e)),
                    admin2: gazetteer.admin2(&entry).filter(not_itself).map(|e| gazetteer.name(&e)),
                    lat: round(entry.lat),
                    lon: round(entry.lon),
                    geonames: Some(entry.geonames),
                    precision,
                    kind,
                    capital: entry.class == Class::Capital,
                })
            }
        }
    }
}

/// Five decimals: more than the gazetteer knows.
fn round(degrees: f32) -> f64 {
    (f64::from(degrees) * 1e5).round() / 1e5
}

fn precision(entry: &Entry) -> (PlacePrecision, PlaceKind) {
    match entry.class {
        Class::Country => (PlacePrecision::Country, PlaceKind::Country),
        Class::Admin1 => (PlacePrecision::Province, PlaceKind::Division),
        Class::Admin2 => (PlacePrecision::District, PlaceKind::Division),
        _ => (PlacePrecision::City, PlaceKind::Town),
    }
}

fn nowhere(span: Span) -> Toponym {
    Toponym { span, place: None, demonym: false, embedded: false, score: 0.0 }
}
