//! `first_names.tsv`.

use super::{Gender, Row};
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::table::{Line, Text};

/// A given name.
#[derive(Clone, Debug)]
pub struct FirstName {
    /// The name.
    pub name: Text,
    /// Gender of most of its bearers.
    pub gender: Gender,
}

impl Row for FirstName {
    const COLUMNS: usize = 2;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        Ok(Self { name: line.required(0, "name")?, gender: line.name(1)? })
    }

    fn key(&self) -> Key {
        Key::of(&self.name)
    }
}
