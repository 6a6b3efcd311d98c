//! Records read back from JSON lines.

use dateline_core::record::{Record, SCHEMA_VERSION};
use std::io::{BufRead, Read};

/// The longest line that is read: a record of the longest report with all that is said of it.
pub const MAX_LINE: u64 = 512 << 20;

/// Why a line is no record.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct ReadError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    #[source]
    pub why: Why,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// It cannot be had.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is no record.
    #[error("this is no record as `dateline read --format jsonl` writes it: {0}")]
    Json(#[from] serde_json::Error),
    /// It was written by another version.
    #[error("the record has the form {0}, this program reads {SCHEMA_VERSION}: read the report anew")]
    Version(String),
    /// It is too long.
    #[error("the line is longer than {MAX_LINE} bytes")]
    TooLong,
}

/// The records of `input`, one a line; empty lines are passed over. Spans count bytes, as the reader's own do.
///
/// ```
/// let none = dateline_export::read::records("\n\n".as_bytes()).count();
/// assert_eq!(none, 0);
/// ```
pub fn records<R: BufRead>(input: R) -> Records<R> {
    Records { input, line: 0, bytes: Vec::new() }
}

/// Iterator over the records of an input; made by [`records`].
#[derive(Debug)]
pub struct Records<R> {
    input: R,
    line: usize,
    bytes: Vec<u8>,
}

impl<R: BufRead> Records<R> {
    fn next_record(&mut self) -> Result<Option<Record>, Why> {
        loop {
            self.bytes.clear();
            self.line += 1;
            if (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut self.bytes)? == 0 {
                return Ok(None);
            }
            if self.bytes.len() as u64 == MAX_LINE && self.bytes.last() != Some(&b'\n') {
                return Err(Why::TooLong);
            }
            if !self.bytes.trim_ascii().is_empty() {
                return record(&self.bytes).map(Some);
            }
        }
    }
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_record().map_err(|why| ReadError { line: self.line, why }).transpose()
    }
}

/// One record of JSON, its spans counted in bytes.
///
/// # Errors
/// When it is none, or of another version.
pub fn record(json: &[u8]) -> Result<Record, Why> {
    let record = Record::from_json(json)?;
    if record.schema_version != SCHEMA_VERSION {
        return Err(Why::Version(record.schema_version.into_owned()));
    }
    Ok(record.in_bytes())
}

#[cfg(test)]
mod tests {
    use super::records;

    #[test]
    fn what_is_no_record_is_told_with_its_line() {
        let errors: Vec<String> = records("\n{\"id\": 3}\n[]\n\u{0}".as_bytes())
            .map(|r| r.expect_err("no record").to_string())
            .collect();
        assert_eq!(errors.len(), 3);
        assert!(errors[0].starts_with("line 2: this is no record"), "{}", errors[0]);
        assert!(errors[2].starts_with("line 4:"), "{}", errors[2]);
    }
}
