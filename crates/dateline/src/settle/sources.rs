//! On whose word an act rests: the reports and quotations it stands in, outermost first.

use crate::reader::Reading;
use dateline_core::codes::{SourceKind, Stance};
use dateline_core::record::Source;
use dateline_core::syntax::Upos;
use dateline_core::{EventType, Span};
use dateline_events::Occurrence;

/// The sources of a telling.
pub(crate) fn of(reading: &Reading, o: &Occurrence) -> Vec<Source> {
    let at = o.trigger_span.start;
    let mut found: Vec<(u32, Source)> = Vec::new();
    for r in &reading.voices.reports {
        if r.vouches() && r.cue != o.trigger && r.holds(at) && !o.trigger_span.contains(r.cue_span.start) {
            let size = r.content.iter().map(|c| c.len()).sum();
            let quoted = r.source.is_some() && reading.voices.quotes.iter().any(|q| q.span.contains(at));
            let kind = if quoted { SourceKind::Direct } else { r.kind };
            push(reading, &mut found, size, r.source, kind, r.stance, Some(r.cue_span));
        }
    }
    for (q, speaker) in reading.voices.quotes.iter().zip(&reading.voices.speakers) {
        if q.span.contains(at) {
            let cue = speaker.cue.map(|c| reading.doc.syntax.token(c).span);
            if speaker.source.is_some() {
                push(
                    reading,
                    &mut found,
                    q.span.len(),
                    speaker.source,
                    SourceKind::Direct,
                    Stance::Says,
                    cue,
                );
            }
        }
    }
    // The larger the stretch, the further out its source.
    found.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let mut sources: Vec<Source> = Vec::new();
    for (_, source) in found {
        let again = sources.iter().any(|s| s.name == source.name && s.name.is_some());
        if !again && !speaks_himself(reading, o, &source) {
            sources.push(source);
        }
    }
    sources
}

/// Words of judgement have no actor in their clause: it is whoever speaks. "The ruling is unacceptable," she said.
pub(crate) fn speaker_acts(reading: &Reading, o: &mut Occurrence) {
    let judgement = matches!(
        o.event_type,
        EventType::Accuse | EventType::Support | EventType::Reject | EventType::Request
    );
    let predicate = matches!(reading.doc.syntax.token(o.trigger).upos, Upos::Adj | Upos::Noun | Upos::Adv);
    if !judgement || !predicate || !o.actors.is_empty() {
        return;
    }
    let speaker = o.sources.last().and_then(|s| s.entity.as_deref()).and_then(|e| e.parse::<u32>().ok());
    if let Some(member) = speaker.filter(|m| !o.recipients.contains(m)) {
        o.actors.push(member);
        o.sources.pop();
    }
}

/// For acts of speech the speaker is the actor, not a source.
fn speaks_himself(reading: &Reading, o: &Occurrence, source: &Source) -> bool {
    let verbal = o.event_type.quad() == 3
        || matches!(o.event_type, EventType::Agree | EventType::Support | EventType::Concede);
    let by_actor = o.actors.iter().any(|&a| Some(&reading.cast.member(a).name) == source.name.as_ref());
    verbal && by_actor
}

/// A time or a pronoun for nobody known: no name for a source.
fn is_nobody(reading: &Reading, token: u32) -> bool {
    let t = reading.doc.syntax.token(token);
    let k = reading.times.partition_point(|x| x.span.end <= t.span.start);
    t.upos == Upos::Pron || reading.times.get(k).is_some_and(|x| x.span.contains(t.span.start))
}

fn push(
    reading: &Reading,
    found: &mut Vec<(u32, Source)>,
    size: u32,
    token: Option<u32>,
    kind: SourceKind,
    stance: Stance,
    cue: Option<Span>,
) {
    let token = token.map(|t| crate::statements::speaking(&reading.doc.syntax, t));
    let member = token.and_then(|t| reading.cast.member_at(t));
    if member.is_none() && token.is_some_and(|t| is_nobody(reading, t)) {
        return;
    }
    let name = match (member, token) {
        (Some(m), _) => Some(reading.cast.member(m).name.clone()),
        (None, Some(t)) => {
            Some(dateline_actors::phrase::span(&reading.doc.syntax, t).of(&reading.doc.text).to_owned())
        }
        (None, None) => None,
    };
    // Identifiers are given when the record is put together; until then the index stands for the entity.
    found.push((size, Source { entity: member.map(|m| m.to_string()), name, kind, stance, cue }));
}
