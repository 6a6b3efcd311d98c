//! What speaks for a place being that of an act.

use super::candidates::{Candidate, Candidates, How, is_same};
use super::clause::{self, Site};
use super::meant::Meant;
use super::{Scene, Take, around, put, sentences_apart, words_apart};
use crate::reader::Reading;
use crate::settle::places::cost;
use dateline_core::{Country, Span};
use dateline_events::Occurrence;
use dateline_place::{PlacePrecision, ResolvedPlace};

/// What the features of all candidates for one act share.
pub(crate) struct Act<'a> {
    reading: &'a Reading,
    tellings: &'a [Occurrence],
    scene: &'a Scene,
    candidates: &'a Candidates,
    /// The places that the clauses of its tellings name.
    told: Vec<&'a ResolvedPlace>,
    /// How the words of the clearest telling are formed.
    form: &'static str,
    quoted: bool,
    /// The places that its sentences mean without naming them.
    meant: Meant,
}

impl<'a> Act<'a> {
    pub(crate) fn new(reading: &'a Reading, tellings: &'a [Occurrence], scene: &'a Scene) -> Act<'a> {
        let lead = &tellings[0];
        let told =
            tellings.iter().filter_map(|o| reading.toponyms[o.place? as usize].place.as_ref()).collect();
        Act {
            reading,
            tellings,
            scene,
            candidates: &scene.places,
            told,
            form: clause::form(&reading.doc.syntax, lead.trigger),
            quoted: quoted(reading, lead.trigger_span),
            meant: Meant::of(reading, tellings, &scene.places),
        }
    }

    fn place(&self, c: &Candidate) -> Option<&'a ResolvedPlace> {
        self.reading.toponyms[c.mentions[0] as usize].place.as_ref()
    }

    /// The mention nearest to a telling, with the telling.
    fn nearest(&self, c: &Candidate) -> Option<Nearest<'a>> {
        let s = &self.reading.doc.syntax;
        let sentence = |m: &u32| self.candidates.sentences[*m as usize];
        let mut best: Option<((u32, u32, u32), usize, Nearest<'a>)> = None;
        for o in self.tellings {
            for k in around(&c.mentions, sentence, o.sentence) {
                let m = c.mentions[k];
                let span = self.reading.toponyms[m as usize].span;
                let Some(token) = s.token_at(span.start) else { continue };
                let apart = s.token(token).sentence.abs_diff(o.sentence);
                let rank = if apart == 0 { cost(s, o, token).unwrap_or(60) } else { 60 };
                let key = (apart, rank, span.start.abs_diff(o.trigger_span.start));
                // Of equals the first mention, then the first telling.
                if best.as_ref().is_none_or(|(b, at, _)| (key, k) < (*b, *at)) {
                    best = Some((key, k, Nearest { mention: m, telling: o, token }));
                }
            }
        }
        best.map(|(.., nearest)| nearest)
    }

    /// Whether a telling stands in a sentence that names a place.
    fn is_here(&self, c: &Candidate) -> bool {
        let sentence = |m: &u32| self.candidates.sentences[*m as usize];
        self.tellings.iter().any(|o| {
            around(&c.mentions, sentence, o.sentence).any(|k| sentence(&c.mentions[k]) == o.sentence)
        })
    }

