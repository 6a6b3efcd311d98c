//! Rows of JSON lines, CSV and Parquet, and the XML of PETRARCH.

mod common;

use common::{gzip, told, walk};
use dateline_archive::{Fields, Kind, Options, Unit};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::sync::Arc;

fn fields(text: &str) -> Options {
    Options { fields: Fields { text: Some(text.to_owned()), ..Fields::default() }, ..Options::default() }
}

#[test]
fn json_lines() {
    let lines = "{\"id\": \"a\", \"text\": \"One\", \"published\": \"2012-11-21\", \"url\": \"https://wire.example/1\"}\r\n\n\
                 {broken\n[1]\n{\"headline\": \"no text\"}\n{\"text\": \"Two\"}";
    for (name, bytes) in [("w.jsonl", lines.as_bytes().to_vec()), ("w.jsonl.gz", gzip(lines.as_bytes()))] {
        let found = walk(name, &bytes, Options::default());
        assert_eq!(told(&found), ["One", "! malformed", "! malformed", "! no_text", "Two"]);
        let entry = found[4].as_ref().unwrap();
        assert_eq!(
            (entry.id.as_str(), entry.place.unit, entry.place.position),
            ("w-6", Some(Unit::Line), Some(6))
        );
        assert_eq!(found[0].as_ref().unwrap().known.published, "2012-11-21".parse().ok());
    }
    // Without a telling name the first line tells.
    assert_eq!(told(&walk("w", lines.as_bytes(), Options::default())).len(), 5);
    let as_text = Options { kind: Some(Kind::Report), ..Options::default() };
    assert_eq!(walk("w", lines.as_bytes(), as_text).len(), 1);
}

#[test]
fn a_line_that_is_too_long_is_one_fault() {
    let mut lines = b"{\"text\": \"".to_vec();
    lines.resize(1 << 20, b'x');
    lines.extend_from_slice(b"\"}\n{\"text\": \"Two\"}\n");
    let options = Options { max_bytes: 1000, ..Options::default() };
    assert_eq!(told(&walk("w.jsonl", &lines, options)), ["! too_large", "Two"]);
}

#[test]
fn tables_with_commas_tabs_and_semicolons() {
    for (name, table) in [
        ("w.csv", "\u{feff}Text,Date,ID\n\"One,\nand more\",2012-11-21,a\n,2012-11-22,b\nTwo\n"),
        ("w.tsv", "Text\tDate\tID\nOne,\tand more\n"),
        ("w.csv", "Text;Date;ID\nOne,;2012-11-21;a\n"),
    ] {
        let found = walk(name, table.as_bytes(), Options::default());
        assert!(told(&found)[0].starts_with("One,"), "{found:?}");
        assert_eq!(found[0].as_ref().unwrap().place.position, Some(1));
    }
    let table = "Text,Date,ID\nOne,2012-11-21,a\n,2012-11-22,b\nTwo\n";
    assert_eq!(told(&walk("w.csv", table.as_bytes(), Options::default())), ["One", "! no_text", "Two"]);
    let found = walk("w.csv", table.as_bytes(), fields("Date"));
    assert_eq!(told(&found), ["2012-11-21", "2012-11-22", "! no_text"]);
}

#[test]
fn an_open_quotation_mark_does_not_swallow_the_machine() {
    let mut table = b"id,text\n1,\"".to_vec();
    table.resize(8 << 20, b'x');
    let options = Options { max_bytes: 1000, ..Options::default() };
    assert_eq!(told(&walk("w.csv", &table, options)), ["! too_large"]);
}

