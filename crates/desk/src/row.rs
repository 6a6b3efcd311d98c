//! One row of a view: an event as all reports tell it, or one report's telling of it.

use dateline_core::codes::{Context, EntityKind, SourceKind, Stance};
use dateline_core::record::Record;
use dateline_core::{EventType, Mode, Precision, Sector, Status};
use dateline_story::{Cluster, Report};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Longest title and text of a row, in characters. Reports may have titles of any length.
const TITLE: usize = 240;
const TEXT: usize = 600;

/// An event, or one report's telling of it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Row {
    /// Identifier: of the event (`c...`), or of the telling.
    pub(crate) id: String,
    /// The event that a telling belongs to; the same as `id` for events.
    pub(crate) event: String,
    /// The report that tells it, or tells it best.
    pub(crate) doc: String,
    /// Headline of that report.
    pub(crate) title: String,
    /// Who published that report.
    pub(crate) publisher: Option<String>,
    /// Day the report was published; of events, that of the first report.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) published: Option<Date>,
    /// PLOVER type.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub(crate) event_type: EventType,
    /// PLOVER mode.
    pub(crate) mode: Option<String>,
    /// Whether it took place.
    #[schema(value_type = String)]
    pub(crate) status: Status,
    /// Whether some say that it took place and others deny it.
    pub(crate) disputed: bool,
    /// Quad class.
    pub(crate) quad: u8,
    /// Score, -10 to +10.
    pub(crate) score: f32,
    /// How sure the reading is.
    pub(crate) confidence: f32,
    /// Told as history or setting.
    pub(crate) background: bool,
    /// First day, null where no report tells it.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) start: Option<Date>,
    /// Last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) end: Option<Date>,
    /// How exactly the time is told.
    #[schema(value_type = Option<String>)]
    pub(crate) precision: Option<Precision>,
    /// Who does it.
    pub(crate) actors: Vec<Actor>,
    /// To whom.
    pub(crate) recipients: Vec<Actor>,
    /// Where.
    pub(crate) place: Option<Place>,
    /// On whose word.
    pub(crate) sources: Vec<Voice>,
    /// Dead.
    pub(crate) killed: Option<u64>,
    /// Wounded.
    pub(crate) injured: Option<u64>,
    /// Detained.
    pub(crate) arrested: Option<u64>,
    /// People taking part.
    pub(crate) size: Option<u64>,
    /// What is demanded, promised, threatened or refused.
    pub(crate) about: Option<String>,
    /// What the passage is about.
    #[schema(value_type = Vec<String>)]
    pub(crate) contexts: Vec<Context>,
    /// The words that tell it.
    pub(crate) text: String,
    /// The story it belongs to.
    pub(crate) story: String,
    /// How many reports tell it.
    pub(crate) reports: usize,
    /// How many independent sources tell it.
    pub(crate) independent: usize,
    /// The reports that tell it.
    pub(crate) docs: Vec<String>,
}

/// A party of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub(crate) struct Actor {
    /// Fullest name.
    pub(crate) name: String,
    /// Country and sector.
    pub(crate) code: String,
    /// Country.
    pub(crate) country: Option<String>,
    /// Sector.
    #[schema(value_type = String)]
    pub(crate) sector: Sector,
    /// Person, organization, group, country or place.
    #[schema(value_type = String)]
    pub(crate) kind: EntityKind,
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Place {
    /// Key of the place among all.
    pub(crate) key: String,
    /// Name.
    pub(crate) name: String,
    /// Country.
    pub(crate) country: Option<String>,
    /// Degrees north.
    pub(crate) lat: Option<f64>,
    /// Degrees east.
    pub(crate) lon: Option<f64>,
    /// How large it is.
    pub(crate) precision: String,
}

/// On whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Voice {
    /// Name, null for "reportedly".
    pub(crate) name: Option<String>,
    /// How the word reached the report.
    #[schema(value_type = Option<String>)]
    pub(crate) kind: Option<SourceKind>,
    /// What the source does with it.
    #[schema(value_type = String)]
    pub(crate) stance: Stance,
}

/// A text cut to at most `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// A title as rows show it.
pub(crate) fn title(text: &str) -> String {
    cut(text.trim(), TITLE)
}

fn actor(party: &dateline_story::Party) -> Actor {
    Actor {
        name: cut(&party.name, TITLE),
        code: party.code.clone(),
        country: party.country.map(|c| c.to_string()),
        sector: party.sector,
        kind: party.kind,
    }
}

pub(crate) fn actors(parties: &[dateline_story::Party]) -> Vec<Actor> {
    parties.iter().map(actor).collect()
}

pub(crate) fn place(at: &dateline_story::Where) -> Place {
    let country = at.country.map(|c| c.to_string());
    let key = match at.geonames {
        Some(number) => format!("g{number}"),
        None => format!("n{}|{}", at.name, country.as_deref().unwrap_or("")),
    };
    Place { key, name: at.name.clone(), country, lat: at.lat, lon: at.lon, precision: at.precision.clone() }
}

