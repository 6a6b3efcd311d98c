//! Pronouns: he, she, they, it, and in quotations I and we.

use crate::affinity;
use crate::link::{Known, mention};
use dateline_core::cast::{Cast, MentionKind};
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, Span};
use dateline_knowledge::{Gender, Knowledge};

/// How many sentences back an antecedent may stand.
const REACH: u32 = 6;

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
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
        let antecedent =
            ahead(s, cast, known, i, asked).or_else(|| best(doc, cast, known, quotes, &seen, i, asked));
        if let Some(member) = antecedent {
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

/// "Ahead of her meeting with Netanyahu, Clinton said": a possessor in a phrase before its sentence's subject looks ahead,
/// unless somebody fitting stands before it in the sentence.
fn ahead(s: &Syntax, cast: &Cast, known: &[Known], i: u32, asked: Asks) -> Option<u32> {
    let sentence = s.sentence_of(i);
    if s.token(i).deprel != Deprel::NmodPoss || !matches!(asked, Asks::Person(_)) {
        return None;
    }
    let fitting = |t: u32| cast.member_at(t).filter(|&m| fits(cast, known, m, asked));
    if (sentence.tokens.0..i).any(|t| fitting(t).is_some()) {
        return None;
    }
    let root = sentence.range().find(|&t| s.head(t).is_none())?;
    let fronted = std::iter::once(i).chain(s.ancestors(i)).any(|a| {
        s.head(a) == Some(root)
            && a < root
            && matches!(s.token(a).deprel, Deprel::Obl | Deprel::Advcl | Deprel::Advmod)
    });
    let subject = s.children_with(root, Deprel::Nsubj).find(|&c| c > i)?;
    fitting(subject).filter(|_| fronted)
}

fn is_expletive(s: &Syntax, i: u32) -> bool {
    s.token(i).deprel == Deprel::Expl
}

/// The best antecedent: one that fits, by the weights of [`affinity`].
fn best(
    doc: &Document,
    cast: &Cast,
    known: &[Known],
    quotes: &[Span],
    seen: &[usize],
    i: u32,
    asked: Asks,
) -> Option<u32> {
    let s = &doc.syntax;
    let sentence = s.token(i).sentence;
    let reflexive = affinity::is_reflexive(&doc.form(i).to_lowercase());
    let mut found: Option<(f32, u32)> = None;
    for &k in seen.iter().rev() {
        let m = &cast.mentions[k];
        if sentence.saturating_sub(s.token(m.head).sentence) > REACH {
            break;
        }
        if !fits(cast, known, m.member, asked) || affinity::forbidden(s, m.head, i, reflexive) {
            continue;
        }
        let score = affinity::score(s, quotes, m.head, m.kind, i);
        if found.is_none_or(|(best, _)| score > best) {
            found = Some((score, m.member));
        }
    }
    found.map(|(_, member)| member)
}

/// Which of the given names a pronoun most likely stands for: the one that suits best, where the cast's own answer
/// counts in.
pub fn prefer(
    doc: &Document,
    cast: &Cast,
    knowledge: &Knowledge,
    pronoun: Span,
    names: &[Span],
) -> Option<usize> {
    let s = &doc.syntax;
    let p = s.token_at(pronoun.start)?;
    let asked = asks(s.lemma(p), doc.form(p));
    let head = |name: &Span| {
        s.tokens_in(*name).find(|&t| s.head(t).is_none_or(|h| !name.contains(s.token(h).span.start)))
    };
    let linked = cast.member_at(p);
    let member = |name: &Span| s.tokens_in(*name).find_map(|t| cast.member_at(t));
    let mut found: Option<(f32, usize)> = None;
    for (k, name) in names.iter().enumerate() {
        let Some(a) = head(name) else { continue };
        let first = s.tokens_in(*name).next().and_then(|t| knowledge.first_name(doc.form(t)));
        let clash =
            matches!((asked, first), (Some(Asks::Person(x)), Some(y)) if y != Gender::Either && x != y);
        let mut score = affinity::score(s, &[], a, MentionKind::Name, p);
        if linked.is_some() && member(name) == linked {
            score += affinity::linked();
        }
        if clash || affinity::forbidden(s, a, p, affinity::is_reflexive(&doc.form(p).to_lowercase())) {
            score -= 100.0;
        }
        if found.is_none_or(|(best, _)| score > best) {
            found = Some((score, k));
        }
    }
    found.map(|(_, k)| k)
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
