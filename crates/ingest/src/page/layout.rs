//! The article's body among everything else on a page.

use super::flow;
use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};

/// A shorter body, in bytes, is doubted.
const LEAST: usize = 250;

/// The text of the article; empty when there is none. `dense` is the element that holds most prose, `told` the body
/// that the page gives to machines: both step in where the scoring of elements finds nothing.
pub(super) fn body(page: Document, dense: Option<NodeId>, told: Option<&str>) -> String {
    let dense = dense.and_then(|id| page.tree.get(&id)).map(|node| flow::text(&node)).unwrap_or_default();
    let config = Config { disable_json_ld: true, ..Config::default() };
    let Ok(mut reader) = Readability::with_document(page, None, Some(config)) else { return dense };
    let mut body = match reader.parse() {
        Ok(_) => reader.doc.select("#readability-page-1").nodes().first().map(flow::text).unwrap_or_default(),
        Err(_) => String::new(),
    };
    if body.len() < LEAST && body.len() * 3 < dense.len() {
        body = dense;
    }
    match told {
        Some(told) if body.len() * 3 < told.len() => plain(told),
        _ => body,
    }
}

/// A body given in JSON may hold tags and entities of its own.
fn plain(told: &str) -> String {
    if told.contains(['<', '&']) { flow::text(&Document::from(told).root()) } else { told.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{body, plain};

    #[test]
    fn what_the_page_tells_machines_steps_in() {
        let page = dom_query::Document::from("<body><p>Loading</p></body>");
        let told = "The envoy left. ".repeat(20);
        assert_eq!(body(page, None, Some(&told)), told.trim());
        assert_eq!(plain("<p>The envoy&#39;s</p><p>plane</p>"), "The envoy's\n\nplane");
    }
}
