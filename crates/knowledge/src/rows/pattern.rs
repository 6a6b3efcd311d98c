//! `organization_patterns.tsv`.

use dateline_core::Sector;

use super::{OrganizationKind, Row};
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::table::{Line, Text};

/// The shape of an organization's name: "X ministry", "ministry of X".
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The shape, with one `X` at its start or end.
    pub shape: Text,
    /// Sector of such organizations.
    pub sector: Sector,
    /// Their kind.
    pub kind: OrganizationKind,
}

impl Pattern {
    /// The words that follow X, if X comes first.
    pub(crate) fn suffix(&self) -> Option<&str> {
        self.shape.strip_prefix("X ")
    }

    /// The words before X, if X comes last.
    pub(crate) fn prefix(&self) -> Option<&str> {
        self.shape.strip_suffix(" X")
    }
}

impl Row for Pattern {
    const COLUMNS: usize = 3;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        let row = Self { shape: line.required(0, "shape")?, sector: line.name(1)?, kind: line.name(2)? };
        if row.suffix().is_none() && row.prefix().is_none() {
            return Err(line.error(format!("`{}` needs an X as its first or last word", row.shape)));
        }
        Ok(row)
    }

    fn key(&self) -> Key {
        Key::of(&self.shape)
    }
}
