//! Denials: "Iceland denied that its ships fired" belongs to the firing.

use crate::gist::{Digest, Gist};
use crate::outline::Outline;
use crate::parties::Figures;
use crate::same;
use crate::words::number;
use dateline_core::codes::{EventType, Status};
use rustc_hash::FxHashMap;

/// Days within which a denial answers.
const ANSWERS: i32 = 6;

/// Words that a denial shares with what it denies.
const SHARED: f32 = 0.1;

/// Words that deny.
const DENY: [&str; 5] = ["deny", "denial", "refute", "dismiss", "disclaim"];

/// A report and number of the act that denies an event.
pub(crate) type Denial = (u32, u32);

/// The denials of each event that is denied.
pub(crate) fn find(
    digests: &[Digest],
    figures: &Figures,
    acts: &[(u32, u32)],
    outlines: &[Outline],
) -> FxHashMap<u32, Vec<Denial>> {
    let deny = DENY.map(number);
    let denials = acts.iter().copied().filter_map(|(r, k)| {
        let digest = &digests[r as usize];
        let act = &digest.acts[k as usize];
        let aim = act.aim.filter(|_| act.event_type == EventType::Reject && deny.contains(&act.trigger))?;
        Some(((r, k), digest.day_number()?, act, aim))
    });
    let denials: Vec<((u32, u32), i32, &Gist, EventType)> = denials.collect();
    let mut by_party: FxHashMap<(EventType, u32, i32), Vec<u32>> = FxHashMap::default();
    if !denials.is_empty() {
        for (n, outline) in outlines.iter().enumerate() {
            let real = matches!(outline.status, Status::Happened | Status::Ongoing);
            let Some(day) = outline.day_number().filter(|_| real) else { continue };
            for &party in &outline.actors {
                let key = (outline.event_type, figures.get(party).key(), day.div_euclid(ANSWERS));
                by_party.entry(key).or_default().push(n as u32);
            }
        }
    }
    let mut found: FxHashMap<u32, Vec<Denial>> = FxHashMap::default();
    for (at, day, act, aim) in denials {
        let mut best: Option<(f32, u32)> = None;
        for &party in act.actors() {
            for window in (day - ANSWERS).div_euclid(ANSWERS)..=(day + 1).div_euclid(ANSWERS) {
                let key = (aim, figures.get(party).key(), window);
                for &n in by_party.get(&key).map_or(&[][..], Vec::as_slice) {
                    let outline = &outlines[n as usize];
                    let Some(first) = outline.day_number().filter(|f| (-1..=ANSWERS).contains(&(day - f)))
                    else {
                        continue;
                    };
                    let lead = outline.lead(digests);
                    let fit = figures.fit(act.actors(), &outline.actors).unwrap_or(0.0);
                    let words = same::shared_words(act, lead);
                    let worth = fit + 2.0 * words + 0.3 * outline.sources as f32 - 0.1 * (day - first) as f32;
                    if fit > 0.2
                        && words >= SHARED
                        && best.is_none_or(|(b, m)| worth > b || (worth >= b && n < m))
                    {
                        best = Some((worth, n));
                    }
                }
            }
        }
        if let Some((_, n)) = best {
            found.entry(n).or_default().push(at);
        }
    }
    found
}
