//! Which frames apply to a document.

use crate::bag::Bag;
use crate::fill::{Predicate, fill};
use crate::frame::{Class, Condition, Frame, Place, Pos, Relation, Test};
use crate::listed;
use crate::party;
use crate::support::SupportVerbs;
use crate::table::FrameTable;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::grammar;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, EventType, Span};
use std::fmt;

/// A frame that applies at a place.
#[derive(Clone, Debug)]
pub struct Match {
    /// Index of the frame.
    pub frame: u32,
    /// Token of the predicate's first word.
    pub trigger: u32,
    /// The predicate's words.
    pub trigger_span: Span,
    /// Members of the cast who act.
    pub actors: Vec<u32>,
    /// Members of the cast it is done to.
    pub recipients: Vec<u32>,
    /// Tokens the actors' and recipients' slots hold, entity or not.
    pub fillers: (Vec<u32>, Vec<u32>),
    /// Further words of the predicate.
    pub others: Vec<u32>,
    /// The condition of the frame that does not hold, where but one does not.
    pub unmet: Option<Unmet>,
}

/// What a condition of a frame that does not hold is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmet {
    /// Who acts.
    Actors,
    /// Whom it is done to.
    Recipients,
    /// The words that stand at a relation.
    Words,
    /// The kind of what stands at a relation.
    Kind,
    /// The clause that completes the verb.
    Clause,
    /// The words of the sentence.
    Sentence,
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unmet::Actors => "actors",
            Unmet::Recipients => "recipients",
            Unmet::Words => "words",
            Unmet::Kind => "kind",
            Unmet::Clause => "clause",
            Unmet::Sentence => "sentence",
        })
    }
}

impl Unmet {
    fn of(condition: &Condition) -> Unmet {
        match (&condition.place, &condition.test) {
            (Place::Actors, _) => Unmet::Actors,
            (Place::Recipients, _) => Unmet::Recipients,
            (Place::Clause, _) => Unmet::Clause,
            (Place::Sentence, _) => Unmet::Sentence,
            (Place::At(_), Test::Words(_)) => Unmet::Words,
            (Place::At(_), _) => Unmet::Kind,
        }
    }
}

/// Finds all matches of a document, in text order, at most one a trigger; in `loose` those whose frame has a condition that
/// does not hold, where no frame applies. They take no words from others.
pub fn matches(
    doc: &Document,
    cast: &Cast,
    table: &FrameTable,
    support: &SupportVerbs,
    out: &mut Vec<Match>,
    loose: &mut Vec<Match>,
) {
    out.clear();
    loose.clear();
    let s = &doc.syntax;
    let mut consumed = vec![false; s.tokens.len()];
    let mut found: Vec<(usize, Match)> = Vec::new();
    let (mut end, mut words) = (0, Bag::default());
    for i in 0..s.tokens.len() as u32 {
        if i == end {
            let sentence = s.sentence_of(i).range();
            (end, words) = (sentence.end, Bag::of(s, sentence));
        }
        let candidates = table.starting_with(s.lemma(i));
        if candidates.is_empty() {
            continue;
        }
        let best = candidates
            .iter()
            .filter(|&&index| table.may_apply(index, &words))
            .filter_map(|&index| {
                let m = try_frame(doc, cast, table.frame(index), index, support, i)?;
                Some((rank(table.frame(index), &m), m))
            })
            .reduce(|a, b| if b.0 > a.0 { b } else { a });
        if let Some((_, m)) = best {
            if m.unmet.is_some() { loose.push(m) } else { found.push((m.others.len(), m)) }
        }
    }
    // Longer predicates own their words: "carry out an attack" leaves no second event for "attack".
    found.sort_by_key(|(words, m)| (std::cmp::Reverse(*words), m.trigger));
    for (_, m) in found {
        if consumed[m.trigger as usize] {
            continue;
        }
        for &t in &m.others {
            consumed[t as usize] = true;
        }
        out.push(m);
    }
    out.retain(|m| !consumed[m.trigger as usize] || !m.others.is_empty());
    loose.retain(|m| m.others.iter().chain([&m.trigger]).all(|&t| !consumed[t as usize]));
    out.sort_by_key(|m| m.trigger);
}

/// That all holds, then more words, then more conditions, then more parties, decide between frames of one trigger.
fn rank(frame: &Frame, m: &Match) -> (bool, usize, usize, usize) {
    (
        m.unmet.is_none(),
        frame.words.len(),
        frame.conditions.len(),
        usize::from(!m.actors.is_empty()) + usize::from(!m.recipients.is_empty()),
    )
}

