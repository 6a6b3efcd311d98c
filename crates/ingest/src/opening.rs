//! How a report opens, below headline and byline.

use crate::dateline::{self, Found};
use dateline_core::{Removed, Span};

/// How the report opens.
pub(crate) enum Opening {
    Dateline(Found),
    /// An agency's name without a place.
    Credit(Span),
    Plain,
}

/// How many lines are looked through for a dateline: it stands below headline, subtitle and byline.
const TOP_LINES: usize = 5;

pub(crate) fn find(text: &str, removed: &[Removed]) -> Opening {
    let mut offset = 0;
    let mut seen = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let start = offset + line.len() - line.trim_start().len();
        offset += line.len();
        let next = removed.partition_point(|part| part.span.end as usize <= start);
        let is_removed = removed.get(next).is_some_and(|part| part.span.contains(start as u32));
        if content.is_empty() || is_removed {
            continue;
        }
        if let Some(found) = dateline::at_head(content, start) {
            return Opening::Dateline(found);
        }
        if let Some(length) = dateline::credit_at_head(content) {
            return Opening::Credit(Span::new(start as u32, (start + length) as u32));
        }
        seen += 1;
        if seen == TOP_LINES {
            break;
        }
    }
    Opening::Plain
}

#[cfg(test)]
mod tests {
    use super::{Opening, find};
    use dateline_core::{Removed, Span};

    #[test]
    fn below_headline_and_byline() {
        let text = "Envoy leaves\nBy Jane Doe\n\n  CAIRO (AP) - The envoy left.";
        let removed = [Removed { span: Span::new(13, 24), reason: "byline" }];
        assert!(
            matches!(find(text, &removed), Opening::Dateline(found) if found.dateline.place.of(text) == "CAIRO")
        );
    }

    #[test]
    fn an_agency_without_a_place() {
        let text = "(Reuters) - The envoy left.";
        assert!(matches!(find(text, &[]), Opening::Credit(span) if span.of(text) == "(Reuters) -"));
        assert!(matches!(find("The envoy left.", &[]), Opening::Plain));
    }
}
