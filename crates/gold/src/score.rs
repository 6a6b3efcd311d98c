//! How far a reading agrees with an annotation.
//!
//! An answered event may be paired with an annotated one of its type where, for some mention of each, the trigger of one
//! lies in the clause of the other. Annotated events that are not `sure` count neither way, and neither do answers told as
//! background that pair with nothing.

use crate::error::Error;
use crate::files::Case;
use crate::format::{Event, Statement};
use crate::names::{same_name, same_party};
use crate::pairs::{self, Answer, Gold, is_reciprocal, parties_agree, points};
use dateline_core::record::Record;
use dateline_core::{Span, Status};
use serde::Serialize;
use std::collections::BTreeMap;

/// What was right, what was answered, what is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Right answers.
    pub right: usize,
    /// Answers.
    pub answered: usize,
    /// What an annotator found.
    pub there: usize,
}

impl Count {
    fn add(&mut self, right: usize, answered: usize, there: usize) {
        self.right += right;
        self.answered += answered;
        self.there += there;
    }

    /// Precision.
    pub fn precision(self) -> f64 {
        share(self.right, self.answered)
    }

    /// Recall.
    pub fn recall(self) -> f64 {
        share(self.right, self.there)
    }

    /// Their harmonic mean.
    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One line of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// What was measured.
    pub name: &'static str,
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// F1.
    pub f1: f64,
    /// How many there are to find.
    pub n: usize,
}

/// The names of what is measured, in the order in which it is told.
pub const NAMES: [&str; 12] = [
    "trigger",
    "parties",
    "full",
    "slots",
    "status_marked",
    "mode",
    "place",
    "date",
    "sources",
    "magnitude",
    "quotes",
    "quotes_speaker",
];

/// How far readings agree with annotations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Number of reports.
    pub documents: usize,
    counts: [Count; NAMES.len()],
    /// By type of event.
    pub types: BTreeMap<&'static str, Count>,
}

impl Score {
    /// The lines, rounded to four digits.
    pub fn lines(&self) -> Vec<Line> {
        let round = |x: f64| (x * 1e4).round() / 1e4;
        let line = |(name, c): (&&'static str, &Count)| Line {
            name,
            p: round(c.precision()),
            r: round(c.recall()),
            f1: round(c.f1()),
            n: c.there,
        };
        NAMES.iter().zip(&self.counts).map(line).collect()
    }

    /// The count under a name.
    pub fn count(&self, name: &str) -> Option<Count> {
        NAMES.iter().position(|n| *n == name).map(|k| self.counts[k])
    }

    fn at(&mut self, name: &str) -> &mut Count {
        let k = NAMES.iter().position(|n| *n == name).unwrap_or_default();
        &mut self.counts[k]
    }

    /// Takes in a report: what was read of it, with spans in code points, against its annotation.
    ///
    /// # Errors
    /// When the annotation quotes what its text does not have.
    pub fn add(&mut self, case: &Case, record: &Record) -> Result<(), Error> {
        let gold = pairs::gold(case)?;
        let answers = pairs::answers(record);
        let paired = pairs::pair(&gold, &answers);
        self.documents += 1;
        self.events(&gold, &answers, &paired);
        self.quotes(case, record);
        Ok(())
    }

    fn events(&mut self, gold: &[Gold<'_>], answers: &[Answer<'_>], paired: &[(usize, usize)]) {
        let mut of_answer = vec![None; answers.len()];
        for &(i, j) in paired {
            of_answer[j] = Some(i);
        }
        let counts = |(j, a): &(usize, &Answer<'_>)| {
            of_answer[*j].map_or(!a.background, |i: usize| gold[i].event.sure)
        };
        let counted: Vec<&Answer<'_>> = answers.iter().enumerate().filter(counts).map(|(_, a)| a).collect();
        let sure: Vec<&Event> = gold.iter().map(|g| g.event).filter(|e| e.sure).collect();
        for name in ["trigger", "parties", "full"] {
            self.at(name).add(0, counted.len(), sure.len());
        }
        let of_gold: usize = sure.iter().map(|e| e.actors.len() + e.recipients.len()).sum();
        self.at("slots").add(0, counted.iter().map(|a| a.actors.len() + a.recipients.len()).sum(), of_gold);
        for event in &sure {
            self.types.entry(event.event_type.as_str()).or_default().there += 1;
        }
        for answer in &counted {
            self.types.entry(answer.event_type.as_str()).or_default().answered += 1;
        }
        for &(i, j) in paired.iter().filter(|(i, _)| gold[*i].event.sure) {
            let (event, answer) = (gold[i].event, &answers[j]);
            let agree = parties_agree(event, answer);
            self.at("trigger").right += 1;
            self.at("parties").right += usize::from(agree);
            self.at("full").right += usize::from(agree && event.status == answer.status);
            self.at("slots").right += slots(event, answer);
            self.types.entry(event.event_type.as_str()).or_default().right += 1;
            self.attributes(event, answer);
        }
    }

