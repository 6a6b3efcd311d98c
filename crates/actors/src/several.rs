//! One phrase that names several parties: "the Israeli Foreign and Defence Ministers", "the presidents of Russia and Turkey",
//! "the ministers, Laurent Fabius and Manuel Valls".

use crate::candidate::{Candidate, Reader};
use crate::names::{Name, Named};
use crate::phrase;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Upos};
use dateline_core::{Country, grammar};
use dateline_knowledge::{Entry, Role};

impl Reader<'_> {
    /// The parties that the plural phrase headed by `head` names, each as a candidate of its own; empty where it names but
    /// one group. `whole` is what the phrase says as one.
    pub(crate) fn several(&self, head: u32, whole: &Candidate) -> Vec<Candidate> {
        let s = &self.doc.syntax;
        let Some(&Name { named: Named::Role(id, true), .. }) = self.name_at(head) else { return Vec::new() };
        let role = self.knowledge.role(id);
        if whole.named {
            let holders = self.holders(head, whole);
            return if holders.len() > 1 { holders } else { Vec::new() };
        }
        for found in [
            self.by_portfolio(head, whole),
            self.by_country(head, role, whole, &self.adjectives(head)),
            self.by_country(head, role, whole, &self.complements(head)),
        ] {
            if found.len() > 1 {
                return found;
            }
        }
        // A tree may call the first portfolio the head: "the defence [and interior ministers]".
        let first = s.head(head).filter(|&h| s.token(head).deprel == Deprel::Conj && h < head);
        match first.and_then(|f| self.office(f, head)) {
            Some(_) => vec![Candidate { plural: false, kind: EntityKind::Person, ..whole.clone() }],
            None => Vec::new(),
        }
    }

    /// "ministers, Laurent Fabius and Manuel Valls": those who are named behind.
    fn holders(&self, head: u32, whole: &Candidate) -> Vec<Candidate> {
        let s = &self.doc.syntax;
        let Some(first) = s.child(head, Deprel::Appos) else { return Vec::new() };
        let mut tokens = Vec::new();
        grammar::coordinated(s, first, &mut tokens);
        let person = |&t: &u32| {
            let name = *self.name_at(t).filter(|n| n.named == Named::Person)?;
            let (low, _) = phrase::extent(s, t);
            let c = self.person(t, low, &name);
            let (country, sector) = (c.country.or(whole.country), c.sector.or(whole.sector));
            Some(Candidate { country, sector, ..c })
        };
        let found: Vec<Candidate> = tokens.iter().filter_map(person).collect();
        if found.len() == tokens.len() { found } else { Vec::new() }
    }

    /// "Foreign and Defence Ministers": modifiers that each make an office with the head.
    fn by_portfolio(&self, head: u32, whole: &Candidate) -> Vec<Candidate> {
        let s = &self.doc.syntax;
        let modifiers = s.children(head).iter().copied().filter(|&c| {
            matches!(s.token(c).deprel, Deprel::Amod | Deprel::Compound) && s.child(c, Deprel::Conj).is_some()
        });
        for first in modifiers {
            let joined: Vec<u32> = std::iter::once(first)
                .chain(s.children_with(first, Deprel::Conj))
                .filter(|&t| t < head)
                .collect();
            let offices: Vec<&Role> = joined.iter().filter_map(|&t| self.office(t, head)).collect();
            if offices.len() < 2 || offices.len() < joined.len() {
                continue;
            }
            let (low, _) = phrase::extent(s, head);
            let before = if low < first { self.words(low, first - 1) + " " } else { String::new() };
            let before = before.strip_prefix("the ").unwrap_or(&before).to_owned();
            return offices
                .iter()
                .map(|office| {
                    let title = capitals(&office.phrase, self.doc.form(head));
                    Candidate {
                        name: format!("{before}{title}"),
                        title: Some(format!("{before}{title}")),
                        sector: Some(office.sector),
                        kind: EntityKind::Person,
                        plural: false,
                        ..whole.clone()
                    }
                })
                .collect();
        }
        Vec::new()
    }

    /// The office that a modifier makes with a plural head: "foreign" and "ministers".
    fn office(&self, modifier: u32, head: u32) -> Option<&Role> {
        let words = [self.doc.form(modifier), self.doc.form(head)];
        let found = self.knowledge.longest(&words).filter(|m| m.tokens == 2)?;
        found.hits.iter().find_map(|hit| match hit.entry {
            Entry::Role { id, plural: true } => Some(self.knowledge.role(id)),
            _ => None,
        })
    }

    /// "the Russian and Turkish presidents": countries before the head.
    fn adjectives(&self, head: u32) -> Vec<(u32, Country)> {
        let s = &self.doc.syntax;
        s.children(head)
            .iter()
            .copied()
            .filter(|&c| c < head && matches!(s.token(c).deprel, Deprel::Amod | Deprel::Compound))
            .find_map(|first| self.countries(first, head).filter(|all| all.len() > 1))
            .unwrap_or_default()
    }

    /// "the presidents of Russia, Turkey and Iran": countries behind it.
    fn complements(&self, head: u32) -> Vec<(u32, Country)> {
        let s = &self.doc.syntax;
        s.children_with(head, Deprel::Nmod)
            .filter(|&c| grammar::preposition(s, c) == Some("of"))
            .find_map(|first| self.countries(first, u32::MAX).filter(|all| all.len() > 1))
            .unwrap_or_default()
    }

    /// The countries that `first` and what is joined to it name, left of `end`; none if one of them is no country.
    fn countries(&self, first: u32, end: u32) -> Option<Vec<(u32, Country)>> {
        let s = &self.doc.syntax;
        let mut found: Vec<(u32, Country)> = Vec::new();
        for t in std::iter::once(first).chain(s.children_with(first, Deprel::Conj)).filter(|&t| t < end) {
            match self.name_at(t).map(|n| n.named) {
                Some(Named::Adjective(code) | Named::Country(code)) => found.push((t, code)),
                // "British and French prime ministers": the tree may join a word of the title.
                _ if s.token(t).upos == Upos::Adj && t + 1 == end => {}
                _ => return None,
            }
        }
        found.dedup_by_key(|f| f.1);
        Some(found)
    }

    /// One party for each country: the holder of an office, else the people there.
    fn by_country(
        &self,
        head: u32,
        role: &Role,
        whole: &Candidate,
        countries: &[(u32, Country)],
    ) -> Vec<Candidate> {
        let s = &self.doc.syntax;
        let (_, high) = phrase::extent(s, head);
        let Some(&Name { tokens: (start, _), .. }) = self.name_at(head) else { return Vec::new() };
        let single = role.is_office() || matches!(&*role.phrase, "president" | "prime minister" | "minister");
        let noun =
            if single { capitals(&role.phrase, self.doc.form(start)) } else { self.words(start, high) };
        countries
            .iter()
            .map(|&(t, code)| {
                let country = self.doc.form(t);
                let name =
                    if t < head { format!("{country} {noun}") } else { format!("{noun} of {country}") };
                Candidate {
                    title: single.then(|| name.clone()).or_else(|| whole.title.clone()),
                    name,
                    country: Some(code),
                    kind: if single { EntityKind::Person } else { EntityKind::Group },
                    plural: !single,
                    named: false,
                    ..whole.clone()
                }
            })
            .collect()
    }
}

/// A title as the text writes its noun: with capitals if `model` has one.
fn capitals(title: &str, model: &str) -> String {
    if !model.starts_with(char::is_uppercase) {
        return title.to_owned();
    }
    let upper = |w: &str| {
        let mut letters = w.chars();
        letters.next().map(|c| c.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    title.split(' ').map(upper).collect::<Vec<_>>().join(" ")
}
