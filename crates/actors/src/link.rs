//! Linking: which phrases speak of the same person, group or country.

use crate::candidate::Candidate;
use crate::index::Index;
use crate::title;
use dateline_core::cast::{Cast, Member, Mention, MentionKind};
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Xpos};
use dateline_core::{Document, Sector};
use dateline_knowledge::{Gender, OrganizationId, same_spelling};
use rustc_hash::FxHashMap;

/// Mentions that are looked back on.
const MOST_BACK: usize = 80;

/// Sentences back to an organization whose name has the very word.
const WORD_REACH: u32 = 12;

/// Sentences back to an organization of the sector.
const SECTOR_REACH: u32 = 4;

/// What linking knows of a member beyond the record.
#[derive(Clone, Debug)]
pub struct Known {
    /// Gender, where a name or title told it.
    pub gender: Option<Gender>,
    /// Row of the organization.
    pub organization: Option<OrganizationId>,
    /// Lemma of the head of the first description.
    pub head_lemma: String,
    /// The sector was told by text or table, not assumed.
    pub sector_told: bool,
    /// Goes with an international body.
    pub international: bool,
    /// The possessive pronoun of the first description.
    pub owner: Option<u32>,
}

/// What linking knows of all members, and how it finds them again.
#[derive(Debug, Default)]
pub struct Roll {
    /// A row a member.
    pub known: Vec<Known>,
    index: Index,
    /// The organization that a noun went back to last: "the network".
    bodies: FxHashMap<String, u32>,
}

/// Adds a phrase to the cast: to the member it speaks of, or as a new one.
pub fn add(doc: &Document, cast: &mut Cast, roll: &mut Roll, c: Candidate) {
    let (head, named) = (c.head, c.named);
    if let Some(index) = member(doc, cast, roll, c) {
        let kind = if named { MentionKind::Name } else { MentionKind::Nominal };
        mention(doc, cast, head, index, kind);
    }
}

/// Adds the parties that one phrase names: each is mentioned there, and its head stands for all of them.
pub(crate) fn add_several(
    doc: &Document,
    cast: &mut Cast,
    roll: &mut Roll,
    head: u32,
    parties: Vec<Candidate>,
) {
    let mut members: Vec<u32> = Vec::with_capacity(parties.len());
    for c in parties {
        let Some(index) = member(doc, cast, roll, c).filter(|index| !members.contains(index)) else {
            continue;
        };
        mention(doc, cast, head, index, MentionKind::Nominal);
        members.push(index);
    }
    if members.len() > 1 {
        cast.sets.push((head, members));
    }
}

/// The member that a phrase speaks of, a new one if need be; none where it only goes back to somebody unknown.
pub fn member(doc: &Document, cast: &mut Cast, roll: &mut Roll, c: Candidate) -> Option<u32> {
    let Roll { known, index, bodies } = roll;
    let lemma = doc.syntax.lemma(c.head).to_lowercase();
    let own = c.owner.is_some() && c.country.is_none();
    let sharing = if own || c.anaphor { Vec::new() } else { index.sharing(&c, &lemma) };
    let again = |&m: &usize| same(&cast.members[m], &known[m], &c, &lemma);
    let found = sharing.into_iter().map(|m| m as usize).find(again);
    let found = found
        .or_else(|| described(cast, &c))
        .or_else(|| body(doc, cast, bodies, &c, &lemma))
        .or_else(|| goes_back(doc, cast, known, &c));
    if let Some(m) = found {
        let (row, known) = (&mut cast.members[m], &mut known[m]);
        let told = |m: &Member, k: &Known| (m.name.len(), m.named, m.country, k.organization);
        let before = told(row, known);
        enrich(row, known, &c);
        if told(row, known) != before {
            index.note(m, row, known);
        }
        return Some(m as u32);
    }
    if c.anaphor {
        return None;
    }
    known.push(Known {
        gender: c.gender,
        organization: c.organization,
        head_lemma: lemma,
        sector_told: c.sector.is_some(),
        international: c.international,
        owner: c.owner,
    });
    cast.members.push(Member {
        name: c.name,
        kind: c.kind,
        title: c.title,
        country: c.country,
        sector: c.sector.unwrap_or(Sector::Unk),
        wikidata: None,
        placed: false,
        named: c.named,
        plural: c.plural,
    });
    let new = cast.members.len() - 1;
    index.note(new, &cast.members[new], &known[new]);
    Some(new as u32)
}

