//! Takes programs, styles, drawings and comments out of a page before it is parsed: they are most of its bytes.

/// Elements whose content is no text; their end tag is sought without parsing what is between.
const DROPPED: &[&str] = &["script", "style", "svg", "noscript"];

/// The `>` of a start tag is looked for this far.
const LONGEST_HEAD: usize = 2048;

/// The page without what nobody reads. Blocks of JSON-LD stay.
pub(super) fn lighten(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut light = String::with_capacity(html.len() / 2);
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        match dropped(html, start) {
            Dropped::No => {}
            Dropped::Until(end) => {
                light.push_str(&html[kept..start]);
                (kept, at) = (end, end);
            }
            Dropped::Unclosed => {
                light.push_str(&html[kept..start]);
                return light;
            }
        }
    }
    light.push_str(&html[kept..]);
    light
}

/// What is to be done with that which starts with a `<`.
enum Dropped {
    No,
    /// It goes, up to here.
    Until(usize),
    /// It goes and never ends: it swallows the rest of the page, as it does in browsers.
    Unclosed,
}

fn dropped(html: &str, start: usize) -> Dropped {
    let rest = &html.as_bytes()[start..];
    if rest.starts_with(b"<!--") {
        return memchr::memmem::find(&rest[4..], b"-->")
            .map_or(Dropped::Unclosed, |end| Dropped::Until(start + 4 + end + 3));
    }
    let Some(name) = DROPPED.iter().find(|name| is_tag(&rest[1..], name)) else { return Dropped::No };
    let head = &rest[..rest.len().min(LONGEST_HEAD)];
    let Some(head_end) = memchr::memchr(b'>', head) else { return Dropped::No };
    if memchr::memmem::find(&head[..head_end], b"ld+json").is_some() {
        return Dropped::No;
    }
    let mut at = head_end;
    while let Some(found) = memchr::memmem::find(&rest[at..], b"</") {
        at += found + 2;
        if is_tag(&rest[at..], name) {
            return memchr::memchr(b'>', &rest[at..])
                .map_or(Dropped::Unclosed, |end| Dropped::Until(start + at + end + 1));
        }
    }
    Dropped::Unclosed
}

fn is_tag(rest: &[u8], name: &str) -> bool {
    let ends = |b: &u8| !b.is_ascii_alphanumeric() && *b != b'-';
    rest.len() > name.len()
        && rest[..name.len()].eq_ignore_ascii_case(name.as_bytes())
        && ends(&rest[name.len()])
}

#[cfg(test)]
mod tests {
    use super::lighten;

    #[test]
    fn only_what_nobody_reads_goes() {
        let page = "<p>One<script>if (a </p> b) '<p>'</SCRIPT > two</p><!-- <script> --><style>p {}</style><p>three</p>";
        assert_eq!(lighten(page), "<p>One two</p><p>three</p>");
        let data = "<script type='application/ld+json'>{}</script>";
        assert_eq!(lighten(data), data);
    }

    #[test]
    fn what_is_never_closed_swallows_the_rest() {
        assert_eq!(lighten("<p>a <script> b <i> c"), "<p>a ");
        assert_eq!(lighten("a < b <scripts> \u{e9}<"), "a < b <scripts> \u{e9}<");
    }
}
