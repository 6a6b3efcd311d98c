//! The scorer: a small linear model that tells how likely an event is one a careful coder would write down, and how
//! likely its parties are all right. Trained on annotated reports (`train/events`); its weights are a table.

use crate::Coder;
use crate::frame::Pos;
use crate::occurrence::Occurrence;
use crate::proposer::Proposer;
use crate::table::FrameTable;
use dateline_core::cast::{Cast, MentionKind};
use dateline_core::ranker::{Put, logistic};
use dateline_core::span::any_contains;
use dateline_core::syntax::{Deprel, Upos};
use dateline_core::weights::Table;
use dateline_core::{Document, Span};
use rustc_hash::FxHashMap;
use std::fmt::Arguments;

const EMBEDDED: &str = include_str!("../../../models/scorer.tsv");

/// Most acts beside one that are looked at: bounds the cost of endless sentences and reports.
const MOST_NEIGHBOURS: usize = 64;

/// Weights by feature: for keeping the event, and for its parties being right.
#[derive(Debug, Default)]
pub struct Scorer {
    weights: Table<(f32, f32)>,
    threshold: f32,
}

/// What the scorer says of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Whether it is worth writing down.
    pub keep: bool,
    /// How likely type and parties are all right, 0 to 1.
    pub confidence: f32,
}

/// What is wrong with a line of the weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("models/scorer.tsv:{line}: needs feature and two numbers; make the table anew with train/events")]
pub struct WeightError {
    /// Line, from 1.
    pub line: usize,
}

impl Scorer {
    /// The weights that are part of the program.
    pub fn embedded() -> Result<Scorer, WeightError> {
        Scorer::parse(EMBEDDED)
    }

    /// Reads `feature TAB weight TAB weight` lines; the feature `threshold` holds the log odds from which an event is kept.
    pub fn parse(text: &str) -> Result<Scorer, WeightError> {
        let mut scorer =
            Scorer { weights: Table::with_rows(text.lines().count()), threshold: f32::NEG_INFINITY };
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut columns = line.split('\t');
            let mut next = || columns.next().ok_or(WeightError { line: number + 1 });
            let (feature, keep, right) = (next()?, next()?, next()?);
            let value = |t: &str| t.parse::<f32>().map_err(|_| WeightError { line: number + 1 });
            let pair = (value(keep)?, value(right)?);
            if feature == "threshold" {
                scorer.threshold = pair.0;
            } else {
                scorer.weights.insert(feature, pair);
            }
        }
        Ok(scorer)
    }

    /// Judges one act of a report.
    pub fn judge(&self, report: &Report<'_>, index: usize) -> Verdict {
        let (mut keep, mut right) = (0.0, 0.0);
        features(report, index, |feature| {
            if let Some((k, r)) = self.weights.get(feature) {
                keep += k;
                right += r;
            }
        });
        Verdict { keep: keep >= self.threshold, confidence: logistic(right) }
    }
}

/// A report whose acts are judged.
pub struct Report<'a> {
    doc: &'a Document,
    cast: &'a Cast,
    frames: &'a FrameTable,
    proposer: &'a Proposer,
    acts: &'a [Vec<Occurrence>],
    quotes: &'a [Span],
    /// Acts by the sentence of their clearest telling.
    by_sentence: FxHashMap<u32, Vec<usize>>,
}

impl<'a> Report<'a> {
    /// The report `doc` with everybody in it, all its acts, each with its tellings, the clearest first, and its quotations,
    /// in text order.
    pub fn new(
        coder: &'a Coder,
        doc: &'a Document,
        cast: &'a Cast,
        acts: &'a [Vec<Occurrence>],
        quotes: &'a [Span],
    ) -> Report<'a> {
        let mut by_sentence: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (k, tellings) in acts.iter().enumerate() {
            by_sentence.entry(tellings[0].sentence).or_default().push(k);
        }
        Report { doc, cast, frames: &coder.frames, proposer: &coder.proposer, acts, quotes, by_sentence }
    }
}

