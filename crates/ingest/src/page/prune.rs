//! Takes out of a page what its own names say is no part of the report, before the article is sought.

use crate::table;
use dom_query::{Document, NodeRef};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The largest share of the page's text, in percent, by the words of a name.
static PARTS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    let rows = table::lines(include_str!("../../../../knowledge/ingest/page_parts.tsv"));
    rows.filter_map(|(_, line)| {
        line.split_once('\t').and_then(|(share, words)| Some((words, share.parse().ok()?)))
    })
    .collect()
});

/// Elements that never hold the report; a paragraph in them is a caption, a menu or a form.
const NEVER: &[&str] = &[
    "figcaption",
    "nav",
    "form",
    "dialog",
    "svg",
    "button",
    "template",
    "audio",
    "video",
    "canvas",
    "iframe",
];
/// Elements that are the page, whatever they are called.
const ALWAYS: &[&str] = &[
    "html", "body", "head", "main", "article", "p", "h1", "a", "em", "strong", "b", "i", "td", "tr", "tbody",
    "table",
];

/// Removes pictures, menus, forms, and the parts that the table names.
pub(super) fn prune(page: &Document) {
    let Some(body) = page.body() else { return };
    let total = body.normalized_char_count();
    let mut doomed = Vec::new();
    let mut node = body.first_child();
    while let Some(current) = node {
        let drop = current.is_element() && is_part(&current, total);
        if drop {
            doomed.push(current);
        }
        node = if drop {
            after(&current, &body)
        } else {
            current.first_child().or_else(|| after(&current, &body))
        };
    }
    for part in doomed {
        part.remove_from_parent();
    }
}

/// The next node in document order that is not under `node`.
fn after<'a>(node: &NodeRef<'a>, root: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut node = *node;
    loop {
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent().filter(|parent| parent.id != root.id)?;
    }
}

fn is_part(node: &NodeRef<'_>, total: usize) -> bool {
    let share = {
        let Some(element) = node.element_ref() else { return false };
        let name: &str = &element.name.local;
        if NEVER.contains(&name) {
            30
        } else if ALWAYS.contains(&name) {
            return false;
        } else {
            let names = element
                .attrs
                .iter()
                .filter(|a| matches!(&*a.name.local, "class" | "id" | "role" | "itemprop"));
            let Some(share) = names.filter_map(|a| largest_share(&a.value)).max() else {
                return name == "figure" && node.normalized_char_count() * 100 <= total * 10;
            };
            share
        }
    };
    node.normalized_char_count() * 100 <= total * share
}

/// The share that the table gives to one of the names in `value`, if any.
fn largest_share(value: &str) -> Option<usize> {
    value
        .split_ascii_whitespace()
        .filter_map(|name| {
            let words = words(name);
            // Rows have one word, two or three.
            (0..words.len())
                .flat_map(|i| (1..=3).map(move |n| (i, n)))
                .filter_map(|(i, n)| {
                    let run = words.get(i..i + n)?;
                    if n == 1 {
                        PARTS.get(run[0].as_str()).copied()
                    } else {
                        PARTS.get(run.join(" ").as_str()).copied()
                    }
                })
                .max()
        })
        .max()
}

/// The words of a name: `relatedLinks`, `related-links`, `related_links`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut previous_lower = false;
    for c in name.chars().take(80) {
        if !c.is_ascii_alphabetic() {
            words.push(String::new());
            previous_lower = false;
            continue;
        }
        if c.is_ascii_uppercase() && previous_lower {
            words.push(String::new());
        }
        previous_lower = c.is_ascii_lowercase();
        if let Some(word) = words.last_mut() {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::{largest_share, prune};

    #[test]
    fn names_are_read_by_words() {
        assert!(largest_share("story relatedLinks").is_some());
        assert!(largest_share("wp-caption-text").is_some());
        assert!(largest_share("most_read_box").is_some());
        assert!(largest_share("shared-layout adapter article-body").is_none());
    }

    #[test]
    fn parts_go_and_articles_stay() {
        let words = "The envoy left for talks on Monday. ".repeat(9);
        let html = format!(
            "<body><div class='share-body'><p>{words}</p><ul class='related'><li>Other</li></ul></div></body>"
        );
        let page = dom_query::Document::from(html);
        prune(&page);
        assert_eq!(page.select("p").length(), 1);
        assert_eq!(page.select("li").length(), 0);
    }
}
