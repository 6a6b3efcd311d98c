//! Where and when something was said, where the words of saying tell.

use super::times;
use crate::reader::Reading;
use dateline_core::record::When;
use dateline_core::syntax::{Deprel, Syntax};
use dateline_core::{Span, grammar};

/// The time told with a word of saying: "said on Tuesday".
pub(crate) fn time_of_speech(reading: &Reading, cue: u32) -> Option<When> {
    let sentence = reading.doc.syntax.sentence_of(cue).span;
    let from = reading.times.partition_point(|t| t.span.end <= sentence.start);
    let here = reading.times[from..].iter().take_while(|t| t.span.start < sentence.end);
    here.filter(|t| hangs_on(reading, t.span, cue)).find_map(|t| times::when(reading, t))
}

/// The toponym told with a word of saying: "told reporters in Geneva", "said at a meeting in Geneva", "said, speaking in
/// Geneva"; "said here" is said where the report comes from.
pub(crate) fn place_of_speech(reading: &Reading, cue: u32) -> Option<u32> {
    let s = &reading.doc.syntax;
    if s.children_with(cue, Deprel::Advmod).any(|a| s.lemma(a) == "here") {
        let place = reading.doc.dateline?.place;
        return reading.toponyms.iter().position(|t| t.span.overlaps(place)).map(|k| k as u32);
    }
    let sentence = s.sentence_of(cue).span;
    let from = reading.toponyms.partition_point(|t| t.span.end <= sentence.start);
    let here =
        reading.toponyms.iter().enumerate().skip(from).take_while(|(_, t)| t.span.start < sentence.end);
    here.filter(|(_, t)| s.tokens_in(t.span).find(|&x| is_scene(s, x)).is_some_and(|x| governed(s, x, cue)))
        .map(|(k, _)| k as u32)
        .next()
}

/// "in Geneva", "at the White House"
fn is_scene(s: &Syntax, token: u32) -> bool {
    grammar::preposition(s, token).is_some_and(|p| matches!(p, "in" | "at" | "from"))
}

/// Whether a scene belongs to a word of saying: directly, by the occasion ("at a meeting in Geneva"), or by another word for
/// speaking ("speaking in Geneva").
fn governed(s: &Syntax, token: u32, cue: u32) -> bool {
    let Some(head) = s.head(token) else { return false };
    let occasion = || match s.token(head).deprel {
        Deprel::Obl => is_occasion(s, head),
        // "told reporters in Geneva"
        Deprel::Obj | Deprel::Iobj => true,
        Deprel::Advcl => matches!(s.lemma(head), "speak" | "talk" | "address"),
        _ => false,
    };
    head == cue || (s.head(head) == Some(cue) && occasion())
}

/// "at a news conference", "during a visit"
fn is_occasion(s: &Syntax, token: u32) -> bool {
    grammar::preposition(s, token).is_some_and(|p| matches!(p, "at" | "during" | "in" | "after" | "on"))
}

/// Whether words are an adverbial of this verb, outside of what it reports.
fn hangs_on(reading: &Reading, span: Span, verb: u32) -> bool {
    let s = &reading.doc.syntax;
    s.tokens_in(span).any(|t| {
        s.head(t) == Some(verb)
            && matches!(
                s.token(t).deprel,
                Deprel::Obl | Deprel::OblUnmarked | Deprel::Advmod | Deprel::Nmod | Deprel::NmodUnmarked
            )
    })
}
