//! Elements to running text: a block is a paragraph, `<br>` a new line, inline elements leave no trace.

use super::walk::{Step, walk};
use dom_query::NodeRef;

/// What an element does to the flow of text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Effect {
    Inline,
    Break,
    Block,
    Cell,
    Skipped,
}

fn effect(name: &str) -> Effect {
    match name {
        "br" => Effect::Break,
        "td" | "th" => Effect::Cell,
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "head" | "iframe" | "object"
        | "select" | "button" | "textarea" | "audio" | "video" | "canvas" => Effect::Skipped,
        "p" | "div" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "blockquote" | "pre" | "table" | "tr" | "thead" | "tbody" | "tfoot" | "caption" | "section"
        | "article" | "aside" | "header" | "footer" | "main" | "nav" | "figure" | "figcaption" | "form"
        | "fieldset" | "hr" | "address" | "details" | "summary" | "body" | "html" | "center" | "dialog" => {
            Effect::Block
        }
        _ => Effect::Inline,
    }
}

/// The text under `root`: paragraphs parted by blank lines, white space folded.
pub(super) fn text(root: &NodeRef<'_>) -> String {
    let mut flow = Flow::default();
    walk(*root, |step| match step {
        Step::Enter(node) => flow.enter(&node),
        Step::Leave(node) => flow.leave(&node),
    });
    flow.out
}

/// White space that is owed before the next word, the stronger hides the weaker.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

#[derive(Default)]
struct Flow {
    out: String,
    gap: Gap,
}

impl Flow {
    /// Takes in a node; false when its children are not to be read.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            self.words(&node.text());
            return false;
        }
        if node.is_comment() || node.is_doctype() {
            return false;
        }
        match node.qual_name_ref().map_or(Effect::Inline, |name| effect(&name.local)) {
            Effect::Skipped => return false,
            Effect::Break => self.owe(Gap::Line),
            Effect::Block => self.owe(Gap::Paragraph),
            Effect::Cell => self.owe(Gap::Space),
            Effect::Inline => {}
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) -> bool {
        if node.qual_name_ref().is_some_and(|name| effect(&name.local) == Effect::Block) {
            self.owe(Gap::Paragraph);
        }
        true
    }

    fn owe(&mut self, gap: Gap) {
        // Two line breaks in a row part paragraphs.
        self.gap = if gap == Gap::Line && self.gap == Gap::Line { Gap::Paragraph } else { self.gap.max(gap) };
    }

    fn words(&mut self, text: &str) {
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            if next.is_whitespace() {
                self.gap = self.gap.max(Gap::Space);
                rest = rest.trim_start();
                continue;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            if !self.out.is_empty() {
                self.out.push_str(match self.gap {
                    Gap::None => "",
                    Gap::Space => " ",
                    Gap::Line => "\n",
                    Gap::Paragraph => "\n\n",
                });
            }
            self.gap = Gap::None;
            self.out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    fn flow(html: &str) -> String {
        text(&dom_query::Document::from(html).root())
    }

    #[test]
    fn inline_tags_leave_no_spaces() {
        assert_eq!(
            flow("<p>The <b>en</b>voy, <a href='#'>Jane Doe</a>, left.</p>"),
            "The envoy, Jane Doe, left."
        );
    }

    #[test]
    fn blocks_and_breaks() {
        assert_eq!(
            flow("<div>One<p>Two</p>Three<br>Four<br><br>Five</div>"),
            "One\n\nTwo\n\nThree\nFour\n\nFive"
        );
        assert_eq!(flow("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), "a b\n\nc");
    }

    #[test]
    fn code_is_no_text() {
        assert_eq!(
            flow("<p>One<script>var x = 'two';</script> three &amp; four</p><style>p {}</style>"),
            "One three & four"
        );
    }
}
