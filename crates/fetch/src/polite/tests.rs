//! Against a small server of our own.

use super::{Limits, Polite};
use crate::error::FetchError;
use crate::guard::Guard;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};
use ureq::unversioned::resolver::DefaultResolver;

/// Answers every request by `answer`, and tells which were made.
fn server(answer: fn(&str, u16) -> String) -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, asked) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut line = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let _ = reader.read_line(&mut line);
            let mut header = String::new();
            while reader.read_line(&mut header).is_ok_and(|n| n > 2) {
                header.clear();
            }
            let path = line.split(' ').nth(1).unwrap_or("").to_owned();
            // Told first: who has the answer may look at once at what was asked.
            if tell.send(path.clone()).is_err() {
                return;
            }
            let _ = stream.write_all(answer(&path, port).as_bytes());
        }
    });
    (port, asked)
}

fn ok(kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn to(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

fn site(path: &str, port: u16) -> String {
    match path {
        "/robots.txt" => ok("text/plain", "User-agent: *\nDisallow: /private/\nCrawl-delay: 0.1\n"),
        "/a" => ok("text/html; charset=koi8-r", "<p>The envoy left.</p>"),
        "/b" => to("/a#top"),
        "/loop" => to("/loop"),
        "/hidden" => to("/private/x"),
        "/file" => to("file:///etc/passwd"),
        // The same server by another address of this machine.
        "/inside" => to(&format!("http://127.0.0.2:{port}/a")),
        "/long" => ok("text/html", &"x".repeat(5000)),
        "/image" => ok("image/png", "x"),
        "/slow" => {
            std::thread::sleep(Duration::from_secs(3));
            ok("text/html", "late")
        }
        _ => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned(),
    }
}

fn limits() -> Limits {
    Limits {
        delay: Duration::ZERO,
        max_bytes: 4000,
        timeout: Duration::from_millis(1500),
        ..Limits::default()
    }
}

/// As if 127.0.0.1 were a public address and all others were private.
fn polite() -> Polite {
    let allows = |address| address == IpAddr::V4(Ipv4Addr::LOCALHOST);
    Polite::with(limits(), Guard { resolver: DefaultResolver::default(), allows })
}

#[test]
fn pages_come_with_their_last_address_and_character_set() {
    let (port, asked) = server(site);
    let page = polite().page(&format!("http://127.0.0.1:{port}/b")).unwrap();
    assert_eq!(page.url, format!("http://127.0.0.1:{port}/a"));
    assert_eq!(page.bytes, b"<p>The envoy left.</p>");
    assert_eq!((page.content_type.as_deref(), page.charset.as_deref()), (Some("text/html"), Some("koi8-r")));
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["/robots.txt", "/b", "/a"]);
}

#[test]
fn what_the_site_does_not_want_is_not_even_asked_for() {
    let (port, asked) = server(site);
    let polite = polite();
    for path in ["private/x", "hidden"] {
        let refused = polite.page(&format!("http://127.0.0.1:{port}/{path}"));
        assert!(matches!(refused, Err(FetchError::Robots)), "{refused:?}");
    }
    assert!(asked.try_iter().all(|path| !path.starts_with("/private")));
}

#[test]
fn private_addresses_are_not_reached_not_by_a_redirect_either() {
    let (port, asked) = server(site);
    for address in [format!("http://127.0.0.2:{port}/a"), format!("http://127.0.0.1:{port}/inside")] {
        let refused = polite().page(&address);
        assert!(matches!(refused, Err(FetchError::Private)), "{refused:?}");
    }
    let refused = Polite::new(limits()).page(&format!("http://localhost:{port}/a"));
    assert!(matches!(refused, Err(FetchError::Private)), "{refused:?}");
    assert_eq!(asked.try_iter().collect::<Vec<_>>(), ["/robots.txt", "/inside"]);
    let allowed = Polite::new(Limits { allow_private: true, ..limits() });
    assert!(allowed.page(&format!("http://localhost:{port}/a")).is_ok());
}

#[test]
fn limits_hold() {
    let (port, _asked) = server(site);
    let polite = polite();
    let error = |path: &str| polite.page(&format!("http://127.0.0.1:{port}/{path}")).unwrap_err();
    assert!(matches!(error("loop"), FetchError::Redirects(5)));
    assert!(matches!(error("long"), FetchError::TooLarge(4000)));
    assert!(matches!(error("gone"), FetchError::Status(404)));
    assert!(matches!(error("image"), FetchError::ContentType(_)));
    assert!(matches!(error("file"), FetchError::Address(_)));
    let slow = error("slow");
    assert!(matches!(slow, FetchError::Timeout), "{slow}");
    assert!(matches!(polite.page("ftp://example.org/x"), Err(FetchError::Address(_))));
}

#[test]
fn the_pause_that_a_site_asks_for_is_kept() {
    let (port, _asked) = server(site);
    let (polite, start) = (polite(), Instant::now());
    for _ in 0..3 {
        polite.page(&format!("http://127.0.0.1:{port}/a")).unwrap();
    }
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[test]
fn without_word_from_the_site_nothing_is_fetched() {
    let (port, _asked) =
        server(|_, _| "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_owned());
    let refused = polite().page(&format!("http://127.0.0.1:{port}/a"));
    assert!(matches!(refused, Err(FetchError::NoRobots(_))), "{refused:?}");
}
