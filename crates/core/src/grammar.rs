//! Who does what in a tree: logical subjects, objects and prepositional complements, seen through passives, relative
//! clauses, participles, control, raising and coordination.
//!
//! Every function takes a [`Syntax`] that has been [indexed](Syntax::index) and costs the width of the clause.

use crate::labels::{Deprel, Upos, Xpos};
use crate::syntax::Syntax;

/// How many governors are climbed in search of a shared subject.
const CLIMB: usize = 6;

/// Whether verb `i` is passive: has a passive auxiliary or subject, is a bare past participle behind a noun, or goes on from
/// such a verb ("citizens killed and wounded in attacks").
pub fn is_passive(s: &Syntax, i: u32) -> bool {
    passive(s, i, CLIMB)
}

fn passive(s: &Syntax, i: u32, depth: usize) -> bool {
    let t = s.token(i);
    if t.xpos == Xpos::Vbg {
        return s.child(i, Deprel::AuxPass).is_some();
    }
    let marked =
        |&c: &u32| matches!(s.token(c).deprel, Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass);
    if s.children(i).iter().any(marked) || s.child(i, Deprel::OblAgent).is_some() {
        return true;
    }
    if t.xpos != Xpos::Vbn || s.child(i, Deprel::Aux).is_some() {
        return false;
    }
    match t.deprel {
        Deprel::Acl | Deprel::Amod | Deprel::Advcl => true,
        Deprel::Conj if depth > 0 && !has_subject(s, i) => {
            s.head(i).is_some_and(|h| s.token(h).upos == Upos::Verb && passive(s, h, depth - 1))
        }
        _ => false,
    }
}

fn has_subject(s: &Syntax, i: u32) -> bool {
    s.children(i)
        .iter()
        .any(|&c| matches!(s.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter))
}

/// A relative pronoun stands for the noun its clause hangs on; everything else for itself.
pub fn antecedent(s: &Syntax, i: u32) -> u32 {
    let t = s.token(i);
    let relative = matches!(t.xpos, Xpos::Wdt | Xpos::Wp | Xpos::WpPoss)
        || (t.upos == Upos::Pron && matches!(s.lemma(i), "that" | "which" | "who" | "whom" | "whose"));
    if !relative {
        return i;
    }
    let mut node = i;
    for _ in 0..CLIMB {
        let Some(head) = s.head(node) else { break };
        if matches!(s.token(node).deprel, Deprel::AclRelcl) {
            return head;
        }
        node = head;
    }
    i
}

/// The surface subject of the clause of `i`, its own or one it shares; none when the tree does not tell.
fn surface_subject(s: &Syntax, i: u32, depth: usize) -> Option<u32> {
    let own = s
        .children(i)
        .iter()
        .copied()
        .find(|&c| matches!(s.token(c).deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter));
    if let Some(c) = own {
        return Some(antecedent(s, c));
    }
    if depth == 0 {
        return None;
    }
    let head = s.head(i)?;
    let h = s.token(head);
    match s.token(i).deprel {
        Deprel::Conj | Deprel::Parataxis if is_verbal(s, head) => {
            if s.token(i).deprel == Deprel::Parataxis {
                return None;
            }
            surface_subject(s, head, depth - 1)
        }
        Deprel::Xcomp if is_verbal(s, head) => {
            // Object control: "urged Israel to withdraw"; else subject control: "plans to withdraw".
            let object = s
                .children(head)
                .iter()
                .copied()
                .find(|&c| matches!(s.token(c).deprel, Deprel::Obj | Deprel::Iobj) && c < i);
            match object {
                Some(o) if s.lemma(head) != "promise" => Some(antecedent(s, o)),
                _ => surface_subject(s, head, depth - 1),
            }
        }
        Deprel::Advcl if is_verbal(s, head) && non_finite(s, i) => match blamed(s, head, i) {
            Some(o) => Some(antecedent(s, o)),
            None => surface_subject(s, head, depth - 1),
        },
        Deprel::Acl | Deprel::AclRelcl if is_nominal(h.upos) => {
            if s.token(i).xpos == Xpos::Vbg
                || (s.token(i).deprel == Deprel::AclRelcl && !has_object_gap(s, i))
            {
                return Some(head);
            }
            if s.token(i).xpos == Xpos::Vbn && s.token(i).deprel == Deprel::Acl {
                return Some(head);
            }
            // "Israel's decision to withdraw", "the army made an attempt to enter".
            if let Some(owner) = s.child(head, Deprel::NmodPoss) {
                return Some(antecedent(s, owner));
            }
            let governor = s.head(head)?;
            if is_verbal(s, governor) && matches!(h.deprel, Deprel::Obj | Deprel::Obl) {
                return surface_subject(s, governor, depth - 1);
            }
            None
        }
        _ => None,
    }
}

/// Who does what gerund `i` tells where its verb speaks of another's deed: "accused Egypt of torturing prisoners", "criticised
/// Israel for building", "kept troops from entering".
fn blamed(s: &Syntax, verb: u32, i: u32) -> Option<u32> {
    let marked = |&c: &u32| {
        matches!(s.token(c).deprel, Deprel::Mark | Deprel::Case)
            && matches!(s.lemma(c), "of" | "for" | "from")
    };
    let speaks = s.token(i).xpos == Xpos::Vbg && !is_passive(s, verb) && s.children(i).iter().any(marked);
    s.child(verb, Deprel::Obj).filter(|&o| speaks && o < i)
}

fn has_object_gap(s: &Syntax, i: u32) -> bool {
    // A relative clause with a subject of its own leaves the object open.
    has_subject(s, i)
}

