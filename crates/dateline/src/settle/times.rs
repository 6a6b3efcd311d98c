//! When an act took place: the time expression of its clause, else of the clause that governs it.

use crate::reader::Reading;
use dateline_core::record::When;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, Interval, Precision, Span, Status, grammar};
use dateline_events::Occurrence;
use dateline_time::{Direction, Kind, Relation, Timex};
use jiff::ToSpan;

/// Acts that ended longer ago than this many days are history, not news.
const NEWS_DAYS: i64 = 60;

/// Verbs whose infinitives tell what was done, or what for: the day behind them is that of the verb.
const DONE_BY_THEN: [&str; 22] = [
    "vote", "refuse", "decline", "fail", "manage", "begin", "start", "continue", "try", "attempt", "move",
    "meet", "gather", "convene", "come", "go", "fly", "travel", "arrive", "return", "rush", "help",
];

/// Whether the words around `span` speak of the past or the future, by the tense of the governing verb.
pub(crate) fn tense(doc: &Document, span: Span) -> Option<Direction> {
    let s = &doc.syntax;
    let first = s.token_at(span.start)?;
    let tells = |a: u32| grammar::is_verbal(s, a) || is_awaited(s, a);
    // "For a meeting over the weekend" hangs where the parser likes.
    let small = |&i: &u32| matches!(s.token(i).upos, Upos::Adp | Upos::Det);
    let behind = (first.saturating_sub(3)..first).rev().find(|i| !small(i));
    let word = std::iter::once(first).chain(s.ancestors(first)).take(8).find(|&a| tells(a))?;
    if is_awaited(s, word) || behind.is_some_and(|noun| is_awaited(s, noun)) {
        return Some(Direction::Future);
    }
    tense_of(s, done_then(s, word))
}

/// "A possible meeting over the weekend".
fn is_awaited(s: &Syntax, noun: u32) -> bool {
    let awaited = |c: u32| {
        matches!(
            s.lemma(c),
            "possible" | "planned" | "scheduled" | "expected" | "proposed" | "forthcoming" | "upcoming"
        )
    };
    s.token(noun).upos == Upos::Noun && s.children_with(noun, Deprel::Amod).any(awaited)
}

/// The verb whose tense counts for an infinitive: "met to discuss the crisis on Monday" and "voted to end the curfew on Monday"
/// tell of that Monday, "agreed to meet on Monday" and "is to arrive on Monday, the agency reported" of the next.
fn done_then(s: &Syntax, verb: u32) -> u32 {
    let is_infinitive = s.token(verb).xpos == Xpos::Vb && grammar::has_to(s, verb);
    let done = |head: u32| match s.token(verb).deprel {
        Deprel::Advcl => true,
        Deprel::Xcomp => DONE_BY_THEN.contains(&s.lemma(head)),
        _ => false,
    };
    let told = |&h: &u32| h < verb && s.token(h).xpos == Xpos::Vbd && done(h);
    s.head(verb).filter(|h| is_infinitive && told(h)).unwrap_or(verb)
}

/// Whether what a verb or a predicate tells is over or to come.
fn tense_of(s: &Syntax, verb: u32) -> Option<Direction> {
    let helps = |c: u32| matches!(s.token(c).deprel, Deprel::Aux | Deprel::AuxPass | Deprel::Cop);
    let mut helpers = s.children(verb).iter().copied().filter(|&c| helps(c));
    let future = |c: u32| {
        let word = s.lemma(c);
        s.token(c).deprel != Deprel::AuxPass
            && matches!(
                word,
                "will"
                    | "shall"
                    | "'ll"
                    | "would"
                    | "may"
                    | "might"
                    | "could"
                    | "should"
                    | "must"
                    | "can"
                    | "wo"
            )
    };
    if helpers.clone().any(future) {
        return Some(Direction::Future);
    }
    // "is believed to have been killed in January"
    if s.children_with(verb, Deprel::Aux).any(|c| s.lemma(c) == "have") {
        return Some(Direction::Past);
    }
    let finite = helpers.next().unwrap_or(verb);
    // "a summit scheduled in early December"
    let awaited = || {
        matches!(s.lemma(verb), "schedule" | "slate" | "plan" | "expect" | "due")
            || s.children(verb).iter().any(|&c| s.lemma(c) == "due")
    };
    let begins = || matches!(s.lemma(verb), "begin" | "start" | "open" | "commence" | "launch" | "resume");
    match s.token(finite).xpos {
        Xpos::Vbn if finite == verb && awaited() => Some(Direction::Future),
        Xpos::Vbd | Xpos::Vbn => Some(Direction::Past),
        // "is due in Kenya on Friday", "a summit opening here Saturday", "launches an initiative on Tuesday"
        Xpos::Vbz | Xpos::Vbp if finite != verb && awaited() => Some(Direction::Future),
        Xpos::Vbg | Xpos::Vbz | Xpos::Vbp if finite == verb && begins() => Some(Direction::Future),
        Xpos::Vb if grammar::has_to(s, verb) => {
            // "plans to meet on Monday", "expected to arrive Friday"
            Some(Direction::Future)
        }
        _ => None,
    }
}

/// The time of an act, none when its sentence does not tell.
pub(crate) fn of(reading: &Reading, o: &Occurrence) -> Option<When> {
    let doc = &reading.doc;
    let s = &doc.syntax;
    let sentence = s.sentence_of(o.trigger).span;
    let best = inside(reading, sentence)
        .filter(|t| usable(t))
        .filter_map(|t| Some((distance(s, o.trigger, t)?, t)))
        .min_by_key(|(d, t)| (*d, t.span.start))?;
    when(reading, best.1)
}

