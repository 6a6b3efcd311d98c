//! Whether the act took place: tense, mood, negation, and every cue the clause is embedded under, to any depth.

use crate::own::Own;
use dateline_core::grammar::{has_to, is_verbal};
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, Status};
use rustc_hash::FxHashMap;

const EMBEDDED: &str = include_str!("../../../knowledge/status/cues.tsv");

/// Steps up the tree that are followed; deeper embedding does not occur in news.
const CLIMB: usize = 12;

/// The cue table: for every cue, what it does to an event at which relation.
#[derive(Debug, Default)]
pub struct StatusCues {
    cues: FxHashMap<Box<str>, Vec<(Box<str>, Effect)>>,
}

/// What a cue does to the status of what stands under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    /// Nothing, but the table speaks of it: "began to withdraw".
    Keep,
    /// It becomes this status, unless it is a stronger one already.
    Make(Status),
}

impl Effect {
    fn on(self, inner: Status) -> Status {
        match self {
            Effect::Keep => inner,
            Effect::Make(outer) => combine(inner, outer),
        }
    }
}

/// What is wrong with a line of a table of cues.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct CueError {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl StatusCues {
    /// The table that is part of the program.
    pub fn embedded() -> Result<StatusCues, CueError> {
        StatusCues::default().and("knowledge/status/cues.tsv", EMBEDDED)
    }

    /// The cues of a user, and behind them those that are part of the program: of two that fit the first counts.
    pub(crate) fn with_own(own: &Own) -> Result<StatusCues, CueError> {
        StatusCues::default().and(&own.path, &own.text)?.and("knowledge/status/cues.tsv", EMBEDDED)
    }

    /// Adds `cue TAB relation TAB status TAB example` lines of a file.
    fn and(mut self, file: &str, text: &str) -> Result<StatusCues, CueError> {
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |what: String| CueError { file: file.to_owned(), line: number + 1, what };
            let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
            let &[cue, relation, status, _] = columns.as_slice() else {
                return Err(error(format!("needs four columns, has {}", columns.len())));
            };
            let status = match status {
                "keep" => Effect::Keep,
                name => Effect::Make(name.parse().map_err(|e| error(format!("{e}")))?),
            };
            self.cues.entry(cue.into()).or_default().push((relation.into(), status));
        }
        Ok(self)
    }

    /// What `cue` does to an event at `relation`, if the table speaks of it.
    fn effect(&self, cue: &str, relation: &str) -> Option<Effect> {
        self.cues.get(cue)?.iter().find(|(r, _)| &**r == relation).map(|(_, s)| *s)
    }

    /// The status of the act that token `trigger` expresses; `others` are further words of its predicate.
    pub fn read(&self, doc: &Document, trigger: u32, others: &[u32]) -> Status {
        let s = &doc.syntax;
        let mut status = self.own(s, trigger, others);
        if status == Status::Happened && self.lasts(s, trigger, others) {
            status = Status::Ongoing;
        }
        for &o in others {
            // "held no talks", "will hold further talks"
            if o != trigger && s.children_with(o, Deprel::Det).any(|c| s.lemma(c) == "no") {
                status = Status::Denied;
            }
        }
        let mut node = trigger;
        for _ in 0..CLIMB {
            let Some(head) = s.head(node) else { break };
            let deprel = s.token(node).deprel;
            if others.contains(&head) {
                status = combine(status, self.own(s, head, others));
                node = head;
                continue;
            }
            match deprel {
                // "will meet Abbas and visit Ramallah": shared auxiliaries count for both.
                Deprel::Conj if shares_auxiliaries(s, node) => {
                    status = combine(status, self.own_modal(s, head, others));
                }
                Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj => {
                    let relation = if deprel == Deprel::Ccomp { "ccomp" } else { "xcomp" };
                    status = self.under(s, status, head, relation, deprel != Deprel::Ccomp);
                }
                Deprel::Obj | Deprel::NsubjPass | Deprel::Iobj => {
                    status = self.under(s, status, head, "obj", true);
                }
                Deprel::Nsubj | Deprel::CsubjPass => status = self.under(s, status, head, "subj", true),
                Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => {
                    let relation = s.child(node, Deprel::Case).map_or("", |case| s.lemma(case));
                    if self.effect(s.lemma(head), relation).is_some() {
                        status = self.under(s, status, head, relation, true);
                    } else if deprel != Deprel::Nmod
                        || relation != "of"
                        || s.token(trigger).upos != Upos::Noun
                    {
                        break;
                    }
                }
                Deprel::Acl | Deprel::Advcl => {
                    let infinitive = s.token(node).xpos == Xpos::Vb && has_to(s, node);
                    if let Some(effect) = self.effect(s.lemma(head), "acl").filter(|_| deprel == Deprel::Acl)
                    {
                        status = effect.on(status);
                    } else if let Some(effect) = self.effect(s.lemma(head), "xcomp").filter(|_| infinitive) {
                        status = effect.on(status);
                        if negated(s, head) {
                            status = Status::Denied;
                        }
                    } else if infinitive {
                        status = combine(status, Status::Planned);
                        break;
                    } else {
                        break;
                    }
                }
                Deprel::AclRelcl | Deprel::Parataxis | Deprel::Appos | Deprel::AdvclRelcl | Deprel::List => {
                    break;
                }
                _ => {}
            }
            node = head;
        }
        if matches!(status, Status::Happened | Status::Ongoing) && is_question(doc, trigger) {
            status = Status::Hypothetical;
        }
        status
    }

    /// Whether the act's own words tell of something that goes on: a noun for a state that lasts ("a blockade", "an investigation") that
    /// nothing ends, or a verb that tells of one in the present or perfect ("Iran funds Hezbollah", "has long backed").
    fn lasts(&self, s: &Syntax, trigger: u32, others: &[u32]) -> bool {
        let ongoing = |i: u32, relation| {
            matches!(self.effect(s.lemma(i), relation), Some(Effect::Make(Status::Ongoing)))
        };
        let words = || std::iter::once(trigger).chain(others.iter().copied());
        let ended = || {
            let above = s.head(trigger).filter(|_| {
                matches!(
                    s.token(trigger).deprel,
                    Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Nmod
                )
            });
            let ends = |i: u32| self.effect(s.lemma(i), "end").is_some();
            above.is_some_and(ends) || words().any(ends)
        };
        words().any(|i| s.token(i).upos == Upos::Noun && ongoing(i, "self")) && !ended()
            || ongoing(trigger, "present") && is_present(s, trigger)
    }

    /// The effect of governor `head` on what stands at `relation` of it; `tense` says whether its own tense counts too.
    fn under(&self, s: &Syntax, inner: Status, head: u32, relation: &str, tense: bool) -> Status {
        let effect = self.effect(s.lemma(head), relation);
        let mut status = effect.map_or(inner, |e| e.on(inner));
        if tense && is_verbal(s, head) {
            let own = self.own(s, head, &[]);
            status = match effect {
                // "plans to meet" is planned in whatever tense; only a negation reaches through.
                Some(Effect::Make(Status::Planned | Status::Hypothetical | Status::Denied)) => {
                    if own == Status::Denied { Status::Denied } else { status }
                }
                _ => combine(status, own),
            };
        }
        status
    }

    /// Tense, mood and negation of the word itself.
    fn own(&self, s: &Syntax, i: u32, others: &[u32]) -> Status {
        let mut status = self.own_modal(s, i, others);
        // A negation that is a word of the predicate has its say in the frame: "will not meet" is a refusal.
        let spoken_for = others.iter().any(|&o| matches!(s.lemma(o), "not" | "never" | "no"));
        if !spoken_for && negated(s, i) {
            return Status::Denied;
        }
        for &c in s.children(i) {
            let relation = match s.token(c).deprel {
                Deprel::Amod | Deprel::Compound => "amod",
                Deprel::Mark | Deprel::Case => "mark",
                Deprel::Advmod => "advmod",
                _ => continue,
            };
            // Participles before a noun keep their form: "planned talks" is looked up as "planned" and as "plan".
            if let Some(effect) =
                self.effect(s.lemma(c), relation).or_else(|| self.participle(s, c, relation))
            {
                status = effect.on(status);
            }
        }
        status
    }

    fn participle(&self, s: &Syntax, i: u32, relation: &str) -> Option<Effect> {
        if relation != "amod" || !matches!(s.token(i).xpos, Xpos::Vbn | Xpos::Vbg) {
            return None;
        }
        let ending = if s.token(i).xpos == Xpos::Vbn { "ed" } else { "ing" };
        let lemma = s.lemma(i);
        let stem = lemma.strip_suffix('e').unwrap_or(lemma);
        self.effect(&[stem, ending].concat(), relation)
    }

    fn own_modal(&self, s: &Syntax, i: u32, others: &[u32]) -> Status {
        let mut status = Status::Happened;
        let infinitive = has_to(s, i);
        let auxiliaries = s.children(i).iter().copied().filter(|&c| s.token(c).deprel == Deprel::Aux);
        for c in auxiliaries.filter(|c| !others.contains(c)) {
            let lemma = s.lemma(c);
            if lemma == "be" && infinitive {
                // "are to meet on Monday"
                status = combine(status, Status::Planned);
            }
            if matches!(lemma, "would" | "'d") && reported_in_past(s, i) {
                status = combine(status, Status::Planned);
            } else if let Some(effect) = self.effect(lemma, "aux") {
                status = effect.on(status);
            }
        }
        if status == Status::Happened && is_progressive(s, i) {
            status = Status::Ongoing;
        }
        status
    }
}