/// Records that the phrase headed by `head` speaks of `member`.
pub fn mention(doc: &Document, cast: &mut Cast, head: u32, member: u32, kind: MentionKind) {
    let span = crate::phrase::span(&doc.syntax, head);
    cast.of_token[head as usize] = cast.mentions.len() as u32;
    cast.mentions.push(Mention { span, head, member, kind });
}

/// Whether a phrase names or describes this member again.
fn same(m: &Member, k: &Known, c: &Candidate, lemma: &str) -> bool {
    match (m.kind, c.kind) {
        (EntityKind::Country, EntityKind::Country) => {
            m.country == c.country && m.sector == c.sector.unwrap_or(m.sector)
        }
        (EntityKind::Person, EntityKind::Person) if m.named && c.named => {
            same_person(&m.name, &c.name) && !clash(k.gender, c.gender)
        }
        (EntityKind::Organization, EntityKind::Organization) => {
            (k.organization.is_some() && k.organization == c.organization)
                || same_words(&m.name, &c.name)
                || acronym(&m.name, &c.name)
                || acronym(&c.name, &m.name)
        }
        (EntityKind::Place, EntityKind::Place) => same_words(&m.name, &c.name),
        // Descriptions: the same noun for the same country; "police" again is the same police.
        (a, b) if a == b && !m.named && !c.named => {
            k.head_lemma == *lemma
                && (m.country == c.country || m.country.is_none() || c.country.is_none())
                && (same_words(&m.name, &c.name)
                    || (c.definite
                        && m.plural == c.plural
                        && goes_with(m.title.as_deref(), c.title.as_deref()))
                    || (m.plural && c.plural && generic(c)))
        }
        _ => false,
    }
}

/// Whether one title holds the words of the other: "the minister" may be "the defence minister", who is not "the foreign
/// minister".
fn goes_with(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let words = |t: &str| -> Vec<String> {
        let said = t.split(' ').map(str::to_lowercase);
        said.filter(|w| !matches!(&**w, "a" | "an" | "the" | "this" | "that" | "these" | "those")).collect()
    };
    let (a, b) = (words(a), words(b));
    a.iter().all(|w| b.contains(w)) || b.iter().all(|w| a.contains(w))
}

/// Bodies of which a country has one.
fn generic(c: &Candidate) -> bool {
    matches!(c.sector, Some(Sector::Cop | Sector::Mil | Sector::Gov | Sector::Leg | Sector::Jud))
}

/// "the president", "the prime minister": the named person who has that title, latest first.
fn described(cast: &Cast, c: &Candidate) -> Option<usize> {
    if c.named || !c.definite || c.plural || c.kind != EntityKind::Person {
        return None;
    }
    let (title, office) = (c.title.as_deref()?, c.office.as_deref()?);
    cast.mentions.iter().rev().take(40).map(|m| m.member as usize).find(|&m| {
        let member = &cast.members[m];
        member.named
            && member.kind == EntityKind::Person
            && (c.country.is_none() || member.country.is_none() || member.country == c.country)
            && member.title.as_deref().is_some_and(|held| title::may_hold(held, title, office))
    })
}