    /// The features of a place as the scene of the act.
    pub(crate) fn features(&self, c: &Candidate, take: &mut impl Take) {
        let Some((place, near)) = self.place(c).zip(self.nearest(c)) else { return };
        let Nearest { mention, telling: o, token } = near;
        let s = &self.reading.doc.syntax;
        let lead = &self.tellings[0];
        let (kind, size, how) = (lead.event_type, place.precision, c.how);
        let told = self.told.iter().any(|p| is_same(Some(p), place));
        let elsewhere = !told && !self.told.is_empty();
        put!(take, "how {how:?}");
        put!(take, "how {how:?} {size}");
        put!(take, "how {how:?} type {kind}");
        put!(take, "kind {}", place.kind);
        put!(take, "told {told} {elsewhere}");
        put!(take, "told {told} {size}");
        put!(take, "told {told} type {kind}");
        put!(take, "size {size} type {kind}");
        put!(take, "size {size} mode {}", lead.mode.map_or("-", dateline_core::Mode::as_str));
        put!(take, "size {size} status {}", lead.status);
        let sentence = s.token(token).sentence;
        let far = sentences_apart(o.sentence, sentence);
        let before = token < o.trigger;
        put!(take, "far {far} {before} {how:?}");
        put!(take, "far {far} {size}");
        put!(take, "far {far} told {told} {elsewhere}");
        put!(take, "far {far} type {kind}");
        let site = Site::of(s, token);
        let same = if sentence == o.sentence { "here" } else { "away" };
        put!(take, "{same} relation {} {how:?}", site.relation);
        put!(take, "{same} case {}", site.case);
        put!(take, "{same} case {} type {kind}", site.case);
        put!(take, "{same} governor {}", site.lemma);
        let owner = clause::owner(self.reading, self.scene, self.tellings, site.governor);
        put!(take, "{same} owner {owner} {how:?}");
        put!(take, "{same} owner {owner} {}", site.case);
        put!(take, "{same} owner {owner} type {kind}");
        put!(take, "{same} owner {owner} told {told}");
        if sentence == o.sentence {
            let near = cost(s, o, token).map_or(99, |c| c / 4).min(12);
            put!(take, "cost {near}");
            put!(take, "cost {near} {size}");
            put!(take, "cost {near} {how:?}");
            put!(take, "words {} {before}", words_apart(token, o.trigger));
            put!(take, "rival here {}", self.rivals(c, o).min(3));
        } else {
            put!(take, "last {} {far}", self.is_last_before(mention, o));
        }
        put!(take, "scenic {}", c.scenic);
        let dateline = self.reading.doc.dateline.is_some_and(|d| {
            let text = d.place.of(&self.reading.doc.text);
            text.eq_ignore_ascii_case(&place.name) || c.in_dateline
        });
        if dateline {
            put!(take, "dateline {}", o.sentence < 3);
            put!(take, "dateline type {kind}");
            put!(take, "dateline told {elsewhere}");
        }
        let count = c.mentions.len().min(5);
        put!(take, "count {count} {size}");
        let most = self.candidates.most[how as usize] <= c.mentions.len();
        put!(take, "most {most} {size}");
        let order = self.candidates.all.iter().take(6).take_while(|d| d.mentions[0] != c.mentions[0]).count();
        put!(take, "order {}", if order < 3 { order } else { 3 + usize::from(order > 5) });
        put!(take, "order {} {size}", if order < 3 { order } else { 3 + usize::from(order > 5) });
        if let Some(title) = &self.reading.doc.meta.title {
            put!(take, "title {} {how:?}", title.contains(place.name.as_str()));
        }
        put!(take, "first sentence {}", c.first_sentence);
        let of_scene = self.scene.place.as_deref() == Some(place.name.as_str());
        let has_actor = self.scene.has_actor(lead);
        put!(take, "scene {of_scene} {has_actor} told {told} {elsewhere}");
        put!(take, "scene {of_scene} quad {}", kind.quad());
        put!(take, "scene {of_scene} far {far}");
        self.parties(place, take);
        put!(take, "status {} told {told}", lead.status);
        put!(take, "form {} told {told}", self.form);
        put!(
            take,
            "quote {} {} {same}",
            self.quoted,
            quoted(self.reading, self.reading.toponyms[mention as usize].span)
        );
        put!(take, "home {} {size}", place.country.is_some() && place.country == self.scene.home);
        self.neighbours(place, o, take);
        self.beyond_names(c, place, told, take);
    }

