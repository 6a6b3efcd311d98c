//! Finding out what became of plans.

mod listed;
mod wanted;

use crate::blocks::Entry;
use crate::coref::Concepts;
use crate::days;
use crate::gist::{Digest, Gist};
use crate::outline::Outline;
use crate::parties::Figures;
use crate::plan::{Opened, Origin, State};
use crate::same::{self, Family};
use crate::turns::TurnKind;
use crate::words::number;
use dateline_core::codes::Status;
use jiff::civil::Date;
use listed::windows;
use rayon::prelude::*;

/// How well the doer of an event must fit the doer of the plan.
const FITS: f32 = 0.5;

/// Words that a plan shares with the event that fulfils it, the less the more else is known: when and by whom it was to be
/// done, and to whom; when only one of these is known; when none is; and when the deed is a word.
const SHARED: f32 = 0.15;
const TOLD_ALIKE: f32 = 0.25;
const FEW_KNOWN: f32 = 0.35;
const VERBAL: f32 = 0.4;

/// The same for a deed of another mode.
const OTHER_MODE: f32 = 0.3;

/// How alike the words of a plan and of a sentence that calls something off must be: where it names the deed, and else.
const TOLD_OFF: (f32, f32) = (0.3, 0.5);

/// Days after a due day within which an event is still the planned one, late.
const LATE: i32 = 21;

/// Days for which a plan without a day is followed.
const FOLLOWED: i32 = 90;

/// Events and sentences that are looked at for one key, the first ones after the plan.
const LOOKED_AT: usize = 200;

/// Rarest words of a plan by which sentences that tell of its fate are looked up.
const RAREST: usize = 8;

/// What became of a plan.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settled {
    pub(crate) state: State,
    pub(crate) changes: Vec<&'static str>,
    /// What tells it.
    pub(crate) became: Option<Became>,
}

/// What tells what became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Became {
    /// An event.
    Event(u32),
    /// A sentence of a report.
    Turn(u32, u32),
}

/// Follows plans among all events and reports.
pub(crate) struct Follower<'a> {
    digests: &'a [Digest],
    figures: &'a Figures,
    outlines: &'a [Outline],
    /// Day up to which plans are followed.
    today: Option<i32>,
    /// Sentences that tell of plans, in order of time: report and number, day.
    turns: Vec<(u32, u32, i32)>,
    /// These sentences by word.
    by_word: Vec<(u32, u32)>,
}

impl<'a> Follower<'a> {
    pub(crate) fn new(
        digests: &'a [Digest],
        figures: &'a Figures,
        outlines: &'a [Outline],
        today: Option<Date>,
    ) -> Self {
        let mut turns = Vec::new();
        let mut by_word = Vec::new();
        for (r, digest) in digests.iter().enumerate() {
            let Some(day) = digest.day_number() else { continue };
            for (t, turn) in digest.turns.iter().enumerate() {
                by_word.extend(turn.words.iter().map(|&w| (w, turns.len() as u32)));
                turns.push((r as u32, t as u32, day));
            }
        }
        by_word.par_sort_unstable();
        Self { digests, figures, outlines, today: today.map(days::number), turns, by_word }
    }

    /// What became of the plan that each event announces, if it announces one.
    pub(crate) fn settled(&self) -> Vec<Option<Settled>> {
        let mut settled: Vec<Option<Settled>> = Vec::new();
        settled.resize_with(self.outlines.len(), || None);
        let mut plans: Vec<(Family, u32)> = Vec::new();
        for (n, outline) in self.outlines.iter().enumerate() {
            plans.extend(outline.plan.as_deref().map(|plan| (same::family(plan.event_type), n as u32)));
        }
        plans.par_sort_unstable();
        // Plans are fulfilled by events of their family, so that those of one family at a time lie in memory.
        for of_family in plans.chunk_by(|a, b| a.0 == b.0) {
            let events = self.listed(of_family[0].0, &self.wanted(of_family));
            let fates: Vec<_> = of_family.par_iter().map(|&(_, n)| self.settle(n, &events)).collect();
            for (&(_, n), fate) in of_family.iter().zip(fates) {
                settled[n as usize] = fate;
            }
        }
        settled
    }