/// "the commission", "the group": the named organization that has the word in its name, else one of that sector, spoken of
/// just before, else the one that the noun went back to before.
fn body(
    doc: &Document,
    cast: &Cast,
    bodies: &mut FxHashMap<String, u32>,
    c: &Candidate,
    lemma: &str,
) -> Option<usize> {
    let s = &doc.syntax;
    let singular = !matches!(s.token(c.head).xpos, Xpos::Nns | Xpos::Nnps);
    if c.named || !c.definite || !singular || c.owner.is_some() || narrowed(s, c.head) {
        return None;
    }
    let organization = |m: u32| {
        let member = &cast.members[m as usize];
        let fits = member.named
            && member.kind == EntityKind::Organization
            && (c.country.is_none() || member.country.is_none() || c.country == member.country);
        fits.then_some(member)
    };
    let sentence = s.token(c.head).sentence;
    let back = |reach: u32| {
        let near = move |m: &&Mention| s.token(m.head).sentence + reach >= sentence;
        cast.mentions.iter().rev().take(MOST_BACK).take_while(near)
    };
    let with_word = |m: &Mention| {
        organization(m.member)
            .is_some_and(|o| o.name.split([' ', '-']).any(|w| w.eq_ignore_ascii_case(lemma)))
    };
    let of_sector = |m: &Mention| {
        organization(m.member).is_some_and(|o| match lemma {
            "group" | "movement" | "organization" | "organisation" | "faction" => {
                matches!(o.sector, Sector::Reb | Sector::Opp | Sector::Ngo | Sector::Crm | Sector::Pty)
            }
            "network" => matches!(o.sector, Sector::Med | Sector::Reb | Sector::Crm | Sector::Bus),
            _ => Some(o.sector) == c.sector && has_many(o.sector),
        }) && s.head(m.head) != s.head(c.head)
    };
    let found = back(WORD_REACH).find(|m| with_word(m)).or_else(|| back(SECTOR_REACH).find(|m| of_sector(m)));
    let member = match found {
        Some(m) => {
            bodies.insert(lemma.to_owned(), m.member);
            m.member
        }
        None => *bodies.get(lemma).filter(|&&m| organization(m).is_some())?,
    };
    Some(member as usize)
}

/// Sectors in which a noun alone ("the party", "the newspaper") goes back to the one that was named.
fn has_many(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Reb | Sector::Pty | Sector::Bus | Sector::Med | Sector::Ngo | Sector::Igo | Sector::Edu
    )
}

/// Whether words behind the noun tell which one is meant.
fn narrowed(s: &Syntax, head: u32) -> bool {
    s.children(head).iter().any(|&x| {
        matches!(
            s.token(x).deprel,
            Deprel::AclRelcl | Deprel::Acl | Deprel::Nmod | Deprel::NmodPoss | Deprel::Conj
        )
    })
}

/// "the diplomat", "the 66-year-old": the named person of that sector spoken of just before.
fn goes_back(doc: &Document, cast: &Cast, known: &[Known], c: &Candidate) -> Option<usize> {
    let s = &doc.syntax;
    let told = matches!(c.sector, None | Some(Sector::Civ | Sector::Unk));
    if c.named || !c.definite || c.plural || c.owner.is_some() || c.kind != EntityKind::Person {
        return None;
    }
    let modified = narrowed(s, c.head);
    if (told && !c.anaphor) || modified {
        return None;
    }
    let sentence = s.token(c.head).sentence;
    (cast.mentions.iter().rev())
        .take(20)
        .take_while(|m| s.token(m.head).sentence + 3 >= sentence)
        .map(|m| m.member as usize)
        .find(|&m| {
            let member = &cast.members[m];
            member.named
                && member.kind == EntityKind::Person
                && (c.sector.is_none() || c.anaphor || c.sector == Some(member.sector))
                && (c.country.is_none() || member.country.is_none() || c.country == member.country)
                && !clash(known[m].gender, c.gender)
        })
}

