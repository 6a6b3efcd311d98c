//! A `SQLite` file back to records.

use super::USER_VERSION;
use crate::error::Error;
use crate::fields::Fields;
use crate::read::{document, entity, event, place, statement};
use dateline_core::record::Record;
use dateline_export::Table;
use dateline_export::row::{Kind, Value};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use std::collections::HashMap;
use std::path::Path;

/// The records of a file that [`SqliteWriter`](super::SqliteWriter) wrote, in the order they were written, with byte
/// offsets.
///
/// # Errors
/// When the file cannot be read or is of another version.
pub fn read(path: &Path) -> Result<Vec<Record>, Error> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let version: i32 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version != USER_VERSION {
        let reason = format!("user_version is {version}, not {USER_VERSION}: write the file anew");
        return Err(Error::Shape { table: "sqlite", reason });
    }
    let mut records = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    each(&db, Table::Documents, |mut row| {
        let doc = Value::Text(row.text("doc_id")?.into());
        let key = [doc.clone()];
        row.put("doc_id", doc);
        let dateline =
            list(&db, "SELECT place_id, date FROM datelines WHERE doc_id = ?", &key, &[TEXT, DATE])?;
        row.put("dateline", dateline.into_iter().next().unwrap_or(Value::Null));
        let sentences = "SELECT \"start\", \"end\" FROM sentences WHERE doc_id = ? ORDER BY sentence";
        row.put("sentence_list", Value::List(list(&db, sentences, &key, &[INT, INT])?));
        let removed = "SELECT \"start\", \"end\", reason FROM removed WHERE doc_id = ? ORDER BY rowid";
        row.put("removed_list", Value::List(list(&db, removed, &key, &[INT, INT, TEXT])?));
        let warnings = "SELECT warning FROM warnings WHERE doc_id = ? ORDER BY rowid";
        row.put("warning_list", Value::List(firsts(list(&db, warnings, &key, &[TEXT])?)));
        let record = document(row)?;
        index.insert(record.id.clone(), records.len());
        records.push(record);
        Ok(())
    })?;
    for table in [Table::Entities, Table::Places, Table::Events, Table::Statements] {
        each(&db, table, |mut row| {
            let doc_id = row.text("doc_id")?;
            let Some(&k) = index.get(&doc_id) else {
                return Err(row.wrong("doc_id", &format!("{doc_id} is no document")));
            };
            let record = &mut records[k];
            match table {
                Table::Entities => {
                    mentions(&db, &doc_id, "entity", "entity_id", &mut row)?;
                    record.entities.push(entity(row)?);
                }
                Table::Places => {
                    mentions(&db, &doc_id, "place", "place_id", &mut row)?;
                    record.places.push(place(row)?);
                }
                Table::Events => {
                    lists_of_event(&db, &doc_id, &mut row)?;
                    record.events.push(event(row)?);
                }
                _ => record.statements.push(statement(row)?),
            }
            Ok(())
        })?;
    }
    Ok(records.into_iter().map(Record::in_bytes).collect())
}

const TEXT: Kind = Kind::Text;
const INT: Kind = Kind::Int;
const DATE: Kind = Kind::Date;

/// Hands out the rows of a flat table.
fn each(
    db: &Connection,
    table: Table,
    mut take: impl FnMut(Fields<'static>) -> Result<(), Error>,
) -> Result<(), Error> {
    let names: Vec<&str> = dateline_export::row::names(table.columns());
    let listed: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
    let mut query = db.prepare(&format!("SELECT {} FROM {table} ORDER BY rowid", listed.join(", ")))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let values = table.columns().iter().enumerate().map(|(i, c)| value(row, i, c.kind));
        take(Fields::new(table.as_str(), names.clone(), values.collect::<Result<_, _>>()?))?;
    }
    Ok(())
}

