//! What became of what was planned, promised, demanded, threatened or refused.

use crate::cluster::Cluster;
use crate::days;
use crate::follow::{Became, Settled};
use crate::gist::{Digest, Spot};
use crate::link::identifier;
use crate::outline::Outline;
use crate::report::{Act, Aim, Party, Report, Where};
use crate::same::{self, Sphere};
use crate::shelf::Shelf;
use crate::words::number;
use dateline_core::Interval;
use dateline_core::codes::{EventType, Status};
use jiff::civil::Date;
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

/// What an event announces.
struct Announced {
    origin: Origin,
    event_type: EventType,
    mode: Option<String>,
    /// Numbers of parties of the report.
    actors: Vec<u16>,
    recipients: Vec<u16>,
    due: Option<Interval>,
}

/// A plan that is followed: what of it is compared.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) origin: Origin,
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<u32>,
    pub(crate) actors: Box<[u32]>,
    pub(crate) recipients: Box<[u32]>,
    pub(crate) due: Option<Interval>,
    pub(crate) place: Option<Spot>,
    /// Day it was announced.
    pub(crate) announced: i32,
}

impl Opened {
    /// The plan that an event announces; it stands in `report`.
    pub(crate) fn of(cluster: &Cluster, report: &Report, digest: &Digest) -> Option<Self> {
        let plan = announced(cluster, report)?;
        let numbers = |list: &[u16]| -> Box<[u32]> {
            list.iter().filter_map(|&n| digest.parties.get(n as usize)).copied().collect()
        };
        Some(Self {
            origin: plan.origin,
            event_type: plan.event_type,
            mode: plan.mode.as_deref().map(number),
            actors: numbers(&plan.actors),
            recipients: numbers(&plan.recipients),
            due: plan.due,
            place: cluster.place.as_ref().filter(|_| plan.origin == Origin::Planned).map(Spot::of),
            announced: days::number(cluster.first_reported?),
        })
    }
}

/// What an event announces, if anything.
fn announced(cluster: &Cluster, report: &Report) -> Option<Announced> {
    let act = report.acts.get(cluster.lead.1 as usize)?;
    let least = if cluster.status == Status::Planned { SURE.0 } else { SURE.1 };
    if cluster.background || cluster.confidence < least {
        return None;
    }
    let first = days::number(cluster.first_reported?);
    if cluster.status == Status::Planned {
        // What somebody will say is no plan that anybody follows.
        if is_talk_of_deeds(cluster.event_type) {
            return None;
        }
        // "will meet on Friday" in a report of Saturday is no plan.
        let past = cluster.when.is_some_and(|w| days::number(w.end) < first - 1);
        return (!past).then(|| Announced {
            origin: Origin::Planned,
            event_type: cluster.event_type,
            mode: cluster.mode.clone(),
            actors: act.actors.clone(),
            recipients: act.recipients.clone(),
            due: cluster.when,
        });
    }
    let by_mode = by_mode(act);
    let aim = act.aim.as_ref().or(by_mode.as_ref())?;
    if same::sphere(cluster.status) != Sphere::Real || is_talk_of_deeds(aim.event_type) {
        return None;
    }
    let origin = match act.event_type {
        // What is spoken of beside a demand is an attack more often than one is demanded.
        EventType::Request if aim.event_type == EventType::Assault => return None,
        EventType::Request => Origin::Demanded,
        EventType::Agree | EventType::Concede => Origin::Promised,
        EventType::Threaten => Origin::Threatened,
        EventType::Reject => Origin::Refused,
        _ => return None,
    };
    let by_default = if origin == Origin::Demanded { &act.recipients } else { &act.actors };
    let recipients = match &act.aim {
        Some(aim) => &aim.recipients,
        None if origin == Origin::Threatened => &act.recipients,
        None => &act.actors,
    };
    Some(Announced {
        origin,
        event_type: aim.event_type,
        mode: aim.mode.clone(),
        actors: if aim.actors.is_empty() { by_default } else { &aim.actors }.clone(),
        recipients: recipients.clone(),
        // The day of asking is no day to keep.
        due: aim.when.filter(|w| act.when != Some(*w) && days::number(w.start) >= first - 1),
    })
}

/// Whether a type is of words about deeds, which nobody follows as a plan.
const fn is_talk_of_deeds(event_type: EventType) -> bool {
    matches!(same::family(event_type), same::Family::Object | same::Family::Ask)
        || matches!(event_type, EventType::Agree)
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

/// The plan of an event in words, with what became of it.
pub(crate) fn told(cluster: Cluster, settled: &Settled, shelf: &Shelf, outlines: &[Outline]) -> Option<Plan> {
    let report = shelf.report(cluster.lead.0);
    let plan = announced(&cluster, &report)?;
    let planned = plan.origin == Origin::Planned;
    let names = |list: &[u16]| report.names(list).cloned().collect::<Vec<Party>>();
    let outcome = settled.became.map(|became| {
        let (r, sentence) = match became {
            Became::Event(n) => {
                let (r, k) = outlines[n as usize].at;
                (r, shelf.report(r).acts.get(k as usize).map(|a| a.text.clone()))
            }
            Became::Turn(r, t) => (r, shelf.report(r).turns.get(t as usize).map(|t| t.text.clone())),
        };
        let report = shelf.report(r);
        Outcome { text: sentence.unwrap_or_default(), doc_id: report.id.clone(), day: report.day }
    });
    Some(Plan {
        id: identifier('p', &[&cluster.id]),
        origin: plan.origin,
        state: settled.state,
        event_type: plan.event_type,
        mode: plan.mode,
        actors: if planned { cluster.actors } else { names(&plan.actors) },
        recipients: if planned { cluster.recipients } else { names(&plan.recipients) },
        place: cluster.place.filter(|_| planned),
        due: plan.due,
        announced: cluster.first_reported,
        cluster: cluster.id,
        story: cluster.story,
        text: cluster.text,
        text_doc: cluster.text_doc,
        documents: cluster.documents,
        sources: cluster.sources,
        fulfilled_by: match settled.became {
            Some(Became::Event(n)) => Some(format!("c{:012x}", outlines[n as usize].id)),
            _ => None,
        },
        changes: settled.changes.clone(),
        outcome,
    })
}
