//! One file per table: what a row says and how it is read.

mod country;
mod first_name;
mod honorific;
mod organization;
mod pattern;
mod people;
mod person;
mod role;

pub use country::CountryRow;
pub use first_name::FirstName;
pub use honorific::{Honorific, HonorificKind};
pub use organization::{Organization, OrganizationKind};
pub use pattern::Pattern;
pub use people::{People, PeopleKind};
pub use person::Person;
pub use role::{Role, RoleKind};

use crate::error::KnowledgeError;
use crate::key::Key;
use crate::table::{Line, Text, read};

dateline_core::named_enum! {
    /// Grammatical gender of a person.
    pub enum Gender { Male = "m", Female = "f", Either = "u" }
}

/// A row of a table.
pub(crate) trait Row: Sized {
    /// Number of columns of the table.
    const COLUMNS: usize;

    /// Reads the row.
    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError>;

    /// What a user's row must share with another row to replace it.
    fn key(&self) -> Key;
}

/// Reads a whole table behind the rows already there.
pub(crate) fn append<R: Row>(rows: &mut Vec<R>, file: &str, text: &Text) -> Result<(), KnowledgeError> {
    read(file, text, R::COLUMNS, |line| {
        rows.push(R::read(line)?);
        Ok(())
    })
}

/// Puts `newer` in the place of rows with the same key, or behind.
pub(crate) fn replace<R: Row>(rows: &mut Vec<R>, newer: Vec<R>) {
    let mut places: std::collections::HashMap<Key, usize> =
        rows.iter().enumerate().map(|(place, row)| (row.key(), place)).collect();
    for row in newer {
        let place = *places.entry(row.key()).or_insert(rows.len());
        if place < rows.len() {
            rows[place] = row;
        } else {
            rows.push(row);
        }
    }
}
