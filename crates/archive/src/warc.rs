//! Web archives: the pages that servers answered with.

use crate::container::Members;
use crate::entry::{Entry, Fault, FaultKind, Known, Place, Unit};
use crate::kind::Compression;
use crate::source::Opened;
use dateline_ingest::Format;
use fastwarc::stream_io::brotli::BrotliReader;
use fastwarc::stream_io::bufread::RawReaderAdapter;
use fastwarc::stream_io::chunked::ChunkedReader;
use fastwarc::stream_io::gzip::GzipReader;
use fastwarc::stream_io::traits::{IntoWarcReader, WarcRead};
use fastwarc::stream_io::zstd::ZstdReader;
use fastwarc::warc::iter::{ArchiveIteratorOptions, ArchiveIteratorThreadSafe};
use fastwarc::warc::record::{AutoDecode, SharedWarcRecord, WarcRecord, WarcRecordType};
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, BufReader, Cursor, Read, Write};

/// The longest head of a record or an answer.
const LONGEST_HEAD: usize = 1 << 16;
const BUFFER: usize = 1 << 18;

type Archive = ArchiveIteratorThreadSafe;

pub(crate) fn members(opened: Opened, max_bytes: usize) -> Members {
    let place = opened.place();
    let raw = BufReader::with_capacity(BUFFER, opened.raw);
    let reader = match opened.compression {
        Compression::None => RawReaderAdapter::new(raw).into_warc_reader(),
        Compression::Gzip => GzipReader::new(raw).into_warc_reader(),
        Compression::Zstd => ZstdReader::new(raw).into_warc_reader(),
    };
    Box::new(Records { archive: Some(archive(reader, false)), place, max_bytes, lenient: false, last: 0 })
}

fn archive(reader: Box<dyn WarcRead>, quirks_mode: bool) -> Archive {
    let options = ArchiveIteratorOptions {
        stream_detect: false,
        parse_http: false,
        quirks_mode,
        max_header_len: LONGEST_HEAD,
        inplace: true,
        ..ArchiveIteratorOptions::default()
    };
    Archive::with_options(reader, options)
}

struct Records {
    archive: Option<Archive>,
    place: Place,
    max_bytes: usize,
    /// Whether the archive was damaged and is searched for the next record.
    lenient: bool,
    /// Where the last record began.
    last: u64,
}

impl Iterator for Records {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.archive.as_mut()?.next()? {
                Ok(record) => record,
                Err(error) => return Some(Err(self.damaged(&error))),
            };
            let (place, max_bytes) = (&self.place, self.max_bytes);
            let (found, start, is_cut) = record.with_mut(|record| {
                let here = place.at(Unit::Byte, record.stream_pos());
                let length = record.content_length();
                let (found, read) = page(record, &here, max_bytes);
                // What is left of the record is passed over here, so that an archive that ends within it shows.
                let left = length.saturating_sub(read);
                let passed = record.consume_n(left as usize).map_or(0, |n| n as u64);
                (found, record.stream_pos(), passed < left)
            });
            self.last = start;
            if is_cut {
                self.archive = None;
                if let Some(Err(fault)) = found {
                    return Some(Err(fault));
                }
                let error = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Some(Err(Fault::io(self.place.at(Unit::Byte, start), &error)));
            }
            if let Some(found) = found {
                return Some(found);
            }
        }
    }
}

impl Records {
    /// A place where no record begins: told once, then the next record is looked for.
    fn damaged(&mut self, error: &io::Error) -> Fault {
        let reader = self.archive.take().and_then(Archive::into_inner);
        if !self.lenient
            && error.kind() == io::ErrorKind::InvalidData
            && !error.to_string().contains("decompression")
        {
            self.lenient = true;
            self.archive = reader.map(|reader| archive(reader, true));
        }
        Fault::io(self.place.at(Unit::Byte, self.last), error)
    }
}

