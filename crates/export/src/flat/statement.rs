//! One row a statement.

use super::join;
use crate::names::Names;
use crate::row::row;
use dateline_core::offsets::CodePoints;
use dateline_core::record::Record;
use jiff::civil::Date;

row! {
    /// One row a statement.
    StatementRow<'a> {
        doc_id: &'a str = "Identifier of the report.",
        statement_id: &'a str = "Identifier of the statement.",
        speaker: Option<&'a str> = "Name of the speaker.",
        speaker_id: Option<&'a str> = "Its identifier in `entities`.",
        speaker_code: Option<&'a str> = "Its code, country and sector.",
        quoted: bool = "In quotation marks or not.",
        start: u32 = "Where the words begin, in code points.",
        end: u32 = "Where they end.",
        text: &'a str = "The words.",
        cue: Option<&'a str> = "The words of saying.",
        cue_start: Option<u32> = "Where they begin.",
        cue_end: Option<u32> = "Where they end.",
        addressee: Option<&'a str> = "To whom.",
        place: Option<&'a str> = "Where it was said.",
        place_id: Option<&'a str> = "Identifier of that place.",
        when_start: Option<Date> = "When it was said, first day.",
        when_end: Option<Date> = "Last day.",
        when_precision: Option<&'static str> = "How exactly the time was told.",
        when_text: Option<&'a str> = "The words that tell it.",
        topics: String = "Countries it is about.",
    }
}

/// The statements of a record, in text order.
pub fn statements(record: &Record) -> impl Iterator<Item = StatementRow<'_>> {
    let names = Names::new(record);
    let points = CodePoints::new(&record.text);
    record.statements.iter().map(move |s| {
        let span = points.span(s.span);
        let cue = s.cue.map(|cue| points.span(cue));
        let when = s.when.as_ref();
        StatementRow {
            doc_id: &record.id,
            statement_id: &s.id,
            speaker: s.name.as_deref(),
            speaker_id: s.speaker.as_deref(),
            speaker_code: s.speaker.as_deref().and_then(|id| names.entity(id)).map(|e| e.code.as_str()),
            quoted: s.quoted,
            start: span.start,
            end: span.end,
            text: s.span.of(&record.text),
            cue: s.cue.map(|cue| cue.of(&record.text)),
            cue_start: cue.map(|c| c.start),
            cue_end: cue.map(|c| c.end),
            addressee: s.addressee.as_deref(),
            place: names.place(s.place.as_deref()).map(|p| p.name.as_str()),
            place_id: s.place.as_deref(),
            when_start: when.map(|w| w.start),
            when_end: when.map(|w| w.end),
            when_precision: when.map(|w| w.precision.as_str()),
            when_text: when.map(|w| w.text.as_str()),
            topics: join(&s.topics.iter().map(dateline_core::Country::as_str).collect::<Vec<_>>()),
        }
    })
}
