//! Descriptions: role nouns with what stands around them, "two Israeli soldiers", "dozens of protesters", "its troops".

use crate::candidate::{Candidate, Reader};
use crate::names::{Name, Named};
use crate::phrase;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, NameClass, NameTag, Upos};
use dateline_core::{Country, Sector};
use dateline_knowledge::{RoleId, RoleKind};

impl Reader<'_> {
    /// The phrase from token `low` to `high` with a role noun at its head; none if it is nobody who acts.
    pub(crate) fn description(
        &self,
        head: u32,
        low: u32,
        high: u32,
        name: &Name,
        id: RoleId,
        plural: bool,
    ) -> Option<Candidate> {
        let s = &self.doc.syntax;
        // "Secretary of State Hillary Clinton": the name behind the title, however the tree ties them.
        if let Some(person) = self.name_behind(name) {
            return Some(self.person(head, low.min(name.tokens.0), &person));
        }
        let row = self.knowledge.role(id);
        if row.sector == Sector::Unk && !row.borrows_sector() && !plural && row.kind == RoleKind::Either {
            // "the region", "the town": a stretch of land, nobody who acts.
            return None;
        }
        // "No country can tolerate this", "any leader": nobody in particular.
        let nobody = |c: u32| matches!(s.lemma(c), "no" | "any" | "every" | "each");
        if !plural && s.children_with(head, Deprel::Det).any(nobody) {
            return None;
        }
        // "President Mursi's leadership": a quality of a person, no body.
        let owned = s.children_with(head, Deprel::NmodPoss).any(|p| {
            self.name_at(p).is_some_and(|n| matches!(n.named, Named::Person | Named::Role(..)))
                || s.token(p).name == NameTag::Begin(NameClass::Person)
                || s.token(p).name == NameTag::Inside(NameClass::Person)
        });
        if owned && matches!(s.lemma(head), "leadership" | "command" | "rule") {
            return None;
        }
        // "a private visit", "a major offensive", "a state visit": words that only look like ranks and bodies.
        let modifier = phrase::is_modifier(s.token(head).deprel);
        if modifier && (s.token(head).upos == Upos::Adj || s.lemma(head) == "state") {
            return None;
        }
        // "Italian energy group ENI": the name behind the noun.
        if let Some(organization) = self.organization_behind(head, low, name) {
            return Some(organization);
        }
        let kind = match row.kind {
            RoleKind::Person | RoleKind::Either if !plural => EntityKind::Person,
            _ => EntityKind::Group,
        };
        let mut c = self.blank(head, self.describe(head, low, high), kind);
        c.plural = plural || kind == EntityKind::Group;
        c.country = self.country_near(head, low);
        c.sector = Some(row.sector);
        c.title = Some(self.title(low, name.tokens.1));
        c.office = Some(self.title(name.tokens.0, name.tokens.1));
        c.gender = self.gender_of_noun(head);
        // An officer is of whatever service stands before: "intelligence agency officer".
        if (row.borrows_sector() || s.lemma(head) == "officer")
            && let Some((country, sector)) = self.side_near(head, low)
        {
            c.sector = Some(sector);
            c.country = c.country.or(country);
        }
        if c.country.is_none() {
            c.country = self.country_of_phrase(name);
            c.international =
                c.country.is_none() && (self.is_abroad(head, plural) || self.is_of_no_country(head, low));
        }
        // "spokesperson, Victoria Nuland": the apposition names the holder.
        if let Some(holder) = self.holder(head) {
            return Some(Candidate { head, ..holder });
        }
        Some(c)
    }

    /// "the 55-year-old": whoever was spoken of.
    pub(crate) fn aged(&self, head: u32) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let old = self.doc.form(head) == "old" && head >= 2 && self.doc.form(head - 2).starts_with("year");
        let aged = old || self.doc.form(head).ends_with("-year-old");
        let mut c = self.blank(head, self.doc.form(head).to_owned(), EntityKind::Person);
        let definite = c.definite || (head >= 5 && s.token(head - 5).upos == Upos::Det);
        (c.plural, c.anaphor, c.definite) = (false, true, true);
        (aged && definite).then_some(c)
    }

    /// "hundreds of protesters", "a number of soldiers": a part of those named behind "of".
    pub(crate) fn part(&self, head: u32, low: u32, high: u32) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let amount = s.token(head).upos == Upos::Num
            || matches!(
                s.lemma(head),
                "hundred"
                    | "thousand"
                    | "dozen"
                    | "score"
                    | "number"
                    | "handful"
                    | "majority"
                    | "lot"
                    | "rest"
                    | "several"
                    | "most"
                    | "half"
                    | "couple"
                    | "pair"
                    | "ten"
                    | "bulk"
                    | "host"
                    | "million"
            );
        let of = amount
            .then(|| {
                s.children_with(head, Deprel::Nmod)
                    .find(|&c| c > head && s.children_with(c, Deprel::Case).any(|p| s.lemma(p) == "of"))
            })
            .flatten()?;
        let whole = self.name_at(of)?;
        let (Named::Role(..) | Named::Citizens(_) | Named::People(..)) = whole.named else { return None };
        let (_, end) = phrase::extent(s, of);
        let c = self.read(of)?;
        let name = self.words(low, end.max(high));
        Some(Candidate { head, name, plural: true, definite: false, owner: None, ..c })
    }

    /// An organization's name that stands directly behind a group noun.
    fn organization_behind(&self, head: u32, low: u32, noun: &Name) -> Option<Candidate> {
        let s = &self.doc.syntax;
        let k = self.names.partition_point(|n| n.tokens.0 < noun.tokens.1);
        let name = *self.names.get(k).filter(|n| n.tokens.0 == noun.tokens.1)?;
        let Named::Organization(id) = name.named else { return None };
        let tied = (name.tokens.0..name.tokens.1)
            .any(|t| s.token(t).head == head && matches!(s.token(t).deprel, Deprel::Appos | Deprel::Flat));
        let Some(Named::Role(role, false)) = self.name_at(head).map(|n| n.named) else { return None };
        let row = self.knowledge.role(role);
        if !tied || row.kind == RoleKind::Person {
            return None;
        }
        let mut c = self.organization(head, low, &name, id);
        c.name = self.words(name.tokens.0, name.tokens.1 - 1);
        c.country = c.country.or_else(|| self.country_near(head, low));
        if id.is_none() && row.sector != Sector::Unk {
            c.sector = Some(row.sector);
        }
        Some(c)
    }

    /// The country of an organization that the role's own words name: "CIA official".
    fn country_of_phrase(&self, name: &Name) -> Option<Country> {
        (name.tokens.0..name.tokens.1.saturating_sub(1)).find_map(|t| {
            let form = self.doc.form(t);
            self.knowledge.longest(&[form])?.hits.iter().find_map(|hit| match hit.entry {
                dateline_knowledge::Entry::Organization(id) => self.knowledge.organization(id).country,
                dateline_knowledge::Entry::Adjective(id) => Some(self.knowledge.country(id).code),
                _ => None,
            })
        })
    }

    /// "foreign governments", "14 more countries", "European allies": of no one country.
    fn is_abroad(&self, head: u32, plural: bool) -> bool {
        let s = &self.doc.syntax;
        let states =
            matches!(s.lemma(head), "country" | "nation" | "state" | "government" | "power" | "ally");
        (plural && states)
            || s.children_with(head, Deprel::Amod).any(|c| {
                matches!(
                    s.lemma(c).to_lowercase().as_str(),
                    "foreign"
                        | "international"
                        | "global"
                        | "multinational"
                        | "western"
                        | "european"
                        | "african"
                )
            })
            || (s.lemma(head) == "coalition" && !plural)
    }

    /// "Isis militants", "UN officials": of an organization that the tables know to be of no country.
    fn is_of_no_country(&self, head: u32, low: u32) -> bool {
        low < head
            && self.names_in(low, head - 1).iter().any(|n| match n.named {
                Named::Organization(Some(id)) => self.knowledge.organization(id).country.is_none(),
                _ => false,
            })
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
        if matches!(self.doc.form(high), "'s" | "’s" | "'" | "’") && high > low {
            return self.words(low, high - 1);
        }
        self.words(low, high)
    }
}
