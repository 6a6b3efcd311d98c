//! Bytes to document.

use crate::boilerplate;
use crate::dateline::Found;
use crate::dates;
use crate::decode::decode;
use crate::error::IngestError;
use crate::format::{Format, recognise};
use crate::headline;
use crate::language;
use crate::markdown;
use crate::opening::{self, Opening};
use crate::page;
use dateline_core::{DateOrigin, Document, Meta, Removed};
use jiff::civil::Date;

/// What the caller knows of the input. What is given here wins over what is found in it.
#[derive(Clone, Debug)]
pub struct Options {
    /// Identifier of the document.
    pub id: String,
    /// Where the bytes came from.
    pub path: Option<String>,
    /// Where the report was published.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// Who told that day.
    pub date_from: DateOrigin,
    /// The day it was fetched, which stands in for a day of publication that nothing tells.
    pub fetched: Option<Date>,
    /// The character set that the server told.
    pub charset: Option<String>,
    /// The most bytes that are read.
    pub max_bytes: usize,
    /// What the bytes are.
    pub format: Format,
    /// Whether text in other languages is refused ([`IngestError::NotEnglish`]).
    pub english_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            id: String::new(),
            path: None,
            url: None,
            publisher: None,
            title: None,
            author: None,
            date: None,
            date_from: DateOrigin::Given,
            fetched: None,
            charset: None,
            max_bytes: 16 << 20,
            format: Format::Auto,
            english_only: true,
        }
    }
}

/// Reads one report from the bytes of a text or a page.
///
/// Plain text comes out byte for byte as it went in (without a byte order mark); of a page, [`Document::text`] is
/// the body of the article. The crate has an example.
///
/// # Errors
/// An [`IngestError`] that says what is wrong with the input; those with [`IngestError::is_skip`] are no damage.
pub fn read(bytes: &[u8], options: &Options) -> Result<Document, IngestError> {
    if bytes.len() > options.max_bytes.min(u32::MAX as usize) {
        return Err(IngestError::TooLarge { size: bytes.len(), limit: options.max_bytes });
    }
    if bytes.trim_ascii().is_empty() {
        return Err(IngestError::Empty);
    }
    let format = match options.format {
        Format::Auto => recognise(bytes, options.path.as_deref()),
        told => told,
    };
    let is_page = matches!(format, Format::Html | Format::Fragment);
    let text = decode(bytes, is_page, options.charset.as_deref())?;
    let mut document = match format {
        Format::Html => from_page(&text, options)?,
        Format::Fragment => Document::new(given(options), page::fragment(&text)?),
        Format::Markdown => from_markdown(text, options),
        _ => Document::new(given(options), text),
    };
    if options.english_only {
        language::check(&document.text)?;
    }
    finish(&mut document, !is_page)?;
    date(&mut document.meta, options.fetched, Some(DateOrigin::Fetched));
    Ok(document)
}

fn given(options: &Options) -> Meta {
    Meta {
        id: options.id.clone(),
        path: options.path.clone(),
        url: options.url.clone(),
        publisher: options.publisher.clone(),
        title: options.title.clone(),
        published: options.date,
        published_from: options.date.map(|_| options.date_from),
        author: options.author.clone(),
    }
}

fn from_page(html: &str, options: &Options) -> Result<Document, IngestError> {
    let article = page::article(html, options.url.as_deref())?;
    let mut meta = given(options);
    meta.title = meta.title.or(article.title);
    meta.publisher = meta.publisher.or(article.publisher);
    meta.url = meta.url.or(article.url);
    meta.author = meta.author.or(article.author);
    date(&mut meta, article.date, article.date_from);
    Ok(Document::new(meta, article.body))
}

fn from_markdown(text: String, options: &Options) -> Document {
    let mut meta = given(options);
    let front = markdown::front(&text);
    meta.title = meta.title.or_else(|| front.title.map(str::to_owned));
    meta.author = meta.author.or_else(|| front.author.map(str::to_owned));
    date(&mut meta, front.date.and_then(dates::in_value), Some(DateOrigin::Tag));
    let removed = front.removed;
    Document { removed, ..Document::new(meta, text) }
}

