//! When, where and on whose word: what the stages found, tied to the acts.

mod places;
mod sources;
mod times;

pub(crate) use times::tense;

use crate::reader::Reading;

/// Gives every telling of an act its time, place and sources, and drops what is only the content of another act.
pub(crate) fn all(reading: &mut Reading) {
    let mut occurrences = std::mem::take(&mut reading.occurrences);
    for o in &mut occurrences {
        o.when = times::of(reading, o);
        o.place = places::of(reading, o);
        o.sources = sources::of(reading, o);
        o.background = times::is_history(reading, o);
    }
    reading.occurrences = occurrences;
}
