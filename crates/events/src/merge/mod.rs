//! One event for one occurrence: tellings of the same act in lead, body and quotations are brought together.
//!
//! Rules tell which tellings can be of one act; a small linear model (`models/same.tsv`, trained on annotated reports by
//! `train/events`) weighs their word against parties, time, place, numbers and distance.

mod pair;
mod words;

use crate::occurrence::Occurrence;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::ranker::Ranker;
use dateline_core::syntax::Syntax;
use dateline_core::{EventType, Status};
use rustc_hash::FxHashMap;
use words::Words;

/// Most tellings of one type that are compared with each other; those of longer reports are compared part by part, which
/// bounds their cost.
const MOST_TELLINGS: usize = 96;

/// The likelihood of what must not join: no mean over a group makes up for it.
const NEVER: f32 = -1e6;

/// The tellings of a report, with what every comparison asks of them.
pub struct Tellings<'a> {
    s: &'a Syntax,
    cast: &'a Cast,
    all: &'a [Occurrence],
    words: Words,
    /// For every telling how many of its type come before it.
    before: Vec<usize>,
    /// How many there are of each type.
    kin: FxHashMap<EventType, usize>,
}

impl<'a> Tellings<'a> {
    /// Looks at the words of every telling.
    pub fn new(s: &'a Syntax, cast: &'a Cast, all: &'a [Occurrence]) -> Tellings<'a> {
        let mut kin = FxHashMap::default();
        let before = all.iter().map(|o| {
            let count: &mut usize = kin.entry(o.event_type).or_default();
            *count += 1;
            *count - 1
        });
        let before = before.collect();
        Tellings { s, cast, all, words: Words::new(s, all), before, kin }
    }
}

/// Groups of indices into the tellings, each one event, in order of their first telling.
///
/// Average linkage: the two groups that are most likely one act on average join first, until none are likely enough.
pub fn groups(ranker: &Ranker, tellings: &Tellings<'_>) -> Vec<Vec<usize>> {
    let all = tellings.all;
    let mut kinds: Vec<EventType> = all.iter().map(|o| o.event_type).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut groups = Vec::new();
    for kind in kinds {
        let kin: Vec<usize> = (0..all.len()).filter(|&k| all[k].event_type == kind).collect();
        for part in kin.chunks(MOST_TELLINGS) {
            join(ranker, tellings, part, &mut groups);
        }
    }
    groups.sort_unstable_by_key(|g| g[0]);
    groups
}

/// Joins the tellings in `part` and appends their groups.
fn join(ranker: &Ranker, tellings: &Tellings<'_>, part: &[usize], groups: &mut Vec<Vec<usize>>) {
    let limit = ranker.limit("same");
    let n = part.len();
    // Sums of likelihoods between groups; row and column of a group that joined another are dead.
    let mut sums = vec![0.0_f32; n * n];
    for j in 1..n {
        for i in 0..j {
            let p = if part_company(tellings, part[i], part[j]) {
                NEVER
            } else if is_one_trip(&tellings.all[part[i]], &tellings.all[part[j]]) {
                1.0
            } else {
                ranker.likelihood(|give| tellings.features(part[i], part[j], give))
            };
            (sums[i * n + j], sums[j * n + i]) = (p, p);
        }
    }
    let mut members: Vec<Vec<usize>> = part.iter().map(|&k| vec![k]).collect();
    loop {
        let mut best: Option<(f32, usize, usize)> = None;
        for j in 1..n {
            for i in (0..j).filter(|&i| !members[i].is_empty() && !members[j].is_empty()) {
                let mean = sums[i * n + j] / (members[i].len() * members[j].len()) as f32;
                if mean >= limit && best.is_none_or(|(b, ..)| mean > b) {
                    best = Some((mean, i, j));
                }
            }
        }
        let Some((_, i, j)) = best else { break };
        let joined = std::mem::take(&mut members[j]);
        members[i].extend(joined);
        for k in 0..n {
            let sum = sums[j * n + k];
            sums[i * n + k] += sum;
            sums[k * n + i] += sum;
        }
    }
    groups.extend(members.into_iter().filter(|m| !m.is_empty()).map(|mut m| {
        m.sort_unstable();
        m
    }));
}

/// Two meetings of somebody with different people: "met Shalev", "attended a meeting with Marlow". Each names a person whom the
/// other does not, and the sentences differ. A trip that is planned may be told by each meeting on it.
fn part_company(tellings: &Tellings<'_>, i: usize, j: usize) -> bool {
    let Tellings { cast, all, .. } = tellings;
    let (a, b) = (&all[i], &all[j]);
    let held = |o: &Occurrence| settled(o.status) == Status::Happened;
    if a.event_type != EventType::Consult || a.sentence == b.sentence || !held(a) || !held(b) {
        return false;
    }
    let (x, y) = (parties(a), parties(b));
    let named = |m: u32| cast.member(m).named && cast.member(m).kind == EntityKind::Person;
    let alone = |own: &[u32], other: &[u32]| own.iter().any(|m| named(*m) && !other.contains(m));
    x.iter().any(|m| y.contains(m)) && alone(&x, &y) && alone(&y, &x)
}

/// A trip is one trip, whoever is met on it: "will travel to Ramallah to meet officials", "will consult Abbas in Ramallah".
fn is_one_trip(a: &Occurrence, b: &Occurrence) -> bool {
    let trip = |o: &Occurrence| o.event_type == EventType::Consult && o.status == Status::Planned;
    trip(a)
        && trip(b)
        && a.place.is_some()
        && a.place == b.place
        && a.actors.iter().any(|x| b.actors.contains(x))
}

/// Everybody in an act, on whatever side.
fn parties(o: &Occurrence) -> Vec<u32> {
    o.actors.iter().chain(&o.recipients).copied().collect()
}

/// Acts that their parties do together, so that it does not matter who stands on which side.
pub const fn is_reciprocal(event_type: EventType) -> bool {
    matches!(event_type, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

fn settled(status: Status) -> Status {
    if status == Status::Ongoing { Status::Happened } else { status }
}
