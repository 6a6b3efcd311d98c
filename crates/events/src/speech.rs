//! Acts that lie in what is said rather than in a word for saying: "Portman said India must help" is a request, "she said
//! the US would send aid" a promise, "they said they would never surrender" a refusal.

use crate::matcher::Match;
use crate::table::FrameTable;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::stretches::Stretches;
use dateline_core::syntax::{Deprel, Syntax, Xpos};
use dateline_core::{Document, EventType, Sector, Span, grammar};
use rustc_hash::FxHashMap;

/// Somebody's words, reported or quoted.
#[derive(Clone, Debug)]
pub struct Speech {
    /// Member who speaks.
    pub speaker: u32,
    /// What is said.
    pub content: Vec<Span>,
}

/// What is said by whom, found by offset.
pub struct Told<'a> {
    speeches: &'a [Speech],
    stretches: Stretches,
}

impl<'a> Told<'a> {
    /// The speeches of one report.
    pub fn new(speeches: &'a [Speech]) -> Told<'a> {
        let contents = (0..).zip(speeches).flat_map(|(k, s)| s.content.iter().map(move |c| (*c, k)));
        Told { speeches, stretches: Stretches::new(contents) }
    }

    /// The speech with the shortest content that holds `offset`.
    pub(crate) fn innermost(&self, offset: u32) -> Option<&'a Speech> {
        (self.stretches.holding(offset).into_iter())
            .map(|k| &self.speeches[k])
            .min_by_key(|s| s.content.iter().map(|c| c.len()).sum::<u32>())
    }
}

/// The frames' names that this stage uses; they stand in the tables like any other.
const DEMAND: &str = "say should";
const PROMISE: &str = "say will";
const REFUSAL: &str = "say will not";
const THREAT: &str = "say will attack";

/// Whether a frame is one that lies in what is said: the saying happened, whatever becomes of what is said.
pub fn is_speech(frame: &crate::frame::Frame) -> bool {
    frame.words.len() > 1
        && &*frame.words[0] == "say"
        && matches!(&*frame.words[1], "should" | "will" | "bad")
}

/// Adds the acts that lie in modal clauses of what is said, and turns matches that are the content of a promise or threat
/// into the promise or threat itself.
pub fn matches(doc: &Document, cast: &Cast, table: &FrameTable, told: &Told, found: &mut Vec<Match>) {
    let s = &doc.syntax;
    // The matches of each trigger, and those that are none any more.
    let mut of_trigger: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    found.iter().enumerate().for_each(|(k, m)| of_trigger.entry(m.trigger).or_default().push(k));
    let mut gone: Vec<usize> = Vec::new();
    for i in 0..s.tokens.len() as u32 {
        if !grammar::is_verbal(s, i) {
            continue;
        }
        let Some(modal) = s
            .children(i)
            .iter()
            .copied()
            .find(|&c| s.token(c).deprel == Deprel::Aux && s.token(c).xpos == Xpos::Md)
        else {
            continue;
        };
        let at = s.token(i).span.start;
        let Some(speech) = told.innermost(at) else { continue };
        let subject =
            grammar::subject(s, i).or_else(|| grammar::object(s, i).filter(|_| grammar::is_passive(s, i)));
        let addressed = subject.and_then(|t| cast.member_at(t));
        let own = addressed.is_some_and(|m| own_side(cast, speech.speaker, m))
            || subject.is_some_and(|t| is_we(s, t));
        let negated = grammar::is_negated(s, i);
        let before = found.len();
        match s.lemma(modal) {
            "should" | "must" if !own => {
                if let Some(recipient) = addressed.filter(|_| !grammar::is_passive(s, i)) {
                    push(doc, table, found, DEMAND, modal, i, speech.speaker, vec![recipient]);
                }
            }
            "will" | "wo" | "shall" | "'ll" | "would" if own => {
                // "will have to take action": what counts is the act, not the having to.
                let i =
                    s.child(i, Deprel::Xcomp).filter(|_| matches!(s.lemma(i), "have" | "need")).unwrap_or(i);
                let matched = of_trigger.get(&i).and_then(|all| all.first().copied());
                let kind = matched.map(|k| table.frame(found[k].frame).event_type);
                let mut recipients = matched.map(|k| found[k].recipients.clone()).unwrap_or_default();
                if recipients.is_empty() {
                    // "would provide assistance to Vlore": a place that is helped or hit is a party.
                    let to = ["to", "for", "with", "against"].into_iter();
                    recipients.extend(
                        to.flat_map(|p| grammar::prepositional(s, i, p)).find_map(|t| cast.member_at(t)),
                    );
                }
                let name = match kind {
                    _ if negated && kind.is_none_or(|k| k != EventType::Reject) => REFUSAL,
                    Some(EventType::Aid | EventType::Cooperate | EventType::Concede | EventType::Support) => {
                        PROMISE
                    }
                    Some(EventType::Assault | EventType::Sanction | EventType::Coerce) => THREAT,
                    None if takes_action(s, i) => THREAT,
                    _ => continue,
                };
                if let Some(k) = matched {
                    of_trigger.entry(i).or_default().remove(0);
                    gone.push(k);
                }
                push(doc, table, found, name, modal, i, speech.speaker, recipients);
            }
            _ => {}
        }
        if let Some(new) = found.get(before) {
            of_trigger.entry(new.trigger).or_default().push(before);
        }
    }
    gone.sort_unstable();
    let mut k = 0;
    found.retain(|_| {
        k += 1;
        gone.binary_search(&(k - 1)).is_err()
    });
    found.sort_by_key(|m| m.trigger);
}

#[allow(clippy::too_many_arguments)] // Parts of one match, given once.
fn push(
    doc: &Document,
    table: &FrameTable,
    found: &mut Vec<Match>,
    name: &str,
    modal: u32,
    verb: u32,
    speaker: u32,
    mut recipients: Vec<u32>,
) {
    let Some(frame) = table.named(name) else { return };
    recipients.retain(|r| *r != speaker);
    let s = &doc.syntax;
    let near = verb.abs_diff(modal) <= 3;
    let trigger_span = if near { s.token(modal).span.join(s.token(verb).span) } else { s.token(modal).span };
    found.push(Match {
        frame,
        trigger: verb,
        trigger_span,
        actors: vec![speaker],
        recipients,
        fillers: (Vec::new(), Vec::new()),
        others: vec![modal],
        unmet: None,
    });
}

/// Whether `member` is the speaker, or the country or government the speaker acts for.
pub(crate) fn own_side(cast: &Cast, speaker: u32, member: u32) -> bool {
    let (s, m) = (cast.member(speaker), cast.member(member));
    speaker == member
        || (s.country.is_some()
            && s.country == m.country
            && matches!(s.sector, Sector::Gov | Sector::Mil)
            && (m.kind == EntityKind::Country || (!m.named && m.sector == s.sector)))
}

/// "Take whatever action is necessary", "take measures": a veiled threat where it is said of one's own side.
fn takes_action(s: &Syntax, i: u32) -> bool {
    let means = |o: u32| matches!(s.lemma(o), "action" | "measure" | "step" | "countermeasure" | "response");
    // "Take whatever action is necessary" has the action in a clause of its own.
    let near = || (i + 1..i + 5).take_while(|&t| (t as usize) < s.tokens.len()).any(means);
    matches!(s.lemma(i), "take" | "use") && (grammar::object(s, i).is_some_and(means) || near())
        || matches!(s.lemma(i), "respond" | "retaliate" | "defend")
}

pub(crate) fn is_we(s: &Syntax, token: u32) -> bool {
    matches!(s.lemma(token), "we" | "I")
}
