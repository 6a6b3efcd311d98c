//! What became of what was planned, promised, demanded, threatened or refused.

use crate::cluster::Cluster;
use crate::coref::Concepts;
use crate::link::identifier;
use crate::report::{Act, Aim, Party, Report, Where};
use crate::same::{self, Sphere};
use crate::turns::TurnKind;
use crate::{days, parties};
use dateline_core::Interval;
use dateline_core::codes::{EventType, Status};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// How a plan came into the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// It was announced.
    Planned,
    /// It was promised or agreed.
    Promised,
    /// It was demanded.
    Demanded,
    /// It was threatened.
    Threatened,
    /// It was refused.
    Refused,
}

/// What became of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It took place as planned; what was demanded was done.
    Kept,
    /// It took place, or will, at another time or elsewhere; what was refused was done.
    Changed,
    /// It was called off.
    Cancelled,
    /// Its day has passed without news.
    Overdue,
    /// Nothing is known yet.
    Open,
}

/// A plan and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    /// Identifier.
    pub id: String,
    /// How it came into the world.
    pub origin: Origin,
    /// What became of it.
    pub state: State,
    /// The event that announces it.
    pub cluster: String,
    /// Its story.
    pub story: String,
    /// Type of what is planned.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// Its mode.
    pub mode: Option<String>,
    /// Who would do it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Where.
    pub place: Option<Where>,
    /// When.
    pub due: Option<Interval>,
    /// Day it was first reported.
    pub announced: Option<Date>,
    /// The sentence that tells it.
    pub text: String,
    /// The report it stands in.
    pub text_doc: String,
    /// Number of reports and of independent sources.
    pub documents: usize,
    /// Number of independent sources.
    pub sources: usize,
    /// The event that fulfilled it.
    pub fulfilled_by: Option<String>,
    /// What is different: `date`, `place`.
    pub changes: Vec<&'static str>,
    /// The words that tell what became of it, and the report they stand in.
    pub outcome: Option<Outcome>,
}

/// The words that tell what became of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The sentence.
    pub text: String,
    /// The report.
    pub doc_id: String,
    /// Day of that report.
    pub day: Option<Date>,
}

/// Least confidence of a reading that is followed: of what is planned, and of what is demanded, promised or threatened.
const SURE: (f32, f32) = (0.05, 0.15);

/// How alike a plan and an event must be.
const FULFILS: f32 = 2.0;

/// Words that a plan without a day must share with what fulfils it, where the acts are told by unlike words.
const SHARED: f32 = 0.15;

/// How alike the words of a plan and of a sentence that calls something off must be.
const TOLD_OFF: f32 = 0.22;

/// Days after a due day within which an event is still the planned one, late.
const LATE: i32 = 21;

/// A plan that is being followed.
struct Open<'a> {
    plan: Plan,
    report: &'a Report,
    act: &'a Act,
    /// Numbers of its parties in `report`.
    actors: Vec<u16>,
    recipients: Vec<u16>,
    /// The sphere its announcement belongs to.
    announced: i32,
}

/// Follows all plans of clusters up to `today`.
pub fn follow(reports: &[Report], clusters: &[Cluster], today: Option<Date>) -> Vec<Plan> {
    let mut events: FxHashMap<(same::Family, u32), Vec<usize>> = FxHashMap::default();
    let mut moves: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for (n, cluster) in clusters.iter().enumerate() {
        let family = same::family(cluster.event_type);
        let mut keys: Vec<u32> = cluster.actors.iter().chain(&cluster.recipients).map(Party::key).collect();
        keys.extend(cluster.place.as_ref().map(Where::key));
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter().for_each(|key| events.entry((family, key)).or_default().push(n));
    }
    for (r, report) in reports.iter().enumerate() {
        for (t, turn) in report.turns.iter().enumerate() {
            turn.words.iter().for_each(|&w| moves.entry(w).or_default().push((r, t)));
        }
    }
    let mut plans: Vec<Plan> = clusters
        .iter()
        .filter_map(|c| opened(reports, c))
        .map(|open| settle(open, reports, clusters, &events, &moves, today))
        .collect();
    plans.sort_by(|a, b| (a.announced, &a.id).cmp(&(b.announced, &b.id)));
    plans.dedup_by(|a, b| a.id == b.id);
    plans
}

