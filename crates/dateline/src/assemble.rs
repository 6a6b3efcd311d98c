//! The record of a reading: tellings merged into events, members and places numbered.

use crate::model::Model;
use crate::reader::Reading;
use crate::settle::{self, Scene};
use crate::statements;
use dateline_core::cast::Cast;
use dateline_core::record::{
    About, Entity, Event, EventMention, Magnitude, Place, Record, RecordDateline, RecordRemoved,
    SCHEMA_VERSION, Source,
};
use dateline_core::{Span, Status};
use dateline_events::implied::{self, Side};
use dateline_events::{Occurrence, merge, plover};

/// Puts the record together.
pub(crate) fn record(model: &Model, mut reading: Reading) -> Record {
    settle::move_deixis(&mut reading, |reading| Scene::of(reading, &acts(model, reading)));
    let places = Places::new(&reading);
    let entities = entities(&reading.cast);
    let events = events(model, &reading, &places);
    let statements = statements::all(&reading, &places);
    let dateline = reading.doc.dateline.map(|d| RecordDateline { place: places.at(d.place), date: d.date });
    let doc = reading.doc;
    Record {
        schema_version: SCHEMA_VERSION.into(),
        id: doc.meta.id,
        path: doc.meta.path,
        url: doc.meta.url,
        publisher: doc.meta.publisher,
        title: doc.meta.title,
        published: doc.meta.published,
        language: "en".into(),
        dateline,
        sentences: doc.syntax.sentences.iter().map(|s| s.span).collect(),
        entities,
        places: places.list,
        events,
        statements,
        removed: doc
            .removed
            .iter()
            .map(|r| RecordRemoved { span: r.span, reason: r.reason.into() })
            .collect(),
        warnings: doc.warnings,
        text: doc.text,
    }
}

pub(crate) fn entity_id(member: u32) -> String {
    format!("e{}", member + 1)
}

fn entities(cast: &Cast) -> Vec<Entity> {
    let mut entities: Vec<Entity> = cast
        .members
        .iter()
        .enumerate()
        .map(|(k, m)| Entity {
            id: entity_id(k as u32),
            name: m.name.clone(),
            kind: m.kind,
            title: m.title.clone(),
            country: m.country,
            sector: m.sector,
            code: format!("{}{}", m.country.map_or(String::new(), |c| c.to_string()), m.sector),
            wikidata: m.wikidata.clone(),
            mentions: Vec::new(),
        })
        .collect();
    for m in &cast.mentions {
        entities[m.member as usize].mentions.push(m.span);
    }
    entities
}

/// The places of a report, each once.
pub(crate) struct Places {
    list: Vec<Place>,
    /// For every toponym the index of its place.
    of_toponym: Vec<Option<usize>>,
    spans: Vec<Span>,
}

impl Places {
    fn new(reading: &Reading) -> Places {
        let mut list: Vec<Place> = Vec::new();
        let mut of_toponym = Vec::new();
        for t in &reading.toponyms {
            let Some(p) = &t.place else {
                of_toponym.push(None);
                continue;
            };
            let known = list.iter().position(|q| match (q.geonames, p.geonames) {
                (Some(a), Some(b)) => a == b,
                _ => q.name == p.name && q.country == p.country,
            });
            let index = known.unwrap_or_else(|| {
                list.push(Place {
                    id: format!("p{}", list.len() + 1),
                    name: p.name.clone(),
                    country: p.country,
                    admin1: p.admin1.clone(),
                    lat: Some(p.lat),
                    lon: Some(p.lon),
                    geonames: p.geonames,
                    precision: p.precision.as_str().into(),
                    mentions: Vec::new(),
                });
                list.len() - 1
            });
            list[index].mentions.push(t.span);
            of_toponym.push(Some(index));
        }
        Places { list, of_toponym, spans: reading.toponyms.iter().map(|t| t.span).collect() }
    }

    pub(crate) fn id(&self, toponym: u32) -> Option<String> {
        self.of_toponym.get(toponym as usize).copied().flatten().map(|k| self.list[k].id.clone())
    }

    /// The place named within `span`.
    fn at(&self, span: Span) -> Option<String> {
        let k = self.spans.iter().position(|s| s.overlaps(span))?;
        self.id(k as u32)
    }
}

fn events(model: &Model, reading: &Reading, places: &Places) -> Vec<Event> {
    let mut ids = std::collections::HashSet::new();
    let coder = model.coder();
    let acts = acts(model, reading);
    let scene = Scene::of(reading, &acts);
    acts.into_iter()
        .filter_map(|tellings| {
            let verdict = coder.scorer.judge(&reading.doc, &reading.cast, &coder.frames, &tellings);
            if !verdict.keep {
                return None;
            }
            let mut event = event(model, reading, places, &scene, &tellings);
            let mut ordinal = 0u32;
            while !ids.insert(event.id.clone()) {
                ordinal += 1;
                event.id = event_id(&reading.doc.meta.id, &tellings, ordinal);
            }
            event.confidence = verdict.confidence;
            Some(event)
        })
        .collect()
}