    /// What is said of a paired event beside its parties.
    fn attributes(&mut self, gold: &Event, answer: &Answer<'_>) {
        let marked = |status: Status| status != Status::Happened;
        let (there, answered) = (marked(gold.status), marked(answer.status));
        let right = there && gold.status == answer.status;
        self.at("status_marked").add(usize::from(right), usize::from(answered), usize::from(there));
        if let Some(mode) = gold.mode.as_deref().filter(|m| !m.is_empty()) {
            let right = answer.mode == Some(mode);
            self.at("mode").add(usize::from(right), usize::from(answer.mode.is_some()), 1);
        }
        let right = gold.place.as_ref().zip(answer.place).is_some_and(|(g, a)| same_name(&g.name, a));
        let (answered, there) = (answer.place.is_some(), gold.place.is_some());
        self.at("place").add(usize::from(right), usize::from(answered), usize::from(there));
        let right = gold.when.zip(answer.when).is_some_and(|(g, a)| (g.start, g.end) == (a.start, a.end));
        let (answered, there) = (answer.when.is_some(), gold.when.is_some());
        self.at("date").add(usize::from(right), usize::from(answered), usize::from(there));
        let mut left: Vec<&str> = answer.sources.iter().map(String::as_str).collect();
        let right = gold.sources.iter().filter(|g| take(&mut left, |a| same_name(g, a))).count();
        self.at("sources").add(right, answer.sources.len(), gold.sources.len());
        let numbers = gold.magnitude.unwrap_or_default();
        let pairs = [(numbers.killed, answer.magnitude.killed), (numbers.injured, answer.magnitude.injured)];
        let right = pairs.iter().filter(|(g, a)| g.is_some() && g == a).count();
        let answered = pairs.iter().filter(|(_, a)| a.is_some()).count();
        self.at("magnitude").add(right, answered, pairs.iter().filter(|(g, _)| g.is_some()).count());
    }

    /// Direct quotations: found where four fifths of the characters are shared.
    fn quotes(&mut self, case: &Case, record: &Record) {
        let entity = |id: &String| record.entities.iter().find(|e| e.id == *id);
        let answers: Vec<_> = record.statements.iter().filter(|s| s.quoted).collect();
        let mut used = vec![false; answers.len()];
        let (mut found, mut spoken) = (0, 0);
        for statement in &case.gold.statements {
            let spans = spans(statement, &case.text.text);
            let alike = |a: Span| spans.iter().any(|g| is_mostly(*g, a));
            let Some(j) = (0..answers.len()).find(|&j| !used[j] && alike(answers[j].span)) else { continue };
            used[j] = true;
            found += 1;
            let of_entity = || answers[j].speaker.as_ref().and_then(entity).map(|e| e.name.as_str());
            let speaker =
                answers[j].name.as_deref().filter(|n| !n.is_empty()).or_else(of_entity).unwrap_or("");
            spoken += usize::from(match statement.speaker.as_deref().filter(|s| !s.is_empty()) {
                Some(name) => same_name(name, speaker),
                None => speaker.is_empty(),
            });
        }
        let there = case.gold.statements.len();
        self.at("quotes").add(found, answers.len(), there);
        self.at("quotes_speaker").add(spoken, answers.len(), there);
    }
}

/// Takes the first member that fits; whether there was one.
fn take<T>(left: &mut Vec<T>, fits: impl Fn(&T) -> bool) -> bool {
    left.iter().position(fits).map(|k| left.remove(k)).is_some()
}

/// How many single parties are right.
fn slots(gold: &Event, answer: &Answer<'_>) -> usize {
    let sides = if is_reciprocal(gold.event_type) {
        vec![(
            gold.actors.iter().chain(&gold.recipients).collect::<Vec<_>>(),
            answer.actors.iter().chain(&answer.recipients).collect::<Vec<_>>(),
        )]
    } else {
        vec![
            (gold.actors.iter().collect(), answer.actors.iter().collect()),
            (gold.recipients.iter().collect(), answer.recipients.iter().collect()),
        ]
    };
    sides
        .into_iter()
        .map(|(g, mut left)| g.iter().filter(|g| take(&mut left, |a| same_party(g, a))).count())
        .sum()
}

/// Where a quotation may stand, in code points.
fn spans(statement: &Statement, text: &str) -> Vec<Span> {
    if let Some(span) = statement.span {
        return vec![span];
    }
    let quote = &statement.quote;
    text.match_indices(quote.as_str()).map(|(at, _)| points(text, at, at + quote.len())).collect()
}

fn is_mostly(a: Span, b: Span) -> bool {
    let shared = f64::from(a.end.min(b.end)) - f64::from(a.start.max(b.start));
    shared >= 0.8 * f64::from(a.len().max(b.len()))
}
