//! The examples in the tables come true.

use dateline_time::{Anchors, Tagger, Timex};

const RULES: &str = include_str!("../../../knowledge/time/rules.tsv");
const EXAMPLES: &str = include_str!("../../../knowledge/time/examples.tsv");

/// One example: the plain text, where its brackets stood, and what is expected.
struct Example<'a> {
    text: String,
    spans: Vec<(u32, u32)>,
    published: &'a str,
    values: Vec<&'a str>,
    days: Option<Vec<&'a str>>,
}

fn parts(text: &str) -> Vec<&str> {
    text.split(';').map(str::trim).filter(|v| !v.is_empty()).collect()
}

impl<'a> Example<'a> {
    fn new(marked: &str, published: &'a str, values: &'a str, days: Option<&'a str>) -> Example<'a> {
        let (mut text, mut spans, mut open) = (String::new(), Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '[' => open = text.len() as u32,
                ']' => spans.push((open, text.len() as u32)),
                _ => text.push(c),
            }
        }
        Example { text, spans, published, values: parts(values), days: days.map(parts) }
    }

    /// What is wrong, or nothing.
    fn check(&self, tagger: &Tagger, spans_too: bool) -> Option<String> {
        let mut found = Vec::new();
        let published = self.published.parse().ok()?;
        tagger.tag(&self.text, &Anchors::published(published), &mut found);
        let value = |t: &Timex| format!("{} {}", t.kind.as_str(), t.value);
        let days = |t: &Timex| t.interval.map_or("-".to_owned(), |i| format!("{}..{}", i.start, i.end));
        let values: Vec<String> = found.iter().map(value).collect();
        let spans: Vec<(u32, u32)> = found.iter().map(|t| (t.span.start, t.span.end)).collect();
        let words: Vec<&str> = found.iter().map(|t| t.span.of(&self.text)).collect();
        let intervals: Vec<String> = found.iter().map(days).collect();
        let right = values == self.values
            && (!spans_too || spans == self.spans)
            && self.days.as_ref().is_none_or(|d| *d == intervals);
        (!right).then(|| {
            format!("{:?}: found {words:?} {values:?} {intervals:?}, not {:?}", self.text, self.values)
        })
    }
}

fn lines(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|l| l.split('\t').map(str::trim).collect())
}

fn check(examples: &[Example<'_>], spans_too: bool) {
    let tagger = Tagger::shared();
    let wrong: Vec<String> = examples.iter().filter_map(|e| e.check(tagger, spans_too)).collect();
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

#[test]
fn every_rule_does_what_its_example_says() {
    let rules: Vec<Example<'_>> = lines(RULES)
        .filter(|f| !f[0].starts_with('%'))
        .map(|f| Example::new(f[3], f[4], f.get(5).copied().unwrap_or_default(), None))
        .collect();
    check(&rules, false);
}

#[test]
fn the_literate_examples_come_true() {
    let examples: Vec<Example<'_>> = lines(EXAMPLES)
        .map(|f| Example::new(f[0], f[1], f.get(2).copied().unwrap_or_default(), f.get(3).copied()))
        .collect();
    assert!(examples.len() >= 150, "only {} examples", examples.len());
    check(&examples, true);
}