#[test]
fn one_json_value_may_hold_many() {
    let list = br#"[{"text": "One"}, 7, {"text": "Two"}]"#;
    assert_eq!(told(&walk("w.json", list, Options::default())), ["One", "! malformed", "Two"]);
    let answer =
        br#"{"status": "ok", "articles": [{"content": "One", "publishedAt": "2012-11-21T10:00:00Z"}]}"#;
    let found = walk("w.json", answer, Options::default());
    assert_eq!(found[0].as_ref().unwrap().known.published, "2012-11-21".parse().ok());
    let feed = br#"{"version": "https://jsonfeed.org/version/1", "title": "W", "items": [{"id": "1", "content_text": "One"}]}"#;
    assert_eq!(told(&walk("w.json", feed, Options::default())), ["One"]);
}

fn parquet_file() -> Vec<u8> {
    let schema =
        "message m { optional binary body (UTF8); required int32 day (DATE); required binary other; }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let texts = [ByteArray::from("One"), ByteArray::from("Two")];
    let mut column = group.next_column().expect("no error").expect("a column");
    column.typed::<ByteArrayType>().write_batch(&texts, Some(&[1, 0, 1]), None).expect("rows");
    column.close().expect("an end");
    let mut column = group.next_column().expect("no error").expect("a column");
    column.typed::<Int32Type>().write_batch(&[15665, 15666, 15667], None, None).expect("rows");
    column.close().expect("an end");
    let mut column = group.next_column().expect("no error").expect("a column");
    let other = [ByteArray::from("x"), ByteArray::from("y"), ByteArray::from("z")];
    column.typed::<ByteArrayType>().write_batch(&other, None, None).expect("rows");
    column.close().expect("an end");
    group.close().expect("an end");
    writer.into_inner().expect("a file")
}

#[test]
fn rows_of_parquet() {
    let options = Options {
        fields: Fields { date: Some("day".to_owned()), ..Fields::default() },
        ..Options::default()
    };
    let bytes = parquet_file();
    let found = walk("w.parquet", &bytes, options);
    assert_eq!(told(&found), ["One", "! no_text", "Two"]);
    let entry = found[2].as_ref().unwrap();
    assert_eq!(
        (entry.id.as_str(), entry.place.unit, entry.place.position),
        ("w-3", Some(Unit::Row), Some(3))
    );
    assert_eq!(entry.known.published, "2012-11-23".parse().ok());
    assert_eq!(told(&walk("w.parquet", &bytes[..bytes.len() - 9], Options::default())), ["! malformed"]);
    assert_eq!(told(&walk("w.parquet.gz", &gzip(&bytes), Options::default())), ["! malformed"]);
}

#[test]
fn sentences_of_petrarch_become_stories() {
    let xml = r#"<?xml version="1.0" encoding="UTF-8"?>
<Sentences>
<Sentence date = "20121121" id ="AFP0001_1" category = "DEMO" source = "AFP" sentence = "True">
<Text>
The envoy of R&amp;D left
for talks&#33;
</Text>
<Parse>(ROOT (S</Parse></Sentence>
<Sentence date="20121121" id="AFP0001_2" source="AFP" sentence="True"><Text>He returned.</Text></Sentence>
<Sentence date="20121122" id="AFP0002_1" source="AFP" sentence="True"><Text>Others came.</Text></Sentence>
<Sentence date="20121123" id="whole_3" source="AFP" sentence="False"><Text>One. Two.</Text></Sentence>
</Sentences>"#;
    let found = walk("w.xml", xml.as_bytes(), Options::default());
    assert_eq!(told(&found), ["The envoy of R&D left for talks!\nHe returned.", "Others came.", "One. Two."]);
    let entry = found[0].as_ref().unwrap();
    assert_eq!((entry.id.as_str(), entry.known.publisher.as_deref()), ("AFP0001", Some("AFP")));
    assert_eq!(entry.known.published, "2012-11-21".parse().ok());
    assert_eq!(found[2].as_ref().unwrap().id, "whole_3");
    let cut = told(&walk("w.xml", &xml.as_bytes()[..560], Options::default()));
    assert_eq!(cut.last().map(String::as_str), Some("! truncated"), "{cut:?}");
}
