//! The tables with their indexes: every question a caller may ask.

use std::borrow::Cow;
use std::path::Path;

use dateline_core::Country;
use jiff::civil::Date;

use crate::entry::{Case, CountryId, Entry, Hit, HonorificId, OrganizationId, PeopleId, PersonId, RoleId};
use crate::error::KnowledgeError;
use crate::index::Index;
use crate::rows::{CountryRow, FirstName, Gender, Honorific, Organization, Pattern, People, Person, Role};
use crate::tables::Tables;

/// A phrase found at the start of a run of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Number of tokens it covers.
    pub tokens: usize,
    /// Its meanings, in the order of the tables: countries, peoples, organizations, persons, roles, honorifics.
    pub hits: Vec<Hit>,
}

/// All tables, built once and read by many threads.
#[derive(Debug)]
pub struct Knowledge {
    tables: Tables,
    phrases: Index<Hit>,
    surnames: Index<PersonId>,
    suffixes: Index<u32>,
    prefixes: Index<u32>,
    first_names: Index<Gender>,
}

impl Knowledge {
    /// The tables of this build.
    ///
    /// # Errors
    /// A broken line in an embedded table; the tests of this crate see to it that there is none.
    pub fn embedded() -> Result<Self, KnowledgeError> {
        Ok(Self::index(Tables::embedded()?))
    }

    /// The tables of this build with those of `folder` added, which has files of the same names. A row with the same
    /// key (country code, role, adjective, word, name; organization and country; person, office and start) replaces
    /// the embedded one.
    ///
    /// # Errors
    /// A folder or file that cannot be read, and the first line that does not follow its table's format.
    pub fn with_dir(folder: impl AsRef<Path>) -> Result<Self, KnowledgeError> {
        let mut tables = Tables::embedded()?;
        tables.merge(Tables::folder(folder.as_ref())?);
        Ok(Self::index(tables))
    }

    fn index(tables: Tables) -> Self {
        let expected = 2 * (tables.persons.len() + tables.organizations.len() + tables.roles.len()) + 4096;
        let phrases = Index::build(
            expected,
            tables.phrases().map(|(phrase, entry)| {
                let case = Case::of(&phrase);
                (phrase, Hit { entry, case })
            }),
        );
        let surnames = Index::build(
            tables.persons.len(),
            (0..)
                .zip(&tables.persons)
                .flat_map(|(id, person)| person.surnames().map(move |surname| (surname, PersonId(id)))),
        );
        let patterns = || (0..).zip(&tables.patterns);
        let suffixes = Index::build(
            tables.patterns.len(),
            patterns().filter_map(|(id, pattern)| Some((pattern.suffix()?, id))),
        );
        let prefixes = Index::build(
            tables.patterns.len(),
            patterns().filter_map(|(id, pattern)| Some((pattern.prefix()?, id))),
        );
        let first_names = Index::build(
            tables.first_names.len(),
            tables.first_names.iter().map(|row| (&*row.name, row.gender)),
        );
        Self { tables, phrases, surnames, suffixes, prefixes, first_names }
    }

    /// Meanings of exactly this phrase, however it is written.
    ///
    /// ```
    /// # let knowledge = dateline_knowledge::Knowledge::embedded().unwrap();
    /// assert!(!knowledge.lookup("the kremlin").iter().any(|_| true)); // phrases stand without an article
    /// assert_eq!(knowledge.lookup("kremlin").len(), 1);
    /// ```
    pub fn lookup(&self, phrase: &str) -> &[Hit] {
        self.phrases.get(phrase)
    }

    /// The longest phrase that starts at the first token and is written as it should be; "the" is not skipped.
    pub fn longest<T: AsRef<str>>(&self, tokens: &[T]) -> Option<Match> {
        let mut best: Option<(usize, &[Hit])> = None;
        self.phrases.starting(tokens.iter(), |length, hits| {
            if hits.iter().any(|hit| fits(*hit, &tokens[..length])) {
                best = Some((length, hits));
            }
        });
        let (length, hits) = best?;
        let hits = hits.iter().copied().filter(|&hit| fits(hit, &tokens[..length])).collect();
        Some(Match { tokens: length, hits })
    }

