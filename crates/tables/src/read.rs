//! Tables back to records.

use crate::decode;
use crate::error::Error;
use crate::fields::Fields;
use crate::file::{self, Form};
use arrow_array::RecordBatch;
use dateline_core::codes::{Country, Mode};
use dateline_core::record::{
    About, Entity, Event, EventMention, Magnitude, Place, Record, RecordDateline, RecordRemoved, Source,
    Statement, When,
};
use dateline_core::{EventType, Span};
use dateline_export::Table;
use dateline_export::flat::{
    AboutCell, DatelineCell, MentionCell, PartyCell, RemovedCell, SourceCell, SpanCell, WhenCell,
};
use dateline_export::row::{Row, Value};
use std::collections::HashMap;
use std::path::Path;

/// The records of the part that [`PartWriter`](crate::PartWriter) wrote, in the order of their documents.
///
/// # Errors
/// When a file cannot be read or holds something else.
pub fn part(folder: &Path, name: &str, form: Form) -> Result<Vec<Record>, Error> {
    records(|table| file::read(&folder.join(table.as_str()).join(format!("{name}.{form}"))))
}

/// The records that tables hold, in the order of their documents, with byte offsets. All tables but `mentions`, which
/// tells nothing new, are asked for.
///
/// # Errors
/// When a table cannot be had or does not hold what a record needs.
pub fn records(
    mut batches: impl FnMut(Table) -> Result<Vec<RecordBatch>, Error>,
) -> Result<Vec<Record>, Error> {
    let mut records = Vec::new();
    each_row(Table::Documents, &batches(Table::Documents)?, |row| {
        records.push(document(row)?);
        Ok(())
    })?;
    let mut index = HashMap::with_capacity(records.len());
    for (k, record) in records.iter().enumerate() {
        if index.insert(record.id.clone(), k).is_some() {
            let reason = format!("two rows have the doc_id {}", record.id);
            return Err(Error::Shape { table: Table::Documents.as_str(), reason });
        }
    }
    for table in [Table::Entities, Table::Places, Table::Events, Table::Statements] {
        each_row(table, &batches(table)?, |mut row| {
            let doc_id = row.text("doc_id")?;
            let Some(&k) = index.get(&doc_id) else {
                return Err(row.wrong("doc_id", &format!("{doc_id} is no document")));
            };
            let record = &mut records[k];
            match table {
                Table::Entities => record.entities.push(entity(row)?),
                Table::Places => record.places.push(place(row)?),
                Table::Events => record.events.push(event(row)?),
                _ => record.statements.push(statement(row)?),
            }
            Ok(())
        })?;
    }
    Ok(records.into_iter().map(Record::in_bytes).collect())
}

fn each_row<'a>(
    table: Table,
    batches: &'a [RecordBatch],
    mut take: impl FnMut(Fields<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    for batch in batches {
        let mut columns = Vec::new();
        for column in table.all_columns() {
            if let Some(array) = batch.column_by_name(column.name) {
                columns.push((column, array));
            }
        }
        for i in 0..batch.num_rows() {
            let mut values = Vec::with_capacity(columns.len());
            for (column, array) in &columns {
                values.push(decode::value(array, column.kind, i).ok_or_else(|| Error::Shape {
                    table: table.as_str(),
                    reason: format!("{} has another type", column.name),
                })?);
            }
            let names = columns.iter().map(|(c, _)| c.name).collect();
            take(Fields::new(table.as_str(), names, values))?;
        }
    }
    Ok(())
}

