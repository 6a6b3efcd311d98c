//! Names and role nouns in a sentence: the tables and the English model joined, longest match first.

use dateline_core::labels::{NameClass, NameTag};
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Country, Document, Sector};
use jiff::civil::Date;
use std::borrow::Cow;

use crate::recall;
use dateline_knowledge::{Entry, Hit, Knowledge, OrganizationId, PeopleForm, PeopleId, RoleId, RoleKind};

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

/// All names and roles of a document, in text order, none overlapping. `day` decides between what an organization was at
/// different times; without one it is what it is now.
pub fn find(doc: &Document, knowledge: &Knowledge, day: Option<Date>, out: &mut Vec<Name>) {
    out.clear();
    let s = &doc.syntax;
    let forms = spelled(doc);
    for sentence in &s.sentences {
        let (start, end) = sentence.tokens;
        let chooser =
            Chooser { s, knowledge, day, shouted: is_shouted(&forms[start as usize..end as usize]) };
        let mut i = start;
        while i < end {
            let model = model_name(s, i, end);
            let window = &forms[i as usize..end.min(i + 12) as usize];
            let table = knowledge.longest(window).and_then(|m| {
                let named = chooser.choose(&m.hits, i, m.tokens as u32, model)?;
                Some(Name { tokens: (i, i + m.tokens as u32), named })
            });
            // "The European Union": the article is no part of a name, unless the tables have it.
            if table.is_none() && is_article(s, i) {
                i += 1;
                continue;
            }
            let shaped = if chooser.shouted { None } else { shape(knowledge, window, i) };
            let best = match (table, model) {
                (Some(t), Some(m)) if m.tokens.1 > t.tokens.1 && !matches!(t.named, Named::Role(..)) => {
                    // "Israel Defense Forces" over "Israel"; but the model likes to swallow titles and countries.
                    if is_modifier_of(s, &t, &m) { Some(t) } else { Some(m) }
                }
                (Some(t), _) => Some(t),
                (None, m) => m,
            };
            let best = match (best, shaped) {
                // "Ministry of Mines" over "Ministry"; the table's own organizations stay.
                (Some(b), Some(n)) if n.tokens.1 > b.tokens.1 && !is_bare_modifier(&b) => n,
                (Some(b), _) => b,
                (None, Some(n)) => n,
                (None, None) => {
                    let bearer = out.last().and_then(|title| titled(s, knowledge, title, i, end, &forms));
                    let Some(bearer) = bearer else {
                        i += 1;
                        continue;
                    };
                    bearer
                }
            };
            i = best.tokens.1;
            out.push(best);
        }
    }
    recall::mend(doc, out);
}

/// "Archbishop Jaime Lopez": what the tree takes for the name of whoever bears the title just before `i`, where neither tables
/// nor model know it.
fn titled(
    s: &Syntax,
    knowledge: &Knowledge,
    title: &Name,
    i: u32,
    end: u32,
    forms: &[Cow<'_, str>],
) -> Option<Name> {
    let Named::Role(id, false) = title.named else { return None };
    let last = title.tokens.1 - 1;
    let bears = s.head(last) == Some(i)
        && matches!(s.token(last).deprel, Deprel::NmodDesc | Deprel::Compound)
        || s.head(i) == Some(last) && matches!(s.token(i).deprel, Deprel::Flat | Deprel::Appos);
    if title.tokens.1 != i || !bears || !knowledge.role(id).is_title() {
        return None;
    }
    let name = |t: u32| {
        let mut letters = forms[t as usize].chars();
        s.token(t).upos == Upos::Propn
            && letters.next().is_some_and(char::is_uppercase)
            && letters.any(char::is_lowercase)
    };
    let behind = (i + 1..end).find(|&t| !name(t) || s.token(t).deprel != Deprel::Flat).unwrap_or(end);
    name(i).then_some(Name { tokens: (i, behind), named: Named::Person })
}

/// The tokens as the tables spell them: a text without capitals gets them where the model sees names.
fn spelled(doc: &Document) -> Vec<Cow<'_, str>> {
    let s = &doc.syntax;
    let tokens = s.tokens.len() as u32;
    let capitals =
        (0..tokens).filter(|&i| doc.form(i).chars().next().is_some_and(char::is_uppercase)).count();
    let plain = tokens > 40 && capitals * 50 < tokens as usize;
    (0..tokens)
        .map(|i| {
            let form = doc.form(i);
            let t = s.token(i);
            if !plain || !matches!(t.upos, Upos::Propn | Upos::Noun | Upos::Adj) {
                return Cow::Borrowed(form);
            }
            let named = t.upos == Upos::Propn || t.name.class().is_some();
            if named && form.len() <= 4 && knowledgeable(form) {
                return Cow::Owned(form.to_uppercase());
            }
            let mut letters = form.chars();
            match letters.next() {
                Some(first) => Cow::Owned(first.to_uppercase().chain(letters).collect()),
                None => Cow::Borrowed(form),
            }
        })
        .collect()
}

/// Whether a short word without capitals may be an acronym: it has letters only.
fn knowledgeable(form: &str) -> bool {
    form.len() > 1 && form.chars().all(char::is_alphabetic)
}

