//! What the pages of a Parquet file claim to hold, looked at before the library reserves memory for it.
//!
//! Every page has a head in Thrift's compact protocol, which tells how long the page is, packed and unpacked. The library
//! reserves what a head claims, and unpacks gzip without asking for the claim.

use flate2::read::MultiGzDecoder;
use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

/// The longest page, unpacked; writers make them a megabyte long, or as long as their longest row.
pub(super) const LONGEST: u64 = 128 << 20;
/// The longest page of words that other pages refer to; each of them takes some more memory than in the file.
const LONGEST_DICTIONARY: u64 = 16 << 20;
/// The longest head of a page, with its statistics.
const LONGEST_HEAD: u64 = 1 << 20;
/// Structures within structures in a head.
const DEEPEST: usize = 8;

/// What the head of a page tells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    is_dictionary: bool,
    unpacked: u64,
    packed: u64,
    /// Values of a dictionary.
    words: u64,
    /// Bytes before what is packed, in pages of the second version.
    levels: u64,
    /// Whether its words are told by how they differ.
    by_differences: bool,
}

/// Looks at all pages of a column in a group of rows, and tells whether words of one are told by how they differ.
///
/// # Errors
/// When one claims what cannot be, or more than is read.
pub(super) fn check(file: &File, column: &ColumnChunkMetaData) -> io::Result<bool> {
    // As the library begins, wherever that is.
    let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
    let start = u64::try_from(start).map_err(|_| wrong("begins nowhere"))?;
    let mut left = u64::try_from(column.compressed_size()).map_err(|_| wrong("has no length"))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    reader.seek(SeekFrom::Start(start))?;
    let mut by_differences = false;
    while left > 0 {
        let mut head_reader = reader.by_ref().take(left.min(LONGEST_HEAD));
        let most = head_reader.limit();
        let head = head(&mut head_reader)?;
        left -= most - head_reader.limit();
        by_differences |= head.by_differences;
        if head.packed > left {
            return Err(wrong("is longer than its column"));
        }
        if head.unpacked > if head.is_dictionary { LONGEST_DICTIONARY } else { LONGEST } {
            return Err(wrong("is too long: write the file with smaller pages"));
        }
        // The shortest word is its length in four bytes; only truth values are shorter, and have no dictionary.
        if head.words > head.unpacked / 4 {
            return Err(wrong("claims more words than it holds"));
        }
        if matches!(column.compression(), Compression::GZIP(_)) {
            let mut packed = reader.by_ref().take(head.packed);
            io::copy(&mut packed.by_ref().take(head.levels), &mut io::sink())?;
            let mut unpacked = MultiGzDecoder::new(packed.by_ref()).take(head.unpacked + 1);
            // What is no gzip is the library's to refuse.
            if io::copy(&mut unpacked, &mut io::sink()).is_ok_and(|n| n > head.unpacked) {
                return Err(wrong("holds more than it claims"));
            }
            io::copy(&mut packed, &mut io::sink())?;
        } else {
            reader.seek_relative(i64::try_from(head.packed).unwrap_or(i64::MAX))?;
        }
        left -= head.packed;
    }
    Ok(by_differences)
}

pub(super) fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("a page {what}"))
}

/// Reads the head of a page. As the library goes by the numbers of the fields alone, those that it knows must be of the kind
/// that they should be, or the two of us would read different heads.
fn head(reader: &mut impl BufRead) -> io::Result<Head> {
    let mut head = Head::default();
    let mut field = 0;
    while let Some(kind) = next_field(reader, &mut field)? {
        match (field, kind) {
            (1, INT32) => head.is_dictionary = integer(reader)? == 2,
            (2, INT32) => head.unpacked = length(reader)?,
            (3, INT32) => head.packed = length(reader)?,
            (4, INT32) => integer(reader).map(drop)?,
            (5..=8, STRUCT) => kind_of_page(reader, field, &mut head)?,
            (1..=8, _) => return Err(wrong("has a head that cannot be read")),
            _ => skip(reader, kind, DEEPEST)?,
        }
    }
    Ok(head)
}

/// Reads what a head tells of data (5), of an index (6), of a dictionary (7) or of data in the second version (8).
fn kind_of_page(reader: &mut impl BufRead, page: i64, head: &mut Head) -> io::Result<()> {
    let mut field = 0;
    while let Some(kind) = next_field(reader, &mut field)? {
        match (page, field, kind) {
            (7, 1, INT32) => head.words = length(reader)?,
            (5, 2, INT32) | (8, 4, INT32) => head.by_differences |= matches!(integer(reader)?, 6 | 7),
            (8, 5 | 6, INT32) => head.levels += length(reader)?,
            (5, 1..=4, INT32) | (7, 2, INT32) | (8, 1..=3, INT32) => integer(reader).map(drop)?,
            (7, 3, TRUE | FALSE) | (8, 7, TRUE | FALSE) | (5, 5, STRUCT) | (8, 8, STRUCT) => {
                skip(reader, kind, DEEPEST)?;
            }
            (5, 1..=5, _) | (7, 1..=3, _) | (8, 1..=8, _) => {
                return Err(wrong("has a head that cannot be read"));
            }
            _ => skip(reader, kind, DEEPEST)?,
        }
    }
    Ok(())
}

/// Kinds of values in the compact protocol.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const INT16: u8 = 4;
const INT32: u8 = 5;
const INT64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const STRUCT: u8 = 12;