/// The plan that a cluster announces.
fn opened<'a>(reports: &'a [Report], cluster: &Cluster) -> Option<Open<'a>> {
    let report = &reports[cluster.lead.0 as usize];
    let act = &report.acts[cluster.lead.1 as usize];
    let least = if cluster.status == Status::Planned { SURE.0 } else { SURE.1 };
    if cluster.background || cluster.confidence < least {
        return None;
    }
    let announced = days::number(cluster.first_reported?);
    let mut plan = Plan {
        id: identifier('p', &[&cluster.id]),
        origin: Origin::Planned,
        state: State::Open,
        cluster: cluster.id.clone(),
        story: cluster.story.clone(),
        event_type: cluster.event_type,
        mode: cluster.mode.clone(),
        actors: cluster.actors.clone(),
        recipients: cluster.recipients.clone(),
        place: cluster.place.clone(),
        due: cluster.when,
        announced: cluster.first_reported,
        text: cluster.text.clone(),
        text_doc: cluster.text_doc.clone(),
        documents: cluster.documents,
        sources: cluster.sources,
        fulfilled_by: None,
        changes: Vec::new(),
        outcome: None,
    };
    if cluster.status == Status::Planned {
        // "will meet on Friday" in a report of Saturday is no plan.
        let past = plan.due.is_some_and(|w| days::number(w.end) < announced - 1);
        return (!past).then_some(Open {
            plan,
            report,
            act,
            actors: act.actors.clone(),
            recipients: act.recipients.clone(),
            announced,
        });
    }
    let by_mode = by_mode(act);
    let aim = act.aim.as_ref().or(by_mode.as_ref())?;
    if same::sphere(cluster.status) != Sphere::Real
        || same::family(aim.event_type) == same::Family::Object
        || aim.event_type == EventType::Request
    {
        return None;
    }
    plan.origin = match act.event_type {
        EventType::Request => Origin::Demanded,
        EventType::Agree | EventType::Concede => Origin::Promised,
        EventType::Threaten => Origin::Threatened,
        EventType::Reject => Origin::Refused,
        _ => return None,
    };
    let by_default = if plan.origin == Origin::Demanded { &act.recipients } else { &act.actors };
    let actors = if aim.actors.is_empty() { by_default } else { &aim.actors };
    plan.event_type = aim.event_type;
    plan.mode.clone_from(&aim.mode);
    plan.actors = report.names(actors).cloned().collect();
    plan.place = None;
    // The day of asking is no day to keep.
    plan.due = aim.when.filter(|w| act.when != Some(*w) && days::number(w.start) >= announced - 1);
    let recipients = match &act.aim {
        Some(aim) => &aim.recipients,
        None if plan.origin == Origin::Threatened => &act.recipients,
        None => &act.actors,
    };
    plan.recipients = report.names(recipients).cloned().collect();
    Some(Open { plan, report, act, actors: actors.clone(), recipients: recipients.clone(), announced })
}

/// What the mode of an act says of its content, where the text says no more.
fn by_mode(act: &Act) -> Option<Aim> {
    let (event_type, mode) = match (act.event_type, act.mode.as_deref()?) {
        (EventType::Threaten, "restrict") => (EventType::Coerce, Some("restrict")),
        (EventType::Threaten, "arrest") => (EventType::Coerce, Some("arrest")),
        (EventType::Threaten, "violence") => (EventType::Assault, None),
        (EventType::Threaten, "expel") => (EventType::Sanction, Some("expel")),
        (EventType::Threaten, "relations") => (EventType::Sanction, None),
        (EventType::Request, "assist") => (EventType::Aid, None),
        (EventType::Request, "meet") => (EventType::Consult, None),
        _ => return None,
    };
    let mode = mode.map(str::to_owned);
    Some(Aim { event_type, mode, actors: Vec::new(), recipients: Vec::new(), when: None })
}

