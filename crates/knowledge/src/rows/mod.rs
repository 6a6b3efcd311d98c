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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn survives<R: Row>(text: &Text) {
        let mut rows = Vec::<R>::new();
        let _ = append(&mut rows, "t", text);
        let _ = rows.iter().map(Row::key).collect::<Vec<_>>();
    }

    proptest! {
        #[test]
        fn no_bytes_break_a_table(bytes in any::<Vec<u8>>(), cells in "([a-zA-Z0-9;=.-]{0,6}\t){2,14}") {
            for text in [String::from_utf8_lossy(&bytes).into_owned(), cells] {
                let text = Text::from(text);
                survives::<CountryRow>(&text);
                survives::<People>(&text);
                survives::<Organization>(&text);
                survives::<Role>(&text);
                survives::<Person>(&text);
                survives::<Pattern>(&text);
                survives::<Honorific>(&text);
                survives::<FirstName>(&text);
            }
        }
    }
}
