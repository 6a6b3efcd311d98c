//! Comma- and tab-separated values with a header.

use crate::container::Members;
use crate::entries::Options;
use crate::entry::{Fault, FaultKind, Unit};
use crate::rows::bounded::{Bound, Bounded};
use crate::source::Opened;
use csv::{ByteRecord, ReaderBuilder};
use std::collections::HashMap;
use std::io::BufRead;

/// The most columns; each takes a hundred times the room of its comma.
const MOST_COLUMNS: usize = 100_000;

/// Rows with a `delimiter`, or with the one that the header shows.
pub(crate) fn members(opened: Opened, options: &Options, delimiter: Option<u8>) -> Result<Members, Fault> {
    let (place, stem) = (opened.place(), opened.source.stem());
    let fields = options.fields.clone();
    let max_bytes = options.max_bytes;
    let longest = max_bytes.saturating_mul(2).saturating_add(1 << 20);
    let bound = Bound::new(longest);
    let mut content = opened.content().map_err(|error| Fault::io(place.clone(), &error))?;
    let head = content.fill_buf().map_err(|error| Fault::io(place.clone(), &error))?;
    let delimiter = delimiter.unwrap_or_else(|| shown(head));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(Bounded::new(content, bound.clone()));
    let header = reader.byte_headers().map_err(|error| fault(error, place.clone(), &bound, longest))?;
    if header.len() > MOST_COLUMNS {
        let reason = format!("the header has {} columns: check whether it is a table", header.len());
        return Err(Fault::new(place, FaultKind::Malformed, reason));
    }
    let name = |cell: &[u8]| String::from_utf8_lossy(cell).trim().trim_start_matches('\u{feff}').to_owned();
    let names: Vec<String> = header.iter().map(name).collect();
    // Told names are taken as they are written, usual ones in any case.
    let mut columns: HashMap<String, usize> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        columns.entry(name.clone()).or_insert(i);
        columns.entry(name.to_lowercase()).or_insert(i);
    }
    let mut row = ByteRecord::new();
    let (mut number, mut done) = (0, false);
    Ok(Box::new(std::iter::from_fn(move || {
        if done {
            return None;
        }
        bound.renew();
        number += 1;
        let here = place.at(Unit::Row, number);
        match reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                let get = |name: &str| {
                    let cell = row.get(*columns.get(name)?)?;
                    (!cell.trim_ascii().is_empty()).then(|| cell.to_vec())
                };
                let entry = fields.entry(get, || names.clone(), here, format!("{stem}-{number}"));
                Some(entry.and_then(|entry| match entry.bytes.len() {
                    length if length > max_bytes => Err(Fault::too_large(entry.place, max_bytes)),
                    _ => Ok(entry),
                }))
            }
            Err(error) => {
                done = true;
                Some(Err(fault(error, here, &bound, longest)))
            }
        }
    })))
}

/// The delimiter that stands most often in the first line.
fn shown(head: &[u8]) -> u8 {
    let line = head.split(|b| *b == b'\n').next().unwrap_or(head);
    let count = |delimiter: u8| line.iter().filter(|b| **b == delimiter).count();
    let (tabs, semicolons) = (count(b'\t'), count(b';'));
    match count(b',') {
        commas if tabs > commas && tabs >= semicolons => b'\t',
        commas if semicolons > commas => b';',
        _ => b',',
    }
}

fn fault(error: csv::Error, place: crate::Place, bound: &Bound, longest: usize) -> Fault {
    if bound.is_reached() {
        let reason =
            format!("a row has more than {longest} bytes: a quotation mark may be open; mend the table");
        return Fault::new(place, FaultKind::TooLarge, reason);
    }
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Fault::io(place, &error),
        _ => Fault::new(place, FaultKind::Malformed, "the row cannot be read: mend the table"),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn the_header_shows_the_delimiter() {
        assert_eq!(shown(b"id,text;x,date\n;;;;;"), b',');
        assert_eq!(shown(b"id;text;date\n"), b';');
        assert_eq!(shown(b"id\ttext, all\tdate"), b'\t');
        assert_eq!(shown(b"text"), b',');
    }
}
