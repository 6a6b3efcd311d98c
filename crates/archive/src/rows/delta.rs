//! What pages of words written as differences claim to hold, looked at before the library reserves memory for it.
//!
//! Two encodings of Parquet put the lengths of all words of a page before the words, as numbers that tell by how much each
//! differs from the one before it; the library reserves room for as many as are claimed. In one of the two a word may also
//! repeat the beginning of the word before it, so that a short page may mean long words.

use super::pages::{LONGEST, integer, unsigned, wrong};
use parquet::basic::Encoding;
use parquet::column::page::{Page, PageReader};
use parquet::errors::Result;
use std::io;

/// The most words of a page; writers put some thousands into one.
const MOST_WORDS: u64 = 16 << 20;

/// Looks at all pages of a column in a group of rows whose words may be told by differences; `levels` are the deepest
/// repetition and definition level of the column.
///
/// # Errors
/// When a page claims what cannot be, or more than is read.
pub(super) fn check(mut pages: Box<dyn PageReader>, levels: [i16; 2]) -> Result<()> {
    while let Some(page) = pages.get_next_page()? {
        let (buf, count, encoding) = match &page {
            Page::DataPage { buf, num_values, encoding, .. }
            | Page::DataPageV2 { buf, num_values, encoding, .. } => (buf, *num_values, *encoding),
            Page::DictionaryPage { .. } => continue,
        };
        if !matches!(encoding, Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY) {
            continue;
        }
        let words = buf.get(levels_end(&page, levels)?..).ok_or_else(|| wrong("ends within its levels"))?;
        words_are_bounded(words, u64::from(count), encoding == Encoding::DELTA_BYTE_ARRAY)?;
    }
    Ok(())
}

/// Where the words of a page begin.
fn levels_end(page: &Page, levels: [i16; 2]) -> io::Result<usize> {
    match page {
        Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
            Ok(*def_levels_byte_len as usize + *rep_levels_byte_len as usize)
        }
        Page::DataPage { buf, num_values, def_level_encoding, rep_level_encoding, .. } => {
            let mut at = 0;
            for (deepest, encoding) in levels.into_iter().zip([rep_level_encoding, def_level_encoding]) {
                if deepest == 0 {
                    continue;
                }
                at += if *encoding == Encoding::RLE {
                    let length = buf.get(at..at + 4).and_then(|b| b.try_into().ok());
                    4 + u32::from_le_bytes(length.ok_or_else(|| wrong("ends within its levels"))?) as usize
                } else {
                    // So many bits a value, one behind the other.
                    let bits = (16 - deepest.leading_zeros()) as usize;
                    (*num_values as usize * bits).div_ceil(8)
                };
                if at > buf.len() {
                    return Err(wrong("ends within its levels"));
                }
            }
            Ok(at)
        }
        Page::DictionaryPage { .. } => Ok(0),
    }
}

/// Looks at the lengths of the words of a page that holds `count` values; those of their beginnings come first, if `shared`.
fn words_are_bounded(page: &[u8], count: u64, shared: bool) -> io::Result<()> {
    let mut left = page;
    let mut length = 0u64;
    for _ in 0..=usize::from(shared) {
        let section = section(&mut left, count)?;
        length = length.saturating_add(section);
    }
    if length > LONGEST { Err(wrong("holds words that are too long together")) } else { Ok(()) }
}

