//! The JSON Schema of the record.

use serde_json::Value;

/// The schema as text (JSON Schema, draft 2020-12).
pub const EMBEDDED: &str = include_str!("../schema.json");

/// The schema as a value.
///
/// # Errors
/// When the embedded text is no JSON, which a test rules out.
pub fn schema() -> Result<Value, serde_json::Error> {
    serde_json::from_str(EMBEDDED)
}
