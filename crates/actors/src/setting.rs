//! The setting of a report gives a country to those for whom the text names none: "police", "the parliament".

use crate::link::Known;
use crate::origin;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::ranker::Ranker;
use dateline_core::{Country, Document, Sector};

/// Fills in missing countries, by the passage, and missing sectors.
pub(crate) fn fill(doc: &Document, cast: &mut Cast, known: &[Known], home: Option<Country>, ranker: &Ranker) {
    for (member, told) in cast.members.iter_mut().zip(known) {
        member.placed = member.country.is_none()
            && !told.international
            && member.sector != Sector::Igo
            && !matches!(member.kind, EntityKind::Country | EntityKind::Place)
            && (member.kind != EntityKind::Organization || told.sector_told);
        if member.sector == Sector::Unk {
            member.sector = match member.kind {
                EntityKind::Country | EntityKind::Place => Sector::Gov,
                EntityKind::Person | EntityKind::Group => Sector::Civ,
                EntityKind::Organization => Sector::Ngo,
            };
        }
    }
    let passage = origin::Passage::new(doc, cast, home);
    for index in 0..cast.members.len() as u32 {
        if cast.member(index).placed {
            let country = passage.country(doc, cast, index, ranker);
            cast.members[index as usize].country = country;
        }
    }
}
