//! Who, of all that are spoken of, are the parties of an act.
//!
//! The frame's slots tell most parties; some are told by the passage ("71 people were arrested" in a report on the Serbian
//! police), and some that a slot holds are none ("promised that no individual hunters would take part"). A small linear
//! model judges everybody near; events that owe a party to the passage say so in their rule (`+implied`). Trained on
//! annotated reports (`train/events`).

use crate::merge::is_reciprocal;
use crate::occurrence::Occurrence;
use dateline_core::cast::{Cast, Mention, MentionKind};
use dateline_core::ranker::{Put, Ranker};
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, EventType, Sector, grammar};
use std::fmt::{Arguments, Write};

/// Sentences before the act in which an unnamed party is looked for.
const REACH: u32 = 3;
/// Sentences behind it: "A former soldier has been jailed. Joe Robinson, 25, ...".
const REACH_BEHIND: u32 = 2;

/// Longest path through the tree that tells candidates apart, in edges.
const LONGEST_PATH: usize = 5;

/// Texts of fewer sentences are no reports: nothing around an act tells against what its clause says.
pub const FEWEST_SENTENCES: usize = 3;

/// Which slot is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Who acts.
    Actor,
    /// Whom it is done to.
    Recipient,
}

/// How a candidate comes to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// By the slot of the clearest telling.
    Lead,
    /// By the slot of another telling.
    Elsewhere,
    /// Only spoken of nearby.
    Nearby,
}

/// Somebody who may be a party, by the mention nearest to the trigger.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// The mention.
    pub mention: Mention,
    /// How it comes to be one.
    pub told: Told,
}

/// An act with its tellings, the clearest one first, before its parties are picked.
#[derive(Clone, Copy)]
pub struct Act<'a> {
    /// Text and trees.
    pub doc: &'a Document,
    /// Everybody in the report.
    pub cast: &'a Cast,
    /// Name of the frame of the clearest telling.
    pub frame: &'a str,
    /// The tellings.
    pub tellings: &'a [Occurrence],
}

/// Picks the members that are parties of `act` on `side`; `taken` are on the other side already.
pub fn pick(ranker: &Ranker, act: Act<'_>, side: Side, taken: &[u32]) -> Vec<u32> {
    let mut judged: Vec<(f32, Candidate)> = candidates(act, side)
        .into_iter()
        .filter(|c| !taken.contains(&c.mention.member) && may_join(act, c, taken))
        .map(|c| (ranker.likelihood(|give| features(act, side, &c, give)), c))
        .collect();
    // The most likely first; among equals the order of the slots.
    judged.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.told.cmp(&b.1.told)));
    let spoken = |c: &Candidate| c.told == Told::Lead;
    let brief = act.doc.syntax.sentences.len() < FEWEST_SENTENCES;
    let least = if brief { 0.0 } else { ranker.limit("told") };
    let mut picked: Vec<Candidate> =
        judged.iter().filter(|(p, c)| spoken(c) && *p >= least).map(|&(_, c)| c).collect();
    let complete = side == Side::Recipient && taken.len() > 1 && is_reciprocal(act.tellings[0].event_type);
    if picked.is_empty() && !complete {
        let open = ranker.limit("open");
        picked.extend(judged.iter().find(|(p, c)| !spoken(c) && *p >= open).map(|&(_, c)| c));
    }
    // In the order the slot names them.
    picked.sort_by_key(|c| (c.told, c.mention.head));
    picked.iter().map(|c| c.mention.member).collect()
}

/// Everybody the slots tell, and everybody spoken of in the sentence and shortly before.
pub fn candidates(act: Act<'_>, side: Side) -> Vec<Candidate> {
    let Act { doc, cast, tellings, .. } = act;
    let s = &doc.syntax;
    let lead = &tellings[0];
    let (own, other) = match side {
        Side::Actor => (&lead.actors, &lead.recipients),
        Side::Recipient => (&lead.recipients, &lead.actors),
    };
    let elsewhere = |member: u32| {
        tellings[1..].iter().any(|o| match side {
            Side::Actor => o.actors.contains(&member),
            Side::Recipient => o.recipients.contains(&member),
        })
    };
    let low = lead.sentence.saturating_sub(REACH);
    let high = (lead.sentence + REACH_BEHIND).min(s.sentences.len() as u32 - 1);
    // Of everybody the mention nearest to the trigger, of equals the first: of whoever the slots tell wherever it stands,
    // of others nearby. In the order in which they are first mentioned, there or at all.
    let slots = tellings.iter().flat_map(|o| if side == Side::Actor { &o.actors } else { &o.recipients });
    let mut told: Vec<u32> = slots.copied().collect();
    told.sort_unstable();
    told.dedup();
    let distance = |k: u32| cast.mentions[k as usize].head.abs_diff(lead.trigger);
    let mut found: Vec<(u32, u32)> = Vec::new();
    for &member in &told {
        let near = beside(cast, member, lead.trigger).min_by_key(|&k| distance(k));
        found.extend(near.map(|near| (cast.indices_of(member)[0], near)));
    }
    let tokens = s.sentences[low as usize].tokens.0..s.sentences[high as usize].tokens.1;
    let slots = found.len();
    for k in cast.indices_in(&tokens) {
        let member = cast.mentions[k as usize].member;
        if told.binary_search(&member).is_ok() {
            continue;
        }
        match found[slots..].iter_mut().find(|(_, near)| cast.mentions[*near as usize].member == member) {
            Some((_, near)) if distance(k) < distance(*near) => *near = k,
            Some(_) => {}
            None => found.push((k, k)),
        }
    }
    found.sort_unstable();
    let candidate = |(_, near): (u32, u32)| {
        let mention = cast.mentions[near as usize];
        let member = mention.member;
        let told = if own.contains(&member) {
            Told::Lead
        } else if elsewhere(member) {
            Told::Elsewhere
        } else {
            Told::Nearby
        };
        let one = Candidate { mention, told };
        let is_one = !other.contains(&member)
            && (told != Told::Nearby
                || !is_bystander(cast, lead, member) && !is_own_word(s, lead, mention.head))
            && may_join(act, &one, other);
        is_one.then_some(one)
    };
    found.into_iter().filter_map(candidate).collect()
}

