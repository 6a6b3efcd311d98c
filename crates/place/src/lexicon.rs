//! The tables under `knowledge/places`, read once: own names, demonyms, aliases, and words that speak for or against a place.

use crate::error::Error;
use crate::fold::{fold, fold_into};
use crate::gazetteer::{Class, Entry, Gazetteer};
use dateline_core::Country;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

/// A bit set of what the tables say about a word.
pub(crate) type Traits = u32;

/// The word has an everyday meaning.
pub(crate) const COMMON: Traits = 1;
/// A surname.
pub(crate) const SURNAME: Traits = 1 << 1;
/// A given name.
pub(crate) const FIRST: Traits = 1 << 2;
/// Cue classes, in the order of [`CUES`].
pub(crate) const FUNCTION: Traits = 1 << 3;
pub(crate) const TITLE: Traits = 1 << 4;
pub(crate) const LOCATIVE: Traits = 1 << 5;
pub(crate) const SPEECH: Traits = 1 << 6;
pub(crate) const INSTITUTION: Traits = 1 << 7;
pub(crate) const ENTERPRISE: Traits = 1 << 8;
pub(crate) const PERSON_PART: Traits = 1 << 9;
pub(crate) const PROVINCE: Traits = 1 << 10;
pub(crate) const DISTRICT: Traits = 1 << 11;
pub(crate) const TOWN: Traits = 1 << 12;
pub(crate) const WATER: Traits = 1 << 13;
pub(crate) const SIDE: Traits = 1 << 14;
pub(crate) const STREET: Traits = 1 << 15;
pub(crate) const INHABITANT: Traits = 1 << 16;
pub(crate) const PLURAL_DISTRICT: Traits = 1 << 17;
pub(crate) const PLURAL_PROVINCE: Traits = 1 << 18;

const CUES: [(&str, Traits); 16] = [
    ("function", FUNCTION),
    ("title", TITLE),
    ("locative", LOCATIVE),
    ("speech", SPEECH),
    ("institution", INSTITUTION),
    ("enterprise", ENTERPRISE),
    ("person_part", PERSON_PART),
    ("province", PROVINCE),
    ("district", DISTRICT),
    ("town", TOWN),
    ("water", WATER),
    ("side", SIDE),
    ("street", STREET),
    ("inhabitant", INHABITANT),
    ("plural_district", PLURAL_DISTRICT),
    ("plural_province", PLURAL_PROVINCE),
];

/// How a name of the tables stands for its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its own name.
    Name,
    /// A short form or other name, to be written out.
    Alias,
    /// The word of its people.
    Demonym,
}

/// A place of `regions.tsv` or `facilities.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) name: &'static str,
    /// `region`, `water`, `island`, `relief`, `union`, `facility` or `seat`.
    pub(crate) kind: &'static str,
    pub(crate) country: Option<Country>,
    pub(crate) lat: f32,
    pub(crate) lon: f32,
    pub(crate) geonames: Option<u32>,
}

/// What a name of the tables stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A place of the gazetteer.
    Entry(u32),
    /// A row of the own tables.
    Spot(u16),
    /// No place at all: `not_places.tsv`.
    Nowhere,
}

/// One meaning of a name in the tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnSense {
    pub(crate) target: Target,
    pub(crate) role: Role,
    /// The spelling that it holds for alone.
    pub(crate) exact: Option<&'static str>,
}

/// What the tables know of a folded name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) senses: Vec<OwnSense>,
    pub(crate) extends: bool,
    pub(crate) traits: Traits,
}

/// All tables.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    nodes: HashMap<Box<str>, Node, BuildHasherDefault<Fnv>>,
    pub(crate) spots: Vec<Spot>,
}

/// FNV-1a: the tables are our own, so nobody can make keys collide on purpose.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.0 = (self.0 ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Rows of a table: line number and fields.
fn rows(text: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
        .map(|(i, l)| (i + 1, l.split('\t').collect()))
}

