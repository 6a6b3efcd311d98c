//! What a page tells of itself in JSON-LD blocks of schema.org.

use serde_json::Value;

/// The article's entry in the blocks of a page.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) title: Option<String>,
    pub(super) body: Option<String>,
    pub(super) date: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) author: Option<String>,
}

/// The first article in `blocks`, the contents of the page's `application/ld+json` scripts.
pub(super) fn article(blocks: impl Iterator<Item = impl AsRef<str>>) -> Option<Entry> {
    blocks.filter_map(|block| serde_json::from_str::<Value>(block.as_ref().trim()).ok()).find_map(|value| {
        let found = find(&value, 4)?;
        Some(Entry {
            title: text(found.get("headline")).or_else(|| text(found.get("name"))),
            body: text(found.get("articleBody")),
            date: text(found.get("datePublished")).or_else(|| text(found.get("dateCreated"))),
            publisher: name(found.get("publisher")),
            author: name(found.get("author")),
        })
    })
}

/// The article in `value`, at most `depth` levels down.
fn find(value: &Value, depth: usize) -> Option<&Value> {
    if let Value::Array(items) = value {
        let depth = depth.checked_sub(1)?;
        return items.iter().find_map(|item| find(item, depth));
    }
    let fields = value.as_object()?;
    if fields.contains_key("articleBody") || fields.get("@type").is_some_and(is_article) {
        return Some(value);
    }
    let depth = depth.checked_sub(1)?;
    ["@graph", "mainEntity"].into_iter().find_map(|key| find(fields.get(key)?, depth))
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::String(kind) => {
            kind.ends_with("Article")
                || matches!(kind.as_str(), "BlogPosting" | "LiveBlogPosting" | "Report" | "ClaimReview")
        }
        Value::Array(kinds) => kinds.iter().any(is_article),
        _ => false,
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Array(items) => text(items.first()),
        _ => None,
    }
}

/// A person or organization: a name, or an object with one, or the first of several.
fn name(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Object(fields) => text(fields.get("name")),
        Value::Array(items) => name(items.first()),
        other => text(Some(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::article;

    #[test]
    fn articles_are_found_in_graphs_and_lists() {
        let block = r#"{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
            {"@type": ["NewsArticle"], "headline": "Envoy leaves", "datePublished": "2012-11-21",
             "author": [{"@type": "Person", "name": "Jane Doe"}]}]}"#;
        let entry = article([block].into_iter()).unwrap();
        assert_eq!(entry.title.as_deref(), Some("Envoy leaves"));
        assert_eq!(entry.author.as_deref(), Some("Jane Doe"));
        assert!(article(["{broken", "[[[[[[[[]]]]]]]]"].into_iter()).is_none());
    }
}
