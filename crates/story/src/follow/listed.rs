//! Where plans look for the events that fulfil them.

use super::wanted::Wanted;
use super::{FOLLOWED, Follower, LATE, took_place};
use crate::blocks::{self, Entry};
use crate::days;
use crate::gist::Spot;
use crate::plan::Opened;
use crate::same::{self, Family};
use dateline_core::codes::EventType;
use std::ops::RangeInclusive;

/// Days of a window in which plans and events meet.
const WINDOW: i32 = 16;

/// Windows in which an event is looked up that lasts long, or of which the day is known to a span only.
const WINDOWS: i32 = 4;

/// Events from which a key gives way to narrower ones.
const TOO_COMMON: usize = 200;

impl Follower<'_> {
    /// The keys under which plans look for events.
    pub(super) fn wanted(&self, plans: &[(Family, u32)]) -> Wanted {
        let each = |all: &mut dyn FnMut(u64)| {
            for &(_, n) in plans {
                let own = &self.outlines[n as usize];
                let Some(plan) = own.plan.as_deref() else { continue };
                let parties = [&*plan.actors, &*plan.recipients];
                self.keys(plan.event_type, parties, plan.place, windows(plan), |key| {
                    all(key);
                    same::narrower_of(own.lead(self.digests), self.figures, key, &mut *all);
                });
            }
        };
        let mut keys = 0;
        each(&mut |_| keys += 1);
        let mut wanted = Wanted::new(keys);
        each(&mut |key| wanted.add(key));
        wanted
    }

    /// Events of a family that took place, under those of their keys that are wanted; a key that is too common gives way to
    /// narrower ones.
    pub(super) fn listed(&self, family: Family, wanted: &Wanted) -> Vec<Entry> {
        let keys = |n: u32, each: &mut dyn FnMut(u64)| {
            let event = &self.outlines[n as usize];
            let meant = same::family(event.event_type) == family && took_place(event);
            if let Some((first, last)) = self.days(event).filter(|_| meant) {
                let first = first.div_euclid(WINDOW);
                let windows = first..=last.div_euclid(WINDOW).min(first + WINDOWS);
                let parties = [&*event.actors, &*event.recipients];
                self.keys(event.event_type, parties, event.place, windows, |key| {
                    if wanted.has(key) {
                        each(key);
                    }
                });
            }
        };
        let all = blocks::listed(self.outlines.len(), keys);
        blocks::narrowed(all, TOO_COMMON, |n, key, each| {
            let lead = self.outlines[n as usize].lead(self.digests);
            same::narrower_of(lead, self.figures, key, |key| {
                if wanted.has(key) {
                    each(key);
                }
            });
        })
    }

    pub(super) fn keys(
        &self,
        event_type: EventType,
        parties: [&[u32]; 2],
        place: Option<Spot>,
        windows: RangeInclusive<i32>,
        mut each: impl FnMut(u64),
    ) {
        let kind = same::family(event_type) as u64;
        let key = |&p: &u32| self.figures.get(p).key();
        let mut what: Vec<u32> = parties.into_iter().flatten().map(key).collect();
        what.extend(place.map(|p| p.key()));
        what.sort_unstable();
        what.dedup();
        for who in what {
            for window in windows.clone() {
                let key = (kind << 56) ^ (u64::from(who) << 24) ^ u64::from(window as u32);
                each(key.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            }
        }
    }
}

/// The windows of days in which a plan can be fulfilled.
pub(super) fn windows(plan: &Opened) -> RangeInclusive<i32> {
    let until = plan.due.map_or(plan.announced + FOLLOWED, |w| days::number(w.end) + LATE);
    (plan.announced - 1).div_euclid(WINDOW)..=until.div_euclid(WINDOW)
}
