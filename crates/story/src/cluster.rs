//! One event, as all reports of it tell it together.

use crate::excerpt;
use crate::gist::Digest;
use crate::link::identifier;
use crate::report::{Act, Numbers, Party, Report, Where};
use crate::shelf::{Held, Shelf};
use crate::ties::Ties;
use dateline_core::codes::{EventType, Stance, Status};
use dateline_core::{Interval, Precision};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One event, as all reports of it tell it together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cluster {
    /// Identifier: made from its first report's event.
    pub id: String,
    /// Story of that report.
    pub story: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: EventType,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Whether it took place, as the later reports have it.
    pub status: Status,
    /// Whether some say that it took place and others deny it.
    pub disputed: bool,
    /// Who does it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Where.
    pub place: Option<Where>,
    /// When.
    pub when: Option<Interval>,
    /// Numbers, as the latest report has them.
    pub magnitude: Numbers,
    /// What reports tell differently: each value with who has it.
    pub details: Vec<Detail>,
    /// On whose word, each with what they do with it.
    pub claims: Vec<Claim>,
    /// Told as history or setting in all reports.
    pub background: bool,
    /// Type by the PLOVER manual.
    pub plover: Option<EventType>,
    /// Quad class.
    pub quad: u8,
    /// Score.
    pub score: f32,
    /// How sure the best reading is.
    pub confidence: f32,
    /// The sentence that tells it best, and the report it stands in.
    pub text: String,
    /// That report.
    pub text_doc: String,
    /// All tellings.
    pub members: Vec<Member>,
    /// Number of reports.
    pub documents: usize,
    /// Number of independent sources: copies count once, and so does a publisher.
    pub sources: usize,
    /// Day of the first report.
    pub first_reported: Option<Date>,
    /// Day of the last report.
    pub last_reported: Option<Date>,
    /// Report and number of the act that stands for the cluster.
    #[serde(skip)]
    pub lead: (u32, u32),
    /// The tellings as numbers of reports and acts.
    #[serde(skip)]
    pub tellings: Vec<(u32, u32)>,
}

/// One telling.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Member {
    /// Report.
    pub doc_id: String,
    /// Its event.
    pub event_id: String,
}

/// A value that not all reports share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// `killed`, `injured`, `arrested`, `size`, `place`, `day` or `actor`.
    pub what: &'static str,
    /// The value.
    pub value: String,
    /// On whose word, by name.
    pub voices: Vec<String>,
    /// Reports that have it.
    pub doc_ids: Vec<String>,
}

/// What somebody does with the event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Claim {
    /// First day it was reported.
    pub first: Option<Date>,
    /// Name, null for "reportedly".
    pub who: Option<String>,
    /// What the source does with it; `denies` also where the reading is that it did not take place.
    pub stance: Stance,
    /// Reports that have it.
    pub doc_ids: Vec<String>,
}

impl Claim {
    /// Adds what somebody does with an event in a report.
    pub(crate) fn note(claims: &mut Vec<Claim>, who: Option<String>, stance: Stance, report: &Report) {
        match claims.iter_mut().find(|c| c.who == who && c.stance == stance) {
            Some(claim) if claim.doc_ids.contains(&report.id) => {}
            Some(claim) => claim.doc_ids.push(report.id.clone()),
            None => claims.push(Claim { first: report.day, who, stance, doc_ids: vec![report.id.clone()] }),
        }
    }
}

impl Cluster {
    /// The day it is listed under: its own, else that of its first report.
    pub fn day(&self) -> Option<Date> {
        self.when.map(|w| w.start).or(self.first_reported)
    }

    /// Whether any reporter asserts it, or somebody other than the one who claims.
    pub fn asserted(&self) -> bool {
        self.claims.is_empty() || self.claims.iter().any(|c| c.stance == Stance::Confirms)
    }
}

