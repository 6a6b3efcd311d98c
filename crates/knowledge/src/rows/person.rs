//! `persons/*.tsv`.

use dateline_core::{Country, Sector};

use super::{Gender, Row};
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::period::Period;
use crate::table::{Line, List, Text};

/// A person in one office for one stretch of time; a person with several offices has several rows.
#[derive(Clone, Debug)]
pub struct Person {
    /// Fullest name usual in news.
    pub name: Text,
    /// Other spellings and usual forms.
    pub aliases: List,
    /// Title of the office.
    pub office: Text,
    /// Country of the office; `None` for international bodies.
    pub country: Option<Country>,
    /// Sector of the office.
    pub sector: Sector,
    /// Term of office; an open end means in office as far as known.
    pub period: Period,
    /// Gender, where known.
    pub gender: Option<Gender>,
    surname: List,
}

impl Person {
    /// Short forms used in news: those of the table, else the last word of the name.
    pub fn surnames(&self) -> impl Iterator<Item = &str> {
        let last = if self.surname.as_str().is_empty() { self.name.split_whitespace().last() } else { None };
        self.surname.iter().chain(last)
    }
}

impl Row for Person {
    const COLUMNS: usize = 10;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        let gender = if line.text(7).is_empty() { None } else { Some(line.name(7)?) };
        Ok(Self {
            name: line.required(0, "name")?,
            aliases: line.list(1),
            office: line.required(2, "office")?,
            country: line.country(3)?,
            sector: line.name(4)?,
            period: line.period(5, 6)?,
            gender,
            surname: line.list(8),
        })
    }

    fn key(&self) -> Key {
        let country = self.country.map_or(String::new(), |country| country.to_string());
        Key::of(&format!("{} {} {country} {:?}", self.name, self.office, self.period.from))
    }
}
