//! Takes out of a page what its own names say is no part of the report, before the article is sought.

use super::walk::{Step, walk};
use crate::table;
use dom_query::{Document, NodeId, NodeRef};
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

/// Text nodes shorter than this are furniture, not prose.
const PROSE: usize = 50;

/// Removes pictures, menus, forms, and the parts that the table names. Comes back with the smallest element that
/// holds nearly all prose of what is left.
pub(super) fn prune(page: &Document) -> Option<NodeId> {
    let body = page.body()?;
    let nodes = outline(body);
    let total = nodes.first().map_or(0, |body| body.prose);
    let mut i = 1;
    let mut left = total;
    let mut kept = vec![0];
    while let Some(entry) = nodes.get(i) {
        let named = !entry.holds_heading
            && share(&entry.node).is_some_and(|share| entry.prose * 100 <= total * share);
        if named || entry.is_heading() || entry.is_link_line() {
            entry.node.remove_from_parent();
            left -= entry.prose.min(left);
            i = entry.end;
        } else {
            kept.push(i);
            i += 1;
        }
    }
    kept.iter()
        .rev()
        .map(|i| &nodes[*i])
        .find(|entry| entry.prose * 10 >= left * 8)
        .map(|entry| entry.node.id)
}

/// An element in the order of the document.
struct Entry<'a> {
    node: NodeRef<'a>,
    /// Bytes of text in it, of its links, and of its prose: text in one piece, not linked.
    text: usize,
    linked: usize,
    prose: usize,
    /// Whether the headline of the page is in it.
    holds_heading: bool,
    /// The first element behind it.
    end: usize,
}

impl Entry<'_> {
    /// Whether it is the headline, which is kept apart from the body.
    fn is_heading(&self) -> bool {
        self.text < 300 && self.node.has_name("h1")
    }

    /// Whether it is a line of its own that is nothing but a link: a pointer to another report.
    fn is_link_line(&self) -> bool {
        self.text > 0
            && self.text < 240
            && self.linked * 10 >= self.text * 9
            && self
                .node
                .qual_name_ref()
                .is_some_and(|name| matches!(&*name.local, "p" | "h2" | "h3" | "h4" | "h5" | "h6"))
    }
}

/// All elements under `root`, which comes first.
fn outline(root: NodeRef<'_>) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut open = Vec::new();
    let mut links = 0;
    walk(root, |step| {
        match step {
            Step::Enter(node) if node.is_element() => {
                links += usize::from(node.has_name("a"));
                open.push(entries.len());
                let holds_heading = node.has_name("h1");
                entries.push(Entry { node, text: 0, linked: 0, prose: 0, holds_heading, end: 0 });
                return !["script", "style", "noscript"].iter().any(|name| node.has_name(name));
            }
            Step::Enter(node) => {
                if let (true, Some(at)) = (node.is_text(), open.last()) {
                    let length = node.text().trim().len();
                    let entry = &mut entries[*at];
                    entry.text += length;
                    entry.linked += if links > 0 { length } else { 0 };
                    entry.prose += if links > 0 || length < PROSE { 0 } else { length };
                }
            }
            Step::Leave(node) if node.is_element() => {
                links -= usize::from(node.has_name("a"));
                if let Some(at) = open.pop() {
                    entries[at].end = entries.len();
                    let Entry { text, linked, prose, holds_heading, .. } = entries[at];
                    if let Some(parent) = open.last().and_then(|parent| entries.get_mut(*parent)) {
                        parent.text += text;
                        parent.linked += linked;
                        parent.prose += prose;
                        parent.holds_heading |= holds_heading;
                    }
                }
            }
            Step::Leave(_) => {}
        }
        true
    });
    entries
}

/// The largest share of the page's prose, in percent, that an element may hold and still be no part
/// of the report; none for elements that stay.
fn share(node: &NodeRef<'_>) -> Option<usize> {
    let element = node.element_ref()?;
    let name: &str = &element.name.local;
    if ALWAYS.contains(&name) {
        return None;
    }
    if NEVER.contains(&name) {
        return Some(30);
    }
    let names =
        element.attrs.iter().filter(|a| matches!(&*a.name.local, "class" | "id" | "role" | "itemprop"));
    let named = names.filter_map(|a| largest_share(&a.value)).max();
    named.or((name == "figure").then_some(10))
}

/// The share that the table gives to one of the names in `value`, if any.
fn largest_share(value: &str) -> Option<usize> {
    let mut words = String::with_capacity(64);
    value.split_ascii_whitespace().filter_map(|name| share_of_name(name, &mut words)).max()
}

fn share_of_name(name: &str, words: &mut String) -> Option<usize> {
    spell(name, words);
    let mut best = None;
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b' ', words.as_bytes()).map(|at| at + 1));
    for start in starts {
        let rest = &words[start..];
        // Rows have one word, two or three.
        let ends = memchr::memchr_iter(b' ', rest.as_bytes()).chain(std::iter::once(rest.len())).take(3);
        for share in ends.filter_map(|end| PARTS.get(&rest[..end]).copied()) {
            if share == 0 {
                return None;
            }
            best = best.max(Some(share));
        }
    }
    best
}

/// The words of a name (`relatedLinks`, `related-links`, `related_links`) in small letters, parted by spaces.
fn spell(name: &str, words: &mut String) {
    words.clear();
    let mut previous_lower = false;
    for c in name.chars().take(80) {
        let starts = c.is_ascii_uppercase() && previous_lower;
        if (starts || !c.is_ascii_alphabetic()) && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
        if c.is_ascii_alphabetic() {
            words.push(c.to_ascii_lowercase());
        }
        previous_lower = c.is_ascii_lowercase();
    }
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
        assert!(prune(&page).is_some());
        assert_eq!(page.select("p").length(), 1);
        assert_eq!(page.select("li").length(), 0);
    }
}
