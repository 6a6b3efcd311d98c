//! One row a place.

use super::parts::{SpanCell, spans};
use crate::row::row;
use dateline_core::offsets::CodePoints;
use dateline_core::record::Record;

row! {
    /// One row a place.
    PlaceRow<'a> {
        doc_id: &'a str = "Identifier of the report.",
        place_id: &'a str = "Identifier of the place.",
        name: &'a str = "Name in the text or the gazetteer.",
        country: Option<String> = "Country it lies in.",
        admin1: Option<&'a str> = "First-order division.",
        admin2: Option<&'a str> = "Second-order division, where it is known.",
        lat: Option<f64> = "Degrees north.",
        lon: Option<f64> = "Degrees east.",
        geonames: Option<u32> = "`GeoNames` identifier.",
        precision: &'a str = "How large it is: point, city, district, province, country or region.",
        mentions: usize = "How often it is mentioned.",
    }
    nested { mention_list: Vec<SpanCell> = "Where it is mentioned." }
}

/// The places of a record.
pub fn places(record: &Record) -> impl Iterator<Item = PlaceRow<'_>> {
    let points = CodePoints::new(&record.text);
    record.places.iter().map(move |p| PlaceRow {
        doc_id: &record.id,
        place_id: &p.id,
        name: &p.name,
        country: p.country.map(|c| c.to_string()),
        admin1: p.admin1.as_deref(),
        admin2: p.admin2.as_deref(),
        lat: p.lat,
        lon: p.lon,
        geonames: p.geonames,
        precision: &p.precision,
        mentions: p.mentions.len(),
        mention_list: spans(&points, &p.mentions),
    })
}
