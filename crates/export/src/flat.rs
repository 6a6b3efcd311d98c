//! The rows of the flat tables. Lists are joined by `"; "`; what is not known is empty.

use crate::names::Names;
use dateline_core::offsets::CodePoints;
use dateline_core::record::{Event, Record};
use dateline_core::{EventType, Mode, Span};
use jiff::civil::Date;
use serde::Serialize;

/// What stands between the members of a list in one cell.
pub const SEPARATOR: &str = "; ";

macro_rules! row {
    ($(#[$meta:meta])* $name:ident { $($field:ident $(as $column:literal)?: $typ:ty = $doc:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Serialize)]
        pub struct $name<'a> { $(#[doc = $doc] $(#[serde(rename = $column)])? pub $field: $typ),+ }

        impl $name<'_> {
            /// The columns with what they hold, in order.
            pub const COLUMNS: &'static [(&'static str, &'static str)] =
                &[$((column!($field $(as $column)?), $doc)),+];
        }
    };
}

macro_rules! column {
    ($field:ident as $column:literal) => {
        $column
    };
    ($field:ident) => {
        stringify!($field)
    };
}

row! {
    /// One row an event.
    EventRow {
        doc_id: &'a str = "Identifier of the report.",
        event_id: &'a str = "Identifier of the event.",
        published: Option<Date> = "Day of publication.",
        event_type as "type": &'static str = "PLOVER type of the act itself.",
        mode: Option<&'static str> = "PLOVER mode.",
        status: &'static str = "Whether it took place.",
        actors: String = "Names of who does it.",
        actor_codes: String = "Their codes, country and sector.",
        actor_ids: String = "Their identifiers in `entities`.",
        recipients: String = "Names of whom it is done to.",
        recipient_codes: String = "Their codes.",
        recipient_ids: String = "Their identifiers.",
        place: Option<&'a str> = "Name of the place.",
        place_country: Option<String> = "Country of the place.",
        lat: Option<f64> = "Degrees north.",
        lon: Option<f64> = "Degrees east.",
        geonames: Option<u32> = "`GeoNames` identifier.",
        place_precision: Option<&'static str> = "How large the place is.",
        when_start: Option<Date> = "First day.",
        when_end: Option<Date> = "Last day, included.",
        when_precision: Option<&'static str> = "How exactly the time was told.",
        when_text: Option<&'a str> = "The words that tell it.",
        sources: String = "On whose word, outermost first; `?` for a source without a name.",
        source_kinds: String = "How the word reached the report.",
        stances: String = "What the sources do with it.",
        killed: Option<u64> = "Dead.",
        injured: Option<u64> = "Wounded.",
        arrested: Option<u64> = "Detained.",
        size: Option<u64> = "People taking part.",
        about_type: Option<&'static str> = "Type of what is demanded, promised, threatened or refused.",
        about_mode: Option<&'static str> = "Its mode.",
        about_actors: String = "Who would do it.",
        about_recipients: String = "To whom.",
        about_start: Option<Date> = "Its first day.",
        about_end: Option<Date> = "Its last day.",
        contexts: String = "What the passage is about.",
        background: bool = "Told as history or setting.",
        plover: Option<&'static str> = "Type by the PLOVER manual's tense rules.",
        cameo: Option<&'static str> = "Nearest CAMEO code.",
        quad: u8 = "Quad class, 1 to 4.",
        score: f32 = "From -10 (conflict) to +10 (cooperation).",
        confidence: f32 = "How sure the reading is, 0 to 1.",
        mentions: usize = "How often the report tells it.",
        sentence: Option<u32> = "Sentence of the first mention, from 0.",
        trigger_start: Option<u32> = "Where its trigger begins, in code points.",
        trigger_end: Option<u32> = "Where its trigger ends.",
        trigger: &'a str = "The trigger.",
        rule: Option<&'a str> = "The frame that matched.",
        text: &'a str = "The clause of the first mention.",
    }
}