/// The rows of a query as structs.
fn list(db: &Connection, sql: &str, key: &[Value<'_>], kinds: &[Kind]) -> Result<Vec<Value<'static>>, Error> {
    let texts = key.iter().map(|v| if let Value::Text(t) = v { t.as_ref() } else { "" });
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(rusqlite::params_from_iter(texts))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let values = kinds.iter().enumerate().map(|(i, &kind)| value(row, i, kind));
        found.push(Value::Struct(values.collect::<Result<_, _>>()?));
    }
    Ok(found)
}

/// Structs of one field as that field.
fn firsts(values: Vec<Value<'static>>) -> Vec<Value<'static>> {
    let first = |v| if let Value::Struct(mut fields) = v { fields.swap_remove(0) } else { v };
    values.into_iter().map(first).collect()
}

fn mentions(
    db: &Connection,
    doc_id: &str,
    of: &'static str,
    id: &'static str,
    row: &mut Fields<'static>,
) -> Result<(), Error> {
    let text = row.text(id)?;
    let sql =
        "SELECT \"start\", \"end\" FROM mentions WHERE doc_id = ? AND \"of\" = ? AND id = ? ORDER BY rowid";
    let key = [Value::Text(doc_id.into()), Value::Text(of.into()), Value::Text(text.as_str().into())];
    let found = list(db, sql, &key, &[INT, INT])?;
    row.put("mention_list", Value::List(found));
    row.put(id, Value::Text(text.into()));
    Ok(())
}

/// The lists of an event, from the tables that hold them, as the nested columns have them.
fn lists_of_event(db: &Connection, doc_id: &str, row: &mut Fields<'static>) -> Result<(), Error> {
    let id = row.text("event_id")?;
    let key = [Value::Text(doc_id.into()), Value::Text(id.as_str().into())];
    let parties = |role: &str| {
        let sql = "SELECT entity_id FROM event_parties WHERE doc_id = ? AND event_id = ? AND role = ? ORDER BY number";
        let key = [key[0].clone(), key[1].clone(), Value::Text(role.to_owned().into())];
        list(db, sql, &key, &[TEXT])
    };
    row.put("actor_list", Value::List(parties("actor")?));
    row.put("recipient_list", Value::List(parties("recipient")?));
    let sql = "SELECT entity_id, name, kind, stance, cue_start, cue_end FROM event_sources \
               WHERE doc_id = ? AND event_id = ? ORDER BY number";
    let sources = list(db, sql, &key, &[TEXT, TEXT, TEXT, TEXT, INT, INT])?;
    row.put("source_list", Value::List(sources.into_iter().map(|s| spans_within(s, &[4])).collect()));
    let sql = "SELECT context FROM event_contexts WHERE doc_id = ? AND event_id = ? ORDER BY rowid";
    row.put("context_list", Value::List(firsts(list(db, sql, &key, &[TEXT])?)));
    let sql = "SELECT sentence, clause_start, clause_end, trigger_start, trigger_end, rule FROM event_mentions \
               WHERE doc_id = ? AND event_id = ? ORDER BY number";
    let mentions = list(db, sql, &key, &[INT, INT, INT, INT, INT, TEXT])?;
    row.put("mention_list", Value::List(mentions.into_iter().map(|m| spans_within(m, &[3, 1])).collect()));
    if let Value::Text(event_type) = row.take("about_type") {
        let [start, end, precision, text] =
            ["about_start", "about_end", "about_precision", "about_text"].map(|name| row.take(name));
        let when =
            if start == Value::Null { start } else { Value::Struct(vec![start, end, precision, text]) };
        let mode = row.take("about_mode");
        let [actors, recipients] = [parties("about_actor")?, parties("about_recipient")?];
        let [actors, recipients] = [actors, recipients].map(|list| Value::List(firsts(list)));
        let about = vec![Value::Text(event_type), mode, actors, recipients, when];
        row.put("about", Value::Struct(about));
    }
    row.put("event_id", Value::Text(id.into()));
    Ok(())
}

/// Makes a span of two numbers that stand side by side at each of the places, the last place first.
fn spans_within(value: Value<'static>, places: &[usize]) -> Value<'static> {
    let Value::Struct(mut fields) = value else { return value };
    for &at in places {
        let pair: Vec<Value<'static>> = fields.drain(at..at + 2).collect();
        let span = if pair.contains(&Value::Null) { Value::Null } else { Value::Struct(pair) };
        fields.insert(at, span);
    }
    Value::Struct(fields)
}

fn value(row: &Row<'_>, i: usize, kind: Kind) -> Result<Value<'static>, Error> {
    let wrong = || {
        let name = row.as_ref().column_name(i).unwrap_or("a column").to_owned();
        Error::Shape { table: "sqlite", reason: format!("{name} has another type") }
    };
    Ok(match (kind, row.get_ref(i)?) {
        (_, ValueRef::Null) => Value::Null,
        (Kind::Text, ValueRef::Text(bytes)) => {
            Value::Text(String::from_utf8(bytes.to_vec()).map_err(|_| wrong())?.into())
        }
        (Kind::Date, ValueRef::Text(bytes)) => {
            let date = std::str::from_utf8(bytes).ok().and_then(|t| t.parse().ok());
            Value::Date(date.ok_or_else(wrong)?)
        }
        (Kind::Int, ValueRef::Integer(v)) => Value::Int(v),
        (Kind::Bool, ValueRef::Integer(v)) => Value::Bool(v != 0),
        (Kind::Single, ValueRef::Real(v)) => Value::Single(v as f32),
        (Kind::Double, ValueRef::Real(v)) => Value::Double(v),
        _ => return Err(wrong()),
    })
}