/// The indices of the expressions that begin in a stretch of the text.
pub(crate) fn indices(reading: &Reading, stretch: Span) -> std::ops::Range<usize> {
    let at = |offset: u32| reading.times.partition_point(|t| t.span.start < offset);
    at(stretch.start)..at(stretch.end)
}

/// The expressions within a stretch of the text.
pub(crate) fn inside(reading: &Reading, stretch: Span) -> impl Iterator<Item = &Timex> {
    reading.times[indices(reading, stretch)].iter().filter(move |t| stretch.covers(t.span))
}

/// The days that an expression means, with "since" and "until" spelled out.
pub(crate) fn days(reading: &Reading, t: &Timex) -> Option<Interval> {
    let anchor =
        reading.doc.meta.published.filter(|_| matches!(t.relation, Relation::Since | Relation::Until));
    anchor.and_then(|a| t.extent(a)).or(t.range).or(t.interval)
}

/// An expression as the time of an act.
pub(crate) fn when(reading: &Reading, t: &Timex) -> Option<When> {
    let days = days(reading, t)?;
    let text = t.span.of(&reading.doc.text).to_owned();
    Some(When { start: days.start, end: days.end, precision: days.precision, text })
}

pub(crate) fn usable(t: &Timex) -> bool {
    matches!(t.kind, Kind::Date | Kind::Time) && (t.interval.is_some() || t.range.is_some())
}

/// How far the expression hangs from the act in the tree: under it, under its verb, or under a verb above; none when it
/// belongs to another clause.
pub(crate) fn distance(s: &Syntax, trigger: u32, t: &Timex) -> Option<u32> {
    let first = s.token_at(t.span.start)?;
    // The token of the expression whose governor stands outside.
    let head = s
        .tokens_in(t.span)
        .find(|&i| s.head(i).is_none_or(|h| !t.span.contains(s.token(h).span.start)))
        .unwrap_or(first);
    if s.is_within(head, trigger) {
        let depth = s.ancestors(head).position(|a| a == trigger).unwrap_or(0) as u32;
        // A time inside a relative or adverbial clause below the act is that clause's own.
        let crossed = std::iter::once(head)
            .chain(s.ancestors(head))
            .take_while(|&a| a != trigger)
            .any(|a| own_clause(s, a));
        return Some(if crossed { 20 + depth } else { depth });
    }
    let mut node = trigger;
    let mut steps = 1;
    while let Some(up) = s.head(node) {
        let below = s.token(node).deprel;
        steps += 1;
        if s.is_within(head, up) {
            let crossed = std::iter::once(head)
                .chain(s.ancestors(head))
                .take_while(|&a| a != up)
                .any(|a| own_clause(s, a));
            if matches!(below, Deprel::Ccomp | Deprel::AclRelcl | Deprel::Parataxis)
                && grammar::is_verbal(s, up)
            {
                // "said on Monday that troops attacked": the time is that of the saying.
                return Some(if matches!(below, Deprel::Ccomp) { 15 + steps } else { 12 + steps });
            }
            return Some(if crossed { 20 + steps } else { 2 * steps });
        }
        node = up;
        if steps > 12 {
            break;
        }
    }
    None
}

fn own_clause(s: &Syntax, i: u32) -> bool {
    matches!(s.token(i).deprel, Deprel::AclRelcl | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis)
        || (s.token(i).deprel == Deprel::Conj && grammar::is_verbal(s, i))
}

/// Whether an act is told as history or setting: it ended long before the report.
pub(crate) fn is_history(reading: &Reading, o: &Occurrence) -> bool {
    let Some(published) = reading.doc.meta.published else { return false };
    let Some(when) = &o.when else { return false };
    o.status == Status::Happened
        && when.precision != Precision::Decade
        && published.checked_sub(NEWS_DAYS.days()).is_ok_and(|limit| when.end < limit)
}

#[cfg(test)]
mod tests {
    use super::super::rank::tests::reading;

    /// The first day that the text tells; it came out on Friday, November 23, 2012.
    fn day(text: &str) -> String {
        reading(text).times.iter().find_map(|t| t.interval).unwrap().start.to_string()
    }

    #[test]
    fn what_is_due_or_begins_is_to_come() {
        assert_eq!(day("The French minister is due in Kenya on Monday."), "2012-11-26");
        assert_eq!(day("He is in Beijing for a summit opening here Saturday."), "2012-11-24");
        assert_eq!(day("The envoy launches a fresh initiative on Tuesday."), "2012-11-27");
        assert_eq!(day("They prepare the ground for a possible meeting over the weekend."), "2012-11-24");
        assert_eq!(day("The summit opened in Beijing on Monday."), "2012-11-19");
    }

    #[test]
    fn infinitives_look_ahead_unless_it_is_done() {
        assert_eq!(day("The ministers agreed to meet on Monday."), "2012-11-26");
        let due = "The president is due to arrive in Egypt on Tuesday, to mark the anniversary, the agency reported.";
        assert_eq!(day(due), "2012-11-27");
        assert_eq!(day("The cabinet voted to lift the ban on Monday."), "2012-11-19");
        assert_eq!(day("The ministers met to discuss the crisis on Monday."), "2012-11-19");
    }
}
