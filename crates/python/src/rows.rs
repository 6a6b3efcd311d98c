//! Reports in the rows of an Arrow stream: what pandas, Polars, pyarrow and `DuckDB` hand over.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{ArrowError, DataType};
use dateline_archive::{Entry, Fault, FaultKind, Fields, Place, Unit};
use std::collections::HashMap;

/// The rows of a batch as reports; rows are counted on from `before`.
pub(crate) fn entries(
    batch: &RecordBatch,
    fields: &Fields,
    before: u64,
) -> Result<Vec<Result<Entry, Fault>>, ArrowError> {
    let columns = columns(batch, fields)?;
    let names = || batch.schema().fields().iter().map(|f| f.name().clone()).collect();
    let entry = |row: usize| {
        let number = before + row as u64 + 1;
        let get = |name: &str| columns.get(name).and_then(|array| cell(array, row));
        fields.entry(get, names, Place::default().at(Unit::Row, number), format!("row-{number}"))
    };
    Ok((0..batch.num_rows()).map(entry).collect())
}

/// A whole stream of batches as reports; what the stream fails with stands in the place of the rest.
pub(crate) fn stream(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    fields: &Fields,
) -> impl Iterator<Item = Result<Entry, Fault>> {
    let mut before = 0;
    batches.flat_map(move |batch| {
        let rows = batch.and_then(|batch| {
            let rows = entries(&batch, fields, before)?;
            before += batch.num_rows() as u64;
            Ok(rows)
        });
        rows.unwrap_or_else(|error| {
            let place = Place::default().at(Unit::Row, before + 1);
            vec![Err(Fault::new(place, FaultKind::Io, format!("the table cannot be read: {error}")))]
        })
    })
}

/// The columns that are asked for, as text or bytes, under their own names and in lower case.
fn columns(batch: &RecordBatch, fields: &Fields) -> Result<HashMap<String, ArrayRef>, ArrowError> {
    let wanted = fields.wanted();
    let mut columns = HashMap::new();
    for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let (name, lower) = (field.name(), field.name().to_lowercase());
        if !wanted.iter().any(|w| w == name || *w == lower) {
            continue;
        }
        let to = match field.data_type() {
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => DataType::LargeBinary,
            _ => DataType::LargeUtf8,
        };
        if can_cast_types(array.data_type(), &to) {
            let array = cast(array, &to)?;
            columns.entry(lower).or_insert_with(|| array.clone());
            columns.insert(name.clone(), array);
        }
    }
    Ok(columns)
}

fn cell(array: &ArrayRef, row: usize) -> Option<Vec<u8>> {
    if array.is_null(row) {
        return None;
    }
    Some(match array.as_string_opt::<i64>() {
        Some(text) => text.value(row).as_bytes().to_vec(),
        None => array.as_binary_opt::<i64>()?.value(row).to_vec(),
    })
}
