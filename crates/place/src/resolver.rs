//! The way in: text and hints to toponyms.

use crate::error::Error;
use crate::gazetteer::{Class, Entry, Gazetteer};
use crate::home::Home;
use crate::lexicon::{Lexicon, Role, Target};
use crate::lookup::{Names, Strength};
use crate::recognize::{Mention, Reading, Wanted};
use crate::resolve::{Candidate, Group, resolve};
use crate::types::{Hints, PlaceKind, PlacePrecision, ResolvedPlace, Toponym};
use crate::words::{Word, scan};
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
        out.extend(mentions.iter().zip(of).map(|(m, g)| self.toponym(text, m, &groups[g])));
    }

    /// The places that the given spans of `text` name, one answer a span, in the order of `spans`. Other names of the
    /// text help to resolve them.
    pub fn resolve_spans(&self, text: &str, spans: &[Span], hints: &Hints<'_>) -> Vec<Toponym> {
        let words = self.words(text);
        let mut mentions = Vec::new();
        Reading::new(&self.names, text, &words, hints).mentions(&mut mentions);
        mentions.retain(|m| !spans.iter().any(|s| s.overlaps(m.span)));
        mentions.extend(spans.iter().filter_map(|s| self.mention_at(text, &words, *s)));
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        let home = Home::of(self.names.gazetteer, hints);
        let (groups, of) = resolve(&self.names, text, &words, &mentions, &home);
        let answer = |span: &Span| {
            let i = mentions.iter().position(|m| m.span == *span);
            i.map_or(Toponym { span: *span, place: None, demonym: false, score: 0.0 }, |i| {
                self.toponym(text, &mentions[i], &groups[of[i]])
            })
        };
        spans.iter().map(answer).collect()
    }

    fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 5);
        scan(text, self.names.lexicon, &mut words, &mut String::new());
        words
    }

    /// The mention that a given span makes; none where no part of it is known.
    fn mention_at(&self, text: &str, words: &[Word], span: Span) -> Option<Mention> {
        let first = words.partition_point(|w| w.end <= span.start);
        let last = words.partition_point(|w| w.start < span.end);
        let (mut best, mut key): (Option<(usize, crate::lookup::Match<'static>)>, _) = (None, String::new());
        for at in first..last {
            let caseless = !words[at].capital;
            let Some(mut name) = self.names.longest(text, &words[..last], at, caseless, &mut key) else { continue };
            if name.span.end > span.end {
                name.span.end = span.end;
            }
            let longer = best.is_none_or(|(_, b)| name.span.len() > b.span.len());
            if longer {
                best = Some((at, name));
            }
        }
        let (at, name) = best?;
        let mut wanted = Wanted::Any;
        for i in name.last..(last + 1).min(words.len()) {
            if i == last && words[i - 1].gap != crate::words::Gap::Join {
                break;
            }
            let kind = crate::recognize::wanted(words[i].traits);
            if wanted == Wanted::Any && (i < last || kind != Wanted::Town) {
                wanted = kind;
            }
        }
        let demonym = name.is_demonym(text);
        let _ = at;
        Some(Mention { first, last: last.max(first + 1), span, name, wanted, demonym })
    }

    fn toponym(&self, text: &str, mention: &Mention, group: &Group) -> Toponym {
        let place = group.best().and_then(|c| self.place(text, mention, c));
        let best = group.best().map_or(0.0, |c| c.score);
        let second = group.candidates.iter().enumerate().filter(|(i, _)| *i != group.best).map(|(_, c)| c.score);
        let lead = best - second.fold(best - 6.0, f32::max);
        Toponym { span: mention.span, place, demonym: mention.demonym, score: (lead / 6.0).clamp(0.0, 1.0) }
    }

    fn place(&self, text: &str, mention: &Mention, candidate: &Candidate) -> Option<ResolvedPlace> {
        let written = mention.name.span.of(text);
        match candidate.target {
            Target::Spot(n) => {
                let spot = self.names.lexicon.spots.get(usize::from(n))?;
                let kind = spot.kind.parse().unwrap_or(PlaceKind::Region);
                let precision = if kind == PlaceKind::Facility { PlacePrecision::Point } else { PlacePrecision::Region };
                Some(ResolvedPlace {
                    name: spot.name.to_owned(),
                    country: spot.country,
                    admin1: None,
                    admin2: None,
                    lat: f64::from(spot.lat),
                    lon: f64::from(spot.lon),
                    geonames: spot.geonames,
                    precision,
                    kind,
                })
            }
            Target::Entry(n) => {
                let gazetteer = self.names.gazetteer;
                let entry = gazetteer.entry(n)?;
                let alias = mention.name.own(text).any(|s| s.role != Role::Name && s.target == candidate.target);
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
                })
            }
        }
    }

    /// Whether `name` is known as a place that needs no context: a country, a large town, a name of the tables.
    pub fn is_well_known(&self, name: &str) -> bool {
        let words = self.words(name);
        let mut key = String::new();
        let found = self.names.longest(name, &words, 0, true, &mut key);
        found.is_some_and(|m| m.last == words.len() && m.strength == Strength::Strong)
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
