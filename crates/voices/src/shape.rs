//! Where a word of saying can have its content: every verb, noun, adjective, preposition and adverb that might report
//! something, with the words that it might report. Whether it does is for [`crate::scorer`] to say.

use crate::cues::Cues;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, grammar};

/// How content hangs on its cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// "said that they left"
    Clause,
    /// "promised to leave"
    Infinitive,
    /// "denied the charge"
    Object,
    /// "called for talks": the preposition belongs to the cue.
    Oblique,
    /// "made the claim that", "voiced support for": the noun between belongs to the cue.
    Phrase,
    /// "They left, he said, at noon."
    Inserted,
    /// "The plan was announced by Iran."
    Subject,
    /// "the plan that Iran announced", "the plan announced by Iran"
    Modified,
    /// "Iran's claim that", "warnings of war"
    Noun,
    /// "is sure that", "is critical of"
    Adjective,
    /// "according to Iran"
    Preposition,
    /// "reportedly"
    Adverb,
    /// A colon behind a name: "Iran: We will stay"
    Colon,
    /// "called the vote a farce", "praised them for leaving": what is judged and how.
    Predication,
    /// A quotation ends the sentence before: "'Who would do that?' he asked."
    Preceding,
    /// A quotation follows in the next sentence: "He went on:"
    Following,
}

/// How many tokens may stand between a quotation and the verb behind it.
const NEAR: u32 = 10;

impl Shape {
    /// The name in the table of weights.
    pub const fn as_str(self) -> &'static str {
        match self {
            Shape::Clause => "clause",
            Shape::Infinitive => "infinitive",
            Shape::Object => "object",
            Shape::Oblique => "oblique",
            Shape::Phrase => "phrase",
            Shape::Inserted => "inserted",
            Shape::Subject => "subject",
            Shape::Modified => "modified",
            Shape::Noun => "noun",
            Shape::Adjective => "adjective",
            Shape::Preposition => "preposition",
            Shape::Adverb => "adverb",
            Shape::Colon => "colon",
            Shape::Predication => "predication",
            Shape::Preceding => "preceding",
            Shape::Following => "following",
        }
    }
}

/// A word that may report something, and what.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The word of saying.
    pub cue: u32,
    /// How the content hangs on it.
    pub shape: Shape,
    /// The token that heads the content; for [`Shape::Following`] the last token before it, for [`Shape::Preceding`] the
    /// first one behind it.
    pub content: u32,
    /// The noun or preposition through which the content hangs on the cue.
    pub link: Option<u32>,
}

/// Calls `give` with every candidate whose cue is `i`.
pub fn of(doc: &Document, cues: &Cues, i: u32, give: &mut dyn FnMut(Candidate)) {
    let s = &doc.syntax;
    let t = s.token(i);
    let mut put = |shape, content, link| give(Candidate { cue: i, shape, content, link });
    match t.upos {
        Upos::Verb => {
            verb(s, i, &mut put);
            if cues.stance(s.lemma(i)).is_some()
                && let Some(content) = closed(s, i)
            {
                put(Shape::Inserted, content, None);
            }
        }
        Upos::Noun => noun(s, i, &mut put),
        Upos::Adj => complements(s, i, Shape::Adjective, &mut put),
        Upos::Adv if t.deprel == Deprel::Advmod && cues.is_adverb(s.lemma(i)) => {
            if let Some(head) = s.head(i) {
                put(Shape::Adverb, head, None);
            }
        }
        Upos::Punct if doc.form(i) == ":" => colon(s, i, &mut put),
        _ => {}
    }
    if (t.upos == Upos::Adp || t.upos == Upos::Verb || t.upos == Upos::Sconj)
        && matches!(t.deprel, Deprel::Case | Deprel::Mark)
        && cues.is_preposition(s.lemma(i))
        && let Some(phrase) = s.head(i)
        && let Some(clause) = s.head(phrase)
    {
        put(Shape::Preposition, clause, Some(phrase));
        let whole = widest(s, clause);
        if whole != clause {
            put(Shape::Preposition, whole, Some(phrase));
        }
    }
}

/// What stands before the words of saying that close a sentence, where the tree does not make it their complement: "They
/// will sign more treaties, the local daily The Observer reported on Wednesday."
fn closed(s: &Syntax, i: u32) -> Option<u32> {
    const CLOSE: u32 = 8;
    let range = s.sentence_of(i).range();
    let subject = s.child(i, Deprel::Nsubj).filter(|&u| u < i && range.end - i <= CLOSE)?;
    let complement = |c: &u32| {
        matches!(s.token(*c).deprel, Deprel::Ccomp | Deprel::Obj | Deprel::Xcomp | Deprel::Parataxis)
    };
    if s.children(i).iter().any(complement) {
        return None;
    }
    let phrase = match s.head(i) {
        // "the daily [which] The Observer reported"
        Some(noun) if s.token(i).deprel == Deprel::AclRelcl && noun + 4 > subject => noun,
        _ => subject,
    };
    let first = s.subtree(phrase).0.max(range.start);
    if first < range.start + 4 || s.token(first - 1).xpos != Xpos::Comma {
        return None;
    }
    let clause = s.children(i).iter().copied().find(|&c| c < first && grammar::is_verbal(s, c));
    clause.or_else(|| s.ancestors(i).last().filter(|&r| r < first && grammar::is_verbal(s, r)))
}

