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

/// The type of what an act denies, if it denies anything.
pub(crate) fn denies(act: &Gist) -> Option<EventType> {
    let deny = act.event_type == EventType::Reject && DENY.map(number).contains(&act.trigger);
    act.aim.filter(|_| deny)
}

/// Whether an event is one that somebody may deny.
pub(crate) const fn may_be_denied(status: Status) -> bool {
    matches!(status, Status::Happened | Status::Ongoing)
}

/// What of an event a denial is held against.
pub(crate) struct Target<'a> {
    pub(crate) day: i32,
    pub(crate) actors: &'a [u32],
    /// The telling that stands for it.
    pub(crate) lead: &'a Gist,
    pub(crate) sources: u32,
}

/// How well a denial of some day answers an event; none when it does not.
pub(crate) fn worth(figures: &Figures, act: &Gist, day: i32, target: &Target<'_>) -> Option<f32> {
    let after = day - target.day;
    let fit = figures.fit(act.actors(), target.actors).unwrap_or(0.0);
    let words = same::shared_words(act, target.lead);
    if !(-1..=ANSWERS).contains(&after) || fit <= 0.2 || words < SHARED {
        return None;
    }
    Some(fit + 2.0 * words + 0.3 * target.sources as f32 - 0.1 * after as f32)
}

/// The denials of each event that is denied.
pub(crate) fn find(
    digests: &[Digest],
    figures: &Figures,
    acts: &[(u32, u32)],
    outlines: &[Outline],
) -> FxHashMap<u32, Vec<Denial>> {
    let denials = acts.iter().copied().filter_map(|(r, k)| {
        let digest = &digests[r as usize];
        let act = &digest.acts[k as usize];
        Some(((r, k), digest.day_number()?, act, denies(act)?))
    });
    let denials: Vec<((u32, u32), i32, &Gist, EventType)> = denials.collect();
    let mut by_party: FxHashMap<(EventType, u32, i32), Vec<u32>> = FxHashMap::default();
    if !denials.is_empty() {
        for (n, outline) in outlines.iter().enumerate() {
            let Some(day) = outline.day_number().filter(|_| may_be_denied(outline.status)) else { continue };
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
                    let Some(first) = outline.day_number() else { continue };
                    let target = Target {
                        day: first,
                        actors: &outline.actors,
                        lead: outline.lead(digests),
                        sources: outline.sources,
                    };
                    let Some(worth) = worth(figures, act, day, &target) else { continue };
                    if best.is_none_or(|(b, m)| worth > b || (worth >= b && n < m)) {
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