fn about(event_type: EventType, mode: Option<&str>) -> String {
    mode.map_or_else(|| event_type.to_string(), |mode| format!("{event_type}/{mode}"))
}

/// The row of an event that reports tell together. `contexts` are those of its leading telling.
pub(crate) fn of_cluster(cluster: &Cluster, reports: &[Report], contexts: Vec<Context>) -> Row {
    let lead = reports.get(cluster.lead.0 as usize);
    let aim = lead.and_then(|r| r.acts.get(cluster.lead.1 as usize)).and_then(|a| a.aim.as_ref());
    let told = reports.iter().find(|r| r.id == cluster.text_doc).or(lead);
    let mut docs: Vec<String> = cluster.members.iter().map(|m| m.doc_id.clone()).collect();
    docs.dedup();
    Row {
        id: cluster.id.clone(),
        event: cluster.id.clone(),
        doc: cluster.text_doc.clone(),
        title: told.map(|r| title(&r.title)).unwrap_or_default(),
        publisher: told.and_then(|r| r.publisher.clone()),
        published: cluster.first_reported,
        event_type: cluster.event_type,
        mode: cluster.mode.clone(),
        status: cluster.status,
        disputed: cluster.disputed,
        quad: cluster.quad,
        score: cluster.score,
        confidence: cluster.confidence,
        background: cluster.background,
        start: cluster.when.map(|w| w.start),
        end: cluster.when.map(|w| w.end),
        precision: cluster.when.map(|w| w.precision),
        actors: actors(&cluster.actors),
        recipients: actors(&cluster.recipients),
        place: cluster.place.as_ref().map(place),
        sources: cluster
            .claims
            .iter()
            .map(|c| Voice { name: c.who.clone(), kind: None, stance: c.stance })
            .collect(),
        killed: cluster.magnitude.killed,
        injured: cluster.magnitude.injured,
        arrested: cluster.magnitude.arrested,
        size: cluster.magnitude.size,
        about: aim.map(|a| about(a.event_type, a.mode.as_deref())),
        contexts,
        text: cut(&cluster.text, TEXT),
        story: cluster.story.clone(),
        reports: cluster.documents,
        independent: cluster.sources,
        docs,
    }
}

/// The row of one report's telling. `cluster` is the event it belongs to, where the report still stands.
pub(crate) fn of_event(
    record: &Record,
    event: &dateline_core::record::Event,
    story: &str,
    cluster: Option<&Cluster>,
) -> Row {
    let party = |id: &String| {
        let entity = record.entities.iter().find(|e| e.id == *id)?;
        Some(Actor {
            name: cut(&entity.name, TITLE),
            code: entity.code.clone(),
            country: entity.country.map(|c| c.to_string()),
            sector: entity.sector,
            kind: entity.kind,
        })
    };
    let at = event.place.as_ref().and_then(|id| record.places.iter().find(|p| p.id == *id));
    let at = at.map(|p| dateline_story::Where {
        name: cut(&p.name, TITLE),
        country: p.country,
        geonames: p.geonames,
        precision: p.precision.to_string(),
        lat: p.lat,
        lon: p.lon,
    });
    let first = event.mentions.first();
    let sentence = first.and_then(|m| record.sentences.get(m.sentence as usize));
    let clause = first.map_or("", |m| m.clause.of(&record.text));
    let whole = sentence.map_or(clause, |s| s.of(&record.text));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Row {
        id: event.id.clone(),
        event: cluster.map(|c| c.id.clone()).unwrap_or_default(),
        doc: record.id.clone(),
        title: title(record.title.as_deref().unwrap_or_default()),
        publisher: record.publisher.clone(),
        published: record.published,
        event_type: event.event_type,
        mode: event.mode.map(|m| Mode::as_str(m).to_owned()),
        status: event.status,
        disputed: cluster.is_some_and(|c| c.disputed),
        quad: event.quad,
        score: event.score,
        confidence: event.confidence,
        background: event.background,
        start: event.when.as_ref().map(|w| w.start),
        end: event.when.as_ref().map(|w| w.end),
        precision: event.when.as_ref().map(|w| w.precision),
        actors: event.actors.iter().filter_map(party).collect(),
        recipients: event.recipients.iter().filter_map(party).collect(),
        place: at.as_ref().map(place),
        sources: event
            .sources
            .iter()
            .map(|s| Voice { name: s.name.clone(), kind: Some(s.kind), stance: s.stance })
            .collect(),
        killed: event.magnitude.killed,
        injured: event.magnitude.injured,
        arrested: event.magnitude.arrested,
        size: event.magnitude.size,
        about: event.about.as_ref().map(|a| about(a.event_type, a.mode.map(Mode::as_str))),
        contexts: event.contexts.clone(),
        text: words(&dateline_story::excerpt::of(whole, clause, TEXT)),
        story: story.to_owned(),
        reports: cluster.map_or(1, |c| c.documents),
        independent: cluster.map_or(1, |c| c.sources),
        docs: vec![record.id.clone()],
    }
}

impl Row {
    /// The day it is listed under: its own, else that of its report.
    pub(crate) fn day(&self) -> Option<Date> {
        self.start.or(self.published)
    }
}
