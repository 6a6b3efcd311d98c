//! What speaks for a word reporting what it might report: features for the trained weights.

use crate::shape::{Candidate, Shape};
use crate::weights::{Feature, Weights};
use dateline_core::labels::NameClass;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, grammar};

/// What the neighbourhood of a candidate tells.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings {
    /// The head of the source.
    pub source: Option<u32>,
    /// The cue stands in a quotation.
    pub cue_quoted: bool,
    /// A quotation begins or ends in the content.
    pub content_quoted: bool,
}

/// The score of a candidate: log odds of being an attribution.
pub fn score(weights: &Weights, doc: &Document, c: &Candidate, around: &Surroundings) -> f32 {
    let mut sum = 0.0;
    features(doc, c, around, &mut |f| sum += weights.of(f));
    sum
}

/// Calls `give` with every feature of a candidate.
pub fn features(doc: &Document, c: &Candidate, around: &Surroundings, give: &mut dyn FnMut(&Feature<'_>)) {
    let s = &doc.syntax;
    let mut put = |name: &str, a: &str, b: &str, c: &str| give(&Feature { name, words: [a, b, c] });
    let shape = c.shape.as_str();
    let lemma = s.lemma(c.cue);
    let cue = s.token(c.cue);
    let content = s.token(c.content);
    let who = kind(s, around.source);
    let passive = if cue.upos == Upos::Verb && grammar::is_passive(s, c.cue) { "passive" } else { "active" };
    put("shape", shape, "", "");
    put("cue", lemma, "", "");
    put("cue", lemma, shape, "");
    put("source", shape, who, "");
    put("source", who, "", "");
    put("form", shape, cue.xpos.as_str(), passive);
    put("relation", shape, cue.deprel.as_str(), "");
    put("content", shape, content.upos.as_str(), content.deprel.as_str());
    put("content-form", shape, content.xpos.as_str(), who_is(s, c.content));
    if let Some(source) = around.source {
        put("source-word", s.lemma(source), "", "");
    }
    if !matches!(c.shape, Shape::Following | Shape::Preceding | Shape::Colon) {
        put("content-word", shape, s.lemma(c.content), "");
    }
    if let Some(link) = c.link {
        put("link", shape, s.lemma(link), "");
        put("link", lemma, s.lemma(link), shape);
    }
    if c.shape == Shape::Phrase
        && let Some(case) = s.child(c.content, Deprel::Case).or_else(|| s.child(c.content, Deprel::Mark))
    {
        put("phrase", s.lemma(c.content.min(case)), "", "");
    }
    let mark = s.child(c.content, Deprel::Mark).map_or("-", |m| s.lemma(m));
    put("mark", shape, mark, "");
    put("quoted", shape, yes(around.cue_quoted), yes(around.content_quoted));
    put("quoted-cue", lemma, yes(around.content_quoted), "");
    let after = if c.content > c.cue { "after" } else { "before" };
    put("order", shape, after, distance(c));
    let aux = s.children_with(c.cue, Deprel::Aux).next().map_or("-", |a| s.lemma(a));
    put("auxiliary", shape, aux, "");
    if grammar::is_negated(s, c.cue) {
        put("negated", shape, "", "");
    }
    if let Some(head) = s.head(c.cue) {
        put("under", shape, s.lemma(head), "");
    }
    let first = cue.sentence == 0;
    put("headline", shape, yes(first), "");
    put("complements", shape, rival(s, c), "");
    if matches!(c.shape, Shape::Following | Shape::Preceding | Shape::Colon) {
        let last = s.token(s.sentence_of(c.cue).range().end - 1);
        put("ends", shape, last.xpos.as_str(), yes(around.content_quoted));
        put("ends", lemma, last.xpos.as_str(), yes(around.content_quoted));
    }
}

/// The best complement that the cue has beside this one.
fn rival(s: &Syntax, c: &Candidate) -> &'static str {
    let mut best = "none";
    for &d in s.children(c.cue) {
        if d == c.content || Some(d) == c.link {
            continue;
        }
        match s.token(d).deprel {
            Deprel::Ccomp => return "clause",
            Deprel::Xcomp => best = "infinitive",
            Deprel::Obj if best == "none" => best = "object",
            _ => {}
        }
    }
    best
}

const fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn distance(c: &Candidate) -> &'static str {
    match c.content.abs_diff(c.cue) {
        0..=1 => "1",
        2 => "2",
        3..=5 => "5",
        6..=12 => "12",
        _ => "far",
    }
}

fn who_is(s: &Syntax, i: u32) -> &'static str {
    match s.token(i).name.class() {
        Some(NameClass::Person) => "person",
        Some(NameClass::Organization) => "organization",
        Some(NameClass::Location) => "location",
        Some(NameClass::Norp) => "people",
        None => "-",
    }
}

/// What a source is, as far as its head tells.
fn kind(s: &Syntax, source: Option<u32>) -> &'static str {
    let Some(i) = source else { return "none" };
    match s.token(i).upos {
        Upos::Pron | Upos::Det => match s.lemma(i) {
            "he" | "she" | "his" | "her" => "he",
            "they" | "their" => "they",
            "I" | "i" | "my" => "I",
            "we" | "our" => "we",
            "you" | "your" => "you",
            "who" => "who",
            "it" | "its" | "that" | "this" | "which" | "what" => "it",
            _ => "pronoun",
        },
        Upos::Propn => match who_is(s, i) {
            "-" => "name",
            class => class,
        },
        _ => "noun",
    }
}