/// The acts of a reading: for each its tellings, clearest first, whose first one holds the parties of all of them and,
/// where no telling names one, whom the passage tells.
fn acts(model: &Model, reading: &Reading) -> Vec<Vec<Occurrence>> {
    let mut acts = tellings(reading);
    for tellings in &mut acts {
        let lead = &mut tellings[0];
        for side in [Side::Actor, Side::Recipient] {
            let empty = if side == Side::Actor { lead.actors.is_empty() } else { lead.recipients.is_empty() };
            let complete =
                side == Side::Recipient && lead.actors.len() > 1 && merge::is_reciprocal(lead.event_type);
            if !empty || complete {
                continue;
            }
            if let Some(member) =
                implied::fill(&model.coder().implied, &reading.doc, &reading.cast, lead, side)
            {
                let slot = if side == Side::Actor { &mut lead.actors } else { &mut lead.recipients };
                slot.push(member);
                lead.implied = true;
            }
        }
    }
    acts
}

/// Tellings grouped into acts, clearest first, the first one holding the parties that any of them names.
fn tellings(reading: &Reading) -> Vec<Vec<Occurrence>> {
    let all: Vec<Occurrence> =
        reading.occurrences.iter().filter(|o| o.content_of.is_none()).cloned().collect();
    merge::groups(&reading.doc.syntax, &reading.cast, &all)
        .into_iter()
        .map(|group| {
            let mut tellings: Vec<Occurrence> = group.iter().map(|&k| all[k].clone()).collect();
            tellings.sort_by_key(|o| std::cmp::Reverse(clarity(o)));
            let actors =
                tellings.iter().map(|o| &o.actors).find(|a| !a.is_empty()).cloned().unwrap_or_default();
            let recipients = tellings
                .iter()
                .map(|o| &o.recipients)
                .find(|r| !r.is_empty())
                .map(|r| r.iter().copied().filter(|x| !actors.contains(x)).collect())
                .unwrap_or_default();
            (tellings[0].actors, tellings[0].recipients) = (actors, recipients);
            tellings
        })
        .collect()
}

/// How much a telling says: both parties before one, with a time before without.
fn clarity(o: &Occurrence) -> usize {
    2 * usize::from(!o.actors.is_empty())
        + 2 * usize::from(!o.recipients.is_empty())
        + usize::from(o.when.is_some())
}

/// One event of all its tellings; the clearest one comes first and leads.
fn event(model: &Model, reading: &Reading, places: &Places, scene: &Scene, order: &[Occurrence]) -> Event {
    let lead = &order[0];
    let status = status(reading, order);
    let mode = order.iter().find_map(|o| o.mode);
    let plover_type = plover::fold(lead.event_type, status);
    let (cameo, quad, score) = plover::codes(lead.event_type, mode, plover_type);
    let magnitude = order.iter().fold(Magnitude::default(), |m, o| Magnitude {
        killed: m.killed.or(o.magnitude.killed),
        injured: m.injured.or(o.magnitude.injured),
        arrested: m.arrested.or(o.magnitude.arrested),
        size: m.size.or(o.magnitude.size),
    });
    let sources = vouchers(order);
    Event {
        id: event_id(&reading.doc.meta.id, order, 0),
        event_type: lead.event_type,
        mode,
        contexts: model.coder().contexts.of_sentence(&reading.doc, lead.sentence),
        status,
        actors: lead.actors.iter().map(|&m| entity_id(m)).collect(),
        recipients: lead.recipients.iter().map(|&m| entity_id(m)).collect(),
        place: settle::place(model, reading, order, scene).and_then(|p| places.id(p)),
        when: settle::time(model, reading, order, scene),
        sources,
        magnitude,
        about: about(reading, order),
        background: order.iter().all(|o| o.background),
        plover: plover_type,
        cameo: plover_type.map(|_| cameo.into()),
        quad,
        score,
        confidence: 0.0,
        mentions: order
            .iter()
            .map(|o| EventMention {
                sentence: o.sentence,
                clause: o.clause,
                trigger: o.trigger_span,
                rule: rule(model, o),
            })
            .collect(),
    }
}