/// Finds out what became of a plan.
fn settle(
    open: Open<'_>,
    reports: &[Report],
    clusters: &[Cluster],
    events: &FxHashMap<(same::Family, u32), Vec<usize>>,
    moves: &FxHashMap<u32, Vec<(usize, usize)>>,
    today: Option<Date>,
) -> Plan {
    let turn = turn(&open, reports, moves);
    let fulfilment = fulfilment(&open, reports, clusters, events);
    let Open { mut plan, .. } = open;
    // What is called off in so many words took place only if it took place as planned.
    let fulfilment = fulfilment
        .filter(|(_, changes)| changes.is_empty() || turn.is_none_or(|(kind, ..)| kind == TurnKind::Moved));
    let outcome = |text: &str, report: &Report| {
        Some(Outcome { text: text.to_owned(), doc_id: report.id.clone(), day: report.day })
    };
    if let Some((n, changes)) = fulfilment {
        let event = &clusters[n];
        let report = &reports[event.lead.0 as usize];
        let after_turn =
            turn.is_none_or(|(kind, r, _)| kind == TurnKind::Moved || reports[r].day <= event.last_reported);
        if after_turn {
            plan.fulfilled_by = Some(event.id.clone());
            plan.outcome = outcome(&event.text, report);
            let moved = turn.is_some_and(|(kind, ..)| kind == TurnKind::Moved) && !changes.is_empty();
            plan.state = if moved || !changes.is_empty() || plan.origin == Origin::Refused {
                State::Changed
            } else {
                State::Kept
            };
            plan.changes = changes;
            return plan;
        }
    }
    if let Some((kind, r, t)) = turn {
        plan.state = if kind == TurnKind::Moved { State::Changed } else { State::Cancelled };
        plan.changes = if kind == TurnKind::Moved { vec!["date"] } else { Vec::new() };
        plan.outcome = outcome(&reports[r].turns[t].text, &reports[r]);
        return plan;
    }
    if plan.due.zip(today).is_some_and(|(due, today)| due.end < today) {
        plan.state = State::Overdue;
    }
    plan
}

