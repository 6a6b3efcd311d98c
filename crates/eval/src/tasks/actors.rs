//! `actors`: country and sector of somebody described out of any report.

use super::{Failure, field};
use dateline::Reader;
use dateline::core::{Document, Meta, Sector};
use dateline_time::{Anchors, Tagger};
use jiff::civil::Date;
use serde_json::{Value, json};

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let day = day(field(row, "query_date"));
    let reading =
        reader.reading(Document::new(Meta { published: day, ..Meta::default() }, field(row, "text")));
    let context = reader.reading(Document::new(Meta::default(), field(row, "context")));
    let told = dateline_actors::describe(
        &reading.doc,
        &context.doc,
        reader.model().knowledge(),
        &|offset| reading.toponyms.iter().find(|t| t.span.contains(offset))?.place.as_ref()?.country,
        day,
    );
    let country = match told.country {
        Some(code) => code.to_string(),
        None if told.sector == Some(Sector::Igo) => "IGO".to_owned(),
        None => String::new(),
    };
    let sector =
        told.sector.filter(|s| *s != Sector::Unk).map_or_else(|| "UNK".to_owned(), |s| s.to_string());
    Ok(json!({ "id": row["id"], "country": country, "sector": sector, "title": told.title }))
}

/// The day meant; none for "today".
fn day(words: &str) -> Option<Date> {
    let mut found = Vec::new();
    Tagger::shared().tag(words, &Anchors { published: None, dateline: None }, &mut found);
    found.first()?.value.parse().ok()
}