    /// First and last day of an event that took place.
    fn days(&self, event: &Outline) -> Option<(i32, i32)> {
        let lead = event.lead(self.digests);
        match (lead.span.filter(|_| lead.told), event.when) {
            (Some(told), _) => Some(told),
            (None, Some(w)) => Some((days::number(w.start), days::number(w.end))),
            (None, None) => {
                Some((days::number(event.first_reported?) - 1, days::number(event.last_reported?)))
            }
        }
    }

    /// What became of the plan that an event announces, among the events of its family.
    fn settle(&self, n: u32, events: &[Entry]) -> Option<Settled> {
        let plan = self.outlines[n as usize].plan.as_deref()?;
        let turn = self.turn(n, plan);
        // What is called off in so many words took place only if it took place as planned.
        let fulfilment = self.fulfilment(n, plan, events).filter(|(_, changes)| {
            changes.is_empty() || turn.is_none_or(|(kind, ..)| kind == TurnKind::Moved)
        });
        if let Some((event, changes)) = fulfilment {
            let reported = self.outlines[event as usize].last_reported.map(days::number);
            if turn.is_none_or(|(kind, _, _, day)| kind == TurnKind::Moved || Some(day) <= reported) {
                let changed = !changes.is_empty() || plan.origin == Origin::Refused;
                let state = if changed { State::Changed } else { State::Kept };
                return Some(Settled { state, changes, became: Some(Became::Event(event)) });
            }
        }
        if let Some((kind, r, t, _)) = turn {
            let moved = kind == TurnKind::Moved;
            return Some(Settled {
                state: if moved { State::Changed } else { State::Cancelled },
                changes: if moved { vec!["date"] } else { Vec::new() },
                became: Some(Became::Turn(r, t)),
            });
        }
        let past = plan.due.zip(self.today).is_some_and(|(due, today)| days::number(due.end) < today);
        let state = if past { State::Overdue } else { State::Open };
        Some(Settled { state, changes: Vec::new(), became: None })
    }

