//! Persons: a name with the titles, appositions and offices that tell country, sector and gender.

use crate::candidate::{Candidate, Reader};
use crate::names::{Name, Named};
use crate::phrase;
use dateline_core::Sector;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::Deprel;
use dateline_knowledge::{Entry, Gender, Person};
use jiff::civil::Date;

impl Reader<'_> {
    /// A person's name that stands directly behind a title, or behind what the title is for: "Special Representative
    /// for Iran Brian Hook".
    pub(crate) fn name_behind(&self, title: &Name) -> Option<Name> {
        let k = self.names.partition_point(|n| n.tokens.0 < title.tokens.1);
        let next = *self.names.get(k)?;
        if next.tokens.0 == title.tokens.1 && next.named == Named::Person {
            return Some(next);
        }
        let s = &self.doc.syntax;
        let linked =
            next.tokens.0 == title.tokens.1 + 1 && matches!(s.lemma(title.tokens.1), "for" | "to" | "of");
        let land = matches!(next.named, Named::Country(_) | Named::Place | Named::Capital(_));
        let last = *self.names.get(k + 1).filter(|_| linked && land)?;
        (last.tokens.0 == next.tokens.1 && last.named == Named::Person).then_some(last)
    }

    /// Whether a name inside a phrase is what the phrase is about: its head, or flat or described by the head.
    pub(crate) fn is_own(&self, head: u32, name: &Name) -> bool {
        let s = &self.doc.syntax;
        if name.covers(head) {
            return true;
        }
        // The model calls the title the head and the name a flat part of it.
        (name.tokens.0..name.tokens.1).any(|t| {
            s.token(t).head == head && matches!(s.token(t).deprel, Deprel::Flat | Deprel::Appos) && t > head
        })
    }

    pub(crate) fn person(&self, head: u32, low: u32, name: &Name) -> Candidate {
        let s = &self.doc.syntax;
        let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Person);
        c.named = true;
        c.plural = false;
        c.gender = self.gender(low, name);
        self.apply_titles(&mut c, low, name.tokens.0);
        // Appositions on either side: "X, the Israeli prime minister", "the prime minister, X".
        let beside = s
            .children_with(head, Deprel::Appos)
            .chain(s.head(head).filter(|_| s.token(head).deprel == Deprel::Appos));
        for a in beside {
            if c.sector.is_none()
                && let Some(name) = self.name_at(a)
                && let Named::Role(id, _) = name.named
            {
                let (low, _) = phrase::extent(s, a);
                let row = self.knowledge.role(id);
                c.sector = Some(row.sector);
                c.title = Some(self.title(low, name.tokens.1));
                c.country = c.country.or_else(|| self.country_near(a, low));
                if row.borrows_sector()
                    && let Some((country, sector)) = self.side_near(a, low)
                {
                    c.sector = Some(sector);
                    c.country = c.country.or(country);
                }
            }
        }
        self.apply_office(&mut c);
        c
    }

    /// Titles and countries before a person's name.
    pub(crate) fn apply_titles(&self, c: &mut Candidate, low: u32, name_start: u32) {
        if low >= name_start {
            return;
        }
        for n in self.names_in(low, name_start - 1) {
            match n.named {
                Named::Role(id, _) => {
                    let row = self.knowledge.role(id);
                    c.sector = Some(row.sector);
                    c.title = Some(self.title(low, n.tokens.1));
                    if row.borrows_sector()
                        && let Some((country, sector)) = self.side_near(c.head, low)
                    {
                        c.sector = Some(sector);
                        c.country = c.country.or(country);
                    }
                }
                Named::Adjective(code)
                | Named::Country(code)
                | Named::Capital(code)
                | Named::Seat(code, _) => {
                    c.country = Some(code);
                }
                Named::Organization(Some(id)) => {
                    let row = self.knowledge.organization(id);
                    c.country = c.country.or(row.country);
                    c.sector = c.sector.or(Some(row.sector));
                }
                Named::People(id, _) => c.country = c.country.or(self.knowledge.people(id).country),
                _ => {}
            }
        }
        if c.sector.is_some() && c.country.is_none() {
            c.country = self.country_near(c.head, low);
        }
    }

    /// Country and sector from the tables of offices, on the day of the report; what the text says comes first.
    pub(crate) fn apply_office(&self, c: &mut Candidate) {
        let rows = self.offices(&c.name);
        let full = c.name.contains(' ');
        let told = c.title.as_deref().and_then(|t| t.rsplit(' ').next()).map(str::to_lowercase);
        let holds =
            |p: &Person| told.as_deref().is_some_and(|t| p.office.to_lowercase().split(' ').any(|w| w == t));
        let of_country = |p: &Person| c.country.is_none_or(|x| p.country == Some(x));
        let by_title = rows.iter().copied().find(|p| of_country(p) && holds(p));
        let best = by_title.or_else(|| {
            let fitting: Vec<&Person> = rows.iter().copied().filter(|p| of_country(p)).collect();
            let first = fitting.iter().copied().min_by_key(|p| standing(&p.office))?;
            let rivals = fitting
                .iter()
                .filter(|p| p.name != first.name && standing(&p.office) <= standing(&first.office));
            (full || rivals.count() == 0).then_some(first)
        });
        if let Some(p) = best {
            c.country = c.country.or(p.country);
            if c.title.is_none() {
                c.title = Some(p.office.to_string());
                c.sector = Some(p.sector);
            }
            c.sector = c.sector.or(Some(p.sector));
            c.gender = c.gender.or(p.gender);
            c.international |= p.sector == Sector::Igo;
        } else if full {
            // Out of office: the last one held before the day still tells the country.
            let past = self
                .knowledge
                .persons_named(&c.name)
                .map(|(_, p)| p)
                .filter(|p| p.period.from.is_none_or(|from| self.day.is_none_or(|day| from <= day)))
                .last();
            if let Some(p) = past {
                c.country = c.country.or(p.country);
                c.sector = c.sector.or(Some(p.sector));
                c.gender = c.gender.or(p.gender);
            }
        }
    }

    /// The offices that bearers of a name hold on the day; without a day those still held, or the last.
    pub(crate) fn offices(&self, name: &str) -> Vec<&Person> {
        if let Some(day) = self.day {
            return self.knowledge.in_office(name, day).into_iter().map(|(_, p)| p).collect();
        }
        let all = self.knowledge.persons_named(name).chain(self.knowledge.persons_surnamed(name));
        let mut rows: Vec<&Person> = all.map(|(_, p)| p).collect();
        let last = rows.iter().map(|p| p.period.to.unwrap_or(Date::MAX)).max();
        rows.retain(|p| Some(p.period.to.unwrap_or(Date::MAX)) == last);
        rows
    }

    /// Gender by an honorific before the name or by the given name.
    pub(crate) fn gender(&self, low: u32, name: &Name) -> Option<Gender> {
        let honorific = (low..name.tokens.1).find_map(|t| self.gender_of_word(self.doc.form(t)));
        honorific.or_else(|| {
            (name.tokens.1 - name.tokens.0 > 1)
                .then(|| self.knowledge.first_name(self.doc.form(name.tokens.0)))
                .flatten()
                .filter(|g| *g != Gender::Either)
        })
    }

    /// Gender by a noun: "the actress", "his mother", "spokeswoman".
    pub(crate) fn gender_of_noun(&self, head: u32) -> Option<Gender> {
        let lemma = self.doc.syntax.lemma(head);
        match lemma {
            _ if lemma.ends_with("woman") || matches!(lemma, "girl" | "actress" | "queen" | "princess") => {
                Some(Gender::Female)
            }
            "man" | "boy" | "actor" | "king" | "prince" => Some(Gender::Male),
            _ if lemma.ends_with("sman") => Some(Gender::Male),
            _ => self.gender_of_word(lemma),
        }
    }

    fn gender_of_word(&self, word: &str) -> Option<Gender> {
        self.knowledge.lookup(word).iter().find_map(|hit| match hit.entry {
            Entry::Honorific(id) => {
                Some(self.knowledge.honorific(id).gender).filter(|g| *g != Gender::Either)
            }
            _ => None,
        })
    }

    /// The holder of an office that an apposition or flat part names.
    pub(crate) fn holder(&self, head: u32) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let named = s
            .children(head)
            .iter()
            .copied()
            .filter(|&c| matches!(s.token(c).deprel, Deprel::Appos | Deprel::Flat) && c > head)
            .find(|&c| self.name_at(c).is_some_and(|n| n.named == Named::Person))?;
        Some(self.person(named, phrase::extent(s, named).0, self.name_at(named)?))
    }
}

/// How high an office stands; those who lead a country come first.
fn standing(office: &str) -> u8 {
    let office = office.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|w| office == *w);
    if is(&[
        "president",
        "prime minister",
        "chancellor",
        "king",
        "queen",
        "supreme leader",
        "secretary-general",
        "pope",
    ]) {
        0
    } else if office.contains("foreign minister") || is(&["secretary of state", "vice president"]) {
        1
    } else if office.contains("minister") || office.contains("secretary") {
        2
    } else {
        3
    }
}
