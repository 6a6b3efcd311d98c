//! All tables together: which file holds which rows, and every phrase of them.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use crate::entry::{CountryId, Entry, HonorificId, OrganizationId, PeopleForm, PeopleId, PersonId, RoleId};
use crate::error::KnowledgeError;
use crate::rows::{
    CountryRow, FirstName, Honorific, Organization, Pattern, People, Person, Role, append, replace,
};
use crate::table::Text;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The rows of every table.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) countries: Vec<CountryRow>,
    pub(crate) peoples: Vec<People>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) roles: Vec<Role>,
    pub(crate) persons: Vec<Person>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) honorifics: Vec<Honorific>,
    pub(crate) first_names: Vec<FirstName>,
}

impl Tables {
    /// The tables of this build.
    pub(crate) fn embedded() -> Result<Self, KnowledgeError> {
        let mut tables = Self::default();
        for &(name, text) in EMBEDDED {
            tables.append(name, name, &Cow::Borrowed(text))?;
        }
        Ok(tables)
    }

    /// The tables of a folder with the same layout; files of other names are not ours and stay unread.
    pub(crate) fn folder(folder: &Path) -> Result<Self, KnowledgeError> {
        let mut tables = Self::default();
        for (name, path) in files(folder)? {
            let file = path.display().to_string();
            let text = fs::read_to_string(&path)
                .map_err(|source| KnowledgeError::Io { file: file.clone(), source })?;
            tables.append(&name, &file, &Cow::Owned(text))?;
        }
        Ok(tables)
    }

    /// Adds the rows of `newer`, which win over rows with the same key.
    pub(crate) fn merge(&mut self, newer: Tables) {
        replace(&mut self.countries, newer.countries);
        replace(&mut self.peoples, newer.peoples);
        replace(&mut self.organizations, newer.organizations);
        replace(&mut self.roles, newer.roles);
        replace(&mut self.persons, newer.persons);
        replace(&mut self.patterns, newer.patterns);
        replace(&mut self.honorifics, newer.honorifics);
        replace(&mut self.first_names, newer.first_names);
    }

    fn append(&mut self, name: &str, file: &str, text: &Text) -> Result<(), KnowledgeError> {
        let text = &without_mark(text);
        match name.split_once('/').map_or(name, |(folder, _)| folder).trim_end_matches(".tsv") {
            "countries" => append(&mut self.countries, file, text),
            "demonyms_extra" => append(&mut self.peoples, file, text),
            "organizations" => append(&mut self.organizations, file, text),
            "roles" => append(&mut self.roles, file, text),
            "persons" => append(&mut self.persons, file, text),
            "organization_patterns" => append(&mut self.patterns, file, text),
            "honorifics" => append(&mut self.honorifics, file, text),
            "first_names" => append(&mut self.first_names, file, text),
            _ => Ok(()),
        }
    }