/// The kind of the next field of a structure, none at its end; `field` is the number of the last one and becomes its own,
/// which is higher: a field told twice would count once for the library.
fn next_field(reader: &mut impl BufRead, field: &mut i64) -> io::Result<Option<u8>> {
    let head = byte(reader)?;
    if head == 0 {
        return Ok(None);
    }
    let last = std::mem::replace(
        field,
        match head >> 4 {
            0 => integer(reader)?,
            step => field.saturating_add(i64::from(step)),
        },
    );
    if *field <= last { Err(wrong("has a head in disorder")) } else { Ok(Some(head & 15)) }
}

fn skip(reader: &mut impl BufRead, kind: u8, depth: usize) -> io::Result<()> {
    let Some(depth) = depth.checked_sub(1) else { return Err(wrong("has a head without an end")) };
    match kind {
        TRUE | FALSE => Ok(()),
        BYTE => byte(reader).map(drop),
        INT16 | INT32 | INT64 => integer(reader).map(drop),
        DOUBLE => pass(reader, 8),
        BINARY => {
            let length = unsigned(reader)?;
            pass(reader, length)
        }
        LIST | SET => {
            let head = byte(reader)?;
            let count = if head >> 4 == 15 { unsigned(reader)? } else { u64::from(head >> 4) };
            // Truth values should take a byte each in lists; the library gives them none.
            if matches!(head & 15, TRUE | FALSE) {
                return Err(wrong("has a head with a list of truth values"));
            }
            (0..count).try_for_each(|_| skip(reader, head & 15, depth))
        }
        STRUCT => {
            let mut field = 0;
            while let Some(kind) = next_field(reader, &mut field)? {
                skip(reader, kind, depth)?;
            }
            Ok(())
        }
        _ => Err(wrong("has a head that cannot be read")),
    }
}

fn byte(reader: &mut impl BufRead) -> io::Result<u8> {
    let mut one = [0];
    reader.read_exact(&mut one)?;
    Ok(one[0])
}

fn pass(reader: &mut impl BufRead, length: u64) -> io::Result<()> {
    match io::copy(&mut reader.take(length), &mut io::sink())? {
        n if n == length => Ok(()),
        _ => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// A number of seven bits a byte, the lowest first.
pub(super) fn unsigned(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let next = byte(reader)?;
        number |= u64::from(next & 127) << shift;
        if next < 128 {
            return Ok(number);
        }
    }
    Err(wrong("has a number without an end"))
}

/// A number whose lowest bit is its sign.
pub(super) fn integer(reader: &mut impl BufRead) -> io::Result<i64> {
    let number = unsigned(reader)?;
    Ok((number >> 1) as i64 ^ -((number & 1) as i64))
}

fn length(reader: &mut impl BufRead) -> io::Result<u64> {
    u64::try_from(integer(reader)?).map_err(|_| wrong("has no length"))
}

#[cfg(test)]
mod tests {
    use super::{Head, head};

    #[test]
    fn heads_are_read_and_what_else_they_hold_is_passed_over() {
        // A dictionary of 3 words, 20 bytes in 18, with a checksum: type, lengths, checksum, dictionary, end.
        let bytes = [0x15, 4, 0x15, 40, 0x15, 36, 0x15, 9, 0x3c, 0x15, 6, 0x15, 0, 0x12, 0, 0];
        let told = head(&mut bytes.as_slice()).unwrap();
        assert_eq!(told, Head { is_dictionary: true, unpacked: 20, packed: 18, words: 3, ..Head::default() });
        for end in 0..bytes.len() {
            assert!(head(&mut &bytes[..end]).is_err(), "{end}");
        }
    }

    #[test]
    fn levels_stand_before_what_is_packed() {
        // A page of the second version: 9 values, 0 of them none, 9 rows, plain, 7 and 2 bytes of levels.
        let bytes = [
            0x15, 6, 0x15, 80, 0x15, 60, 0x5c, 0x15, 18, 0x15, 0, 0x15, 18, 0x15, 0, 0x15, 14, 0x15, 4, 0x11,
            0, 0,
        ];
        let told = head(&mut bytes.as_slice()).unwrap();
        assert_eq!(told, Head { unpacked: 40, packed: 30, levels: 9, ..Head::default() });
    }

    #[test]
    fn heads_without_an_end_are_refused() {
        // Structures in structures; a list of two thousand million structures; a negative length.
        assert!(head(&mut [0x8c; 99].as_slice()).is_err());
        assert!(head(&mut [0x89, 0xfc, 0xff, 0xff, 0xff, 0xff, 7].as_slice()).is_err());
        assert!(head(&mut [0x15, 0, 0x15, 1, 0].as_slice()).is_err());
    }

    /// Found by fuzzing: the library takes a number of 16 bits, or the length of a word, for the number that it looks for.
    #[test]
    fn known_fields_are_of_their_kind_and_told_once() {
        // Data: type, lengths, 4 values, encoded by differences, levels.
        let page =
            |encoding: u8| [0x15, 0, 0x15, 40, 0x15, 36, 0x2c, 0x15, 8, encoding, 14, 0x15, 6, 0x15, 6, 0, 0];
        assert!(head(&mut page(0x15).as_slice()).unwrap().by_differences);
        assert!(head(&mut page(0x14).as_slice()).is_err());
        assert!(head(&mut page(0x18).as_slice()).is_err());
        // The length unpacked, and once more.
        assert!(head(&mut [0x15, 0, 0x15, 40, 0x15, 36, 0x05, 4, 40, 0].as_slice()).is_err());
    }
}
