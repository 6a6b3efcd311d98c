//! What speaks for a place or a time being that of an act: features for the trained rankers.

use super::{places, times};
use crate::reader::Reading;
use dateline_core::grammar;
use dateline_events::Occurrence;
use jiff::civil::Date;
use std::fmt::Write;

/// Formats a feature into a reused buffer and hands it on.
pub(super) struct Put<'a> {
    buffer: String,
    give: &'a mut dyn FnMut(&str),
}

impl<'a> Put<'a> {
    pub(super) fn new(give: &'a mut dyn FnMut(&str)) -> Put<'a> {
        Put { buffer: String::with_capacity(48), give }
    }

    pub(super) fn feature(&mut self, feature: std::fmt::Arguments<'_>) {
        self.buffer.clear();
        if self.buffer.write_fmt(feature).is_ok() {
            (self.give)(&self.buffer);
        }
    }
}

/// The scene of a report: the act told most often that has a place or time of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scene {
    /// Name of its place.
    pub(crate) place: Option<String>,
    /// Its first and last day.
    pub(crate) days: Option<(Date, Date)>,
    /// Who takes part in it.
    pub(crate) members: Vec<u32>,
}

impl Scene {
    /// The scene that the acts of a report make up.
    pub(crate) fn of(reading: &Reading, acts: &[Vec<Occurrence>]) -> Scene {
        let told =
            |tellings: &&Vec<Occurrence>| tellings.iter().any(|o| o.when.is_some() || o.place.is_some());
        // The first of equals: reports lead with what matters.
        let Some(main) = acts.iter().filter(told).reduce(|a, b| if b.len() > a.len() { b } else { a }) else {
            return Scene::default();
        };
        Scene {
            place: main
                .iter()
                .find_map(|o| reading.toponyms[o.place? as usize].place.as_ref())
                .map(|p| p.name.clone()),
            days: main.iter().find_map(|o| o.when.as_ref()).map(|w| (w.start, w.end)),
            members: main.iter().flat_map(|o| o.actors.iter().chain(&o.recipients).copied()).collect(),
        }
    }

    /// Whether somebody who acts here takes part in the scene.
    fn has_actor(&self, o: &Occurrence) -> bool {
        o.actors.iter().any(|a| self.members.contains(a))
    }
}

/// How many sentences lie between two, in steps that matter.
fn sentences_apart(a: u32, b: u32) -> &'static str {
    match a.abs_diff(b) {
        0 => "0",
        1 => "1",
        2..=3 => "2-3",
        4..=8 => "4-8",
        _ => "9+",
    }
}

/// The places of a report, each by its mention nearest to the act.
pub(crate) fn places(reading: &Reading, tellings: &[Occurrence]) -> Vec<u32> {
    let at = tellings[0].trigger_span.start;
    let mut nearest: Vec<usize> = Vec::new();
    for (k, t) in reading.toponyms.iter().enumerate() {
        let Some(place) = t.place.as_ref().filter(|_| !t.demonym && !t.embedded) else { continue };
        let distance = |n: usize| reading.toponyms[n].span.start.abs_diff(at);
        match nearest
            .iter_mut()
            .find(|n| reading.toponyms[**n].place.as_ref().is_some_and(|p| p.name == place.name))
        {
            Some(n) if distance(k) < distance(*n) => *n = k,
            Some(_) => {}
            None => nearest.push(k),
        }
    }
    nearest.into_iter().map(|k| k as u32).collect()
}

