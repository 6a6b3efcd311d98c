//! Parties that do not head a slot: named inside the phrase that fills it, or in the content of what is said.

use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{EventType, Sector, grammar};

/// Appends the members named inside the phrase headed by `token`: its possessor, its modifiers, its "of" complement.
pub(crate) fn within(s: &Syntax, cast: &Cast, token: u32, members: &mut Vec<u32>) {
    let before = members.len();
    let mut level = vec![token];
    for _ in 0..3 {
        let mut next = Vec::new();
        for &node in &level {
            for &c in s.children(node) {
                let inside = match s.token(c).deprel {
                    Deprel::NmodPoss | Deprel::Amod | Deprel::Compound | Deprel::Appos | Deprel::NmodDesc => {
                        true
                    }
                    Deprel::Nmod => grammar::preposition(s, c)
                        .is_some_and(|p| matches!(p, "of" | "by" | "from" | "for" | "against" | "in")),
                    Deprel::Conj => !grammar::is_verbal(s, c),
                    _ => false,
                };
                if !inside {
                    continue;
                }
                let c = grammar::antecedent(s, c);
                match cast.member_at(c).filter(|&m| cast.member(m).kind != EntityKind::Place) {
                    Some(m) if !members.contains(&m) => members.push(m),
                    Some(_) => {}
                    None => next.push(c),
                }
            }
        }
        if members.len() > before || next.is_empty() {
            return;
        }
        level = next;
    }
}

/// Whether acts of this type are directed at somebody their content names: "demanded that Assad leave".
pub(crate) const fn addresses(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::Request
            | EventType::Accuse
            | EventType::Reject
            | EventType::Threaten
            | EventType::Support
            | EventType::Concede
            | EventType::Agree
    )
}

/// Appends the party that the content of a speech act at `trigger` is about: the subject of its clause, else whom
/// its object or phrase names; the actors themselves do not count.
pub(crate) fn in_complement(
    s: &Syntax,
    cast: &Cast,
    trigger: u32,
    others: &[u32],
    actors: &[u32],
    members: &mut Vec<u32>,
) {
    let fits = |m: &u32| !actors.contains(m) && cast.member(*m).kind != EntityKind::Place;
    let mut starts: Vec<u32> = vec![trigger];
    starts.extend_from_slice(others);
    for start in starts {
        for &c in s.children(start) {
            if others.contains(&c) || c < trigger {
                continue;
            }
            let content = matches!(
                s.token(c).deprel,
                Deprel::Ccomp
                    | Deprel::Xcomp
                    | Deprel::Acl
                    | Deprel::Obl
                    | Deprel::Nmod
                    | Deprel::Obj
                    | Deprel::Advcl
            );
            if !content {
                continue;
            }
            let subject = s
                .children(c)
                .iter()
                .copied()
                .find(|&x| matches!(s.token(x).deprel, Deprel::Nsubj | Deprel::NsubjPass))
                .and_then(|x| cast.member_at(grammar::antecedent(s, x)));
            if let Some(m) = subject.filter(fits) {
                members.push(m);
                return;
            }
            // Whoever its object or phrase names: "to condemn Israel", "over the actions of the army".
            let below = grammar::object(s, c).filter(|_| grammar::is_verbal(s, c)).unwrap_or(c);
            if let Some(m) = cast.member_at(below).filter(|m| below != c && fits(m)) {
                members.push(m);
                return;
            }
            let mut inside = Vec::new();
            within(s, cast, below, &mut inside);
            inside.retain(|m| fits(m));
            if !inside.is_empty() {
                members.append(&mut inside);
                return;
            }
        }
    }
}

/// Appends the international bodies whose meeting it is: "attended the ASEAN meeting with Obama", "the NATO summit".
pub(crate) fn conveners(
    s: &Syntax,
    cast: &Cast,
    trigger: u32,
    others: &[u32],
    actors: &[u32],
    members: &mut Vec<u32>,
) {
    let nouns =
        std::iter::once(trigger).chain(others.iter().copied()).filter(|&w| s.token(w).upos == Upos::Noun);
    for c in nouns.flat_map(|noun| s.children(noun)) {
        let before = matches!(s.token(*c).deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodPoss);
        let Some(m) = cast.member_at(*c).filter(|_| before) else { continue };
        let body = cast.member(m);
        if body.kind == EntityKind::Organization
            && body.sector == Sector::Igo
            && !actors.contains(&m)
            && !members.contains(&m)
        {
            members.push(m);
        }
    }
}
