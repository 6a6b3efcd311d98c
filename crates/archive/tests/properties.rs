//! Any bytes at all, and good archives with any damage: every walk ends, nothing panics, nothing is too long.

mod common;

use common::{gzip, page, walk};
use dateline_archive::{FaultKind, Kind, Options};
use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::sync::Arc;

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
        (Kind::Parquet, parquet(Compression::UNCOMPRESSED, None)),
        (Kind::Parquet, parquet(Compression::GZIP(GzipLevel::default()), None)),
        (Kind::Parquet, parquet(Compression::ZSTD(ZstdLevel::default()), None)),
        (Kind::Parquet, parquet(Compression::UNCOMPRESSED, Some(Encoding::DELTA_LENGTH_BYTE_ARRAY))),
        (Kind::Parquet, parquet(Compression::UNCOMPRESSED, Some(Encoding::DELTA_BYTE_ARRAY))),
        (Kind::Parquet, parquet(Compression::SNAPPY, Some(Encoding::DELTA_BYTE_ARRAY))),
        (Kind::Report, gzip(b"The envoy left.")),
        (Kind::Report, zstd::encode_all(b"The envoy left.".as_slice(), 1).expect("memory")),
    ]
}

/// A file of two groups of rows, whose words stand in a dictionary or in an encoding.
fn parquet(compression: Compression, encoding: Option<Encoding>) -> Vec<u8> {
    let schema =
        Arc::new(parse_message_type("message m { optional binary text (UTF8); }").expect("a schema"));
    let properties = WriterProperties::builder().set_compression(compression);
    let properties = Arc::new(match encoding {
        Some(encoding) => properties.set_dictionary_enabled(false).set_encoding(encoding).build(),
        None => properties.build(),
    });
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).expect("a writer");
    for texts in [["One", "Two"], ["Three", "Three"]] {
        let mut group = writer.next_row_group().expect("a group");
        let mut column = group.next_column().expect("no error").expect("a column");
        let texts = texts.map(ByteArray::from);
        column.typed::<ByteArrayType>().write_batch(&texts, Some(&[1, 1]), None).expect("rows");
        column.close().expect("an end");
        group.close().expect("an end");
    }
    writer.into_inner().expect("a file")
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
        sample in 0..14_usize,
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

/// A page of a Parquet file begins with its kind and its two lengths; here it claims other lengths.
fn claiming(compression: Compression, unpacked: u32) -> Vec<u8> {
    let mut bytes = parquet(compression, None);
    let mut varint = Vec::new();
    let mut rest = u64::from(unpacked) << 1;
    while rest >= 128 {
        varint.push(rest as u8 | 128);
        rest >>= 7;
    }
    varint.push(rest as u8);
    // The head of the first page is made as much longer as the file is made shorter behind it: the first column is broken,
    // but only the claim matters.
    let length = bytes[7..].iter().position(|b| *b < 128).expect("a number") + 1;
    bytes.splice(7..7 + length, varint.iter().copied());
    let grown = varint.len() - length;
    bytes.drain(30..30 + grown);
    bytes
}

#[test]
fn pages_of_parquet_are_not_believed() {
    for compression in [Compression::UNCOMPRESSED, Compression::ZSTD(ZstdLevel::default())] {
        let bytes = claiming(compression, 2_000_000_000);
        let found = walk("x", &bytes, Options { kind: Some(Kind::Parquet), ..Options::default() });
        let fault = found[0].as_ref().unwrap_err();
        assert_eq!(fault.kind, FaultKind::Malformed);
        assert!(fault.reason.contains("too long"), "{}", fault.reason);
    }
}

/// Found by fuzzing: the library reserved room for as many words as such a page claims, and the process ended.
#[test]
fn more_words_than_values_are_not_believed() {
    for encoding in [Encoding::DELTA_LENGTH_BYTE_ARRAY, Encoding::DELTA_BYTE_ARRAY] {
        let mut bytes = parquet(Compression::UNCOMPRESSED, Some(encoding));
        // Blocks of 128 numbers in 4 parts, 2 numbers: now thousands of millions.
        let at = bytes.windows(4).position(|b| b == [0x80, 1, 4, 2]).expect("lengths");
        bytes[at + 3..at + 8].copy_from_slice(&[0xff, 0xff, 0xff, 0xff, 0x7f]);
        let found = walk("x", &bytes, Options { kind: Some(Kind::Parquet), ..Options::default() });
        let fault = found[0].as_ref().unwrap_err();
        assert!(fault.reason.contains("more words than values"), "{}", fault.reason);
    }
}

#[test]
fn packed_pages_of_parquet_may_not_hold_more_than_they_claim() {
    let text = "a".repeat(1 << 20);
    let schema =
        Arc::new(parse_message_type("message m { required binary text (UTF8); }").expect("a schema"));
    let properties = WriterProperties::builder().set_compression(Compression::GZIP(GzipLevel::default()));
    let properties = Arc::new(properties.set_dictionary_enabled(false).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let mut column = group.next_column().expect("no error").expect("a column");
    column
        .typed::<ByteArrayType>()
        .write_batch(&[ByteArray::from(text.as_str())], None, None)
        .expect("a row");
    column.close().expect("an end");
    group.close().expect("an end");
    let mut bytes = writer.into_inner().expect("a file");
    let options = || Options { kind: Some(Kind::Parquet), ..Options::default() };
    assert_eq!(walk("x", &bytes, options())[0].as_ref().unwrap().bytes.len(), 1 << 20);
    // The length unpacked, 2^20 and 4, in steps of seven bits: the highest is taken away.
    assert_eq!(bytes[7..11], [0x88, 0x80, 0x80, 1]);
    bytes[10] = 0;
    let told = walk("x", &bytes, options()).swap_remove(0).err().map(|fault| fault.reason);
    assert!(told.as_ref().is_some_and(|told| told.contains("more than it claims")), "{told:?}");
}
