//! How well an antecedent suits a pronoun: named features of the pair, weighed by `models/pronouns.tsv`.

use dateline_core::cast::MentionKind;
use dateline_core::span::any_contains;
use dateline_core::syntax::{Deprel, Syntax};
use dateline_core::{Span, grammar};
use std::sync::LazyLock;

/// Declares the features, their names in the table and their number.
macro_rules! features {
    ($($(#[$meta:meta])* $name:ident = $text:literal),+ $(,)?) => {
        /// What is seen of a pronoun and a possible antecedent.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Feature { $($(#[$meta])* $name),+ }

        /// Names of the features in the table, in order.
        const NAMES: &[&str] = &[$($text),+];
    };
}

features! {
    /// How many sentences before the pronoun it stands, up to six.
    SentencesBack = "sentences_back",
    /// It stands behind the pronoun.
    Behind = "behind",
    /// It is a subject.
    Subject = "subject",
    /// It is an object or agent.
    Object = "object",
    /// It is a possessor.
    Possessor = "possessor",
    /// It modifies a noun.
    Modifier = "modifier",
    /// It stands with a preposition at a verb.
    Oblique = "oblique",
    /// Both are subjects.
    BothSubjects = "both_subjects",
    /// Both are objects or stand with prepositions.
    BothObjects = "both_objects",
    /// It is the subject of the pronoun's own clause.
    OwnSubject = "own_subject",
    /// It is the subject of a clause above the pronoun's.
    Controls = "controls",
    /// It opens its sentence.
    First = "first_in_sentence",
    /// It stands inside another phrase.
    Nested = "nested",
    /// It is a pronoun that is resolved.
    Pronoun = "is_pronoun",
    /// It is a name.
    Name = "is_name",
    /// It is inside a quotation, the pronoun outside.
    Quoted = "quoted_alone",
    /// It is the subject of its sentence.
    MainClause = "main_clause",
    /// Logarithm of the tokens between, in one sentence.
    Tokens = "tokens_between",
    /// The pronoun stands in its phrase.
    Within = "same_phrase",
    /// The cast of the report links the pronoun to it.
    Linked = "linked",
}

static WEIGHTS: LazyLock<[f32; NAMES.len()]> =
    LazyLock::new(|| read(include_str!("../../../models/pronouns.tsv")));

fn read(table: &str) -> [f32; NAMES.len()] {
    let mut weights = [0.0; NAMES.len()];
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        let mut cells = line.split('\t');
        let feature = cells.next().and_then(|name| NAMES.iter().position(|n| *n == name));
        if let (Some(k), Some(weight)) = (feature, cells.next().and_then(|w| w.trim().parse().ok())) {
            weights[k] = weight;
        }
    }
    weights
}

/// Whether binding forbids that `a` and pronoun `p` are one: arguments of one verb ("Clinton met him"), or the noun
/// that the pronoun stands in ("his brother").
pub fn forbidden(s: &Syntax, a: u32, p: u32, reflexive: bool) -> bool {
    if reflexive {
        return false;
    }
    let owner = s.token(p).deprel == Deprel::NmodPoss;
    if owner {
        return s.head(p) == Some(a) || s.is_within(p, a) && s.child(a, Deprel::NmodPoss) == Some(p);
    }
    let argument = |d: Deprel| {
        matches!(
            d,
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::Obj
                | Deprel::Iobj
                | Deprel::Obl
                | Deprel::OblAgent
                | Deprel::Xcomp
                | Deprel::Root
        )
    };
    // Conjuncts stand where their first one stands.
    let top = |mut i: u32| {
        while matches!(s.token(i).deprel, Deprel::Conj | Deprel::Appos | Deprel::Flat) {
            match s.head(i) {
                Some(h) if !grammar::is_verbal(s, i) => i = h,
                _ => break,
            }
        }
        i
    };
    let (a, p) = (top(a), top(p));
    a == p
        || s.head(a) == Some(p)
        || s.head(p) == Some(a)
        || (s.head(a).is_some()
            && s.head(a) == s.head(p)
            && argument(s.token(a).deprel)
            && argument(s.token(p).deprel))
}

/// The features of antecedent head `a` for pronoun `p`, with their values.
pub fn features(
    s: &Syntax,
    quotes: &[Span],
    a: u32,
    kind: MentionKind,
    p: u32,
    mut see: impl FnMut(Feature, f32),
) {
    let (from, to) = (s.token(a).sentence, s.token(p).sentence);
    let back = to.saturating_sub(from);
    see(Feature::SentencesBack, back.min(6) as f32);
    if a > p {
        see(Feature::Behind, 1.0);
    }
    let (da, dp) = (s.token(a).deprel, s.token(p).deprel);
    let subject = |d: Deprel| matches!(d, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
    let object = |d: Deprel| matches!(d, Deprel::Obj | Deprel::Iobj | Deprel::OblAgent);
    match da {
        d if subject(d) => see(Feature::Subject, 1.0),
        d if object(d) => see(Feature::Object, 1.0),
        Deprel::NmodPoss => see(Feature::Possessor, 1.0),
        Deprel::Amod | Deprel::Compound | Deprel::NmodDesc => see(Feature::Modifier, 1.0),
        Deprel::Obl => see(Feature::Oblique, 1.0),
        _ => {}
    }
    if subject(da) && subject(dp) {
        see(Feature::BothSubjects, 1.0);
    }
    if (object(da) || da == Deprel::Obl) && (object(dp) || dp == Deprel::Obl) {
        see(Feature::BothObjects, 1.0);
    }
    if from == to {
        if let Some(verb) = s.ancestors(p).find(|&v| grammar::is_verbal(s, v)) {
            match grammar::subject(s, verb) {
                Some(own) if own == a && own != p => see(Feature::OwnSubject, 1.0),
                _ => {}
            }
            // The subject of a clause above: "Clinton said she ...".
            if subject(da) && s.head(a).is_some_and(|h| h != verb && s.is_within(verb, h)) {
                see(Feature::Controls, 1.0);
            }
        }
        if a < p {
            see(Feature::Tokens, ((p - a) as f32).ln_1p());
        }
        if s.is_within(p, a) {
            see(Feature::Within, 1.0);
        }
    }
    if subject(da) && s.head(a).is_some_and(|h| s.token(h).deprel == Deprel::Root) {
        see(Feature::MainClause, 1.0);
    }
    if a < s.sentences[from as usize].tokens.0 + 5 {
        see(Feature::First, 1.0);
    }
    if matches!(da, Deprel::Nmod | Deprel::Compound | Deprel::Appos | Deprel::Conj) {
        see(Feature::Nested, 1.0);
    }
    match kind {
        MentionKind::Pronoun => see(Feature::Pronoun, 1.0),
        MentionKind::Name => see(Feature::Name, 1.0),
        MentionKind::Nominal => {}
    }
    // The reporter's "she said" looks to the reporter's own words, not to those quoted.
    if any_contains(quotes, s.token(a).span.start) && !any_contains(quotes, s.token(p).span.start) {
        see(Feature::Quoted, 1.0);
    }
}

/// How well the phrase headed by `a` suits pronoun `p`; higher is better.
pub fn score(s: &Syntax, quotes: &[Span], a: u32, kind: MentionKind, p: u32) -> f32 {
    let mut sum = 0.0;
    features(s, quotes, a, kind, p, |feature, value| sum += WEIGHTS[feature as usize] * value);
    sum
}

/// How much it counts that the cast links a pronoun to a name.
pub(crate) fn linked() -> f32 {
    WEIGHTS[Feature::Linked as usize]
}

/// Whether the pronoun is "himself", "herself" and the like.
pub(crate) fn is_reflexive(form: &str) -> bool {
    form.ends_with("self") || form.ends_with("selves")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_of_a_feature() {
        let table = include_str!("../../../models/pronouns.tsv");
        for line in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (name, weight) = line.split_once('\t').unwrap();
            assert!(NAMES.contains(&name), "{name}");
            assert!(weight.parse::<f32>().is_ok(), "{line}");
        }
    }
}