pub(crate) fn document(mut row: Fields<'_>) -> Result<Record, Error> {
    let dateline = match row.take("dateline") {
        Value::Null => None,
        value => {
            let mut d = row.of(DatelineCell::COLUMNS, value)?;
            Some(RecordDateline { place: d.maybe_text("place"), date: d.maybe_date("date") })
        }
    };
    let removed = row.list("removed_list").into_iter().map(|value| {
        let mut r = row.of(RemovedCell::COLUMNS, value)?;
        Ok(RecordRemoved { span: bounds(&mut r)?, reason: r.text("reason")?.into() })
    });
    let removed = removed.collect::<Result<_, Error>>()?;
    Ok(Record {
        schema_version: row.text("schema_version")?.into(),
        id: row.text("doc_id")?,
        path: row.maybe_text("path"),
        url: row.maybe_text("url"),
        publisher: row.maybe_text("publisher"),
        title: row.maybe_text("title"),
        published: row.maybe_date("published"),
        language: row.text("language")?.into(),
        dateline,
        sentences: spans(&mut row, "sentence_list")?,
        removed,
        warnings: row.texts("warning_list")?,
        text: row.text("text")?,
        entities: Vec::new(),
        places: Vec::new(),
        events: Vec::new(),
        statements: Vec::new(),
    })
}

pub(crate) fn entity(mut row: Fields<'_>) -> Result<Entity, Error> {
    Ok(Entity {
        id: row.text("entity_id")?,
        name: row.text("name")?,
        kind: row.word("kind")?,
        title: row.maybe_text("title"),
        country: country(&mut row)?,
        sector: row.word("sector")?,
        code: row.text("code")?,
        wikidata: row.maybe_text("wikidata"),
        mentions: spans(&mut row, "mention_list")?,
    })
}

pub(crate) fn place(mut row: Fields<'_>) -> Result<Place, Error> {
    Ok(Place {
        id: row.text("place_id")?,
        name: row.text("name")?,
        country: country(&mut row)?,
        admin1: row.maybe_text("admin1"),
        admin2: row.maybe_text("admin2"),
        lat: row.maybe_double("lat"),
        lon: row.maybe_double("lon"),
        geonames: row.maybe_int("geonames")?,
        precision: row.text("precision")?.into(),
        mentions: spans(&mut row, "mention_list")?,
    })
}

pub(crate) fn event(mut row: Fields<'_>) -> Result<Event, Error> {
    let event_type: EventType = row.word("type")?;
    let contexts = row.texts("context_list")?;
    let contexts =
        contexts.iter().map(|c| c.parse().map_err(|_| row.wrong("context_list", "has an unknown word")));
    let contexts = contexts.collect::<Result<_, _>>()?;
    let sources =
        row.list("source_list").into_iter().map(|value| source(row.of(SourceCell::COLUMNS, value)?));
    let sources = sources.collect::<Result<_, _>>()?;
    let mentions =
        row.list("mention_list").into_iter().map(|value| mention(row.of(MentionCell::COLUMNS, value)?));
    let mentions = mentions.collect::<Result<_, _>>()?;
    let about = match row.take("about") {
        Value::Null => None,
        value => Some(about(row.of(AboutCell::COLUMNS, value)?)?),
    };
    Ok(Event {
        id: row.text("event_id")?,
        event_type,
        mode: mode(&mut row, event_type)?,
        contexts,
        status: row.word("status")?,
        actors: parties(&mut row, "actor_list")?,
        recipients: parties(&mut row, "recipient_list")?,
        place: row.maybe_text("place_id"),
        when: flat_when(&mut row)?,
        sources,
        magnitude: Magnitude {
            killed: row.maybe_int("killed")?,
            injured: row.maybe_int("injured")?,
            arrested: row.maybe_int("arrested")?,
            size: row.maybe_int("size")?,
        },
        about,
        background: row.bool("background")?,
        plover: row.maybe("plover")?,
        cameo: row.maybe_text("cameo").map(Into::into),
        quad: row.int("quad")?,
        score: row.single("score")?,
        confidence: row.single("confidence")?,
        mentions,
    })
}

