//! What a view shows, as a file: CSV, JSON or Parquet.

use crate::error::Refusal;
use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use dateline_tables::file::{Form, Writer};
use serde_json::{Map, Value};
use std::sync::Arc;

dateline_core::named_enum! {
    /// What a download is.
    pub(crate) enum Download { Csv = "csv", Json = "json", Parquet = "parquet" }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Int,
    Float,
    Bool,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(Option<String>),
    Int(Option<i64>),
    Float(Option<f64>),
    Bool(bool),
}

impl Cell {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }

    pub(crate) fn int(n: usize) -> Self {
        Self::Int(Some(n as i64))
    }

    /// A number of single precision as people write it: 0.83, not 0.8299999833106995.
    pub(crate) fn single(n: f32) -> Self {
        Self::Float(Some(n.to_string().parse().unwrap_or(f64::from(n))))
    }
}

/// Rows under named columns.
#[derive(Debug)]
pub(crate) struct Sheet {
    columns: &'static [(&'static str, Kind)],
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    pub(crate) const fn new(columns: &'static [(&'static str, Kind)]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    /// The sheet as a file that browsers store under `name`.
    pub(crate) fn download(&self, name: &str, form: Download) -> Result<Response, Refusal> {
        let (kind, bytes) = match form {
            Download::Csv => ("text/csv; charset=utf-8", self.csv()?),
            Download::Json => ("application/json", self.json()?),
            Download::Parquet => ("application/vnd.apache.parquet", self.parquet()?),
        };
        Ok(attachment(&format!("{name}.{form}"), kind, bytes))
    }

    fn csv(&self) -> Result<Vec<u8>, Refusal> {
        let mut out = csv::Writer::from_writer(Vec::new());
        out.write_record(self.columns.iter().map(|c| c.0)).map_err(Refusal::internal)?;
        for row in &self.rows {
            out.write_record(row.iter().map(plain)).map_err(Refusal::internal)?;
        }
        out.into_inner().map_err(Refusal::internal)
    }

    fn json(&self) -> Result<Vec<u8>, Refusal> {
        let value = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone().into(),
            Cell::Int(n) => (*n).into(),
            Cell::Float(n) => (*n).into(),
            Cell::Bool(b) => (*b).into(),
        };
        let object = |row: &Vec<Cell>| {
            let pairs =
                self.columns.iter().zip(row).map(|((name, _), cell)| ((*name).to_owned(), value(cell)));
            Value::Object(pairs.collect::<Map<_, _>>())
        };
        Ok(serde_json::to_vec(&self.rows.iter().map(object).collect::<Vec<_>>())?)
    }

    fn parquet(&self) -> Result<Vec<u8>, Refusal> {
        let field = |&(name, kind): &(&str, Kind)| {
            let kind = match kind {
                Kind::Text => DataType::Utf8,
                Kind::Int => DataType::Int64,
                Kind::Float => DataType::Float64,
                Kind::Bool => DataType::Boolean,
            };
            Field::new(name, kind, true)
        };
        let schema = Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()));
        let arrays = self.columns.iter().enumerate().map(|(k, (_, kind))| self.array(k, *kind)).collect();
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(Refusal::internal)?;
        let mut writer = Writer::new(Vec::new(), Form::Parquet, &schema)?;
        writer.write(&batch)?;
        Ok(writer.finish()?)
    }

    fn array(&self, column: usize, kind: Kind) -> ArrayRef {
        let cells = self.rows.iter().map(|row| &row[column]);
        match kind {
            Kind::Text => {
                let text = |c: &Cell| if let Cell::Text(t) = c { t.clone() } else { None };
                Arc::new(cells.map(text).collect::<StringArray>())
            }
            Kind::Int => {
                let int = |c: &Cell| if let Cell::Int(n) = c { *n } else { None };
                Arc::new(cells.map(int).collect::<Int64Array>())
            }
            Kind::Float => {
                let float = |c: &Cell| if let Cell::Float(n) = c { *n } else { None };
                Arc::new(cells.map(float).collect::<Float64Array>())
            }
            Kind::Bool => {
                let bool = |c: &Cell| if let Cell::Bool(b) = c { Some(*b) } else { None };
                Arc::new(cells.map(bool).collect::<BooleanArray>())
            }
        }
    }
}

/// A cell of CSV. Words of others that a spreadsheet would take for a formula get an apostrophe before them.
fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Text(None) | Cell::Int(None) | Cell::Float(None) => String::new(),
        Cell::Text(Some(text)) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
        Cell::Text(Some(text)) => text.clone(),
        Cell::Int(Some(n)) => n.to_string(),
        Cell::Float(Some(n)) => n.to_string(),
        Cell::Bool(b) => b.to_string(),
    }
}

/// Bytes that browsers store as a file.
pub(crate) fn attachment(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' };
    let name: String = name.chars().map(safe).take(120).collect();
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes)
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_of_others_are_defused_in_csv_only() {
        let mut sheet = Sheet::new(&[("a", Kind::Text), ("b", Kind::Float)]);
        sheet.push(vec![Cell::text("=cmd()"), Cell::single(-9.5)]);
        sheet.push(vec![Cell::text("plain, \"quoted\""), Cell::Float(None)]);
        let text = String::from_utf8(sheet.csv().unwrap()).unwrap();
        assert_eq!(text, "a,b\n'=cmd(),-9.5\n\"plain, \"\"quoted\"\"\",\n");
        assert!(String::from_utf8(sheet.json().unwrap()).unwrap().contains(r#"{"a":"=cmd()","b":-9.5}"#));
        assert!(sheet.parquet().unwrap().starts_with(b"PAR1"));
    }
}
