//! Who speaks in a quotation.

use crate::cues::Cues;
use crate::quotes::Quote;
use crate::reported::{Report, addressee};
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
    /// Somebody's words, and not a title, a name or a word held at arm's length.
    pub spoken: bool,
    /// The source is a pronoun for whoever speaks in the quotation before: "He added".
    pub goes_on: bool,
}

/// Words that make a quotation speech even where nobody is said to say it.
const SPEECH: usize = 8;

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
    for k in 1..quotes.len() {
        found[k].goes_on = goes_on(doc, found[k]) && near(quotes[k - 1], quotes[k]);
    }
    for (quote, speaker) in quotes.iter().zip(&mut found) {
        let words = quote.span.of(&doc.text);
        let long = words.split_whitespace().take(SPEECH).count() == SPEECH;
        speaker.spoken = long || ((speaker.spoken || speaker.source.is_some()) && !is_title(words));
    }
    found
}

/// "Face the Nation", "Justice Against Sponsors of Terrorism Act": every long word begins with a capital, and nobody says I
/// or you in it.
fn is_title(words: &str) -> bool {
    let small = |w: &&str| matches!(*w, "with" | "from" | "into" | "over" | "under" | "upon" | "than");
    let mut long = words.split_whitespace().filter(|w| w.len() > 3 && !small(w)).peekable();
    let personal = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphanumeric());
        matches!(w, "I" | "we" | "you" | "my" | "me" | "us" | "We" | "You" | "My")
            || w.contains("n't")
            || w.contains("n’t")
    };
    !words.ends_with(['!', '?'])
        && !words.contains(". ")
        && long.peek().is_some()
        && long.all(|w| w.starts_with(char::is_uppercase))
        && !words.split_whitespace().any(personal)
}

/// Whether nothing but a few words of one paragraph stands between two quotations.
fn together(doc: &Document, a: Quote, b: Quote) -> bool {
    let between = doc.text.get(a.span.end as usize..b.span.start as usize).unwrap_or("\n");
    b.continues || (between.len() < 200 && !between.contains('\n'))
}

/// "He added": whoever spoke last goes on.
fn goes_on(doc: &Document, speaker: Speaker) -> bool {
    let s = &doc.syntax;
    let pronoun = |t: u32| matches!(s.lemma(t), "he" | "she" | "they");
    let more = |t: u32| matches!(s.lemma(t), "add" | "continue" | "conclude" | "go");
    speaker.source.is_some_and(pronoun) && speaker.cue.is_some_and(more)
}

/// Whether at most a sentence stands between two quotations.
fn near(a: Quote, b: Quote) -> bool {
    b.span.start.saturating_sub(a.span.end) < 200
}

/// A speaker named in the sentence of the quotation, outside its marks.
fn beside(doc: &Document, cues: &Cues, quotes: &[Quote], quote: Quote, reports: &[Report]) -> Speaker {
    let s = &doc.syntax;
    let inside = |t: u32| {
        let at = s.token(t).span.start;
        let k = quotes.partition_point(|q| q.span.end <= at);
        quotes.get(k).is_some_and(|q| q.span.contains(at))
    };
    let known = labelled(doc, quote)
        .or_else(|| reported(doc, quote, reports, &inside))
        .or_else(|| signed(doc, quote));
    if let Some(speaker) = known {
        return speaker;
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
                let addressee = addressee(s, cues, cue);
                return Speaker { source, cue: Some(cue), addressee, spoken: true, goes_on: false };
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
            return Speaker { source: Some(source), cue: Some(node), ..Speaker::default() };
        }
    }
    Speaker::default()
}

