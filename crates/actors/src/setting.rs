//! The setting of a report gives a country to those for whom the text names none: "police", "the parliament".

use crate::link::Known;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::{Country, Document, Sector};

/// Fills in missing countries and sectors: from the nearest country before in the same sentence or the one before, else
/// the dateline's, else the country that is spoken of most.
pub(crate) fn fill(doc: &Document, cast: &mut Cast, known: &[Known], home: Option<Country>) {
    let s = &doc.syntax;
    let mut counts: Vec<(Country, usize)> = Vec::new();
    for m in &cast.mentions {
        let member = cast.member(m.member);
        if let Some(c) = member.country.filter(|_| member.kind != EntityKind::Group) {
            match counts.iter_mut().find(|(x, _)| *x == c) {
                Some((_, n)) => *n += 1,
                None => counts.push((c, 1)),
            }
        }
    }
    let main = counts.iter().max_by_key(|(c, n)| (*n, std::cmp::Reverse(*c))).map(|(c, _)| *c).or(home);
    for (index, told) in known.iter().enumerate() {
        let member = &cast.members[index];
        let wants = member.country.is_none()
            && !told.international
            && member.sector != Sector::Igo
            && !matches!(member.kind, EntityKind::Country | EntityKind::Place)
            && (member.kind != EntityKind::Organization || told.sector_told);
        if wants {
            let first = cast.mentions.iter().find(|m| m.member as usize == index).map(|m| m.head);
            let near = first.and_then(|head| {
                let sentence = s.token(head).sentence;
                cast.mentions
                    .iter()
                    .filter(|m| s.token(m.head).sentence == sentence && m.head != head)
                    .filter(|m| matches!(cast.member(m.member).kind, EntityKind::Place | EntityKind::Country))
                    .filter_map(|m| Some((m.head.abs_diff(head), cast.member(m.member).country?)))
                    .min_by_key(|(distance, _)| *distance)
                    .map(|(_, country)| country)
            });
            let near = near.filter(|_| !member.named);
            cast.members[index].country = near.or(main);
        }
        let member = &mut cast.members[index];
        if member.sector == Sector::Unk {
            member.sector = match member.kind {
                EntityKind::Country | EntityKind::Place => Sector::Gov,
                EntityKind::Person | EntityKind::Group => Sector::Civ,
                EntityKind::Organization => Sector::Ngo,
            };
        }
    }
}
