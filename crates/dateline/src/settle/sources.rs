//! On whose word a telling rests: the reports and quotations it stands in, outermost first.

use crate::naming::{Names, Voice};
use crate::reader::Reading;
use dateline_core::codes::{SourceKind, Stance};
use dateline_core::record::Source;
use dateline_core::syntax::{Deprel, Upos};
use dateline_core::{EventType, Span, grammar};
use dateline_events::Occurrence;
use dateline_voices::cues::Cues;

/// A report or quotation around a telling.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    /// Who speaks; none for "reportedly".
    pub(crate) voice: Option<Voice>,
    /// How the word reached the report.
    pub(crate) kind: SourceKind,
    /// What the source does with it.
    pub(crate) stance: Stance,
    /// The words of saying.
    pub(crate) cue: Option<Span>,
    /// Length of what is told.
    pub(crate) size: u32,
    /// Index of the report; none for a quotation.
    pub(crate) report: Option<usize>,
}

impl Holder {
    /// The source as it stands in the record; identifiers are given when that is put together, until then the index stands
    /// for the entity.
    pub(crate) fn source(&self) -> Source {
        Source {
            entity: self.voice.as_ref().and_then(|v| v.member).map(|m| m.to_string()),
            name: self.voice.as_ref().map(|v| v.name.clone()),
            kind: self.kind,
            stance: self.stance,
            cue: self.cue,
        }
    }

    /// What the holder calls its source.
    pub(crate) fn name(&self) -> Option<&str> {
        self.voice.as_ref().map(|v| v.name.as_str())
    }
}

/// Everything around a telling, the larger stretch first: who stands further out vouches for who stands within.
pub(crate) fn holders(reading: &Reading, names: &Names, o: &Occurrence) -> Vec<Holder> {
    let (voices, at) = (&reading.voices, o.trigger_span.start);
    let quote = voices.quote_at(at);
    let mut found = Vec::new();
    for k in voices.reports_at(at) {
        let r = &voices.reports[k];
        if r.cue == o.trigger
            || o.trigger_span.contains(r.cue_span.start)
            || !(r.vouches() || r.stance == Stance::Denies)
        {
            continue;
        }
        found.extend(of_report(reading, names, k, quote.is_some()));
    }
    let speaker = quote.map(|k| (voices.quotes[k], voices.speakers[k]));
    if let Some((quote, speaker)) = speaker
        && let Some(voice) = speaker.source.and_then(|t| names.voice(reading, t))
    {
        found.push(Holder {
            voice: Some(voice),
            kind: SourceKind::Direct,
            stance: Stance::Says,
            cue: speaker.cue.map(|c| reading.doc.syntax.token(c).span),
            size: quote.span.len(),
            report: None,
        });
    }
    found.sort_by_key(|h| std::cmp::Reverse(h.size));
    found
}

/// The sources of a report, one for each of those who speak together: "military sources and witnesses said".
pub(crate) fn of_report(reading: &Reading, names: &Names, k: usize, quoted: bool) -> Vec<Holder> {
    let r = &reading.voices.reports[k];
    let holder = |voice: Option<Voice>| Holder {
        kind: if quoted && voice.is_some() { SourceKind::Direct } else { r.kind },
        voice,
        stance: r.stance,
        cue: Some(r.cue_span),
        size: r.content.iter().map(|c| c.len()).sum(),
        report: Some(k),
    };
    let Some(token) = r.source else { return vec![holder(None)] };
    let mut tokens = Vec::new();
    grammar::coordinated(&reading.doc.syntax, token, &mut tokens);
    tokens.into_iter().filter_map(|t| names.voice(reading, t)).map(|voice| holder(Some(voice))).collect()
}

/// The sources of a telling.
pub(crate) fn of(reading: &Reading, names: &Names, o: &Occurrence) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    for h in holders(reading, names, o) {
        let vouches = h.report.is_none_or(|k| reading.voices.reports[k].vouches());
        let again = h.voice.is_some() && sources.iter().any(|s| s.name.as_deref() == h.name());
        if vouches && !again && !speaks_himself(o, &h) {
            sources.push(h.source());
        }
    }
    sources
}

/// The word of somebody who is not named, where an adverb at the act tells of it: "gunmen reportedly kidnapped".
pub(crate) fn hearsay(cues: &Cues, reading: &Reading, o: &Occurrence) -> Option<Source> {
    let s = &reading.doc.syntax;
    let adverb = s.children_with(o.trigger, Deprel::Advmod).find(|&c| cues.is_hearsay(s.lemma(c)))?;
    Some(Source {
        entity: None,
        name: None,
        kind: SourceKind::Reportedly,
        stance: cues.stance(s.lemma(adverb)).unwrap_or(Stance::Says),
        cue: Some(s.token(adverb).span),
    })
}

/// Words of judgement have no actor in their clause: it is whoever speaks. "The ruling is unacceptable," she said; "no country
/// can tolerate this," he said.
pub(crate) fn speaker_acts(reading: &Reading, o: &mut Occurrence) {
    let judgement = matches!(
        o.event_type,
        EventType::Accuse | EventType::Support | EventType::Reject | EventType::Request | EventType::Threaten
    );
    let s = &reading.doc.syntax;
    let predicate = matches!(s.token(o.trigger).upos, Upos::Adj | Upos::Noun | Upos::Adv)
        || (s.child(o.trigger, Deprel::Nsubj).is_some()
            && reading.voices.quote_at(o.trigger_span.start).is_some());
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
fn speaks_himself(o: &Occurrence, holder: &Holder) -> bool {
    is_verbal(o.event_type)
        && holder.voice.as_ref().and_then(|v| v.member).is_some_and(|m| o.actors.contains(&m))
}

/// Types whose acts are done by speaking.
pub(crate) fn is_verbal(event_type: EventType) -> bool {
    event_type.quad() == 3 || matches!(event_type, EventType::Agree | EventType::Support | EventType::Concede)
}
