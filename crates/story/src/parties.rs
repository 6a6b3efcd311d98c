//! Whether two parties can be one: a person, an office, a country.

use crate::report::Party;
use crate::words;
use dateline_core::Sector;
use dateline_core::codes::EntityKind;

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

    /// Whether it acts for its country.
    fn is_of_state(&self) -> bool {
        matches!(self.sector, Sector::Gov | Sector::Mil | Sector::Cop | Sector::Spy | Sector::Leg)
    }

    /// Whether it is a description without a name: "ministers", "two soldiers". Who that is, readers often get wrong.
    pub fn is_unnamed(&self) -> bool {
        self.kind == EntityKind::Group && !self.name.chars().skip(1).any(char::is_uppercase)
    }

    /// Whether it is an officer of an organization, by title: "Secretary General of the ...".
    fn speaks_for(&self, other: &Party) -> bool {
        let office = |title: &String| {
            let title = title.to_lowercase();
            other.short_name().split(' ').filter(|w| w.len() > 3).any(|w| title.split(' ').any(|t| t == w))
        };
        self.kind == EntityKind::Person
            && other.kind == EntityKind::Organization
            && self.country == other.country
            && self.title.as_ref().is_some_and(office)
    }

    /// Whether the names have a word in common: "police" and "city police".
    fn shares_word(&self, other: &Party) -> bool {
        let theirs = other.short_name();
        self.short_name().split(' ').any(|w| w.len() > 3 && theirs.split(' ').any(|t| t == w))
    }

    /// How well two fit, -1 (they cannot be one) to 1 (they are).
    pub fn fit(&self, other: &Party) -> f32 {
        let person = |p: &Party| p.kind == EntityKind::Person;
        if self.short_name() == other.short_name() && person(self) == person(other) {
            // Much goes on in one place, and many are "the ministers".
            return if self.kind == EntityKind::Place {
                0.3
            } else if self.is_unnamed() {
                0.6
            } else {
                1.0
            };
        }
        if self.speaks_for(other) || other.speaks_for(self) {
            return 0.8;
        }
        if self.is_unnamed() || other.is_unnamed() {
            let both = self.is_unnamed() && other.is_unnamed();
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
                    let country = |p: &Party| p.kind == EntityKind::Country;
                    return match (person(self), person(other)) {
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
            _ if self.code == other.code && !person(self) && !person(other) => 0.3,
            // A country and an organization of many are not one.
            _ if !person(self) && !person(other) => -0.4,
            _ => 0.0,
        }
    }
}

/// How well two lists fit: the best pair, or nothing when one is empty.
pub fn fit<'a>(a: impl Iterator<Item = &'a Party>, b: impl Iterator<Item = &'a Party>) -> Option<f32> {
    let b: Vec<&Party> = b.collect();
    a.flat_map(|x| b.iter().map(move |y| x.fit(y))).max_by(f32::total_cmp)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use dateline_core::Country;

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