/// "its troops", "their leader": country and side of those whom the pronoun stands for, now that it is resolved.
pub fn own(cast: &mut Cast, known: &[Known]) {
    for (index, k) in known.iter().enumerate() {
        let Some(owner) = k.owner.and_then(|t| cast.member_at(t)).filter(|o| *o as usize != index) else {
            continue;
        };
        let (country, sector) = (cast.member(owner).country, cast.member(owner).sector);
        let member = &mut cast.members[index];
        if country.is_some() && !member.named && !is_relation(&k.head_lemma) {
            (member.country, member.placed) = (country, false);
        }
        if sector == Sector::Reb && member.sector == Sector::Mil {
            member.sector = Sector::Reb;
        }
    }
}

/// "Its partners in Israel", "their enemies": those whom the owner has to do with, not those who belong to the owner.
fn is_relation(lemma: &str) -> bool {
    matches!(
        lemma,
        "partner"
            | "ally"
            | "friend"
            | "neighbour"
            | "neighbor"
            | "counterpart"
            | "enemy"
            | "foe"
            | "rival"
            | "opponent"
            | "adversary"
            | "critic"
            | "predecessor"
            | "host"
            | "guest"
    )
}

fn clash(a: Option<Gender>, b: Option<Gender>) -> bool {
    matches!((a, b), (Some(Gender::Male), Some(Gender::Female)) | (Some(Gender::Female), Some(Gender::Male)))
}

/// The same surname, and given names that do not contradict each other.
fn same_person(a: &str, b: &str) -> bool {
    let (x, y) = (name_words(a), name_words(b));
    let (Some(last_x), Some(last_y)) = (x.last(), y.last()) else { return false };
    if same_spelling(last_x, last_y) {
        if x.len() == 1 || y.len() == 1 {
            return true;
        }
        return same_spelling(&x[0], &y[0])
            || x[0].starts_with(y[0].as_str())
            || y[0].starts_with(x[0].as_str());
    }
    // "Kim Jong Un" and "Kim", "Xi Jinping" and "Xi", "Aung San Suu Kyi" and "Suu Kyi".
    let (short, long) = if x.len() < y.len() { (&x, &y) } else { (&y, &x) };
    short.len() < long.len() && short.iter().all(|w| long.contains(w))
}

/// The words of a person's name.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    let words = lower.split([' ', '-']).map(|w| w.trim_matches('.'));
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// A name without article and capitals.
pub(crate) fn plain(name: &str) -> String {
    name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name).to_lowercase()
}

fn same_words(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// The capitals with which the words of a name begin.
pub(crate) fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// Whether `short` is made of the initials of `long`.
fn acronym(short: &str, long: &str) -> bool {
    if short.len() < 2 || !short.chars().all(|c| c.is_uppercase() || c == '.') || !long.contains(' ') {
        return false;
    }
    initials(long) == short.replace('.', "")
}

/// What a further phrase adds to a member.
fn enrich(m: &mut Member, k: &mut Known, c: &Candidate) {
    // The fullest name stays: the longer one of a person or of an organization that the tables know or that is spelled out.
    let fuller = c.name.len() > m.name.len()
        && (m.kind == EntityKind::Person
            || (m.kind == EntityKind::Organization
                && (k.organization.is_some() || acronym(&m.name, &c.name))));
    if c.named && (!m.named || fuller) {
        m.name.clone_from(&c.name);
        m.named = true;
    }
    m.country = m.country.or(c.country);
    if !k.sector_told
        && let Some(sector) = c.sector
    {
        m.sector = sector;
        k.sector_told = true;
    }
    if m.title.is_none() {
        m.title.clone_from(&c.title);
    }
    k.gender = k.gender.or(c.gender);
    k.organization = k.organization.or(c.organization);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_told_apart_by_surname_and_given_name() {
        assert!(same_person("Hillary Clinton", "Clinton"));
        assert!(!same_person("Hillary Clinton", "Bill Clinton"));
        assert!(same_person("Kim Jong Un", "Kim"));
        assert!(!same_person("Benjamin Netanyahu", "Benny Gantz"));
    }

    #[test]
    fn acronyms_are_initials() {
        assert!(acronym("IAEA", "International Atomic Energy Agency"));
        assert!(!acronym("IAEA", "International Court"));
    }
}
