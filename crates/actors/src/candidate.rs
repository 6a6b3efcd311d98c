//! What one noun phrase says of whom it names.

use crate::names::{Name, Named};
use crate::phrase;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Upos, Xpos};
use dateline_core::{Country, Document, Sector, grammar};
use dateline_knowledge::{Gender, Knowledge, OrganizationId, PeopleForm};
use jiff::civil::Date;

/// What a phrase tells, before it is linked to a member of the cast.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Head token.
    pub head: u32,
    /// Name or description.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Office or role, with what stands before it.
    pub title: Option<String>,
    /// The words of the title that are the office: "Foreign Minister" in "embattled Foreign Minister".
    pub office: Option<String>,
    /// Country.
    pub country: Option<Country>,
    /// Sector.
    pub sector: Option<Sector>,
    /// By name rather than by description.
    pub named: bool,
    /// Several.
    pub plural: bool,
    /// Gender, where name or title tell it.
    pub gender: Option<Gender>,
    /// With "the", "this" or a possessor: somebody known.
    pub definite: bool,
    /// Row of the organization.
    pub organization: Option<OrganizationId>,
    /// Goes with an international body, so that the setting gives no country: "members of the European Union".
    pub international: bool,
    /// The possessive pronoun before it: "its troops" are of whom "its" is.
    pub owner: Option<u32>,
    /// Says nothing but to whom it goes back: "the 55-year-old".
    pub anaphor: bool,
}

/// Reads the noun phrases of one document.
pub struct Reader<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The tables.
    pub knowledge: &'a Knowledge,
    /// Names and roles, in text order.
    pub names: &'a [Name],
    /// The day on which offices are asked for; none: the latest.
    pub day: Option<Date>,
    /// Countries of place names, by span start.
    pub place_countries: &'a dyn Fn(u32) -> Option<Country>,
}

