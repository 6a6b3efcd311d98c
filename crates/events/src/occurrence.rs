//! One telling of one act: a matched frame with everything read around it, before tellings are merged into events.

use crate::magnitude::Numbers;
use crate::matcher::{Match, Unmet};
use crate::table::FrameTable;
use dateline_core::record::{Magnitude, Source, When};
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, EventType, Mode, Span, Status, grammar};

/// Longest clause that is given as evidence, in tokens.
const LONGEST_CLAUSE: u32 = 45;

/// One telling of one act.
#[derive(Clone, Debug)]
pub struct Occurrence {
    /// Index of the frame.
    pub frame: u32,
    /// Type of the act.
    pub event_type: EventType,
    /// Mode of the act.
    pub mode: Option<Mode>,
    /// Whether it took place.
    pub status: Status,
    /// Members of the cast who act.
    pub actors: Vec<u32>,
    /// Members of the cast it is done to.
    pub recipients: Vec<u32>,
    /// Token of the trigger.
    pub trigger: u32,
    /// Further tokens of the predicate.
    pub others: Vec<u32>,
    /// The words of the trigger.
    pub trigger_span: Span,
    /// The clause that tells it.
    pub clause: Span,
    /// Index of the sentence.
    pub sentence: u32,
    /// Numbers told with it.
    pub magnitude: Magnitude,
    /// When, if told.
    pub when: Option<When>,
    /// Index of the place, if told.
    pub place: Option<u32>,
    /// On whose word.
    pub sources: Vec<Source>,
    /// Told as history or setting.
    pub background: bool,
    /// Trigger of the demand, promise, threat, refusal or accusation whose content this is.
    pub content_of: Option<u32>,
    /// Whether a party was not in the clause but taken from the passage.
    pub implied: bool,
    /// The condition of the frame that does not hold.
    pub unmet: Option<Unmet>,
}

impl Occurrence {
    /// What a match tells; time, place and sources are filled in by the stages that know them.
    pub fn new(
        doc: &Document,
        table: &FrameTable,
        m: Match,
        status: Status,
        numbers: &Numbers,
    ) -> Occurrence {
        let frame = table.frame(m.frame);
        Occurrence {
            frame: m.frame,
            event_type: frame.event_type,
            mode: frame.mode,
            status,
            clause: clause(&doc.syntax, m.trigger),
            sentence: doc.syntax.token(m.trigger).sentence,
            magnitude: numbers.read(doc, m.trigger, frame.event_type),
            actors: m.actors,
            recipients: m.recipients,
            trigger: m.trigger,
            others: m.others,
            trigger_span: m.trigger_span,
            when: None,
            place: None,
            sources: Vec::new(),
            background: false,
            content_of: None,
            implied: false,
            unmet: m.unmet,
        }
    }
}

/// The clause that trigger `i` stands in: the tree under its verb without what is coordinated or loosely attached,
/// cut to a readable length around the trigger.
pub fn clause(s: &Syntax, i: u32) -> Span {
    let mut head = i;
    if !matches!(s.token(i).upos, Upos::Verb | Upos::Aux)
        && let Some(verb) = s.ancestors(i).take(5).find(|&a| grammar::is_verbal(s, a))
    {
        head = verb;
    }
    let (mut low, mut high) = (i.min(head), i.max(head));
    let mut stack = vec![head];
    while let Some(node) = stack.pop() {
        low = low.min(node);
        high = high.max(node);
        for &c in s.children(node) {
            let loose = match s.token(c).deprel {
                Deprel::Parataxis | Deprel::Punct | Deprel::Cc => true,
                Deprel::Conj => grammar::is_verbal(s, c) && node == head && !s.is_within(i, c),
                _ => false,
            };
            if !loose {
                stack.push(c);
            }
        }
    }
    let range = s.sentence_of(i).tokens;
    low = low.max(range.0).max(i.saturating_sub(LONGEST_CLAUSE / 2));
    high = high.min(range.1 - 1).min(i + LONGEST_CLAUSE / 2);
    s.token(low).span.join(s.token(high).span)
}

/// Marks what is only demanded, promised, threatened, refused or alleged: it is the content of that act, not an event of
/// its own. A claim about a concrete act of force or repression, and a denial of one, stays an event.
pub fn mark_contents(s: &Syntax, all: &mut [Occurrence]) {
    for k in 0..all.len() {
        let inner = &all[k];
        let force = matches!(inner.event_type, EventType::Assault | EventType::Coerce);
        // Tellings stand in text order.
        let first = all.partition_point(|o| o.sentence < inner.sentence);
        let mut same = all[first..].iter().take_while(|o| o.sentence == inner.sentence);
        let owner = same.find(|outer| {
            outer.trigger != inner.trigger
                && outer.unmet.is_none()
                && holds_content(outer.event_type, force, inner.status == Status::Denied)
                && is_content(s, inner.trigger, outer.trigger)
        });
        all[k].content_of = owner.map(|o| o.trigger);
    }
}

fn holds_content(outer: EventType, force: bool, denied: bool) -> bool {
    match outer {
        EventType::Request | EventType::Agree | EventType::Threaten => true,
        EventType::Reject => !(force && denied),
        EventType::Accuse => !force,
        _ => false,
    }
}

/// Whether `inner` stands in the complement of `outer`: below it, not across a relative, adverbial or loose clause.
fn is_content(s: &Syntax, inner: u32, outer: u32) -> bool {
    let mut node = inner;
    for _ in 0..10 {
        let Some(head) = s.head(node) else { return false };
        let deprel = s.token(node).deprel;
        match deprel {
            Deprel::AclRelcl
            | Deprel::Parataxis
            | Deprel::Appos
            | Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Compound
            | Deprel::Amod
            | Deprel::NmodPoss => return false,
            Deprel::Advcl if head == outer => {
                // "asked them to leave" may hang as adverbial; "attacked after threatening" must not.
                return grammar::has_to(s, node);
            }
            Deprel::Obl | Deprel::Nmod if head == outer => {
                let after = s.children_with(node, Deprel::Case).any(|c| {
                    matches!(
                        s.lemma(c),
                        "after" | "before" | "during" | "following" | "since" | "at" | "over" | "amid" | "in"
                    )
                });
                return !after;
            }
            Deprel::Conj if head == outer => return false,
            _ => {}
        }
        if head == outer {
            return true;
        }
        node = head;
    }
    false
}
