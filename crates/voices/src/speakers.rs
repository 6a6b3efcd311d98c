//! Who speaks in a quotation.

use crate::cues::Cues;
use crate::quotes::Quote;
use crate::reported::Report;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, Span, grammar};

/// The speaker of a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// Head token of the words that name the speaker.
    pub source: Option<u32>,
    /// Token of the word of saying.
    pub cue: Option<u32>,
    /// Head token of whom it is said to.
    pub addressee: Option<u32>,
}

/// The speaker of every quotation, where the text tells.
pub fn find(doc: &Document, cues: &Cues, quotes: &[Quote], reports: &[Report]) -> Vec<Speaker> {
    let mut found: Vec<Speaker> = quotes.iter().map(|q| beside(doc, cues, quotes, *q, reports)).collect();
    for k in 0..quotes.len() {
        if found[k].source.is_some() {
            continue;
        }
        // A speech over several quotations has one speaker: look back, then ahead, within its paragraph.
        let back = (k > 0 && together(doc, quotes[k - 1], quotes[k]))
            .then(|| found[k - 1])
            .filter(|s| s.source.is_some());
        let ahead = quotes.get(k + 1).filter(|next| together(doc, quotes[k], **next)).map(|_| found[k + 1]);
        found[k] = back
            .or(ahead.filter(|s| s.source.is_some()))
            .or_else(|| introduced(doc, cues, quotes[k]))
            .unwrap_or_default();
    }
    // Paragraphs left open take the speaker of the paragraph that closes them.
    for k in (0..quotes.len().saturating_sub(1)).rev() {
        if quotes[k + 1].continues && found[k].source.is_none() {
            found[k] = found[k + 1];
        }
    }
    for k in 1..quotes.len() {
        if quotes[k].continues && found[k].source.is_none() {
            found[k] = found[k - 1];
        }
    }
    found
}

/// Whether nothing but a few words of one paragraph stands between two quotations.
fn together(doc: &Document, a: Quote, b: Quote) -> bool {
    let between = doc.text.get(a.span.end as usize..b.span.start as usize).unwrap_or("\n");
    b.continues || (!between.contains('\n') && between.len() < 200)
}

/// A speaker named in the sentence of the quotation, outside its marks.
fn beside(doc: &Document, cues: &Cues, quotes: &[Quote], quote: Quote, reports: &[Report]) -> Speaker {
    let s = &doc.syntax;
    let inside = |t: u32| quotes.iter().any(|q| q.span.contains(s.token(t).span.start));
    // A report whose content overlaps the quotation and whose words of saying stand outside of it.
    let report = reports
        .iter()
        .filter(|r| !inside(r.cue) && r.content.iter().any(|c| c.overlaps(quote.span)))
        .min_by_key(|r| distance(r.cue_span, quote.span));
    if let Some(r) = report.filter(|r| r.source.is_some()) {
        return Speaker { source: r.source, cue: Some(r.cue), addressee: r.addressee };
    }
    // The sentence in which it ends, then the one in which it begins.
    let tokens = s.tokens_in(quote.span);
    for edge in [tokens.end.saturating_sub(1), tokens.start] {
        if edge >= s.tokens.len() as u32 {
            continue;
        }
        let sentence = s.sentence_of(edge);
        let near = |t: &u32| distance(s.token(*t).span, quote.span);
        let cue = sentence
            .range()
            .filter(|&t| !inside(t) && s.token(t).upos == Upos::Verb && cues.stance(s.lemma(t)).is_some())
            .min_by_key(near);
        if let Some(cue) = cue {
            let source = grammar::subject(s, cue).or_else(|| beside_cue(doc, cue)).filter(|&x| !inside(x));
            if source.is_some() {
                return Speaker {
                    source,
                    cue: Some(cue),
                    addressee: s.child(cue, Deprel::Obj).filter(|_| s.lemma(cue) == "tell"),
                };
            }
        }
    }
    // A few words quoted inside a sentence: whoever its clause is about.
    let climbing = tokens.clone().next().into_iter().flat_map(|t| s.ancestors(t).collect::<Vec<_>>());
    for node in climbing {
        if !inside(node)
            && s.token(node).upos == Upos::Verb
            && let Some(source) = grammar::subject(s, node).filter(|&x| !inside(x))
        {
            return Speaker { source: Some(source), cue: Some(node), addressee: None };
        }
    }
    Speaker::default()
}

/// The noun next to a word of saying, where the parser missed the subject: `" said Nuland`.
fn beside_cue(doc: &Document, cue: u32) -> Option<u32> {
    let s = &doc.syntax;
    let range = s.sentence_of(cue).range();
    let nominal = |t: &u32| matches!(s.token(*t).upos, Upos::Propn | Upos::Pron | Upos::Noun);
    (cue + 1..(cue + 6).min(range.end))
        .find(nominal)
        .or_else(|| (range.start.max(cue.saturating_sub(3))..cue).rev().find(nominal))
}

/// A speaker in the sentence before, when it introduces the quotation: `He added:`.
fn introduced(doc: &Document, cues: &Cues, quote: Quote) -> Option<Speaker> {
    let s: &Syntax = &doc.syntax;
    let first = s.token_at(quote.span.start)?;
    let sentence = s.token(first).sentence as usize;
    let before = s.sentences.get(sentence.checked_sub(1)?)?;
    let cue =
        before.range().rev().find(|&t| s.token(t).upos == Upos::Verb && cues.stance(s.lemma(t)).is_some())?;
    let source = grammar::subject(s, cue)?;
    Some(Speaker { source: Some(source), cue: Some(cue), addressee: None })
}

fn distance(a: Span, b: Span) -> u32 {
    if a.overlaps(b) {
        0
    } else if a.end <= b.start {
        b.start - a.end
    } else {
        a.start - b.end
    }
}