impl Reader<'_> {
    /// The name that covers `token`.
    pub fn name_at(&self, token: u32) -> Option<&Name> {
        let k = self.names.partition_point(|n| n.tokens.1 <= token);
        self.names.get(k).filter(|n| n.covers(token))
    }

    pub(crate) fn names_in(&self, low: u32, high: u32) -> &[Name] {
        let a = self.names.partition_point(|n| n.tokens.1 <= low);
        let b = self.names.partition_point(|n| n.tokens.0 <= high);
        &self.names[a..b.max(a)]
    }

    pub(crate) fn words(&self, low: u32, high: u32) -> String {
        let s = &self.doc.syntax;
        let span = s.token(low).span.join(s.token(high).span);
        span.of(&self.doc.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn blank(&self, head: u32, name: String, kind: EntityKind) -> Candidate {
        let s = &self.doc.syntax;
        let definite = s.children(head).iter().any(|&c| {
            (s.token(c).deprel == Deprel::Det
                && matches!(s.lemma(c), "the" | "this" | "that" | "these" | "those"))
                || s.token(c).deprel == Deprel::NmodPoss
        });
        Candidate {
            head,
            name,
            kind,
            title: None,
            office: None,
            country: None,
            sector: None,
            named: false,
            plural: matches!(s.token(head).xpos, Xpos::Nns | Xpos::Nnps),
            gender: None,
            definite,
            organization: None,
            international: false,
            owner: s.children_with(head, Deprel::NmodPoss).find(|&c| s.token(c).upos == Upos::Pron),
            anaphor: false,
        }
    }

    /// The person's name that the phrase from `low` to `high`, headed by `head`, gives to whom it speaks of.
    fn person_in(&self, head: u32, low: u32, high: u32) -> Option<&Name> {
        self.names_in(low, high).iter().find(|n| n.named == Named::Person && self.is_own(head, n))
    }

    /// Whether the phrase headed by `head` speaks of a person by name.
    pub(crate) fn is_person(&self, head: u32) -> bool {
        let (low, high) = phrase::extent(&self.doc.syntax, head);
        self.person_in(head, low, high).is_some()
    }

    /// What the phrase headed by `head` names; none if it is nobody.
    pub fn read(&self, head: u32) -> Option<Candidate> {
        let (low, high) = phrase::extent(&self.doc.syntax, head);
        // The name at the head decides; a person's name anywhere in the phrase outranks a title at its head.
        if let Some(name) = self.person_in(head, low, high) {
            return Some(self.person(head, low, name));
        }
        let Some(&name) = self.name_at(head) else {
            return self.aged(head).or_else(|| self.part(head, low, high));
        };
        match name.named {
            Named::Person => Some(self.person(head, low, &name)),
            Named::Organization(id) => Some(self.organization(head, low, &name, id)),
            Named::Country(code) => Some(self.country(head, &name, code, Sector::Gov)),
            Named::Seat(code, sector) => {
                let mut c =
                    self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Organization);
                (c.country, c.sector, c.named) = (Some(code), Some(sector), true);
                Some(c)
            }
            Named::Capital(code) => Some(self.capital(head, &name, code)),
            Named::Adjective(code) => self.adjective(head, &name, code),
            Named::Citizens(code) => {
                let mut c = self.blank(head, self.words(low, high), EntityKind::Group);
                (c.country, c.sector, c.plural) = (Some(code), Some(Sector::Civ), true);
                Some(c)
            }
            Named::People(id, form) => {
                let row = self.knowledge.people(id);
                if form == PeopleForm::Adjective && self.doc.syntax.token(head).upos == Upos::Adj {
                    return None;
                }
                let mut c = self.blank(head, self.words(low, high), EntityKind::Group);
                c.country = row.country.or_else(|| self.country_near(head, low));
                (c.sector, c.plural) = (Some(Sector::Civ), form == PeopleForm::Plural);
                Some(c)
            }
            Named::Place => {
                let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Place);
                c.country = (self.place_countries)(self.doc.syntax.token(name.tokens.0).span.start);
                (c.sector, c.named) = (Some(Sector::Civ), true);
                Some(c)
            }
            Named::Role(id, plural) => self.description(head, low, high, &name, id, plural),
        }
    }

    pub(crate) fn organization(
        &self,
        head: u32,
        low: u32,
        name: &Name,
        id: Option<OrganizationId>,
    ) -> Candidate {
        let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Organization);
        c.named = true;
        c.organization = id;
        let forms: Vec<&str> = (low.min(name.tokens.0)..name.tokens.1).map(|t| self.doc.form(t)).collect();
        if let Some(id) = id {
            let row = self.knowledge.organization(id);
            (c.country, c.sector) = (row.country, Some(row.sector));
            if row.country.is_none() && row.sector != Sector::Igo {
                c.country = self.country_in(low, name.tokens.1 - 1);
            }
        } else {
            c.sector = self.knowledge.pattern(&forms).map(|p| p.sector);
            c.country = self.country_in(low, name.tokens.1 - 1).or_else(|| self.country_near(head, low));
            if c.sector.is_some() && low < name.tokens.0 {
                c.name = self.words(low, name.tokens.1 - 1);
            }
        }
        c
    }

    pub(crate) fn country(&self, head: u32, name: &Name, code: Country, sector: Sector) -> Candidate {
        let shown = self
            .knowledge
            .country_by_code(code)
            .map_or_else(|| self.words(name.tokens.0, name.tokens.1 - 1), |row| row.name.to_string());
        let mut c = self.blank(head, shown, EntityKind::Country);
        (c.country, c.sector, c.named, c.plural) = (Some(code), Some(sector), true, false);
        c
    }

    /// A capital that acts is its government; elsewhere it is a place.
    pub(crate) fn capital(&self, head: u32, name: &Name, code: Country) -> Candidate {
        let s = &self.doc.syntax;
        let acts = matches!(
            s.token(head).deprel,
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::NmodPoss
                | Deprel::OblAgent
                | Deprel::Obj
                | Deprel::Iobj
        ) || grammar::preposition(s, head)
            .is_some_and(|p| matches!(p, "with" | "between" | "against" | "by"));
        if acts {
            return self.country(head, name, code, Sector::Gov);
        }
        let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Place);
        (c.country, c.sector, c.named) = (Some(code), Some(Sector::Gov), true);
        c
    }

    /// "an Israeli", "the Russian": one citizen; before a noun it is the country acting.
    pub(crate) fn adjective(&self, head: u32, name: &Name, code: Country) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let t = s.token(head);
        let joined =
            t.deprel == Deprel::Conj && s.head(head).is_some_and(|h| phrase::is_modifier(s.token(h).deprel));
        let joins = t.upos == Upos::Adj && s.child(head, Deprel::Conj).is_some();
        if phrase::is_modifier(t.deprel) || joined || joins {
            return Some(self.country(head, name, code, Sector::Gov));
        }
        if t.upos == Upos::Adj && s.child(head, Deprel::Det).is_none() {
            return None;
        }
        let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Person);
        (c.country, c.sector) = (Some(code), Some(Sector::Civ));
        Some(c)
    }

    pub(crate) fn title(&self, low: u32, end: u32) -> String {
        self.words(low, end - 1)
    }
}
