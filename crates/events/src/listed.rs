//! Parties that a phrase lists behind its head: "President Demirel, Foreign Minister Ciller", "states such as Iran and Syria".

use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::grammar;
use dateline_core::syntax::{Deprel, Syntax, Upos};

/// Appends the members that the phrase headed by `token` stands for, without those that are there already: the one it names,
/// the further persons of a list that the tree takes for appositions, or instead of a group those that it is "such as".
pub(crate) fn members(s: &Syntax, cast: &Cast, token: u32, members: &mut Vec<u32>) {
    let mut add = |m: u32| {
        if !members.contains(&m) {
            members.push(m);
        }
    };
    let examples = examples(s, cast, token);
    if examples.is_empty() {
        cast.members_at(token).into_iter().for_each(&mut add);
        further(s, cast, token, &mut add);
    } else {
        examples.into_iter().for_each(&mut add);
    }
}

/// "President Demirel, Foreign Minister Ciller and Chief of Staff Karadayi": persons with names of their own in apposition.
fn further(s: &Syntax, cast: &Cast, token: u32, add: &mut dyn FnMut(u32)) {
    let person = |t: u32| {
        cast.member_at(t).filter(|&m| cast.member(m).named && cast.member(m).kind == EntityKind::Person)
    };
    let Some(first) = person(token) else { return };
    for behind in s.children_with(token, Deprel::Appos).filter(|&c| c > token) {
        let mut all = Vec::new();
        grammar::coordinated(s, behind, &mut all);
        if let Some(m) = person(behind).filter(|&m| m != first) {
            add(m);
            all[1..].iter().filter_map(|&t| cast.member_at(t)).for_each(&mut *add);
        }
    }
}

/// "Radical states such as Iran, Syria and Iraq": those who are named for a group that has no name itself.
fn examples(s: &Syntax, cast: &Cast, token: u32) -> Vec<u32> {
    let group = cast.member_at(token).is_none_or(|m| !cast.member(m).named && cast.member(m).plural);
    if !group || s.token(token).upos != Upos::Noun {
        return Vec::new();
    }
    let mut all = Vec::new();
    for behind in s.children_with(token, Deprel::Nmod) {
        let such = s
            .children_with(behind, Deprel::Case)
            .any(|c| s.lemma(c) == "such" && s.children_with(c, Deprel::Fixed).any(|f| s.lemma(f) == "as"));
        if such {
            grammar::coordinated(s, behind, &mut all);
        }
    }
    all.into_iter().filter_map(|t| cast.member_at(t)).filter(|&m| cast.member(m).named).collect()
}