    /// Every phrase with its meaning, table by table.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (Cow<'_, str>, Entry)> {
        let countries = numbered(&self.countries).flat_map(|(id, row)| {
            let country = CountryId(id);
            let names = std::iter::once(&*row.name).chain(row.aliases.iter());
            let many = row.plural.iter().chain(row.informal.iter().filter(|word| word.ends_with('s')));
            let one = row.singular.iter().chain(row.informal.iter().filter(|word| !word.ends_with('s')));
            (names.map(move |name| (name, Entry::Country(country))))
                .chain(row.adjectives.iter().map(move |word| (word, Entry::Adjective(country))))
                .chain(one.map(move |word| (word, Entry::Demonym { country, plural: false })))
                .chain(many.map(move |word| (word, Entry::Demonym { country, plural: true })))
                .chain(row.capitals.iter().map(move |name| (name, Entry::Capital(country))))
                .chain(row.seats().map(move |(name, sector)| (name, Entry::Seat { country, sector })))
        });
        let peoples = numbered(&self.peoples).flat_map(|(id, row)| {
            let id = PeopleId(id);
            [
                (&*row.adjective, Entry::People { id, form: PeopleForm::Adjective }),
                (&*row.singular, Entry::People { id, form: PeopleForm::Singular }),
                (&*row.plural, Entry::People { id, form: PeopleForm::Plural }),
            ]
        });
        let organizations = numbered(&self.organizations).flat_map(|(id, row)| {
            std::iter::once(&*row.name)
                .chain(row.aliases.iter())
                .map(move |name| (name, Entry::Organization(OrganizationId(id))))
        });
        let persons = numbered(&self.persons).flat_map(|(id, row)| {
            std::iter::once(&*row.name)
                .chain(row.aliases.iter())
                .map(move |name| (name, Entry::Person(PersonId(id))))
        });
        let honorifics = numbered(&self.honorifics)
            .map(|(id, row)| (Cow::Borrowed(&*row.word), Entry::Honorific(HonorificId(id))));
        let roles = numbered(&self.roles).flat_map(|(id, row)| {
            let id = RoleId(id);
            std::iter::once((Cow::Borrowed(&*row.phrase), Entry::Role { id, plural: false }))
                .chain(row.plural().map(|many| (many, Entry::Role { id, plural: true })))
        });
        countries
            .chain(peoples)
            .chain(organizations)
            .chain(persons)
            .map(|(phrase, entry)| (Cow::Borrowed(phrase), entry))
            .chain(roles)
            .chain(honorifics)
    }
}

fn numbered<T>(rows: &[T]) -> impl Iterator<Item = (u32, &T)> {
    (0..).zip(rows)
}

/// Editors put a byte order mark before the first line.
fn without_mark(text: &Text) -> Text {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('\u{feff}')),
        Cow::Owned(text) => Cow::Owned(text.trim_start_matches('\u{feff}').to_owned()),
    }
}

/// Tables of a folder and of its folders `organizations` and `persons`, in the order of their names.
fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>, KnowledgeError> {
    let mut found = Vec::new();
    for (part, needed) in [("", true), ("organizations", false), ("persons", false)] {
        let place = folder.join(part);
        if !needed && !place.is_dir() {
            continue;
        }
        let failed = |source| KnowledgeError::Io { file: place.display().to_string(), source };
        for entry in fs::read_dir(&place).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if path.is_file() && path.extension().is_some_and(|end| end == "tsv") {
                found.push((if part.is_empty() { name.to_owned() } else { format!("{part}/{name}") }, path));
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::rows::Row;

    fn unique<R: Row + std::fmt::Debug>(rows: &[R]) {
        let mut seen = HashMap::new();
        for row in rows {
            if let Some(other) = seen.insert(row.key(), row) {
                panic!("two rows with one key:\n{other:?}\n{row:?}");
            }
        }
    }

    #[test]
    fn every_embedded_table_is_read_without_duplicates() {
        let tables = Tables::embedded().unwrap();
        unique(&tables.countries);
        unique(&tables.peoples);
        unique(&tables.organizations);
        unique(&tables.roles);
        unique(&tables.patterns);
        unique(&tables.honorifics);
        unique(&tables.first_names);
    }

    #[test]
    fn every_code_in_a_table_is_a_country_of_the_table() {
        let tables = Tables::embedded().unwrap();
        let known: std::collections::HashSet<_> = tables.countries.iter().map(|row| row.code).collect();
        let used = (tables.peoples.iter().map(|row| (&row.adjective, row.country)))
            .chain(tables.organizations.iter().map(|row| (&row.name, row.country)))
            .chain(tables.persons.iter().map(|row| (&row.name, row.country)));
        for (name, code) in used {
            assert!(code.is_none_or(|code| known.contains(&code)), "{name}: {code:?}");
        }
    }

    #[test]
    fn no_phrase_of_a_table_has_two_roles() {
        let tables = Tables::embedded().unwrap();
        let mut seen = HashMap::new();
        for (phrase, entry) in tables.phrases() {
            if let Entry::Role { id, .. } = entry
                && let Some(other) = seen.insert(crate::key::Key::of(&phrase), id)
            {
                assert_eq!(other, id, "`{phrase}` belongs to two rows of roles.tsv");
            }
        }
    }
}