    /// Whether the words of the act mean the place without naming it, and how the report names the parts of its country.
    fn beyond_names(&self, c: &Candidate, place: &ResolvedPlace, told: bool, take: &mut impl Take) {
        let kind = self.tellings[0].event_type;
        let elsewhere = !told && !self.told.is_empty();
        let meant = self.meant.role(self.candidates.of[c.mentions[0] as usize]);
        put!(take, "meant {meant} {elsewhere}");
        put!(take, "meant {meant} {}", place.precision);
        let parts = self.candidates.parts(place.country);
        if place.precision == PlacePrecision::Country {
            put!(take, "parts {} more {}", parts.count.min(4), parts.most > c.mentions.len());
            put!(take, "parts {} type {kind}", parts.count.min(2));
            put!(take, "parts {} told {told} {elsewhere}", parts.count.min(2));
        } else {
            put!(take, "part of {} most {}", parts.count.min(4), parts.most <= c.mentions.len());
            put!(
                take,
                "part {} most {} told {told} {elsewhere}",
                place.precision,
                parts.most <= c.mentions.len()
            );
        }
    }

    /// How many other places the sentence of a telling names.
    fn rivals(&self, c: &Candidate, o: &Occurrence) -> usize {
        let sentence = self.reading.doc.syntax.sentence_of(o.trigger).span;
        let toponyms = &self.reading.toponyms;
        let from = toponyms.partition_point(|t| t.span.start < sentence.start);
        let inside = (from..).zip(&toponyms[from..]).take_while(|(_, t)| t.span.start < sentence.end);
        let mut rivals: Vec<u32> = inside
            .filter(|(_, t)| sentence.covers(t.span))
            .filter_map(|(k, _)| self.candidates.of[k])
            .filter(|&k| {
                let d = &self.candidates.all[k as usize];
                d.mentions[0] != c.mentions[0] && d.how == How::Name
            })
            .collect();
        rivals.sort_unstable();
        rivals.dedup();
        rivals.len()
    }

    /// Whether no other place is named between this mention and the telling behind it.
    fn is_last_before(&self, mention: u32, o: &Occurrence) -> bool {
        let span = |k: u32| self.reading.toponyms[k as usize].span;
        let (own, names) = (span(mention), &self.candidates.names);
        let next = names.partition_point(|&k| span(k).start < own.end);
        own.end <= o.trigger_span.start && names.get(next).is_none_or(|&k| span(k).end > o.trigger_span.start)
    }

    /// How the place stands to those who act and those it is done to.
    fn parties(&self, place: &ResolvedPlace, take: &mut impl Take) {
        let lead = &self.tellings[0];
        let (kind, size) = (lead.event_type, place.precision);
        let side = |members: &[u32]| {
            let of = |m: &u32| self.reading.cast.member(*m);
            if members.is_empty() {
                "nobody"
            } else if members.iter().any(|m| of(m).name == place.name) {
                "itself"
            } else if place.country.is_none() {
                "nowhere"
            } else if members.iter().any(|m| of(m).country == place.country) {
                "own"
            } else if members.iter().all(|m| of(m).country.is_none()) {
                "unknown"
            } else {
                "foreign"
            }
        };
        let (actor, recipient) = (side(&lead.actors), side(&lead.recipients));
        put!(take, "actor {actor} {size}");
        put!(take, "actor {actor} type {kind}");
        let sector = |m: &[u32]| m.first().map_or("-", |&m| self.reading.cast.member(m).sector.as_str());
        put!(take, "actor {} {size}", sector(&lead.actors));
        put!(take, "recipient {} {size}", sector(&lead.recipients));
        put!(take, "actor {actor} {}", sector(&lead.actors));
        put!(take, "recipient {recipient} {size}");
        put!(take, "recipient {recipient} type {kind}");
        put!(take, "parties {actor} {recipient}");
        put!(take, "parties {actor} {recipient} {size}");
        put!(take, "parties {actor} {recipient} quad {}", kind.quad());
    }