impl Lexicon {
    /// The tables in this program, read at the first call.
    pub(crate) fn embedded() -> Result<&'static Lexicon, Error> {
        static EMBEDDED: OnceLock<Result<Lexicon, Error>> = OnceLock::new();
        EMBEDDED.get_or_init(|| Self::read(Gazetteer::embedded()?)).as_ref().map_err(Clone::clone)
    }

    /// What is known of a folded name.
    pub(crate) fn find(&self, key: &str) -> Option<&Node> {
        self.nodes.get(key)
    }

    /// The traits of a folded word.
    pub(crate) fn traits(&self, key: &str) -> Traits {
        self.nodes.get(key).map_or(0, |n| n.traits)
    }

    fn read(gazetteer: &Gazetteer<'_>) -> Result<Self, Error> {
        let mut lexicon = Self::default();
        lexicon.read_words(
            "common_words.tsv",
            include_str!("../../../knowledge/places/common_words.tsv"),
            COMMON,
        );
        lexicon.read_words("surnames.tsv", include_str!("../../../knowledge/places/surnames.tsv"), SURNAME);
        lexicon.read_words(
            "first_names.tsv",
            include_str!("../../../knowledge/places/first_names.tsv"),
            FIRST,
        );
        for (line, f) in rows(include_str!("../../../knowledge/places/cues.tsv")) {
            let (class, words) = pair("cues.tsv", line, &f)?;
            let bit = CUES.iter().find(|c| c.0 == class).map(|c| c.1);
            let bit = bit.ok_or_else(|| Error::table("cues.tsv", line, "unknown class"))?;
            for word in words.split(' ') {
                lexicon.node(word).traits |= bit;
            }
        }
        lexicon.read_spots("regions.tsv", include_str!("../../../knowledge/places/regions.tsv"))?;
        lexicon.read_spots("facilities.tsv", include_str!("../../../knowledge/places/facilities.tsv"))?;
        for (_, f) in rows(include_str!("../../../knowledge/places/not_places.tsv")) {
            lexicon.add(f[0], OwnSense { target: Target::Nowhere, role: Role::Name, exact: None });
        }
        lexicon.read_countries(gazetteer, include_str!("../../../knowledge/countries.tsv"));
        let aliases = include_str!("../../../knowledge/places/aliases.tsv");
        lexicon.read_names(gazetteer, "aliases.tsv", aliases, Role::Alias)?;
        let demonyms = include_str!("../../../knowledge/places/demonyms.tsv");
        lexicon.read_names(gazetteer, "demonyms.tsv", demonyms, Role::Demonym)?;
        Ok(lexicon)
    }

    fn node(&mut self, key: &str) -> &mut Node {
        self.nodes.entry(key.into()).or_default()
    }

    fn read_words(&mut self, _file: &str, text: &'static str, bit: Traits) {
        for (_, f) in rows(text) {
            if let Some(word) = f.first() {
                self.node(word).traits |= bit;
            }
        }
    }

    /// Enters a name and tells its beginnings that it goes on.
    fn add(&mut self, name: &str, sense: OwnSense) {
        let key = fold(name);
        for (at, _) in key.match_indices(' ') {
            self.node(&key[..at]).extends = true;
        }
        let senses = &mut self.node(&key).senses;
        if !senses
            .iter()
            .any(|s| s.exact == sense.exact && (s.target == sense.target || sense.role == Role::Demonym))
        {
            senses.push(sense);
        }
    }

    fn read_spots(&mut self, file: &str, text: &'static str) -> Result<(), Error> {
        let facilities = file == "facilities.tsv";
        for (line, f) in rows(text) {
            let bad = |why| Error::table(file, line, why);
            // name kind country lat lon geonames others | name town country lat lon others seat
            let others = f.get(if facilities { 5 } else { 6 }).ok_or_else(|| bad("a column is missing"))?;
            let spot = Spot {
                name: f[0],
                kind: match f.get(6) {
                    Some(seat) if facilities => {
                        if seat.is_empty() {
                            "facility"
                        } else {
                            "seat"
                        }
                    }
                    _ => f[1],
                },
                country: Country::new(f[2]),
                lat: f[3].parse().map_err(|_| bad("latitude is no number"))?,
                lon: f[4].parse().map_err(|_| bad("longitude is no number"))?,
                geonames: if facilities { None } else { f[5].parse().ok() },
            };
            let target = Target::Spot(self.spots.len() as u16);
            for name in std::iter::once(f[0]).chain(others.split('|')).filter(|n| !n.is_empty()) {
                self.add(name, OwnSense { target, role: Role::Name, exact: spelled(name) });
            }
            self.spots.push(spot);
        }
        Ok(())
    }

    fn read_names(
        &mut self,
        gazetteer: &Gazetteer<'_>,
        file: &str,
        text: &'static str,
        role: Role,
    ) -> Result<(), Error> {
        for (line, f) in rows(text) {
            let (target, names) = pair(file, line, &f)?;
            let target = self
                .target(gazetteer, target)
                .ok_or_else(|| Error::table(file, line, "the gazetteer does not know the target"))?;
            for name in names.split('|') {
                let exact = spelled(name);
                // a plain other name may still be some other place's own name
                let role = if role == Role::Alias && exact.is_none() { Role::Name } else { role };
                self.add(name, OwnSense { target, role, exact });
                if role == Role::Demonym
                    && !name.ends_with("ese")
                    && !name.ends_with("sh")
                    && !name.ends_with("men")
                {
                    self.add(&format!("{name}s"), OwnSense { target, role, exact: None });
                }
            }
        }
        Ok(())
    }

    /// Other names, adjectives and citizens of the countries that still are.
    fn read_countries(&mut self, gazetteer: &Gazetteer<'_>, text: &'static str) {
        for (_, f) in rows(text) {
            let entry = f.first().and_then(|code| Country::new(code)).and_then(|c| gazetteer.country(c));
            let Some(entry) = entry else { continue };
            for (column, role) in [
                (1, Role::Alias),
                (4, Role::Alias),
                (5, Role::Demonym),
                (6, Role::Demonym),
                (7, Role::Demonym),
            ] {
                let names = f.get(column).into_iter().flat_map(|c| c.split(';'));
                let names = names.filter(|n| n.len() > 1 && !n.starts_with("The ") && !n.starts_with("the "));
                for name in names {
                    let exact = spelled(name);
                    if role == Role::Alias && exact.is_none() && is_part(gazetteer, &entry, name) {
                        continue;
                    }
                    let plain = role == Role::Demonym || exact.is_some();
                    let role = if plain { role } else { Role::Name };
                    self.add(name, OwnSense { target: Target::Entry(entry.number), role, exact });
                }
            }
        }
    }

    /// The place that a table row points to: `USA`, `USA/Texas`, or a row of the own tables.
    fn target(&self, gazetteer: &Gazetteer<'_>, target: &str) -> Option<Target> {
        if let Some(country) = Country::new(target) {
            return gazetteer.country(country).map(|e| Target::Entry(e.number));
        }
        let (country, name) = target.split_once('/').unwrap_or(("", target));
        if let Some(country) = Country::new(country) {
            let mut key = String::new();
            fold_into(name, &mut key);
            let entries = gazetteer.find(&key).senses().filter_map(|s| gazetteer.entry(s.place));
            let order = |e: &Entry| if e.class == Class::Admin1 { 0 } else { e.number + 1 };
            return entries
                .filter(|e| e.country == country)
                .min_by_key(order)
                .map(|e| Target::Entry(e.number));
        }
        self.spots.iter().position(|s| s.name == name).map(|i| Target::Spot(i as u16))
    }
}