/// What is left when a status stands under another.
pub fn combine(inner: Status, outer: Status) -> Status {
    let rank = |s: Status| match s {
        Status::Denied => 4,
        Status::Hypothetical => 3,
        Status::Planned => 2,
        Status::Ongoing => 1,
        Status::Happened => 0,
    };
    if rank(outer) > rank(inner) { outer } else { inner }
}

fn negated(s: &Syntax, i: u32) -> bool {
    dateline_core::grammar::is_negated(s, i)
}

/// "is shelling", "has been shelling", but not "was shelling".
fn is_progressive(s: &Syntax, i: u32) -> bool {
    if s.token(i).xpos != Xpos::Vbg {
        return false;
    }
    s.children(i).iter().any(|&c| {
        s.token(c).deprel == Deprel::Aux
            && matches!(s.token(c).xpos, Xpos::Vbz | Xpos::Vbp)
            && s.token(c).upos == Upos::Aux
    })
}

/// "backs", "is backed", "has backed": the present tense or the present perfect.
fn is_present(s: &Syntax, i: u32) -> bool {
    let now = |t: u32| matches!(s.token(t).xpos, Xpos::Vbz | Xpos::Vbp);
    now(i)
        || s.children(i).iter().any(|&c| matches!(s.token(c).deprel, Deprel::Aux | Deprel::AuxPass) && now(c))
}