/// Finds what is no part of the report, headline, dateline and date in the text of `document`.
fn finish(document: &mut Document, seek_headline: bool) -> Result<(), IngestError> {
    let found = boilerplate::find(&document.text);
    document.removed = merge(&document.removed, &found.removed);
    let meta = &mut document.meta;
    if seek_headline && meta.title.is_none() {
        meta.title = headline::at_top(unremoved(&document.text, &document.removed)).map(str::to_owned);
    }
    let url_date = meta.url.as_deref().and_then(dates::in_url);
    date(meta, url_date, Some(DateOrigin::Url));
    let head = opening::find(&document.text, &document.removed);
    if let Opening::Dateline(Found { told: Some(told), .. }) = &head {
        date(meta, told.date(), Some(DateOrigin::Dateline));
    }
    date(meta, found.date, Some(DateOrigin::Line));
    match head {
        Opening::Dateline(found) => document.dateline = Some(found.resolved(meta.published)),
        Opening::Credit(span) => {
            document.removed = merge(&document.removed, &[Removed { span, reason: "credit" }]);
        }
        Opening::Plain => {}
    }
    if is_all_removed(&document.text, &document.removed) {
        return Err(IngestError::Empty);
    }
    Ok(())
}

/// Sets the day of publication if it is still open.
fn date(meta: &mut Meta, found: Option<Date>, from: Option<DateOrigin>) {
    if meta.published.is_none() && found.is_some() {
        meta.published = found;
        meta.published_from = from;
    }
}

/// The text from the first byte that is not removed.
fn unremoved<'a>(text: &'a str, removed: &[Removed]) -> &'a str {
    let mut rest = text.trim_start();
    for part in removed {
        let at = text.len() - rest.len();
        if part.span.start as usize > at {
            break;
        }
        rest = text.get(part.span.end as usize..).unwrap_or("").trim_start();
    }
    rest
}

/// Both lists in one, sorted, without overlaps: of two that overlap, the one that starts first stays.
fn merge(one: &[Removed], other: &[Removed]) -> Vec<Removed> {
    let mut all: Vec<Removed> = one.iter().chain(other).copied().collect();
    all.sort_by_key(|r| (r.span.start, std::cmp::Reverse(r.span.end)));
    let mut end = 0;
    all.retain(|r| {
        let keeps = r.span.start >= end;
        if keeps {
            end = r.span.end;
        }
        keeps
    });
    all
}

fn is_all_removed(text: &str, removed: &[Removed]) -> bool {
    unremoved(text, removed).is_empty()
}

#[cfg(test)]
mod tests {
    use super::{Options, read};
    use crate::error::IngestError;
    use crate::format::Format;
    use dateline_core::DateOrigin;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn plain() -> Options {
        Options { english_only: false, ..Options::default() }
    }

    #[test]
    fn headline_byline_and_date_line_are_told_apart() {
        let text = "Envoy leaves for talks in Geneva\nBy Jane Doe\nWednesday, November 21, 2012\n\nGENEVA, Nov. 20 (AP) - The envoy left for talks on Monday.\n";
        let report = read(text.as_bytes(), &plain()).unwrap();
        assert_eq!(report.text, text);
        assert_eq!(report.meta.title.as_deref(), Some("Envoy leaves for talks in Geneva"));
        assert_eq!(report.meta.published, Some(date(2012, 11, 21)));
        assert_eq!(report.meta.published_from, Some(DateOrigin::Line));
        let dateline = report.dateline.unwrap();
        assert_eq!((dateline.place.of(text), dateline.date), ("GENEVA", Some(date(2012, 11, 20))));
        assert_eq!(report.removed.len(), 2);
    }

    #[test]
    fn what_the_user_says_wins() {
        let options = Options {
            date: Some(date(2012, 11, 22)),
            title: Some("Talks".to_owned()),
            url: Some("https://example.org/2001/02/03/x".to_owned()),
            ..plain()
        };
        let report = read(b"Monday, January 7, 2019\n\nThe envoy left.", &options).unwrap();
        assert_eq!(report.meta.published, Some(date(2012, 11, 22)));
        assert_eq!(report.meta.published_from, Some(DateOrigin::Given));
        assert_eq!(report.meta.title.as_deref(), Some("Talks"));
    }

    #[test]
    fn the_address_tells_a_date_before_the_text_does() {
        let options = Options { url: Some("https://example.org/2001/02/03/x".to_owned()), ..plain() };
        let report = read(b"Monday, January 7, 2019\n\nThe envoy left.", &options).unwrap();
        assert_eq!(report.meta.published_from, Some(DateOrigin::Url));
    }