/// The event that fulfils a plan best, and what is different.
fn fulfilment(
    open: &Open<'_>,
    reports: &[Report],
    clusters: &[Cluster],
    events: &FxHashMap<(same::Family, u32), Vec<usize>>,
) -> Option<(usize, Vec<&'static str>)> {
    let family = same::family(open.plan.event_type);
    let mut candidates: Vec<usize> = open
        .plan
        .actors
        .iter()
        .chain(&open.plan.recipients)
        .map(Party::key)
        .chain(open.plan.place.as_ref().map(Where::key))
        .filter_map(|key| events.get(&(family, key)))
        .flatten()
        .copied()
        .collect();
    candidates.sort_unstable();
    candidates.dedup();
    let mut best: Option<(f32, usize, Vec<&'static str>)> = None;
    for n in candidates {
        let cluster = &clusters[n];
        if cluster.id == open.plan.cluster
            || same::sphere(cluster.status) != Sphere::Real
            || cluster.background
        {
            continue;
        }
        if let Some((worth, changes)) = fulfils(open, cluster, reports)
            && worth >= FULFILS
            && best.as_ref().is_none_or(|(b, ..)| worth > *b)
        {
            best = Some((worth, n, changes));
        }
    }
    best.map(|(_, n, changes)| (n, changes))
}

/// How well an event fulfils a plan, and what is different.
fn fulfils(open: &Open<'_>, event: &Cluster, reports: &[Report]) -> Option<(f32, Vec<&'static str>)> {
    let report = &reports[event.lead.0 as usize];
    let act = &report.acts[event.lead.1 as usize];
    let mut changes = Vec::new();
    let mut x = 0.0;
    // Time: not before it was announced, and near its day.
    let reported = days::number(event.last_reported?);
    let began = act.when.or(event.when).map(|w| (days::number(w.start), days::number(w.end)));
    let (first, last) = began.unwrap_or((days::number(event.first_reported?) - 1, reported));
    if last < open.announced || (began.is_none() && reported <= open.announced) {
        return None;
    }
    if let Some(due) = open.plan.due {
        let (start, end) = (days::number(due.start), days::number(due.end));
        let late = first - end;
        if last < start - 1 {
            return None;
        }
        match late {
            i32::MIN..=0 => x += 0.8,
            1 => x += 0.4,
            2..=LATE => {
                x -= 0.5;
                changes.push("date");
            }
            _ => return None,
        }
    } else {
        x += if first - open.announced <= 14 { 0.2 } else { -0.3 };
    }
    if open.plan.event_type == event.event_type {
        x += 0.6;
    }
    match (&open.plan.mode, &event.mode) {
        (Some(a), Some(b)) if a == b => x += 0.4,
        (Some(_), Some(_)) => x -= 0.3,
        _ => {}
    }
    // Parties: those of talks stand on either side.
    let fit = |a: &[u16], b: &[u16]| {
        parties::fit(open.report.names(a), report.names(b).collect::<Vec<_>>().into_iter())
    };
    let visit = open.plan.mode.as_deref() == Some("visit");
    let sides = if same::family(event.event_type) == same::Family::Talk && !visit {
        let all = |x: &[u16], y: &[u16]| [x, y].concat();
        let (ours, theirs) = (all(&open.actors, &open.recipients), all(&act.actors, &act.recipients));
        let each = ours.iter().filter_map(|&p| fit(&[p], &theirs)).collect::<Vec<_>>();
        [each.iter().copied().max_by(f32::total_cmp), each.iter().copied().min_by(f32::total_cmp)]
    } else {
        [fit(&open.actors, &act.actors), fit(&open.recipients, &act.recipients)]
    };
    // Who is meant by "the ministers" is not sure: then day and place must be right.
    let unnamed = open.report.names(&open.actors).all(Party::is_unnamed)
        && open.plan.due.is_some()
        && changes.is_empty();
    if sides[0].is_some_and(|f| f < 0.3 && !(unnamed && f > -0.5)) || sides[1].is_some_and(|f| f < -0.5) {
        return None;
    }
    x += sides[0].unwrap_or(-0.3) + 0.6 * sides[1].unwrap_or(0.0);
    let relation = Concepts::embedded().relation(&open.act.trigger, &act.trigger);
    let alike = open.act.trigger == act.trigger || relation.same;
    let words = same::common_words(&open.act.words, &act.words);
    let of_one_kind = open.plan.event_type == event.event_type && (alike || open.plan.mode == event.mode);
    if words < SHARED && !of_one_kind
        || words < SHARED / 2.0 && open.plan.due.is_none() && open.plan.origin != Origin::Threatened
    {
        return None;
    }
    x += if alike { 0.4 } else { 0.0 };
    x += 2.0 * words;
    if let (Some(p), Some(q)) = (&open.plan.place, &event.place) {
        let exact = |w: &Where| !matches!(w.precision.as_str(), "country" | "region");
        if p.is(q) {
            x += 0.5;
        } else if exact(p) && exact(q) {
            x -= 0.2;
            changes.push("place");
        }
    }
    Some((x, changes))
}

/// The sentence that says best what became of a plan.
fn turn(
    open: &Open<'_>,
    reports: &[Report],
    moves: &FxHashMap<u32, Vec<(usize, usize)>>,
) -> Option<(TurnKind, usize, usize)> {
    let mut met: FxHashMap<(usize, usize), u32> = FxHashMap::default();
    for word in &open.act.words {
        for &at in moves.get(word).map_or(&[][..], Vec::as_slice) {
            *met.entry(at).or_default() += 1;
        }
    }
    let mut best: Option<(f32, usize, usize)> = None;
    for ((r, t), n) in met {
        let report = &reports[r];
        let turn = &report.turns[t];
        let later = report.day.is_some_and(|d| days::number(d) >= open.announced)
            && open.plan.due.is_none_or(|w| report.day.is_some_and(|d| days::between(w.end, d) <= 3));
        // The report that announces it does not call it off.
        if n < 2 || !later || report.id == open.report.id {
            continue;
        }
        // Of sentences that fit alike, the latest.
        let words = same::common_words(&open.act.words, &turn.words);
        let worth = (words * 10.0).round();
        if words >= TOLD_OFF && best.is_none_or(|b| (worth, r, t) > b) {
            best = Some((worth, r, t));
        }
    }
    best.map(|(_, r, t)| (reports[r].turns[t].kind, r, t))
}
