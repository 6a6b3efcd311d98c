//! Rows of any kind: aligned columns for the eye, JSON lines or CSV for programs.

use crate::error::ExportError;
use crate::format::Format;
use crate::table::wrap::{clean, width};
use serde::Serialize;
use std::io::Write;

/// Writes rows with their column names, which must be as many as the fields of a row. JSON is an array, JSON lines one
/// object a row.
///
/// ```
/// use dateline_export::{Format, listing};
/// let mut out = Vec::new();
/// listing::write(&[("Cairo", 30.06), ("Aden", 12.78)], &["place", "lat"], Format::Table, &mut out)?;
/// assert_eq!(String::from_utf8(out)?, "PLACE  LAT\nCairo  30.06\nAden   12.78\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the output does not take it.
pub fn write<T: Serialize>(
    rows: &[T],
    columns: &[&str],
    format: Format,
    out: &mut impl Write,
) -> Result<(), ExportError> {
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, rows)?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)?;
            }
        }
        Format::Csv | Format::Tsv => {
            let delimiter = format.delimiter().unwrap_or(b',');
            let mut writer =
                csv::WriterBuilder::new().has_headers(false).delimiter(delimiter).from_writer(&mut *out);
            writer.write_record(columns)?;
            rows.iter().try_for_each(|row| writer.serialize(row))?;
            writer.flush()?;
        }
        Format::Table => {
            let upper = columns.iter().map(|c| c.to_uppercase().replace('_', " ")).collect();
            let mut cells: Vec<Vec<String>> = vec![upper];
            for row in rows {
                cells.push(cells_of(row)?);
            }
            align(&cells, out)?;
        }
    }
    Ok(())
}

/// The cells of a row as CSV would write them, without quotes.
fn cells_of<T: Serialize>(row: &T) -> Result<Vec<String>, ExportError> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    writer.serialize(row)?;
    let line = writer.into_inner().map_err(|e| ExportError::Io(e.into_error()))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
    let record = reader.records().next().transpose()?.unwrap_or_default();
    Ok(record.iter().map(|cell| clean(cell).into_owned()).collect())
}

fn align(cells: &[Vec<String>], out: &mut impl Write) -> Result<(), ExportError> {
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|c| cells.iter().filter_map(|row| row.get(c)).map(|s| width(s)).max().unwrap_or(0))
        .collect();
    for row in cells {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', wide + 2 - width(cell)));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}
