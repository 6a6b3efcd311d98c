//! A JSON object a line.

use crate::container::Members;
use crate::entries::Options;
use crate::entry::{Fault, FaultKind, Unit};
use crate::rows::{json, values};
use crate::source::Opened;
use std::io::{self, BufRead};

pub(crate) fn members(opened: Opened, options: &Options) -> Result<Members, Fault> {
    let (place, stem) = (opened.place(), opened.source.stem());
    let fields = options.fields.clone();
    let max_bytes = options.max_bytes;
    // What JSON writes with a backslash is longer than what it means; other fields take room as well.
    let longest = max_bytes.saturating_mul(2).saturating_add(1 << 16);
    let mut reader = opened.content().map_err(|error| Fault::io(place.clone(), &error))?;
    let (mut number, mut done) = (0, false);
    let mut line = Vec::new();
    Ok(Box::new(std::iter::from_fn(move || {
        while !done {
            number += 1;
            let read = read_line(&mut reader, &mut line, longest);
            if matches!(read, Ok(Line::Whole)) && line.trim_ascii().is_empty() {
                continue;
            }
            let here = place.at(Unit::Line, number);
            match read {
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => return Some(Err(Fault::too_large(here, longest))),
                Ok(Line::Whole) if values::are_too_many(&line) => {
                    return Some(Err(Fault::new(here, FaultKind::TooLarge, values::TOO_MANY)));
                }
                Ok(Line::Whole) => {
                    return Some(match serde_json::from_slice(&line) {
                        Ok(serde_json::Value::Object(object)) => {
                            json::entry(&object, &fields, here, format!("{stem}-{number}"), max_bytes)
                        }
                        Ok(_) => Err(Fault::new(here, FaultKind::Malformed, "the line holds no JSON object")),
                        Err(error) => {
                            let reason = format!("the line is no JSON ({error}): mend or remove it");
                            Err(Fault::new(here, FaultKind::Malformed, reason))
                        }
                    });
                }
                Err(error) => {
                    done = true;
                    return Some(Err(Fault::io(here, &error)));
                }
            }
        }
        None
    })))
}

enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads a line; of one that is too long nothing is kept.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>, longest: usize) -> io::Result<Line> {
    line.clear();
    let (mut too_long, mut empty) = (false, true);
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            break;
        }
        empty = false;
        let end = memchr::memchr(b'\n', buffer);
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if line.len() + part.len() > longest {
            too_long = true;
            line.clear();
        }
        if !too_long {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(if empty {
        Line::End
    } else if too_long {
        Line::TooLong
    } else {
        Line::Whole
    })
}

#[cfg(test)]
mod tests {
    use super::{Line, read_line};

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let mut reader = b"short\nmuch too long a line\n\nlast".as_slice();
        let mut line = Vec::new();
        let mut kinds = Vec::new();
        loop {
            match read_line(&mut reader, &mut line, 8).unwrap() {
                Line::Whole => kinds.push(String::from_utf8(line.clone()).unwrap()),
                Line::TooLong => kinds.push("!".to_owned()),
                Line::End => break,
            }
        }
        assert_eq!(kinds, ["short", "!", "", "last"]);
    }
}
