//! Misdeeds: "he has betrayed us", "they are breaking the law". Who says so of somebody else accuses.
//!
//! The verbs stand in `knowledge/misdeeds.tsv`; the frame under whose name they count, "say bad", in the table of accusations.

use crate::matcher::Match;
use crate::speech::{Told, is_we, own_side};
use crate::table::FrameTable;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, grammar};
use rustc_hash::{FxHashMap, FxHashSet};

const EMBEDDED: &str = include_str!("../../../knowledge/misdeeds.tsv");

/// The frame of an accusation that lies in what is said.
const FRAME: &str = "say bad";

/// Verbs that blame their subject.
#[derive(Debug, Default)]
pub struct Misdeeds {
    /// For each verb the objects that it must have; none: whatever its object is.
    verbs: FxHashMap<Box<str>, Vec<Box<str>>>,
}

/// What is wrong with a line of the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "knowledge/misdeeds.tsv:{line}: needs a verb, and behind a tab its objects, parted by |, if not all will do"
)]
pub struct MisdeedError {
    /// The line, from 1.
    pub line: usize,
}

impl Misdeeds {
    /// The table that is part of the program.
    ///
    /// # Errors
    /// A line that does not follow the format.
    pub fn embedded() -> Result<Misdeeds, MisdeedError> {
        Misdeeds::parse(EMBEDDED)
    }

    /// Reads lines of `verb` or `verb TAB object|object`.
    ///
    /// # Errors
    /// A line that does not follow the format.
    pub fn parse(text: &str) -> Result<Misdeeds, MisdeedError> {
        let mut verbs: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t');
            let verb = columns.next().filter(|verb| !verb.is_empty() && !verb.contains(' '));
            let (Some(verb), objects, None) = (verb, columns.next(), columns.next()) else {
                return Err(MisdeedError { line: number + 1 });
            };
            let objects = objects.into_iter().flat_map(|all| all.split('|')).map(Box::from);
            verbs.entry(verb.into()).or_default().extend(objects);
        }
        Ok(Misdeeds { verbs })
    }

    /// Whether `i` is a verb that blames its subject.
    fn blames(&self, s: &Syntax, i: u32) -> bool {
        s.token(i).upos == Upos::Verb
            && self.verbs.get(s.lemma(i)).is_some_and(|objects| {
                let named = |o: u32| objects.iter().any(|w| **w == *s.lemma(o));
                objects.is_empty() || grammar::object(s, i).is_some_and(named)
            })
            && !grammar::is_passive(s, i)
    }
}

/// Adds the accusations that lie in what is said of somebody else's deeds.
pub fn matches(
    doc: &Document,
    cast: &Cast,
    table: &FrameTable,
    misdeeds: &Misdeeds,
    told: &Told,
    found: &mut Vec<Match>,
) {
    let s = &doc.syntax;
    let Some(frame) = table.named(FRAME) else { return };
    let taken: FxHashSet<u32> = found.iter().map(|m| m.trigger).collect();
    let before = found.len();
    for i in 0..s.tokens.len() as u32 {
        if misdeeds.blames(s, i)
            && !taken.contains(&i)
            && is_claimed(s, i)
            && let Some(speech) = told.innermost(s.token(i).span.start)
            && let Some(subject) = grammar::subject(s, i).filter(|&t| !is_we(s, t))
            && let Some(recipient) = blamed(s, cast, subject)
            && !own_side(cast, speech.speaker, recipient)
        {
            found.push(Match {
                frame,
                trigger: i,
                trigger_span: s.token(i).span,
                actors: vec![speech.speaker],
                recipients: vec![recipient],
                fillers: (Vec::new(), Vec::new()),
                others: Vec::new(),
                unmet: None,
            });
        }
    }
    if found.len() > before {
        found.sort_by_key(|m| m.trigger);
    }
}

/// Whether a deed is said to be so: not denied, supposed or asked for.
fn is_claimed(s: &Syntax, i: u32) -> bool {
    !grammar::is_negated(s, i)
        && !s.children(i).iter().any(|&c| match s.token(c).deprel {
            Deprel::Aux => s.token(c).xpos == Xpos::Md,
            Deprel::Mark => matches!(s.lemma(c), "if" | "whether" | "unless" | "to" | "lest"),
            _ => false,
        })
}

/// Who is blamed when `token` does something: the party itself, or the one whose act, word or plan it is.
fn blamed(s: &Syntax, cast: &Cast, token: u32) -> Option<u32> {
    let party = |t: u32| cast.member_at(t).filter(|&m| cast.member(m).kind != EntityKind::Place);
    party(token).or_else(|| s.child(token, Deprel::NmodPoss).and_then(party))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        let table = Misdeeds::embedded().unwrap();
        assert!(table.verbs["betray"].is_empty() && table.verbs["break"].contains(&"law".into()));
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(Misdeeds::parse("# words\nbreak law").unwrap_err(), MisdeedError { line: 2 });
        assert_eq!(Misdeeds::parse("lie\ttale\ttruth").unwrap_err(), MisdeedError { line: 1 });
    }
}
