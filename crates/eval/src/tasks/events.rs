//! `events`: a report to its record.

use super::{Failure, document};
use dateline::Reader;
use serde_json::Value;

pub(crate) fn answer(reader: &mut Reader, row: &Value) -> Result<Value, Failure> {
    let record = reader.read_document(document(row)?);
    Ok(serde_json::to_value(record.in_code_points())?)
}
