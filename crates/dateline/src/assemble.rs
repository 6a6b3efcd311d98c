//! The record of a reading: tellings merged into events, members and places numbered.

use crate::model::Model;
use crate::naming::Names;
use crate::reader::Reading;
use crate::settle::{self, Scene};
use crate::statements;
use dateline_core::cast::Cast;
use dateline_core::record::{
    About, Entity, Event, EventMention, Magnitude, Place, Record, RecordDateline, RecordRemoved,
    SCHEMA_VERSION,
};
use dateline_core::syntax::Upos;
use dateline_core::{Span, Status};
use dateline_events::picker::{self, Act, Side};
use dateline_events::scorer::Report;
use dateline_events::{Occurrence, merge, plover};
use rustc_hash::{FxHashMap, FxHashSet};

/// Puts the record together.
pub(crate) fn record(model: &Model, reading: Reading) -> Record {
    record_of(model, reading, false)
}

/// The record with every act, the unlikely ones too, for training.
pub(crate) fn record_of_all(model: &Model, reading: Reading) -> Record {
    record_of(model, reading, true)
}

fn record_of(model: &Model, mut reading: Reading, unlikely: bool) -> Record {
    let mut acts = acts(model, &reading);
    if settle::move_deixis(&mut reading, &acts) {
        acts = self::acts(model, &reading);
    }
    let places = Places::new(&reading);
    let entities = entities(&reading.cast);
    let names = Names::new(&reading);
    let events = events(model, &reading, &acts, &names, &places, unlikely);
    let statements = statements::all(&reading, &names, &places);
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
    pub(crate) fn new(reading: &Reading) -> Places {
        let mut list: Vec<Place> = Vec::new();
        let mut of_toponym = Vec::new();
        // The first place with an identifier, with a name, and with a name and no identifier.
        let (mut identified, mut named, mut unidentified) =
            (FxHashMap::default(), FxHashMap::default(), FxHashMap::default());
        for t in &reading.toponyms {
            let Some(p) = &t.place else {
                of_toponym.push(None);
                continue;
            };
            let name = (p.name.as_str(), p.country);
            let known = match p.geonames {
                Some(id) => [identified.get(&id), unidentified.get(&name)].into_iter().flatten().min(),
                None => named.get(&name),
            };
            let known: Option<usize> = known.copied();
            if known.is_none() {
                named.entry(name).or_insert(list.len());
                match p.geonames {
                    Some(id) => identified.insert(id, list.len()),
                    None => unidentified.insert(name, list.len()),
                };
            }
            let index = known.unwrap_or_else(|| {
                list.push(Place {
                    id: format!("p{}", list.len() + 1),
                    name: p.name.clone(),
                    country: p.country,
                    admin1: p.admin1.clone(),
                    admin2: p.admin2.clone(),
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
        for (place, name) in list.iter_mut().zip(usual_names(reading, &of_toponym)) {
            if let Some(name) = name {
                name.clone_into(&mut place.name);
            }
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

/// For every place the name that a report gives it most often, of equals the first one; the words of its people do not
/// count.
fn usual_names<'a>(reading: &'a Reading, of_toponym: &[Option<usize>]) -> Vec<Option<&'a str>> {
    let places = of_toponym.iter().flatten().max().map_or(0, |last| last + 1);
    let mut names: Vec<Vec<(&str, usize)>> = vec![Vec::new(); places];
    for (t, of) in reading.toponyms.iter().zip(of_toponym) {
        let (Some(of), Some(place)) = (of, t.place.as_ref().filter(|_| !t.demonym)) else { continue };
        match names[*of].iter_mut().find(|(n, _)| *n == place.name) {
            Some((_, count)) => *count += 1,
            None => names[*of].push((&place.name, 1)),
        }
    }
    let most = |names: Vec<(&'a str, usize)>| names.into_iter().reduce(|a, b| if b.1 > a.1 { b } else { a });
    names.into_iter().map(|names| most(names).map(|(name, _)| name)).collect()
}

fn events(
    model: &Model,
    reading: &Reading,
    acts: &[Vec<Occurrence>],
    names: &Names,
    places: &Places,
    unlikely: bool,
) -> Vec<Event> {
    let mut ids = FxHashSet::default();
    let coder = model.coder();
    let scene = Scene::of(reading, acts);
    let contents = contents(reading);
    let quotes = reading.voices.quoted();
    let report = Report::new(coder, &reading.doc, &reading.cast, acts, &quotes);
    let brief = reading.doc.syntax.sentences.len() < picker::FEWEST_SENTENCES;
    let quiet = coder.subjects.quiet(&reading.doc).is_some();
    (0..acts.len())
        .filter(|&k| unlikely || !quiet || coder.subjects.is_political(&reading.doc, acts[k][0].sentence))
        .filter_map(|k| {
            let tellings = &acts[k];
            let verdict = coder.scorer.judge(&report, k);
            let sure = if brief { tellings[0].unmet.is_none() } else { verdict.keep };
            if !sure && !unlikely {
                return None;
            }
            let mut event = event(model, reading, names, places, &scene, tellings);
            event.about = about(reading, &contents, tellings);
            let mut ordinal = 0u32;
            while !ids.insert(event.id.clone()) {
                ordinal += 1;
                event.id = event_id(&reading.doc.meta.id, tellings, ordinal);
            }
            event.confidence = verdict.confidence;
            Some(event)
        })
        .collect()
}

/// The acts of a reading: for each its tellings, clearest first, whose first one holds the parties that slots and passage
/// tell.
pub(crate) fn acts(model: &Model, reading: &Reading) -> Vec<Vec<Occurrence>> {
    let ranker = &model.coder().parties;
    let mut acts = tellings(model, reading);
    for tellings in &mut acts {
        let act = act(model, reading, tellings);
        let actors = picker::pick(ranker, act, Side::Actor, &[]);
        let recipients = picker::pick(ranker, act, Side::Recipient, &actors);
        let implied = picker::is_implied(act, &actors, &recipients);
        let lead = &mut tellings[0];
        (lead.actors, lead.recipients, lead.implied) = (actors, recipients, implied);
    }
    acts
}

pub(crate) fn act<'a>(model: &'a Model, reading: &'a Reading, tellings: &'a [Occurrence]) -> Act<'a> {
    let frame = &model.coder().frames.frame(tellings[0].frame).name;
    Act { doc: &reading.doc, cast: &reading.cast, frame, tellings }
}

/// Tellings grouped into acts, clearest first, the first one holding the parties that any of them names.
pub(crate) fn tellings(model: &Model, reading: &Reading) -> Vec<Vec<Occurrence>> {
    let mut all = told(reading);
    // What one claims and another denies is one act: a denial is grouped as if it told that the thing happened.
    let denied: Vec<bool> = all.iter().map(|o| settle::is_disputed(reading, o)).collect();
    all.iter_mut().zip(&denied).filter(|(_, d)| **d).for_each(|(o, _)| o.status = Status::Happened);
    let compared = merge::Tellings::new(&reading.doc.syntax, &reading.cast, &all);
    let groups = merge::groups(&model.coder().same, &compared);
    all.iter_mut().zip(&denied).filter(|(_, d)| **d).for_each(|(o, _)| o.status = Status::Denied);
    groups
        .into_iter()
        .map(|group| {
            let mut tellings: Vec<Occurrence> = group.iter().map(|&k| all[k].clone()).collect();
            tellings.sort_by_key(|o| {
                std::cmp::Reverse((o.status != Status::Denied, o.unmet.is_none(), clarity(o)))
            });
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

/// The tellings that are events of their own and not the content of another.
pub(crate) fn told(reading: &Reading) -> Vec<Occurrence> {
    reading.occurrences.iter().filter(|o| o.content_of.is_none()).cloned().collect()
}

/// How much a telling says: both parties before one, with a time before without.
fn clarity(o: &Occurrence) -> usize {
    2 * usize::from(!o.actors.is_empty())
        + 2 * usize::from(!o.recipients.is_empty())
        + usize::from(o.when.is_some())
}

/// One event of all its tellings; the clearest one comes first and leads.
fn event(
    model: &Model,
    reading: &Reading,
    names: &Names,
    places: &Places,
    scene: &Scene,
    order: &[Occurrence],
) -> Event {
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
    let mut sources = settle::sources(model, reading, names, order);
    for source in &mut sources {
        source.entity = source.entity.as_deref().and_then(|k| k.parse().ok()).map(entity_id);
    }
    Event {
        id: event_id(&reading.doc.meta.id, order, 0),
        event_type: lead.event_type,
        mode,
        contexts: model.coder().contexts.of_sentences(&reading.doc, order.iter().map(|o| o.sentence)),
        status,
        actors: lead.actors.iter().map(|&m| entity_id(m)).collect(),
        recipients: lead.recipients.iter().map(|&m| entity_id(m)).collect(),
        place: settle::place(model, reading, order, scene).and_then(|p| places.id(p)),
        when: settle::time(model, reading, order, scene),
        sources,
        magnitude,
        about: None,
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

/// The frame that matched, marked where one of its conditions does not hold and where a party comes from the passage.
fn rule(model: &Model, o: &Occurrence) -> String {
    let name = &model.coder().frames.frame(o.frame).name;
    let loose = if o.unmet.is_some() { "+loose" } else { "" };
    let implied = if o.implied { "+implied" } else { "" };
    format!("{name}{loose}{implied}")
}

/// The status of the clearest telling; what one telling calls ongoing goes on, unless another dates it to the past.
fn status(reading: &Reading, order: &[Occurrence]) -> Status {
    let past = order
        .iter()
        .filter_map(|o| o.when.as_ref())
        .any(|w| reading.doc.meta.published.is_some_and(|p| w.end < p));
    if !past && order.iter().any(|o| o.status == Status::Ongoing) {
        return Status::Ongoing;
    }
    // "The planned protest": where a verb tells that it took place, it did.
    let noun = |o: &Occurrence| reading.doc.syntax.token(o.trigger).upos == Upos::Noun;
    let done = order.iter().any(|o| o.status == Status::Happened && !noun(o));
    if order[0].status == Status::Planned && noun(&order[0]) && done {
        return Status::Happened;
    }
    order[0].status
}

/// By the triggers of demands, promises, threats and refusals the index of the first act in their content.
fn contents(reading: &Reading) -> FxHashMap<u32, usize> {
    let mut first = FxHashMap::default();
    for (k, o) in reading.occurrences.iter().enumerate() {
        if let Some(owner) = o.content_of {
            first.entry(owner).or_insert(k);
        }
    }
    first
}

/// What a demand, promise, threat or refusal is about: the first act in its content.
fn about(reading: &Reading, contents: &FxHashMap<u32, usize>, tellings: &[Occurrence]) -> Option<About> {
    let first = tellings.iter().filter_map(|owner| contents.get(&owner.trigger)).min()?;
    let content = &reading.occurrences[*first];
    Some(About {
        event_type: content.event_type,
        mode: content.mode,
        actors: content.actors.iter().map(|&m| entity_id(m)).collect(),
        recipients: content.recipients.iter().map(|&m| entity_id(m)).collect(),
        when: content.when.clone(),
    })
}

/// Twelve hexadecimal digits of document, type, first trigger and, where that collides, an ordinal.
pub(crate) fn event_id(document: &str, tellings: &[Occurrence], ordinal: u32) -> String {
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