/// The source of the report that holds most of the quotation; where that is a pronoun, of the report around it.
fn reported(
    doc: &Document,
    quote: Quote,
    reports: &[Report],
    inside: &impl Fn(u32) -> bool,
) -> Option<Speaker> {
    let s = &doc.syntax;
    let held = |r: &Report| -> u32 {
        let parts = r.content.iter().filter(|c| c.overlaps(quote.span));
        parts.map(|c| c.end.min(quote.span.end) - c.start.max(quote.span.start)).sum()
    };
    let outside = |r: &&Report| !inside(r.cue) && r.source.is_some_and(|x| !inside(x)) && held(r) > 0;
    // Reports stand in the order of their cues; those about a quotation stand near it.
    let first = s.token_at(quote.span.start)?;
    let low = s.token(first).sentence.saturating_sub(REACH);
    let high = s.token(s.tokens_in(quote.span).end.saturating_sub(1)).sentence + REACH;
    let from = reports.partition_point(|r| s.token(r.cue).sentence < low);
    let near = || reports[from..].iter().take_while(|r| s.token(r.cue).sentence <= high).filter(outside);
    let mut best = near().max_by_key(|r| {
        (held(r), std::cmp::Reverse(size(r)), std::cmp::Reverse(distance(r.cue_span, quote.span)))
    })?;
    for _ in 0..OUTWARD {
        let pronoun = best.source.is_some_and(|x| s.token(x).upos == Upos::Pron);
        let outer =
            near().filter(|r| r.cue != best.cue && r.holds(best.cue_span.start)).min_by_key(|r| size(r));
        match outer {
            Some(outer) if pronoun => best = outer,
            _ => break,
        }
    }
    Some(Speaker {
        source: best.source,
        cue: Some(best.cue),
        addressee: best.addressee,
        spoken: true,
        ..Speaker::default()
    })
}

/// Sentences between a quotation and the words of saying.
const REACH: u32 = 3;

/// Reports around a report that are asked for a name.
const OUTWARD: usize = 3;

fn size(r: &Report) -> u32 {
    r.content.iter().map(|c| c.len()).sum()
}

/// The name before the colon at the beginning of a turn of a transcript.
fn labelled(doc: &Document, quote: Quote) -> Option<Speaker> {
    let label = quote.label?;
    let source = doc.syntax.tokens_in(label).last()?;
    Some(Speaker { source: Some(source), cue: None, spoken: true, ..Speaker::default() })
}

/// A name behind a dash behind the quotation: `"We will stay." — Jane Doe`.
fn signed(doc: &Document, quote: Quote) -> Option<Speaker> {
    let s = &doc.syntax;
    let rest = doc.text.get(quote.span.end as usize..)?;
    let mut dash = false;
    for (k, c) in rest.char_indices() {
        match c {
            '—' | '–' | '―' | '-' => dash = true,
            _ if c.is_uppercase() && dash => {
                let token = s.token_at(quote.span.end + k as u32)?;
                let mut last = token;
                while last + 1 < s.tokens.len() as u32
                    && s.token(last + 1).upos == Upos::Propn
                    && s.token(last + 1).span.start <= s.token(last).span.end + 1
                {
                    last += 1;
                }
                return (s.token(token).upos == Upos::Propn).then_some(Speaker {
                    source: Some(last),
                    spoken: true,
                    ..Speaker::default()
                });
            }
            _ if c.is_alphanumeric() || c == '\n' => return None,
            _ if k > 16 => return None,
            _ => {}
        }
    }
    None
}

/// The noun next to a word of saying, where the parser missed the subject: `" said Nuland`.
fn beside_cue(doc: &Document, cue: u32) -> Option<u32> {
    let s = &doc.syntax;
    let range = s.sentence_of(cue).range();
    // "read in part", "the summary of the decision read": not what stands behind a preposition.
    let nominal = |t: &u32| {
        matches!(s.token(*t).upos, Upos::Propn | Upos::Pron | Upos::Noun)
            && s.child(*t, Deprel::Case).is_none()
    };
    (cue + 1..(cue + 6).min(range.end))
        .find(nominal)
        .or_else(|| (range.start.max(cue.saturating_sub(6))..cue).rev().find(nominal))
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
    Some(Speaker { source: Some(source), cue: Some(cue), spoken: true, ..Speaker::default() })
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
