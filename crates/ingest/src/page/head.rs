//! What a page tells of itself: headline, day, publisher, author, address.

use super::jsonld;
use crate::dates;
use crate::table;
use dateline_core::DateOrigin;
use dom_query::{Document, NodeRef};
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) date: Option<(Date, DateOrigin)>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    /// The article's text, where the page gives it to machines.
    pub(super) body: Option<String>,
}

/// Kinds of keys, in the order of [`KINDS`].
const KINDS: [&str; 4] = ["date", "title", "publisher", "author"];

/// Kind and rank of each key.
static KEYS: LazyLock<HashMap<&str, (usize, usize)>> = LazyLock::new(|| {
    let rows = table::lines(include_str!("../../../../knowledge/ingest/page_keys.tsv"));
    rows.filter_map(|(rank, line)| {
        let (kind, key) = line.split_once('\t')?;
        Some((key, (KINDS.iter().position(|k| *k == kind)?, rank)))
    })
    .collect()
});

/// Raw values from all over the page.
#[derive(Default)]
struct Values {
    /// The best value of each kind and its rank.
    keyed: [Option<(usize, String)>; 4],
    title: Option<String>,
    headings: Vec<String>,
    canonical: Option<String>,
    time: Option<Date>,
    blocks: Vec<String>,
}

/// Reads the head of a page, and what the body says of the same.
pub(super) fn read(page: &Document, url: Option<&str>) -> Head {
    let mut values = Values::default();
    for node in page.root().descendants_it() {
        if let Some(name) = node.qual_name_ref() {
            values.take(&name.local, &node);
        }
    }
    let Values { keyed, title, headings, canonical, time, blocks } = values;
    let entry = jsonld::article(blocks.iter()).unwrap_or_default();
    let [date, named, publisher, author] = keyed.map(|best| best.map(|(_, value)| value));
    let tag_date =
        date.and_then(|value| dates::in_value(&value)).or(time).map(|date| (date, DateOrigin::Tag));
    let ld_date = entry.date.and_then(|value| dates::in_value(&value)).map(|date| (date, DateOrigin::JsonLd));
    let address = canonical.or_else(|| url.map(str::to_owned));
    let url_date = || {
        let found = url.and_then(dates::in_url).or_else(|| address.as_deref().and_then(dates::in_url));
        found.map(|date| (date, DateOrigin::Url))
    };
    let [heading] = <[String; 1]>::try_from(headings).map_or([None], |[one]| [Some(one)]);
    Head {
        date: tag_date.or(ld_date).or_else(url_date),
        title: heading
            .or(entry.title)
            .or(named)
            .or_else(|| title.map(|title| without_site(&title).to_owned())),
        publisher: publisher.or(entry.publisher),
        author: author
            .filter(|author| !author.contains("://"))
            .or(entry.author)
            .map(|author| without_by(&author).to_owned()),
        url: address,
        body: entry.body,
    }
}

impl Values {
    fn take(&mut self, name: &str, node: &NodeRef<'_>) {
        match name {
            "meta" => self.take_meta(node),
            "title" if self.title.is_none() => self.title = folded(&node.text()),
            "h1" => {
                self.headings.extend(folded(&super::flow::text(node)).filter(|heading| heading.len() > 8));
            }
            "link" if node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                let address = node.attr("href").map(|href| href.trim().to_owned());
                self.canonical =
                    self.canonical.take().or(address.filter(|address| address.starts_with("http")));
            }
            "time" if self.time.is_none() => {
                self.time = node.attr("datetime").and_then(|value| dates::in_value(&value));
            }
            "script"
                if node
                    .attr("type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.blocks.push(node.text().to_string());
            }
            _ => {}
        }
    }

    fn take_meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = node.attr("content").and_then(|content| folded(&content)) else { return };
        for attribute in ["property", "name", "itemprop"] {
            let Some(key) = node.attr(attribute) else { continue };
            let Some((kind, rank)) = KEYS.get(key.trim().to_ascii_lowercase().as_str()) else { continue };
            let best = &mut self.keyed[*kind];
            if best.as_ref().is_none_or(|(held, _)| rank < held) {
                *best = Some((*rank, content.clone()));
            }
        }
    }
}

/// White space folded; none when nothing is left.
fn folded(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `Envoy leaves - Example News`: the headline, when it is the longer part.
fn without_site(title: &str) -> &str {
    for separator in [" | ", " - ", " \u{2013} ", " \u{2014} ", " :: ", " \u{bb} "] {
        if let Some((headline, site)) = title.rsplit_once(separator)
            && headline.len() > site.len()
        {
            return headline.trim();
        }
    }
    title
}

fn without_by(author: &str) -> &str {
    match author.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => author[3..].trim(),
        _ => author,
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use dateline_core::DateOrigin;
    use jiff::civil::date;

    #[test]
    fn the_order_of_dates() {
        let meta = "<meta name='date' content='2001-01-01'><meta property='article:published_time' content='2012-11-21T10:00Z'>";
        let ld = r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2012-11-22"}</script>"#;
        let url = Some("https://example.org/2012/11/23/talks");
        let day = |html: &str| read(&dom_query::Document::from(html), url).date;
        assert_eq!(day(&format!("{ld}{meta}")), Some((date(2012, 11, 21), DateOrigin::Tag)));
        assert_eq!(day(ld), Some((date(2012, 11, 22), DateOrigin::JsonLd)));
        assert_eq!(day("<p>"), Some((date(2012, 11, 23), DateOrigin::Url)));
    }

    #[test]
    fn title_publisher_author_address() {
        let html = "<title>Envoy leaves for Geneva - Example News</title><meta property='og:site_name' content='Example News'>\
                    <meta name='author' content='By Jane Doe'><link rel='canonical' href='https://example.org/a'>";
        let head = read(&dom_query::Document::from(html), None);
        assert_eq!(head.title.as_deref(), Some("Envoy leaves for Geneva"));
        assert_eq!(head.publisher.as_deref(), Some("Example News"));
        assert_eq!(head.author.as_deref(), Some("Jane Doe"));
        assert_eq!(head.url.as_deref(), Some("https://example.org/a"));
    }
}
