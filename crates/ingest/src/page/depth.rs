//! Pages nested so deeply, or grown so large by tags left open, that laying them out would take too long.

use super::walk::{Step, walk};

/// No honest page nests this deep.
pub(super) const DEEPEST: usize = 700;

/// Elements without an end tag or whose end tag may be left out: they do not pile up by themselves.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "path", "circle",
    "rect", "use", "polygon", "line", "image",
];

/// Formatting that is left open is opened anew by the parser in every block that follows.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// The most elements that the parser may add in that way.
const MOST_ADDED: usize = 400_000;

/// The most tags. A tree of more takes gigabytes, and is no page with an article.
const MOST_TAGS: usize = 1_000_000;

/// The most spaces in one tag; the parser compares every attribute with all before it.
const MOST_ATTRIBUTES: usize = 20_000;
/// How far an end tag is followed back to its start.
const REACH: usize = 64;

/// Whether `html` opens far more elements than it closes at some point. A glance before the parser, whose work
/// grows with the square of the depth; what is built is checked again by [`of_tree`].
pub(super) fn is_too_much(html: &str) -> bool {
    let bytes = html.as_bytes();
    // The names of the elements that are open.
    let mut open: Vec<&[u8]> = Vec::new();
    let (mut tags, mut formats, mut added): (usize, usize, usize) = (0, 0, 0);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        at += found + 1;
        tags += 1;
        if tags > MOST_TAGS {
            return true;
        }
        let closes = bytes.get(at) == Some(&b'/');
        let name = tag_name(&bytes[at + usize::from(closes)..]);
        if name.is_empty() {
            continue;
        }
        let is_one_of = |names: &[&str]| names.iter().any(|one| name.eq_ignore_ascii_case(one.as_bytes()));
        if is_one_of(FORMATTING) {
            formats = if closes { formats.saturating_sub(1) } else { formats + 1 };
        } else if !closes {
            added += formats;
        }
        let end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        let attributes = memchr::memchr_iter(b' ', &bytes[at..end]).count();
        at = end;
        if closes {
            // An end tag ends what was opened last by its name, and all that was opened in it.
            let start = open.len().saturating_sub(REACH);
            let opened = open[start..].iter().rposition(|one| name.eq_ignore_ascii_case(one));
            open.truncate(opened.map_or(open.len(), |back| start + back));
        } else if is_one_of(&["script", "style"]) {
            at += memchr::memmem::find(&bytes[at..], b"</").unwrap_or(0);
        } else if !is_one_of(FLAT) {
            open.push(name);
        }
        if open.len() > DEEPEST || added > MOST_ADDED || attributes > MOST_ATTRIBUTES {
            return true;
        }
    }
    false
}

fn tag_name(rest: &[u8]) -> &[u8] {
    let end = rest.iter().take(16).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len().min(16));
    &rest[..end]
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
    use super::{is_too_much, of_tree};

    #[test]
    fn towers_are_seen() {
        assert!(is_too_much(&"<div>".repeat(10_000)));
        assert!(is_too_much(&"<div></x>".repeat(10_000)));
        assert!(!is_too_much(&"<div><p>one<br></div>".repeat(10_000)));
        assert!(!is_too_much(&"<script>a = '<div>'</script>".repeat(10_000)));
    }

    #[test]
    fn crowds_are_seen() {
        assert!(is_too_much(&"<br>".repeat(1_000_001)));
        assert!(is_too_much(&"<".repeat(1_000_001)));
        assert!(!is_too_much(&"<p>one</p>".repeat(500_000)));
    }

    #[test]
    fn formatting_left_open_is_seen() {
        let open: String = "<b id=1><i id=2>".repeat(300);
        assert!(is_too_much(&format!("{open}{}", "<p>".repeat(10_000))));
        assert!(!is_too_much(&"<p><b>one</b><i>two</i></p>".repeat(100_000)));
    }

    #[test]
    fn the_depth_of_a_tree() {
        let page = dom_query::Document::from("<body><p>a</p><div><i>b</i></div></body>");
        assert_eq!(of_tree(&page.root()), 6);
        let tower = dom_query::Document::from("<div></x>".repeat(3_000));
        assert!(of_tree(&tower.root()) > super::DEEPEST);
    }
}
