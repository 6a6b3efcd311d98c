//! Who said what.

use crate::columns::{Lists, NO_DAY, NONE, Names, day_number};
use crate::error::Refusal;
use crate::row::{Actor, cut, title};
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::{Searched, Store};
use crate::views::events::Page;
use crate::views::facets::{Facet, country_name};
use dateline_core::record::{Record, Statement};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

/// Longest statement of a row, in characters.
const TEXT: usize = 2000;

/// Most values of a facet.
const MOST: usize = 60;

/// Which statements.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Filter {
    /// Words of the statement or the speaker.
    pub(crate) q: Option<String>,
    /// Name of the speaker, or a country.
    speaker: Option<String>,
    /// Country that it is about.
    topic: Option<String>,
    /// `yes`: in quotation marks; `no`: reported.
    quoted: Option<String>,
    /// Identifier of a story.
    story: Option<String>,
    /// Identifier of a report.
    doc: Option<String>,
    /// First day of publication.
    since: Option<String>,
    /// Last day of publication.
    until: Option<String>,
}

/// Something somebody said.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Statement)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) doc: String,
    pub(crate) title: String,
    pub(crate) publisher: Option<String>,
    #[schema(value_type = Option<String>)]
    pub(crate) published: Option<Date>,
    /// Who said it; null for "officials" and the like.
    pub(crate) speaker: Option<Actor>,
    /// In quotation marks or not.
    pub(crate) quoted: bool,
    pub(crate) text: String,
    /// The words of saying.
    pub(crate) cue: Option<String>,
    pub(crate) addressee: Option<String>,
    /// Countries it is about.
    pub(crate) topics: Vec<String>,
    pub(crate) story: String,
    /// Where the words stand in the report, in code points.
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A page of statements.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Statements {
    total: usize,
    page: usize,
    size: usize,
    #[schema(value_type = Vec<Row>)]
    rows: Vec<Box<RawValue>>,
    /// Who speaks; counted without regard to the speaker asked for.
    speakers: Vec<Facet>,
    /// What it is about; counted without regard to the topic asked for.
    topics: Vec<Facet>,
}

/// What statements are filtered by.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    speakers: Vec<u32>,
    topics: Lists,
    quoted: Vec<bool>,
    stories: Vec<u32>,
    docs: Vec<u32>,
    days: Vec<i32>,
}

impl Columns {
    pub(crate) fn push(&mut self, row: &Row, names: &mut Names) {
        self.speakers.push(row.speaker.as_ref().map_or(NONE, |s| names.parties.number(s)));
        self.topics.push(row.topics.iter().map(|t| names.countries.number(t)));
        self.quoted.push(row.quoted);
        self.stories.push(names.stories.number(&row.story));
        self.docs.push(names.docs.number(&row.doc));
        self.days.push(row.published.map_or(NO_DAY, day_number));
    }

    pub(crate) fn len(&self) -> usize {
        self.quoted.len()
    }
}

/// The row of a statement of a record, whose spans count bytes.
pub(crate) fn row(record: &Record, statement: &Statement, story: &str) -> Row {
    let entity = statement.speaker.as_ref().and_then(|id| record.entities.iter().find(|e| e.id == *id));
    let speaker = match (entity, &statement.name) {
        (Some(e), name) => Some(Actor {
            name: cut(name.as_ref().unwrap_or(&e.name), 240),
            code: e.code.clone(),
            country: e.country.map(|c| c.to_string()),
            sector: e.sector,
            kind: e.kind,
        }),
        (None, Some(name)) => Some(Actor {
            name: cut(name, 240),
            code: "UNK".to_owned(),
            country: None,
            sector: dateline_core::Sector::Unk,
            kind: dateline_core::codes::EntityKind::Group,
        }),
        (None, None) => None,
    };
    let points = dateline_core::offsets::CodePoints::new(&record.text).span(statement.span);
    let words = statement.span.of(&record.text).split_whitespace().collect::<Vec<_>>().join(" ");
    Row {
        id: statement.id.clone(),
        doc: record.id.clone(),
        title: title(record.title.as_deref().unwrap_or_default()),
        publisher: record.publisher.clone(),
        published: record.published,
        speaker,
        quoted: statement.quoted,
        text: cut(&words, TEXT),
        cue: statement.cue.map(|c| c.of(&record.text).to_owned()),
        addressee: statement.addressee.as_ref().map(|a| cut(a, 240)),
        topics: statement.topics.iter().map(ToString::to_string).collect(),
        story: story.to_owned(),
        start: points.start,
        end: points.end,
    }
}

const WORDS: u32 = 1;
const SPEAKER: u32 = 2;
const TOPIC: u32 = 4;
const OTHER: u32 = 8;

