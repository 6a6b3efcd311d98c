//! "They", "both", "the two leaders": several members at once, named together shortly before.

use dateline_core::cast::{Cast, MentionKind};
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, grammar};

/// How many sentences back the members may have been named together.
const REACH: u32 = 3;

/// Finds the tokens that stand for several members and records whom in [`Cast::sets`].
pub(crate) fn resolve(doc: &Document, cast: &mut Cast) {
    let s = &doc.syntax;
    // What was named together: the head of a coordination, or subject and "with" complement of one verb.
    let mut together: Vec<(u32, Vec<u32>)> = Vec::new();
    let mut found = Vec::new();
    for i in 0..s.tokens.len() as u32 {
        if stands_for_several(doc, cast, i) {
            let sentence = s.token(i).sentence;
            let set = together
                .iter()
                .rev()
                .take_while(|(at, _)| s.token(*at).sentence + REACH >= sentence)
                .find(|(at, _)| !s.is_within(i, *at));
            if let Some((_, members)) = set {
                found.push((i, members.clone()));
            }
        } else if let Some(members) = named_together(s, cast, i) {
            together.push((i, members));
        }
    }
    cast.sets.append(&mut found);
    cast.sets.sort_unstable_by_key(|(token, _)| *token);
    cast.sets.dedup_by_key(|(token, _)| *token);
}

/// A subject "they" or "both", or "the two leaders", "both sides".
fn stands_for_several(doc: &Document, cast: &Cast, i: u32) -> bool {
    let s = &doc.syntax;
    let t = s.token(i);
    match t.upos {
        Upos::Pron | Upos::Det => {
            let they = matches!(s.lemma(i), "they" | "both")
                && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass);
            // A group that acted in the sentence before is the better antecedent.
            they && cast.mention_at(i).is_none_or(|m| {
                m.kind == MentionKind::Pronoun && cast.member(m.member).kind != EntityKind::Organization
            })
        }
        Upos::Noun => {
            matches!(
                s.lemma(i),
                "leader"
                    | "side"
                    | "country"
                    | "minister"
                    | "president"
                    | "man"
                    | "party"
                    | "nation"
                    | "government"
                    | "official"
                    | "neighbor"
                    | "neighbour"
                    | "counterpart"
            ) && s.children(i).iter().any(|&c| matches!(s.lemma(c), "two" | "both") && c < i)
        }
        _ => false,
    }
}

/// The members of a coordination headed by `i`, or of a subject and its partner: "Clinton met Netanyahu".
fn named_together(s: &Syntax, cast: &Cast, i: u32) -> Option<Vec<u32>> {
    let able = |m: &u32| {
        matches!(cast.member(*m).kind, EntityKind::Person | EntityKind::Country | EntityKind::Organization)
    };
    if let Ok(k) = cast.sets.binary_search_by_key(&i, |(token, _)| *token) {
        return Some(cast.sets[k].1.clone());
    }
    if cast.member_at(i).is_some() {
        let mut tokens = Vec::new();
        grammar::coordinated(s, i, &mut tokens);
        let members: Vec<u32> = tokens.iter().filter_map(|&t| cast.member_at(t)).filter(able).collect();
        return (tokens.len() > 1 && members.len() == tokens.len()).then(|| dedup(members));
    }
    if s.token(i).upos == Upos::Verb
        && matches!(s.lemma(i), "meet" | "visit" | "host" | "receive" | "call" | "join")
    {
        let pair = [
            grammar::subject(s, i)?,
            grammar::object(s, i).or_else(|| grammar::prepositional(s, i, "with").next())?,
        ];
        let members: Vec<u32> = pair.iter().filter_map(|&t| cast.member_at(t)).filter(able).collect();
        return (members.len() == 2 && members[0] != members[1]).then_some(members);
    }
    None
}

fn dedup(mut members: Vec<u32>) -> Vec<u32> {
    let mut seen = Vec::new();
    members.retain(|m| {
        let new = !seen.contains(m);
        seen.push(*m);
        new
    });
    members
}
