//! Bytes to text: byte order marks, declared character sets, and guesses for what is left.

use crate::error::IngestError;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its declared character set is looked for, as browsers do (and a little further).
const DECLARATION_WITHIN: usize = 4096;
/// How much is looked at to tell text from binary data.
const SAMPLE: usize = 8192;

/// First bytes of formats that people hand over by mistake.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xD0\xCF\x11\xE0", "an old office document"),
    (b"\x1F\x8B", "gzip data"),
    (b"\x28\xB5\x2F\xFD", "zstd data"),
    (b"BZh", "bzip2 data"),
    (b"\xFD7zXZ", "xz data"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
    (b"\x7FELF", "a program"),
];

/// The text that `bytes` spell. Valid UTF-8 comes out as it is, without a leading byte order mark. `told` is the
/// character set that the server named.
///
/// # Errors
/// [`IngestError::Binary`] when it is no text, [`IngestError::UnknownEncoding`] when no encoding fits.
pub(crate) fn decode(bytes: &[u8], is_page: bool, told: Option<&str>) -> Result<String, IngestError> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(IngestError::Binary(what));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return decode_with(encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_with(encoding, bytes);
    }
    if looks_binary(bytes) {
        return Err(IngestError::Binary("binary data"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let told = told.and_then(|label| Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes()));
    let declared = told.or_else(|| if is_page { declared_encoding(bytes) } else { None });
    // A page that says UTF-8 and is not is most often UTF-8 with a few broken bytes.
    decode_with(declared.unwrap_or_else(|| guess(bytes)), bytes)
}

fn decode_with(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, IngestError> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let broken = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if broken > 16 && broken * 20 > text.len() {
        return Err(IngestError::UnknownEncoding);
    }
    Ok(text.into_owned())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The character set in `<meta charset=...>` or `<meta ... content="text/html; charset=...">`.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WITHIN)];
    let at = memchr::memmem::find_iter(head, b"charset").find_map(|at| {
        let rest = head[at + b"charset".len()..].trim_ascii_start();
        let value = rest.strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)));
        Encoding::for_label(&value[..end.unwrap_or(value.len())])
    })?;
    // A declaration that could be read byte by byte cannot be UTF-16.
    Some(if at == UTF_16LE || at == UTF_16BE { UTF_8 } else { at })
}

/// Latin text in UTF-16 has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 16 {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let pairs = sample.len() / 2;
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn looks_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let control = sample.iter().filter(|b| **b < 32 && !b"\t\n\r\x0c\x1b".contains(b)).count();
    control * 50 > sample.len()
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::error::IngestError;

    #[test]
    fn the_byte_order_mark_goes_and_nothing_else() {
        assert_eq!(decode(b"\xEF\xBB\xBFA\r\n\r\n B\t", false, None).as_deref(), Ok("A\r\n\r\n B\t"));
    }

    #[test]
    fn old_encodings_are_recognised() {
        let text = "The minister said \u{2018}no\u{2019} to S\u{e3}o Paulo\u{2019}s caf\u{e9} owners, who were there for the talks.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(decode(&bytes, false, None).as_deref(), Ok(text));
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, false, None).as_deref(), Ok(text));
    }

    #[test]
    fn a_page_may_declare_its_character_set() {
        let page =
            b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\"><p>\xEE\xC5\xD4</p>";
        assert!(decode(page, true, None).is_ok_and(|text| text.contains("\u{41d}\u{435}\u{442}")));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(decode(b"%PDF-1.7 ...", false, None), Err(IngestError::Binary("a PDF file")));
        assert_eq!(
            decode(&[0, 159, 1, 2, 3, 200, 7, 0, 0, 0, 1, 5], false, None),
            Err(IngestError::Binary("binary data"))
        );
    }
}
