//! Parties that the clause leaves out and the passage tells: "71 people were arrested" in a report on the Serbian police.
//!
//! A small linear model ranks who is spoken of nearby; it is asked only where the frame's slots stay empty, and events
//! that owe it a party say so in their rule (`+implied`). Trained on annotated reports (`train/ranker`).

use crate::occurrence::Occurrence;
use crate::ranker::Ranker;
use dateline_core::cast::{Cast, Mention, MentionKind};
use dateline_core::codes::EntityKind;
use dateline_core::syntax::Deprel;
use dateline_core::{Document, EventType, Sector};
use std::fmt::Write;

/// Sentences before the act in which an unnamed party is looked for.
const REACH: u32 = 3;

/// Which slot is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who acts.
    Actor,
    /// Whom it is done to.
    Recipient,
}

/// The member that most likely fills an empty slot, if any is likely enough.
pub fn fill(ranker: &Ranker, doc: &Document, cast: &Cast, o: &Occurrence, side: Side) -> Option<u32> {
    ranker
        .best(candidates(doc, cast, o).into_iter(), |m, give| features(doc, cast, o, side, m, give))
        .map(|m| m.member)
}

/// The nearest mention of everybody spoken of in the sentence and shortly before, apart from those in the act already.
pub fn candidates<'a>(doc: &Document, cast: &'a Cast, o: &Occurrence) -> Vec<&'a Mention> {
    let s = &doc.syntax;
    let mut nearest: Vec<&Mention> = Vec::new();
    let low = o.sentence.saturating_sub(REACH);
    for m in &cast.mentions {
        if is_bystander(cast, o, m.member) {
            continue;
        }
        let sentence = s.token(m.head).sentence;
        if sentence < low
            || sentence > o.sentence
            || o.actors.contains(&m.member)
            || o.recipients.contains(&m.member)
        {
            continue;
        }
        match nearest.iter_mut().find(|n| n.member == m.member) {
            Some(n) if m.head.abs_diff(o.trigger) < n.head.abs_diff(o.trigger) => *n = m,
            Some(_) => {}
            None => nearest.push(m),
        }
    }
    nearest
}

/// Whoever tells of an attack is not thereby the attacker.
fn is_bystander(cast: &Cast, o: &Occurrence, member: u32) -> bool {
    let m = cast.member(member);
    o.event_type == EventType::Assault
        && !matches!(m.sector, Sector::Mil | Sector::Cop | Sector::Reb | Sector::Crm)
        && o.sources.iter().any(|s| s.name.as_deref() == Some(m.name.as_str()))
}

/// Calls `give` with every feature of a candidate.
pub fn features(
    doc: &Document,
    cast: &Cast,
    o: &Occurrence,
    side: Side,
    m: &Mention,
    give: &mut dyn FnMut(&str),
) {
    let s = &doc.syntax;
    let member = cast.member(m.member);
    let side = if side == Side::Actor { 'A' } else { 'R' };
    let kind = o.event_type;
    let mut buffer = String::with_capacity(64);
    let mut put = |args: std::fmt::Arguments<'_>| {
        buffer.clear();
        if buffer.write_fmt(args).is_ok() {
            give(&buffer);
        }
    };
    let far = o.sentence - s.token(m.head).sentence.min(o.sentence);
    let after = m.head > o.trigger;
    put(format_args!("{side}"));
    put(format_args!("{side} {kind}"));
    put(format_args!("{side} {kind} {}", member.sector));
    put(format_args!("{side} {kind} {} {far}", member.sector));
    put(format_args!("{side} {} {}", member.kind, member.named));
    put(format_args!("{side} {kind} {}", member.kind));
    put(format_args!("{side} far {far}"));
    put(format_args!("{side} {kind} far {far}"));
    if far == 0 {
        put(format_args!("{side} near {}", (m.head.abs_diff(o.trigger) / 4).min(6)));
        put(format_args!("{side} after {after}"));
    }
    let t = s.token(m.head);
    put(format_args!("{side} deprel {} {}", t.deprel, far == 0));
    let governs = s.head(m.head).is_some_and(|h| s.is_within(o.trigger, h));
    let subject = matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass);
    put(format_args!("{side} above {governs} {subject}"));
    put(format_args!("{side} {kind} above {governs} {subject}"));
    put(format_args!("{side} below {}", s.is_within(m.head, o.trigger)));
    if let Some(case) = s.child(m.head, Deprel::Case) {
        put(format_args!("{side} case {} {}", s.lemma(case), far == 0));
    }
    put(format_args!("{side} pronoun {}", m.kind == MentionKind::Pronoun));
    let count = cast.mentions.iter().filter(|n| n.member == m.member).count();
    put(format_args!("{side} mentions {}", count.min(6)));
    let before = cast.mentions.iter().filter(|n| n.member == m.member && n.head < o.trigger).count();
    put(format_args!("{side} before {}", before.min(4)));
    let other = if side == 'A' { o.recipients.first() } else { o.actors.first() };
    if let Some(&other) = other {
        let same = cast.member(other).country == member.country;
        put(format_args!("{side} same country {same}"));
        put(format_args!("{side} {kind} same country {same}"));
        put(format_args!("{side} {kind} sectors {} {}", cast.member(other).sector, member.sector));
    } else {
        put(format_args!("{side} alone"));
    }
    let speaker = o.sources.iter().any(|x| x.name.as_deref() == Some(member.name.as_str()));
    put(format_args!("{side} speaker {speaker}"));
    put(format_args!("{side} {kind} speaker {speaker}"));
    put(format_args!("{side} place {}", member.kind == EntityKind::Place));
    put(format_args!("{side} noun {}", matches!(s.token(o.trigger).upos, dateline_core::syntax::Upos::Noun)));
}
