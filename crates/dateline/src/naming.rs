//! What somebody who speaks is called: by name where the report gives one, else by the whole description: "spokesman for
//! the Ministry of Defence", "Lithuanian officials".

use crate::reader::Reading;
use dateline_actors::phrase;
use dateline_core::cast::MentionKind;
use dateline_core::codes::EntityKind;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Span, grammar};

/// Longest description, in tokens.
const LONGEST: u32 = 12;

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Voice {
    /// The member of the cast.
    pub(crate) member: Option<u32>,
    /// What the report calls it.
    pub(crate) name: String,
    /// Head of the words.
    pub(crate) token: u32,
}

/// Names of all members of a cast.
pub(crate) struct Names {
    of_member: Vec<String>,
    /// Tokens by which the lead describes members who are named as the report goes on.
    introduced: Vec<(u32, u32)>,
}

impl Names {
    /// A member without a name is called by the first words that describe it.
    pub(crate) fn new(reading: &Reading) -> Names {
        let cast = &reading.cast;
        let mut described = vec![None; cast.members.len()];
        for m in cast.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun) {
            let slot: &mut Option<String> = &mut described[m.member as usize];
            let member = cast.member(m.member);
            if !member.named && slot.is_none() {
                *slot = Some(words(reading, m.head)).filter(|w| !w.is_empty());
            } else if member.named && member.kind == EntityKind::Organization {
                // "Foreign Ministry" is "Foreign Ministry of Iraq" where the report says so once.
                let whole = phrase::span(&reading.doc.syntax, m.head).of(&reading.doc.text);
                if whole.len() > slot.as_ref().map_or(0, String::len) && whole.starts_with(&*member.name) {
                    *slot = Some(whole.to_owned());
                }
            }
        }
        let name = |(member, words): (&dateline_core::cast::Member, Option<String>)| {
            words.filter(|w| w.len() > member.name.len()).unwrap_or_else(|| member.name.clone())
        };
        let of_member = cast.members.iter().zip(described).map(name).collect();
        Names { of_member, introduced: introduced(reading) }
    }

    /// What somebody who is spoken to is called.
    pub(crate) fn hearer(&self, reading: &Reading, token: u32) -> Option<String> {
        let voice = self.voice(reading, token)?;
        let named = voice.member.is_some_and(|m| reading.cast.member(m).named);
        let (doc, token) = (&reading.doc, voice.token);
        let described = !named && doc.syntax.token(token).upos != Upos::Pron;
        Some(if described { phrase::span(&doc.syntax, token).of(&doc.text).to_owned() } else { voice.name })
    }

    /// Who speaks where the tree says that `token` does; none for times and pronouns of nobody known.
    pub(crate) fn voice(&self, reading: &Reading, token: u32) -> Option<Voice> {
        let s = &reading.doc.syntax;
        let cast = &reading.cast;
        let mut token = speaking(s, token);
        // "Howell" in "Steve Howell"
        if let Some(head) = s.head(token)
            && matches!(s.token(token).deprel, Deprel::Flat | Deprel::Compound)
            && cast.member_at(token).is_none()
        {
            token = head;
        }
        let member = cast.member_at(token);
        if let Some(&(_, m)) = self.introduced.iter().find(|(t, _)| *t == token) {
            return Some(Voice { member: Some(m), name: self.of_member[m as usize].clone(), token });
        }
        if member.is_none_or(|m| !cast.member(m).named)
            && let Some((token, m)) = name_beside(reading, token)
        {
            return Some(Voice { member: Some(m), name: self.of_member[m as usize].clone(), token });
        }
        if member.is_none() && is_nobody(reading, token) {
            return None;
        }
        let name = match member {
            Some(m) if cast.member(m).named || s.token(token).upos == Upos::Pron => {
                self.of_member[m as usize].clone()
            }
            _ => {
                // "The spokesman" is told in full where he was first spoken of.
                let here = words(reading, token);
                let first = member.map(|m| &self.of_member[m as usize]);
                first.filter(|f| f.ends_with(&here)).cloned().unwrap_or(here)
            }
        };
        Some(Voice { member, name, token })
    }
}

/// Heads of descriptions of one person in office.
const OFFICES: [&str; 20] = [
    "official",
    "senator",
    "lawmaker",
    "minister",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "chief",
    "leader",
    "envoy",
    "ambassador",
    "commander",
    "governor",
    "mayor",
    "lawyer",
    "diplomat",
    "secretary",
    "general",
    "president",
    "director",
];

/// Sentences of the lead, which may describe somebody without a name.
const LEAD: u32 = 2;

/// Sentences within which the name follows.
const FOLLOWS: u32 = 6;

/// "A senior official said on Friday. ... "We will stay," said Jane Doe, the head of the agency.": the lead describes who
/// speaks, and the next who speaks by name is that person. Gives the describing tokens with the members.
fn introduced(reading: &Reading) -> Vec<(u32, u32)> {
    let (s, cast) = (&reading.doc.syntax, &reading.cast);
    let sources = || {
        reading.voices.reports.iter().filter_map(|r| Some((s.token(r.cue).sentence, speaking(s, r.source?))))
    };
    let described = |token: u32| {
        let nameless = cast.member_at(token).is_none_or(|m| !cast.member(m).named && !cast.member(m).plural);
        nameless && s.child(token, Deprel::Nmod).is_none() && OFFICES.contains(&s.lemma(token))
    };
    let mut found = Vec::new();
    for (sentence, token) in sources().take_while(|(sentence, _)| *sentence < LEAD) {
        if !described(token) {
            continue;
        }
        let next = sources()
            .skip_while(|&(_, t)| t <= token)
            .take_while(|(other, _)| *other <= sentence + FOLLOWS)
            .find(|&(_, t)| s.token(t).upos != Upos::Pron && !described(t));
        let person = next.and_then(|(_, t)| cast.member_at(t)).filter(|&m| {
            let is_new = cast.mentions.iter().find(|x| x.member == m).is_some_and(|x| x.head > token);
            cast.member(m).named && cast.member(m).kind == EntityKind::Person && is_new
        });
        found.extend(person.map(|m| (token, m)));
    }
    found
}

