//! What is kept of reports between runs: one file, a report a line, beside what linking found of them ([`crate::kept`]).

/// First line of the file.
pub const HEADER: &str = r#"{"dateline_state":1}"#;
