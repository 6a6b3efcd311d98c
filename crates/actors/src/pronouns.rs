//! Pronouns: he, she, they, it, and in quotations I and we.

use crate::link::{Known, mention};
use dateline_core::cast::{Cast, MentionKind};
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, Span, grammar};
use dateline_knowledge::Gender;

/// How many sentences back an antecedent may stand.
const REACH: u32 = 6;

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// he, him, his / she, her
    Person(Gender),
    /// they, them, their
    Several,
    /// it, its
    Thing,
    /// I, me, my, we, our: the speaker.
    Speaker,
}

fn asks(lemma: &str, form: &str) -> Option<Asks> {
    let form = form.to_lowercase();
    Some(match form.as_str() {
        "he" | "him" | "his" | "himself" => Asks::Person(Gender::Male),
        "she" | "her" | "hers" | "herself" => Asks::Person(Gender::Female),
        "they" | "them" | "their" | "theirs" | "themselves" => Asks::Several,
        "it" | "its" | "itself" => Asks::Thing,
        "i" | "me" | "my" | "mine" | "we" | "us" | "our" | "ours" => Asks::Speaker,
        _ => match lemma {
            "he" => Asks::Person(Gender::Male),
            "she" => Asks::Person(Gender::Female),
            "they" => Asks::Several,
            _ => return None,
        },
    })
}

/// Links third-person pronouns to members named before them.
pub fn resolve(doc: &Document, cast: &mut Cast, known: &[Known], quotes: &[Span]) {
    let s = &doc.syntax;
    let mut next = 0;
    let mut order: Vec<usize> = (0..cast.mentions.len()).collect();
    order.sort_by_key(|&k| cast.mentions[k].head);
    let mut seen: Vec<usize> = Vec::new();
    for i in 0..s.tokens.len() as u32 {
        while next < order.len() && cast.mentions[order[next]].head < i {
            seen.push(order[next]);
            next += 1;
        }
        if s.token(i).upos != Upos::Pron || cast.member_at(i).is_some() {
            continue;
        }
        let Some(asked) = asks(s.lemma(i), doc.form(i)).filter(|a| *a != Asks::Speaker) else { continue };
        if asked == Asks::Thing && is_expletive(s, i) {
            continue;
        }
        if let Some(member) = best(s, cast, known, quotes, &seen, i, asked) {
            mention(doc, cast, i, member, MentionKind::Pronoun);
            seen.push(cast.mentions.len() - 1);
        }
    }
}

/// Links "I" and "we" inside the given spans to their speakers.
pub fn resolve_speakers(doc: &Document, cast: &mut Cast, speeches: &[(Span, u32)]) {
    let s = &doc.syntax;
    for &(span, speaker) in speeches {
        for i in s.tokens_in(span) {
            let first_person =
                s.token(i).upos == Upos::Pron && asks(s.lemma(i), doc.form(i)) == Some(Asks::Speaker);
            if first_person && cast.member_at(i).is_none() {
                mention(doc, cast, i, speaker, MentionKind::Pronoun);
            }
        }
    }
}

fn is_expletive(s: &Syntax, i: u32) -> bool {
    s.token(i).deprel == Deprel::Expl
}

/// The best antecedent: fitting, near, a subject, named rather than described, spoken of before.
fn best(
    s: &Syntax,
    cast: &Cast,
    known: &[Known],
    quotes: &[Span],
    seen: &[usize],
    i: u32,
    asked: Asks,
) -> Option<u32> {
    let sentence = s.token(i).sentence;
    let mut found: Option<(i32, u32)> = None;
    let quoted = |t: u32| {
        let at = s.token(t).span.start;
        let k = quotes.partition_point(|q| q.end <= at);
        quotes.get(k).is_some_and(|q| q.contains(at))
    };
    let inside = quoted(i);
    for &k in seen.iter().rev() {
        let m = &cast.mentions[k];
        let distance = sentence - s.token(m.head).sentence.min(sentence);
        if distance > REACH {
            break;
        }
        if !fits(cast, known, m.member, asked) || same_clause(s, m.head, i) {
            continue;
        }
        let head = s.token(m.head);
        let mut score = -12 * distance as i32;
        score += match head.deprel {
            Deprel::Nsubj | Deprel::NsubjPass => 10,
            Deprel::Obj | Deprel::OblAgent => 4,
            Deprel::Amod | Deprel::Compound => -8,
            Deprel::NmodPoss => 1,
            _ => 0,
        };
        // A subject pronoun likes a subject, wherever it stands.
        if s.token(i).deprel == Deprel::Nsubj && matches!(head.deprel, Deprel::Nsubj | Deprel::NsubjPass) {
            score += 4;
        }
        // The reporter's "she said" looks to the reporter's own words, not to those quoted.
        if !inside && quoted(m.head) {
            score -= 25;
        }
        if m.kind == MentionKind::Pronoun {
            score += 3;
        }
        if m.kind == MentionKind::Name {
            score += 2;
        }
        if s.ancestors(m.head).take(3).all(|a| !grammar::is_verbal(s, a) || s.token(a).deprel == Deprel::Root)
        {
            score += 2;
        }
        if found.is_none_or(|(best, _)| score > best) {
            found = Some((score, m.member));
        }
    }
    found.map(|(_, member)| member)
}

fn fits(cast: &Cast, known: &[Known], member: u32, asked: Asks) -> bool {
    let m = cast.member(member);
    match asked {
        Asks::Person(gender) => {
            m.kind == EntityKind::Person
                && !m.plural
                && known.get(member as usize).is_none_or(|k| k.gender.is_none_or(|g| g == gender))
        }
        Asks::Several => m.plural || matches!(m.kind, EntityKind::Group | EntityKind::Organization),
        Asks::Thing => {
            matches!(m.kind, EntityKind::Organization | EntityKind::Country | EntityKind::Group) && !m.plural
        }
        Asks::Speaker => false,
    }
}

/// Subject and object of one verb are different people ("Clinton met him").
fn same_clause(s: &Syntax, a: u32, b: u32) -> bool {
    let poss = s.token(b).deprel == Deprel::NmodPoss;
    !poss && s.head(a).is_some() && s.head(a) == s.head(b)
}
