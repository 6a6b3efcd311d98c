//! What a file holds: one report, or many in some format; and how it is compressed.

use std::path::Path;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One report: text, Markdown or a page.
    Report,
    /// A JSON object a line.
    Jsonl,
    /// One JSON value: a feed, a list of objects, or one object.
    Json,
    /// Values with commas between them.
    Csv,
    /// Values with tabs between them.
    Tsv,
    /// A Parquet file.
    Parquet,
    /// A web archive.
    Warc,
    /// A feed: RSS, Atom or JSON Feed.
    Feed,
    /// Sentences in the XML of PETRARCH.
    Petrarch,
}

impl Kind {
    /// The names, as the user writes them.
    pub const NAMES: [&'static str; 9] =
        ["report", "jsonl", "json", "csv", "tsv", "parquet", "warc", "feed", "petrarch"];

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            Self::Report,
            Self::Jsonl,
            Self::Json,
            Self::Csv,
            Self::Tsv,
            Self::Parquet,
            Self::Warc,
            Self::Feed,
            Self::Petrarch,
        ];
        Self::NAMES.iter().position(|known| *known == name).map(|i| all[i])
    }

    /// What the file `name` (without the ending of its compression) with these first bytes holds.
    pub(crate) fn recognise(name: &str, head: &[u8]) -> Self {
        if head.starts_with(b"WARC/") {
            return Self::Warc;
        }
        if head.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        let ending = Path::new(name).extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("jsonl" | "ndjson") => Self::Jsonl,
            Some("json") => Self::Json,
            Some("csv") => Self::Csv,
            Some("tsv" | "tab") => Self::Tsv,
            Some("parquet") => Self::Parquet,
            Some("warc") => Self::Warc,
            Some("rss" | "atom") => Self::Feed,
            Some("txt" | "md" | "markdown" | "html" | "htm" | "xhtml" | "shtml") => Self::Report,
            _ => Self::by_content(head),
        }
    }

    /// What bytes without a telling name hold.
    fn by_content(head: &[u8]) -> Self {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        if head.starts_with(b"{\"")
            && let Some(line) = head.split(|b| *b == b'\n').next()
            && serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).is_ok()
        {
            return Self::Jsonl;
        }
        match root(head) {
            Some(b"rss" | b"feed" | b"rdf:RDF") => Self::Feed,
            Some(b"Sentences") => Self::Petrarch,
            _ => Self::Report,
        }
    }
}

/// The name of the first element of XML.
fn root(mut head: &[u8]) -> Option<&[u8]> {
    loop {
        head = head.trim_ascii_start().strip_prefix(b"<")?;
        let skip: &[u8] = match head {
            [b'?', ..] => b"?>",
            [b'!', b'-', b'-', ..] => b"-->",
            [b'!', ..] => b">",
            _ => break,
        };
        head = &head[memchr::memmem::find(head, skip)? + skip.len()..];
    }
    let end = head.iter().position(|b| b" \t\r\n/>".contains(b))?;
    Some(&head[..end])
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    None,
    Gzip,
    Zstd,
}

impl Compression {
    /// By the first bytes.
    pub(crate) fn recognise(head: &[u8]) -> Self {
        if head.starts_with(&[0x1F, 0x8B, 8]) {
            Self::Gzip
        } else if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) || is_skippable_frame(head) {
            Self::Zstd
        } else {
            Self::None
        }
    }
}

/// Zstd lets frames of other things stand before its own, and WARC keeps its dictionaries there.
fn is_skippable_frame(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..])
}

/// The name without the ending of its compression.
pub(crate) fn uncompressed_name(name: &str) -> &str {
    let path = Path::new(name);
    match path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).as_deref() {
        Some("gz" | "zst" | "zstd") => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::{Compression, Kind, uncompressed_name};

    #[test]
    fn names_and_first_bytes_tell() {
        for (name, head, kind) in [
            ("a.txt", "<rss>", Kind::Report),
            ("a.CSV", "", Kind::Csv),
            ("a.warc", "", Kind::Warc),
            ("-", "WARC/1.0\r\n", Kind::Warc),
            ("-", "{\"text\": \"x\"}\n{\"te", Kind::Jsonl),
            ("-", "{\"a brace\" opens this report", Kind::Report),
            ("a.xml", "<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", Kind::Feed),
            ("a.xml", "<Sentences>", Kind::Petrarch),
            ("a.xml", "<!DOCTYPE html><html>", Kind::Report),
            ("a", "The envoy left.", Kind::Report),
        ] {
            assert_eq!(Kind::recognise(name, head.as_bytes()), kind, "{name} {head}");
        }
    }

    #[test]
    fn compression_is_told_by_its_first_bytes() {
        assert_eq!(Compression::recognise(&[0x1F, 0x8B, 8, 0]), Compression::Gzip);
        assert_eq!(Compression::recognise(&[0x5D, 0x2A, 0x4D, 0x18]), Compression::Zstd);
        assert_eq!(Compression::recognise(b"The envoy"), Compression::None);
        assert_eq!(uncompressed_name("a/b.txt.GZ"), "a/b.txt");
        assert_eq!(uncompressed_name("a.gz/b"), "a.gz/b");
    }

    #[test]
    fn every_name_has_its_kind() {
        assert!(Kind::NAMES.iter().all(|name| Kind::named(name).is_some()));
        assert_eq!(Kind::named("zip"), None);
    }
}