    /// The event that fulfils a plan best, and what is different.
    fn fulfilment(&self, n: u32, plan: &Opened, events: &[Entry]) -> Option<(u32, Vec<&'static str>)> {
        let own = &self.outlines[n as usize];
        let told_after = self
            .outlines
            .partition_point(|o| o.first_reported.is_none_or(|d| days::number(d) < plan.announced))
            as u32;
        let mut candidates: Vec<u32> = Vec::new();
        let mut look = |key: u64| {
            let at = events.partition_point(|e| *e < (key, told_after));
            let before = candidates.len();
            let run = events[at..].iter().take_while(|e| e.0 == key).take(LOOKED_AT);
            candidates.extend(run.map(|e| e.1));
            candidates.len() > before
        };
        let lead = own.lead(self.digests);
        let parties = [&*plan.actors, &*plan.recipients];
        self.keys(plan.event_type, parties, plan.place, windows(plan), |key| {
            if !look(key) {
                same::narrower_of(lead, self.figures, key, |key| {
                    look(key);
                });
            }
        });
        candidates.sort_unstable();
        candidates.dedup();
        let mut best: Option<(f32, u32, Vec<&'static str>)> = None;
        for event in candidates.into_iter().filter(|&e| e != n) {
            if let Some((worth, changes)) = self.fulfils(own, plan, &self.outlines[event as usize])
                && best.as_ref().is_none_or(|(b, ..)| worth > *b)
            {
                best = Some((worth, event, changes));
            }
        }
        best.map(|(_, event, changes)| (event, changes))
    }

    /// How well an event fulfils a plan, and what is different.
    fn fulfils(&self, own: &Outline, plan: &Opened, event: &Outline) -> Option<(f32, Vec<&'static str>)> {
        let (told, act) = (own.lead(self.digests), event.lead(self.digests));
        let (on_time, mut x) = self.time(own, plan, event)?;
        // The deed.
        let relation = Concepts::embedded().between(told.concept, act.concept);
        // What is demanded or promised is told by a word beside that which tells the demand.
        let named = act.told_by.iter().any(|word| told.words().binary_search(word).is_ok());
        let alike = told.trigger == act.trigger || relation.same || named;
        let words = same::shared_words(told, act);
        let of_one_type = plan.event_type == event.event_type;
        let other_mode = plan.mode.is_some() && event.mode.is_some() && plan.mode != event.mode;
        if (!of_one_type && !alike) || (other_mode && words < OTHER_MODE) {
            return None;
        }
        let sides = self.parties(plan, act)?;
        // What speaks for one deed: its words, or who does it to whom, on the day.
        let there = plan.place.zip(event.place).is_some_and(|(p, q)| p.exact && p.is(&q));
        let verbal = matches!(same::family(plan.event_type), Family::Ask | Family::Object | Family::Support);
        let least = match (verbal, on_time, alike, sides) {
            (true, _, true, Sides::Both) => VERBAL,
            (true, ..) => return None,
            (_, Some(true), true, Sides::Both) => 0.0,
            (_, Some(true), true, Sides::One) => SHARED / 2.0,
            (_, Some(true), false, Sides::Both) => SHARED,
            (_, Some(true), true, Sides::Unknown) if there => SHARED,
            (_, None, true, Sides::Both) if plan.origin != Origin::Planned => TOLD_ALIKE - 0.05,
            (_, Some(_), _, Sides::Both | Sides::One) => TOLD_ALIKE,
            _ => FEW_KNOWN,
        };
        if words < least {
            return None;
        }
        let mut changes = Vec::new();
        if on_time == Some(false) {
            changes.push("date");
        }
        if let (Some(p), Some(q)) = (&plan.place, &event.place) {
            if p.is(q) {
                x += 0.5;
            } else if p.exact && q.exact {
                let abroad = p.country.is_some() && q.country.is_some() && p.country != q.country;
                if abroad || words < TOLD_ALIKE {
                    return None;
                }
                x -= 0.2;
                changes.push("place");
            }
        }
        // Another day and another place, or another day of nobody that is named, is another deed.
        if changes.len() > 1 || (on_time == Some(false) && sides == Sides::Unknown) {
            return None;
        }
        x += if of_one_type { 0.6 } else { 0.0 };
        x += if plan.mode.is_some() && plan.mode == event.mode { 0.4 } else { 0.0 };
        x += if alike { 0.4 } else { 0.0 };
        x += if matches!(sides, Sides::Both) { 0.5 } else { 0.0 };
        Some((x + 2.0 * words, changes))
    }

    /// Whether an event took place on the day of a plan, where this has one, and what that is worth; nothing when it cannot be
    /// the planned one: it took place before the plan was told, or is told in the same report, or came too late.
    fn time(&self, own: &Outline, plan: &Opened, event: &Outline) -> Option<(Option<bool>, f32)> {
        let reported = days::number(event.first_reported?);
        let (first, last) = self.days(event)?;
        let exact = event.lead(self.digests).exact;
        let due = plan.due.map(|w| (days::number(w.start), days::number(w.end)));
        // On the day it was told, only what was to come that day can have followed.
        let at_once =
            reported <= plan.announced && due.is_none_or(|(start, _)| start > plan.announced || !exact);
        if event.at.0 == own.at.0 || last < plan.announced || at_once {
            return None;
        }
        let Some((start, end)) = due else {
            return (first <= plan.announced + FOLLOWED)
                .then_some((None, if first - plan.announced <= 14 { 0.2 } else { -0.3 }));
        };
        // A day that is not told is one of those before the report.
        let late = if exact { first - end } else { first.min(reported - 1) - end };
        // What is promised for a day may be done before; what is planned for it is another deed the day before.
        let early = i32::from(!exact || plan.origin != Origin::Planned);
        if last < start - early {
            return None;
        }
        match late {
            i32::MIN..=0 => Some((Some(true), 0.8)),
            1 => Some((Some(true), 0.4)),
            2..=LATE => Some((Some(false), -0.5)),
            _ => None,
        }
    }

    /// How much is known of the parties of a plan that an event shares; nothing when they are others.
    fn parties(&self, plan: &Opened, act: &Gist) -> Option<Sides> {
        let named = |list: &[u32]| -> Vec<u32> {
            list.iter().copied().filter(|&p| !self.figures.get(p).unnamed).collect()
        };
        let fit = |a: &[u32], b: &[u32]| self.figures.fit(a, b);
        // Those of talks stand on either side.
        let visit = plan.mode == Some(number("visit"));
        if same::family(plan.event_type) == Family::Talk && !visit {
            let all = named(&[&*plan.actors, &*plan.recipients].concat());
            let fits: Vec<f32> = all.iter().filter_map(|&p| fit(&[p], act.parties())).collect();
            let there = fits.iter().filter(|f| **f >= FITS).count();
            let acts = |p: &u32| fit(&[*p], act.parties()).is_some_and(|f| f >= FITS);
            return match (all.len(), there) {
                (0, _) => fit(&plan.actors, act.actors()).is_none_or(|f| f > 0.0).then_some(Sides::Unknown),
                (n, m) if m > 1 && 2 * m >= n => Some(Sides::Both),
                // Of a meeting reports often name only who holds it.
                _ if named(&plan.actors).iter().any(acts) => Some(Sides::One),
                _ => (named(&plan.actors).is_empty()
                    && fit(&plan.actors, act.parties()).is_some_and(|f| f >= FITS))
                .then_some(Sides::Unknown),
            };
        }
        let (actors, recipients) = (named(&plan.actors), named(&plan.recipients));
        let by = fit(&actors, act.actors());
        if by.is_some_and(|f| f < FITS)
            || (actors.is_empty() && fit(&plan.actors, act.actors()).is_some_and(|f| f < 0.0))
        {
            return None;
        }
        let to = fit(&recipients, act.recipients());
        if to.is_some_and(|f| f < 0.3) {
            return None;
        }
        Some(match (by, to) {
            (Some(_), Some(_)) => Sides::Both,
            (Some(_), None) | (None, Some(_)) => Sides::One,
            (None, None) => Sides::Unknown,
        })
    }

    /// The sentence that says best what became of a plan: its kind, report, number and day.
    fn turn(&self, n: u32, plan: &Opened) -> Option<(TurnKind, u32, u32, i32)> {
        // Nobody but who made it calls a plan off.
        if matches!(plan.origin, Origin::Demanded | Origin::Refused) {
            return None;
        }
        let own = &self.outlines[n as usize];
        let lead = own.lead(self.digests);
        let until = plan.due.map_or(plan.announced + FOLLOWED, |w| days::number(w.end) + 3);
        let begin = self.turns.partition_point(|t| t.2 < plan.announced) as u32;
        let mut met: Vec<u32> = Vec::new();
        for word in lead.rarest(RAREST) {
            let at = self.by_word.partition_point(|e| *e < (word, begin));
            met.extend(self.by_word[at..].iter().take_while(|e| e.0 == word).take(LOOKED_AT).map(|e| e.1));
        }
        met.sort_unstable();
        met.dedup();
        let mut best: Option<(f32, u32)> = None;
        for m in met {
            let (r, t, day) = self.turns[m as usize];
            // The report that announces it does not call it off.
            if day > until || r == own.at.0 {
                continue;
            }
            let turn = &self.digests[r as usize].turns[t as usize];
            let shared = lead.words().iter().filter(|w| turn.words.binary_search(w).is_ok()).count();
            let square = turn.words.iter().map(|&w| same::weight(w)).sum();
            let words = same::cosine(lead.words(), lead.square, &turn.words, square);
            // Of sentences that fit alike, the latest.
            let worth = (words * 10.0).round();
            let named = lead.told_by.iter().any(|w| turn.words.binary_search(w).is_ok());
            let least = if named { TOLD_OFF.0 } else { TOLD_OFF.1 };
            if shared > 1 && words >= least && best.is_none_or(|b| (worth, m) > b) {
                best = Some((worth, m));
            }
        }
        let (r, t, day) = self.turns[best?.1 as usize];
        Some((self.digests[r as usize].turns[t as usize].kind, r, t, day))
    }
}

/// How many sides of a plan an event is known to share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sides {
    /// Who and to whom, or several of those who talk.
    Both,
    /// One of them.
    One,
    /// None: they are not named.
    Unknown,
}