/// Merges tellings, numbers of reports and of their acts, in the order of the reports.
pub(crate) fn merge(
    shelf: &Shelf,
    digests: &[Digest],
    ties: &Ties,
    story: impl Fn(u32) -> String,
    tellings: &[(u32, u32)],
) -> Cluster {
    let mut held: Vec<(u32, Held<'_>)> = Vec::new();
    for &(r, _) in tellings {
        if held.last().is_none_or(|h| h.0 != r) {
            held.push((r, shelf.report(r)));
        }
    }
    let told: Vec<Telling<'_>> = tellings
        .iter()
        .filter_map(|&(r, k)| {
            let report = &*held[held.binary_search_by_key(&r, |h| h.0).ok()?].1;
            let superseded = ties.standing[r as usize].superseded_by.is_some();
            Some(Telling { at: (r, k), report, act: report.acts.get(k as usize)?, superseded })
        })
        .collect();
    let nothing = (Report::default(), Act::default());
    let empty = Telling { at: tellings[0], report: &nothing.0, act: &nothing.1, superseded: false };
    let first = told.first().unwrap_or(&empty);
    let when = when(told.iter().map(|t| t.act));
    // Who tells of another day may speak of something else.
    let other_day = |t: &Telling<'_>| match (t.act.when, when) {
        (Some(own), Some(all)) if !own.overlaps(&all) => 0.4,
        _ => 0.0,
    };
    let value = |t: &Telling<'_>| worth(t) - other_day(t);
    let lead =
        told.iter().max_by(|a, b| value(a).total_cmp(&value(b)).then(b.at.cmp(&a.at))).unwrap_or(&empty);
    let sources: BTreeSet<(Option<&str>, u32)> = held
        .iter()
        .map(|h| ties.copies[h.0 as usize])
        .map(|g| digests[g as usize].publisher.as_deref().map_or((None, g), |p| (Some(p), 0)))
        .collect();
    let parties = |pick: &dyn Fn(&Act) -> &Vec<u16>| -> Vec<Party> {
        let of = |t: &Telling<'_>| -> Vec<Party> { t.report.names(pick(t.act)).cloned().collect() };
        let own = of(lead);
        if own.is_empty() { told.iter().map(of).find(|p| !p.is_empty()).unwrap_or_default() } else { own }
    };
    let (claims, disputed) = claims(&told);
    let acts = || told.iter().map(|t| t.act);
    Cluster {
        id: identifier('c', &[&first.report.id, &first.act.id]),
        story: story(first.at.0),
        event_type: lead.act.event_type,
        mode: vote(acts().filter(|a| a.event_type == lead.act.event_type), |a| a.mode.clone()),
        status: status(&acts().collect::<Vec<_>>(), disputed),
        disputed,
        actors: parties(&|a| &a.actors),
        recipients: parties(&|a| &a.recipients),
        place: place(acts()),
        when,
        magnitude: numbers(acts().rev()),
        details: details(&told),
        claims,
        background: acts().all(|a| a.background),
        plover: lead.act.plover,
        quad: lead.act.quad,
        score: lead.act.score,
        confidence: acts().map(|a| a.confidence).fold(0.0, f32::max),
        text: lead.act.text.clone(),
        text_doc: lead.report.id.clone(),
        members: told
            .iter()
            .map(|t| Member { doc_id: t.report.id.clone(), event_id: t.act.id.clone() })
            .collect(),
        documents: held.len(),
        sources: sources.len(),
        first_reported: first.report.day,
        last_reported: told.last().and_then(|t| t.report.day),
        lead: lead.at,
        tellings: tellings.to_vec(),
    }
}

/// One telling of an event.
struct Telling<'a> {
    at: (u32, u32),
    report: &'a Report,
    act: &'a Act,
    /// Whether a later version of the report is at hand.
    superseded: bool,
}

/// How well a telling can stand for the event.
fn worth(&Telling { report, act, superseded, .. }: &Telling<'_>) -> f32 {
    let flag = |yes: bool, worth: f32| if yes { worth } else { 0.0 };
    let caption = CAPTIONS.iter().any(|c| act.text.starts_with(c));
    let named = report.names(&act.actors).chain(report.names(&act.recipients));
    act.confidence
        + flag(!act.actors.is_empty(), 0.2)
        + flag(!act.recipients.is_empty(), 0.1)
        + flag(named.filter(|p| p.country.is_some()).count() > 1, 0.05)
        + flag(act.when.is_some(), 0.1)
        + flag(act.place.is_some(), 0.05)
        + flag(act.sentence < 3, 0.1)
        - flag(act.background, 0.5)
        - flag(act.text.contains('…'), 0.15)
        - flag(act.text.starts_with(|c: char| c.is_lowercase()), 0.1)
        - flag(!excerpt::stands_alone(&act.text), 0.2)
        - flag(superseded, 0.3)
        - flag(act.text.len() > 220, 0.1)
        - flag(caption, 0.6)
        // A headline says it short; the first sentence says it well.
        - flag(act.sentence == 0 && !act.text.ends_with('.'), 0.15)
}

/// How captions of pictures begin.
const CAPTIONS: [&str; 9] = ["Photo", "Image", "Reuters ", "REUTERS", "AP:", "AP ", "AFP", "Getty", "KCNA "];

/// The commonest value, the earliest of several.
fn vote<'a, T: PartialEq>(
    acts: impl Iterator<Item = &'a Act>,
    value: impl Fn(&Act) -> Option<T>,
) -> Option<T> {
    let mut counts: Vec<(T, f32)> = Vec::new();
    for act in acts {
        let Some(v) = value(act) else { continue };
        match counts.iter_mut().find(|(w, _)| *w == v) {
            Some((_, n)) => *n += act.confidence,
            None => counts.push((v, act.confidence)),
        }
    }
    let mut best: Option<(T, f32)> = None;
    for (v, n) in counts {
        if best.as_ref().is_none_or(|(_, m)| n > *m) {
            best = Some((v, n));
        }
    }
    best.map(|(v, _)| v)
}

