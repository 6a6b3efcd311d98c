//! One event for one occurrence: tellings of the same act in lead, body and quotations are brought together.

use crate::occurrence::Occurrence;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{EventType, Status};

/// Groups of indices into `all`, each one event, in order of their first telling.
pub fn groups(s: &Syntax, cast: &Cast, all: &[Occurrence]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (k, o) in all.iter().enumerate() {
        let again = is_again(s, o);
        let home = groups
            .iter_mut()
            .rev()
            .find(|g| g.iter().any(|&j| if again { takes_up(&all[j], o) } else { same(cast, &all[j], o) }));
        match home {
            Some(group) => group.push(k),
            None => groups.push(vec![k]),
        }
    }
    groups
}

/// "The meeting", "the attack", "these talks" with nobody named: something told before.
fn is_again(s: &Syntax, o: &Occurrence) -> bool {
    o.actors.is_empty()
        && o.recipients.is_empty()
        && s.token(o.trigger).upos == Upos::Noun
        && s.children_with(o.trigger, Deprel::Det)
            .any(|d| matches!(s.lemma(d), "the" | "this" | "these" | "that" | "those"))
}

/// Whether a bare noun takes up an act told shortly before.
fn takes_up(before: &Occurrence, o: &Occurrence) -> bool {
    before.event_type == o.event_type
        && o.sentence.abs_diff(before.sentence) <= 8
        && !(before.actors.is_empty() && before.recipients.is_empty())
        && before.when.as_ref().zip(o.when.as_ref()).is_none_or(|(x, y)| x.start <= y.end && y.start <= x.end)
}

/// Whether two tellings may be of one act.
fn same(cast: &Cast, a: &Occurrence, b: &Occurrence) -> bool {
    if a.event_type != b.event_type || settled(a.status) != settled(b.status) {
        return false;
    }
    if a.mode.is_some() && b.mode.is_some() && a.mode != b.mode && !loose_mode(a.event_type) {
        return false;
    }
    if let (Some(x), Some(y)) = (&a.when, &b.when)
        && (x.end < y.start || y.end < x.start)
    {
        return false;
    }
    if let (Some(x), Some(y)) = (a.place, b.place)
        && x != y
        && a.event_type != EventType::Consult
    {
        return false;
    }
    if let (Some(x), Some(y)) = (a.magnitude.killed, b.magnitude.killed)
        && x != y
        && a.sentence != b.sentence
        && x.max(y) > 2 * x.min(y)
    {
        return false;
    }
    // A trip is one trip, whoever is met on it: "will travel to Ramallah to meet officials", "will consult Abbas in Ramallah".
    let trip = a.event_type == EventType::Consult
        && a.status == Status::Planned
        && a.place.is_some()
        && a.place == b.place;
    if trip && a.actors.iter().any(|x| b.actors.contains(x)) {
        return true;
    }
    if is_reciprocal(a.event_type) {
        let x: Vec<u32> = a.actors.iter().chain(&a.recipients).copied().collect();
        let y: Vec<u32> = b.actors.iter().chain(&b.recipients).copied().collect();
        return both_known(&x, &y) && compatible(cast, &x, &y);
    }
    compatible(cast, &a.actors, &b.actors)
        && compatible(cast, &a.recipients, &b.recipients)
        && (both_known(&a.actors, &b.actors) || both_known(&a.recipients, &b.recipients) || same_noun(a, b))
        && !speech_apart(a, b)
}

/// Acts that their parties do together, so that it does not matter who stands on which side.
pub const fn is_reciprocal(event_type: EventType) -> bool {
    matches!(event_type, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

/// Verbal acts of one speaker in different sentences are different acts unless the words agree.
fn speech_apart(a: &Occurrence, b: &Occurrence) -> bool {
    a.event_type.quad() == 3 && a.sentence.abs_diff(b.sentence) > 2 && a.frame != b.frame
}

/// Both tell of force without naming anybody: close by, it is the same attack.
fn same_noun(a: &Occurrence, b: &Occurrence) -> bool {
    a.actors.is_empty()
        && b.actors.is_empty()
        && a.event_type == EventType::Assault
        && a.sentence.abs_diff(b.sentence) <= 3
}

fn loose_mode(event_type: EventType) -> bool {
    matches!(event_type, EventType::Consult | EventType::Assault | EventType::Protest | EventType::Accuse)
}

fn settled(status: Status) -> Status {
    if status == Status::Ongoing { Status::Happened } else { status }
}

fn both_known(a: &[u32], b: &[u32]) -> bool {
    !a.is_empty() && !b.is_empty()
}

/// One list is empty, or one holds the other, a country standing for its own.
fn compatible(cast: &Cast, a: &[u32], b: &[u32]) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().all(|&x| large.iter().any(|&y| x == y || stands_for(cast, x, y) || stands_for(cast, y, x)))
}

/// "Israel" for "the Israeli army", a description without a name for a member of the same side.
fn stands_for(cast: &Cast, x: u32, y: u32) -> bool {
    let (a, b) = (cast.member(x), cast.member(y));
    if a.country.is_none() || a.country != b.country {
        return false;
    }
    a.kind == EntityKind::Country || (a.sector == b.sector && !a.named && b.kind != EntityKind::Person)
}