/// Whether an event is one that can fulfil a plan.
fn took_place(event: &Outline) -> bool {
    matches!(event.status, Status::Happened | Status::Ongoing) && !event.background
}

#[cfg(test)]
mod tests {
    use crate::{Report, link};
    use serde_json::json;

    /// A report of one sentence with one act of two countries.
    fn report(id: &str, day: u8, text: &str, word: &str, status: &str, on: u8, who: [&str; 2]) -> Report {
        let date = |day: u8| format!("2031-06-{day:02}");
        let at = text.find(word).unwrap();
        let country = |n: usize| {
            json!({"id": format!("e{n}"), "name": who[n], "kind": "country", "title": null,
                "country": who[n], "sector": "GOV", "code": format!("{}GOV", who[n])})
        };
        let line = json!({
            "schema_version": "1", "id": id, "title": "", "published": date(day), "text": text,
            "sentences": [[0, text.len()]], "entities": [country(0), country(1)],
            "events": [{"id": format!("{id}-1"), "type": if word == "said" { "ACCUSE" } else { "CONSULT" }, "mode": null, "status": status,
                "actors": ["e0"], "recipients": ["e1"], "quad": 1, "score": 2.5, "confidence": 0.6,
                "when": {"start": date(on), "end": date(on), "precision": "day"},
                "mentions": [{"sentence": 0, "clause": [0, text.len()], "trigger": [at, at + word.len()]}]}]
        });
        Report::from_json(&line.to_string()).unwrap()
    }

