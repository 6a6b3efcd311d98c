//! What is kept of reports between runs: one file, a report a line.

use crate::report::Report;
use std::io::{self, BufRead, Write};

/// First line of the file.
const HEADER: &str = r#"{"dateline_state":1}"#;

/// Why a state cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The file.
    #[error("cannot be read ({0}): check the file and the disk")]
    Io(#[from] io::Error),
    /// Of another version, or no state at all.
    #[error("line {line} is no state of this version: link the records anew with another --state")]
    Version {
        /// Number of the line.
        line: usize,
    },
}

/// Writes the reports.
pub fn write(reports: &[Report], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{HEADER}")?;
    for report in reports {
        serde_json::to_writer(&mut *out, report)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Reads what [`write()`] wrote.
pub fn read(input: impl BufRead) -> Result<Vec<Report>, StateError> {
    let mut lines = input.lines();
    if lines.next().transpose()?.as_deref() != Some(HEADER) {
        return Err(StateError::Version { line: 1 });
    }
    let report = |(n, line): (usize, io::Result<String>)| {
        serde_json::from_str(&line?).map_err(|_| StateError::Version { line: n + 2 })
    };
    lines.enumerate().map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let line = r#"{"schema_version": "1", "id": "a", "title": "Ferry sinks", "published": "2031-03-01", "text":
            "A ferry sank near the northern coast on Friday, the guard said."}"#;
        let reports = vec![Report::from_json(&line.replace('\n', " ")).unwrap()];
        let mut bytes = Vec::new();
        write(&reports, &mut bytes).unwrap();
        assert_eq!(read(&bytes[..]).unwrap(), reports);
        assert!(read(&b"{}\n"[..]).is_err() && read(&b""[..]).is_err());
    }
}
