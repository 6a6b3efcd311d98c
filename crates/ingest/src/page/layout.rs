//! The article's body among everything else on a page.

use super::flow;
use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

/// The text of the article; empty when there is none. `dense` is the element that holds most prose, `told` the body
/// that the page gives to machines: both step in where the scoring of elements finds nothing.
pub(super) fn body(page: Document, dense: Option<NodeId>, told: Option<&str>) -> String {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(page, None, Some(config)) else { return String::new() };
    let scored = match reader.parse() {
        Ok(_) => reader.doc.select("#readability-page-1").nodes().first().map(flow::text),
        Err(_) => dense.and_then(|id| reader.doc.tree.get(&id)).map(|node| flow::text(&node)),
    };
    let body = scored.unwrap_or_default();
    match told {
        Some(told) if body.len() * 3 < told.len() => plain(told),
        _ => body,
    }
}

/// A body given in JSON may hold tags and entities of its own.
fn plain(told: &str) -> String {
    if told.contains(['<', '&']) { flow::text(&Document::from(told).root()) } else { told.trim().to_owned() }
}
