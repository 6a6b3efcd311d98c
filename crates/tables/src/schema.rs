//! The Arrow schemas of the tables.

use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use dateline_core::record::SCHEMA_VERSION;
use dateline_export::Table;
use dateline_export::row::{Column, Kind};
use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

/// The Arrow schema of a table. Every field carries what it holds as metadata, `doc`.
pub fn schema(table: Table) -> SchemaRef {
    schema_of(table.all_columns())
}

/// The Arrow schema of columns.
pub(crate) fn schema_of(columns: impl Iterator<Item = &'static Column>) -> SchemaRef {
    let version = HashMap::from([("dateline.schema_version".to_owned(), SCHEMA_VERSION.to_owned())]);
    let fields: Vec<Field> = columns.map(field).collect();
    Arc::new(Schema::new_with_metadata(fields, version))
}

fn field(column: &Column) -> Field {
    let doc = HashMap::from([("doc".to_owned(), column.doc.to_owned())]);
    Field::new(column.name, data_type(column.kind), column.nullable).with_metadata(doc)
}

/// The member field of a list of this type.
pub(crate) fn member(kind: Kind) -> Arc<Field> {
    Arc::new(Field::new_list_field(data_type(kind), false))
}

/// The fields of a struct.
pub(crate) fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(field).collect()
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Bool => DataType::Boolean,
        Kind::Int => DataType::Int64,
        Kind::Single => DataType::Float32,
        Kind::Double => DataType::Float64,
        Kind::Date => DataType::Date32,
        Kind::List(kind) => DataType::List(member(*kind)),
        Kind::Struct(columns) => DataType::Struct(fields(columns)),
    }
}

/// The Arrow schemas of all tables as text for people: a line a column, with its type and what it holds.
pub fn describe() -> String {
    let mut text = String::new();
    for (k, &table) in Table::ALL.iter().enumerate() {
        let _ = writeln!(text, "{}{table}", if k == 0 { "" } else { "\n" });
        let columns: Vec<&Column> = table.all_columns().collect();
        lines(&columns, 1, &mut text);
    }
    text
}

fn lines(columns: &[&Column], depth: usize, text: &mut String) {
    let wide = columns.iter().map(|c| c.name.len()).max().unwrap_or(0);
    for column in columns {
        let (kind, inner) = name_of(column.kind);
        let null = if column.nullable { "?" } else { "" };
        let indent = "  ".repeat(depth);
        let _ =
            writeln!(text, "{indent}{:wide$}  {:12}  {}", column.name, format!("{kind}{null}"), column.doc);
        lines(&inner.iter().collect::<Vec<_>>(), depth + 1, text);
    }
}

/// How Arrow calls a type, and the fields within it.
fn name_of(kind: Kind) -> (String, &'static [Column]) {
    match kind {
        Kind::Text => ("utf8".to_owned(), &[]),
        Kind::Bool => ("bool".to_owned(), &[]),
        Kind::Int => ("int64".to_owned(), &[]),
        Kind::Single => ("float32".to_owned(), &[]),
        Kind::Double => ("float64".to_owned(), &[]),
        Kind::Date => ("date32".to_owned(), &[]),
        Kind::List(member) => {
            let (name, inner) = name_of(*member);
            (format!("list<{name}>"), inner)
        }
        Kind::Struct(columns) => ("struct".to_owned(), columns),
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, describe, schema};
    use arrow_schema::{DataType, Field};

    fn names(field: &Field, found: &mut Vec<String>) {
        found.push(field.name().clone());
        match field.data_type() {
            DataType::Struct(fields) => fields.iter().for_each(|f| names(f, found)),
            DataType::List(member) => {
                if let DataType::Struct(fields) = member.data_type() {
                    fields.iter().for_each(|f| names(f, found));
                }
            }
            _ => {}
        }
    }

    #[test]
    fn the_description_has_a_line_for_every_field() {
        let mut expected = Vec::new();
        for &table in Table::ALL {
            expected.push(table.to_string());
            schema(table).fields().iter().for_each(|f| names(f, &mut expected));
        }
        let text = describe();
        let lines = text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_table_can_be_joined_to_its_documents() {
        for &table in Table::ALL {
            let schema = schema(table);
            assert_eq!(schema.field(0).name(), "doc_id");
            assert!(schema.fields().iter().all(|f| f.metadata().contains_key("doc")));
        }
    }
}
