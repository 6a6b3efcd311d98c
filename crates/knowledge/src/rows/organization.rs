//! `organizations/*.tsv`.

use dateline_core::{Country, Sector};

use super::Row;
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::period::Period;
use crate::table::{Line, List, Text};

dateline_core::named_enum! {
    /// What sort of organization it is.
    pub enum OrganizationKind {
        Igo = "igo", Ministry = "ministry", Agency = "agency", Bank = "central_bank", Military = "military",
        Police = "police", Intelligence = "intelligence", Court = "court", Parliament = "parliament",
        Government = "government", Party = "party", Movement = "movement", ArmedGroup = "armed_group", Gang = "gang",
        Ngo = "ngo", Union = "union", Religious = "religious", Media = "media", Company = "company",
        University = "university",
    }
}

/// An organization known by its own name.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Full name in news.
    pub name: Text,
    /// Other names and acronyms.
    pub aliases: List,
    /// What sort it is.
    pub kind: OrganizationKind,
    /// Home country; `None` for international ones.
    pub country: Option<Country>,
    /// Sector of the codebook.
    pub sector: Sector,
    /// When it existed under this name, or had this sector.
    pub period: Period,
}

impl Row for Organization {
    const COLUMNS: usize = 7;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        Ok(Self {
            name: line.required(0, "name")?,
            aliases: line.list(1),
            kind: line.name(2)?,
            country: line.country(3)?,
            sector: line.name(4)?,
            period: line.period(5, 6)?,
        })
    }

    fn key(&self) -> Key {
        let country = self.country.map_or(String::new(), |country| country.to_string());
        Key::of(&format!("{} {country} {:?}", self.name, self.period.from))
    }
}
