//! Where and when something was said, where the words of saying tell.

use super::times;
use crate::reader::Reading;
use dateline_core::record::When;
use dateline_core::syntax::Deprel;
use dateline_core::{Span, grammar};

/// The time told with a word of saying: "said on Tuesday".
pub(crate) fn time_of_speech(reading: &Reading, cue: u32) -> Option<When> {
    let sentence = reading.doc.syntax.sentence_of(cue).span;
    let from = reading.times.partition_point(|t| t.span.end <= sentence.start);
    let here = reading.times[from..].iter().take_while(|t| t.span.start < sentence.end);
    here.filter(|t| hangs_on(reading, t.span, cue)).find_map(|t| times::when(reading, t))
}

/// The toponym told with a word of saying: "told reporters in Geneva".
pub(crate) fn place_of_speech(reading: &Reading, cue: u32) -> Option<u32> {
    let s = &reading.doc.syntax;
    let sentence = s.sentence_of(cue).span;
    let from = reading.toponyms.partition_point(|t| t.span.end <= sentence.start);
    let here =
        reading.toponyms.iter().enumerate().skip(from).take_while(|(_, t)| t.span.start < sentence.end);
    here.filter(|(_, t)| {
        let head = s.tokens_in(t.span).find(|&x| s.head(x) == Some(cue));
        head.and_then(|h| grammar::preposition(s, h)).is_some_and(|p| matches!(p, "in" | "at" | "from"))
    })
    .map(|(k, _)| k as u32)
    .next()
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
