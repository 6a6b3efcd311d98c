//! Lines that are no part of the report, by the table `knowledge/ingest/boilerplate.tsv`.
//!
//! Nothing is cut out: what is found is kept as [`Removed`] spans, so that offsets stay honest.

use crate::dates;
use crate::table;
use dateline_core::{Removed, Span};
use jiff::civil::Date;
use regex::{Regex, RegexSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../knowledge/ingest/boilerplate.tsv");
/// Lines longer than this are prose.
const LONGEST_LINE: usize = 480;
/// Lines longer than this are no entries of a list.
const LONGEST_ENTRY: usize = 220;
/// What may stand before the first word of a line.
const BULLETS: [char; 14] = ['•', '·', '-', '–', '—', '*', '|', '»', '>', '›', '▶', '►', '→', ' '];
/// How many headlines of other reports may follow one another.
const HEADLINES: usize = 8;
/// How many lines that say something make the head, and how many the foot.
const HEAD: usize = 8;
const FOOT: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Line,
    Head,
    Foot,
    Lead,
    Section,
}

/// What a whole-line pattern is for.
#[derive(Clone, Copy, Debug)]
struct Kind {
    scope: Scope,
    reason: &'static str,
    longest: usize,
}

struct Rules {
    /// Whole-line patterns, and what each is for.
    whole: RegexSet,
    kinds: Vec<Kind>,
    /// Patterns for a part of a line.
    parts: Vec<(Regex, &'static str)>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| parse(TABLE).unwrap_or_else(|_| Rules::none()));

impl Rules {
    fn none() -> Self {
        Self { whole: RegexSet::empty(), kinds: Vec::new(), parts: Vec::new() }
    }
}

fn parse(table: &'static str) -> Result<Rules, String> {
    let (mut patterns, mut kinds, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in table::lines(table) {
        let at = |what: String| format!("knowledge/ingest/boilerplate.tsv:{number}: {what}");
        let mut columns = line.split('\t');
        let row =
            (|| Some((columns.next()?, columns.next()?, columns.next()?.parse().ok()?, columns.next()?)))();
        let Some((scope, reason, longest, pattern)) = row else {
            return Err(at("a line has four columns: scope, reason, longest line, pattern".to_owned()));
        };
        // Word boundaries of ASCII: those of Unicode would bar the fast automaton from lines with other letters.
        let pattern = pattern.replace(r"\b", r"(?-u:\b)");
        let scope = match scope {
            "line" => Scope::Line,
            "head" => Scope::Head,
            "foot" => Scope::Foot,
            "lead" => Scope::Lead,
            "section" => Scope::Section,
            "part" => {
                let pattern = format!("(?i:{pattern})");
                parts.push((Regex::new(&pattern).map_err(|e| at(e.to_string()))?, reason));
                continue;
            }
            other => return Err(at(format!("unknown scope {other}"))),
        };
        let pattern = format!(r"^(?i:{pattern})$");
        Regex::new(&pattern).map_err(|e| at(e.to_string()))?;
        patterns.push(pattern);
        kinds.push(Kind { scope, reason, longest });
    }
    let whole = regex::RegexSetBuilder::new(patterns).size_limit(64 << 20).dfa_size_limit(32 << 20).build();
    Ok(Rules { whole: whole.map_err(|e| e.to_string())?, kinds, parts })
}

/// A line with something on it: where it stands, without the white space around it.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    start: usize,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Like a headline in a list of links: short, and not ended like a sentence.
    fn is_headline(&self) -> bool {
        self.text.len() <= 140 && !self.text.ends_with(['.', '!', '?', '"', '\u{201d}', ':', ';', ','])
    }
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Sorted, not overlapping.
    pub(crate) removed: Vec<Removed>,
    /// The day of a line that tells nothing but a date.
    pub(crate) date: Option<Date>,
}

/// Finds the lines of `text` that are no part of the report.
pub(crate) fn find(text: &str) -> Found {
    let rules = &*RULES;
    let lines: Vec<Line<'_>> = lines(text).collect();
    let prose_ends =
        lines.iter().rposition(|line| line.text.len() > LONGEST_ENTRY).map_or(0, |last| last + 1);
    let mut found = Found::default();
    let mut remove = |start: usize, end: usize, reason: &'static str| {
        if found.removed.last().is_none_or(|last| last.span.end as usize <= start) {
            found.removed.push(Removed { span: Span::new(start as u32, end as u32), reason });
        }
    };
    let mut i = 0;
    while let Some(&line) = lines.get(i) {
        i += 1;
        if line.text.len() > LONGEST_LINE {
            find_parts(line, rules, &mut remove);
            continue;
        }
        let in_head = i <= HEAD;
        if in_head && let Some(date) = dates::of_date_line(line.text) {
            found.date.get_or_insert(date);
            remove(line.start, line.end(), "date");
            continue;
        }
        let in_foot = i + FOOT > lines.len();
        let words = line.text.trim_start_matches(BULLETS);
        let fits = |kind: &Kind| {
            line.text.len() <= kind.longest
                && match kind.scope {
                    Scope::Line | Scope::Lead => true,
                    Scope::Head => in_head,
                    Scope::Foot => in_foot,
                    Scope::Section => i > 2 && i > prose_ends,
                }
        };
        let kind = rules.whole.matches(words).iter().map(|k| rules.kinds[k]).find(fits);
        let Some(Kind { scope, reason, .. }) = kind else {
            find_parts(line, rules, &mut remove);
            continue;
        };
        let mut last = line;
        match scope {
            Scope::Section => {
                last = lines[lines.len() - 1];
                i = lines.len();
            }
            // "Also read" leads in the headlines of other reports.
            Scope::Lead => {
                let headlines =
                    lines[i..].iter().take(HEADLINES).take_while(|line| line.is_headline()).count();
                i += headlines;
                last = lines[i - 1];
            }
            _ => {}
        }
        remove(line.start, last.end(), reason);
    }
    found
}

fn find_parts(line: Line<'_>, rules: &Rules, remove: &mut impl FnMut(usize, usize, &'static str)) {
    // Every part stands in brackets of some kind.
    if memchr::memchr2(b'(', b'[', line.text.as_bytes()).is_none() {
        return;
    }
    for (pattern, reason) in &rules.parts {
        for found in pattern.find_iter(line.text) {
            remove(line.start + found.start(), line.start + found.end(), reason);
        }
    }
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.split_inclusive('\n')
        .scan(0, |offset, line| {
            let start = *offset + (line.len() - line.trim_start().len());
            *offset += line.len();
            Some(Line { text: line.trim(), start })
        })
        .filter(|line| !line.text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{TABLE, find, parse};

    /// The removed parts of `text` with their reasons.
    fn removed(text: &str) -> Vec<(&str, &str)> {
        find(text).removed.iter().map(|r| (r.span.of(text), r.reason)).collect()
    }

    #[test]
    fn the_table_is_sound() {
        assert!(parse(TABLE).is_ok_and(|rules| rules.kinds.len() > 40), "{:?}", parse(TABLE).err());
    }

    #[test]
    fn a_lead_in_goes_with_its_headline_and_not_with_the_report() {
        let text = "The envoy left on Monday.\nAlso Read\n\"We will be back,\" she said.\n\nAlso Read\nFive things to know about the talks\nHe agreed.";
        assert_eq!(
            removed(text),
            [("Also Read", "related"), ("Also Read\nFive things to know about the talks", "related")]
        );
    }

    #[test]
    fn page_furniture() {
        for (line, reason) in [
            ("ADVERTISEMENT", "advertisement"),
            ("Share this", "share"),
            ("Facebook Twitter Linkedin Mail", "share"),
            ("Follow us on Twitter @example", "share"),
            ("1,204 shares", "share"),
            ("Read more: Ministers meet in Geneva", "related"),
            ("Click here for more", "related"),
            ("Sign up for our morning newsletter", "newsletter"),
            ("Photo: Jane Doe", "caption"),
            ("Copyright 2012 Example Press", "legal"),
        ] {
            let text = format!(
                "The talks began on Monday in the capital.\n{line}\nThey went on until midnight, officials said."
            );
            assert_eq!(removed(&text), [(line, reason)]);
        }
    }

    #[test]
    fn bylines_only_at_the_top() {
        assert_eq!(removed("By JANE DOE\n\nThe talks began."), [("By JANE DOE", "byline")]);
        let text = "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\nSeven.\nEight.\nBy Monday\nTen.";
        assert_eq!(removed(text), []);
    }

    #[test]
    fn a_byline_names_a_trade_and_is_no_sentence() {
        for line in ["Our Special Correspondent", "By our staff reporter in Jakarta", "The Foreign Desk"] {
            assert_eq!(removed(&format!("{line}\n\nThe talks began.")), [(line, "byline")]);
        }
        for line in
            ["The foreign minister arrived in Tehran.", "The staff walked out.", "A special envoy was sent"]
        {
            assert_eq!(removed(&format!("{line}\n\nThe talks began.")), []);
        }
    }

    #[test]
    fn credits_at_the_end_of_a_paragraph() {
        let text = "Talks go on. (Reporting by Jane Doe; Editing by John Roe)";
        assert_eq!(removed(text), [("(Reporting by Jane Doe; Editing by John Roe)", "credit")]);
    }

    #[test]
    fn lists_of_sources_go_and_prose_stays() {
        let text =
            "The talks ended.\nNobody spoke.\n\nSources\n\nJane Doe. Talks end. Example News, May 2, 2011";
        assert_eq!(removed(text).len(), 1);
        let prose = format!(
            "The talks ended.\nNobody spoke.\n\nSources\n\n{}",
            "Officials said that they would meet again. ".repeat(8)
        );
        assert_eq!(removed(&prose), []);
    }

    #[test]
    fn sentences_of_reports_stay() {
        for sentence in [
            "Share prices fell after the minister resigned.",
            "Sources said the two sides would meet again on Friday.",
            "Follow-up talks are planned for June.",
            "Join us or leave, the general told the rebels.",
            "The president asked citizens to support the army.",
            "Subscribers of the state paper were told of the coup on Sunday.",
            "\"Sign the treaty,\" he said.",
            "Get out of our country, protesters shouted.",
            "Related talks in Vienna broke down.",
            "Photographs of the attack were shown to the council.",
            "By Monday, the troops had left.",
            "Copyright law was on the agenda of the summit.",
            "The envoy met the king (left) in Amman.",
            "Watch towers were built along the border.",
            "More than 20 people were killed.",
            "Comments by the minister angered Ankara.",
            "Video showed soldiers firing at the crowd.",
            "Like his father, he ruled alone.",
            "Save the Children said two aid workers were abducted.",
            "Contact with the hostages was lost.",
            "Register of voters to be closed, the commission said.",
        ] {
            let text =
                format!("{sentence}\nThe second paragraph of this report.\nAnd the third.\n{sentence}");
            assert_eq!(removed(&text), [], "{sentence}");
        }
    }
}
