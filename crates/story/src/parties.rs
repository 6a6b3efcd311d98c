//! Whether two parties can be one: a person, an office, a country.

use crate::report::Party;
use crate::words;
use dateline_core::codes::EntityKind;
use dateline_core::{Country, Sector};
use rustc_hash::FxHashMap;

impl Party {
    /// Numbers under which those who can be this party are looked up: its country, else its name.
    pub fn key(&self) -> u32 {
        match self.country {
            Some(country) => words::number(country.as_str()),
            None => words::number(&self.short_name()),
        }
    }

    /// The last name of a person, all words of content of others, in lower case.
    pub fn short_name(&self) -> String {
        let lower = self.name.to_lowercase();
        let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        if self.kind == EntityKind::Person {
            return words.next_back().unwrap_or("").to_owned();
        }
        words.filter(|w| *w != "the" && *w != "s" && *w != "of").collect::<Vec<_>>().join(" ")
    }

    /// Whether it is a description without a name: "ministers", "two soldiers". Who that is, readers often get wrong.
    pub fn is_unnamed(&self) -> bool {
        self.kind == EntityKind::Group && !self.name.chars().skip(1).any(char::is_uppercase)
    }

    /// How well two fit, -1 (they cannot be one) to 1 (they are).
    pub fn fit(&self, other: &Party) -> f32 {
        Figure::of(self).fit(&Figure::of(other))
    }
}

/// Letters that a word has at least by which two names or offices are brought together.
const LONG: usize = 4;

/// What of a party is compared, as numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    kind: EntityKind,
    sector: Sector,
    country: Option<Country>,
    /// Whether it is a description without a name.
    pub unnamed: bool,
    /// Number of the short name.
    pub name: u32,
    code: u32,
    /// The longer words of the short name.
    words: Box<[u32]>,
    /// The words of a person's title.
    title: Box<[u32]>,
}

impl Figure {
    /// What of a party is compared.
    pub fn of(party: &Party) -> Self {
        let short = party.short_name();
        let title = party.title.as_ref().filter(|_| party.kind == EntityKind::Person);
        Self {
            kind: party.kind,
            sector: party.sector,
            country: party.country,
            unnamed: party.is_unnamed(),
            name: words::number(&short),
            code: words::number(&party.code),
            words: short.split(' ').filter(|w| w.len() >= LONG).map(words::number).collect(),
            title: title
                .map(|t| t.to_lowercase().split(' ').map(words::number).collect())
                .unwrap_or_default(),
        }
    }

    /// The number under which those who can be this party are looked up: its country, else its name.
    pub fn key(&self) -> u32 {
        self.country.map_or(self.name, |c| words::number(c.as_str()))
    }

    /// Whether its name tells more than its key.
    pub fn is_narrower(&self) -> bool {
        self.country.is_some() && self.kind != EntityKind::Country
    }

    /// Whether it acts for its country.
    fn is_of_state(&self) -> bool {
        matches!(self.sector, Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy | Sector::Leg)
    }

    fn is_person(&self) -> bool {
        self.kind == EntityKind::Person
    }

    /// Whether it is an officer of an organization, by title: "Secretary General of the ...".
    fn speaks_for(&self, other: &Figure) -> bool {
        self.is_person()
            && other.kind == EntityKind::Organization
            && self.country == other.country
            && other.words.iter().any(|w| self.title.contains(w))
    }

    /// Whether the names have a word in common: "police" and "city police".
    fn shares_word(&self, other: &Figure) -> bool {
        self.words.iter().any(|w| other.words.contains(w))
    }