    /// How the place stands to other places of the report.
    fn neighbours(&self, place: &ResolvedPlace, o: &Occurrence, take: &mut impl Take) {
        let is_country = |p: &ResolvedPlace| p.precision == PlacePrecision::Country;
        let related =
            |p: &ResolvedPlace| !is_same(Some(p), place) && p.country == place.country && p.country.is_some();
        if is_country(place) {
            let finer = |p: &ResolvedPlace| related(p) && !is_country(p);
            put!(take, "finer told {}", self.told.iter().any(|p| finer(p)));
            put!(take, "finer here {}", self.is_near(o, 0, finer));
            put!(take, "finer around {}", self.is_near(o, 2, finer));
        } else {
            put!(take, "coarser told {}", self.told.iter().any(|p| related(p) && is_country(p)));
            let sibling = |p: &ResolvedPlace| related(p) && !is_country(p);
            put!(take, "sibling told {} {}", self.told.iter().any(|p| sibling(p)), place.precision);
            put!(take, "coarser here {}", self.is_near(o, 0, |p| related(p) && is_country(p)));
        }
    }

    /// Whether such a place is named at most so many sentences away from a telling.
    fn is_near(&self, o: &Occurrence, sentences: u32, such: impl Fn(&ResolvedPlace) -> bool) -> bool {
        self.reading.toponyms[self.candidates.near(o.sentence, sentences)]
            .iter()
            .any(|t| How::of(t) == How::Name && t.place.as_ref().is_some_and(&such))
    }

    /// The features of an act whose place the report does not tell.
    pub(crate) fn none(&self, take: &mut impl Take) {
        let lead = &self.tellings[0];
        let kind = lead.event_type;
        let told = !self.told.is_empty();
        put!(take, "none");
        put!(take, "none type {kind}");
        put!(take, "none type {kind} {}", lead.status);
        put!(take, "none type {kind} told {told}");
        put!(take, "none mode {}", lead.mode.map_or("-", dateline_core::Mode::as_str));
        put!(take, "none told {told}");
        put!(take, "none form {}", self.form);
        put!(take, "none quoted {}", self.quoted);
        put!(take, "none sentence {}", sentences_apart(0, lead.sentence));
        put!(take, "none tellings {}", self.tellings.len().min(4));
        let sided = |m: &[u32]| match m.first().map(|&m| self.reading.cast.member(m)) {
            None => "nobody",
            Some(m) if m.country.is_some() => "somewhere",
            Some(_) => "unknown",
        };
        put!(take, "none parties {} {}", sided(&lead.actors), sided(&lead.recipients));
        let named = self.candidates.of_act(self.tellings).into_iter().filter(|c| c.how == How::Name);
        let here = named.filter(|c| self.is_here(c)).take(3).count();
        put!(take, "none here {here}");
        put!(take, "none here {} type {kind}", here.min(1));
        put!(take, "none places {}", self.candidates.named.min(6));
        let sector = |m: &[u32]| m.first().map_or("-", |&m| self.reading.cast.member(m).sector.as_str());
        put!(take, "none actor {}", sector(&lead.actors));
        put!(take, "none recipient {}", sector(&lead.recipients));
        put!(take, "none actor {} type {kind}", sector(&lead.actors));
        let s = &self.reading.doc.syntax;
        put!(take, "none trigger {}", s.lemma(lead.trigger));
        put!(take, "none broadcast {}", clause::is_broadcast(s, lead.trigger));
        put!(take, "none dateline {}", self.reading.doc.dateline.is_some());
    }
}

/// Where a place is named nearest to a telling.
struct Nearest<'a> {
    mention: u32,
    telling: &'a Occurrence,
    token: u32,
}

fn quoted(reading: &Reading, span: Span) -> bool {
    reading.voices.is_quoted(span)
}

/// The country that most place names of the report lie in; of equals the first.
pub(super) fn most_named(reading: &Reading) -> Option<Country> {
    let mut counts: Vec<(Country, usize)> = Vec::new();
    for country in reading.toponyms.iter().filter_map(|t| t.place.as_ref()?.country) {
        match counts.iter_mut().find(|(c, _)| *c == country) {
            Some((_, n)) => *n += 1,
            None => counts.push((country, 1)),
        }
    }
    counts.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(c, _)| c)
}
