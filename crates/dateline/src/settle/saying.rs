//! Acts that are done by saying them: "We will never surrender", she said, is a refusal that took place, whatever the tense of
//! its words.

use super::sources;
use crate::reader::Reading;
use dateline_core::grammar;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{EventType, Mode, Status};
use dateline_events::Occurrence;

/// Gives a telling of an act of speech the status that saying it gives.
pub(crate) fn settle(reading: &Reading, o: &mut Occurrence) {
    if !sources::is_verbal(o.event_type) && o.event_type != EventType::Protest {
        return;
    }
    let at = o.trigger_span.start;
    let said = || reading.voices.quote_at(at).is_some() || !reading.voices.reports_at(at).is_empty();
    let token = reading.doc.syntax.token(o.trigger);
    let finite = || reading.doc.syntax.child(o.trigger, Deprel::Aux).is_some();
    let done = match o.status {
        Status::Happened | Status::Denied => false,
        Status::Hypothetical | Status::Ongoing if o.event_type == EventType::Protest => false,
        // "The ruling would be an outrage."
        Status::Hypothetical => is_stance(o.event_type) && (token.upos != Upos::Verb || (finite() && said())),
        // "They will stand by Turkey", they said; but not "plans to recognize the state".
        Status::Planned => {
            let stance = is_stance(o.event_type) && o.event_type != EventType::Accuse;
            (stance && finite() && said()) || is_purpose_of_deed(&reading.doc.syntax, o.trigger)
        }
        // "is urging Berlin": said more than once, but said.
        Status::Ongoing => token.xpos == Xpos::Vbg && o.mode != Some(Mode::Investigate),
    };
    if done {
        o.status = Status::Happened;
    }
}

/// Types whose words are a stance of whoever speaks; a request may still be to come.
fn is_stance(event_type: EventType) -> bool {
    !matches!(event_type, EventType::Request | EventType::Protest)
}

/// "sat outside parliament to demand the dismissal of the minister": what a deed that was done is meant to say, it said.
fn is_purpose_of_deed(s: &Syntax, trigger: u32) -> bool {
    let t = s.token(trigger);
    let infinitive = t.deprel == Deprel::Advcl && grammar::has_to(s, trigger);
    infinitive && s.head(trigger).is_some_and(|h| s.token(h).xpos == Xpos::Vbd && !grammar::is_negated(s, h))
}
