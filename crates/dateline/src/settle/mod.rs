//! When, where and on whose word: what the stages found, tied to the acts.

mod places;
pub(crate) mod rank;
mod saying;
mod sources;
mod speech;
pub(crate) mod times;
pub(crate) mod vouchers;

pub(crate) use rank::Scene;
pub(crate) use speech::{place_of_speech, time_of_speech};
pub(crate) use times::tense;

use crate::model::Model;
use crate::naming::Names;
use crate::reader::Reading;
use dateline_core::Status;
use dateline_core::codes::Stance;
use dateline_core::record::{Source, When};
use dateline_events::Occurrence;
use dateline_time::Timex;
use jiff::ToSpan;

/// "Tomorrow" in a quotation counts from the moment of speech: where the speaker speaks at a scene with a day of its own
/// shortly before the report, deictic words count from that day, and the tellings get their times anew.
/// Tells whether there was anything to move; then `acts` are to be told anew, too.
pub(crate) fn move_deixis(reading: &mut Reading, acts: &[Vec<Occurrence>]) -> bool {
    let Some(published) = reading.doc.meta.published else { return false };
    let in_quote = |t: &Timex| {
        let k = reading.voices.quote_at(t.span.start)?;
        reading.voices.quotes[k].span.covers(t.span).then_some(k)
    };
    // What is looked at again below, while times are changed.
    let spoken: Vec<Option<usize>> =
        reading.times.iter().map(|t| in_quote(t).filter(|_| t.deictic)).collect();
    if spoken.iter().all(Option::is_none) {
        return false;
    }
    let scene = Scene::of(reading, acts);
    let Some((day, _)) = scene.days.filter(|(start, end)| start == end && *start < published) else {
        return false;
    };
    if published.checked_sub(2.days()).is_ok_and(|limit| day < limit) {
        return false;
    }
    let mut moved = false;
    for (t, spoken) in reading.times.iter_mut().zip(spoken) {
        let speaker = spoken.and_then(|k| reading.cast.member_at(reading.voices.speakers[k].source?));
        if speaker.is_some_and(|m| scene.members.contains(&m))
            && let Some((days, value)) = t.resolve(day, t.direction)
        {
            (t.interval, t.value) = (Some(days), value);
            moved = true;
        }
    }
    if !moved {
        return false;
    }
    let mut occurrences = std::mem::take(&mut reading.occurrences);
    for o in &mut occurrences {
        o.when = times::of(reading, o);
    }
    reading.occurrences = occurrences;
    true
}

/// On whose word an act rests; entities stand as indices of members.
pub(crate) fn sources(
    model: &Model,
    reading: &Reading,
    names: &Names,
    tellings: &[Occurrence],
) -> Vec<Source> {
    let mut found = vouchers::of(&model.parts.whose_ranker, reading, names, tellings);
    if found.is_empty() {
        found.extend(sources::hearsay(&model.parts.cues, reading, &tellings[0]));
    }
    found
}

/// Whether somebody who is named denies that the act took place.
pub(crate) fn is_disputed(reading: &Reading, o: &Occurrence) -> bool {
    let denies = |k: usize| {
        let r = &reading.voices.reports[k];
        r.stance == Stance::Denies && r.source.is_some() && r.cue != o.trigger
    };
    o.status == Status::Denied && reading.voices.reports_at(o.trigger_span.start).into_iter().any(denies)
}

/// The toponym where an act took place, by its clauses and the passage.
pub(crate) fn place(model: &Model, reading: &Reading, tellings: &[Occurrence], scene: &Scene) -> Option<u32> {
    let act = rank::places::Act::new(reading, tellings, scene);
    let best =
        model.parts.where_chooser.best(scene.places.of_act(tellings).into_iter(), |c, take| match c {
            Some(c) => act.features(c, take),
            None => act.none(take),
        })?;
    best.mentions.first().copied()
}

/// The time of an act, by its clauses and the passage.
pub(crate) fn time(model: &Model, reading: &Reading, tellings: &[Occurrence], scene: &Scene) -> Option<When> {
    let act = rank::times::Act::new(reading, tellings, scene);
    let best =
        model.parts.when_chooser.best(scene.times.of_act(tellings).into_iter(), |c, take| match c {
            Some(c) => act.features(c, take),
            None => act.none(take),
        })?;
    let words = reading.times[act.expression(best)?].span.of(&reading.doc.text);
    let days = best.days;
    Some(When { start: days.start, end: days.end, precision: days.precision, text: words.to_owned() })
}

/// Gives every telling of an act its time, place and sources, and drops what is only the content of another act.
pub(crate) fn all(reading: &mut Reading) {
    let mut occurrences = std::mem::take(&mut reading.occurrences);
    let (names, firsts) = (Names::new(reading), places::firsts(reading));
    for o in &mut occurrences {
        o.when = times::of(reading, o);
        o.place = places::of(reading, &firsts, o);
        o.sources = sources::of(reading, &names, o);
        sources::speaker_acts(reading, o);
        saying::settle(reading, o);
        o.background = times::is_history(reading, o);
    }
    reading.occurrences = occurrences;
}
