//! What one noun phrase says of whom it names.

use crate::names::{Name, Named};
use crate::phrase;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Upos, Xpos};
use dateline_core::{Country, Document, Sector, grammar};
use dateline_knowledge::{Gender, Knowledge, OrganizationId, PeopleForm, RoleKind};
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
    /// Office or role.
    pub title: Option<String>,
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
}

/// Reads the noun phrases of one document.
pub struct Reader<'a> {
    /// The document.
    pub doc: &'a Document,
    /// The tables.
    pub knowledge: &'a Knowledge,
    /// Names and roles, in text order.
    pub names: &'a [Name],
    /// The day on which offices are asked for.
    pub day: Date,
    /// Countries of place names, by span start.
    pub place_countries: &'a dyn Fn(u32) -> Option<Country>,
}

impl Reader<'_> {
    /// The name that covers `token`.
    pub fn name_at(&self, token: u32) -> Option<&Name> {
        let k = self.names.partition_point(|n| n.tokens.1 <= token);
        self.names.get(k).filter(|n| n.covers(token))
    }

    fn names_in(&self, low: u32, high: u32) -> &[Name] {
        let a = self.names.partition_point(|n| n.tokens.1 <= low);
        let b = self.names.partition_point(|n| n.tokens.0 <= high);
        &self.names[a..b.max(a)]
    }

    fn words(&self, low: u32, high: u32) -> String {
        let s = &self.doc.syntax;
        let span = s.token(low).span.join(s.token(high).span);
        span.of(&self.doc.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn blank(&self, head: u32, name: String, kind: EntityKind) -> Candidate {
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
            country: None,
            sector: None,
            named: false,
            plural: matches!(s.token(head).xpos, Xpos::Nns | Xpos::Nnps),
            gender: None,
            definite,
            organization: None,
            international: false,
        }
    }

    /// What the phrase headed by `head` names; none if it is nobody.
    pub fn read(&self, head: u32) -> Option<Candidate> {
        let (low, high) = phrase::extent(&self.doc.syntax, head);
        // The name at the head decides; a person's name anywhere in the phrase outranks a title at its head.
        let person =
            self.names_in(low, high).iter().find(|n| n.named == Named::Person && self.is_own(head, n));
        if let Some(name) = person {
            return Some(self.person(head, low, name));
        }
        let name = *self.name_at(head)?;
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
            Named::Role(id, plural) => {
                // "Secretary of State Hillary Clinton": the name behind the title, however the tree ties them.
                if let Some(person) = self.name_behind(&name) {
                    return Some(self.person(head, low.min(name.tokens.0), &person));
                }
                let row = self.knowledge.role(id);
                if row.sector == Sector::Unk
                    && !row.borrows_sector()
                    && !plural
                    && row.kind == RoleKind::Either
                {
                    // "the region", "the town": a stretch of land, nobody who acts.
                    return None;
                }
                let kind = match row.kind {
                    RoleKind::Person if plural => EntityKind::Group,
                    RoleKind::Person => EntityKind::Person,
                    RoleKind::Group => EntityKind::Group,
                    RoleKind::Either => {
                        if plural {
                            EntityKind::Group
                        } else {
                            EntityKind::Person
                        }
                    }
                };
                let mut c = self.blank(head, self.describe(head, low, high), kind);
                c.plural = plural || kind == EntityKind::Group;
                c.country = self.country_near(head, low);
                c.sector = Some(row.sector);
                c.title = Some(self.title(low, name.tokens.1));
                if row.borrows_sector()
                    && let Some((country, sector)) = self.side_near(head, low)
                {
                    c.sector = Some(sector);
                    c.country = c.country.or(country);
                }
                // "spokesperson, Victoria Nuland": the apposition names the holder.
                if let Some(holder) = self.holder(head) {
                    return Some(Candidate { head, ..holder });
                }
                Some(c)
            }
        }
    }

    /// A person's name that stands directly behind a title.
    fn name_behind(&self, title: &Name) -> Option<Name> {
        let k = self.names.partition_point(|n| n.tokens.0 < title.tokens.1);
        self.names.get(k).copied().filter(|n| n.tokens.0 == title.tokens.1 && n.named == Named::Person)
    }

    /// Whether a name inside a phrase is what the phrase is about: its head, or flat or described by the head.
    fn is_own(&self, head: u32, name: &Name) -> bool {
        let s = &self.doc.syntax;
        if name.covers(head) {
            return true;
        }
        // The model calls the title the head and the name a flat part of it.
        (name.tokens.0..name.tokens.1).any(|t| {
            s.token(t).head == head && matches!(s.token(t).deprel, Deprel::Flat | Deprel::Appos) && t > head
        })
    }

    fn person(&self, head: u32, low: u32, name: &Name) -> Candidate {
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
    fn apply_titles(&self, c: &mut Candidate, low: u32, name_start: u32) {
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
    fn apply_office(&self, c: &mut Candidate) {
        let rows = self.knowledge.in_office(&c.name, self.day);
        let full = c.name.contains(' ');
        let told = c.title.as_deref().and_then(|t| t.rsplit(' ').next()).map(str::to_lowercase);
        let holds = |p: &dateline_knowledge::Person| {
            told.as_deref().is_some_and(|t| p.office.to_lowercase().split(' ').any(|w| w == t))
        };
        let of_country = |p: &dateline_knowledge::Person| c.country.is_none_or(|x| p.country == Some(x));
        let by_title = rows.iter().find(|(_, p)| of_country(p) && holds(p));
        let best = by_title.or_else(|| rows.iter().find(|(_, p)| of_country(p)));
        if let Some((_, p)) = best {
            if full
                || by_title.is_some()
                || unambiguous(&rows.iter().map(|(_, p)| &*p.name).collect::<Vec<_>>())
            {
                c.country = c.country.or(p.country);
                if c.title.is_none() {
                    c.title = Some(p.office.to_string());
                    c.sector = Some(p.sector);
                }
                c.sector = c.sector.or(Some(p.sector));
                c.gender = c.gender.or(p.gender);
            }
        } else if full {
            // Out of office: the last one held before the day still tells the country.
            let past = self
                .knowledge
                .persons_named(&c.name)
                .filter(|(_, p)| p.period.from.is_none_or(|from| from <= self.day))
                .last();
            if let Some((_, p)) = past {
                c.country = c.country.or(p.country);
                c.sector = c.sector.or(Some(p.sector));
                c.gender = c.gender.or(p.gender);
            }
        }
    }

    fn gender(&self, low: u32, name: &Name) -> Option<Gender> {
        for t in low..name.tokens.1 {
            match self.doc.form(t).trim_end_matches('.') {
                "Mr" | "King" | "Prince" | "Sir" | "Lord" => return Some(Gender::Male),
                "Mrs" | "Ms" | "Miss" | "Queen" | "Princess" | "Lady" => return Some(Gender::Female),
                _ => {}
            }
        }
        (name.tokens.1 - name.tokens.0 > 1)
            .then(|| self.knowledge.first_name(self.doc.form(name.tokens.0)))
            .flatten()
            .filter(|g| *g != Gender::Either)
    }

    fn organization(&self, head: u32, low: u32, name: &Name, id: Option<OrganizationId>) -> Candidate {
        let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Organization);
        c.named = true;
        c.organization = id;
        let forms: Vec<&str> = (low.min(name.tokens.0)..name.tokens.1).map(|t| self.doc.form(t)).collect();
        match id {
            Some(id) => {
                let row = self.knowledge.organization(id);
                (c.country, c.sector) = (row.country, Some(row.sector));
                if row.country.is_none() && row.sector != Sector::Igo {
                    c.country = self.country_in(low, name.tokens.1 - 1);
                }
            }
            None => {
                c.sector = self.knowledge.pattern(&forms).map(|p| p.sector);
                c.country = self.country_in(low, name.tokens.1 - 1).or_else(|| self.country_near(head, low));
                if c.sector.is_some() && low < name.tokens.0 {
                    c.name = self.words(low, name.tokens.1 - 1);
                }
            }
        }
        c
    }

    fn country(&self, head: u32, name: &Name, code: Country, sector: Sector) -> Candidate {
        let shown = self
            .knowledge
            .country_by_code(code)
            .map_or_else(|| self.words(name.tokens.0, name.tokens.1 - 1), |row| row.name.to_string());
        let mut c = self.blank(head, shown, EntityKind::Country);
        (c.country, c.sector, c.named, c.plural) = (Some(code), Some(sector), true, false);
        c
    }

    /// A capital that acts is its government; elsewhere it is a place.
    fn capital(&self, head: u32, name: &Name, code: Country) -> Candidate {
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
    fn adjective(&self, head: u32, name: &Name, code: Country) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let t = s.token(head);
        if matches!(t.deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc) {
            return Some(self.country(head, name, code, Sector::Gov));
        }
        if t.upos == Upos::Adj && s.child(head, Deprel::Det).is_none() {
            return None;
        }
        let mut c = self.blank(head, self.words(name.tokens.0, name.tokens.1 - 1), EntityKind::Person);
        (c.country, c.sector) = (Some(code), Some(Sector::Civ));
        Some(c)
    }

    /// The holder of an office that an apposition or flat part names.
    fn holder(&self, head: u32) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let named = s
            .children(head)
            .iter()
            .copied()
            .filter(|&c| matches!(s.token(c).deprel, Deprel::Appos | Deprel::Flat) && c > head)
            .find(|&c| self.name_at(c).is_some_and(|n| n.named == Named::Person))?;
        Some(self.person(named, phrase::extent(s, named).0, self.name_at(named)?))
    }

    /// The description that names a group or office holder, with its country and complement.
    fn describe(&self, head: u32, low: u32, high: u32) -> String {
        let s = &self.doc.syntax;
        let mut low = low;
        // Possessive pronouns name nobody.
        while low < head && s.token(low).upos == Upos::Pron {
            low += 1;
        }
        let complement = s
            .children_with(head, Deprel::Nmod)
            .find(|&c| c <= high + 3 && s.children_with(c, Deprel::Case).any(|p| s.lemma(p) == "of"));
        let high = complement.map_or(high, |c| phrase::extent(s, c).1);
        self.words(low, high)
    }

    fn title(&self, low: u32, end: u32) -> String {
        self.words(low, end - 1)
    }

    /// A country named inside a stretch of tokens.
    fn country_in(&self, low: u32, high: u32) -> Option<Country> {
        let s = &self.doc.syntax;
        let by_table = self.names_in(low, high).iter().find_map(|n| self.country_of(n));
        by_table.or_else(|| {
            (low..=high).find_map(|t| {
                self.knowledge.lookup(self.doc.form(t)).iter().find_map(|hit| match hit.entry {
                    dateline_knowledge::Entry::Country(id) | dateline_knowledge::Entry::Adjective(id) => {
                        (s.token(t).upos != Upos::Verb).then(|| self.knowledge.country(id).code)
                    }
                    _ => None,
                })
            })
        })
    }

    fn country_of(&self, n: &Name) -> Option<Country> {
        match n.named {
            Named::Adjective(c)
            | Named::Country(c)
            | Named::Capital(c)
            | Named::Seat(c, _)
            | Named::Citizens(c) => Some(c),
            Named::Organization(Some(id)) => self.knowledge.organization(id).country,
            Named::People(id, _) => self.knowledge.people(id).country,
            Named::Place => (self.place_countries)(self.doc.syntax.token(n.tokens.0).span.start),
            _ => None,
        }
    }

    /// The country that the phrase around `head` tells: before it, as possessor, or in an "of", "in", "from" complement.
    fn country_near(&self, head: u32, low: u32) -> Option<Country> {
        let s = &self.doc.syntax;
        let before = (low < head)
            .then(|| self.names_in(low, head - 1).iter().rev().find_map(|n| self.country_of(n)))
            .flatten();
        before.or_else(|| {
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
    fn side_near(&self, head: u32, low: u32) -> Option<(Option<Country>, Sector)> {
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
}

/// Whether all rows are of one person.
fn unambiguous(names: &[&str]) -> bool {
    names.windows(2).all(|pair| pair[0] == pair[1])
}
