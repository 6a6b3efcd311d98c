//! Denials: "Iceland denied that its ships fired" belongs to the firing.

use crate::cluster::{Claim, Cluster};
use crate::report::{Act, Party, Report};
use crate::same;
use crate::{days, parties};
use dateline_core::codes::{EventType, Stance, Status};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// Days within which a denial answers.
const ANSWERS: i32 = 6;

/// Words that deny.
const DENY: [&str; 5] = ["deny", "denial", "refute", "dismiss", "disclaim"];

/// Adds denials to the events they deny, and marks these as disputed.
pub(crate) fn apply(reports: &[Report], acts: &[(u32, u32)], clusters: &mut [Cluster]) {
    let mut by_party: FxHashMap<(EventType, u32), Vec<usize>> = FxHashMap::default();
    for (n, cluster) in clusters.iter().enumerate().filter(|(_, c)| can_be_denied(c)) {
        for party in &cluster.actors {
            by_party.entry((cluster.event_type, party.key())).or_default().push(n);
        }
    }
    for &(r, k) in acts {
        let report = &reports[r as usize];
        let act = &report.acts[k as usize];
        let Some(n) = denied(report, act, reports, clusters, &by_party) else { continue };
        clusters[n].disputed = true;
        claim(&mut clusters[n].claims, &Denial::of(report, act));
    }
}

/// Whether an event is one that somebody may deny.
pub(crate) fn can_be_denied(cluster: &Cluster) -> bool {
    matches!(cluster.status, Status::Happened | Status::Ongoing)
}

/// Who denies, and in which report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Denial {
    who: Option<String>,
    doc_id: String,
    day: Option<Date>,
}

impl Denial {
    pub(crate) fn of(report: &Report, act: &Act) -> Self {
        let who = report.names(&act.actors).next().map(|p| p.name.clone());
        Self { who, doc_id: report.id.clone(), day: report.day }
    }
}

/// Adds a denial to what is said of an event.
pub(crate) fn claim(claims: &mut Vec<Claim>, denial: &Denial) {
    match claims.iter_mut().find(|c| c.who == denial.who && c.stance == Stance::Denies) {
        Some(claim) if claim.doc_ids.contains(&denial.doc_id) => {}
        Some(claim) => claim.doc_ids.push(denial.doc_id.clone()),
        None => claims.push(Claim {
            first: denial.day,
            who: denial.who.clone(),
            stance: Stance::Denies,
            doc_ids: vec![denial.doc_id.clone()],
        }),
    }
}

/// The type of what an act denies, if it denies anything.
pub(crate) fn denies(act: &Act) -> Option<EventType> {
    let aim = act.aim.as_ref()?;
    (act.event_type == EventType::Reject && DENY.contains(&act.trigger.as_str())).then_some(aim.event_type)
}

/// What an event must have for a denial to be weighed against it.
pub(crate) struct Target<'a> {
    pub(crate) day: Option<Date>,
    pub(crate) actors: &'a [Party],
    pub(crate) sources: usize,
    /// Words of the telling that stands for it.
    pub(crate) words: &'a [u32],
}

/// How well an act answers an event; none when it does not.
pub(crate) fn worth(report: &Report, act: &Act, target: &Target<'_>) -> Option<f32> {
    let after = days::number(report.day?) - days::number(target.day?);
    let fit = parties::fit(report.names(&act.actors), target.actors.iter()).unwrap_or(0.0);
    let worth = fit + 2.0 * same::common_words(&act.words, target.words) + 0.3 * target.sources as f32
        - 0.1 * after as f32;
    ((-1..=ANSWERS).contains(&after) && fit > 0.2).then_some(worth)
}

/// The event that an act denies.
fn denied(
    report: &Report,
    act: &Act,
    reports: &[Report],
    clusters: &[Cluster],
    by_party: &FxHashMap<(EventType, u32), Vec<usize>>,
) -> Option<usize> {
    let event_type = denies(act)?;
    let mut best: Option<(f32, usize)> = None;
    for party in report.names(&act.actors) {
        for &n in by_party.get(&(event_type, party.key())).map_or(&[][..], Vec::as_slice) {
            let cluster = &clusters[n];
            let lead = &reports[cluster.lead.0 as usize].acts[cluster.lead.1 as usize];
            let target = Target {
                day: cluster.day(),
                actors: &cluster.actors,
                sources: cluster.sources,
                words: &lead.words,
            };
            if let Some(worth) = worth(report, act, &target)
                && best.is_none_or(|(b, _)| worth > b)
            {
                best = Some((worth, n));
            }
        }
    }
    best.map(|(_, n)| n)
}