/// The widest clause around `i` that nobody in the sentence reports.
fn widest(s: &Syntax, i: u32) -> u32 {
    let mut top = i;
    while let Some(head) = s.head(top) {
        if matches!(s.token(top).deprel, Deprel::Ccomp | Deprel::Parataxis) {
            break;
        }
        top = head;
    }
    top
}

type Put<'a> = dyn FnMut(Shape, u32, Option<u32>) + 'a;

fn verb(s: &Syntax, i: u32, put: &mut Put<'_>) {
    let t = s.token(i);
    let passive = grammar::is_passive(s, i);
    for &c in s.children(i) {
        let child = s.token(c);
        match child.deprel {
            Deprel::Ccomp | Deprel::Csubj | Deprel::CsubjPass => put(Shape::Clause, c, None),
            Deprel::Parataxis if grammar::is_verbal(s, c) => put(Shape::Clause, c, None),
            Deprel::Xcomp | Deprel::Advcl if child.deprel == Deprel::Xcomp || c > i => {
                put(Shape::Infinitive, c, s.child(c, Deprel::Mark).filter(|&m| joins(s, m)));
                predication(s, i, c, put);
            }
            Deprel::Obj | Deprel::Iobj => {
                put(Shape::Object, c, None);
                if child.upos == Upos::Noun {
                    through(s, c, put);
                }
            }
            Deprel::Obl => {
                if let Some(case) = s.child(c, Deprel::Case) {
                    put(Shape::Oblique, c, Some(case));
                    if matches!(s.lemma(case), "as" | "for" | "of") {
                        predication(s, i, c, put);
                    }
                }
            }
            Deprel::NsubjPass => put(Shape::Subject, c, None),
            Deprel::Nsubj if passive => put(Shape::Subject, c, None),
            _ => {}
        }
    }
    if let Some(head) = s.head(i) {
        match t.deprel {
            Deprel::Parataxis | Deprel::Discourse => put(Shape::Inserted, head, None),
            // "as he said", "people, he said, are": a clause without a complement of its own.
            Deprel::Advcl | Deprel::Ccomp | Deprel::Conj
                if s.child(i, Deprel::Obj).is_none() && s.child(i, Deprel::Ccomp).is_none() =>
            {
                put(Shape::Inserted, head, None);
            }
            Deprel::AclRelcl | Deprel::Acl if passive || s.child(i, Deprel::Nsubj).is_some() => {
                put(Shape::Modified, head, None);
            }
            Deprel::Amod if t.xpos == Xpos::Vbn => put(Shape::Modified, head, None),
            _ => {}
        }
    }
    let sentence = s.sentence_of(i).range();
    if i - sentence.start < NEAR {
        put(Shape::Preceding, sentence.start, None);
    }
    if s.token(sentence.end - 1).xpos == Xpos::Colon || s.child(i, Deprel::Ccomp).is_none() {
        put(Shape::Following, sentence.end - 1, None);
    }
}

/// A preposition before a gerund goes with the verb before it: "talked about leaving".
fn joins(s: &Syntax, mark: u32) -> bool {
    s.token(mark).upos == Upos::Adp
        || matches!(s.lemma(mark), "about" | "for" | "of" | "against" | "on" | "as")
}

/// An object before a further complement: both together are what is told.
fn predication(s: &Syntax, verb: u32, complement: u32, put: &mut Put<'_>) {
    let object = s
        .children(verb)
        .iter()
        .copied()
        .find(|&o| o > verb && o < complement && matches!(s.token(o).deprel, Deprel::Obj | Deprel::Iobj));
    if let Some(object) = object {
        put(Shape::Predication, complement, Some(object));
    }
}

/// The complement of a noun between verb and content.
fn through(s: &Syntax, noun: u32, put: &mut Put<'_>) {
    for &c in s.children(noun) {
        if c > noun && matches!(s.token(c).deprel, Deprel::Nmod | Deprel::Acl | Deprel::Ccomp) {
            put(Shape::Phrase, c, Some(noun));
        }
    }
}

fn noun(s: &Syntax, i: u32, put: &mut Put<'_>) {
    complements(s, i, Shape::Noun, put);
    // "The view is that", "his answer was"
    if let (Deprel::Nsubj | Deprel::NsubjOuter, Some(head)) = (s.token(i).deprel, s.head(i))
        && s.child(head, Deprel::Cop).is_some()
    {
        put(Shape::Noun, head, None);
    }
}

fn complements(s: &Syntax, i: u32, shape: Shape, put: &mut Put<'_>) {
    for &c in s.children(i) {
        let t = s.token(c);
        let below = matches!(t.deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Csubj)
            || (c > i
                && matches!(t.deprel, Deprel::Nmod | Deprel::Obl | Deprel::Acl | Deprel::Advcl)
                && !s.children_with(c, Deprel::Case).any(|p| s.lemma(p) == "by"));
        if below {
            put(shape, c, s.child(c, Deprel::Case));
        }
    }
}

/// A colon near the beginning of a sentence whose left side names somebody.
fn colon(s: &Syntax, i: u32, put: &mut Put<'_>) {
    const LONGEST: u32 = 14;
    let range = s.sentence_of(i).range();
    if i == range.start || i - range.start > LONGEST {
        return;
    }
    let named = (range.start..i).rev().find(|&t| matches!(s.token(t).upos, Upos::Propn | Upos::Noun));
    if let Some(named) = named {
        if i + 1 < range.end {
            put(Shape::Colon, i + 1, Some(named));
        } else {
            put(Shape::Following, i, Some(named));
        }
    }
}
