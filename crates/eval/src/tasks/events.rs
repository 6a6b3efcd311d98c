//! `events`: a report to its record.

use super::{Failure, document};
use dateline::Reader;
use serde_json::Value;

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let record = reader.read_document(document(row));
    Ok(serde_json::to_value(record.in_code_points())?)
}

/// The record with every act, likely or not, and what the trained parts see of it, for training them.
pub(crate) fn training(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let reading = reader.reading(document(row));
    let training = reader.training(&reading);
    let mut answer = serde_json::to_value(reader.record_of_all(reading).in_code_points())?;
    answer["training"] = serde_json::to_value(training)?;
    Ok(answer)
}