/// The longest run of capitalized words from the first token on that has the shape of an organization's name.
fn shape(knowledge: &Knowledge, window: &[Cow<'_, str>], i: u32) -> Option<Name> {
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    if !capital(window.first()?) {
        return None;
    }
    let link = |w: &str| matches!(w, "of" | "for" | "the" | "and" | "&" | "on");
    let mut end = 1;
    while end < window.len().min(9)
        && (capital(&window[end]) || (link(&window[end]) && window[end..].iter().take(3).any(|w| capital(w))))
    {
        end += 1;
    }
    (2..=end).rev().find_map(|e| {
        let run = &window[..e];
        if !capital(&run[e - 1]) {
            return None;
        }
        let shape = &knowledge.pattern(run)?.shape;
        let (words, fixed) = match (shape.strip_suffix(" X"), shape.strip_prefix("X ")) {
            (Some(prefix), _) => (run, prefix.split(' ').collect::<Vec<_>>()),
            (None, Some(suffix)) => {
                let fixed: Vec<&str> = suffix.split(' ').collect();
                (&run[e.checked_sub(fixed.len())?..], fixed)
            }
            _ => return None,
        };
        let fits =
            words.len() >= fixed.len() && fixed.iter().zip(words).all(|(f, w)| f.eq_ignore_ascii_case(w));
        // A name with "and" in it may be two: "the Ministry of Mines and Shell Company".
        (fits && (shape.ends_with(" X") || !run.iter().any(|w| link(w))))
            .then_some(Name { tokens: (i, i + e as u32), named: Named::Organization(None) })
    })
}

/// A word before a name that is none of it: "Israeli" in "Israeli Defense Ministry", "President" in "President X Party".
fn is_bare_modifier(name: &Name) -> bool {
    matches!(
        name.named,
        Named::Adjective(_) | Named::Citizens(_) | Named::Organization(Some(_)) | Named::Person
    )
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
fn is_shouted(forms: &[Cow<'_, str>]) -> bool {
    forms.len() > 3 && !forms.iter().any(|f| f.chars().any(char::is_lowercase))
}

/// Whether a token is "the", in whatever letters.
fn is_article(s: &Syntax, i: u32) -> bool {
    s.token(i).upos == Upos::Det && s.lemma(i) == "the"
}

/// The name that the model sees begin at `i`, or behind an article that it takes for the beginning of one.
fn model_name(s: &Syntax, i: u32, end: u32) -> Option<Name> {
    let class = match s.token(i).name {
        NameTag::Begin(class) => class,
        NameTag::Inside(class)
            if i > 0 && is_article(s, i - 1) && s.token(i - 1).name == NameTag::Begin(class) =>
        {
            class
        }
        _ => return None,
    };
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

/// Chooses between the meanings of a table phrase in one sentence.
struct Chooser<'a> {
    s: &'a Syntax,
    knowledge: &'a Knowledge,
    day: Option<Date>,
    shouted: bool,
}

impl Chooser<'_> {
    fn choose(&self, hits: &[Hit], i: u32, length: u32, model: Option<Name>) -> Option<Named> {
        let (s, knowledge) = (self.s, self.knowledge);
        let person_by_model = model.is_some_and(|m| m.named == Named::Person && m.tokens.1 > i + length);
        let nominal =
            (i..i + length).any(|t| matches!(s.token(t).upos, Upos::Noun | Upos::Propn | Upos::Adj));
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
            Entry::Organization(id) if nominal && !(self.shouted && length == 1) => {
                Some(Named::Organization(Some(self.at_its_time(hits, id))))
            }
            Entry::Person(_) => Some(Named::Person),
            Entry::Role { id, plural } if nominal => Some(Named::Role(id, plural)),
            _ => None,
        })
    }

    /// The row of the same organization that holds on the day, else the first: the Taliban govern or rebel.
    fn at_its_time(&self, hits: &[Hit], first: OrganizationId) -> OrganizationId {
        let rows = hits.iter().filter_map(|hit| match hit.entry {
            Entry::Organization(id) => Some((id, self.knowledge.organization(id))),
            _ => None,
        });
        let mut holding = rows.filter(|(_, row)| match self.day {
            Some(day) => row.period.contains(day),
            None => row.period.to.is_none(),
        });
        holding.next().map_or(first, |(id, _)| id)
    }
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
    find(doc, knowledge, None, &mut names);
    let class = |n: &Name| match n.named {
        Named::Person => Some(NameClass::Person),
        Named::Organization(_) => Some(NameClass::Organization),
        Named::Country(_) | Named::Capital(_) | Named::Place | Named::Seat(..) => Some(NameClass::Location),
        Named::Adjective(_) | Named::Citizens(_) | Named::People(..) => Some(NameClass::Norp),
        // "the National Assembly", "the Armed Forces" are written like names.
        Named::Role(id, _)
            if knowledge.role(id).kind == RoleKind::Group
                && n.tokens.1 - n.tokens.0 > 1
                && (n.tokens.0..n.tokens.1).all(|i| doc.form(i).starts_with(char::is_uppercase)) =>
        {
            Some(NameClass::Organization)
        }
        Named::Role(..) => None,
    };
    names.iter().filter_map(|n| Some(NameSpan { tokens: n.tokens, class: class(n)? })).collect()
}