    /// How well two fit, -1 (they cannot be one) to 1 (they are).
    pub fn fit(&self, other: &Figure) -> f32 {
        let persons = (self.is_person(), other.is_person());
        if self.name == other.name && persons.0 == persons.1 {
            // Much goes on in one place, and many are "the ministers".
            return if self.kind == EntityKind::Place {
                0.3
            } else if self.unnamed {
                0.6
            } else {
                1.0
            };
        }
        if self.speaks_for(other) || other.speaks_for(self) {
            return 0.8;
        }
        if self.unnamed || other.unnamed {
            let both = self.unnamed && other.unnamed;
            let apart = matches!((self.country, other.country), (Some(a), Some(b)) if a != b);
            return match (apart, self.sector == other.sector) {
                (true, _) => -0.3,
                (false, true) => 0.5,
                // "the men" may be the soldiers.
                (false, false) if both => 0.0,
                // "Ecuadorean troops" are Ecuador's.
                (false, false) if self.is_of_state() && other.is_of_state() => 0.5,
                (false, false) => -0.5,
            };
        }
        match (self.country, other.country) {
            (Some(a), Some(b)) if a != b => -1.0,
            (Some(_), Some(_)) => {
                if self.sector == other.sector {
                    let country = |p: &Figure| p.kind == EntityKind::Country;
                    return match persons {
                        // Two named persons of one government are two persons.
                        (true, true) => -0.4,
                        // Anybody of a government can stand for the country.
                        _ if country(self) || country(other) => 0.8,
                        (false, false) if self.shares_word(other) => 0.7,
                        (false, false) => 0.3,
                        _ => 0.4,
                    };
                }
                match (self.is_of_state(), other.is_of_state()) {
                    (true, true) => 0.6,
                    // The state and those who are not of it.
                    (true, false) | (false, true) => -0.3,
                    (false, false) => 0.3,
                }
            }
            _ if self.code == other.code && !persons.0 && !persons.1 => 0.3,
            // A country and an organization of many are not one.
            _ if !persons.0 && !persons.1 => -0.4,
            _ => 0.0,
        }
    }
}

/// All parties that reports name, each kept once.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    list: Vec<Figure>,
    numbers: FxHashMap<Figure, u32>,
}

impl Figures {
    /// The number of a party.
    pub fn number(&mut self, figure: Figure) -> u32 {
        let next = self.list.len() as u32;
        *self.numbers.entry(figure).or_insert_with_key(|figure| {
            self.list.push(figure.clone());
            next
        })
    }

    /// The parties, in the order of their numbers.
    pub(crate) fn into_list(self) -> Vec<Figure> {
        self.list
    }

    /// The party of a number.
    pub fn get(&self, number: u32) -> &Figure {
        &self.list[number as usize]
    }

    /// How well two lists fit: the best pair, or nothing when one is empty.
    pub fn fit(&self, a: &[u32], b: &[u32]) -> Option<f32> {
        let each = |&x: &u32| b.iter().map(move |&y| self.get(x).fit(self.get(y)));
        a.iter().flat_map(each).max_by(f32::total_cmp)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn party(name: &str, kind: EntityKind, country: &str, sector: Sector) -> Party {
        let country = Country::new(country);
        let code = format!("{}{sector}", country.map(|c| c.to_string()).unwrap_or_default());
        Party { name: name.to_owned(), kind, title: None, country, sector, code }
    }

    #[test]
    fn a_minister_can_stand_for_the_country() {
        let minister = party("Ann Holm", EntityKind::Person, "NOR", Sector::Gov);
        let country = party("Norway", EntityKind::Country, "NOR", Sector::Gov);
        let other = party("Iceland", EntityKind::Country, "ISL", Sector::Gov);
        let rebels = party("rebels", EntityKind::Group, "NOR", Sector::Reb);
        assert!(minister.fit(&country) > 0.7 && minister.fit(&other) < 0.0);
        assert!(rebels.fit(&country) < 0.1 && rebels.fit(&rebels) < 0.7);
        let short = party("Minister Holm", EntityKind::Person, "NOR", Sector::Gov);
        assert!(minister.fit(&short) > 0.9);
        assert_eq!(minister.key(), country.key());
    }
}
