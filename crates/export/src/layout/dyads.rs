//! Events as pairs of parties.

use crate::names::Names;
use dateline_core::record::{Entity, Event};

/// Who does it to whom; either may be missing.
pub(super) type Dyad<'a> = (Option<&'a Entity>, Option<&'a Entity>);

/// Every pair of parties of an event. Of an act that all parties do to each other (a meeting without host) every party is
/// once the first of a pair.
pub(super) fn dyads<'a>(names: &Names<'a>, event: &Event) -> Vec<Dyad<'a>> {
    let (actors, recipients) = (names.all(&event.actors), names.all(&event.recipients));
    let others = |k: usize| actors.iter().enumerate().filter(move |(other, _)| *other != k).map(|(_, &e)| e);
    match (actors.len(), recipients.len()) {
        (0, 0) => Vec::new(),
        (0, _) => recipients.iter().map(|&r| (None, Some(r))).collect(),
        (1, 0) => vec![(Some(actors[0]), None)],
        (_, 0) => {
            actors.iter().enumerate().flat_map(|(k, &a)| others(k).map(move |b| (Some(a), Some(b)))).collect()
        }
        _ => actors.iter().flat_map(|&a| recipients.iter().map(move |&r| (Some(a), Some(r)))).collect(),
    }
}