/// The mentions of a member on either side of `token`: the last one before it, and the first one that is not.
fn beside(cast: &Cast, member: u32, token: u32) -> impl Iterator<Item = u32> + '_ {
    let all = cast.indices_of(member);
    let at = all.partition_point(|&k| cast.mentions[k as usize].head < token);
    all[at.saturating_sub(1)..].iter().take(2).copied()
}

/// Whether a candidate can be party to an act beside `others`, the other side. Who meets, agrees or works together with
/// somebody's own country is hardly ever left to be understood: "President Putin will visit Jordan" is no talk with Russia.
fn may_join(act: Act<'_>, candidate: &Candidate, others: &[u32]) -> bool {
    let country = |m: u32| act.cast.member(m).country;
    let own = country(candidate.mention.member);
    candidate.told == Told::Lead
        || own.is_none()
        || !is_reciprocal(act.tellings[0].event_type)
        || others.iter().all(|&m| country(m) != own)
}

/// Whoever tells of an attack is not thereby the attacker.
fn is_bystander(cast: &Cast, o: &Occurrence, member: u32) -> bool {
    let m = cast.member(member);
    o.event_type == EventType::Assault
        && !matches!(m.sector, Sector::Mil | Sector::Cop | Sector::Reb | Sector::Crm)
        && o.sources.iter().any(|s| s.name.as_deref() == Some(m.name.as_str()))
}

/// Nor is the drone of a "drone attack" a party to it.
fn is_own_word(s: &Syntax, o: &Occurrence, token: u32) -> bool {
    o.others.contains(&token) && s.token(token).deprel == Deprel::Compound
}