fn status(acts: &[&Act], disputed: bool) -> Status {
    let has = |s: Status| acts.iter().any(|a| a.status == s);
    match acts.first().map(|a| a.status) {
        Some(Status::Happened | Status::Ongoing | Status::Denied) => {
            if has(Status::Happened) {
                Status::Happened
            } else if has(Status::Ongoing) {
                Status::Ongoing
            } else if disputed {
                Status::Happened
            } else {
                Status::Denied
            }
        }
        Some(other) => other,
        None => Status::Happened,
    }
}

fn exactness(precision: Precision) -> u8 {
    match precision {
        Precision::Hour | Precision::Day => 4,
        Precision::Week => 3,
        Precision::Month | Precision::Range => 2,
        _ => 1,
    }
}

/// The most exact time, and of those the commonest.
fn when<'a>(acts: impl Iterator<Item = &'a Act>) -> Option<Interval> {
    let mut counts: BTreeMap<(Date, Date), (u8, f32, Interval)> = BTreeMap::new();
    for act in acts {
        if let Some(w) = act.when {
            let entry = counts.entry((w.start, w.end)).or_insert((exactness(w.precision), 0.0, w));
            entry.1 += act.confidence + 0.01;
        }
    }
    let best = counts
        .into_values()
        .max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.start.cmp(&a.2.start)));
    best.map(|(_, _, w)| w)
}

/// The most exact place, and of those the commonest.
fn place<'a>(acts: impl Iterator<Item = &'a Act>) -> Option<Where> {
    let rank = |p: &Where| match p.precision.as_str() {
        "point" | "city" => 4,
        "district" => 3,
        "province" => 2,
        "country" => 1,
        _ => 0,
    };
    let mut counts: BTreeMap<&str, (u8, f32, &Where)> = BTreeMap::new();
    let acts: Vec<&Act> = acts.collect();
    for act in &acts {
        if let Some(p) = &act.place {
            counts.entry(&p.name).or_insert((rank(p), 0.0, p)).1 += act.confidence + 0.01;
        }
    }
    counts.into_values().max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))).map(|(_, _, p)| p.clone())
}

/// The first number of each kind; acts come latest first.
fn numbers<'a>(acts: impl Iterator<Item = &'a Act>) -> Numbers {
    let mut all = Numbers::default();
    for act in acts {
        let m = act.magnitude;
        all.killed = all.killed.or(m.killed);
        all.injured = all.injured.or(m.injured);
        all.arrested = all.arrested.or(m.arrested);
        all.size = all.size.or(m.size);
    }
    all
}

fn names_of_voices(act: &Act) -> impl Iterator<Item = String> {
    act.voices.iter().filter_map(|v| v.name.clone())
}

/// For every value of a detail, the voices that tell it and the reports.
type Values = BTreeMap<(&'static str, String), (BTreeSet<String>, BTreeSet<String>)>;

/// What reports tell differently.
fn details(told: &[Telling<'_>]) -> Vec<Detail> {
    let mut values = Values::new();
    // What a later version of a report has set right is no other word.
    for &Telling { report, act, .. } in told.iter().filter(|t| !t.superseded) {
        let mut note = |what: &'static str, value: String| {
            let entry = values.entry((what, value)).or_default();
            entry.0.extend(names_of_voices(act));
            entry.1.insert(report.id.clone());
        };
        for (what, n) in act.magnitude.each() {
            if let Some(n) = n {
                note(what, n.to_string());
            }
        }
        if let Some(w) = act.when.filter(|w| exactness(w.precision) == 4 && w.start == w.end) {
            note("day", w.start.to_string());
        }
        if let Some(p) =
            act.place.as_ref().filter(|p| matches!(p.precision.as_str(), "city" | "point" | "district"))
        {
            note("place", p.name.clone());
        }
    }
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    values.keys().for_each(|(what, _)| *kinds.entry(what).or_default() += 1);
    values
        .into_iter()
        .filter(|((what, _), _)| kinds[what] > 1)
        .map(|((what, value), (voices, docs))| Detail {
            what,
            value,
            voices: voices.into_iter().collect(),
            doc_ids: docs.into_iter().collect(),
        })
        .collect()
}

/// Who says what of it, and whether it is disputed.
fn claims(told: &[Telling<'_>]) -> (Vec<Claim>, bool) {
    let mut claims: Vec<Claim> = Vec::new();
    let (mut stands, mut falls) = (false, false);
    for &Telling { report, act, .. } in told {
        let denied = act.status == Status::Denied;
        falls |= denied;
        let asserts = act.voices.first().is_none_or(|v| v.stance != Stance::Denies);
        stands |= asserts && matches!(act.status, Status::Happened | Status::Ongoing);
        let Some(voice) = act.voices.first() else { continue };
        let stance = if denied { Stance::Denies } else { voice.stance };
        falls |= stance == Stance::Denies;
        Claim::note(&mut claims, voice.name.clone(), stance, report);
    }
    (claims, stands && falls)
}