/// The page in a record, if it is an answer with one, and how many bytes of the record were read.
fn page(record: &mut WarcRecord, here: &Place, max_bytes: usize) -> (Option<Result<Entry, Fault>>, u64) {
    if record.record_type() != WarcRecordType::Response || !record.is_http() {
        return (None, 0);
    }
    let whole = record.content_length();
    let url = header(record, "WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    let fault = |kind, reason: String| Fault { url: url.clone(), ..Fault::new(here.clone(), kind, reason) };
    if let Err(error) = record.parse_http_with_opts(AutoDecode::None, LONGEST_HEAD, true) {
        let reason = format!("the answer of the server cannot be read ({error}): nothing to do");
        // How far the head was read is not told: the rest of the record is found by its length no more.
        return (Some(Err(fault(FaultKind::Malformed, reason))), whole);
    }
    let head = whole.saturating_sub(record.content_length());
    let content_type = record.http_content_type().map(|told| told.to_ascii_lowercase());
    if content_type.as_deref().is_some_and(|told| told != "text/html" && told != "application/xhtml+xml") {
        return (None, head);
    }
    let status = record.http_headers().and_then(fastwarc::warc::header::HeaderMap::status_code);
    if !status.is_some_and(|code| (200..300).contains(&code)) {
        let said = status.map_or("without a status".to_owned(), |code| format!("with status {code}"));
        return (Some(Err(fault(FaultKind::Status, format!("the server answered {said}: no page")))), head);
    }
    let mut body = Vec::new();
    let wanted = record.content_length().min(max_bytes as u64 + 1);
    let result = record.reader_mut().map_or(Ok(0), |reader| reader.take(wanted).read_to_end(&mut body));
    let read = head + body.len() as u64;
    if let Err(error) = result {
        return (Some(Err(Fault { url, ..Fault::io(here.clone(), &error) })), read);
    }
    if body.len() > max_bytes {
        let mut fault = Fault::too_large(here.clone(), max_bytes);
        fault.url = url;
        return (Some(Err(fault)), read);
    }
    if (body.len() as u64) < wanted {
        // Found to be cut by the caller.
        return (None, read);
    }
    let coding = |name: &str| {
        let told =
            record.http_headers().and_then(|headers| headers.get(name).map(std::borrow::Cow::into_owned));
        told.unwrap_or_default().to_ascii_lowercase()
    };
    let (transfer, content) = (coding("Transfer-Encoding"), coding("Content-Encoding"));
    let Some(body) = decoded(body, &transfer, &content, max_bytes) else {
        let mut fault = Fault::too_large(here.clone(), max_bytes);
        fault.url = url;
        return (Some(Err(fault)), read);
    };
    // An answer without a type may be anything.
    if content_type.is_none() && !body.iter().take(512).any(|b| *b == b'<') {
        return (None, read);
    }
    let mut warnings = Vec::new();
    if let Some(why) = header(record, "WARC-Truncated") {
        warnings.push(format!("the archive holds only the beginning of the page ({why})"));
    }
    let id = header(record, "WARC-Record-ID").unwrap_or_default();
    let id = id.trim_matches(['<', '>']).trim_start_matches("urn:uuid:").to_owned();
    let fetched = header(record, "WARC-Date").and_then(|day| day.get(..10)?.parse().ok());
    let charset = record.http_charset().map(std::borrow::Cow::into_owned);
    let known = Known { url, fetched, charset, ..Known::default() };
    let id = if id.is_empty() { format!("record-{}", here.position.unwrap_or(0)) } else { id };
    let entry = Entry { place: here.clone(), id, known, bytes: body, format: Format::Html, warnings };
    (Some(Ok(entry)), read)
}

fn header(record: &WarcRecord, name: &str) -> Option<String> {
    record.headers().get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// The page without the codings of its transfer; none when it is longer than the limit. Archives often keep pages
/// decoded under the old head: what is not in a coding is taken as it is.
fn decoded(mut body: Vec<u8>, transfer: &str, content: &str, most: usize) -> Option<Vec<u8>> {
    let codings = content.split(',').chain(transfer.split(',')).map(str::trim);
    for coding in codings.rev() {
        let decoded = match coding {
            "chunked" => try_read(ChunkedReader::new(Cursor::new(body.clone())), most),
            "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
                try_read(MultiGzDecoder::new(body.as_slice()), most)
            }
            "deflate" => try_read(ZlibDecoder::new(body.as_slice()), most)
                .or_else(|| try_read(DeflateDecoder::new(body.as_slice()), most)),
            "br" if !looks_like_text(&body) => try_read(BrotliReader::new(Cursor::new(body.clone())), most),
            "zstd" => zstd::stream::read::Decoder::new(body.as_slice())
                .ok()
                .and_then(|decoder| try_read(decoder, most)),
            _ => None,
        };
        if let Some(decoded) = decoded {
            if decoded.len() > most {
                return None;
            }
            body = decoded;
        }
    }
    Some(body)
}

/// All of it, one byte more than the most at most; none when it is not what it was said to be.
fn try_read(reader: impl Read, most: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    match reader.take(most as u64 + 1).read_to_end(&mut out) {
        Ok(_) if !out.is_empty() => Some(out),
        _ => None,
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    let sample = &body[..body.len().min(256)];
    std::str::from_utf8(sample).map_or_else(|e| e.error_len().is_none(), |_| true)
        && !sample.iter().any(|b| *b < 9)
}

/// Writes a page that was fetched as a record of a web archive.
///
/// # Errors
/// When the output does not take it.
pub fn write(out: &mut impl Write, page: &crate::Fetched) -> io::Result<()> {
    let mut record = WarcRecord::new();
    record.init_headers(WarcRecordType::Response, None);
    record.headers_mut().set("WARC-Target-URI", &page.url);
    record.set_is_http(true);
    let kind = page.content_type.as_deref().unwrap_or("text/html");
    let charset = page.charset.as_deref().map(|name| format!("; charset={name}")).unwrap_or_default();
    let length = page.bytes.len();
    let mut answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}{charset}\r\nContent-Length: {length}\r\n\r\n")
            .into_bytes();
    answer.extend_from_slice(&page.bytes);
    record.set_bytes_payload(answer);
    let mut bytes = Vec::new();
    record.write(&mut bytes)?;
    out.write_all(&bytes)
}

#[cfg(test)]
mod tests {
    use super::decoded;
    use std::io::Write;

    #[test]
    fn codings_are_undone_and_false_ones_passed_over() {
        let page = b"<p>The envoy left.</p>".to_vec();
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&page).unwrap();
        let gz = gz.finish().unwrap();
        let mut chunked = format!("{:x}\r\n", gz.len()).into_bytes();
        chunked.extend_from_slice(&gz);
        chunked.extend_from_slice(b"\r\n0\r\n\r\n");
        assert_eq!(decoded(chunked, "chunked", "gzip", 100), Some(page.clone()));
        for (transfer, content) in [("chunked", "gzip"), ("", "br"), ("", "deflate"), ("", "zstd"), ("", "")]
        {
            assert_eq!(
                decoded(page.clone(), transfer, content, 100),
                Some(page.clone()),
                "{transfer} {content}"
            );
        }
        assert_eq!(decoded(gz, "", "gzip", 10), None);
    }
}
