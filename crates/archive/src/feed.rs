//! Feeds: RSS, Atom, JSON Feed. An entry is a report.

use crate::container::Members;
use crate::entry::{Entry, Fault, FaultKind, Known, Place, Unit};
use crate::rows::values;
use crate::source::Opened;
use dateline_ingest::Format;
use feed_rs::model;
use jiff::civil::Date;
use std::io::Read;

/// The longest feed.
const LONGEST: u64 = 64 << 20;
/// The most elements; each may become an entry, which takes a hundred times the room.
const MOST_ELEMENTS: usize = 1 << 19;

pub(crate) fn members(opened: Opened) -> Result<Members, Fault> {
    let place = opened.place();
    let url = opened.fetched.as_ref().map(|page| page.url.clone());
    let mut bytes = Vec::new();
    let content = opened.content().map_err(|error| Fault::io(place.clone(), &error))?;
    content.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| Fault::io(place.clone(), &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Fault::too_large(place, LONGEST as usize));
    }
    entries(&bytes, url.as_deref(), place)
}

/// The entries of a feed.
pub(crate) fn entries(bytes: &[u8], url: Option<&str>, place: Place) -> Result<Members, Fault> {
    let feed = parse(bytes, url).map_err(|reason| Fault::new(place.clone(), FaultKind::Malformed, reason))?;
    let publisher = feed.title.map(|title| title.content.trim().to_owned()).filter(|title| !title.is_empty());
    let mut number = 0;
    Ok(Box::new(feed.entries.into_iter().map(move |entry| {
        number += 1;
        report(entry, publisher.clone(), place.at(Unit::Entry, number))
    })))
}

/// The addresses of the entries of a feed; none when it is no feed.
///
/// ```
/// let feed = "<rss version='2.0'><channel><title>Wire</title><item><title>Talks</title>\
///     <link>https://wire.example/talks</link></item></channel></rss>";
/// assert_eq!(dateline_archive::feed_links(feed.as_bytes(), None).unwrap(), ["https://wire.example/talks"]);
/// assert!(dateline_archive::feed_links(b"<html>", None).is_none());
/// ```
pub fn links(bytes: &[u8], url: Option<&str>) -> Option<Vec<String>> {
    let feed = parse(bytes, url).ok()?;
    Some(feed.entries.iter().filter_map(address).collect())
}

fn parse(bytes: &[u8], url: Option<&str>) -> Result<model::Feed, String> {
    if is_crowded(bytes) {
        return Err(format!("has more than {MOST_ELEMENTS} elements: split it"));
    }
    // Identifiers must not change from run to run.
    let own_id = |links: &[model::Link], title: &Option<model::Text>, _: Option<&str>| {
        let link = links.first().map(|link| link.href.clone());
        link.or_else(|| title.as_ref().map(|title| title.content.clone())).unwrap_or_default()
    };
    let parser = feed_rs::parser::Builder::new().base_uri(url).id_generator(own_id).build();
    parser.parse(bytes).map_err(|error| format!("cannot be read as a feed ({error}): check the file"))
}

/// Whether there are more elements than are taken apart, in XML or in JSON. What stands in CDATA are none.
fn is_crowded(bytes: &[u8]) -> bool {
    if bytes.iter().find(|byte| matches!(byte, b'<' | b'{')) == Some(&b'{') {
        return values::are_too_many(bytes);
    }
    let (mut count, mut rest) = (0, bytes);
    while let Some(found) = memchr::memchr(b'<', rest) {
        rest = &rest[found + 1..];
        if rest.starts_with(b"![CDATA[") {
            rest = &rest[memchr::memmem::find(rest, b"]]>").unwrap_or(rest.len())..];
        } else if !rest.starts_with(b"/") {
            count += 1;
        }
    }
    count > MOST_ELEMENTS
}