/// Whether the gazetteer knows `name` as a part of the country: Gaza is a part of the Palestinian territories.
fn is_part(gazetteer: &Gazetteer<'_>, country: &Entry, name: &str) -> bool {
    let senses = gazetteer.find(&fold(name)).senses();
    let mut entries = senses.filter_map(|s| gazetteer.entry(s.place));
    entries.any(|e| e.country == country.country && e.number != country.number)
}

fn pair<'a>(file: &str, line: usize, fields: &[&'a str]) -> Result<(&'a str, &'a str), Error> {
    match fields {
        [a, b] => Ok((a, b)),
        _ => Err(Error::table(file, line, "two columns are wanted")),
    }
}

/// Names with points or of capitals alone hold only as they are written: `US` is no `us`, `Ill.` no `ill`.
fn spelled(name: &'static str) -> Option<&'static str> {
    let short = name.len() <= 4 && !name.bytes().any(|b| b.is_ascii_lowercase());
    (short || name.contains('.')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_whole() {
        let lexicon = Lexicon::embedded().unwrap();
        assert!(lexicon.spots.len() > 400);
        assert!(lexicon.find("horn of").is_some_and(|n| n.extends));
        let palestinians = lexicon.find("palestinians").unwrap();
        assert!(palestinians.senses.iter().any(|s| s.role == Role::Demonym));
        assert!(lexicon.traits("county") & DISTRICT != 0);
        assert!(lexicon.find("calif").unwrap().senses.iter().any(|s| s.exact == Some("Calif.")));
    }
}
