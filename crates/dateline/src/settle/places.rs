//! Where an act took place: the place of its clause, else the scene of the report.

use crate::reader::Reading;
use dateline_core::syntax::{Deprel, Syntax};
use dateline_core::{EventType, grammar};
use dateline_events::Occurrence;
use rustc_hash::FxHashMap;

/// For every toponym the first one that names the same place, so that equal places have equal indices.
pub(crate) fn firsts(reading: &Reading) -> Vec<u32> {
    let mut known = FxHashMap::default();
    let mut firsts = Vec::with_capacity(reading.toponyms.len());
    for (k, t) in (0..).zip(&reading.toponyms) {
        let first = t.place.as_ref().map(|p| *known.entry((p.name.as_str(), p.country)).or_insert(k));
        firsts.push(first.unwrap_or(k));
    }
    firsts
}

/// Index into the toponyms of the place of an act; `firsts` are those of the report.
pub(crate) fn of(reading: &Reading, firsts: &[u32], o: &Occurrence) -> Option<u32> {
    let s = &reading.doc.syntax;
    let sentence = s.sentence_of(o.trigger).span;
    let toponyms = &reading.toponyms;
    let from = toponyms.partition_point(|t| t.span.start < sentence.start);
    let told = (from..)
        .zip(&toponyms[from..])
        .take_while(|(_, t)| t.span.start < sentence.end)
        .filter(|(_, t)| t.place.is_some() && !t.demonym && !t.embedded && sentence.covers(t.span))
        .filter_map(|(k, t)| Some((cost(s, o, s.token_at(t.span.start)?)?, k)))
        .min()?;
    (told.0 < 40).then(|| firsts[told.1])
}

/// How little the place name at `token` looks like the scene of the act; none when it is surely not.
pub(crate) fn cost(s: &Syntax, o: &Occurrence, token: u32) -> Option<u32> {
    let head = super::rank::phrase(s, token);
    let preposition = grammar::preposition(s, head);
    let base = match preposition {
        Some("in" | "at" | "near" | "outside" | "inside" | "across" | "around" | "on") => 0,
        Some("to" | "into") if o.event_type == EventType::Consult || o.event_type == EventType::Mobilize => 2,
        Some("of") => 8,
        Some("from" | "to" | "into" | "through" | "over" | "against") => 14,
        Some(_) => 25,
        None if s.token(head).deprel == Deprel::Obj
            && s.head(head) == Some(o.trigger)
            && matches!(o.event_type, EventType::Consult | EventType::Assault | EventType::Coerce) =>
        {
            2
        }
        None => 30,
    };
    let mut node = o.trigger;
    for steps in 0..10u32 {
        if s.is_within(head, node) {
            let depth = s.ancestors(head).take_while(|&a| a != node).count() as u32;
            return Some(base + 2 * steps + 3 * depth.min(4));
        }
        node = s.head(node)?;
    }
    None
}