fn report(entry: model::Entry, publisher: Option<String>, place: Place) -> Result<Entry, Fault> {
    let url = address(&entry);
    let body = entry.content.and_then(|content| content.body);
    let body = body.or_else(|| entry.summary.map(|summary| summary.content)).unwrap_or_default();
    if body.trim().is_empty() {
        let reason = "the entry has no text: fetch its page with dateline fetch";
        return Err(Fault { url, ..Fault::new(place, FaultKind::NoText, reason) });
    }
    let authors: Vec<String> = entry.authors.into_iter().filter_map(|author| author.name).collect();
    let authors = authors.join(", ");
    let stamp = entry.published.or(entry.updated).map(|time| time.timestamp());
    let known = Known {
        publisher,
        title: entry.title.map(|title| title.content.trim().to_owned()).filter(|title| !title.is_empty()),
        author: Some(authors).filter(|authors| !authors.trim().is_empty()),
        published: stamp.and_then(day),
        url,
        ..Known::default()
    };
    let format = if body.contains(['<', '&']) { Format::Fragment } else { Format::Text };
    let number = place.position.unwrap_or(0);
    let id = if entry.id.is_empty() { format!("entry-{number}") } else { entry.id };
    Ok(Entry { place, id, known, bytes: body.into_bytes(), format, warnings: Vec::new() })
}

/// The page of an entry.
fn address(entry: &model::Entry) -> Option<String> {
    let is_page = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(is_page).or_else(|| entry.links.first());
    link.map(|link| link.href.clone())
}

fn day(stamp: i64) -> Option<Date> {
    let stamp = jiff::Timestamp::from_second(stamp).ok()?;
    Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::{MOST_ELEMENTS, entries, is_crowded};
    use crate::entry::{FaultKind, Place};
    use dateline_ingest::Format;

    const RSS: &str = "<?xml version='1.0'?><rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>\
        <title>Example Wire</title><item><title>Envoy leaves</title><link>https://wire.example/1</link>\
        <guid>wire-1</guid><dc:creator>Jane Doe</dc:creator><pubDate>Wed, 21 Nov 2012 10:00:00 GMT</pubDate>\
        <description>&lt;p&gt;The envoy left.&lt;/p&gt;</description></item>\
        <item><title>Nothing</title><link>https://wire.example/2</link></item></channel></rss>";

    #[test]
    fn entries_are_reports() {
        let found: Vec<_> = entries(RSS.as_bytes(), None, Place::file("f")).unwrap().collect();
        let entry = found[0].as_ref().unwrap();
        assert_eq!((entry.id.as_str(), entry.format), ("wire-1", Format::Fragment));
        assert_eq!(entry.bytes, b"<p>The envoy left.</p>");
        assert_eq!(entry.known.published, "2012-11-21".parse().ok());
        assert_eq!(entry.known.url.as_deref(), Some("https://wire.example/1"));
        assert_eq!(entry.known.publisher.as_deref(), Some("Example Wire"));
        assert_eq!(entry.known.author.as_deref(), Some("Jane Doe"));
        assert_eq!(found[1].as_ref().unwrap_err().kind, FaultKind::NoText);
    }

    #[test]
    fn atom_and_json_feeds_are_read_too() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>W</title><id>w</id><updated>2012-11-21T10:00:00Z</updated>\
            <entry><id>a1</id><title>T</title><updated>2012-11-21T10:00:00Z</updated><content type='html'>&lt;p&gt;Left.&lt;/p&gt;</content></entry></feed>";
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "W", "items":
            [{"id": "a1", "content_html": "<p>Left.</p>", "date_published": "2012-11-21T10:00:00Z"}]}"#;
        for feed in [atom, json] {
            let found: Vec<_> = entries(feed.as_bytes(), None, Place::file("f")).unwrap().collect();
            let entry = found[0].as_ref().unwrap();
            assert_eq!((entry.id.as_str(), entry.bytes.as_slice()), ("a1", b"<p>Left.</p>".as_slice()));
            assert_eq!(entry.known.published, "2012-11-21".parse().ok());
        }
    }

    #[test]
    fn feeds_of_more_elements_than_fit_in_memory_are_refused() {
        let feed = |items: &str| format!("<rss version='2.0'><channel>{items}</channel></rss>").into_bytes();
        let crowd = feed(&"<item/>".repeat(MOST_ELEMENTS));
        assert_eq!(entries(&crowd, None, Place::file("f")).err().unwrap().kind, FaultKind::Malformed);
        let page = "<p></p>".repeat(MOST_ELEMENTS);
        assert!(!is_crowded(&feed(&format!("<item><description><![CDATA[{page}]]></description></item>"))));
        let json = format!("{{\"items\": [{}{{}}]}}", "{\"id\":1},".repeat(4 * MOST_ELEMENTS));
        assert!(is_crowded(json.as_bytes()));
    }
}