    #[test]
    fn the_day_of_fetching_is_the_last_resort() {
        let options = Options { fetched: Some(date(2019, 1, 9)), ..plain() };
        let day = |text: &[u8]| read(text, &options).unwrap().meta;
        assert_eq!(day(b"Monday, January 7, 2019\n\nThe envoy left.").published_from, Some(DateOrigin::Line));
        let meta = day(b"The envoy left.");
        assert_eq!(
            (meta.published, meta.published_from),
            (Some(date(2019, 1, 9)), Some(DateOrigin::Fetched))
        );
    }

    #[test]
    fn a_fragment_is_read_as_it_is() {
        let options = Options { format: Format::Fragment, ..plain() };
        let report = read(b"<p>The <b>envoy</b> left.</p><p>He&#39;s back.</p>", &options).unwrap();
        assert_eq!(report.text, "The envoy left.\n\nHe's back.");
        assert_eq!(read(b"<p> </p>", &options).err(), Some(IngestError::Empty));
    }

    #[test]
    fn the_server_may_tell_the_character_set() {
        let options = Options { charset: Some("koi8-r".to_owned()), format: Format::Fragment, ..plain() };
        assert_eq!(read(b"<p>\xEE\xC5\xD4</p>", &options).unwrap().text, "\u{41d}\u{435}\u{442}");
    }

    #[test]
    fn bad_input_is_named() {
        assert_eq!(read(b"", &plain()).err(), Some(IngestError::Empty));
        assert_eq!(read(b" \n\t ", &plain()).err(), Some(IngestError::Empty));
        assert_eq!(read(b"ADVERTISEMENT\n", &plain()).err(), Some(IngestError::Empty));
        let options = Options { max_bytes: 4, ..plain() };
        assert_eq!(read(b"12345", &options).err(), Some(IngestError::TooLarge { size: 5, limit: 4 }));
    }

    #[test]
    fn a_huge_line_is_read() {
        let line = "The envoy left. ".repeat(1 << 16);
        let report = read(line.as_bytes(), &plain()).unwrap();
        assert_eq!(report.text.len(), line.len());
    }

    fn page(html: &str) -> Result<dateline_core::Document, IngestError> {
        read(html.as_bytes(), &Options { format: Format::Html, ..plain() })
    }

    #[test]
    fn hostile_pages_end_soon() {
        let start = std::time::Instant::now();
        let prose = "<p>The envoy left for talks on Monday, officials said, and he is to come back within the week.</p>";
        for html in [
            "<div>".repeat(10_000),
            "<div></x>".repeat(10_000),
            "<p><b id=1><i id=2>".repeat(10_000),
            "<table><tr><td>".repeat(5_000),
            "<ul><li>".repeat(10_000),
            "<span>".repeat(100_000) + prose,
            "<a href=x>".repeat(20_000),
            prose.repeat(5_000),
            "<br>".repeat(200_000) + prose,
            format!("<!--{}", "-".repeat(1 << 20)),
            "<".repeat(1 << 20),
            "&amp".repeat(1 << 18),
            "<script>".repeat(1 << 17),
            "<script></style>".repeat(1 << 16),
            "<script ld+json ".repeat(1 << 16) + ">",
            "<!--".repeat(1 << 18),
        ] {
            let _ = page(&html);
        }
        assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn text_comes_out_as_it_went_in(text in "\\PC{1,200}(\\r?\\n\\PC{0,60}){0,8}") {
            let options = Options { format: Format::Text, ..plain() };
            if let Ok(report) = read(text.as_bytes(), &options) {
                prop_assert_eq!(&report.text, text.strip_prefix('\u{feff}').unwrap_or(&text));
                let mut end = 0;
                for part in &report.removed {
                    prop_assert!(part.span.start >= end);
                    prop_assert!(!part.span.of(&report.text).is_empty());
                    end = part.span.end;
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), page in any::<bool>()) {
            let format = if page { Format::Html } else { Format::Auto };
            let _ = read(&bytes, &Options { format, ..plain() });
        }

        #[test]
        fn any_tags_are_read_or_refused(html in "(<(p|div|a|table|td|script|/p|/div|li|br|h1|title|body|/table)>|[a-z .]{1,30}|<!--|&amp;|<){0,60}") {
            if let Ok(report) = read(html.as_bytes(), &Options { format: Format::Html, ..plain() }) {
                for part in &report.removed {
                    prop_assert!(!part.span.of(&report.text).is_empty());
                }
            }
        }
    }
}