row! {
    /// One row a statement.
    StatementRow {
        doc_id: &'a str = "Identifier of the report.",
        statement_id: &'a str = "Identifier of the statement.",
        speaker: Option<&'a str> = "Name of the speaker.",
        speaker_id: Option<&'a str> = "Its identifier in `entities`.",
        speaker_code: Option<&'a str> = "Its code, country and sector.",
        quoted: bool = "In quotation marks or not.",
        start: u32 = "Where the words begin, in code points.",
        end: u32 = "Where they end.",
        text: &'a str = "The words.",
        cue: Option<&'a str> = "The words of saying.",
        addressee: Option<&'a str> = "To whom.",
        place: Option<&'a str> = "Where it was said.",
        when_start: Option<Date> = "When it was said, first day.",
        when_end: Option<Date> = "Last day.",
        topics: String = "Countries it is about.",
    }
}

row! {
    /// One row an entity.
    EntityRow {
        doc_id: &'a str = "Identifier of the report.",
        entity_id: &'a str = "Identifier of the entity.",
        name: &'a str = "Fullest name the report gives.",
        kind: &'static str = "Person, organization, group, country or place.",
        title: Option<&'a str> = "Office or role.",
        country: Option<String> = "Country.",
        sector: &'static str = "Sector.",
        code: &'a str = "Country and sector.",
        wikidata: Option<&'a str> = "Wikidata identifier.",
        mentions: usize = "How often it is mentioned.",
    }
}

row! {
    /// One row a mention of an entity, a place or an event.
    MentionRow {
        doc_id: &'a str = "Identifier of the report.",
        of: &'static str = "What is mentioned: `entity`, `place` or `event`.",
        id: &'a str = "Its identifier.",
        sentence: Option<usize> = "Index of the sentence, from 0.",
        start: u32 = "Where the words begin, in code points; of an event, its trigger.",
        end: u32 = "Where they end.",
        text: &'a str = "The words.",
    }
}

fn join(parts: &[&str]) -> String {
    parts.join(SEPARATOR)
}

/// The events of a record, in its order.
pub fn events(record: &Record) -> impl Iterator<Item = EventRow<'_>> {
    let names = Names::new(record);
    let points = CodePoints::new(&record.text);
    record.events.iter().map(move |event| event_row(record, &names, &points, event))
}

fn event_row<'a>(record: &'a Record, names: &Names<'a>, points: &CodePoints, e: &'a Event) -> EventRow<'a> {
    let place = names.place(e.place.as_deref());
    let first = e.mentions.first();
    let trigger = first.map(|m| points.span(m.trigger));
    let text = |span: Option<Span>| span.map_or("", |s| s.of(&record.text));
    let sources: Vec<&str> = e.sources.iter().map(|s| s.name.as_deref().unwrap_or("?")).collect();
    let kinds: Vec<&str> = e.sources.iter().map(|s| s.kind.as_str()).collect();
    let stances: Vec<&str> = e.sources.iter().map(|s| s.stance.as_str()).collect();
    let contexts: Vec<&str> = e.contexts.iter().map(|c| c.as_str()).collect();
    let about = e.about.as_ref();
    let about_names =
        |ids: Option<&[String]>| join(&names.each(ids.unwrap_or_default(), |entity| &entity.name));
    EventRow {
        doc_id: &record.id,
        event_id: &e.id,
        published: record.published,
        event_type: e.event_type.as_str(),
        mode: e.mode.map(Mode::as_str),
        status: e.status.as_str(),
        actors: join(&names.each(&e.actors, |entity| &entity.name)),
        actor_codes: join(&names.each(&e.actors, |entity| &entity.code)),
        actor_ids: e.actors.join(SEPARATOR),
        recipients: join(&names.each(&e.recipients, |entity| &entity.name)),
        recipient_codes: join(&names.each(&e.recipients, |entity| &entity.code)),
        recipient_ids: e.recipients.join(SEPARATOR),
        place: place.map(|p| p.name.as_str()),
        place_country: place.and_then(|p| p.country).map(|c| c.to_string()),
        lat: place.and_then(|p| p.lat),
        lon: place.and_then(|p| p.lon),
        geonames: place.and_then(|p| p.geonames),
        place_precision: place.map(|p| p.precision),
        when_start: e.when.as_ref().map(|w| w.start),
        when_end: e.when.as_ref().map(|w| w.end),
        when_precision: e.when.as_ref().map(|w| w.precision.as_str()),
        when_text: e.when.as_ref().map(|w| w.text.as_str()),
        sources: join(&sources),
        source_kinds: join(&kinds),
        stances: join(&stances),
        killed: e.magnitude.killed,
        injured: e.magnitude.injured,
        arrested: e.magnitude.arrested,
        size: e.magnitude.size,
        about_type: about.map(|a| a.event_type.as_str()),
        about_mode: about.and_then(|a| a.mode).map(Mode::as_str),
        about_actors: about_names(about.map(|a| a.actors.as_slice())),
        about_recipients: about_names(about.map(|a| a.recipients.as_slice())),
        about_start: about.and_then(|a| a.when.as_ref()).map(|w| w.start),
        about_end: about.and_then(|a| a.when.as_ref()).map(|w| w.end),
        contexts: join(&contexts),
        background: e.background,
        plover: e.plover.map(EventType::as_str),
        cameo: e.cameo,
        quad: e.quad,
        score: e.score,
        confidence: e.confidence,
        mentions: e.mentions.len(),
        sentence: first.map(|m| m.sentence),
        trigger_start: trigger.map(|t| t.start),
        trigger_end: trigger.map(|t| t.end),
        trigger: text(first.map(|m| m.trigger)),
        rule: first.map(|m| m.rule.as_str()),
        text: text(first.map(|m| m.clause)),
    }
}

