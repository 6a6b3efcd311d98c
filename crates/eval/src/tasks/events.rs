//! `events`: a report to its record.

use super::{Failure, document};
use dateline::Reader;
use serde_json::Value;

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let record = reader.read_document(document(row)?);
    Ok(serde_json::to_value(record.in_code_points())?)
}

/// The record with the scorer's features of every event, for training the scorer.
pub(crate) fn features(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let reading = reader.reading(document(row)?);
    let features: serde_json::Map<String, Value> =
        reader.features(&reading).into_iter().map(|(id, f)| (id, f.into())).collect();
    let mut answer = serde_json::to_value(reader.record(reading).in_code_points())?;
    answer["features"] = features.into();
    Ok(answer)
}
