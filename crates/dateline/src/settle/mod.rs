//! When, where and on whose word: what the stages found, tied to the acts.

mod places;
pub(crate) mod rank;
mod sources;
pub(crate) mod times;

pub(crate) use times::tense;

use crate::model::Model;
use crate::reader::Reading;
use dateline_core::record::When;
use dateline_events::Occurrence;

/// The toponym where an act took place, by its clauses and the passage.
pub(crate) fn place(model: &Model, reading: &Reading, tellings: &[Occurrence]) -> Option<u32> {
    let candidates = rank::places(reading, tellings);
    model
        .parts
        .where_ranker
        .best(candidates.into_iter(), |&k, give| rank::place_features(reading, tellings, k, give))
}

/// The time of an act, by its clauses and the passage.
pub(crate) fn time(model: &Model, reading: &Reading, tellings: &[Occurrence]) -> Option<When> {
    let candidates = rank::times(reading);
    let best = model
        .parts
        .when_ranker
        .best(candidates.into_iter(), |&k, give| rank::time_features(reading, tellings, k, give))?;
    times::when(reading, &reading.times[best])
}

/// Gives every telling of an act its time, place and sources, and drops what is only the content of another act.
pub(crate) fn all(reading: &mut Reading) {
    let mut occurrences = std::mem::take(&mut reading.occurrences);
    for o in &mut occurrences {
        o.when = times::of(reading, o);
        o.place = places::of(reading, o);
        o.sources = sources::of(reading, o);
        sources::speaker_acts(reading, o);
        o.background = times::is_history(reading, o);
    }
    reading.occurrences = occurrences;
}
