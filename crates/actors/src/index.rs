//! Members by what a phrase must share with them to speak of them, so that not all of them are asked.

use crate::candidate::Candidate;
use crate::link::{Known, initials, name_words, plain};
use dateline_core::Country;
use dateline_core::cast::Member;
use dateline_core::codes::EntityKind;
use dateline_knowledge::{OrganizationId, spelling};
use rustc_hash::FxHashMap;

/// Of those who share something with a phrase so many are asked, the latest: bounds the cost of endless reports.
const LATEST: usize = 128;

/// What members and phrases may share.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Country(Option<Country>),
    Organization(OrganizationId),
    /// A whole name, or the acronym of one.
    Words(EntityKind, String),
    /// A word of a person's name, by its spelling.
    Name(u64),
    /// The noun of a description.
    Noun(EntityKind, String),
}

/// Members by their keys.
#[derive(Debug, Default)]
pub(crate) struct Index(FxHashMap<Key, Vec<u32>>);

impl Index {
    /// Notes a member, or what is newly known of it.
    pub(crate) fn note(&mut self, index: usize, m: &Member, k: &Known) {
        let index = index as u32;
        keys(m.kind, m.named, &m.name, m.country, k.organization, &k.head_lemma, |key| {
            let all = self.0.entry(key).or_default();
            if !all.iter().rev().take(LATEST).any(|&m| m == index) {
                all.push(index);
            }
        });
    }

    /// The members that a phrase may speak of, the latest first.
    pub(crate) fn sharing(&self, c: &Candidate, lemma: &str) -> Vec<u32> {
        let mut found = Vec::new();
        keys(c.kind, c.named, &c.name, c.country, c.organization, lemma, |key| {
            if let Some(all) = self.0.get(&key) {
                found.extend_from_slice(&all[all.len().saturating_sub(LATEST)..]);
            }
        });
        found.sort_unstable_by_key(|&m| std::cmp::Reverse(m));
        found.dedup();
        found
    }
}

/// Calls `give` with every key; where [`crate::link`] takes a phrase and a member for the same, they share one.
fn keys(
    kind: EntityKind,
    named: bool,
    name: &str,
    country: Option<Country>,
    organization: Option<OrganizationId>,
    lemma: &str,
    mut give: impl FnMut(Key),
) {
    match kind {
        EntityKind::Country => give(Key::Country(country)),
        EntityKind::Organization => {
            organization.into_iter().for_each(|id| give(Key::Organization(id)));
            give(Key::Words(kind, plain(name)));
            let short: String = initials(name);
            if short.len() > 1 {
                give(Key::Words(EntityKind::Group, short));
            }
            give(Key::Words(EntityKind::Group, name.replace('.', "")));
        }
        EntityKind::Place => give(Key::Words(kind, plain(name))),
        EntityKind::Person if named => {
            name_words(name).iter().for_each(|word| give(Key::Name(spelling(word))));
        }
        _ if !named => give(Key::Noun(kind, lemma.to_owned())),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(kind: EntityKind, named: bool, a: &str, b: &str) -> bool {
        let all = |name: &str| {
            let mut found = Vec::new();
            keys(kind, named, name, None, None, "noun", |key| found.push(key));
            found
        };
        let b = all(b);
        all(a).iter().any(|key| b.contains(key))
    }

    #[test]
    fn what_may_be_the_same_shares_a_key() {
        assert!(shared(EntityKind::Person, true, "Hillary Clinton", "CLINTON"));
        assert!(shared(EntityKind::Person, true, "Kim Jong-un", "Kim"));
        assert!(shared(EntityKind::Person, true, "Recep Tayyip Erdoğan", "Erdogan"));
        assert!(!shared(EntityKind::Person, true, "Benjamin Netanyahu", "Benny Gantz"));
        assert!(shared(EntityKind::Organization, true, "I.A.E.A.", "International Atomic Energy Agency"));
        assert!(shared(EntityKind::Organization, true, "The Knesset", "Knesset"));
        assert!(shared(EntityKind::Group, false, "five protesters", "the protesters"));
    }
}