fn try_frame(
    doc: &Document,
    cast: &Cast,
    frame: &Frame,
    index: u32,
    support: &SupportVerbs,
    i: u32,
) -> Option<Match> {
    let s = &doc.syntax;
    if !fits_pos(s, frame.pos, i) {
        return None;
    }
    let mut others = Vec::new();
    for word in &frame.words[1..] {
        others.push(find_word(s, i, word, &others)?);
    }
    let predicate = Predicate { head: i, others, nominal: frame.pos == Pos::Noun };
    let mut fillers = (Vec::new(), Vec::new());
    let actors = first_filled(s, cast, support, &predicate, &frame.actors, &mut fillers.0);
    let mut recipients = first_filled(s, cast, support, &predicate, &frame.recipients, &mut fillers.1);
    recipients.retain(|r| !actors.contains(r));
    if recipients.is_empty() && frame.recipients.contains(&Relation::Object) {
        // "Dispersed the crowd", "expelled the diplomats": the predicate's own object is the party.
        let object = predicate.others.iter().copied().find(|&o| s.token(o).deprel == Deprel::Obj);
        recipients.extend(object.and_then(|o| cast.member_at(o)).filter(|m| !actors.contains(m)));
    }
    if recipients.is_empty() && !frame.recipients.is_empty() && party::addresses(frame.event_type) {
        party::in_complement(s, cast, i, &predicate.others, &actors, &mut recipients);
    }
    if frame.event_type == EventType::Consult {
        party::conveners(s, cast, i, &predicate.others, &actors, &mut recipients);
    }
    let mut unmet = None;
    for condition in &frame.conditions {
        if holds(doc, cast, support, &predicate, condition, &actors, &recipients) == condition.negated {
            if condition.negated || unmet.is_some() {
                return None;
            }
            unmet = Some(Unmet::of(condition));
        }
    }
    if unmet.is_some() && actors.is_empty() && recipients.is_empty() {
        return None;
    }
    let mut span = s.token(i).span;
    for &o in &predicate.others {
        // Only neighbours lengthen the trigger: "called for", but not "hold ... talks" across a clause.
        if o.abs_diff(i) <= 3 && s.token(o).sentence == s.token(i).sentence {
            span = span.join(s.token(o).span);
        }
    }
    Some(Match {
        frame: index,
        trigger: i,
        trigger_span: span,
        actors,
        recipients,
        fillers,
        others: predicate.others,
        unmet,
    })
}

/// Whether token `i` has a part of speech that a frame asks for.
pub(crate) fn fits_pos(s: &Syntax, pos: Pos, i: u32) -> bool {
    let t = s.token(i);
    match pos {
        Pos::Verb => {
            t.upos == Upos::Verb
                || (t.upos == Upos::Adj && matches!(t.xpos, Xpos::Vbn | Xpos::Vbg))
                || (t.upos == Upos::Aux && t.deprel == Deprel::Root)
        }
        Pos::Noun => {
            matches!(t.upos, Upos::Noun | Upos::Propn)
                && !matches!(t.deprel, Deprel::Flat)
                && !(t.deprel == Deprel::Compound
                    && s.head(i).is_some_and(|h| h == i + 1 && s.token(h).upos == Upos::Propn))
        }
        Pos::Adjective => match t.upos {
            Upos::Adj | Upos::Adv | Upos::Adp => true,
            // A participle that is judged like an adjective, a noun that is said of somebody.
            Upos::Verb => matches!(t.xpos, Xpos::Vbn | Xpos::Vbg),
            Upos::Noun => s.child(i, Deprel::Cop).is_some(),
            _ => false,
        },
    }
}

