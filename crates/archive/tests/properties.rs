//! Any bytes at all, and good archives with any damage: every walk ends, nothing panics, nothing is too long.

mod common;

use common::{gzip, page, walk};
use dateline_archive::{FaultKind, Kind, Options};
use proptest::prelude::*;

const MOST: usize = 2000;

fn samples() -> Vec<(Kind, Vec<u8>)> {
    let rss = "<rss version='2.0'><channel><title>W</title><item><title>T</title><link>https://wire.example/1</link>\
               <description>&lt;p&gt;Left.&lt;/p&gt;</description></item></channel></rss>";
    let xml = "<Sentences><Sentence date='20121121' id='a_1' sentence='True'><Text>One &amp; two.</Text></Sentence>\
               <Sentence date='20121121' id='a_2' sentence='True'><Text>Three.</Text></Sentence></Sentences>";
    let pages = ["One", "Two", "Three"].map(|text| page("https://wire.example/x", &format!("<p>{text}</p>")));
    vec![
        (Kind::Warc, pages.concat()),
        (Kind::Warc, pages.iter().flat_map(|page| gzip(page)).collect()),
        (Kind::Warc, zstd::encode_all(pages.concat().as_slice(), 1).expect("memory")),
        (Kind::Jsonl, b"{\"text\": \"One\", \"date\": 1353456000}\n{\"text\": \"Two\"}\n".to_vec()),
        (Kind::Json, b"{\"articles\": [{\"text\": \"One\"}, {\"text\": \"Two\"}]}".to_vec()),
        (Kind::Csv, b"text,date,id\n\"One, two\",2012-11-21,a\nThree,,b\n".to_vec()),
        (Kind::Tsv, b"text\tdate\nOne\t2012-11-21\n".to_vec()),
        (Kind::Feed, rss.as_bytes().to_vec()),
        (Kind::Petrarch, xml.as_bytes().to_vec()),
        (Kind::Report, gzip(b"The envoy left.")),
        (Kind::Report, zstd::encode_all(b"The envoy left.".as_slice(), 1).expect("memory")),
    ]
}

fn holds(kind: Kind, bytes: &[u8]) -> Result<(), TestCaseError> {
    let options = Options { kind: Some(kind), max_bytes: MOST, ..Options::default() };
    for found in walk("x", bytes, options) {
        match found {
            Ok(entry) => prop_assert!(entry.bytes.len() <= MOST),
            Err(fault) => prop_assert!(fault.kind != FaultKind::Internal, "{fault:?}"),
        }
    }
    Ok(())
}

#[test]
fn the_samples_are_good() {
    for (kind, bytes) in samples() {
        let found = walk("x", &bytes, Options { kind: Some(kind), ..Options::default() });
        assert!(!found.is_empty() && found.iter().all(Result::is_ok), "{kind:?} {found:?}");
    }
}

#[test]
fn good_archives_may_end_anywhere() {
    for (kind, bytes) in samples() {
        for end in 0..bytes.len() {
            holds(kind, &bytes[..end]).unwrap_or_else(|error| panic!("{kind:?} {end}: {error}"));
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..500), kind in 0..Kind::NAMES.len()) {
        if let Some(kind) = Kind::named(Kind::NAMES[kind]) {
            holds(kind, &bytes)?;
        }
    }

    #[test]
    fn damaged_archives_end(
        sample in 0..11_usize,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        more in prop::collection::vec(any::<u8>(), 0..20),
    ) {
        let (kind, mut bytes) = samples().swap_remove(sample);
        for (at, value) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        let at = damage[0].0.index(bytes.len());
        bytes.splice(at..at, more);
        holds(kind, &bytes)?;
    }

    #[test]
    fn claims_of_length_are_not_believed(claim in any::<u64>(), body in "[a-z<>/p ]{0,200}") {
        let mut bytes = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {claim}\r\n\r\n\
             HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n{claim:x}\r\n{body}"
        ).into_bytes();
        holds(Kind::Warc, &bytes)?;
        bytes.extend_from_slice(&page("https://wire.example/x", "<p>One</p>"));
        holds(Kind::Warc, &bytes)?;
    }
}
