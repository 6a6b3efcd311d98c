//! Pages nested so deeply that laying them out would take too long.

use super::walk::{Step, walk};

/// No honest page nests this deep.
pub(super) const DEEPEST: usize = 700;

/// Elements without an end tag or whose end tag may be left out: they do not pile up by themselves.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "path", "circle",
    "rect", "use", "polygon", "line", "image",
];

/// Whether `html` opens far more elements than it closes at some point. A glance before the parser, whose work
/// grows with the square of the depth; what is built is checked again by [`of_tree`].
pub(super) fn is_too_deep(html: &str) -> bool {
    let bytes = html.as_bytes();
    let mut depth: usize = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        match bytes.get(at) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let name = &bytes[at..];
                let end = name
                    .iter()
                    .take(16)
                    .position(|b| !b.is_ascii_alphanumeric())
                    .unwrap_or(name.len().min(16));
                let name = &name[..end];
                if name.eq_ignore_ascii_case(b"script") || name.eq_ignore_ascii_case(b"style") {
                    at += memchr::memmem::find(&bytes[at..], b"</").unwrap_or(0);
                } else if !FLAT.iter().any(|flat| name.eq_ignore_ascii_case(flat.as_bytes())) {
                    depth += 1;
                }
            }
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}

/// The depth of the tree below `root`.
pub(super) fn of_tree(root: &dom_query::NodeRef<'_>) -> usize {
    let (mut depth, mut deepest) = (0, 0);
    walk(*root, |step| {
        match step {
            Step::Enter(_) => depth += 1,
            Step::Leave(_) => depth -= 1,
        }
        deepest = deepest.max(depth);
        true
    });
    deepest
}

#[cfg(test)]
mod tests {
    use super::{is_too_deep, of_tree};

    #[test]
    fn towers_are_seen() {
        assert!(is_too_deep(&"<div>".repeat(10_000)));
        assert!(!is_too_deep(&"<div><p>one<br></div>".repeat(10_000)));
        assert!(!is_too_deep(&"<script>a = '<div>'</script>".repeat(10_000)));
    }

    #[test]
    fn the_depth_of_a_tree() {
        let page = dom_query::Document::from("<body><p>a</p><div><i>b</i></div></body>");
        assert_eq!(of_tree(&page.root()), 6);
        let tower = dom_query::Document::from("<div></x>".repeat(3_000));
        assert!(of_tree(&tower.root()) > super::DEEPEST);
    }
}