    /// Every phrase that starts at the first token and is written as it should be, short ones first: calls `found`
    /// with the number of tokens and one meaning.
    pub fn starting<T: AsRef<str>>(&self, tokens: &[T], mut found: impl FnMut(usize, Hit)) {
        self.phrases.starting(tokens.iter(), |length, hits| {
            hits.iter().filter(|hit| fits(**hit, &tokens[..length])).for_each(|&hit| found(length, hit));
        });
    }

    /// Every phrase of the tables with its meaning, plurals included.
    pub fn phrases(&self) -> impl Iterator<Item = (Cow<'_, str>, Entry)> {
        self.tables.phrases().filter(|(phrase, _)| !phrase.is_empty())
    }

    /// Rows of persons with this full name or alias, one for every office.
    pub fn persons_named(&self, name: &str) -> impl Iterator<Item = (PersonId, &Person)> {
        self.lookup(name).iter().filter_map(|hit| match hit.entry {
            Entry::Person(id) => Some((id, self.person(id))),
            _ => None,
        })
    }

    /// Rows of persons with this surname or other short form, in office or not.
    pub fn persons_surnamed(&self, surname: &str) -> impl Iterator<Item = (PersonId, &Person)> {
        self.surnames.get(surname).iter().map(|&id| (id, self.person(id)))
    }

    /// Rows of persons with this full name, alias or surname who hold the office on `day`.
    ///
    /// ```
    /// # let knowledge = dateline_knowledge::Knowledge::embedded().unwrap();
    /// use jiff::civil::date;
    /// let of_1996 = knowledge.in_office("Putin", date(1996, 5, 1));
    /// assert!(of_1996.into_iter().all(|(_, person)| person.office != "President"));
    /// ```
    pub fn in_office(&self, name: &str, day: Date) -> Vec<(PersonId, &Person)> {
        let mut found: Vec<_> = self.persons_named(name).chain(self.persons_surnamed(name)).collect();
        found.retain(|(_, person)| person.period.contains(day));
        found.sort_by_key(|(id, _)| *id);
        found.dedup_by_key(|(id, _)| *id);
        found
    }

    /// The pattern that a name follows with the longest part: "Kenyan Ministry of Tourism" follows "ministry of X".
    /// At least one token stands for X.
    pub fn pattern<T: AsRef<str>>(&self, tokens: &[T]) -> Option<&Pattern> {
        let mut best: Option<(usize, u32)> = None;
        let mut offer = |length: usize, ids: &[u32]| {
            if let Some(&id) = ids.first()
                && best.is_none_or(|(longest, _)| length > longest)
            {
                best = Some((length, id));
            }
        };
        for start in 0..tokens.len() {
            self.prefixes.starting(tokens[start..].iter(), |length, ids| {
                if start + length < tokens.len() {
                    offer(length, ids);
                }
            });
            if start > 0 {
                self.suffixes.starting(tokens[start..].iter(), |length, ids| {
                    if start + length == tokens.len() {
                        offer(length, ids);
                    }
                });
            }
        }
        best.and_then(|(_, id)| self.tables.patterns.get(id as usize))
    }

    /// Gender of most bearers of a given name.
    pub fn first_name(&self, name: &str) -> Option<Gender> {
        self.first_names.get(name).first().copied()
    }

    /// The country with this code.
    pub fn country_by_code(&self, code: Country) -> Option<&CountryRow> {
        self.tables.countries.iter().find(|row| row.code == code)
    }

    /// The row of a country.
    pub fn country(&self, id: CountryId) -> &CountryRow {
        &self.tables.countries[id.0 as usize]
    }

    /// The row of a people.
    pub fn people(&self, id: PeopleId) -> &People {
        &self.tables.peoples[id.0 as usize]
    }

    /// The row of an organization.
    pub fn organization(&self, id: OrganizationId) -> &Organization {
        &self.tables.organizations[id.0 as usize]
    }

    /// The row of a role.
    pub fn role(&self, id: RoleId) -> &Role {
        &self.tables.roles[id.0 as usize]
    }

