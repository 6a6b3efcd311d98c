//! `countries.tsv`.

use dateline_core::{Country, Sector};

use super::Row;
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::period::Period;
use crate::table::{Line, List, Text};

/// A country or territory.
#[derive(Clone, Debug)]
pub struct CountryRow {
    /// ISO 3166-1 alpha-3, or the withdrawn code of a dissolved state.
    pub code: Country,
    /// Name in news.
    pub name: Text,
    /// When it was a state; open where that does not matter.
    pub period: Period,
    /// Other names and abbreviations.
    pub aliases: List,
    /// "Israeli".
    pub adjectives: List,
    /// One citizen.
    pub singular: List,
    /// Several citizens.
    pub plural: List,
    /// Informal names of citizens, in either number.
    pub informal: List,
    /// Capitals.
    pub capitals: List,
    /// Two-letter ISO code; empty if none.
    pub iso2: Text,
    /// FIPS 10-4 code; empty if none.
    pub fips: Text,
    /// Correlates of War number, if it has one.
    pub cow: Option<u16>,
    seats: List,
}

impl CountryRow {
    /// Seats of power with the sector they stand for: "Kremlin" GOV.
    pub fn seats(&self) -> impl Iterator<Item = (&str, Sector)> {
        self.seats.iter().filter_map(|seat| {
            let (name, sector) = seat.rsplit_once('=')?;
            Some((name, sector.parse().ok()?))
        })
    }
}

impl Row for CountryRow {
    const COLUMNS: usize = 14;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        let code = line.country(0)?.ok_or_else(|| line.error("column 1 (iso3) is empty".to_owned()))?;
        let seats = line.list(10);
        for seat in seats.iter() {
            let sector = seat.rsplit_once('=').map(|(_, sector)| sector);
            if sector.is_none_or(|sector| sector.parse::<Sector>().is_err()) {
                return Err(line.error(format!("`{seat}` is no seat of power (place=SECTOR)")));
            }
        }
        let cow = line.text(13);
        let cow = match &*cow {
            "" => None,
            number => Some(number.parse().map_err(|_| line.error(format!("`{number}` is no number")))?),
        };
        Ok(Self {
            code,
            name: line.required(1, "name")?,
            period: line.period(2, 3)?,
            aliases: line.list(4),
            adjectives: line.list(5),
            singular: line.list(6),
            plural: line.list(7),
            informal: line.list(8),
            capitals: line.list(9),
            iso2: line.text(11),
            fips: line.text(12),
            cow,
            seats,
        })
    }

    fn key(&self) -> Key {
        Key::of(self.code.as_str())
    }
}
