//! What speaks for a time being that of an act.

use super::clause::{self, Site};
use super::{Scene, Take, around, in_reach, put, sentences_apart, words_apart};
use crate::reader::Reading;
use crate::settle::times;
use dateline_core::{Interval, Precision, Span};
use dateline_events::Occurrence;
use dateline_time::{Kind, Relation, Timex};
use jiff::ToSpan;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Days that a report names, with all expressions that mean them.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    /// The days.
    pub(crate) days: Interval,
    /// Expressions and whether "since" and "until" are spelled out in these days.
    pub(crate) mentions: Vec<(usize, Reach)>,
}

/// Which days of an expression are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Its own.
    Own,
    /// From its first to its last: "from May 3 to 5".
    Range,
    /// From it or up to it: "since Monday", "until Friday".
    Extent,
    /// So many days from a day of its sentence on: "on Friday for a two-day visit".
    From,
    /// So many days up to a day of its sentence: "ended a two-day visit on Friday".
    Up,
}

/// The days that a report names, in the order of their first mention, with what every act asks of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates {
    /// The days.
    pub(crate) all: Vec<Candidate>,
    /// For every expression the days that it means.
    of: Vec<Vec<u32>>,
    /// For every expression the sentence it begins in; a number that no sentence has behind the last one.
    sentences: Vec<u32>,
    /// The expressions that tell days.
    usable: Vec<usize>,
}

impl Candidates {
    /// Gathers the days of a report.
    pub(super) fn new(reading: &Reading) -> Candidates {
        let (s, times) = (&reading.doc.syntax, &reading.times);
        let all = candidates(reading);
        let mut of = vec![Vec::new(); times.len()];
        for (c, k) in all.iter().zip(0..) {
            c.mentions.iter().for_each(|&(m, _)| of[m].push(k));
        }
        let sentence = |t: &Timex| s.token_at(t.span.start).map_or(u32::MAX, |token| s.token(token).sentence);
        let usable = (0..times.len()).filter(|&k| times::usable(&times[k])).collect();
        Candidates { all, of, sentences: times.iter().map(sentence).collect(), usable }
    }

    /// The days that are weighed for an act.
    pub(crate) fn of_act(&self, tellings: &[Occurrence]) -> Vec<&Candidate> {
        let reach = in_reach(self.all.len(), tellings, |o| {
            let at = self.sentences.partition_point(|&x| x < o.sentence);
            (at, self.of.iter().map(Vec::as_slice))
        });
        reach.map_or_else(
            || self.all.iter().collect(),
            |k| k.into_iter().map(|k| &self.all[k as usize]).collect(),
        )
    }
}

/// The days that a report names, in the order of their first mention.
fn candidates(reading: &Reading) -> Vec<Candidate> {
    let mut all = All::default();
    for (k, t) in reading.times.iter().enumerate() {
        let own = t.interval.filter(|_| times::usable(t));
        let range = t.range.filter(|_| times::usable(t));
        let meanings = [(own, Reach::Own), (range, Reach::Range), (extent(reading, t), Reach::Extent)];
        for (days, reach) in meanings {
            all.add(days, k, reach);
        }
        if let Some(length) = length_of_act(t) {
            for day in days_beside(reading, t) {
                let (on, back) = (day.checked_add((length - 1).days()), day.checked_sub((length - 1).days()));
                let lasting = |start: Date, end: Date| Interval { start, end, precision: Precision::Range };
                all.add(on.ok().map(|end| lasting(day, end)), k, Reach::From);
                all.add(back.ok().map(|start| lasting(start, day)), k, Reach::Up);
            }
        }
    }
    all.found
}

/// Days with their mentions while they are gathered.
#[derive(Default)]
struct All {
    found: Vec<Candidate>,
    by_days: FxHashMap<(Date, Date), usize>,
}

impl All {
    fn add(&mut self, days: Option<Interval>, expression: usize, reach: Reach) {
        let Some(days) = days else { return };
        let at = *self.by_days.entry((days.start, days.end)).or_insert(self.found.len());
        match self.found.get_mut(at) {
            Some(c) => c.mentions.push((expression, reach)),
            None => self.found.push(Candidate { days, mentions: vec![(expression, reach)] }),
        }
    }
}

