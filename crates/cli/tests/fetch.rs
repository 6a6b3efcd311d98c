//! `dateline fetch`: pages and feeds of a small server into an archive that can be read.

mod common;

use common::{dateline, folder, within};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

fn server() -> u16 {
    let page = std::fs::read_to_string(common::examples().join("strait/3-shots.html")).expect("an example");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
            let (mut line, mut header) = (String::new(), String::new());
            let _ = reader.read_line(&mut line);
            while reader.read_line(&mut header).is_ok_and(|n| n > 2) {
                header.clear();
            }
            let (status, kind, body) = match line.split(' ').nth(1).unwrap_or("") {
                "/robots.txt" => ("200 OK", "text/plain", "User-agent: *\nDisallow: /no\n".to_owned()),
                "/feed" => (
                    "200 OK",
                    "application/rss+xml",
                    format!(
                        "<rss version='2.0'><channel><title>W</title>\
                     <item><link>http://127.0.0.1:{port}/1</link></item>\
                     <item><link>http://127.0.0.1:{port}/no</link></item></channel></rss>"
                    ),
                ),
                "/1" => ("200 OK", "text/html", page.clone()),
                _ => ("404 Not Found", "text/html", String::new()),
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    port
}

#[test]
fn the_pages_of_a_feed_are_fetched_and_read() {
    let folder = folder(&[]);
    let (port, archive) = (server(), within(&folder, "pages.warc.gz"));
    let feed = format!("http://127.0.0.1:{port}/feed");
    let output = dateline(&["fetch", &feed, "--allow-private", "--delay", "0", "-o", &archive])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("/no") && said.contains("robots.txt"), "{said}");
    let text = common::stdout(&["read", "--format", "json", &archive]);
    let records: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(records.as_array().map(Vec::len), Some(1));
    assert_eq!(records[0]["url"], format!("http://127.0.0.1:{port}/1"));
    assert_eq!(records[0]["published"], "2031-03-05");
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let page = format!("http://127.0.0.1:{}/1", server());
    for command in ["fetch", "read"] {
        let output = dateline(&[command, &page]).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() != Some(0) && said.contains("--allow-private"), "{said}");
    }
    let text = common::stdout(&["read", "--allow-private", "--delay", "0", "--format", "json", &page]);
    assert!(text.contains("\"published\": \"2031-03-05\""), "{text}");
}
