//! What a mention of an event shows: its word, those who take part, and the sentence around it.

use dateline_core::labels::{Deprel, Upos};
use dateline_core::syntax::Syntax;
use dateline_core::{Document, Span, grammar};
use serde::Serialize;

/// A mention of an event, as far as it serves to compare it with others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// Base form of its word.
    pub lemma: String,
    /// `v` for verbs, `n` for nouns and names, else `o`.
    pub pos: char,
    /// Base forms of all its words of content, in ascending order, like the lists below.
    pub words: Vec<String>,
    /// Who does it.
    pub subject: Vec<String>,
    /// To whom it is done, or what.
    pub object: Vec<String>,
    /// What else hangs on it: where, when, with whom, of what kind.
    pub others: Vec<String>,
    /// Names in its sentence.
    pub names: Vec<String>,
    /// Numbers in its sentence, and days and months.
    pub numbers: Vec<String>,
    /// Words of content of its sentence.
    pub context: Vec<String>,
    /// Number of its sentence.
    pub sentence: u32,
}

impl Mention {
    /// The mention that stands at `span` (bytes) of a parsed document.
    pub fn at(doc: &Document, span: Span) -> Mention {
        let s = &doc.syntax;
        let tokens = s.tokens_in(span);
        let Some(head) = head_of(s, tokens.clone()) else { return Mention::default() };
        let list = |from: &mut dyn Iterator<Item = u32>| {
            sorted(from.filter(|&i| content(s, i)).map(|i| lower(s, i)))
        };
        let (subject, object, others) = parts(s, head);
        let sentence = s.sentence_of(head).range();
        let phrase = |roots: &[u32]| {
            let mut all: Vec<u32> = Vec::new();
            for &r in roots {
                all.push(r);
                all.extend(s.children(r).iter().filter(|&&c| within_name(s.token(c).deprel)));
            }
            list(&mut all.into_iter().filter(|i| !tokens.contains(i)))
        };
        Mention {
            lemma: lower(s, head),
            pos: match s.token(head).upos {
                Upos::Verb | Upos::Aux => 'v',
                Upos::Noun | Upos::Propn => 'n',
                _ => 'o',
            },
            words: list(&mut tokens.clone()),
            subject: phrase(&subject),
            object: phrase(&object),
            others: phrase(&others),
            names: list(
                &mut sentence.clone().filter(|&i| s.token(i).upos == Upos::Propn && !tokens.contains(&i)),
            ),
            numbers: sorted(
                sentence
                    .clone()
                    .filter(|&i| s.token(i).upos == Upos::Num || is_date(s.lemma(i)))
                    .map(|i| lower(s, i)),
            ),
            context: list(&mut sentence.filter(|i| !tokens.contains(i))),
            sentence: s.token(head).sentence,
        }
    }
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut words: Vec<String> = words.collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn lower(s: &Syntax, i: u32) -> String {
    s.lemma(i).to_lowercase()
}

/// The word of `tokens` that the others hang on.
fn head_of(s: &Syntax, tokens: std::ops::Range<u32>) -> Option<u32> {
    tokens
        .clone()
        .find(|&i| content(s, i) && s.head(i).is_none_or(|h| !tokens.contains(&h)))
        .or(tokens.clone().next())
}

fn content(s: &Syntax, i: u32) -> bool {
    matches!(s.token(i).upos, Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
        && s.lemma(i).bytes().any(|b| b.is_ascii_alphanumeric() || b >= 0x80)
}

const fn within_name(deprel: Deprel) -> bool {
    matches!(
        deprel,
        Deprel::Compound
            | Deprel::Flat
            | Deprel::Amod
            | Deprel::Appos
            | Deprel::NmodPoss
            | Deprel::Nmod
            | Deprel::Nummod
            | Deprel::Conj
    )
}

fn is_date(lemma: &str) -> bool {
    const DATES: [&str; 19] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    lemma.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
        && DATES.iter().any(|d| lemma.eq_ignore_ascii_case(d))
}

/// Subject, object and the rest of what takes part in the event of word `i`.
fn parts(s: &Syntax, i: u32) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    let (mut subject, mut object, mut others) = (Vec::new(), Vec::new(), Vec::new());
    if s.token(i).upos == Upos::Verb {
        subject.extend(grammar::subject(s, i));
        object.extend(grammar::object(s, i));
        let known = |c: u32| subject.contains(&c) || object.contains(&c);
        others.extend(
            s.children(i).iter().copied().filter(|&c| !known(c) && grammar::is_nominal(s.token(c).upos)),
        );
    } else {
        for &c in s.children(i) {
            let preposition = s.child(c, Deprel::Case).map(|p| s.lemma(p));
            match (s.token(c).deprel, preposition) {
                (Deprel::NmodPoss, _) | (Deprel::Nmod, Some("by")) => subject.push(c),
                (Deprel::Nmod, Some("of" | "on" | "against")) => object.push(c),
                (d, _) if within_name(d) => others.push(c),
                _ => {}
            }
        }
        // "carried out an attack": those who take part hang on the verb.
        if let Some(verb) =
            s.head(i).filter(|&h| s.token(h).upos == Upos::Verb && s.token(i).deprel == Deprel::Obj)
        {
            subject.extend(grammar::subject(s, verb));
            others.extend(
                s.children(verb).iter().copied().filter(|&c| c != i && s.token(c).deprel == Deprel::Obl),
            );
        }
    }
    (subject, object, others)
}
