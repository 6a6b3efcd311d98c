//! On whose word an event rests: of all who speak around its tellings those whom a trained ranker takes for its sources.
//!
//! A telling without a source does not make the reporter vouch for the event: reports name their source once and go on.

use super::sources::{self, Holder};
use crate::naming::Names;
use crate::reader::Reading;
use dateline_core::codes::Stance;
use dateline_core::grammar;
use dateline_core::ranker::{Put, Ranker};
use dateline_core::record::Source;
use dateline_core::syntax::{Deprel, Upos};
use dateline_events::Occurrence;

/// Sentences before and behind a telling in which somebody may speak of it.
const REACH: u32 = 2;

/// Tellings of an event that are looked at.
const TELLINGS: usize = 12;

/// Somebody on whose word an event may rest.
#[derive(Clone, Debug)]
pub(crate) struct Voucher {
    holder: Holder,
    /// The telling that the report or quotation holds or stands near to.
    telling: usize,
    /// Tellings that are held.
    held: usize,
    /// The clearest telling is held.
    lead: bool,
    /// Sentences from the telling to the words of saying, where none is held.
    apart: i64,
    /// Further in than somebody else around the same telling.
    inner: bool,
}

impl Voucher {
    /// What the source is called; empty for "reportedly".
    pub(crate) fn name(&self) -> &str {
        self.holder.name().unwrap_or("")
    }
}

/// Everybody who speaks around the tellings of an act, each once, outermost first.
pub(crate) fn candidates(reading: &Reading, names: &Names, tellings: &[Occurrence]) -> Vec<Voucher> {
    let mut found: Vec<Voucher> = Vec::new();
    for (k, o) in tellings.iter().take(TELLINGS).enumerate() {
        let around = sources::holders(reading, names, o);
        for (depth, holder) in around.iter().enumerate() {
            let inner = depth > 0 && around[0].name() != holder.name();
            add(&mut found, holder.clone(), k, true, 0, inner);
        }
    }
    for (k, o) in tellings.iter().take(TELLINGS).enumerate() {
        for (holder, apart) in beside(reading, names, o) {
            add(&mut found, holder, k, false, apart, false);
        }
    }
    // Whoever opens the report may speak for all that follows.
    for holder in opening(reading, names) {
        let apart = i64::from(tellings[0].sentence).max(i64::from(REACH) + 1);
        add(&mut found, holder, 0, false, -apart, false);
    }
    found.sort_by_key(|v| std::cmp::Reverse((v.held > 0, v.holder.size)));
    found
}

/// The sources of the first two sentences.
fn opening(reading: &Reading, names: &Names) -> Vec<Holder> {
    let s = &reading.doc.syntax;
    let reports = &reading.voices.reports;
    (0..reports.len())
        .take_while(|&k| s.token(reports[k].cue).sentence < 2)
        .filter(|&k| reports[k].vouches() && reports[k].source.is_some())
        .flat_map(|k| sources::of_report(reading, names, k, false))
        .collect()
}

fn add(found: &mut Vec<Voucher>, holder: Holder, telling: usize, held: bool, apart: i64, inner: bool) {
    let same = |v: &&mut Voucher| v.holder.name() == holder.name();
    match found.iter_mut().find(same) {
        Some(v) if held && v.telling == telling && v.held > 0 => {
            v.holder.size = v.holder.size.max(holder.size);
        }
        Some(v) => {
            let nearer = !held && v.held == 0 && apart.abs() < v.apart.abs();
            v.held += usize::from(held);
            if nearer {
                (v.holder, v.telling, v.apart) = (holder, telling, apart);
            }
        }
        None => found.push(Voucher {
            lead: held && telling == 0,
            held: usize::from(held),
            holder,
            telling,
            apart,
            inner,
        }),
    }
}

/// Who speaks in the sentences around a telling: of those, the reports that vouch for what they tell.
fn beside(reading: &Reading, names: &Names, o: &Occurrence) -> Vec<(Holder, i64)> {
    let s = &reading.doc.syntax;
    let reports = &reading.voices.reports;
    let sentence = |k: usize| s.token(reports[k].cue).sentence;
    let low = reports.partition_point(|r| s.token(r.cue).sentence + REACH < o.sentence);
    (low..reports.len())
        .take_while(|&k| sentence(k) <= o.sentence + REACH)
        .filter(|&k| reports[k].vouches() && reports[k].source.is_some() && reports[k].cue != o.trigger)
        .flat_map(|k| {
            let apart = i64::from(sentence(k)) - i64::from(o.sentence);
            sources::of_report(reading, names, k, false).into_iter().map(move |h| (h, apart))
        })
        .collect()
}

/// The sources of an event, outermost first; both sides where its tellings contradict each other.
pub(crate) fn of(ranker: &Ranker, reading: &Reading, names: &Names, tellings: &[Occurrence]) -> Vec<Source> {
    let all = candidates(reading, names, tellings);
    let looked = tellings.len().min(TELLINGS);
    let mut found: Vec<Source> = all
        .iter()
        .filter(|v| {
            // Somebody denies what another telling claims.
            let contradicts = v.holder.stance == Stance::Denies && (1..looked).contains(&v.held);
            let likely = || ranker.accepts(|give| features(reading, tellings, v, &all, give));
            v.holder.voice.is_some() && (contradicts || likely())
        })
        .map(|v| v.holder.source())
        .collect();
    // "Reportedly": nobody is named, but it is not the reporter who vouches.
    if found.is_empty() && tellings[0].sources.iter().all(|s| s.name.is_none()) {
        found.extend(tellings[0].sources.first().cloned());
    }
    found
}

