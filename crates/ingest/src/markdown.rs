//! Markdown: what of it is markup, and what its front matter says.

use dateline_core::{Removed, Span};

/// What a Markdown text tells of itself.
#[derive(Debug, Default)]
pub(crate) struct Front<'a> {
    /// The markup: front matter and the marks of headings, sorted.
    pub(crate) removed: Vec<Removed>,
    pub(crate) title: Option<&'a str>,
    pub(crate) date: Option<&'a str>,
    pub(crate) author: Option<&'a str>,
}

/// Reads front matter between two `---` lines, and the headings.
pub(crate) fn front(text: &str) -> Front<'_> {
    let mut front = Front::default();
    let mut offset = 0;
    let mut in_matter = false;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = offset;
        offset += line.len();
        let content = line.trim();
        if number == 0 && content == "---" {
            in_matter = text[offset..].lines().any(|line| line.trim() == "---");
        } else if in_matter {
            if content == "---" {
                in_matter = false;
                front.removed.push(removed(0, start + line.trim_end().len()));
            } else if let Some((key, value)) = content.split_once(':') {
                let value = Some(value.trim().trim_matches(['"', '\''])).filter(|value| !value.is_empty());
                match key.trim() {
                    "title" => front.title = value,
                    "date" | "published" => front.date = value,
                    "author" => front.author = value,
                    _ => {}
                }
            }
        } else {
            let marks = line.bytes().take_while(|b| *b == b'#').count();
            if (1..=6).contains(&marks) && line[marks..].starts_with(' ') {
                front.removed.push(removed(start, start + marks + 1));
                front.title = front.title.or(Some(line[marks..].trim()));
            }
        }
    }
    front
}

fn removed(start: usize, end: usize) -> Removed {
    Removed { span: Span::new(start as u32, end as u32), reason: "markup" }
}

#[cfg(test)]
mod tests {
    use super::front;

    #[test]
    fn front_matter_and_headings() {
        let text = "---\ntitle: \"Envoy leaves\"\ndate: 2012-11-21\n---\n# Other\n\nThe envoy left.\n";
        let front = front(text);
        assert_eq!((front.title, front.date), (Some("Envoy leaves"), Some("2012-11-21")));
        let marks: Vec<&str> = front.removed.iter().map(|r| r.span.of(text)).collect();
        assert_eq!(marks, ["---\ntitle: \"Envoy leaves\"\ndate: 2012-11-21\n---", "# "]);
    }

    #[test]
    fn a_rule_alone_is_no_front_matter() {
        assert!(front("---\nThe envoy left.\n").removed.is_empty());
    }
}