    fn plan() -> Report {
        let text = "The ministers of Iceland and Norway will meet in Bergen on Friday to settle the fishing dispute.";
        report("a", 2, text, "meet", "planned", 6, ["ISL", "NOR"])
    }

    fn met(day: u8, on: u8, who: [&str; 2]) -> Report {
        report("b", day, "They met for three hours about the fishing dispute.", "met", "happened", on, who)
    }

    /// What became of the plan.
    fn state(other: Report) -> String {
        let linked = link(vec![plan(), other], Some(jiff::civil::date(2031, 6, 7)));
        let plan = linked.plans.iter().find(|p| p.text_doc == "a").unwrap();
        serde_json::to_value(plan.state).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn a_plan_is_kept_by_the_same_deed_told_later() {
        assert_eq!(state(met(7, 6, ["ISL", "NOR"])), "kept");
        assert_eq!(state(met(7, 6, ["NOR", "ISL"])), "kept", "those who meet stand on either side");
        assert_eq!(state(met(7, 6, ["PER", "ECU"])), "overdue", "others met");
        assert_eq!(state(met(6, 5, ["ISL", "NOR"])), "overdue", "a meeting before");
        assert_eq!(state(met(1, 1, ["ISL", "NOR"])), "overdue", "a meeting before the plan was told");
    }

    #[test]
    fn a_plan_is_called_off_by_a_sentence_much_like_it() {
        let off = |text: &str| state(report("b", 5, text, "said", "happened", 5, ["ISL", "NOR"]));
        assert_eq!(
            off("Norway said the ministers called off the meeting in Bergen on the fishing dispute."),
            "cancelled"
        );
        assert_eq!(off("Norway said the ferry to Bergen was cancelled on Friday after a storm."), "overdue");
    }
}