/// The statements of a record, in text order.
pub fn statements(record: &Record) -> impl Iterator<Item = StatementRow<'_>> {
    let names = Names::new(record);
    let points = CodePoints::new(&record.text);
    record.statements.iter().map(move |s| {
        let span = points.span(s.span);
        StatementRow {
            doc_id: &record.id,
            statement_id: &s.id,
            speaker: s.name.as_deref(),
            speaker_id: s.speaker.as_deref(),
            speaker_code: s.speaker.as_deref().and_then(|id| names.entity(id)).map(|e| e.code.as_str()),
            quoted: s.quoted,
            start: span.start,
            end: span.end,
            text: s.span.of(&record.text),
            cue: s.cue.map(|cue| cue.of(&record.text)),
            addressee: s.addressee.as_deref(),
            place: names.place(s.place.as_deref()).map(|p| p.name.as_str()),
            when_start: s.when.as_ref().map(|w| w.start),
            when_end: s.when.as_ref().map(|w| w.end),
            topics: join(&s.topics.iter().map(dateline_core::Country::as_str).collect::<Vec<_>>()),
        }
    })
}

/// The entities of a record.
pub fn entities(record: &Record) -> impl Iterator<Item = EntityRow<'_>> {
    record.entities.iter().map(|e| EntityRow {
        doc_id: &record.id,
        entity_id: &e.id,
        name: &e.name,
        kind: e.kind.as_str(),
        title: e.title.as_deref(),
        country: e.country.map(|c| c.to_string()),
        sector: e.sector.as_str(),
        code: &e.code,
        wikidata: e.wikidata.as_deref(),
        mentions: e.mentions.len(),
    })
}

/// Every mention in a record, of entities, then places, then events.
pub fn mentions(record: &Record) -> impl Iterator<Item = MentionRow<'_>> {
    let points = CodePoints::new(&record.text);
    let entities =
        record.entities.iter().flat_map(|e| e.mentions.iter().map(|&m| ("entity", e.id.as_str(), m)));
    let places = record.places.iter().flat_map(|p| p.mentions.iter().map(|&m| ("place", p.id.as_str(), m)));
    let events =
        record.events.iter().flat_map(|e| e.mentions.iter().map(|m| ("event", e.id.as_str(), m.trigger)));
    entities.chain(places).chain(events).map(move |(of, id, bytes)| {
        let span = points.span(bytes);
        let index = record.sentences.partition_point(|s| s.end <= bytes.start);
        let sentence = record.sentences.get(index).filter(|s| s.overlaps(bytes)).map(|_| index);
        MentionRow {
            doc_id: &record.id,
            of,
            id,
            sentence,
            start: span.start,
            end: span.end,
            text: bytes.of(&record.text),
        }
    })
}
