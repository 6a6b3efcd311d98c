//! One event, as all reports of it tell it together.

use crate::link::{Document, identifier};
use crate::report::{Act, Numbers, Party, Report, Where};
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

/// Merges tellings: numbers of reports and of their acts.
pub(crate) fn merge(
    reports: &[Report],
    documents: &[Document],
    groups: &[u32],
    mut tellings: Vec<(u32, u32)>,
) -> Cluster {
    tellings.sort_unstable();
    let of = |&(r, k): &(u32, u32)| (&reports[r as usize], &reports[r as usize].acts[k as usize]);
    let lead = *tellings
        .iter()
        .max_by(|a, b| worth(of(a)).total_cmp(&worth(of(b))).then(b.cmp(a)))
        .unwrap_or(&(0, 0));
    let (lead_report, lead_act) = of(&lead);
    let (first, first_act) = of(&tellings[0]);
    let docs: BTreeSet<u32> = tellings.iter().map(|t| t.0).collect();
    let sources: BTreeSet<String> = docs
        .iter()
        .map(|&d| groups[d as usize])
        .map(|g| reports[g as usize].publisher.clone().unwrap_or_else(|| format!("\u{0}{g}")))
        .collect();
    let parties = |pick: &dyn Fn(&Act) -> &Vec<u16>| -> Vec<Party> {
        let own: Vec<Party> = lead_report.names(pick(lead_act)).cloned().collect();
        if !own.is_empty() {
            return own;
        }
        let other = tellings.iter().map(of).find(|(_, a)| !pick(a).is_empty());
        other.map(|(r, a)| r.names(pick(a)).cloned().collect()).unwrap_or_default()
    };
    let (claims, disputed) = claims(reports, &tellings);
    let status = status(&tellings.iter().map(|t| of(t).1).collect::<Vec<_>>(), disputed);
    Cluster {
        id: identifier('c', &[&first.id, &first_act.id]),
        story: documents[tellings[0].0 as usize].story.clone(),
        event_type: lead_act.event_type,
        mode: vote(tellings.iter().map(of).filter(|(_, a)| a.event_type == lead_act.event_type), |a| {
            a.mode.clone()
        }),
        status,
        disputed,
        actors: parties(&|a| &a.actors),
        recipients: parties(&|a| &a.recipients),
        place: place(tellings.iter().map(|t| of(t).1)),
        when: when(tellings.iter().map(|t| of(t).1)),
        magnitude: numbers(tellings.iter().rev().map(|t| of(t).1)),
        details: details(reports, &tellings),
        claims,
        background: tellings.iter().all(|t| of(t).1.background),
        plover: lead_act.plover,
        quad: lead_act.quad,
        score: lead_act.score,
        confidence: tellings.iter().map(|t| of(t).1.confidence).fold(0.0, f32::max),
        text: lead_act.text.clone(),
        text_doc: lead_report.id.clone(),
        members: tellings
            .iter()
            .map(of)
            .map(|(r, a)| Member { doc_id: r.id.clone(), event_id: a.id.clone() })
            .collect(),
        documents: docs.len(),
        sources: sources.len(),
        first_reported: first.day,
        last_reported: tellings.last().and_then(|t| of(t).0.day),
        lead,
        tellings,
    }
}

/// How well a telling can stand for the event.
fn worth((report, act): (&Report, &Act)) -> f32 {
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
        - flag(act.text.starts_with(['“', '"', '‘']), 0.15)
        - flag(act.text.len() > 220, 0.1)
        - flag(caption, 0.6)
        // A headline says it short; the first sentence says it well.
        - flag(act.sentence == 0 && !act.text.ends_with('.'), 0.15)
}

/// How captions of pictures begin.
const CAPTIONS: [&str; 9] = ["Photo", "Image", "Reuters ", "REUTERS", "AP:", "AP ", "AFP", "Getty", "KCNA "];

/// The commonest value, the earliest of several.
fn vote<'a, T: PartialEq>(
    tellings: impl Iterator<Item = (&'a Report, &'a Act)>,
    value: impl Fn(&Act) -> Option<T>,
) -> Option<T> {
    let mut counts: Vec<(T, f32)> = Vec::new();
    for (_, act) in tellings {
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
fn details(reports: &[Report], tellings: &[(u32, u32)]) -> Vec<Detail> {
    let mut values = Values::new();
    for &(r, k) in tellings {
        let report = &reports[r as usize];
        let act = &report.acts[k as usize];
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
fn claims(reports: &[Report], tellings: &[(u32, u32)]) -> (Vec<Claim>, bool) {
    let mut claims: Vec<Claim> = Vec::new();
    let (mut stands, mut falls) = (false, false);
    for &(r, k) in tellings {
        let report = &reports[r as usize];
        let act = &report.acts[k as usize];
        let denied = act.status == Status::Denied;
        falls |= denied;
        stands |= matches!(act.status, Status::Happened | Status::Ongoing);
        let Some(voice) = act.voices.first() else { continue };
        let stance = if denied { Stance::Denies } else { voice.stance };
        falls |= stance == Stance::Denies;
        match claims.iter_mut().find(|c| c.who == voice.name && c.stance == stance) {
            Some(claim) => {
                if claim.doc_ids.last() != Some(&report.id) {
                    claim.doc_ids.push(report.id.clone());
                }
            }
            None => claims.push(Claim {
                first: report.day,
                who: voice.name.clone(),
                stance,
                doc_ids: vec![report.id.clone()],
            }),
        }
    }
    (claims, stands && falls)
}
