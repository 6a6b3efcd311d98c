//! What stands at a relation of a predicate.

use crate::frame::Relation;
use crate::support::SupportVerbs;
use dateline_core::grammar;
use dateline_core::syntax::{Deprel, Syntax, Upos};

/// A matched predicate: its first word, and all its words.
#[derive(Clone, Debug)]
pub struct Predicate {
    /// Token of the first word.
    pub head: u32,
    /// Tokens of the further words, in the frame's order.
    pub others: Vec<u32>,
    /// Whether the first word is a noun.
    pub nominal: bool,
}

/// Appends the head tokens that stand at `relation` of `predicate`, coordination resolved.
pub fn fill(
    s: &Syntax,
    support: &SupportVerbs,
    predicate: &Predicate,
    relation: &Relation,
    out: &mut Vec<u32>,
) {
    let i = predicate.head;
    let before = out.len();
    match relation {
        Relation::Subject => {
            if predicate.nominal {
                extend(s, support_subject(s, support, i), out);
            } else {
                extend(s, grammar::subject(s, i), out);
            }
        }
        Relation::Object => {
            // "asked the army to help": some trees call the only object an indirect one.
            let only = || s.child(i, Deprel::Iobj).map(|o| grammar::antecedent(s, o));
            let object = grammar::object(s, i).or_else(only).filter(|o| !predicate.others.contains(o));
            extend(s, object, out);
        }
        Relation::Indirect => {
            let found = s.child(i, Deprel::Iobj).or_else(|| {
                // "was offered a loan": the passive's subject is the one who is offered.
                (grammar::is_passive(s, i) && s.child(i, Deprel::Obj).is_some())
                    .then(|| grammar::object(s, i))
                    .flatten()
            });
            extend(s, found.map(|f| grammar::antecedent(s, f)), out);
        }
        Relation::Possessor => {
            for c in s.children(i).iter().copied() {
                if s.token(c).deprel == Deprel::NmodPoss {
                    extend(s, Some(grammar::antecedent(s, c)), out);
                }
            }
        }
        Relation::Modifier => {
            for &c in s.children(i) {
                let t = s.token(c);
                if matches!(t.deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc) && c < i {
                    extend(s, Some(c), out);
                    // "US-Russia talks", "Franco-German summit"
                    for inner in s.children_with(c, Deprel::Compound) {
                        extend(s, Some(inner), out);
                    }
                }
            }
        }
        Relation::Support => extend(s, support_subject(s, support, i), out),
        Relation::Preposition(word) => {
            let mut places = vec![i];
            places.extend_from_slice(&predicate.others);
            if predicate.nominal {
                if let Some(verb) = support_verb(s, support, i) {
                    places.push(verb);
                }
            } else if let Some(o) = s.child(i, Deprel::Obj) {
                // The parser hangs many complements on the object: "signed a deal with X".
                if !predicate.others.contains(&o) && attaches_to_object(word) {
                    places.push(o);
                }
            }
            for place in places {
                for found in grammar::prepositional(s, place, word).collect::<Vec<_>>() {
                    if !predicate.others.contains(&found) {
                        extend(s, Some(grammar::antecedent(s, found)), out);
                    } else if !matches!(s.token(found).upos, Upos::Verb) {
                        extend(s, None, out);
                    }
                }
                if out.len() > before {
                    break;
                }
            }
            if out.len() == before && predicate.nominal {
                // "the training of recruits by NATO": the parser hangs the second complement on the first.
                for &c in s.children(i) {
                    if s.token(c).deprel == Deprel::Nmod {
                        for found in grammar::prepositional(s, c, word) {
                            extend(s, Some(grammar::antecedent(s, found)), out);
                        }
                    }
                }
            }
        }
    }
    dedup(out, before);
}

/// Whether complements with this preposition are often hung on the object though they belong to the verb.
fn attaches_to_object(preposition: &str) -> bool {
    matches!(preposition, "with" | "against" | "for" | "to" | "from" | "on" | "at")
}

fn extend(s: &Syntax, found: Option<u32>, out: &mut Vec<u32>) {
    if let Some(token) = found {
        grammar::coordinated(s, token, out);
    }
}

fn dedup(out: &mut Vec<u32>, from: usize) {
    let mut k = from;
    for j in from..out.len() {
        if !out[..k].contains(&out[j]) {
            out[k] = out[j];
            k += 1;
        }
    }
    out.truncate(k);
}

/// The verb that lends noun `i` its tense and subject: "carried out an attack", "took part in talks".
pub fn support_verb(s: &Syntax, support: &SupportVerbs, i: u32) -> Option<u32> {
    let t = s.token(i);
    let governor = s.head(i)?;
    if t.deprel == Deprel::Conj {
        return support_verb(s, support, governor);
    }
    // "an attack carried out by Hamas"
    let participle = s
        .children_with(i, Deprel::Acl)
        .find(|&c| grammar::is_passive(s, c) && support.knows(s.lemma(c), "obj"));
    if participle.is_some() {
        return participle;
    }
    if !matches!(s.token(governor).upos, Upos::Verb | Upos::Aux) {
        return None;
    }
    let known = match t.deprel {
        Deprel::Obj | Deprel::NsubjPass => support.knows(s.lemma(governor), "obj"),
        Deprel::Obl => grammar::preposition(s, i).is_some_and(|p| support.knows(s.lemma(governor), p)),
        _ => false,
    };
    known.then_some(governor)
}

fn support_subject(s: &Syntax, support: &SupportVerbs, i: u32) -> Option<u32> {
    support_verb(s, support, i).and_then(|verb| grammar::subject(s, verb)).filter(|&x| x != i)
}