/// Calls `give` with every feature of a candidate.
pub(crate) fn features(
    reading: &Reading,
    tellings: &[Occurrence],
    v: &Voucher,
    all: &[Voucher],
    give: &mut dyn FnMut(&str),
) {
    let s = &reading.doc.syntax;
    let mut put = Put::new(give);
    let (lead, o) = (&tellings[0], &tellings[v.telling]);
    let Some(voice) = &v.holder.voice else {
        put.feature(format_args!("nameless"));
        return;
    };
    let looked = tellings.len().min(TELLINGS);
    let share = match v.held {
        0 => "none",
        n if n == looked => "all",
        n if 2 * n >= looked => "most",
        _ => "some",
    };
    let verbal = sources::is_verbal(lead.event_type);
    let role = |members: &[u32]| voice.member.is_some_and(|m| members.contains(&m));
    // "several left-wing opposition MPs" announce what the "left-wing opposition MPs" will do.
    let alike = |&m: &u32| same_words(&reading.cast.member(m).name, &voice.name);
    let acts = role(&lead.actors) || lead.actors.iter().any(alike);
    let suffers = role(&lead.recipients);
    let held = if v.lead { "lead" } else { share };
    put.feature(format_args!("bias"));
    put.feature(format_args!("held {held}"));
    put.feature(format_args!("held {held} share {share} {}", looked.min(3)));
    put.feature(format_args!("held {held} acts {acts} verbal {verbal}"));
    put.feature(format_args!("held {held} suffers {suffers}"));
    put.feature(format_args!("held {held} status {}", lead.status));
    let kind = lead.event_type;
    put.feature(format_args!("type {kind} held {held}"));
    put.feature(format_args!("type {kind} held {held} acts {acts}"));
    put.feature(format_args!("stance {} acts {acts} verbal {verbal}", v.holder.stance));
    put.feature(format_args!("kind {} {held}", v.holder.kind));
    put.feature(format_args!("stance {}", v.holder.stance));
    put.feature(format_args!("inner {} {held}", v.inner));
    let holding = all.iter().filter(|x| x.held > 0).count();
    match voice.member.map(|m| reading.cast.member(m)) {
        Some(m) => {
            put.feature(format_args!("is {} {}", m.kind, m.named));
            put.feature(format_args!("sector {} {held}", m.sector));
            put.feature(format_args!("sector {} verbal {verbal}", m.sector));
            let side = |members: &[u32]| {
                members.iter().any(|&x| m.country.is_some() && reading.cast.member(x).country == m.country)
            };
            put.feature(format_args!("side {} {} {verbal}", side(&lead.actors), side(&lead.recipients)));
            let unknown = lead.actors.is_empty();
            put.feature(format_args!("side {} {unknown} {verbal} {held}", side(&lead.actors)));
        }
        None => put.feature(format_args!("is unknown")),
    }
    if v.held == 0 {
        let apart = v.apart.clamp(-9, 9);
        put.feature(format_args!("apart {apart}"));
        put.feature(format_args!("apart {apart} holding {}", holding.min(1)));
        let nearest = all.iter().filter(|x| x.held == 0).all(|x| x.apart.abs() >= v.apart.abs());
        put.feature(format_args!("nearest {nearest} holding {}", holding.min(1)));
    } else {
        let noun = s.token(o.trigger).upos == Upos::Noun;
        let aside = is_aside(reading, v, o);
        put.feature(format_args!("aside {aside} {held}"));
        put.feature(format_args!("noun {noun} {held}"));
        put.feature(format_args!("deep {} {held}", depth(reading, v, o)));
    }
    if let Some(report) = v.holder.report.map(|k| &reading.voices.reports[k]) {
        put.feature(format_args!("shape {} {held}", report.shape.as_str()));
    } else {
        put.feature(format_args!("shape quotation {held}"));
    }
    put.feature(format_args!("early {} {held}", lead.sentence < 2));
    let opens = v.holder.report.is_some_and(|k| s.token(reading.voices.reports[k].cue).sentence < 2);
    put.feature(format_args!("opens {opens} {held} holding {}", holding.min(1)));
}

/// Whether a telling stands by the way in what is reported: in a relative clause or a phrase rather than in the main clause.
fn is_aside(reading: &Reading, v: &Voucher, o: &Occurrence) -> bool {
    let s = &reading.doc.syntax;
    let up = |t: &u32| s.head(*t).filter(|&h| is_inside(reading, v, h));
    std::iter::successors(Some(o.trigger), up)
        .filter(|&t| up(&t).is_some())
        .any(|t| matches!(s.token(t).deprel, Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl))
}

/// Whether a token stands in what the holder reports.
fn is_inside(reading: &Reading, v: &Voucher, token: u32) -> bool {
    match v.holder.report {
        Some(k) => reading.voices.reports[k].holds(reading.doc.syntax.token(token).span.start),
        None => true,
    }
}

/// Clauses between the head of what is reported and a telling, up to three.
fn depth(reading: &Reading, v: &Voucher, o: &Occurrence) -> usize {
    let s = &reading.doc.syntax;
    let up = |t: &u32| s.head(*t).filter(|&h| is_inside(reading, v, h));
    std::iter::successors(up(&o.trigger), up).filter(|&t| grammar::is_verbal(s, t)).take(3).count()
}

/// Whether one of two names holds the other.
fn same_words(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    a.len() > 2 && b.len() > 2 && (a.contains(&b) || b.contains(&a))
}
