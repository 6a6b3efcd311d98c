//! What a report calls a name once it calls it again: surnames of persons named in full, parts joined by hyphens, the
//! class that most mentions of a name have.

use crate::names::{Name, Named};
use dateline_core::Document;
use dateline_core::syntax::Upos;
use rustc_hash::{FxHashMap, FxHashSet};

/// Mends the names of a document in place.
pub(crate) fn mend(doc: &Document, names: &mut Vec<Name>) {
    join_hyphens(doc, names);
    vote(doc, names);
    surnames(doc, names);
}

/// "Lee Sang" "-" "min", "Dube" "-" "Ncube": one name, where a hyphen stands between without spaces.
fn join_hyphens(doc: &Document, names: &mut Vec<Name>) {
    let tokens = doc.syntax.tokens.len() as u32;
    let mut joined: Vec<Name> = Vec::with_capacity(names.len());
    for &name in names.iter() {
        if let Some(last) = joined.last_mut() {
            if name.tokens.0 < last.tokens.1 {
                continue;
            }
            let hyphen = name.tokens.0 == last.tokens.1 + 1 && doc.form(last.tokens.1) == "-";
            if hyphen && last.named == Named::Person && name.named == Named::Person {
                last.tokens.1 = name.tokens.1;
                continue;
            }
        }
        let mut name = name;
        // A given name goes on in small letters ("Jong-un"), a surname in capitals.
        while name.named == Named::Person
            && name.tokens.1 + 1 < tokens
            && name.tokens.1 - name.tokens.0 <= 6
            && doc.form(name.tokens.1) == "-"
            && doc.syntax.token(name.tokens.1 + 1).sentence == doc.syntax.token(name.tokens.0).sentence
            && doc.syntax.token(name.tokens.1 + 1).upos == Upos::Propn
        {
            name.tokens.1 += 2;
        }
        joined.push(name);
    }
    *names = joined;
}

/// Names that the model alone sees get the class that it gives them most often in the report.
fn vote(doc: &Document, names: &mut [Name]) {
    let s = &doc.syntax;
    let text = |n: &Name| s.token(n.tokens.0).span.join(s.token(n.tokens.1 - 1).span).of(&doc.text);
    let class = |n: &Name| match n.named {
        Named::Person => Some(0),
        Named::Organization(None) => Some(1),
        Named::Place => Some(2),
        _ => None,
    };
    let mut counts: FxHashMap<&str, [u32; 3]> = FxHashMap::default();
    for n in names.iter() {
        if let Some(k) = class(n) {
            counts.entry(text(n)).or_default()[k] += 1;
        }
    }
    for n in names.iter_mut() {
        let Some(own) = class(n) else { continue };
        let Some(votes) = counts.get(text(n)) else { continue };
        for (k, named) in [Named::Person, Named::Organization(None), Named::Place].into_iter().enumerate() {
            if votes[k] > votes[own] && votes.iter().all(|v| *v <= votes[k]) {
                n.named = named;
                break;
            }
        }
    }
}

/// A person named in full is a person again where only the surname stands, whatever the model takes it for.
fn surnames(doc: &Document, names: &mut Vec<Name>) {
    let s = &doc.syntax;
    let surnames: FxHashSet<&str> = names
        .iter()
        .filter(|n| n.named == Named::Person && n.tokens.1 - n.tokens.0 > 1)
        .map(|n| doc.form(n.tokens.1 - 1))
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .collect();
    if surnames.is_empty() {
        return;
    }
    for n in names.iter_mut() {
        let single =
            n.tokens.1 - n.tokens.0 == 1 && matches!(n.named, Named::Place | Named::Organization(None));
        if single && surnames.contains(doc.form(n.tokens.0)) {
            n.named = Named::Person;
        }
    }
    let taken: FxHashSet<u32> = names.iter().flat_map(|n| n.tokens.0..n.tokens.1).collect();
    let before = names.len();
    for i in 0..s.tokens.len() as u32 {
        if s.token(i).upos == Upos::Propn && !taken.contains(&i) && surnames.contains(doc.form(i)) {
            names.push(Name { tokens: (i, i + 1), named: Named::Person });
        }
    }
    if names.len() > before {
        names.sort_by_key(|n| n.tokens.0);
    }
}
