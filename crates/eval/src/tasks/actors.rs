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
    let country = match (told.country, &told.body) {
        (Some(code), _) => code.to_string(),
        (None, Some(body)) => family(body).to_owned(),
        (None, None) if told.sector == Some(Sector::Igo) => "IGO".to_owned(),
        (None, None) => String::new(),
    };
    let sector =
        told.sector.filter(|s| *s != Sector::Unk).map_or_else(|| "UNK".to_owned(), |s| s.to_string());
    Ok(json!({ "id": row["id"], "country": country, "sector": sector, "title": told.title }))
}

/// The data set gives codes in place of a country to the United Nations, the European Union and other bodies.
fn family(body: &str) -> &'static str {
    if body.starts_with("United Nations")
        || body.starts_with("UN ")
        || body == "International Court of Justice"
    {
        "UNO"
    } else if body.starts_with("Europe") && !body.starts_with("European Court of Human") {
        "EUR"
    } else {
        "IGO"
    }
}

/// The day meant; none for "today".
fn day(words: &str) -> Option<Date> {
    let mut found = Vec::new();
    Tagger::shared().tag(words, &Anchors { published: None, dateline: None }, &mut found);
    found.first()?.value.parse().ok()
}
