//! One row a report.

use super::join;
use super::parts::{DatelineCell, RemovedCell, SpanCell, spans};
use crate::names::Names;
use crate::row::row;
use dateline_core::offsets::CodePoints;
use dateline_core::record::Record;
use jiff::civil::Date;

row! {
    /// One row a report.
    DocumentRow<'a> {
        doc_id: &'a str = "Identifier of the report.",
        schema_version: &'a str = "Version of the record's form.",
        path: Option<&'a str> = "File it was read from.",
        url: Option<&'a str> = "Address it was published at.",
        publisher: Option<&'a str> = "Who published it.",
        title: Option<&'a str> = "Headline.",
        published: Option<Date> = "Day of publication.",
        language: &'a str = "Language.",
        dateline_place: Option<&'a str> = "Name of the dateline's place.",
        dateline_date: Option<Date> = "Day told in the dateline.",
        sentences: usize = "Number of sentences.",
        entities: usize = "Number of entities.",
        places: usize = "Number of places.",
        events: usize = "Number of events.",
        statements: usize = "Number of statements.",
        warnings: String = "What went wrong without stopping the reading.",
        text: &'a str = "The text that offsets point into.",
    }
    nested {
        dateline: Option<DatelineCell<'a>> = "The dateline.",
        sentence_list: Vec<SpanCell> = "The sentences.",
        removed_list: Vec<RemovedCell<'a>> = "Parts of the text that were not read.",
        warning_list: Vec<&'a str> = "The warnings, one by one.",
    }
}

/// The row of a record.
pub fn document(record: &Record) -> DocumentRow<'_> {
    let points = CodePoints::new(&record.text);
    let dateline = record.dateline.as_ref();
    let names = Names::new(record);
    let removed = |r: &'_ dateline_core::record::RecordRemoved| points.span(r.span);
    DocumentRow {
        doc_id: &record.id,
        schema_version: &record.schema_version,
        path: record.path.as_deref(),
        url: record.url.as_deref(),
        publisher: record.publisher.as_deref(),
        title: record.title.as_deref(),
        published: record.published,
        language: &record.language,
        dateline_place: dateline.and_then(|d| names.place(d.place.as_deref())).map(|p| p.name.as_str()),
        dateline_date: dateline.and_then(|d| d.date),
        sentences: record.sentences.len(),
        entities: record.entities.len(),
        places: record.places.len(),
        events: record.events.len(),
        statements: record.statements.len(),
        warnings: join(&record.warnings),
        text: &record.text,
        dateline: dateline.map(|d| DatelineCell { place: d.place.as_deref(), date: d.date }),
        sentence_list: spans(&points, &record.sentences),
        removed_list: record
            .removed
            .iter()
            .map(|r| RemovedCell { start: removed(r).start, end: removed(r).end, reason: &r.reason })
            .collect(),
        warning_list: record.warnings.iter().map(String::as_str).collect(),
    }
}
