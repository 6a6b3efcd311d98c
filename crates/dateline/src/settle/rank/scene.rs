//! What the acts of a report share: its scene, and the places and times that it names.

use super::{candidates, places, times};
use crate::reader::Reading;
use dateline_core::Country;
use dateline_events::Occurrence;
use jiff::civil::Date;

/// The scene of a report: the act told most often that has a place or time of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// Name of its place.
    pub(crate) place: Option<String>,
    /// Its first and last day.
    pub(crate) days: Option<(Date, Date)>,
    /// Who takes part in it.
    pub(crate) members: Vec<u32>,
    /// The places of the report.
    pub(crate) places: candidates::Candidates,
    /// The days of the report.
    pub(crate) times: times::Candidates,
    /// The country that the report names most often.
    pub(super) home: Option<Country>,
    /// The tokens that express its tellings, in order.
    pub(super) triggers: Vec<u32>,
}

impl Scene {
    /// The scene that the acts of a report make up.
    pub(crate) fn of(reading: &Reading, acts: &[Vec<Occurrence>]) -> Scene {
        let mut triggers: Vec<u32> =
            reading.occurrences.iter().flat_map(|o| o.others.iter().copied().chain([o.trigger])).collect();
        triggers.sort_unstable();
        let named = Scene {
            places: candidates::Candidates::new(reading),
            times: times::Candidates::new(reading),
            home: places::most_named(reading),
            triggers,
            ..Scene::default()
        };
        let told =
            |tellings: &&Vec<Occurrence>| tellings.iter().any(|o| o.when.is_some() || o.place.is_some());
        // The first of equals: reports lead with what matters.
        let Some(main) = acts.iter().filter(told).reduce(|a, b| if b.len() > a.len() { b } else { a }) else {
            return named;
        };
        Scene {
            place: main
                .iter()
                .find_map(|o| reading.toponyms[o.place? as usize].place.as_ref())
                .map(|p| p.name.clone()),
            days: main.iter().find_map(|o| o.when.as_ref()).map(|w| (w.start, w.end)),
            members: main.iter().flat_map(|o| o.actors.iter().chain(&o.recipients).copied()).collect(),
            ..named
        }
    }

    /// Whether somebody who acts here takes part in the scene.
    pub(crate) fn has_actor(&self, o: &Occurrence) -> bool {
        o.actors.iter().any(|a| self.members.contains(a))
    }
}