pub(crate) fn statement(mut row: Fields<'_>) -> Result<Statement, Error> {
    let cue = match (row.maybe_int("cue_start")?, row.maybe_int("cue_end")?) {
        (Some(start), Some(end)) => Some(Span::new(start, end)),
        _ => None,
    };
    Ok(Statement {
        id: row.text("statement_id")?,
        speaker: row.maybe_text("speaker_id"),
        name: row.maybe_text("speaker"),
        quoted: row.bool("quoted")?,
        span: bounds(&mut row)?,
        cue,
        addressee: row.maybe_text("addressee"),
        place: row.maybe_text("place_id"),
        when: flat_when(&mut row)?,
        topics: row
            .maybe_text("topics")
            .unwrap_or_default()
            .split(';')
            .map(str::trim)
            .filter(|c| !c.is_empty())
            .map(|c| Country::new(c).ok_or_else(|| row.wrong("topics", "has no country's code")))
            .collect::<Result<_, _>>()?,
    })
}

fn source(mut row: Fields<'_>) -> Result<Source, Error> {
    let cue = match row.take("cue") {
        Value::Null => None,
        value => Some(bounds(&mut row.of(SpanCell::COLUMNS, value)?)?),
    };
    Ok(Source {
        entity: row.maybe_text("entity"),
        name: row.maybe_text("name"),
        kind: row.word("kind")?,
        stance: row.word("stance")?,
        cue,
    })
}

fn mention(mut row: Fields<'_>) -> Result<EventMention, Error> {
    let clause = row.take("clause");
    let trigger = row.take("trigger");
    Ok(EventMention {
        sentence: row.int("sentence")?,
        clause: bounds(&mut row.of(SpanCell::COLUMNS, clause)?)?,
        trigger: bounds(&mut row.of(SpanCell::COLUMNS, trigger)?)?,
        rule: row.text("rule")?,
    })
}

fn about(mut row: Fields<'_>) -> Result<About, Error> {
    let event_type = row.word("type")?;
    let when = match row.take("when") {
        Value::Null => None,
        value => {
            let mut w = row.of(WhenCell::COLUMNS, value)?;
            Some(When {
                start: w.date("start")?,
                end: w.date("end")?,
                precision: w.word("precision")?,
                text: w.text("text")?,
            })
        }
    };
    Ok(About {
        event_type,
        mode: mode(&mut row, event_type)?,
        actors: row.texts("actors")?,
        recipients: row.texts("recipients")?,
        when,
    })
}

/// The time that stands in flat columns.
fn flat_when(row: &mut Fields<'_>) -> Result<Option<When>, Error> {
    let Some(start) = row.maybe_date("when_start") else { return Ok(None) };
    Ok(Some(When {
        start,
        end: row.date("when_end")?,
        precision: row.word("when_precision")?,
        text: row.text("when_text")?,
    }))
}

fn mode(row: &mut Fields<'_>, event_type: EventType) -> Result<Option<Mode>, Error> {
    let Some(word) = row.maybe_text("mode") else { return Ok(None) };
    let any = || Mode::ALL.iter().find(|m| m.as_str() == word).copied();
    let found = Mode::of(event_type, &word).or_else(any);
    found.map(Some).ok_or_else(|| row.wrong("mode", &format!("cannot be `{word}`")))
}

fn country(row: &mut Fields<'_>) -> Result<Option<Country>, Error> {
    let Some(code) = row.maybe_text("country") else { return Ok(None) };
    Country::new(&code).map(Some).ok_or_else(|| row.wrong("country", &format!("cannot be `{code}`")))
}

fn parties(row: &mut Fields<'_>, name: &str) -> Result<Vec<String>, Error> {
    row.list(name).into_iter().map(|value| row.of(PartyCell::COLUMNS, value)?.text("id")).collect()
}

/// `start` and `end` as a span.
fn bounds(row: &mut Fields<'_>) -> Result<Span, Error> {
    Ok(Span::new(row.int("start")?, row.int("end")?))
}

fn spans(row: &mut Fields<'_>, name: &str) -> Result<Vec<Span>, Error> {
    row.list(name).into_iter().map(|value| bounds(&mut row.of(SpanCell::COLUMNS, value)?)).collect()
}
