//! Reported speech: who says what, read off the tree and weighed.

use crate::cues::Cues;
use crate::quotes::Quote;
use crate::scorer::{self, Surroundings};
use crate::shape::{self, Candidate, Shape};
use crate::spans;
use dateline_core::codes::{SourceKind, Stance};
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, Span, grammar};

/// Something told on somebody's word.
#[derive(Clone, Debug)]
pub struct Report {
    /// Head token of the source; none when nobody is named.
    pub source: Option<u32>,
    /// The words of the source.
    pub source_span: Option<Span>,
    /// Token of the word of saying.
    pub cue: u32,
    /// The words of saying.
    pub cue_span: Span,
    /// What is told: one stretch, two around the words of saying, and the quotations that go on behind.
    pub content: Vec<Span>,
    /// How the content hangs on the cue.
    pub shape: Shape,
    /// How the word reached the report.
    pub kind: SourceKind,
    /// What the source does with it.
    pub stance: Stance,
    /// To whom.
    pub addressee: Option<u32>,
    /// Log odds that this is an attribution, by the trained weights.
    pub score: f32,
}

impl Report {
    /// Whether the content holds this byte offset.
    pub fn holds(&self, offset: u32) -> bool {
        self.content.iter().any(|c| c.contains(offset))
    }

    /// Whether the source vouches for the content as told, rather than judging, wanting or naming it: "said that they
    /// left" and not "praised the attack", "urged them to leave".
    pub const fn vouches(&self) -> bool {
        matches!(
            self.shape,
            Shape::Clause
                | Shape::Inserted
                | Shape::Preposition
                | Shape::Adverb
                | Shape::Colon
                | Shape::Preceding
                | Shape::Following
        )
    }
}

/// All reports of a document, in text order of their words of saying.
pub fn find(doc: &Document, cues: &Cues, quotes: &[Quote]) -> Vec<Report> {
    let mut found = Vec::new();
    for i in 0..doc.syntax.tokens.len() as u32 {
        let mut best: Option<(f32, Candidate, Surroundings)> = None;
        shape::of(doc, cues, i, &mut |c| {
            let Some(around) = surroundings(doc, quotes, &c) else { return };
            let score = scorer::score(&cues.weights, doc, &c, &around);
            if score > cues.weights.threshold && best.as_ref().is_none_or(|(b, ..)| score > *b) {
                best = Some((score, c, around));
            }
        });
        if let Some((score, c, around)) = best {
            found.extend(report(doc, cues, quotes, &c, &around, score));
        }
    }
    found
}

/// What stands around a candidate; none where it cannot report anything.
pub fn surroundings(doc: &Document, quotes: &[Quote], c: &Candidate) -> Option<Surroundings> {
    let s = &doc.syntax;
    let source = spans::source(doc, c);
    let quoted = |at: u32| {
        let k = quotes.partition_point(|q| q.span.end <= at);
        quotes.get(k).is_some_and(|q| q.span.contains(at))
    };
    let content_quoted = if matches!(c.shape, Shape::Following | Shape::Preceding) {
        spans::neighbour(doc, quotes, c)?;
        true
    } else {
        quoted(s.token(c.content).span.start)
    };
    Some(Surroundings { source, cue_quoted: quoted(s.token(c.cue).span.start), content_quoted })
}

/// The report of a candidate.
pub fn report(
    doc: &Document,
    cues: &Cues,
    quotes: &[Quote],
    c: &Candidate,
    around: &Surroundings,
    score: f32,
) -> Option<Report> {
    let s = &doc.syntax;
    let source_span = around.source.map(|x| spans::source_span(s, c, x));
    let mut content = spans::content(doc, cues, quotes, c, around.source);
    // A source that the tree hangs on what is said before it is no part of that.
    if let (Some(source), Some(told)) = (source_span, content.first_mut())
        && told.start < source.start
        && told.end >= source.end
        && told.end <= s.token(c.cue).span.start
    {
        let words = Span::new(told.start, source.start).of(&doc.text);
        told.end = told.start + words.trim_end_matches([' ', ',', '\n', '"', '”']).len() as u32;
    }
    if content.is_empty() {
        return None;
    }
    let source = around.source.map(|x| grammar::antecedent(s, x));
    let kind = match c.shape {
        _ if source.is_none() => SourceKind::Reportedly,
        Shape::Preposition => SourceKind::AccordingTo,
        _ => SourceKind::Indirect,
    };
    let addressee = addressee(s, cues, c.cue).filter(|&a| a != c.content && c.shape != Shape::Preposition);
    let stance = cues.stance(s.lemma(c.cue)).unwrap_or(Stance::Says);
    let denied = grammar::is_negated(s, c.cue) && s.token(c.cue).upos == Upos::Verb;
    Some(Report {
        source,
        source_span,
        cue: c.cue,
        cue_span: spans::cue_span(doc, cues, c),
        content,
        shape: c.shape,
        kind,
        stance: if denied && stance == Stance::Confirms { Stance::Says } else { stance },
        addressee,
        score,
    })
}

/// Whom something is said to: "told reporters", "said to the council", "said in a letter to the council", "said, speaking
/// to reporters".
pub fn addressee(s: &Syntax, cues: &Cues, cue: u32) -> Option<u32> {
    let to = |i: u32| grammar::prepositional(s, i, "to").find(|&a| s.token(a).deprel != Deprel::Advcl);
    let medium = || s.children_with(cue, Deprel::Obl).filter(|&m| cues.is_medium(s.lemma(m))).find_map(to);
    let speaking = || {
        s.children_with(cue, Deprel::Advcl).find_map(|v| match s.lemma(v) {
            "speak" | "talk" => to(v),
            "address" | "tell" => s.child(v, Deprel::Obj),
            _ => None,
        })
    };
    s.child(cue, Deprel::Iobj)
        .or_else(|| s.child(cue, Deprel::Obj).filter(|_| cues.takes_hearer(s.lemma(cue))))
        .or_else(|| to(cue))
        .or_else(medium)
        .or_else(speaking)
        .filter(|&a| grammar::is_nominal(s.token(a).upos) && !cues.is_medium(s.lemma(a)))
}