    /// The row of a person in an office.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.tables.persons[id.0 as usize]
    }

    /// The row of an honorific.
    pub fn honorific(&self, id: HonorificId) -> &Honorific {
        &self.tables.honorifics[id.0 as usize]
    }

    /// All countries.
    pub fn countries(&self) -> &[CountryRow] {
        &self.tables.countries
    }

    /// All peoples.
    pub fn peoples(&self) -> &[People] {
        &self.tables.peoples
    }

    /// All organizations.
    pub fn organizations(&self) -> &[Organization] {
        &self.tables.organizations
    }

    /// All roles.
    pub fn roles(&self) -> &[Role] {
        &self.tables.roles
    }

    /// All persons in their offices.
    pub fn persons(&self) -> &[Person] {
        &self.tables.persons
    }

    /// All patterns of organizations' names.
    pub fn patterns(&self) -> &[Pattern] {
        &self.tables.patterns
    }

    /// All honorifics and family nouns.
    pub fn honorifics(&self) -> &[Honorific] {
        &self.tables.honorifics
    }

    /// All given names.
    pub fn first_names(&self) -> &[FirstName] {
        &self.tables.first_names
    }
}

fn fits<T: AsRef<str>>(hit: Hit, tokens: &[T]) -> bool {
    hit.case.fits(tokens.iter().map(AsRef::as_ref))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::Sector;
    use jiff::civil::date;

    fn offices(name: &str, year: i16, month: i8, day: i8) -> Vec<String> {
        let knowledge = Knowledge::embedded().unwrap();
        let held = knowledge.in_office(name, date(year, month, day));
        held.iter().map(|(_, person)| format!("{} {:?}", person.office, person.country)).collect()
    }

    #[test]
    fn offices_have_dates() {
        assert_eq!(offices("Mursi", 2012, 11, 21), ["President Some(EGY)"]);
        assert!(!offices("Mursi", 2013, 7, 4).contains(&"President Some(EGY)".to_owned()));
        assert!(offices("Vladimir Putin", 1996, 3, 1).iter().all(|office| !office.starts_with("President ")));
    }

    #[test]
    fn a_group_changes_its_sector_with_time() {
        let knowledge = Knowledge::embedded().unwrap();
        let sector = |day| {
            let held = knowledge.lookup("Taliban").iter().filter_map(|hit| match hit.entry {
                Entry::Organization(id) => Some(knowledge.organization(id)),
                _ => None,
            });
            held.filter(|row| row.period.contains(day)).map(|row| row.sector).collect::<Vec<_>>()
        };
        assert_eq!(sector(date(2009, 5, 1)), [Sector::Reb]);
        assert_eq!(sector(date(2022, 5, 1)), [Sector::Gov]);
    }

    #[test]
    fn writing_decides_between_meanings() {
        let knowledge = Knowledge::embedded().unwrap();
        assert!(knowledge.longest(&["us"]).is_none());
        assert!(knowledge.longest(&["US"]).is_some());
        assert!(knowledge.longest(&["turkey"]).is_none());
        assert_eq!(knowledge.longest(&["al", "-", "Qaeda", "said"]).map(|found| found.tokens), Some(3));
    }

    #[test]
    fn the_longest_shape_wins() {
        let knowledge = Knowledge::embedded().unwrap();
        let sector = |name: &str| {
            let tokens: Vec<&str> = name.split(' ').collect();
            knowledge.pattern(&tokens).map(|pattern| pattern.sector)
        };
        assert_eq!(sector("Ministry of Mines"), Some(Sector::Gov));
        assert_eq!(sector("Chile 's Ministry of Mines"), Some(Sector::Gov));
        assert_eq!(sector("Minsk police station"), Some(Sector::Cop));
        assert_eq!(sector("police"), None);
    }

    #[test]
    fn a_folder_adds_and_replaces_rows() {
        let folder = std::env::temp_dir().join(format!("dateline-knowledge-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("persons")).unwrap();
        std::fs::write(
            folder.join("roles.tsv"),
            "gunman\tgunmen\tCRM\tperson\tarmed\nmoon keeper\t\tGOV\tperson\t\n",
        )
        .unwrap();
        std::fs::write(folder.join("persons/mine.tsv"), "Zed Zott\t\tMoon Keeper\tFRA\tGOV\t2030\t\tf\t\n")
            .unwrap();
        let knowledge = Knowledge::with_dir(&folder).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let roles: Vec<_> = (knowledge.lookup("gunmen").iter().chain(knowledge.lookup("moon keepers")))
            .filter_map(|hit| match hit.entry {
                Entry::Role { id, plural: true } => Some(knowledge.role(id).sector),
                _ => None,
            })
            .collect();
        assert_eq!(roles, [Sector::Crm, Sector::Gov]);
        assert_eq!(knowledge.in_office("Zott", date(2031, 1, 1)).len(), 1);
        assert!(knowledge.in_office("Zott", date(2029, 1, 1)).is_empty());
    }
}