/// The statements that are shown, by day and place in the report; and the counts of speakers and topics.
pub(crate) fn shown(store: &Store, filter: &Filter) -> Result<super::plans::Counted<u32>, Refusal> {
    let columns = &store.statements;
    let names = &store.names;
    let told = |text: &Option<String>| text.clone().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let words = store.search(Searched::Statements, told(&filter.q).as_deref())?;
    let speaker = told(&filter.speaker).map(|wanted| crate::filter::parties(names, &wanted));
    let topic = told(&filter.topic).map(|t| names.countries.find(&t).unwrap_or(NONE));
    let quoted = match told(&filter.quoted).as_deref() {
        None => None,
        Some("yes") => Some(true),
        Some("no") => Some(false),
        Some(other) => return Err(Refusal::unknown("quoted", other)),
    };
    let story = told(&filter.story).map(|s| names.stories.find(&s).unwrap_or(NONE));
    let doc = told(&filter.doc).map(|d| names.docs.find(&d).unwrap_or(NONE));
    let since = crate::filter::day(filter.since.as_ref(), "since")?.map(day_number);
    let until = crate::filter::day(filter.until.as_ref(), "until")?.map(day_number);
    let mut rows = Vec::new();
    let mut speakers: FxHashMap<u32, u32> = FxHashMap::default();
    let mut topics: FxHashMap<u32, u32> = FxHashMap::default();
    for row in 0..columns.len() {
        let mut unmet = 0;
        let mut check = |bit: u32, met: bool| unmet |= if met { 0 } else { bit };
        check(WORDS, words.as_ref().is_none_or(|w| w.has(row)));
        let who = columns.speakers[row];
        check(SPEAKER, speaker.as_ref().is_none_or(|s| s.get(who as usize).copied().unwrap_or(false)));
        check(TOPIC, topic.is_none_or(|t| columns.topics.of(row).contains(&t)));
        check(OTHER, quoted.is_none_or(|q| columns.quoted[row] == q));
        check(OTHER, story.is_none_or(|s| columns.stories[row] == s));
        check(OTHER, doc.is_none_or(|d| columns.docs[row] == d));
        let day = columns.days[row];
        check(OTHER, since.is_none_or(|s| day != NO_DAY && s <= day));
        check(OTHER, until.is_none_or(|u| day != NO_DAY && day <= u));
        if unmet == 0 {
            rows.push(row as u32);
        }
        if unmet & !SPEAKER == 0 && who != NONE {
            *speakers.entry(who).or_default() += 1;
        }
        if unmet & !TOPIC == 0 {
            columns.topics.of(row).iter().for_each(|&t| *topics.entry(t).or_default() += 1);
        }
    }
    let mut by_name: FxHashMap<&str, (u32, &str)> = FxHashMap::default();
    for (who, count) in speakers {
        let party = &names.parties.list[who as usize];
        by_name.entry(&party.name).or_insert((0, &party.code)).0 += count;
    }
    let speakers = by_name.into_iter().map(|(name, (count, code))| Facet {
        value: name.to_owned(),
        label: Some(format!("{name} [{code}]")),
        count,
    });
    let topics = topics.into_iter().map(|(t, count)| {
        let code = names.countries.list[t as usize].clone();
        Facet { label: country_name(&code), value: code, count }
    });
    Ok((rows, ranked(speakers.collect()), ranked(topics.collect())))
}

fn ranked(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    facets.truncate(MOST);
    facets
}

pub(crate) fn page(store: &Store, filter: &Filter, page: &Page) -> Result<Statements, Refusal> {
    let (rows, speakers, topics) = shown(store, filter)?;
    let (number, size) = page.bounds();
    let here: Vec<u32> = rows.iter().skip((number - 1).saturating_mul(size)).take(size).copied().collect();
    let bodies = store.bodies(Searched::Statements, &here)?;
    Ok(Statements { total: rows.len(), page: number, size, rows: bodies, speakers, topics })
}

const COLUMNS: &[(&str, Kind)] = &[
    ("doc_id", Kind::Text),
    ("statement_id", Kind::Text),
    ("published", Kind::Text),
    ("publisher", Kind::Text),
    ("title", Kind::Text),
    ("speaker", Kind::Text),
    ("speaker_code", Kind::Text),
    ("quoted", Kind::Bool),
    ("text", Kind::Text),
    ("cue", Kind::Text),
    ("addressee", Kind::Text),
    ("topics", Kind::Text),
    ("story", Kind::Text),
    ("start", Kind::Int),
    ("end", Kind::Int),
];

/// All statements that are shown, as a sheet.
pub(crate) fn sheet(store: &Store, filter: &Filter) -> Result<Sheet, Refusal> {
    let (rows, ..) = shown(store, filter)?;
    let mut sheet = Sheet::new(COLUMNS);
    for body in store.bodies(Searched::Statements, &rows)? {
        sheet.push(cells(serde_json::from_str(body.get())?));
    }
    Ok(sheet)
}

/// The statements of a record that is in no store, as a sheet.
pub(crate) fn of_record(record: &Record) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    record.statements.iter().for_each(|statement| sheet.push(cells(row(record, statement, ""))));
    sheet
}

fn cells(row: Row) -> Vec<Cell> {
    vec![
        Cell::text(&row.doc),
        Cell::text(&row.id),
        Cell::Text(row.published.map(|d| d.to_string())),
        Cell::Text(row.publisher),
        Cell::text(&row.title),
        Cell::Text(row.speaker.as_ref().map(|s| s.name.clone())),
        Cell::Text(row.speaker.map(|s| s.code)),
        Cell::Bool(row.quoted),
        Cell::text(&row.text),
        Cell::Text(row.cue),
        Cell::Text(row.addressee),
        Cell::text(&row.topics.join("; ")),
        Cell::text(&row.story),
        Cell::int(row.start as usize),
        Cell::int(row.end as usize),
    ]
}