/// "said he would visit": the future seen from the past.
fn reported_in_past(s: &Syntax, i: u32) -> bool {
    let mut node = i;
    for _ in 0..CLIMB {
        let Some(head) = s.head(node) else { return false };
        match s.token(node).deprel {
            Deprel::Ccomp | Deprel::Parataxis => return matches!(s.token(head).xpos, Xpos::Vbd | Xpos::Vbn),
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::AclRelcl | Deprel::Acl | Deprel::Obj => {
                node = head;
            }
            _ => {
                // "according to ..., he would visit"
                return s
                    .children(i)
                    .iter()
                    .any(|&c| s.token(c).deprel == Deprel::Parataxis && s.token(c).xpos == Xpos::Vbd);
            }
        }
    }
    false
}

fn shares_auxiliaries(s: &Syntax, i: u32) -> bool {
    matches!(s.token(i).xpos, Xpos::Vb | Xpos::Vbn | Xpos::Vbg)
        && !s
            .children(i)
            .iter()
            .any(|&c| matches!(s.token(c).deprel, Deprel::Aux | Deprel::Nsubj | Deprel::NsubjPass))
}

fn is_question(doc: &Document, i: u32) -> bool {
    let sentence = doc.syntax.sentence_of(i);
    sentence.range().rev().take(2).any(|t| doc.form(t) == "?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_is_sound() {
        let cues = StatusCues::embedded().unwrap();
        assert_eq!(cues.effect("cancel", "obj"), Some(Effect::Make(Status::Denied)));
        assert_eq!(cues.effect("begin", "xcomp"), Some(Effect::Keep));
        assert_eq!(cues.effect("cancel", "ccomp"), None);
    }

    #[test]
    fn denial_outranks_everything() {
        assert_eq!(combine(Status::Planned, Status::Denied), Status::Denied);
        assert_eq!(combine(Status::Hypothetical, Status::Planned), Status::Hypothetical);
    }
}