fn non_finite(s: &Syntax, i: u32) -> bool {
    let finite_aux = s.children(i).iter().any(|&c| {
        s.token(c).deprel == Deprel::Aux
            && matches!(s.token(c).xpos, Xpos::Md | Xpos::Vbz | Xpos::Vbp | Xpos::Vbd)
    });
    !finite_aux && matches!(s.token(i).xpos, Xpos::Vb | Xpos::Vbg | Xpos::Vbn)
}

/// Whether `i` heads a clause: a verb, or a predicate with a copula.
pub fn is_verbal(s: &Syntax, i: u32) -> bool {
    matches!(s.token(i).upos, Upos::Verb | Upos::Aux) || s.child(i, Deprel::Cop).is_some()
}

/// Whether `i` is marked by "to": "to leave".
pub fn has_to(s: &Syntax, i: u32) -> bool {
    s.children_with(i, Deprel::Mark).any(|m| s.lemma(m) == "to")
}

/// Whether a part of speech names things or persons.
pub const fn is_nominal(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym)
}

/// Who acts: the logical subject of verb `i`, through passive, relative clause, control and coordination.
pub fn subject(s: &Syntax, i: u32) -> Option<u32> {
    if is_passive(s, i) {
        return agent(s, i);
    }
    if let Some(owner) = s.child(i, Deprel::NmodPoss).filter(|_| is_gerund(s, i)) {
        return Some(antecedent(s, owner));
    }
    // A shared subject of a passive governor is still the surface subject here.
    surface_subject(s, i, CLIMB)
}

/// Whether verb `i` stands like a noun: "the US killing of Soleimani".
fn is_gerund(s: &Syntax, i: u32) -> bool {
    s.token(i).xpos == Xpos::Vbg && !has_subject(s, i) && s.child(i, Deprel::Aux).is_none()
}

/// The "by" phrase of a passive verb.
pub fn agent(s: &Syntax, i: u32) -> Option<u32> {
    s.child(i, Deprel::OblAgent).or_else(|| prepositional(s, i, "by").next())
}

/// Whom it is done to: the logical object of verb `i`.
pub fn object(s: &Syntax, i: u32) -> Option<u32> {
    if is_passive(s, i) {
        return surface_subject(s, i, CLIMB).or_else(|| {
            let t = s.token(i);
            (t.deprel == Deprel::Amod).then(|| s.head(i)).flatten()
        });
    }
    if let Some(o) = s.child(i, Deprel::Obj) {
        return Some(antecedent(s, o));
    }
    if is_gerund(s, i)
        && let Some(o) = prepositional(s, i, "of").next()
    {
        return Some(antecedent(s, o));
    }
    let t = s.token(i);
    let head = s.head(i)?;
    match t.deprel {
        // "the man (whom) police arrested"
        Deprel::AclRelcl if has_object_gap(s, i) && is_nominal(s.token(head).upos) => {
            let relative_subject = s.child(i, Deprel::Nsubj).is_some_and(|c| antecedent(s, c) != c);
            (!relative_subject).then_some(head)
        }
        // "arrested and beat protesters": the object stands behind both and hangs on the first
        Deprel::Conj if s.token(head).upos == Upos::Verb => s.child(head, Deprel::Obj).filter(|&o| o > i),
        _ => {
            // ... or hangs on the last.
            s.children_with(i, Deprel::Conj)
                .filter(|&c| s.token(c).upos == Upos::Verb && !has_subject(s, c))
                .find_map(|c| s.child(c, Deprel::Obj).filter(|_| i + 2 == c))
        }
    }
}

/// The lemma of the preposition of a complement, for "because of" the first word.
pub fn preposition(s: &Syntax, i: u32) -> Option<&str> {
    prepositions(s, i).next().map(|c| s.lemma(c))
}

/// The prepositions of a complement; some trees hang them on the title before a name: "with mediator Archbishop Cipriani".
fn prepositions(s: &Syntax, i: u32) -> impl Iterator<Item = u32> + '_ {
    let titles = s.children_with(i, Deprel::NmodDesc).take_while(move |&t| t < i).take(2);
    s.children_with(i, Deprel::Case).chain(titles.flat_map(|t| s.children_with(t, Deprel::Case)))
}

/// Complements of `i` that stand with preposition `word`: "on" in "call on Israel", "attack on Gaza".
pub fn prepositional<'a>(s: &'a Syntax, i: u32, word: &'a str) -> impl Iterator<Item = u32> + 'a {
    s.children(i).iter().copied().filter(move |&c| {
        matches!(
            s.token(c).deprel,
            Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::Advcl | Deprel::Acl
        ) && prepositions(s, c).any(|p| s.lemma(p) == word)
    })
}

/// `i` and what is coordinated with it: "Russia, China and Iran".
pub fn coordinated(s: &Syntax, i: u32, out: &mut Vec<u32>) {
    out.push(i);
    let bare = s.child(i, Deprel::Case).is_none();
    for c in s.children_with(i, Deprel::Conj) {
        // "meet officials and to Cairo": what has a preposition of its own is no second object.
        if bare && s.child(c, Deprel::Case).is_some() {
            continue;
        }
        if is_nominal(s.token(c).upos) || s.token(c).upos == Upos::Adj {
            out.push(c);
        }
    }
}

/// Whether a negation stands directly on `i`: "not", "never", "no longer", the determiner "no".
pub fn is_negated(s: &Syntax, i: u32) -> bool {
    s.children(i).iter().any(|&c| {
        let t = s.token(c);
        match t.deprel {
            Deprel::Advmod => {
                matches!(s.lemma(c), "not" | "n't" | "never" | "hardly" | "scarcely" | "nowhere")
            }
            Deprel::Det => s.lemma(c) == "no",
            Deprel::Mark | Deprel::Case => s.lemma(c) == "without",
            _ => false,
        }
    })
}
