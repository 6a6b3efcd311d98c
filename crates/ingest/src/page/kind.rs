//! Whether a page is an article at all, or a list of links, a gallery, a paywall's stub.

use crate::error::IngestError;
use crate::table;
use aho_corasick::AhoCorasick;
use dateline_core::Removed;
use std::sync::LazyLock;

/// Less prose than this, in bytes, is no report.
const LEAST: usize = 140;
/// A stub shows no more prose than this.
const STUB: usize = 900;
/// A list of links has at least so many, and no more prose than this.
const LINKS: usize = 10;
const LIST: usize = 1500;

static PAYWALL: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words =
        table::lines(include_str!("../../../../knowledge/ingest/paywall.tsv")).map(|(_, words)| words);
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// Refuses a page whose body is no article's.
///
/// # Errors
/// [`IngestError::NoArticle`] with what the page looks like.
pub(super) fn check(html: &str, body: &str, removed: &[Removed]) -> Result<(), IngestError> {
    let (mut paragraphs, mut all, mut prose) = (0, 0, 0);
    let mut offset = 0;
    let mut parts = removed.iter().peekable();
    for paragraph in body.split("\n\n") {
        let start = offset;
        offset += paragraph.len() + 2;
        while parts.next_if(|part| part.span.end as usize <= start).is_some() {}
        if paragraph.is_empty() || parts.peek().is_some_and(|part| part.span.start as usize == start) {
            continue;
        }
        paragraphs += 1;
        all += paragraph.len();
        prose += if is_prose(paragraph) { paragraph.len() } else { 0 };
    }
    let is_list = paragraphs >= LINKS && prose < LIST && prose * 4 < all;
    let is_stub = || PAYWALL.as_ref().is_some_and(|words| words.is_match(html));
    match prose {
        _ if is_list => Err(IngestError::NoArticle("a list of links or pictures")),
        0..STUB if is_stub() => Err(IngestError::NoArticle("a paywall's stub")),
        0..LEAST => Err(IngestError::NoArticle("no running text")),
        _ => Ok(()),
    }
}

/// A paragraph that holds a sentence.
fn is_prose(paragraph: &str) -> bool {
    paragraph.len() >= 60
        && paragraph
            .trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']'])
            .ends_with(['.', '!', '?', ':', '\u{2026}'])
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::error::IngestError;

    const PARAGRAPH: &str =
        "The envoy left for talks on Monday, officials said, and he is to come back within the week.";

    #[test]
    fn a_short_report_is_an_article() {
        assert_eq!(check("", &[PARAGRAPH; 2].join("\n\n"), &[]), Ok(()));
    }

    #[test]
    fn a_list_of_headlines_is_none() {
        let body = ["Envoy leaves for talks in Geneva with ministers of five states"; 20].join("\n\n");
        assert_eq!(check("", &body, &[]), Err(IngestError::NoArticle("a list of links or pictures")));
    }

    #[test]
    fn a_stub_is_none() {
        let html = "<p>Subscribe to continue reading</p>";
        assert_eq!(check(html, PARAGRAPH, &[]), Err(IngestError::NoArticle("a paywall's stub")));
        assert_eq!(check(html, &[PARAGRAPH; 20].join("\n\n"), &[]), Ok(()));
        assert_eq!(check("", "Envoy leaves", &[]), Err(IngestError::NoArticle("no running text")));
    }
}
