//! The article's body among everything else on a page.

use super::flow;
use super::head::Head;
use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// The text of the article; empty when there is none.
pub(super) fn body(page: Document, _head: &Head) -> String {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(page, None, Some(config)) else { return String::new() };
    if reader.parse().is_err() {
        return String::new();
    }
    let body = reader.doc.select("#readability-page-1").nodes().first().map(flow::text).unwrap_or_default();
    body
}