/// Calls `give` with every feature of the act at `index`.
pub fn features(report: &Report<'_>, index: usize, mut give: impl FnMut(&str)) {
    let &Report { doc, cast, frames, proposer, acts, quotes, ref by_sentence } = report;
    let tellings = &acts[index];
    let s = &doc.syntax;
    let Some(lead) = tellings.first() else { return };
    let frame = frames.frame(lead.frame);
    let mut out = Put::new(&mut give);
    let mut put = |feature: Arguments<'_>| out.feature(feature);
    let kind = lead.event_type;
    let pos = match frame.pos {
        Pos::Verb => 'v',
        Pos::Noun => 'n',
        Pos::Adjective => 'a',
    };
    put(format_args!("bias"));
    put(format_args!("type={kind}"));
    put(format_args!("rule={}", frame.name));
    if let Some(unmet) = lead.unmet {
        put(format_args!("unmet"));
        put(format_args!("unmet={unmet}"));
        put(format_args!("type+unmet={kind} {unmet}"));
        put(format_args!("rule+unmet={}", frame.name));
    }
    put(format_args!("pos={pos}"));
    put(format_args!("type+pos={kind} {pos}"));
    put(format_args!("status={}", lead.status));
    put(format_args!("type+status={kind} {}", lead.status));
    let side = |members: &[u32]| -> &'static str {
        let Some(&first) = members.first() else { return "none" };
        let m = cast.member(first);
        match (m.named, m.kind) {
            (true, dateline_core::codes::EntityKind::Person) => "person",
            (true, dateline_core::codes::EntityKind::Country) => "country",
            (true, dateline_core::codes::EntityKind::Place) => "place",
            (true, _) => "organization",
            (false, _) if m.plural => "group",
            (false, _) => "somebody",
        }
    };
    let (a, r) = (side(&lead.actors), side(&lead.recipients));
    put(format_args!("actor={a}"));
    put(format_args!("recipient={r}"));
    put(format_args!("parties={a} {r}"));
    put(format_args!("type+parties={kind} {a} {r}"));
    put(format_args!("pos+parties={pos} {a} {r}"));
    let sector = |members: &[u32]| members.first().map_or("-", |&m| cast.member(m).sector.as_str());
    put(format_args!("sectors={} {}", sector(&lead.actors), sector(&lead.recipients)));
    put(format_args!("type+actor-sector={kind} {}", sector(&lead.actors)));
    put(format_args!("type+recipient-sector={kind} {}", sector(&lead.recipients)));
    let here = cast.indices_in(&s.sentence_of(lead.trigger).range());
    let mut here = here.map(|k| &cast.mentions[k as usize]);
    let pronoun =
        lead.actors.first().is_some_and(|&m| here.any(|n| n.member == m && n.kind == MentionKind::Pronoun));
    put(format_args!("actor-pronoun={pronoun}"));
    put(format_args!("tellings={}", tellings.len().min(4)));
    let at = match lead.sentence {
        0 => "0",
        1 => "1",
        2..=4 => "2-4",
        5..=9 => "5-9",
        10..=19 => "10-19",
        _ => "20+",
    };
    put(format_args!("sentence={at}"));
    put(format_args!("long={}", s.sentences.len() > 25));
    put(format_args!("when={}", lead.when.is_some()));
    put(format_args!("place={}", lead.place.is_some()));
    put(format_args!("sources={}", lead.sources.len().min(2)));
    put(format_args!("history={}", lead.background));
    put(format_args!("mode={}", lead.mode.map_or("-", dateline_core::Mode::as_str)));
    put(format_args!("numbers={}", lead.magnitude.killed.is_some() || lead.magnitude.injured.is_some()));
    let t = s.token(lead.trigger);
    put(format_args!("deprel={}", t.deprel));
    put(format_args!("pos+deprel={pos} {}", t.deprel));
    put(format_args!("tag={}", t.xpos));
    put(format_args!(
        "plural+noun={}",
        pos == 'n' && t.lemma.of(&s.lemmas) != doc.form(lead.trigger).to_lowercase()
    ));
    let det = s.child(lead.trigger, Deprel::Det).map_or("-", |d| s.lemma(d));
    put(format_args!("det={pos} {det}"));
    if let Some(h) = s.head(lead.trigger) {
        put(format_args!("head-lemma={}", s.lemma(h)));
        put(format_args!("head-pos={pos} {}", s.token(h).upos));
    } else {
        put(format_args!("head-pos={pos} root"));
    }
    let modified = s.children(lead.trigger).iter().any(|&c| matches!(s.token(c).upos, Upos::Adj));
    put(format_args!("adjective={pos} {modified}"));
    let depth = s.ancestors(lead.trigger).take(8).count();
    put(format_args!("depth={}", depth.min(6)));
    let same = lead.actors.first().zip(lead.recipients.first()).is_some_and(|(&a, &r)| {
        cast.member(a).country.is_some() && cast.member(a).country == cast.member(r).country
    });
    put(format_args!("domestic={same}"));
    put(format_args!("actors={}", lead.actors.len().min(3)));
    put(format_args!("words={}", lead.others.len().min(2)));
    put(format_args!("implied={}", lead.implied));
    let lemma = s.lemma(lead.trigger);
    put(format_args!("lemma={lemma}"));
    put(format_args!("type+lemma={kind} {lemma}"));
    for &c in s.children(lead.trigger) {
        let t = s.token(c);
        if matches!(t.upos, Upos::Noun | Upos::Verb | Upos::Adj) {
            put(format_args!("child={kind} {} {}", t.deprel, s.lemma(c)));
            put(format_args!("child={} {}", t.deprel, s.lemma(c)));
        } else if matches!(t.upos, Upos::Propn | Upos::Pron | Upos::Num) {
            put(format_args!("child={pos} {} {}", t.deprel, t.upos));
        }
    }
    if let Some(h) = s.head(lead.trigger) {
        put(format_args!("under={} {}", t.deprel, s.lemma(h)));
        put(format_args!("type+under={kind} {}", s.lemma(h)));
    }
    let quoted = any_contains(quotes, t.span.start);
    put(format_args!("quoted={quoted}"));
    put(format_args!("type+quoted={kind} {quoted}"));
    put(format_args!("status+quoted={} {quoted}", lead.status));
    let opening = tellings.iter().map(|o| o.sentence).min().unwrap_or(0).min(3);
    put(format_args!("opening={opening}"));
    put(format_args!("type+opening={kind} {}", opening == 0));
    let here = by_sentence.get(&lead.sentence).map_or(&[][..], Vec::as_slice);
    let others =
        || here.iter().take(MOST_NEIGHBOURS).filter(|&&k| k != index).filter_map(|&k| acts[k].first());
    put(format_args!("crowd={}", others().count().min(4)));
    let nearby = index.saturating_sub(MOST_NEIGHBOURS)..acts.len().min(index + MOST_NEIGHBOURS);
    let kin = acts[nearby].iter().filter(|t| t[0].event_type == kind).count() - 1;
    put(format_args!("kin={}", kin.min(5)));
    put(format_args!("type+kin={kind} {}", kin.min(2)));
    for o in others() {
        let near = if s.is_within(lead.trigger, o.trigger) {
            "inside"
        } else if s.is_within(o.trigger, lead.trigger) {
            "around"
        } else {
            "beside"
        };
        put(format_args!("{near}={}", o.event_type));
        put(format_args!("type+{near}={kind} {}", o.event_type));
        let shared = o.actors == lead.actors && o.recipients == lead.recipients;
        put(format_args!("{near} shared={shared}"));
        let touching = o.trigger.abs_diff(lead.trigger) <= 2;
        put(format_args!("{near} touching={touching}"));
    }
    let salient = |members: &[u32]| members.first().map_or(9, |&m| cast.salience(m));
    put(format_args!("salience={} {}", salient(&lead.actors), salient(&lead.recipients)));
    let told = proposer.of_telling(doc, cast, frames, lead);
    let likely = told.of_act(kind, lead.status);
    let step = [0.01, 0.03, 0.07, 0.15, 0.3, 0.5, 0.7, 0.9].iter().filter(|&&x| likely >= x).count();
    for k in 1..=step {
        put(format_args!("told>={k}"));
    }
    put(format_args!("type+told={kind} {}", step / 2));
    let (best, sure) = told.best();
    put(format_args!("type+best={kind} {best}"));
    put(format_args!("best-sure={}", (sure * 5.0) as u32));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_sound() {
        let scorer = Scorer::embedded().unwrap();
        assert!(scorer.weights.get("bias").is_some());
        assert!(Scorer::parse("bias\tx\t1\n").is_err());
    }
}
