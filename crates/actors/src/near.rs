//! What the words around a noun tell of its country and side: "Israeli police", "the army of Chad", "police spokesman".

use crate::candidate::Reader;
use crate::names::{Name, Named};
use dateline_core::syntax::{Deprel, Upos};
use dateline_core::{Country, Sector};

impl Reader<'_> {
    /// A country named inside a stretch of tokens.
    pub(crate) fn country_in(&self, low: u32, high: u32) -> Option<Country> {
        let s = &self.doc.syntax;
        let by_table = self.names_in(low, high).iter().find_map(|n| self.country_of(n));
        by_table.or_else(|| {
            let place = |t| (self.place_countries)(s.token(t).span.start);
            let by_word = (low..=high).find_map(|t| {
                self.knowledge.lookup(self.doc.form(t)).iter().find_map(|hit| match hit.entry {
                    dateline_knowledge::Entry::Country(id) | dateline_knowledge::Entry::Adjective(id) => {
                        (s.token(t).upos != Upos::Verb).then(|| self.knowledge.country(id).code)
                    }
                    _ => None,
                })
            });
            by_word.or_else(|| (low..=high).find_map(place))
        })
    }

    pub(crate) fn country_of(&self, n: &Name) -> Option<Country> {
        match n.named {
            Named::Adjective(c)
            | Named::Country(c)
            | Named::Capital(c)
            | Named::Seat(c, _)
            | Named::Citizens(c) => Some(c),
            Named::Organization(Some(id)) => self.knowledge.organization(id).country,
            Named::People(id, _) => self.knowledge.people(id).country,
            Named::Place => (self.place_countries)(self.doc.syntax.token(n.tokens.0).span.start),
            // "the Siniora government", "Netanyahu's spokesman"
            Named::Person => {
                let name = self.words(n.tokens.0, n.tokens.1 - 1);
                self.offices(&name).iter().find_map(|office| office.country)
            }
            _ => None,
        }
    }

    /// The country that the phrase around `head` tells: before it, as possessor, or in an "of", "in", "from" complement.
    pub(crate) fn country_near(&self, head: u32, low: u32) -> Option<Country> {
        let s = &self.doc.syntax;
        let before = (low < head)
            .then(|| {
                self.names_in(low, head - 1)
                    .iter()
                    .rev()
                    .filter(|n| !self.is_remark(n))
                    .find_map(|n| self.country_of(n))
            })
            .flatten();
        // "the Mursi government", where nothing else tells that the word is a name
        let office_holder = || {
            s.children_with(head, Deprel::Compound)
                .filter(|&c| s.token(c).upos == Upos::Propn && self.name_at(c).is_none())
                .find_map(|c| self.offices(self.doc.form(c)).iter().find_map(|office| office.country))
        };
        before.or_else(office_holder).or_else(|| {
            s.children(head).iter().copied().find_map(|c| {
                let t = s.token(c);
                let told = match t.deprel {
                    Deprel::NmodPoss | Deprel::Appos => true,
                    Deprel::Nmod | Deprel::Obl => s
                        .children_with(c, Deprel::Case)
                        .any(|p| matches!(s.lemma(p), "of" | "in" | "from" | "for" | "to" | "at")),
                    _ => false,
                };
                told.then(|| self.name_at(c).and_then(|n| self.country_of(n))).flatten()
            })
        })
    }

    /// Country and sector of the organization or group that a borrowing role goes with: "UN official", "police spokesman",
    /// "spokesman for the army".
    pub(crate) fn side_near(&self, head: u32, low: u32) -> Option<(Option<Country>, Sector)> {
        let s = &self.doc.syntax;
        let side = |n: &Name| match n.named {
            Named::Organization(Some(id)) => {
                let row = self.knowledge.organization(id);
                Some((row.country, row.sector))
            }
            Named::Organization(None) => {
                let forms: Vec<&str> = (n.tokens.0..n.tokens.1).map(|t| self.doc.form(t)).collect();
                self.knowledge
                    .pattern(&forms)
                    .map(|p| (self.country_in(n.tokens.0, n.tokens.1 - 1), p.sector))
            }
            Named::Seat(country, sector) => Some((Some(country), sector)),
            Named::Role(id, _) => Some((None, self.knowledge.role(id).sector)),
            _ => None,
        };
        let before = (low < head)
            .then(|| self.names_in(low, head - 1).iter().rev().filter(|n| !n.covers(head)).find_map(side))
            .flatten();
        before.or_else(|| {
            s.children(head).iter().copied().find_map(|c| {
                let joined = s.token(c).deprel == Deprel::NmodPoss
                    || (s.token(c).deprel == Deprel::Nmod
                        && s.children_with(c, Deprel::Case)
                            .any(|p| matches!(s.lemma(p), "of" | "for" | "from" | "with" | "at" | "in")));
                joined.then(|| self.name_at(c).and_then(side)).flatten()
            })
        })
    }

    /// "US-backed", "anti-Syrian": a name that tells of a relation, not of belonging.
    fn is_remark(&self, n: &Name) -> bool {
        let hyphen = |t: u32| matches!(self.doc.form(t), "-" | "–");
        let tokens = self.doc.syntax.tokens.len() as u32;
        let behind = n.tokens.1 + 1 < tokens
            && hyphen(n.tokens.1)
            && matches!(
                self.doc.form(n.tokens.1 + 1),
                "backed"
                    | "supported"
                    | "funded"
                    | "trained"
                    | "allied"
                    | "brokered"
                    | "sponsored"
                    | "armed"
                    | "held"
                    | "occupied"
                    | "designated"
                    | "friendly"
                    | "mediated"
                    | "aligned"
            );
        let before = n.tokens.0 >= 2
            && hyphen(n.tokens.0 - 1)
            && matches!(self.doc.form(n.tokens.0 - 2).to_lowercase().as_str(), "anti" | "pro" | "non");
        behind || before
    }
}
