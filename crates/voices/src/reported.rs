//! Reported speech: who says what, read off the tree.

use crate::cues::Cues;
use dateline_core::codes::{SourceKind, Stance};
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, Span, grammar};

/// Something told on somebody's word.
#[derive(Clone, Debug)]
pub struct Report {
    /// Head token of the source; none when nobody is named.
    pub source: Option<u32>,
    /// Token of the word of saying.
    pub cue: u32,
    /// The words of saying.
    pub cue_span: Span,
    /// What is told: one stretch, or two around the words of saying.
    pub content: Vec<Span>,
    /// How the word reached the report.
    pub kind: SourceKind,
    /// What the source does with it.
    pub stance: Stance,
    /// To whom.
    pub addressee: Option<u32>,
}

impl Report {
    /// Whether the content holds this byte offset.
    pub fn holds(&self, offset: u32) -> bool {
        self.content.iter().any(|c| c.contains(offset))
    }
}

/// All reports of a document, in text order of their words of saying.
pub fn find(doc: &Document, cues: &Cues) -> Vec<Report> {
    let s = &doc.syntax;
    (0..s.tokens.len() as u32)
        .filter_map(|i| verb(doc, cues, i).or_else(|| according_to(doc, i)).or_else(|| adverb(doc, i)))
        .collect()
}

/// "X said that ...", "..., X said", "X is said to ...".
fn verb(doc: &Document, cues: &Cues, i: u32) -> Option<Report> {
    let s = &doc.syntax;
    if s.token(i).upos != Upos::Verb {
        return None;
    }
    let stance = cues.stance(s.lemma(i))?;
    let complement = s.children(i).iter().copied().find(|&c| {
        let t = s.token(c);
        t.deprel == Deprel::Ccomp || (t.deprel == Deprel::Parataxis && c > i && grammar::is_verbal(s, c))
    });
    let content = if let Some(c) = complement {
        vec![s.subtree_span(c)]
    } else if matches!(s.token(i).deprel, Deprel::Parataxis | Deprel::Discourse) {
        around(s, i)?
    } else if grammar::is_passive(s, i) {
        vec![s.subtree_span(s.child(i, Deprel::Xcomp)?)]
    } else {
        return None;
    };
    let source = grammar::subject(s, i);
    let kind = if source.is_none() { SourceKind::Reportedly } else { SourceKind::Indirect };
    let addressee =
        s.child(i, Deprel::Obj).or_else(|| s.child(i, Deprel::Iobj)).filter(|_| s.lemma(i) == "tell");
    Some(Report { source, cue: i, cue_span: s.token(i).span, content, kind, stance, addressee })
}

/// The sentence around an inserted "he said".
fn around(s: &Syntax, i: u32) -> Option<Vec<Span>> {
    let head = s.head(i)?;
    let whole = s.subtree_span(head);
    let inserted = s.subtree_span(i);
    let before = Span::new(whole.start, inserted.start);
    let after = Span::new(inserted.end, whole.end);
    Some([before, after].into_iter().filter(|p| !p.is_empty()).collect())
}

/// "according to X, ..."
fn according_to(doc: &Document, i: u32) -> Option<Report> {
    let s = &doc.syntax;
    let t = s.token(i);
    if !matches!(t.deprel, Deprel::Obl | Deprel::Nmod) {
        return None;
    }
    let case = s
        .children_with(i, Deprel::Case)
        .find(|&c| s.lemma(c) == "accord" || doc.form(c).eq_ignore_ascii_case("according"))?;
    let phrase = s.subtree_span(i);
    let clause = s.subtree_span(s.head(i)?);
    let content = [Span::new(clause.start, phrase.start), Span::new(phrase.end, clause.end)];
    let last = (case + 1..i).find(|&c| s.lemma(c) == "to").unwrap_or(case);
    let cue_span = s.token(case).span.join(s.token(last).span);
    Some(Report {
        source: Some(i),
        cue: case,
        cue_span,
        content: content.into_iter().filter(|p| !p.is_empty()).collect(),
        kind: SourceKind::AccordingTo,
        stance: Stance::Says,
        addressee: None,
    })
}

/// "reportedly", "allegedly".
fn adverb(doc: &Document, i: u32) -> Option<Report> {
    let s = &doc.syntax;
    let stance = match s.lemma(i) {
        "reportedly" | "apparently" => Stance::Says,
        "allegedly" | "purportedly" | "supposedly" => Stance::Claims,
        _ => return None,
    };
    let head = s.head(i).filter(|_| s.token(i).deprel == Deprel::Advmod)?;
    Some(Report {
        source: None,
        cue: i,
        cue_span: s.token(i).span,
        content: vec![s.subtree_span(head)],
        kind: SourceKind::Reportedly,
        stance,
        addressee: None,
    })
}
