//! Somebody described out of any report: "French Foreign Minister Le Drian", "members of the SANDF".

use crate::candidate::{Candidate, Reader};
use crate::names::{self, Name, Named};
use crate::phrase;
use dateline_core::syntax::Upos;
use dateline_core::{Country, Document, Sector};
use dateline_knowledge::{Entry, Knowledge, OrganizationKind};
use jiff::civil::Date;

/// What is known of a person or group described.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Country; none where the words tell none.
    pub country: Option<Country>,
    /// Sector; none where the words tell none.
    pub sector: Option<Sector>,
    /// Office or role.
    pub title: Option<String>,
    /// Name of the international body that somebody without a country is or belongs to.
    pub body: Option<String>,
}

/// Country and sector of the actor that the parsed text `doc` describes, as of `day` (without one: as of today).
/// `context` is a parsed text that may name the country; `place_country` tells the country of a place name by its
/// byte offset.
pub fn describe(
    doc: &Document,
    context: &Document,
    knowledge: &Knowledge,
    place_country: &dyn Fn(u32) -> Option<Country>,
    day: Option<Date>,
) -> Description {
    let mut found = Vec::new();
    names::find(doc, knowledge, day, &mut found);
    let reader = Reader { doc, knowledge, names: &found, day, place_countries: place_country };
    let s = &doc.syntax;
    let roots = (0..s.sentences.len()).filter_map(|k| s.root(k));
    let heads = roots.chain((0..s.tokens.len() as u32).filter(|&i| phrase::is_head(s, i)));
    let others = found.iter().map(|n| n.tokens.1 - 1).filter(|&i| !is_modifier(&found, i));
    let all: Vec<Candidate> = heads.chain(others).filter_map(|i| reader.read(i)).collect();
    let mut told = Description::default();
    // The first that tells a sector decides; others only fill gaps.
    if let Some(c) = all.iter().find(|c| c.sector.is_some_and(|x| x != Sector::Unk)).or(all.first()) {
        told = Description { country: c.country, sector: c.sector, title: c.title.clone(), body: None };
    }
    if told.sector.is_none_or(|x| x == Sector::Unk) {
        let forms: Vec<&str> = (0..s.tokens.len() as u32).map(|i| doc.form(i)).collect();
        told.sector = knowledge.pattern(&forms).map(|p| p.sector).or(told.sector);
    }
    // "a park in Kabul" is not the government that the capital stands for.
    let thing = s.root(0).is_some_and(|r| s.token(r).upos == Upos::Noun && reader.read(r).is_none());
    if thing && told.title.is_none() && told.sector == Some(Sector::Gov) {
        told.sector = Some(Sector::Civ);
    }
    let national = told.sector != Some(Sector::Igo);
    if told.country.is_none() && national {
        told.country = (found.iter().find_map(|n| reader.country_of(n)))
            .or_else(|| (0..s.tokens.len() as u32).find_map(|i| place_country(s.token(i).span.start)))
            .or_else(|| told_by(context, knowledge));
    }
    if told.country.is_none() {
        told.body = found.iter().find_map(|n| match n.named {
            Named::Organization(Some(id)) => {
                let row = knowledge.organization(id);
                (row.kind == OrganizationKind::Igo
                    || row.sector == Sector::Igo
                    || row.sector == Sector::Jud && row.country.is_none())
                .then(|| row.name.to_string())
            }
            _ => None,
        });
    }
    told
}

fn is_modifier(found: &[Name], i: u32) -> bool {
    found.iter().any(|n| n.covers(i) && matches!(n.named, Named::Adjective(_)))
}

/// The first country that the words of a context name.
fn told_by(context: &Document, knowledge: &Knowledge) -> Option<Country> {
    let forms: Vec<&str> = (0..context.syntax.tokens.len() as u32).map(|i| context.form(i)).collect();
    (0..forms.len()).find_map(|i| {
        knowledge.longest(&forms[i..])?.hits.iter().find_map(|hit| match hit.entry {
            Entry::Country(id) | Entry::Adjective(id) | Entry::Capital(id) => {
                Some(knowledge.country(id).code)
            }
            _ => None,
        })
    })
}