/// The sum of the numbers of a section, which is passed over; `count` at most.
fn section(left: &mut &[u8], count: u64) -> io::Result<u64> {
    let (block, parts, claimed) = (unsigned(left)?, unsigned(left)?, unsigned(left)?);
    if claimed > count.min(MOST_WORDS) {
        return Err(wrong("claims more words than values"));
    }
    if parts == 0 || block % 128 != 0 || block % parts != 0 || block / parts % 32 != 0 || block > LONGEST {
        return Err(wrong("has blocks that cannot be"));
    }
    let (part, mut last) = (block / parts, integer(left)?);
    let mut todo = claimed;
    let mut sum = 0u64;
    let mut add = |value: i64| match u64::try_from(value) {
        // A length beyond the limit needs no exact sum.
        Ok(value) => {
            sum = sum.saturating_add(value);
            Ok(())
        }
        Err(_) => Err(wrong("holds a word of negative length")),
    };
    if todo > 0 {
        add(last)?;
        todo -= 1;
    }
    while todo > 0 {
        let least = integer(left)?;
        let parts = usize::try_from(parts).map_err(|_| wrong("has blocks that cannot be"))?;
        let widths = take(left, parts)?;
        for &width in widths {
            if todo == 0 {
                break;
            }
            if width > 32 {
                return Err(wrong("has numbers that are too wide"));
            }
            let bytes = usize::try_from(part / 8 * u64::from(width)).map_err(|_| wrong("is too long"))?;
            let packed = take(left, bytes)?;
            let here = part.min(todo);
            for k in 0..here {
                let more = bits(packed, k * u64::from(width), width);
                // As the library counts: lengths are numbers of 32 bits that wrap.
                last = i64::from((last as i32).wrapping_add(least as i32).wrapping_add(more as i32));
                add(last)?;
            }
            todo -= here;
        }
    }
    Ok(sum)
}

/// The number of `width` bits, 32 at most, that begins at a bit, the lowest first.
fn bits(packed: &[u8], at: u64, width: u8) -> u64 {
    let first = (at / 8) as usize;
    let mut window = [0; 8];
    let end = packed.len().min(first + 8);
    window[..end - first].copy_from_slice(&packed[first..end]);
    (u64::from_le_bytes(window) >> (at % 8)) & ((1 << width) - 1)
}

fn take<'a>(left: &mut &'a [u8], length: usize) -> io::Result<&'a [u8]> {
    left.split_off(..length).ok_or_else(|| wrong("ends within its lengths"))
}

#[cfg(test)]
mod tests {
    use super::{section, words_are_bounded};

    /// Two lengths, 3 and 5: blocks of 128 in 4 parts, 2 numbers, the first; then one block: no least difference, parts of
    /// four bits and three of none, and what differs.
    fn two(first: u8, second: u8) -> Vec<u8> {
        let mut bytes = vec![0x80, 1, 4, 2, first << 1, 0, 4, 0, 0, 0];
        bytes.push(second - first);
        bytes.extend([0; 15]);
        bytes
    }

    #[test]
    fn lengths_are_added_up_and_passed_over() {
        let mut bytes = two(3, 5);
        bytes.extend(b"OneThree");
        let mut left = bytes.as_slice();
        assert_eq!(section(&mut left, 2).unwrap(), 8);
        assert_eq!(left, b"OneThree");
        for end in 0..bytes.len() - 8 {
            assert!(section(&mut &bytes[..end], 2).is_err(), "{end}");
        }
    }

    #[test]
    fn more_words_than_values_are_refused() {
        assert!(section(&mut two(3, 5).as_slice(), 1).is_err());
        // Two thousand million words of no length in a block without a bit.
        let many = [0x80, 1, 4, 0xff, 0xff, 0xff, 0xff, 7, 0, 0, 0, 0, 0, 0];
        assert!(section(&mut many.as_slice(), u64::from(u32::MAX)).is_err());
    }

    #[test]
    fn beginnings_count_as_words_do() {
        let page = [two(0, 3), two(3, 5)].concat();
        assert!(words_are_bounded(&page, 2, true).is_ok());
        assert!(words_are_bounded(&page[..30], 2, true).is_err());
        // The first length is 128 million and the second as long.
        let long = [0x80, 1, 4, 2, 0x80, 0x80, 0x80, 0x80, 1, 0, 0, 0, 0, 0];
        assert!(words_are_bounded(&long, 2, false).is_err());
    }
}