/// Calls `give` with every feature of a candidate.
pub fn features(act: Act<'_>, side: Side, candidate: &Candidate, give: &mut dyn FnMut(&str)) {
    let Act { doc, cast, frame, tellings } = act;
    let s = &doc.syntax;
    let o = &tellings[0];
    let m = &candidate.mention;
    let member = cast.member(m.member);
    let side_letter = if side == Side::Actor { "A " } else { "R " };
    let told = match candidate.told {
        Told::Lead => "told",
        Told::Elsewhere => "elsewhere",
        Told::Nearby => "nearby",
    };
    let kind = o.event_type;
    let mut out = Put::with_prefix(side_letter, give);
    let mut put = |feature: Arguments<'_>| out.feature(feature);
    let far = (i64::from(o.sentence) - i64::from(s.token(m.head).sentence)).clamp(-2, 4);
    let (own, other) = match side {
        Side::Actor => (&o.actors, &o.recipients),
        Side::Recipient => (&o.recipients, &o.actors),
    };
    put(format_args!("{told}"));
    put(format_args!("{kind} {told}"));
    put(format_args!("{kind} {told} {}", member.sector));
    put(format_args!("{told} {} {}", member.kind, member.named));
    put(format_args!("{kind} {told} {}", member.kind));
    if candidate.told == Told::Lead {
        put(format_args!("frame {frame}"));
        put(format_args!("told of {}", own.len().min(3)));
        put(format_args!("told sector {} {}", member.sector, member.kind));
        put(format_args!("told plural {} {}", member.plural, member.named));
    } else {
        if let Some(&first) = own.first() {
            let slot = cast.member(first);
            let alike = slot.country.is_some() && slot.country == member.country;
            let sectors = slot.sector == member.sector;
            let (x, y) = (slot.kind, member.kind);
            put(format_args!("for {x} {} {} by {y} {}", slot.named, slot.plural, member.named));
            put(format_args!(
                "for {x} {} {} by {y} {} {alike} {sectors}",
                slot.named, slot.plural, member.named
            ));
            put(format_args!("for {} {} by {y} {} {far}", slot.named, slot.plural, member.named));
            put(format_args!(
                "for sector {} {} by {} {}",
                slot.sector, slot.named, member.sector, member.named
            ));
        }
        put(format_args!("{told} open {}", own.is_empty()));
        put(format_args!("{kind} {told} open {}", own.is_empty()));
        put(format_args!("{kind} {} {far} {}", member.sector, own.is_empty()));
        put(format_args!("{kind} far {far} {}", own.is_empty()));
    }
    put(format_args!("{told} far {far}"));
    let after = m.head > o.trigger;
    if far == 0 {
        put(format_args!("{told} near {}", (m.head.abs_diff(o.trigger) / 4).min(6)));
        put(format_args!("{told} after {after}"));
        let mut path = String::with_capacity(48);
        if write_path(s, o.trigger, m.head, &mut path) {
            put(format_args!("{told} path {path}"));
            put(format_args!("{kind} path {path}"));
        } else {
            put(format_args!("{told} path long"));
        }
    }
    let t = s.token(m.head);
    put(format_args!("{told} deprel {} {}", t.deprel, far == 0));
    let governs = s.head(m.head).is_some_and(|h| s.is_within(o.trigger, h));
    let subject = matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass);
    put(format_args!("{told} above {governs} {subject}"));
    put(format_args!("{kind} above {governs} {subject}"));
    put(format_args!("{told} below {}", s.is_within(m.head, o.trigger)));
    if let Some(case) = grammar::preposition(s, m.head) {
        put(format_args!("{told} case {case} {}", far == 0));
    }
    put(format_args!("{told} pronoun {}", m.kind == MentionKind::Pronoun));
    let count = cast.times_mentioned(m.member);
    put(format_args!("{told} mentions {}", count.min(6)));
    let salience = cast.salience(m.member);
    put(format_args!("{told} salience {} {salience}", member.kind));
    put(format_args!("{kind} salience {} {salience}", member.kind));
    let before = cast.mentions_of(m.member).take(4).filter(|n| n.head < o.trigger).count();
    put(format_args!("{told} before {before}"));
    let opening = cast.mentions_of(m.member).next().is_some_and(|n| s.token(n.head).sentence == 0);
    put(format_args!("{told} opening {opening}"));
    if let Some(&first) = other.first() {
        let other = cast.member(first);
        let same = other.country.is_some() && other.country == member.country;
        put(format_args!("{told} same country {same}"));
        put(format_args!("{kind} {told} same country {same}"));
        put(format_args!("{kind} sectors {} {}", other.sector, member.sector));
        put(format_args!("{told} sectors {} {} {same}", other.sector, member.sector));
        put(format_args!("{kind} {told} sectors {} {} {same}", other.sector, member.sector));
        put(format_args!("{told} kinds {} {} {same}", other.kind, member.kind));
        put(format_args!("{kind} {told} kinds {} {} {same}", other.kind, member.kind));
        // "Peruvian" in "Peruvian President Alberto Fujimori met ...".
        let inside = beside(cast, first, m.head)
            .map(|k| &cast.mentions[k as usize])
            .any(|n| n.head != m.head && n.span.covers(m.span));
        put(format_args!("{told} inside {inside}"));
        put(format_args!("{kind} {told} inside {inside}"));
    } else {
        put(format_args!("{told} alone"));
    }
    let speaker = o.sources.iter().any(|x| x.name.as_deref() == Some(member.name.as_str()));
    put(format_args!("{told} speaker {speaker}"));
    put(format_args!("{kind} speaker {speaker}"));
    put(format_args!("{told} {} noun {}", member.kind, s.token(o.trigger).upos == Upos::Noun));
    put(format_args!("{told} country {}", member.country.is_some()));
}

/// Writes the relations between `from` and `to` in one sentence; false where they are too far apart.
fn write_path(s: &Syntax, from: u32, to: u32, path: &mut String) -> bool {
    let up: Vec<u32> = std::iter::once(from).chain(s.ancestors(from).take(LONGEST_PATH)).collect();
    let mut below = Vec::new();
    let mut node = to;
    let top = loop {
        if let Some(k) = up.iter().position(|&u| u == node) {
            break k;
        }
        below.push(node);
        let Some(head) = s.head(node).filter(|_| below.len() <= LONGEST_PATH) else { return false };
        node = head;
    };
    if top + below.len() > LONGEST_PATH {
        return false;
    }
    for &node in &up[..top] {
        let _ = write!(path, "<{}", s.token(node).deprel);
    }
    for &node in below.iter().rev() {
        let _ = write!(path, ">{}", s.token(node).deprel);
        if let Some(case) = grammar::preposition(s, node).filter(|_| s.token(node).deprel != Deprel::Conj) {
            let _ = write!(path, ":{case}");
        }
    }
    true
}

/// Whether the model's pick for an act owes a party to the passage.
pub fn is_implied(act: Act<'_>, actors: &[u32], recipients: &[u32]) -> bool {
    let told = |m: &u32| act.tellings.iter().any(|o| o.actors.contains(m) || o.recipients.contains(m));
    !actors.iter().chain(recipients).all(told)
}