/// The words that describe somebody, without article and possessive pronoun.
fn words(reading: &Reading, token: u32) -> String {
    description(&reading.doc.syntax, token).of(&reading.doc.text).to_owned()
}

/// The phrase around a noun with the complements that tell whose it is: "official with the agency".
fn description(s: &Syntax, token: u32) -> Span {
    let (mut low, mut high) = phrase::extent(s, token);
    while low < token && matches!(s.token(low).upos, Upos::Pron | Upos::Det | Upos::Punct | Upos::Part) {
        low += 1;
    }
    for c in s.children_with(token, Deprel::Nmod) {
        let from = grammar::preposition(s, c)
            .is_some_and(|p| matches!(p, "of" | "for" | "with" | "from" | "at" | "in"));
        let (first, _) = phrase::extent(s, c);
        let last = last_of(s, c);
        if from && c > high && first <= high + 3 && last < low + LONGEST {
            high = last;
        }
    }
    s.token(low).span.join(s.token(high).span)
}

/// The last token of a complement, with an "of" of its own.
fn last_of(s: &Syntax, c: u32) -> u32 {
    let (_, high) = phrase::extent(s, c);
    let inner = grammar::prepositional(s, c, "of").next().filter(|&i| i > high && i <= high + 4);
    inner.map_or(high, |i| phrase::extent(s, i).1)
}

/// The name that stands beside a description: "his stepfather, Steve Howell", "study co-author Ted Scambos", "a student
/// named Wong".
fn name_beside(reading: &Reading, token: u32) -> Option<(u32, u32)> {
    let s = &reading.doc.syntax;
    let named = |t: u32| {
        let m = reading.cast.member_at(t)?;
        let member = reading.cast.member(m);
        (member.named && member.kind == EntityKind::Person).then_some((t, m))
    };
    let beside = |i: u32| {
        s.children(i)
            .iter()
            .copied()
            .filter(|&c| matches!(s.token(c).deprel, Deprel::Appos | Deprel::Flat | Deprel::NmodDesc))
            .find_map(named)
    };
    let called = || {
        let participle = s
            .children_with(token, Deprel::Acl)
            .find(|&c| matches!(s.lemma(c), "name" | "call" | "identify"))?;
        s.children(participle).iter().copied().filter(|&c| c > participle).find_map(named)
    };
    if !grammar::is_nominal(s.token(token).upos) || s.token(token).upos == Upos::Pron {
        return None;
    }
    // "the director for the region, Jane Doe": the parser may hang the name on the last noun.
    beside(token).or_else(called).or_else(|| {
        let last = s.children_with(token, Deprel::Nmod).last()?;
        beside(last)
    })
}

/// A time or a pronoun for nobody known: no name for a source.
fn is_nobody(reading: &Reading, token: u32) -> bool {
    let t = reading.doc.syntax.token(token);
    let k = reading.times.partition_point(|x| x.span.end <= t.span.start);
    t.upos == Upos::Pron || reading.times.get(k).is_some_and(|x| x.span.contains(t.span.start))
}

/// Whoever speaks where a thing is said to: "Trump's statement", "a statement released by his office", "they issued a
/// statement which said", "some of the protesters".
fn speaking(s: &Syntax, token: u32) -> u32 {
    if matches!(
        s.lemma(token),
        "some" | "many" | "several" | "most" | "one" | "all" | "both" | "others" | "none"
    ) {
        return grammar::prepositional(s, token, "of").next().unwrap_or(token);
    }
    let paper = matches!(
        s.lemma(token),
        "statement"
            | "letter"
            | "tweet"
            | "post"
            | "message"
            | "memo"
            | "email"
            | "announcement"
            | "communique"
            | "declaration"
            | "speech"
            | "release"
            | "note"
            | "comment"
            | "remark"
    );
    if !paper {
        return token;
    }
    let owner = s.child(token, Deprel::NmodPoss);
    // "a foreign ministry statement"
    let office = || {
        s.children_with(token, Deprel::Compound).find(|&c| {
            matches!(
                s.lemma(c),
                "ministry" | "department" | "office" | "government" | "army" | "police" | "embassy"
            ) || s.token(c).name.class().is_some()
        })
    };
    let issued = || s.children_with(token, Deprel::Acl).find_map(|c| grammar::agent(s, c));
    let from = || ["by", "from"].into_iter().find_map(|p| grammar::prepositional(s, token, p).next());
    let issuer = || {
        let verb = s.head(token).filter(|_| s.token(token).deprel == Deprel::Obj)?;
        grammar::subject(s, verb)
    };
    owner.or_else(issued).or_else(from).or_else(issuer).or_else(office).unwrap_or(token)
}