/// Calls `give` with every feature of toponym `k` as the scene of an act.
pub(crate) fn place_features(
    reading: &Reading,
    tellings: &[Occurrence],
    k: u32,
    scene: &Scene,
    give: &mut dyn FnMut(&str),
) {
    let s = &reading.doc.syntax;
    let (lead, toponym) = (&tellings[0], &reading.toponyms[k as usize]);
    let (Some(place), Some(token)) = (&toponym.place, s.token_at(toponym.span.start)) else { return };
    let mut put = Put::new(give);
    let kind = lead.event_type;
    let sentence = s.token(token).sentence;
    let told = tellings.iter().any(|o| {
        o.place
            .and_then(|p| reading.toponyms[p as usize].place.as_ref())
            .is_some_and(|p| p.name == place.name)
    });
    put.feature(format_args!("bias"));
    put.feature(format_args!("told {told}"));
    put.feature(format_args!("precision {}", place.precision));
    put.feature(format_args!("told {told} {}", place.precision));
    put.feature(format_args!("type {kind} {}", place.precision));
    put.feature(format_args!("type {kind} told {told}"));
    let far = sentences_apart(lead.sentence, sentence);
    let before = sentence <= lead.sentence;
    put.feature(format_args!("far {far} {before}"));
    put.feature(format_args!("far {far} {}", place.precision));
    if sentence == lead.sentence {
        let cost = places::cost(s, lead, token).map_or(99, |c| c / 4);
        put.feature(format_args!("cost {}", cost.min(12)));
        let case = grammar::preposition(s, token).unwrap_or("-");
        put.feature(format_args!("case {case}"));
        put.feature(format_args!("type {kind} case {case}"));
    }
    let dateline = reading
        .doc
        .dateline
        .is_some_and(|d| d.place.overlaps(toponym.span) || same_name(reading, d.place, &place.name));
    put.feature(format_args!("dateline {dateline}"));
    put.feature(format_args!("dateline {dateline} {}", lead.sentence < 3));
    let count =
        reading.toponyms.iter().filter(|t| t.place.as_ref().is_some_and(|p| p.name == place.name)).count();
    put.feature(format_args!("count {}", count.min(5)));
    put.feature(format_args!("count {} {}", count.min(5), place.precision));
    put.feature(format_args!("first {}", sentence == 0));
    let of_scene = scene.place.as_deref() == Some(place.name.as_str());
    put.feature(format_args!("scene {of_scene} {}", scene.has_actor(lead)));
    put.feature(format_args!("scene {of_scene} quad {}", kind.quad()));
    put.feature(format_args!("scene {of_scene} told {told}"));
    for (side, members) in [("actor", &lead.actors), ("recipient", &lead.recipients)] {
        if let Some(&m) = members.first() {
            let member = reading.cast.member(m);
            let same = member.country.is_some() && member.country == place.country;
            put.feature(format_args!("{side} country {same} {}", place.precision));
            put.feature(format_args!("type {kind} {side} country {same}"));
            put.feature(format_args!("{side} is place {}", member.name == place.name));
        }
    }
    put.feature(format_args!("status {} {told}", lead.status));
    put.feature(format_args!(
        "mode {} {}",
        lead.mode.map_or("-", dateline_core::Mode::as_str),
        place.precision
    ));
}

fn same_name(reading: &Reading, span: dateline_core::Span, name: &str) -> bool {
    span.of(&reading.doc.text).eq_ignore_ascii_case(name)
}

/// The expressions of a report that tell days.
pub(crate) fn times(reading: &Reading) -> Vec<usize> {
    (0..reading.times.len()).filter(|&k| times::usable(&reading.times[k])).collect()
}

/// Calls `give` with every feature of expression `k` as the time of an act.
pub(crate) fn time_features(
    reading: &Reading,
    tellings: &[Occurrence],
    k: usize,
    scene: &Scene,
    give: &mut dyn FnMut(&str),
) {
    let s = &reading.doc.syntax;
    let (lead, timex) = (&tellings[0], &reading.times[k]);
    let (Some(token), Some(days)) = (s.token_at(timex.span.start), times::days(reading, timex)) else {
        return;
    };
    let mut put = Put::new(give);
    let kind = lead.event_type;
    let sentence = s.token(token).sentence;
    let told =
        tellings.iter().any(|o| o.when.as_ref().is_some_and(|w| w.start == days.start && w.end == days.end));
    put.feature(format_args!("bias"));
    put.feature(format_args!("told {told}"));
    put.feature(format_args!("type {kind} told {told}"));
    put.feature(format_args!("precision {}", days.precision));
    put.feature(format_args!("told {told} {}", days.precision));
    let far = sentences_apart(lead.sentence, sentence);
    let before = sentence <= lead.sentence;
    put.feature(format_args!("far {far} {before} {told}"));
    put.feature(format_args!("far {far} {}", days.precision));
    let nearest = tellings
        .iter()
        .filter(|o| o.sentence == sentence)
        .filter_map(|o| times::distance(s, o.trigger, timex))
        .min();
    if let Some(d) = nearest {
        put.feature(format_args!("distance {}", d.min(30)));
        put.feature(format_args!("distance {} {}", d / 5, lead.status));
    }
    put.feature(format_args!("after {}", timex.span.start > lead.trigger_span.start));
    put.feature(format_args!("relation {:?}", timex.relation));
    put.feature(format_args!("deictic {} anaphoric {}", timex.deictic, timex.anaphoric));
    put.feature(format_args!("first {} {}", sentence < 2, lead.sentence < 3));
    if let Some(published) = reading.doc.meta.published {
        let age = (published - days.end).get_days();
        let age = match age {
            i32::MIN..=-1 => "future",
            0 => "today",
            1..=3 => "fresh",
            4..=14 => "weeks",
            15..=90 => "months",
            _ => "old",
        };
        put.feature(format_args!("age {age}"));
        put.feature(format_args!("age {age} {}", lead.status));
        put.feature(format_args!("age {age} {told}"));
        put.feature(format_args!("age {age} far {far}"));
    }
    put.feature(format_args!("status {} {told}", lead.status));
    let of_scene = scene.days == Some((days.start, days.end));
    let any = tellings.iter().any(|o| o.when.is_some());
    put.feature(format_args!("scene {of_scene} {}", scene.has_actor(lead)));
    put.feature(format_args!("scene {of_scene} quad {}", kind.quad()));
    put.feature(format_args!("scene {of_scene} any {any}"));
    put.feature(format_args!("any {any} told {told}"));
    let quoted = reading.voices.quotes.iter().any(|q| q.span.overlaps(timex.span));
    put.feature(format_args!("quoted {quoted}"));
}
