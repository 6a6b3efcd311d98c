//! The tables of the story, and of what could not be read: the fields of the JSON that the command writes, with types.

use crate::errors::Fault;
use crate::table::Table;
use arrow_array::RecordBatch;
use arrow_json::ReaderBuilder;
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Serialize;
use std::sync::Arc;

/// A table by its columns.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Columns {
    /// Reports that were not read.
    Failures,
    /// Events over reports.
    Clusters,
    /// Reports beside each other.
    Documents,
    /// Stories.
    Stories,
    /// Plans.
    Plans,
    /// Lines of a timeline.
    Timeline,
    /// Steps of a series.
    Series,
}

/// Lines of `name:type`; `[...]` is a list. `party`, `place`, `span`, `magnitude` and the like are structs.
const fn lines(columns: Columns) -> &'static str {
    match columns {
        Columns::Failures => {
            "path:text unit:text position:int id:text url:text state:text kind:text reason:text"
        }
        Columns::Clusters => {
            "id:text story:text type:text mode:text status:text disputed:bool actors:[party] recipients:[party] \
             place:place when:span magnitude:magnitude details:[detail] claims:[claim] background:bool plover:text \
             quad:int score:single confidence:single text:text text_doc:text members:[member] documents:int \
             sources:int first_reported:date last_reported:date"
        }
        Columns::Documents => {
            "doc_id:text published:date publisher:text title:text group:text fullest:text first:text copy:bool \
             superseded_by:text withdrawn:bool story:text"
        }
        Columns::Stories => {
            "id:text title:text begin:date end:date documents:int originals:int intensity:single doc_ids:[text]"
        }
        Columns::Plans => {
            "id:text origin:text state:text cluster:text story:text type:text mode:text actors:[party] \
             recipients:[party] place:place due:span announced:date text:text text_doc:text documents:int \
             sources:int fulfilled_by:text changes:[text] outcome:outcome"
        }
        Columns::Timeline => {
            "date:date until:date reported:bool types:[text] status:text disputed:bool actors:[text] \
             recipients:[text] place:text text:text voices:[text] sources:int doc_ids:[text] clusters:[text] \
             weight:single"
        }
        Columns::Series => {
            "date:date source:text target:text events:int reports:int sources:int quad1:int quad2:int quad3:int \
             quad4:int score_sum:single score_mean:single killed:int"
        }
    }
}

fn data_type(name: &str) -> DataType {
    let inner = match name {
        "text" => return DataType::Utf8,
        "bool" => return DataType::Boolean,
        "int" => return DataType::Int64,
        "single" => return DataType::Float32,
        "double" => return DataType::Float64,
        "date" => return DataType::Date32,
        "party" => "name:text kind:text title:text country:text sector:text code:text",
        "place" => "name:text country:text geonames:int precision:text lat:double lon:double",
        "span" => "start:date end:date precision:text",
        "magnitude" => "killed:int injured:int arrested:int size:int",
        "detail" => "what:text value:text voices:[text] doc_ids:[text]",
        "claim" => "first:date who:text stance:text doc_ids:[text]",
        "member" => "doc_id:text event_id:text",
        "outcome" => "text:text doc_id:text day:date",
        list => {
            let member = data_type(list.trim_matches(['[', ']']));
            return DataType::List(Arc::new(Field::new_list_field(member, true)));
        }
    };
    DataType::Struct(fields(inner))
}

fn fields(lines: &str) -> Fields {
    let field = |(name, kind)| Field::new(name, data_type(kind), true);
    lines.split_whitespace().filter_map(|line| line.split_once(':')).map(field).collect()
}

fn schema(columns: Columns) -> SchemaRef {
    Arc::new(Schema::new(fields(lines(columns))))
}

/// The table of the story by its name, without rows, for its schema.
#[pyfunction]
pub(crate) fn story_schema(name: &str) -> PyResult<Table> {
    let columns = match name {
        "clusters" => Columns::Clusters,
        "documents" => Columns::Documents,
        "stories" => Columns::Stories,
        "plans" => Columns::Plans,
        other => return Err(PyValueError::new_err(format!("the story has no table `{other}`"))),
    };
    Ok(Table::new(schema(columns), Vec::new()))
}

/// Rows as a table.
pub(crate) fn table<T: Serialize>(columns: Columns, rows: &[T]) -> Result<Table, Fault> {
    let schema = schema(columns);
    let mut batches: Vec<RecordBatch> = Vec::new();
    if !rows.is_empty() {
        let mut decoder = ReaderBuilder::new(schema.clone()).build_decoder()?;
        decoder.serialize(rows)?;
        batches.extend(decoder.flush()?);
    }
    Ok(Table::new(schema, batches))
}
