//! Files to walk through, and archives to put into them.
#![allow(dead_code, reason = "every test takes what it needs")]

use dateline_archive::{Entries, Entry, Fault, Found, Given, Options};
use std::io::Write;

/// What the walk finds in a file of these bytes.
pub(crate) fn walk(name: &str, bytes: &[u8], options: Options) -> Vec<Result<Entry, Fault>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    let found = Entries::new(vec![Given::of(path)], options);
    found
        .filter_map(|found| match found {
            Found::Report(entry) => Some(Ok(entry)),
            Found::Fault(fault) => Some(Err(fault)),
            Found::End(_) => None,
        })
        .collect()
}

/// The kind of each fault, or the text of each report.
pub(crate) fn told(found: &[Result<Entry, Fault>]) -> Vec<String> {
    let one = |found: &Result<Entry, Fault>| match found {
        Ok(entry) => String::from_utf8_lossy(&entry.bytes).into_owned(),
        Err(fault) => format!("! {}", fault.kind.as_str()),
    };
    found.iter().map(one).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(bytes).expect("memory");
    gz.finish().expect("memory")
}

/// A record of a web archive.
pub(crate) fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{url}>\r\nWARC-Date: 2019-01-07T10:00:00Z\r\n\
         WARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    )
    .into_bytes();
    record.extend_from_slice(block);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

/// The record of an answer.
pub(crate) fn answer(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let mut block = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    block.extend_from_slice(body);
    record("response", url, "application/http; msgtype=response", &block)
}

/// The record of a page.
pub(crate) fn page(url: &str, body: &str) -> Vec<u8> {
    answer(url, "200 OK\r\nContent-Type: text/html; charset=utf-8", body.as_bytes())
}
