//! Web pages: the article in them and what they tell of themselves.

use crate::boilerplate;
use crate::error::IngestError;
use dateline_core::{DateOrigin, Removed};
use jiff::civil::Date;

mod depth;
mod flow;
mod head;
mod jsonld;
mod kind;
mod layout;
mod lighten;
mod prune;
mod walk;

/// The article of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// Its headline.
    pub title: Option<String>,
    /// Its text: paragraphs parted by blank lines.
    pub body: String,
    /// The parts of the body that are boilerplate.
    pub removed: Vec<Removed>,
    /// Its day of publication.
    pub date: Option<Date>,
    /// Where that day was found.
    pub date_from: Option<DateOrigin>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its canonical address.
    pub url: Option<String>,
}

impl Article {
    /// The body without its boilerplate.
    pub fn report(&self) -> String {
        let mut report = String::with_capacity(self.body.len());
        let mut at = 0;
        for part in &self.removed {
            report.push_str(self.body.get(at..part.span.start as usize).unwrap_or("").trim_end_matches('\n'));
            at = part.span.end as usize;
        }
        report.push_str(self.body.get(at..).unwrap_or(""));
        report.trim().to_owned()
    }
}

/// The article of a page, as good as it can be told; the body is empty when there is none.
///
/// ```
/// let page = "<html><head><title>Envoy leaves</title><meta property='article:published_time' content='2012-11-21'>\
///     </head><body><article><h1>Envoy leaves</h1><p>The envoy left for talks on Monday, officials said, and \
///     he is to come back within the week.</p><p>He <b>refused</b> to say more.</p></article></body></html>";
/// let article = dateline_ingest::extract(page, None);
/// assert!(article.body.ends_with("\n\nHe refused to say more."));
/// assert_eq!(article.date.map(|day| day.to_string()).as_deref(), Some("2012-11-21"));
/// ```
pub fn extract(html: &str, url: Option<&str>) -> Article {
    article_of(html, url).unwrap_or_default()
}

/// As [`extract`], but a page that holds no article is an error.
///
/// # Errors
/// [`IngestError::NoArticle`] and [`IngestError::BrokenPage`].
pub(crate) fn article(html: &str, url: Option<&str>) -> Result<Article, IngestError> {
    let article = article_of(html, url)?;
    kind::check(html, &article.body, &article.removed)?;
    Ok(article)
}

/// The text of tags that hold nothing but the article.
///
/// # Errors
/// [`IngestError::BrokenPage`], and [`IngestError::Empty`] when no text is in them.
pub(crate) fn fragment(html: &str) -> Result<String, IngestError> {
    let document = tree(html)?;
    Some(flow::text(&document.root())).filter(|text| !text.is_empty()).ok_or(IngestError::Empty)
}

/// The tree of a page, lightened; refused where it is nested too deep to walk.
fn tree(html: &str) -> Result<dom_query::Document, IngestError> {
    let html = lighten::lighten(html);
    if depth::is_too_much(&html) {
        return Err(IngestError::BrokenPage);
    }
    let document = dom_query::Document::from(html);
    if depth::of_tree(&document.root()) > depth::DEEPEST {
        return Err(IngestError::BrokenPage);
    }
    Ok(document)
}

fn article_of(html: &str, url: Option<&str>) -> Result<Article, IngestError> {
    let document = tree(html)?;
    let head = head::read(&document, url);
    let dense = prune::prune(&document);
    let body = layout::body(document, dense, head.body.as_deref());
    Ok(Article {
        title: head.title,
        removed: boilerplate::find(&body).removed,
        body,
        date: head.date.map(|(date, _)| date),
        date_from: head.date.map(|(_, from)| from),
        publisher: head.publisher,
        author: head.author,
        url: head.url,
    })
}

#[cfg(test)]
mod tests {
    use super::{article, extract};
    use crate::error::IngestError;

    const PARAGRAPH: &str = "The envoy left for talks on Monday, officials said, and he is to come back within the week. Both sides had asked for a pause.";

    fn page(body: &str) -> String {
        format!(
            "<html><head><title>Envoy leaves for talks - Example News</title></head><body><nav><a href=/>Home</a></nav>{body}</body></html>"
        )
    }

    #[test]
    fn an_article_among_its_furniture() {
        let html = page(&format!(
            "<div class='wrap has-sidebar'><h1>Envoy leaves for talks</h1><div class='byline'>By Jane Doe</div><article>\
             <p>GENEVA (AP) \u{2014} {PARAGRAPH}</p><figure><img src=a.jpg><figcaption>The envoy waves</figcaption></figure>\
             <p><a href=/x>Ministers meet in Vienna</a></p><p>{PARAGRAPH}</p><p>Share this</p>\
             <ul class='related-links'><li><a href=/y>Other news</a></li></ul></article>\
             <div class='sidebar'><p>The weather in Geneva stays dry until the weekend.</p></div></div>"
        ));
        let found = extract(&html, None);
        assert_eq!(found.title.as_deref(), Some("Envoy leaves for talks"));
        assert_eq!(found.report(), format!("GENEVA (AP) \u{2014} {PARAGRAPH}\n\n{PARAGRAPH}"));
        assert!(found.body.ends_with("Share this"));
    }

    #[test]
    fn lists_galleries_and_stubs_are_no_articles() {
        let links = "<li><a href=/x>Envoy leaves for talks with ministers of five states</a></li>".repeat(30);
        let gallery = "<div><img src=a.jpg><span>The envoy waves at the airport</span></div>".repeat(12);
        let stub = format!("<p>{PARAGRAPH}</p><div class=paywall>Subscribe to continue reading.</div>");
        for (body, what) in [
            (format!("<h1>World</h1><ul>{links}</ul>"), "a list of links or pictures"),
            (gallery, "a list of links or pictures"),
            (stub, "a paywall's stub"),
            (String::new(), "no running text"),
        ] {
            assert_eq!(article(&page(&body), None).err(), Some(IngestError::NoArticle(what)), "{body}");
        }
    }
}
