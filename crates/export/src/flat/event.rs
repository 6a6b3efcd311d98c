//! One row an event.

use super::join;
use super::parts::{AboutCell, MentionCell, PartyCell, SourceCell};
use crate::names::Names;
use crate::row::row;
use dateline_core::offsets::CodePoints;
use dateline_core::record::{Event, Record};
use dateline_core::{EventType, Mode, Span};
use jiff::civil::Date;

row! {
    /// One row an event.
    EventRow<'a> {
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
        place_id: Option<&'a str> = "Identifier of the place.",
        place_country: Option<String> = "Country of the place.",
        lat: Option<f64> = "Degrees north.",
        lon: Option<f64> = "Degrees east.",
        geonames: Option<u32> = "`GeoNames` identifier.",
        place_precision: Option<&'a str> = "How large the place is.",
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
        about_precision: Option<&'static str> = "How exactly its time was told.",
        about_text: Option<&'a str> = "The words that tell its time.",
        contexts: String = "What the passage is about.",
        background: bool = "Told as history or setting.",
        plover: Option<&'static str> = "Type by the PLOVER manual's tense rules.",
        cameo: Option<&'a str> = "Nearest CAMEO code.",
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
    nested {
        actor_list: Vec<PartyCell<'a>> = "Who does it.",
        recipient_list: Vec<PartyCell<'a>> = "Whom it is done to.",
        source_list: Vec<SourceCell<'a>> = "On whose word, outermost first.",
        context_list: Vec<&'static str> = "What the passage is about.",
        about: Option<AboutCell<'a>> = "What is demanded, promised, threatened or refused.",
        mention_list: Vec<MentionCell<'a>> = "Where it is told, clearest first.",
    }
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
        actor_ids: join(&e.actors),
        recipients: join(&names.each(&e.recipients, |entity| &entity.name)),
        recipient_codes: join(&names.each(&e.recipients, |entity| &entity.code)),
        recipient_ids: join(&e.recipients),
        place: place.map(|p| p.name.as_str()),
        place_id: e.place.as_deref(),
        place_country: place.and_then(|p| p.country).map(|c| c.to_string()),
        lat: place.and_then(|p| p.lat),
        lon: place.and_then(|p| p.lon),
        geonames: place.and_then(|p| p.geonames),
        place_precision: place.map(|p| p.precision.as_ref()),
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
        about_precision: about.and_then(|a| a.when.as_ref()).map(|w| w.precision.as_str()),
        about_text: about.and_then(|a| a.when.as_ref()).map(|w| w.text.as_str()),
        contexts: join(&contexts),
        background: e.background,
        plover: e.plover.map(EventType::as_str),
        cameo: e.cameo.as_deref(),
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
        actor_list: PartyCell::all(names, &e.actors),
        recipient_list: PartyCell::all(names, &e.recipients),
        source_list: SourceCell::all(points, &e.sources),
        about: about.map(Into::into),
        mention_list: MentionCell::all(points, &e.mentions),
        context_list: contexts,
    }
}
