//! Names and role nouns in a sentence: the tables and the English model joined, longest match first.

use dateline_core::labels::{NameClass, NameTag};
use dateline_core::syntax::{Syntax, Upos};
use dateline_core::{Country, Document, Sector};
use std::collections::HashSet;

use dateline_knowledge::{Entry, Hit, Knowledge, OrganizationId, PeopleForm, PeopleId, RoleId};

/// What a stretch of tokens names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A person, known to the tables or not.
    Person,
    /// An organization, with its row if the tables know it.
    Organization(Option<OrganizationId>),
    /// A country.
    Country(Country),
    /// A country's adjective or one citizen.
    Adjective(Country),
    /// Citizens of a country.
    Citizens(Country),
    /// A people, region or faith.
    People(PeopleId, PeopleForm),
    /// A capital.
    Capital(Country),
    /// A seat of power.
    Seat(Country, Sector),
    /// Another place.
    Place,
    /// A role noun, in the plural or not.
    Role(RoleId, bool),
}

/// A stretch of tokens and what it names.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// First token and the one behind the last.
    pub tokens: (u32, u32),
    /// What it names.
    pub named: Named,
}

impl Name {
    /// Whether it covers this token.
    pub const fn covers(&self, token: u32) -> bool {
        self.tokens.0 <= token && token < self.tokens.1
    }
}

/// All names and roles of a document, in text order, none overlapping.
pub fn find(doc: &Document, knowledge: &Knowledge, out: &mut Vec<Name>) {
    out.clear();
    let s = &doc.syntax;
    let forms: Vec<&str> = (0..s.tokens.len() as u32).map(|i| doc.form(i)).collect();
    for sentence in &s.sentences {
        let (start, end) = sentence.tokens;
        let shouted = is_shouted(&forms[start as usize..end as usize]);
        let mut i = start;
        while i < end {
            let model = model_name(s, i, end);
            let window = &forms[i as usize..end.min(i + 12) as usize];
            let table = knowledge.longest(window).and_then(|m| {
                let named = choose(s, knowledge, &m.hits, i, m.tokens as u32, model, shouted)?;
                Some(Name { tokens: (i, i + m.tokens as u32), named })
            });
            let best = match (table, model) {
                (Some(t), Some(m)) if m.tokens.1 > t.tokens.1 && !matches!(t.named, Named::Role(..)) => {
                    // "Israel Defense Forces" over "Israel"; but the model likes to swallow titles and countries.
                    if is_modifier_of(s, &t, &m) { t } else { m }
                }
                (Some(t), _) => t,
                (None, Some(m)) => m,
                (None, None) => {
                    i += 1;
                    continue;
                }
            };
            i = best.tokens.1;
            out.push(best);
        }
    }
    recall_surnames(doc, out);
}

/// A name with its class, as name recognition is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// First token and the one behind the last.
    pub tokens: (u32, u32),
    /// Its class.
    pub class: NameClass,
}

/// The names of a parsed document by class; role nouns are none.
pub fn classes(doc: &Document, knowledge: &Knowledge) -> Vec<NameSpan> {
    let mut names = Vec::new();
    find(doc, knowledge, &mut names);
    let class = |n: &Name| match n.named {
        Named::Person => Some(NameClass::Person),
        Named::Organization(_) => Some(NameClass::Organization),
        Named::Country(_) | Named::Capital(_) | Named::Place | Named::Seat(..) => Some(NameClass::Location),
        Named::Adjective(_) | Named::Citizens(_) | Named::People(..) => Some(NameClass::Norp),
        Named::Role(..) => None,
    };
    names.iter().filter_map(|n| Some(NameSpan { tokens: n.tokens, class: class(n)? })).collect()
}

/// A person named in full is a person again where only the surname stands, whatever the model takes it for.
fn recall_surnames(doc: &Document, names: &mut Vec<Name>) {
    let s = &doc.syntax;
    let surnames: HashSet<&str> = names
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
    let taken: HashSet<u32> = names.iter().flat_map(|n| n.tokens.0..n.tokens.1).collect();
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

/// "Israeli" before "Prime Minister Netanyahu", where the model takes all of it as one name.
fn is_modifier_of(s: &Syntax, table: &Name, model: &Name) -> bool {
    match table.named {
        Named::Adjective(_) | Named::People(..) | Named::Citizens(_) => model.named == Named::Person,
        Named::Country(_) => model.named == Named::Person && s.token(table.tokens.1).upos != Upos::Punct,
        _ => false,
    }
}

/// A headline or sentence in capitals throughout tells nothing by its capitals.
fn is_shouted(forms: &[&str]) -> bool {
    forms.len() > 3 && !forms.iter().any(|f| f.chars().any(char::is_lowercase))
}

/// The name that the model sees begin at `i`.
fn model_name(s: &Syntax, i: u32, end: u32) -> Option<Name> {
    let NameTag::Begin(class) = s.token(i).name else { return None };
    let mut last = i + 1;
    while last < end && s.token(last).name == NameTag::Inside(class) {
        last += 1;
    }
    let named = match class {
        NameClass::Person => Named::Person,
        NameClass::Organization => Named::Organization(None),
        NameClass::Location => Named::Place,
        NameClass::Norp => return None,
    };
    Some(Name { tokens: (i, last), named })
}

/// Which meaning of a table phrase is meant here.
fn choose(
    s: &Syntax,
    knowledge: &Knowledge,
    hits: &[Hit],
    i: u32,
    length: u32,
    model: Option<Name>,
    shouted: bool,
) -> Option<Named> {
    let person_by_model = model.is_some_and(|m| m.named == Named::Person && m.tokens.1 > i + length);
    let nominal = (i..i + length).any(|t| matches!(s.token(t).upos, Upos::Noun | Upos::Propn | Upos::Adj));
    hits.iter().find_map(|hit| match hit.entry {
        Entry::Country(id) if !person_by_model => Some(Named::Country(knowledge.country(id).code)),
        Entry::Adjective(id) => Some(Named::Adjective(knowledge.country(id).code)),
        Entry::Demonym { country, plural } => {
            let code = knowledge.country(country).code;
            Some(if plural { Named::Citizens(code) } else { Named::Adjective(code) })
        }
        Entry::People { id, form } => Some(Named::People(id, form)),
        Entry::Capital(id) if !person_by_model => Some(Named::Capital(knowledge.country(id).code)),
        Entry::Seat { country, sector } => Some(Named::Seat(knowledge.country(country).code, sector)),
        Entry::Organization(id) if nominal && !(shouted && length == 1) => {
            Some(Named::Organization(Some(id)))
        }
        Entry::Person(_) => Some(Named::Person),
        Entry::Role { id, plural } if nominal => Some(Named::Role(id, plural)),
        _ => None,
    })
}
