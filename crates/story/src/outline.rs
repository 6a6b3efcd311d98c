//! What of an event is kept to follow plans and denials over all events: numbers, and no words.

use crate::cluster::Cluster;
use crate::days;
use crate::gist::{Digest, Gist, Spot};
use crate::plan::Opened;
use crate::words::number;
use dateline_core::Interval;
use dateline_core::codes::{EventType, Status};
use jiff::civil::Date;

/// What of an event is kept.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    /// Report and number of each telling.
    pub(crate) tellings: Box<[(u32, u32)]>,
    /// The telling that stands for it.
    pub(crate) at: (u32, u32),
    /// Its identifier without the letter.
    pub(crate) id: u64,
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<u32>,
    pub(crate) status: Status,
    pub(crate) background: bool,
    pub(crate) sources: u32,
    pub(crate) when: Option<Interval>,
    pub(crate) place: Option<Spot>,
    pub(crate) first_reported: Option<Date>,
    pub(crate) last_reported: Option<Date>,
    /// Numbers of its parties.
    pub(crate) actors: Box<[u32]>,
    pub(crate) recipients: Box<[u32]>,
    /// The plan that it announces.
    pub(crate) plan: Option<Box<Opened>>,
}

impl Outline {
    pub(crate) fn of(cluster: &Cluster, digests: &[Digest], plan: Option<Opened>) -> Self {
        let told = |at: (u32, u32)| &digests[at.0 as usize].acts[at.1 as usize];
        let lead = told(cluster.lead);
        let parties = |pick: for<'a> fn(&'a Gist) -> &'a [u32]| -> Box<[u32]> {
            let own = pick(lead);
            let other = || cluster.tellings.iter().map(|&at| pick(told(at))).find(|p| !p.is_empty());
            if own.is_empty() { other().unwrap_or_default().into() } else { own.into() }
        };
        Self {
            tellings: cluster.tellings.as_slice().into(),
            at: cluster.lead,
            id: u64::from_str_radix(&cluster.id[1..], 16).unwrap_or(0),
            event_type: cluster.event_type,
            mode: cluster.mode.as_deref().map(number),
            status: cluster.status,
            background: cluster.background,
            sources: cluster.sources as u32,
            when: cluster.when,
            place: cluster.place.as_ref().map(Spot::of),
            first_reported: cluster.first_reported,
            last_reported: cluster.last_reported,
            actors: parties(Gist::actors),
            recipients: parties(Gist::recipients),
            plan: plan.map(Box::new),
        }
    }

    /// The telling that stands for it.
    pub(crate) fn lead<'a>(&self, digests: &'a [Digest]) -> &'a Gist {
        &digests[self.at.0 as usize].acts[self.at.1 as usize]
    }

    /// The day it is listed under.
    pub(crate) fn day(&self) -> Option<Date> {
        self.when.map(|w| w.start).or(self.first_reported)
    }

    pub(crate) fn day_number(&self) -> Option<i32> {
        self.day().map(days::number)
    }
}
