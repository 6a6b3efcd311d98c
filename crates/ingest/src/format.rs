//! What the bytes are: text, a page, Markdown.

/// What the bytes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// To be found out: a page when it opens with a tag, else plain text; `.md` paths are Markdown.
    #[default]
    Auto,
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// Markdown: plain text whose front matter and heading marks are not read.
    Markdown,
    /// Tags and text of an article, without a page around it: the content of a feed's entry.
    Fragment,
}

impl Format {
    /// What the ending of a name tells.
    pub fn of_name(name: &str) -> Self {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "shtml") => Self::Html,
            Some("md" | "markdown") => Self::Markdown,
            _ => Self::Auto,
        }
    }
}

/// A page opens with a tag, or with what stands before one.
pub(crate) fn recognise(bytes: &[u8], path: Option<&str>) -> Format {
    match path.map_or(Format::Auto, Format::of_name) {
        Format::Auto => {}
        told => return told,
    }
    // Zeros are dropped so that UTF-16 is seen through.
    let head: Vec<u8> = bytes.iter().take(4096).filter(|b| **b != 0).map(u8::to_ascii_lowercase).collect();
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    let opens = head.trim_ascii_start().strip_prefix(b"\xFF\xFE").unwrap_or(head).trim_ascii_start();
    let tags: [&[u8]; 9] =
        [b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<div", b"<article", b"<p>", b"<title"];
    let is_page = opens.starts_with(b"<")
        && (tags.iter().any(|tag| opens.starts_with(tag))
            || tags[..4].iter().any(|tag| memchr::memmem::find(opens, tag).is_some()));
    if is_page { Format::Html } else { Format::Text }
}

#[cfg(test)]
mod tests {
    use super::{Format, recognise};

    #[test]
    fn pages_open_with_a_tag() {
        assert_eq!(recognise(b"\xEF\xBB\xBF\n<!DOCTYPE html><p>a", None), Format::Html);
        assert_eq!(recognise(b"<!-- saved --><HTML><p>a", Some("a.txt")), Format::Html);
        assert_eq!(recognise(b"<b>The envoy</b> left.", None), Format::Text);
        assert_eq!(recognise(b"The envoy left.", Some("a.MD")), Format::Markdown);
        assert_eq!(recognise(b"The envoy left.", Some("a.htm")), Format::Html);
    }
}
