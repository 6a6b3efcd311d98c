//! What the trained parts see of a reading, for training them.

use crate::assemble::{self, Places, entity_id};
use crate::model::Model;
use crate::naming::Names;
use crate::reader::Reading;
use crate::settle::{self, Scene};
use dateline_actors::origin::Passage;
use dateline_core::{Country, Span};
use dateline_events::picker::{self, Side, Told};
use dateline_events::{Occurrence, merge, scorer};
use serde::Serialize;

/// Features by which a trained part judges one candidate.
pub(crate) type Features = Vec<String>;

/// What the trained parts see of one reading.
#[derive(Clone, Debug, Serialize)]
pub struct Training {
    /// Its acts.
    pub acts: Vec<ActTraining>,
    /// Its tellings: type, bytes of the trigger, bytes of the clause.
    pub tellings: Vec<(String, Span, Span)>,
    /// Members whose country the passage tells: identifier, and possible countries with features.
    pub origins: Vec<(String, Vec<(Country, Features)>)>,
    /// Pairs of tellings of one type, by index, and whether they look the same.
    pub pairs: Vec<(usize, usize, Features)>,
}

/// What the trained parts see of one act.
#[derive(Clone, Debug, Serialize)]
pub struct ActTraining {
    /// Identifier of the event.
    pub event: String,
    /// Features for the scorer.
    pub features: Features,
    /// For actor and recipient, who might fill the slot: identifier, whether the slot tells it, and features.
    pub slots: [Vec<(String, bool, Features)>; 2],
    /// Where it might have been: none, then identifiers of places, each with features.
    pub place: Vec<Choice>,
    /// When it might have been: none, then first and last days, each with features.
    pub time: Vec<Choice>,
    /// On whose word it might rest: name of the source and features.
    pub source: Vec<(String, Features)>,
}

/// Gathers what the trained parts see of a reading.
pub(crate) fn of(model: &Model, reading: &Reading) -> Training {
    let places = Places::new(reading);
    let names = Names::new(reading);
    let slots = assemble::tellings(model, reading).into_iter().map(|tellings| {
        let act = assemble::act(model, reading, &tellings);
        [Side::Actor, Side::Recipient].map(|side| {
            picker::candidates(act, side)
                .into_iter()
                .map(|c| {
                    let features = collect(|give| picker::features(act, side, &c, give));
                    (entity_id(c.mention.member), c.told == Told::Lead, features)
                })
                .collect()
        })
    });
    let acts = assemble::acts(model, reading);
    let scene = Scene::of(reading, &acts);
    let quotes = reading.voices.quoted();
    let report = scorer::Report::new(model.coder(), &reading.doc, &reading.cast, &acts, &quotes);
    let acts = acts
        .iter()
        .zip(slots)
        .enumerate()
        .map(|(k, (tellings, slots))| {
            let features = collect(|give| scorer::features(&report, k, give));
            let (place, time) = choices(reading, tellings, &scene, &places);
            let vouchers = settle::vouchers::candidates(reading, &names, tellings);
            let source = vouchers
                .iter()
                .map(|v| {
                    let name = v.name().to_owned();
                    (name, collect(|give| settle::vouchers::features(reading, tellings, v, &vouchers, give)))
                })
                .collect();
            let event = assemble::event_id(&reading.doc.meta.id, tellings, 0);
            ActTraining { event, features, slots, place, time, source }
        })
        .collect();
    let told = assemble::told(reading);
    let tellings = merge::Tellings::new(&reading.doc.syntax, &reading.cast, &told);
    let mut pairs = Vec::new();
    for (k, b) in told.iter().enumerate() {
        for j in (0..k).filter(|&j| told[j].event_type == b.event_type) {
            pairs.push((j, k, collect(|give| tellings.features(j, k, give))));
        }
    }
    let tellings = told.iter().map(|o| (o.event_type.to_string(), o.trigger_span, o.clause)).collect();
    Training { acts, tellings, origins: origins(reading), pairs }
}

/// One of the places or times of a report, or none, and what speaks for it to be that of an act.
pub(crate) type Choice = (Option<String>, Features);

/// Where and when an act might have been.
fn choices(
    reading: &Reading,
    tellings: &[Occurrence],
    scene: &Scene,
    places: &Places,
) -> (Vec<Choice>, Vec<Choice>) {
    let act = settle::rank::places::Act::new(reading, tellings, scene);
    let mut none = Vec::new();
    act.none(&mut none);
    let mut whereabouts = vec![(None, none)];
    for c in scene.places.of_act(tellings) {
        let mut features = Vec::new();
        act.features(c, &mut features);
        whereabouts.push((places.id(c.mentions[0]), features));
    }
    let act = settle::rank::times::Act::new(reading, tellings, scene);
    let mut none = Vec::new();
    act.none(&mut none);
    let mut times = vec![(None, none)];
    for c in scene.times.of_act(tellings) {
        let mut features = Vec::new();
        act.features(c, &mut features);
        times.push((Some(format!("{} {}", c.days.start, c.days.end)), features));
    }
    (whereabouts, times)
}

fn origins(reading: &Reading) -> Vec<(String, Vec<(Country, Features)>)> {
    let (doc, cast) = (&reading.doc, &reading.cast);
    let passage = Passage::new(doc, cast, reading.home);
    (0..cast.members.len() as u32)
        .filter(|&k| cast.member(k).placed)
        .map(|k| {
            let judged =
                passage.candidates().map(|c| (c, collect(|give| passage.features(doc, cast, k, c, give))));
            (entity_id(k), judged.collect())
        })
        .collect()
}

fn collect(features: impl FnOnce(&mut dyn FnMut(&str))) -> Features {
    let mut found = Vec::new();
    features(&mut |f| found.push(f.to_owned()));
    found
}