/// A further word of a predicate: a particle, a preposition or the noun of a light-verb phrase near `i`.
fn find_word(s: &Syntax, i: u32, word: &str, taken: &[u32]) -> Option<u32> {
    let wanted = |c: u32| s.lemma(c) == word && !taken.contains(&c);
    for &c in s.children(i) {
        if wanted(c)
            && !matches!(
                s.token(c).deprel,
                Deprel::Nsubj | Deprel::Conj | Deprel::Parataxis | Deprel::Advcl | Deprel::Ccomp
            )
        {
            return Some(c);
        }
    }
    // One level down: the preposition of a complement, an adjective or noun on the object.
    for &c in s.children(i) {
        if matches!(
            s.token(c).deprel,
            Deprel::Obj
                | Deprel::Obl
                | Deprel::OblAgent
                | Deprel::Nmod
                | Deprel::NsubjPass
                | Deprel::Xcomp
                | Deprel::Advcl
                | Deprel::OblUnmarked
                | Deprel::CompoundPrt
                | Deprel::Advmod
                | Deprel::Acl
                | Deprel::Iobj
        ) {
            for &d in s.children(c) {
                if wanted(d)
                    && !matches!(
                        s.token(d).deprel,
                        Deprel::Nsubj | Deprel::Conj | Deprel::Acl | Deprel::AclRelcl
                    )
                {
                    return Some(d);
                }
            }
        }
    }
    // "talks held in Cairo": the noun governs the participle.
    let head = s.head(i)?;
    if grammar::is_passive(s, i)
        && matches!(s.token(i).deprel, Deprel::Acl | Deprel::AclRelcl | Deprel::Amod)
        && wanted(head)
    {
        return Some(head);
    }
    // Two levels down, for "take part in an operation": in hangs on operation, part on take.
    taken.iter().flat_map(|&t| s.children(t)).copied().find(|&c| wanted(c))
}

/// Members at the first relation that holds any; where a relation holds only things, the parties named in their phrases
/// count: "support for the government's plan" is support for the government.
fn first_filled(
    s: &Syntax,
    cast: &Cast,
    support: &SupportVerbs,
    predicate: &Predicate,
    relations: &[Relation],
    fillers: &mut Vec<u32>,
) -> Vec<u32> {
    let mut members = Vec::new();
    let mut tokens = Vec::new();
    for relation in relations {
        tokens.clear();
        fill(s, support, predicate, relation, &mut tokens);
        for &t in &tokens {
            listed::members(s, cast, t, &mut members);
        }
        if *relation == Relation::Modifier {
            // "The Kabul bombing" is where it went off.
            members.retain(|&m| cast.member(m).kind != EntityKind::Place);
        }
        fillers.extend_from_slice(&tokens);
        if !members.is_empty() {
            return members;
        }
    }
    for &t in fillers.iter() {
        party::within(s, cast, t, &mut members);
    }
    members
}

fn holds(
    doc: &Document,
    cast: &Cast,
    support: &SupportVerbs,
    predicate: &Predicate,
    condition: &Condition,
    actors: &[u32],
    recipients: &[u32],
) -> bool {
    let s = &doc.syntax;
    let mut tokens = Vec::new();
    match &condition.place {
        Place::At(relation) => fill(s, support, predicate, relation, &mut tokens),
        Place::Clause => tokens.extend(s.children(predicate.head).iter().copied().filter(|&c| {
            matches!(s.token(c).deprel, Deprel::Ccomp | Deprel::Xcomp | Deprel::Acl | Deprel::Advcl)
        })),
        Place::Actors | Place::Recipients => {
            let members = if condition.place == Place::Actors { actors } else { recipients };
            return match &condition.test {
                Test::Exists => !members.is_empty(),
                Test::Class(classes) => {
                    members.iter().any(|&m| classes.iter().any(|c| member_is(cast, m, c)))
                }
                Test::Words(words) => {
                    members.iter().any(|&m| words.iter().any(|w| **w == *cast.member(m).name))
                }
            };
        }
        Place::Sentence => {
            let Test::Words(words) = &condition.test else { return false };
            return s.sentence_of(predicate.head).range().any(|t| words.iter().any(|w| &**w == s.lemma(t)));
        }
    }
    match &condition.test {
        Test::Exists => !tokens.is_empty(),
        Test::Words(words) => tokens.iter().any(|&t| {
            words.iter().any(|w| &**w == s.lemma(t))
                || s.children_with(t, Deprel::Compound).any(|c| words.iter().any(|w| &**w == s.lemma(c)))
        }),
        Test::Class(classes) => tokens.iter().any(|&t| {
            classes.iter().any(|class| match (class, cast.member_at(t)) {
                (Class::Thing, member) => member.is_none(),
                (class, Some(m)) => member_is(cast, m, class),
                (_, None) => false,
            })
        }),
    }
}

fn member_is(cast: &Cast, member: u32, class: &Class) -> bool {
    let m = cast.member(member);
    match class {
        Class::Party => true,
        Class::Thing => false,
        Class::Person => matches!(m.kind, EntityKind::Person | EntityKind::Group),
        Class::Organization => m.kind == EntityKind::Organization,
        Class::Country => m.kind == EntityKind::Country,
        Class::Place => matches!(m.kind, EntityKind::Country | EntityKind::Place),
        Class::Sector(sector) => m.sector == *sector,
    }
}
