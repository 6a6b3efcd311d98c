//! One row an entity.

use super::parts::{SpanCell, spans};
use crate::row::row;
use dateline_core::offsets::CodePoints;
use dateline_core::record::Record;

row! {
    /// One row an entity.
    EntityRow<'a> {
        doc_id: &'a str = "Identifier of the report.",
        entity_id: &'a str = "Identifier of the entity.",
        name: &'a str = "Fullest name the report gives.",
        kind: &'static str = "Person, organization, group, country or place.",
        title: Option<&'a str> = "Office or role.",
        country: Option<String> = "Country.",
        sector: &'static str = "Sector.",
        code: &'a str = "Country and sector.",
        wikidata: Option<&'a str> = "Wikidata identifier.",
        mentions: usize = "How often it is mentioned.",
    }
    nested { mention_list: Vec<SpanCell> = "Where it is mentioned." }
}

/// The entities of a record.
pub fn entities(record: &Record) -> impl Iterator<Item = EntityRow<'_>> {
    let points = CodePoints::new(&record.text);
    record.entities.iter().map(move |e| EntityRow {
        doc_id: &record.id,
        entity_id: &e.id,
        name: &e.name,
        kind: e.kind.as_str(),
        title: e.title.as_deref(),
        country: e.country.map(|c| c.to_string()),
        sector: e.sector.as_str(),
        code: &e.code,
        wikidata: e.wikidata.as_deref(),
        mentions: e.mentions.len(),
        mention_list: spans(&points, &e.mentions),
    })
}
