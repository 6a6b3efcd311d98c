//! Records of any content, whose offsets count bytes and lie on the borders of characters.
#![allow(dead_code, reason = "every test takes what it needs")]

use dateline_core::codes::{Country, EntityKind, Sector, SourceKind, Stance};
use dateline_core::offsets::byte_offsets;
use dateline_core::record::{
    About, Entity, Event, EventMention, Magnitude, Place, Record, RecordDateline, RecordRemoved,
    SCHEMA_VERSION, Source, Statement, When,
};
use dateline_core::{Context, EventType, Mode, Precision, Span, Status};
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Text that gives trouble: quotes, separators, line ends, marks that turn the direction of writing, NUL, markup.
pub(crate) fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "\"",
            "'",
            "; ",
            ",",
            "\t",
            "\n",
            "\r\n",
            "\u{0}",
            "\u{202e}",
            "\u{200f}",
            "\u{feff}",
            "\\",
            "\\n",
            "</script>",
            "<b>&amp;",
            "é",
            "北京",
            "👩‍👩‍👧",
            "\u{2028}",
            "=cmd()",
            "%s",
            "NULL",
            "",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
        "[a-zA-Z ]{0,12}",
    ];
    vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn day() -> impl Strategy<Value = Date> {
    (1i16..3000, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn when() -> impl Strategy<Value = When> {
    (day(), day(), select(Precision::ALL), nasty()).prop_map(|(a, b, precision, text)| When {
        start: a.min(b),
        end: a.max(b),
        precision,
        text,
    })
}

fn country() -> impl Strategy<Value = Country> {
    "[A-Z]{3}".prop_map(|code| Country::new(&code).expect("three letters"))
}

/// A type with a mode of its own, or without.
fn act() -> impl Strategy<Value = (EventType, Option<Mode>)> {
    prop_oneof![
        select(EventType::ALL).prop_map(|t| (t, None)),
        select(Mode::ALL).prop_map(|m| (m.event_type(), Some(m))),
    ]
}

/// A span of the text whose characters begin at `offsets`.
fn span(offsets: Vec<u32>) -> impl Strategy<Value = Span> + Clone {
    (any::<prop::sample::Index>(), any::<prop::sample::Index>()).prop_map(move |(a, b)| {
        let (a, b) = (*a.get(&offsets), *b.get(&offsets));
        Span::new(a.min(b), a.max(b))
    })
}

fn entity(span: impl Strategy<Value = Span>) -> impl Strategy<Value = Entity> {
    (
        (nasty(), nasty(), select(EntityKind::ALL), option::of(nasty()), option::of(country())),
        (select(Sector::ALL), nasty(), option::of(nasty()), vec(span, 0..4)),
    )
        .prop_map(|((id, name, kind, title, country), (sector, code, wikidata, mentions))| Entity {
            id,
            name,
            kind,
            title,
            country,
            sector,
            code,
            wikidata,
            mentions,
        })
}

fn place(span: impl Strategy<Value = Span>) -> impl Strategy<Value = Place> {
    (
        (nasty(), nasty(), option::of(country()), option::of(nasty())),
        (
            option::of(-90.0..90.0),
            option::of(-180.0..180.0),
            option::of(any::<u32>()),
            nasty(),
            vec(span, 0..4),
        ),
    )
        .prop_map(|((id, name, country, admin1), (lat, lon, geonames, precision, mentions))| Place {
            id,
            name,
            country,
            admin2: admin1.as_ref().map(|a: &String| format!("{a} Norte")),
            admin1,
            lat,
            lon,
            geonames,
            precision: precision.into(),
            mentions,
        })
}

fn source(span: impl Strategy<Value = Span>) -> impl Strategy<Value = Source> {
    (option::of(nasty()), option::of(nasty()), select(SourceKind::ALL), select(Stance::ALL), option::of(span))
        .prop_map(|(entity, name, kind, stance, cue)| Source { entity, name, kind, stance, cue })
}

fn about() -> impl Strategy<Value = About> {
    (act(), vec(nasty(), 0..3), vec(nasty(), 0..3), option::of(when())).prop_map(
        |((event_type, mode), actors, recipients, when)| About { event_type, mode, actors, recipients, when },
    )
}

fn number() -> impl Strategy<Value = Option<u64>> {
    option::of(0..=i64::MAX as u64)
}

fn event(span: impl Strategy<Value = Span> + Clone) -> impl Strategy<Value = Event> {
    let mention = (any::<u32>(), span.clone(), span.clone(), nasty())
        .prop_map(|(sentence, clause, trigger, rule)| EventMention { sentence, clause, trigger, rule });
    (
        (nasty(), act(), vec(select(Context::ALL), 0..4), select(Status::ALL)),
        (
            vec(nasty(), 0..3),
            vec(nasty(), 0..3),
            option::of(nasty()),
            option::of(when()),
            vec(source(span), 0..3),
        ),
        (number(), number(), number(), number(), option::of(about()), any::<bool>()),
        (
            option::of(select(EventType::ALL)),
            option::of(nasty()),
            1u8..5,
            -10f32..10.0,
            0f32..1.0,
            vec(mention, 0..3),
        ),
    )
        .prop_map(|((id, (event_type, mode), contexts, status), b, c, d)| Event {
            id,
            event_type,
            mode,
            contexts,
            status,
            actors: b.0,
            recipients: b.1,
            place: b.2,
            when: b.3,
            sources: b.4,
            magnitude: Magnitude { killed: c.0, injured: c.1, arrested: c.2, size: c.3 },
            about: c.4,
            background: c.5,
            plover: d.0,
            cameo: d.1.map(Into::into),
            quad: d.2,
            score: d.3,
            confidence: d.4,
            mentions: d.5,
        })
}

fn statement(span: impl Strategy<Value = Span> + Clone) -> impl Strategy<Value = Statement> {
    (
        (nasty(), option::of(nasty()), option::of(nasty()), any::<bool>(), span.clone()),
        (
            option::of(span),
            option::of(nasty()),
            option::of(nasty()),
            option::of(when()),
            proptest::collection::vec(country(), 0..3),
        ),
    )
        .prop_map(|((id, speaker, name, quoted, span), (cue, addressee, place, when, topics))| {
            Statement { id, speaker, name, quoted, span, cue, addressee, place, when, topics }
        })
}

/// Any record at all, but for its identifier.
pub(crate) fn record(id: String) -> impl Strategy<Value = Record> {
    nasty().prop_flat_map(move |text| {
        let id = id.clone();
        let span = span(byte_offsets(&text));
        let removed =
            (span.clone(), nasty()).prop_map(|(span, reason)| RecordRemoved { span, reason: reason.into() });
        let dateline =
            (option::of(nasty()), option::of(day())).prop_map(|(place, date)| RecordDateline { place, date });
        (
            (
                option::of(nasty()),
                option::of(nasty()),
                option::of(nasty()),
                option::of(nasty()),
                option::of(day()),
            ),
            (nasty(), option::of(dateline), vec(span.clone(), 0..4), vec(removed, 0..3), vec(nasty(), 0..3)),
            (
                vec(entity(span.clone()), 0..4),
                vec(place(span.clone()), 0..3),
                vec(event(span.clone()), 0..4),
                vec(statement(span.clone()), 0..3),
            ),
        )
            .prop_map(move |(a, b, mut c)| {
                c.0.iter_mut().enumerate().for_each(|(k, e)| e.id.insert_str(0, &format!("e{k}")));
                c.1.iter_mut().enumerate().for_each(|(k, p)| p.id.insert_str(0, &format!("p{k}")));
                c.2.iter_mut().enumerate().for_each(|(k, e)| e.id.insert_str(0, &format!("{k}")));
                Record {
                    schema_version: SCHEMA_VERSION.into(),
                    id: id.clone(),
                    path: a.0,
                    url: a.1,
                    publisher: a.2,
                    title: a.3,
                    published: a.4,
                    language: b.0.into(),
                    dateline: b.1,
                    text: text.clone(),
                    sentences: b.2,
                    entities: c.0,
                    places: c.1,
                    events: c.2,
                    statements: c.3,
                    removed: b.3,
                    warnings: b.4,
                }
            })
    })
}

/// Some records with identifiers of their own.
pub(crate) fn records() -> impl Strategy<Value = Vec<Record>> {
    vec(nasty(), 0..4).prop_flat_map(|ids| {
        let all = ids.into_iter().enumerate().map(|(k, id)| record(format!("{k}{id}")));
        all.collect::<Vec<_>>()
    })
}