/// "Since Monday" up to the day of publication, "the past three years", "for two years".
fn extent(reading: &Reading, t: &Timex) -> Option<Interval> {
    let published = reading.doc.meta.published?;
    if t.kind == Kind::Duration {
        return t.interval.or_else(|| t.extent(published).filter(|_| length_of_act(t).is_none()));
    }
    let open = matches!(t.relation, Relation::Since | Relation::Until) && times::usable(t);
    let extent = t.extent(published).filter(|_| open)?;
    (Some((extent.start, extent.end)) != t.interval.map(|i| (i.start, i.end))).then_some(extent)
}

/// How many days a "two-day visit" lasts.
fn length_of_act(t: &Timex) -> Option<i64> {
    let days = t.value.strip_prefix('P')?.strip_suffix('D')?.parse().ok()?;
    (t.kind == Kind::Duration && t.relation != Relation::Within && (2..=14).contains(&days)).then_some(days)
}

/// The single days that the sentence of an expression names.
fn days_beside(reading: &Reading, t: &Timex) -> Vec<Date> {
    let s = &reading.doc.syntax;
    let Some(token) = s.token_at(t.span.start) else { return Vec::new() };
    let sentence = s.sentence_of(token).span;
    let here = times::inside(reading, sentence).filter(|t| times::usable(t));
    here.filter_map(|t| t.interval).filter(|i| i.start == i.end).map(|i| i.start).collect()
}

/// What the features of all candidates for one act share.
pub(crate) struct Act<'a> {
    reading: &'a Reading,
    tellings: &'a [Occurrence],
    scene: &'a Scene,
    candidates: &'a Candidates,
    /// How the words of the clearest telling are formed.
    form: &'static str,
    quoted: bool,
    any_told: bool,
}

