//! `demonyms_extra.tsv`.

use dateline_core::Country;

use super::Row;
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::table::{Line, Text};

dateline_core::named_enum! {
    /// What holds a people together.
    pub enum PeopleKind { Ethnic = "ethnic", Regional = "regional", Religious = "religious" }
}

/// A people, the inhabitants of a region, or the followers of a faith.
#[derive(Clone, Debug)]
pub struct People {
    /// "Kurdish".
    pub adjective: Text,
    /// "Kurd"; empty when the word names no person.
    pub singular: Text,
    /// "Kurds".
    pub plural: Text,
    /// The country the word implies.
    pub country: Option<Country>,
    /// Ethnic, regional or religious.
    pub kind: PeopleKind,
}

impl Row for People {
    const COLUMNS: usize = 5;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        Ok(Self {
            adjective: line.required(0, "adjective")?,
            singular: line.text(1),
            plural: line.text(2),
            country: line.country(3)?,
            kind: line.name(4)?,
        })
    }

    fn key(&self) -> Key {
        Key::of(&self.adjective)
    }
}