/// On whose word an event rests: on nobody's where some telling has no source, for there the reporter vouches.
fn vouchers(tellings: &[Occurrence]) -> Vec<Source> {
    let mut sources: Vec<Source> = Vec::new();
    if tellings.iter().any(|o| o.sources.is_empty()) {
        return sources;
    }
    for s in tellings.iter().flat_map(|o| &o.sources) {
        if !sources.iter().any(|t| t.name == s.name) {
            let entity = s.entity.as_deref().and_then(|k| k.parse().ok()).map(entity_id);
            sources.push(Source { entity, ..s.clone() });
        }
    }
    sources
}

/// The frame that matched, marked where a party comes from the passage.
fn rule(model: &Model, o: &Occurrence) -> String {
    let name = &model.coder().frames.frame(o.frame).name;
    if o.implied { format!("{name}+implied") } else { name.to_string() }
}

/// What the trained parts see of every act of a reading, for training them.
pub(crate) fn training(model: &Model, reading: &Reading) -> Vec<Training> {
    let places = Places::new(reading);
    let slots = tellings(reading).into_iter().map(|tellings| {
        let lead = &tellings[0];
        [Side::Actor, Side::Recipient].map(|side| {
            implied::candidates(&reading.doc, &reading.cast, lead)
                .into_iter()
                .map(|m| {
                    let features =
                        collect(|give| implied::features(&reading.doc, &reading.cast, lead, side, m, give));
                    (entity_id(m.member), features)
                })
                .collect()
        })
    });
    let acts = acts(model, reading);
    let scene = Scene::of(reading, &acts);
    acts.into_iter()
        .zip(slots)
        .map(|(tellings, slots)| {
            let mut features = Vec::new();
            dateline_events::scorer::features(
                &reading.doc,
                &reading.cast,
                &model.coder().frames,
                &tellings,
                |f| {
                    features.push(f.to_owned());
                },
            );
            let place = settle::rank::places(reading, &tellings)
                .into_iter()
                .filter_map(|k| {
                    Some((
                        places.id(k)?,
                        collect(|give| settle::rank::place_features(reading, &tellings, k, &scene, give)),
                    ))
                })
                .collect();
            let time = settle::rank::times(reading)
                .into_iter()
                .map(|k| {
                    let days = settle::times::days(reading, &reading.times[k]);
                    let days = days.map_or(String::new(), |d| format!("{} {}", d.start, d.end));
                    (days, collect(|give| settle::rank::time_features(reading, &tellings, k, &scene, give)))
                })
                .collect();
            Training { event: event_id(&reading.doc.meta.id, &tellings, 0), features, slots, place, time }
        })
        .collect()
}

/// What the trained parts see of one act.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Training {
    /// Identifier of the event.
    pub event: String,
    /// Features for the scorer.
    pub features: Vec<String>,
    /// For actor and recipient, who might fill the slot: identifier and features.
    pub slots: [Vec<(String, Vec<String>)>; 2],
    /// Where it might have been: identifier of the place and features.
    pub place: Vec<(String, Vec<String>)>,
    /// When it might have been: first and last day, and features.
    pub time: Vec<(String, Vec<String>)>,
}

fn collect(features: impl FnOnce(&mut dyn FnMut(&str))) -> Vec<String> {
    let mut found = Vec::new();
    features(&mut |f| found.push(f.to_owned()));
    found
}

/// The status of the clearest telling; what one telling calls ongoing goes on, unless another dates it to the past.
fn status(reading: &Reading, order: &[Occurrence]) -> Status {
    let past = order
        .iter()
        .filter_map(|o| o.when.as_ref())
        .any(|w| reading.doc.meta.published.is_some_and(|p| w.end < p));
    if !past && order.iter().any(|o| o.status == Status::Ongoing) { Status::Ongoing } else { order[0].status }
}

/// What a demand, promise, threat or refusal is about: the first act in its content.
fn about(reading: &Reading, tellings: &[Occurrence]) -> Option<About> {
    let content = reading
        .occurrences
        .iter()
        .find(|o| o.content_of.is_some_and(|t| tellings.iter().any(|owner| owner.trigger == t)))?;
    Some(About {
        event_type: content.event_type,
        mode: content.mode,
        actors: content.actors.iter().map(|&m| entity_id(m)).collect(),
        recipients: content.recipients.iter().map(|&m| entity_id(m)).collect(),
        when: content.when.clone(),
    })
}

/// Twelve hexadecimal digits of document, type, first trigger and, where that collides, an ordinal.
fn event_id(document: &str, tellings: &[Occurrence], ordinal: u32) -> String {
    let first = tellings.iter().min_by_key(|o| o.trigger_span.start);
    let (kind, at) = first.map_or(("", 0), |o| (o.event_type.as_str(), o.trigger_span.start));
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let text = format!("{document}\u{1f}{kind}\u{1f}{at}\u{1f}{ordinal}");
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 29;
    format!("{:012x}", hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 16)
}
