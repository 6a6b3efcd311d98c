//! Why something cannot be written.

use std::io;

/// Why something cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The place it goes to does not take it.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A row does not fit its form.
    #[error("a row cannot be written as CSV: {0}")]
    Csv(csv::Error),
    /// A value does not fit its form.
    #[error("a value cannot be written as JSON: {0}")]
    Json(serde_json::Error),
}

impl ExportError {
    /// Whether the reader of the output went away, which is no fault: `dateline read x.txt | head`.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        if !error.is_io_error() {
            return Self::Csv(error);
        }
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Io(error),
            other => Self::Io(io::Error::other(format!("{other:?}"))),
        }
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() { Self::Io(error.into()) } else { Self::Json(error) }
    }
}

#[cfg(test)]
mod tests {
    use super::ExportError;
    use std::io;

    struct Closed;
    impl io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_seen_through_both_writers() {
        let json: ExportError = serde_json::to_writer(Closed, "x").unwrap_err().into();
        assert!(json.is_broken_pipe());
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1).from_writer(Closed);
        let csv: ExportError = writer.write_record(["long enough"]).unwrap_err().into();
        assert!(csv.is_broken_pipe());
    }
}
