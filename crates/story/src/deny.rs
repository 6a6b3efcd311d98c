//! Denials: "Iceland denied that its ships fired" belongs to the firing.

use crate::cluster::{Claim, Cluster};
use crate::report::{Act, Report};
use crate::same;
use crate::{days, parties};
use dateline_core::codes::{EventType, Stance, Status};
use rustc_hash::FxHashMap;

/// Days within which a denial answers.
const ANSWERS: i32 = 6;

/// Words that deny.
const DENY: [&str; 5] = ["deny", "denial", "refute", "dismiss", "disclaim"];

/// Adds denials to the events they deny, and marks these as disputed.
pub(crate) fn apply(reports: &[Report], acts: &[(u32, u32)], clusters: &mut [Cluster]) {
    let mut by_party: FxHashMap<(EventType, u32), Vec<usize>> = FxHashMap::default();
    for (n, cluster) in clusters.iter().enumerate() {
        if matches!(cluster.status, Status::Happened | Status::Ongoing) {
            for party in &cluster.actors {
                by_party.entry((cluster.event_type, party.key())).or_default().push(n);
            }
        }
    }
    for &(r, k) in acts {
        let report = &reports[r as usize];
        let act = &report.acts[k as usize];
        let Some(n) = denied(report, act, reports, clusters, &by_party) else { continue };
        let who = report.names(&act.actors).next().map(|p| p.name.clone());
        let cluster = &mut clusters[n];
        cluster.disputed = true;
        match cluster.claims.iter_mut().find(|c| c.who == who && c.stance == Stance::Denies) {
            Some(claim) if claim.doc_ids.contains(&report.id) => {}
            Some(claim) => claim.doc_ids.push(report.id.clone()),
            None => cluster.claims.push(Claim {
                first: report.day,
                who,
                stance: Stance::Denies,
                doc_ids: vec![report.id.clone()],
            }),
        }
    }
}

/// The event that an act denies.
fn denied(
    report: &Report,
    act: &Act,
    reports: &[Report],
    clusters: &[Cluster],
    by_party: &FxHashMap<(EventType, u32), Vec<usize>>,
) -> Option<usize> {
    let aim = act
        .aim
        .as_ref()
        .filter(|_| act.event_type == EventType::Reject && DENY.contains(&act.trigger.as_str()))?;
    let day = days::number(report.day?);
    let mut best: Option<(f32, usize)> = None;
    for party in report.names(&act.actors) {
        for &n in by_party.get(&(aim.event_type, party.key())).map_or(&[][..], Vec::as_slice) {
            let cluster = &clusters[n];
            let Some(first) = cluster.day().map(days::number).filter(|f| (-1..=ANSWERS).contains(&(day - f)))
            else {
                continue;
            };
            let lead = &reports[cluster.lead.0 as usize].acts[cluster.lead.1 as usize];
            let fit = parties::fit(report.names(&act.actors), cluster.actors.iter()).unwrap_or(0.0);
            let worth =
                fit + 2.0 * same::common_words(&act.words, &lead.words) + 0.3 * cluster.sources as f32
                    - 0.1 * (day - first) as f32;
            if fit > 0.2 && best.is_none_or(|(b, _)| worth > b) {
                best = Some((worth, n));
            }
        }
    }
    best.map(|(_, n)| n)
}
