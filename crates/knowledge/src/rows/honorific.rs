//! `honorifics.tsv`.

use dateline_core::Sector;

use super::{Gender, Row};
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::table::{Line, Text};

dateline_core::named_enum! {
    /// Where an honorific comes from.
    pub enum HonorificKind {
        Courtesy = "courtesy", Political = "political", Military = "military", Police = "police", Royal = "royal",
        Clerical = "clerical", Academic = "academic", Legal = "legal", Family = "family",
    }
}

/// A word before a name, or a family noun, that tells gender or sector.
#[derive(Clone, Debug)]
pub struct Honorific {
    /// As written before a name.
    pub word: Text,
    /// Where it comes from.
    pub kind: HonorificKind,
    /// Sector of its bearer, where it tells.
    pub sector: Option<Sector>,
    /// Gender of its bearer.
    pub gender: Gender,
}

impl Row for Honorific {
    const COLUMNS: usize = 4;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        let sector = if line.text(2).is_empty() { None } else { Some(line.name(2)?) };
        Ok(Self { word: line.required(0, "word")?, kind: line.name(1)?, sector, gender: line.name(3)? })
    }

    fn key(&self) -> Key {
        Key::of(&self.word)
    }
}
