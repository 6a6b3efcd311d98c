//! Web archives: whole, cut off, damaged, and meant to do harm.

mod common;

use common::{answer, gzip, page, record, told, walk};
use dateline_archive::{Format, Options, Unit};

fn archive() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "i", "application/warc-fields", b"software: x\r\n"),
        record(
            "request",
            "https://wire.example/1",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        page("https://wire.example/1", "<p>One</p>"),
        answer("https://wire.example/pic", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        answer("https://wire.example/gone", "404 Not Found\r\nContent-Type: text/html", b"<p>Gone</p>"),
        page("https://wire.example/2", "<p>Two</p>"),
    ]
}

#[test]
fn only_pages_are_handed_out_with_address_day_and_place() {
    for compressed in [false, true] {
        let parts: Vec<Vec<u8>> =
            archive().iter().map(|part| if compressed { gzip(part) } else { part.clone() }).collect();
        let found = walk("news.warc.gz", &parts.concat(), Options::default());
        assert_eq!(told(&found), ["<p>One</p>", "! status", "<p>Two</p>"]);
        let entry = found[0].as_ref().unwrap();
        assert_eq!(entry.known.url.as_deref(), Some("https://wire.example/1"));
        assert_eq!(entry.id, "https://wire.example/1");
        assert_eq!(entry.known.fetched, "2019-01-07".parse().ok());
        assert_eq!((entry.known.charset.as_deref(), entry.format), (Some("utf-8"), Format::Html));
        // The place is where the record begins on disk.
        let before: usize = parts[..2].iter().map(Vec::len).sum();
        assert_eq!((entry.place.unit, entry.place.position), (Some(Unit::Byte), Some(before as u64)));
        let fault = found[1].as_ref().unwrap_err();
        assert_eq!(fault.url.as_deref(), Some("https://wire.example/gone"));
        assert!(fault.reason.contains("404") && fault.kind.is_skip());
    }
}

#[test]
fn an_archive_that_is_cut_off_gives_what_is_whole() {
    let bytes = archive().concat();
    let cut = bytes.len() - 20;
    assert_eq!(
        told(&walk("a.warc", &bytes[..cut], Options::default())),
        ["<p>One</p>", "! status", "! truncated"]
    );
    let packed: Vec<u8> = archive().iter().flat_map(|part| gzip(part)).collect();
    let found = walk("a.warc.gz", &packed[..packed.len() - 30], Options::default());
    assert_eq!(told(&found)[..2], ["<p>One</p>", "! status"]);
    assert!(found.len() == 3 && found[2].is_err(), "{found:?}");
}

#[test]
fn behind_damage_the_next_record_is_found() {
    let mut parts = archive();
    parts.insert(3, b"some garbage\r\nthat is no record\r\n\r\n".to_vec());
    let found = told(&walk("a.warc", &parts.concat(), Options::default()));
    assert_eq!(found, ["<p>One</p>", "! malformed", "! status", "<p>Two</p>"]);
}

#[test]
fn a_bomb_is_a_fault_and_the_rest_goes_on() {
    let zeros = vec![b'x'; 64 << 20];
    let options = || Options { max_bytes: 1 << 20, ..Options::default() };
    // A record that swells, and a page whose content does.
    let swelling = gzip(&page("https://wire.example/bomb", &String::from_utf8(zeros.clone()).unwrap()));
    let inner = gzip(&answer(
        "https://wire.example/inner",
        "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
        &gzip(&zeros),
    ));
    let bytes = [swelling, inner, gzip(&page("https://wire.example/2", "<p>Two</p>"))].concat();
    assert!(bytes.len() < 1 << 20);
    let found = walk("a.warc.gz", &bytes, options());
    assert_eq!(told(&found), ["! too_large", "! too_large", "<p>Two</p>"]);
    assert_eq!(found[0].as_ref().unwrap_err().url.as_deref(), Some("https://wire.example/bomb"));
}

#[test]
fn heads_without_end_are_refused() {
    let mut bytes = b"WARC/1.0\r\nWARC-Type: response\r\nX: ".to_vec();
    bytes.resize(8 << 20, b'x');
    assert_eq!(told(&walk("a.warc", &bytes, Options::default()))[0], "! malformed");
}

#[test]
fn what_fetch_writes_is_read_again() {
    let fetched = dateline_archive::Fetched {
        url: "https://wire.example/3".to_owned(),
        content_type: Some("text/html".to_owned()),
        charset: Some("koi8-r".to_owned()),
        bytes: b"<p>Three</p>".to_vec(),
    };
    let mut bytes = Vec::new();
    dateline_archive::write_warc(&mut bytes, &fetched).unwrap();
    dateline_archive::write_warc(&mut bytes, &fetched).unwrap();
    let found = walk("a.warc", &bytes, Options::default());
    assert_eq!(told(&found), ["<p>Three</p>", "<p>Three</p>"]);
    let entry = found[1].as_ref().unwrap();
    assert_eq!(entry.known.url.as_deref(), Some("https://wire.example/3"));
    assert_eq!(entry.known.charset.as_deref(), Some("koi8-r"));
    assert!(entry.known.fetched.is_some() && entry.id.len() == 36);
}