impl<'a> Act<'a> {
    pub(crate) fn new(reading: &'a Reading, tellings: &'a [Occurrence], scene: &'a Scene) -> Act<'a> {
        let lead = &tellings[0];
        Act {
            reading,
            tellings,
            scene,
            candidates: &scene.times,
            form: clause::form(&reading.doc.syntax, lead.trigger),
            quoted: quoted(reading, lead.trigger_span),
            any_told: tellings.iter().any(|o| o.when.is_some()),
        }
    }

    /// The mention nearest to a telling: expression, telling, first token, distance in the tree.
    fn nearest(&self, c: &Candidate) -> Option<Nearest<'a>> {
        let s = &self.reading.doc.syntax;
        let sentence = |m: &(usize, Reach)| self.candidates.sentences[m.0];
        let mut best: Option<((u32, u32, u32), usize, Nearest<'a>)> = None;
        for o in self.tellings {
            let mut near = around(&c.mentions, sentence, o.sentence);
            // One expression may mean the same days in two ways.
            while near.start > 0 && c.mentions[near.start - 1].0 == c.mentions[near.start].0 {
                near.start -= 1;
            }
            for at in near {
                let (k, reach) = c.mentions[at];
                let timex = &self.reading.times[k];
                let Some(token) = s.token_at(timex.span.start) else { continue };
                let apart = s.token(token).sentence.abs_diff(o.sentence);
                let tree = (apart == 0).then(|| times::distance(s, o.trigger, timex)).flatten();
                let key = (apart, tree.unwrap_or(60), timex.span.start.abs_diff(o.trigger_span.start));
                // Of equals the first mention, then the first telling.
                if best.as_ref().is_none_or(|(b, first, _)| (key, at) < (*b, *first)) {
                    best = Some((key, at, Nearest { expression: k, reach, telling: o, token, tree }));
                }
            }
        }
        best.map(|(.., n)| n)
    }

    /// Whether a telling stands in a sentence that names the days.
    fn is_here(&self, c: &Candidate) -> bool {
        let sentence = |m: &(usize, Reach)| self.candidates.sentences[m.0];
        self.tellings.iter().any(|o| {
            around(&c.mentions, sentence, o.sentence).any(|k| sentence(&c.mentions[k]) == o.sentence)
        })
    }

    /// The expression of the days nearest to the act.
    pub(crate) fn expression(&self, c: &Candidate) -> Option<usize> {
        self.nearest(c).map(|n| n.expression)
    }

    /// The features of days as those of the act.
    pub(crate) fn features(&self, c: &Candidate, take: &mut impl Take) {
        let Some(near) = self.nearest(c) else { return };
        let s = &self.reading.doc.syntax;
        let lead = &self.tellings[0];
        let (kind, size, o) = (lead.event_type, c.days.precision, near.telling);
        let timex = &self.reading.times[near.expression];
        let told = self
            .tellings
            .iter()
            .any(|o| o.when.as_ref().is_some_and(|w| w.start == c.days.start && w.end == c.days.end));
        let elsewhere = !told && self.any_told;
        put!(take, "told {told} {elsewhere}");
        put!(take, "told {told} type {kind}");
        put!(take, "told {told} {elsewhere} form {}", self.form);
        put!(take, "told {told} status {}", lead.status);
        put!(take, "told {told} {size}");
        put!(take, "size {size} quad {}", kind.quad());
        put!(take, "reach {:?} {:?}", near.reach, timex.relation);
        put!(take, "reach {:?} {:?} {}", near.reach, timex.relation, lead.status);
        put!(take, "reach {:?} {:?} form {}", near.reach, timex.relation, self.form);
        put!(take, "lasting {:?} {size} type {kind}", near.reach);
        put!(take, "modifier {:?}", timex.modifier);
        put!(take, "deictic {} {}", timex.deictic, timex.anaphoric);
        put!(take, "kind {:?}", timex.kind);
        let sentence = s.token(near.token).sentence;
        let far = sentences_apart(o.sentence, sentence);
        let before = near.token < o.trigger;
        put!(take, "far {far} {before} told {told} {elsewhere}");
        put!(take, "far {far} {before} form {}", self.form);
        put!(take, "far {far} {size}");
        put!(take, "far {far} type {kind}");
        let same = if sentence == o.sentence { "here" } else { "away" };
        let site = Site::of(s, near.token);
        put!(take, "{same} relation {}", site.relation);
        put!(take, "{same} governor {}", site.lemma);
        let owner = clause::owner(self.reading, self.scene, self.tellings, site.governor);
        put!(take, "{same} owner {owner} form {}", self.form);
        put!(take, "{same} owner {owner} type {kind}");
        put!(take, "{same} owner {owner} told {told}");
        put!(
            take,
            "{same} paragraph {}",
            s.sentence_of(near.token).paragraph == s.sentence_of(o.trigger).paragraph
        );
        if same == "here" {
            let tree = near.tree.map_or(40, |d| d.min(30));
            put!(take, "tree {tree}");
            put!(take, "tree {} {}", tree / 5, lead.status);
            put!(take, "tree {} type {kind}", tree / 5);
            put!(take, "tree {} form {}", tree / 5, self.form);
            put!(take, "words {} {before}", words_apart(near.token, o.trigger));
            put!(take, "rivals {} {before}", self.rivals(c, o).min(3));
        } else {
            put!(take, "last {} {far} told {elsewhere}", self.is_last_before(near.expression, o));
            put!(take, "last {} form {}", self.is_last_before(near.expression, o), self.form);
        }
        put!(take, "count {}", c.mentions.len().min(4));
        let order = self.candidates.all.iter().take(4).take_while(|d| d.mentions[0] != c.mentions[0]).count();
        put!(take, "order {order} told {elsewhere}");
        put!(take, "first {} {}", sentence < 2, o.sentence < 3);
        self.age(c, told, far, take);
        let of_scene = self.scene.days == Some((c.days.start, c.days.end));
        put!(take, "scene {of_scene} {}", self.scene.has_actor(lead));
        put!(take, "scene {of_scene} quad {}", kind.quad());
        put!(take, "scene {of_scene} told {told} {elsewhere}");
        put!(take, "quote {} {} {same}", self.quoted, quoted(self.reading, timex.span));
    }

    /// How old the days are when the report comes out.
    fn age(&self, c: &Candidate, told: bool, far: &str, take: &mut impl Take) {
        let Some(published) = self.reading.doc.meta.published else { return };
        let lead = &self.tellings[0];
        let age = match (published - c.days.end).get_days() {
            i32::MIN..=-1 => "future",
            0 if c.days.start < c.days.end => "until today",
            0 => "today",
            1 => "yesterday",
            2..=6 => "week",
            7..=21 => "weeks",
            22..=100 => "months",
            101..=400 => "year",
            _ => "old",
        };
        put!(take, "age {age}");
        put!(take, "age {age} {}", lead.status);
        put!(take, "age {age} told {told}");
        put!(take, "age {age} far {far}");
        put!(take, "age {age} form {}", self.form);
        put!(take, "age {age} type {}", lead.event_type);
    }

    /// How many other days the sentence of a telling names.
    fn rivals(&self, c: &Candidate, o: &Occurrence) -> usize {
        let sentence = self.reading.doc.syntax.sentence_of(o.trigger).span;
        let inside = times::indices(self.reading, sentence);
        let mut rivals: Vec<u32> = inside
            .filter(|&k| sentence.covers(self.reading.times[k].span))
            .flat_map(|k| self.candidates.of[k].iter().copied())
            .collect();
        rivals.sort_unstable();
        rivals.dedup();
        rivals.iter().filter(|&&d| self.candidates.all[d as usize].days != c.days).count()
    }

    /// Whether no other days are named between this expression and the telling behind it.
    fn is_last_before(&self, expression: usize, o: &Occurrence) -> bool {
        let (times, usable) = (&self.reading.times, &self.candidates.usable);
        let own = times[expression].span;
        let next = usable.partition_point(|&k| times[k].span.start < own.end);
        own.end <= o.trigger_span.start
            && usable.get(next).is_none_or(|&k| times[k].span.end > o.trigger_span.start)
    }

    /// The features of an act whose time the report does not tell.
    pub(crate) fn none(&self, take: &mut impl Take) {
        let lead = &self.tellings[0];
        let kind = lead.event_type;
        let told = self.any_told;
        put!(take, "none");
        put!(take, "none type {kind} told {told}");
        put!(take, "none type {kind} {}", lead.status);
        put!(take, "none mode {}", lead.mode.map_or("-", dateline_core::Mode::as_str));
        put!(take, "none told {told} form {}", self.form);
        put!(take, "none told {told} status {}", lead.status);
        put!(take, "none quoted {}", self.quoted);
        if let Some(word) = clause::aspect(&self.reading.doc.syntax, lead.trigger) {
            put!(take, "none aspect {word}");
        }
        put!(take, "none sentence {} told {told}", sentences_apart(0, lead.sentence));
        put!(take, "none tellings {}", self.tellings.len().min(4));
        let days = self.candidates.of_act(self.tellings).into_iter();
        let here = days.filter(|c| self.is_here(c)).take(3).count();
        put!(take, "none here {} form {}", here.min(2), self.form);
        put!(take, "none here {here} told {told}");
        let s = &self.reading.doc.syntax;
        put!(take, "none trigger {}", s.lemma(lead.trigger));
        put!(take, "none broadcast {}", clause::is_broadcast(s, lead.trigger));
        put!(take, "none scene {}", self.scene.has_actor(lead));
    }
}

/// Where the days of a candidate are named nearest to a telling.
struct Nearest<'a> {
    expression: usize,
    reach: Reach,
    telling: &'a Occurrence,
    token: u32,
    /// Distance in the tree, where both share a sentence and a clause.
    tree: Option<u32>,
}

fn quoted(reading: &Reading, span: Span) -> bool {
    reading.voices.is_quoted(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::rank::tests::reading;

    fn meant(text: &str) -> Vec<String> {
        candidates(&reading(text)).iter().map(|c| format!("{}..{}", c.days.start, c.days.end)).collect()
    }

    #[test]
    fn since_means_the_day_and_all_days_from_it() {
        let days = meant("Workers have been on strike since Monday.");
        assert_eq!(days, ["2012-11-19..2012-11-19", "2012-11-19..2012-11-23"]);
    }

    #[test]
    fn so_many_days_begin_or_end_on_a_day() {
        let days = meant("The president arrived in Kenya on Tuesday for a two-day visit.");
        assert_eq!(days, ["2012-11-20..2012-11-20", "2012-11-20..2012-11-21", "2012-11-19..2012-11-20"]);
    }

    #[test]
    fn a_length_up_to_now_is_days_too() {
        assert_eq!(meant("They have fought for the past three years."), ["2009-11-23..2012-11-23"]);
    }
}
