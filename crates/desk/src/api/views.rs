//! What the views ask for.

use super::{Form, State, beside};
use crate::columns::NONE;
use crate::error::{Problem, Refusal};
use crate::filter::Filter;
use crate::row::Row;
use crate::store::{Searched, Store};
use crate::views::events::{Events, Page};
use crate::views::facets::Facets;
use crate::views::map::Map;
use crate::views::network::Network;
use crate::views::plans::Plans;
use crate::views::statements::Statements;
use crate::views::timeline::Timeline;
use crate::views::{events, facets, map, network, plans, statements, timeline};
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use dateline_core::codes::Context;
use dateline_core::{EventType, Mode, Sector, Status};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use utoipa::ToSchema;

type Answer = Result<Response, Refusal>;

/// What is open, and the words of the codebook.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct About {
    version: &'static str,
    /// What is open, as it was named.
    name: String,
    reports: usize,
    /// Events, each once.
    events: usize,
    /// Events as each report tells them.
    tellings: usize,
    statements: usize,
    stories: usize,
    plans: usize,
    /// First and last day of publication.
    #[schema(value_type = Option<String>)]
    first: Option<Date>,
    #[schema(value_type = Option<String>)]
    last: Option<Date>,
    /// Whether corrections are taken.
    check: bool,
    /// Longest text that is read, in bytes.
    max_bytes: usize,
    types: Vec<Kind>,
    statuses: Vec<&'static str>,
    sectors: Vec<&'static str>,
    contexts: Vec<&'static str>,
    /// Names of countries by code, of those that occur.
    countries: BTreeMap<String, String>,
}

/// A type of the codebook.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Kind {
    name: &'static str,
    quad: u8,
    score: f32,
    modes: Vec<&'static str>,
}

/// What is open, and the words of the codebook.
#[utoipa::path(get, path = "/api/about", tag = "views", responses((status = 200, body = About)))]
pub(super) async fn about(axum::extract::State(desk): State) -> Json<About> {
    let Store { reports, events, tellings, statements, stories, plans, names, .. } = &desk.store;
    let published = || reports.iter().filter_map(|r| r.document.published);
    let kind = |t: &EventType| Kind {
        name: t.as_str(),
        quad: t.quad(),
        score: t.score(),
        modes: Mode::ALL.iter().filter(|m| m.event_type() == *t).map(|m| m.as_str()).collect(),
    };
    let mut codes: Vec<&String> = names.parties.list.iter().filter_map(|p| p.country.as_ref()).collect();
    codes.extend(&names.countries.list);
    let countries = codes.into_iter().filter_map(|c| Some((c.clone(), facets::country_name(c)?))).collect();
    Json(About {
        version: env!("CARGO_PKG_VERSION"),
        name: desk.name.clone(),
        reports: reports.len(),
        events: events.len(),
        tellings: tellings.len(),
        statements: statements.len(),
        stories: stories.len(),
        plans: plans.len(),
        first: published().min(),
        last: published().max(),
        check: desk.journal.is_open(),
        max_bytes: desk.max_bytes,
        types: EventType::ALL.iter().map(kind).collect(),
        statuses: Status::ALL.iter().map(|s| s.as_str()).collect(),
        sectors: Sector::ALL.iter().map(|s| s.as_str()).collect(),
        contexts: Context::ALL.iter().map(|c| c.as_str()).collect(),
        countries,
    })
}

/// A page of events.
#[utoipa::path(get, path = "/api/events", tag = "views", params(Filter, Page, Form),
    responses((status = 200, body = Events), (status = 400, body = Problem)))]
pub(super) async fn events(
    axum::extract::State(desk): State,
    Query(filter): Query<Filter>,
    Query(page): Query<Page>,
    Query(form): Query<Form>,
) -> Answer {
    beside(desk, move |desk| {
        let store = &desk.store;
        let (columns, ready) = store.shown(&filter, || desk.journal.verdicts())?;
        let tellings = filter.tellings()?;
        let sheet = || {
            let rows = events::all(store, columns, &ready, &page)?;
            events::sheet(&events::bodies(store, tellings, &rows)?)
        };
        form.answer("events", sheet, || {
            let (total, rows) = events::page(store, columns, &ready, &page)?;
            let (number, size) = page.bounds();
            Ok(Events { total, page: number, size, rows: events::bodies(store, tellings, &rows)? })
        })
    })
    .await
}

/// Counts of events by what they are.
#[utoipa::path(get, path = "/api/facets", tag = "views", params(Filter),
    responses((status = 200, body = Facets), (status = 400, body = Problem)))]
pub(super) async fn facets(
    axum::extract::State(desk): State,
    Query(filter): Query<Filter>,
) -> Result<Json<Facets>, Refusal> {
    beside(desk, move |desk| {
        let (columns, ready) = desk.store.shown(&filter, || desk.journal.verdicts())?;
        Ok(Json(facets::count(&desk.store, columns, &ready)))
    })
    .await
}

/// An event with all that reports tell of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Event {
    /// The event.
    #[schema(value_type = Row)]
    event: Box<RawValue>,
    /// Everything that was merged: members, details that reports tell differently, claims.
    #[schema(value_type = Object)]
    cluster: Box<RawValue>,
    /// As each report tells it.
    #[schema(value_type = Vec<Row>)]
    tellings: Vec<Box<RawValue>>,
}

#[derive(Debug, Deserialize)]
struct Members {
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    doc_id: String,
    event_id: String,
}

/// An event with all that reports tell of it.
#[utoipa::path(get, path = "/api/events/{id}", tag = "views", params(("id" = String, Path, description = "Identifier of the event")),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub(super) async fn event(
    axum::extract::State(desk): State,
    Path(id): Path<String>,
) -> Result<Json<Event>, Refusal> {
    beside(desk, move |desk| {
        let store = &desk.store;
        let key = store.event(&id)?.ok_or_else(|| Refusal::missing("event", &id))?;
        let cluster = store.cluster(key as usize)?;
        let members: Members = serde_json::from_str(cluster.get())?;
        let rows: Vec<u32> =
            members.members.iter().filter_map(|m| store.telling(&m.doc_id, &m.event_id)).collect();
        let event = store.bodies(Searched::Events, &[key])?.swap_remove(0);
        Ok(Json(Event { event, cluster, tellings: store.bodies(Searched::Tellings, &rows)? }))
    })
    .await
}

/// Events by day.
#[utoipa::path(get, path = "/api/timeline", tag = "views", params(Filter, timeline::Look, Form),
    responses((status = 200, body = Timeline), (status = 400, body = Problem)))]
pub(super) async fn timeline(
    axum::extract::State(desk): State,
    Query(filter): Query<Filter>,
    Query(look): Query<timeline::Look>,
    Query(form): Query<Form>,
) -> Answer {
    beside(desk, move |desk| {
        let (columns, ready) = desk.store.shown(&filter, || desk.journal.verdicts())?;
        let timeline = timeline::timeline(&desk.store, columns, &ready, filter.days()?, &look)?;
        form.answer("timeline", || Ok(timeline::sheet(&timeline)), || Ok(&timeline))
    })
    .await
}

/// Events by place.
#[utoipa::path(get, path = "/api/map", tag = "views", params(Filter, Form),
    responses((status = 200, body = Map), (status = 400, body = Problem)))]
pub(super) async fn map(
    axum::extract::State(desk): State,
    Query(filter): Query<Filter>,
    Query(form): Query<Form>,
) -> Answer {
    beside(desk, move |desk| {
        let (columns, ready) = desk.store.shown(&filter, || desk.journal.verdicts())?;
        let map = map::map(&desk.store, columns, &ready);
        form.answer("places", || Ok(map::sheet(&map)), || Ok(&map))
    })
    .await
}

/// Who acts on whom.
#[utoipa::path(get, path = "/api/network", tag = "views", params(Filter, network::Look, Form),
    responses((status = 200, body = Network), (status = 400, body = Problem)))]
pub(super) async fn network(
    axum::extract::State(desk): State,
    Query(filter): Query<Filter>,
    Query(look): Query<network::Look>,
    Query(form): Query<Form>,
) -> Answer {
    beside(desk, move |desk| {
        let (columns, ready) = desk.store.shown(&filter, || desk.journal.verdicts())?;
        let network = network::network(&desk.store, columns, &ready, &look)?;
        form.answer("network", || Ok(network::sheet(&network)), || Ok(&network))
    })
    .await
}

/// A page of statements.
#[utoipa::path(get, path = "/api/statements", tag = "views", params(statements::Filter, Page, Form),
    responses((status = 200, body = Statements), (status = 400, body = Problem)))]
pub(super) async fn statements(
    axum::extract::State(desk): State,
    Query(filter): Query<statements::Filter>,
    Query(page): Query<Page>,
    Query(form): Query<Form>,
) -> Answer {
    beside(desk, move |desk| {
        let store = &desk.store;
        form.answer(
            "statements",
            || statements::sheet(store, &filter),
            || statements::page(store, &filter, &page),
        )
    })
    .await
}

/// A page of plans, by the day they are due.
#[utoipa::path(get, path = "/api/plans", tag = "views", params(plans::Filter, Page, Form),
    responses((status = 200, body = Plans), (status = 400, body = Problem)))]
pub(super) async fn plans(
    axum::extract::State(desk): State,
    Query(filter): Query<plans::Filter>,
    Query(page): Query<Page>,
    Query(form): Query<Form>,
) -> Answer {
    beside(desk, move |desk| {
        let store = &desk.store;
        form.answer("plans", || plans::sheet(store, &filter), || plans::page(store, &filter, &page))
    })
    .await
}

/// A story.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Story {
    id: String,
    title: String,
    #[schema(value_type = Option<String>)]
    begin: Option<Date>,
    #[schema(value_type = Option<String>)]
    end: Option<Date>,
    reports: usize,
    originals: usize,
    events: usize,
}

/// Stories, those with most reports first; at most 500.
#[utoipa::path(get, path = "/api/stories", tag = "views", responses((status = 200, body = Vec<Story>)))]
pub(super) async fn stories(axum::extract::State(desk): State) -> Result<Json<Vec<Story>>, Refusal> {
    beside(desk, |desk| {
        let store = &desk.store;
        let mut events = vec![0; store.names.stories.list.len()];
        store.events.stories.iter().for_each(|&s| events[s as usize] += 1);
        let count = |id: &String| store.names.stories.find(id).map_or(NONE, |n| n);
        let story = |s: &dateline_story::Story| Story {
            id: s.id.clone(),
            title: crate::row::title(&s.title),
            begin: s.begin,
            end: s.end,
            reports: s.documents,
            originals: s.originals,
            events: events.get(count(&s.id) as usize).copied().unwrap_or(0),
        };
        let mut stories: Vec<Story> = store.stories.iter().map(story).collect();
        stories.sort_by(|a, b| b.reports.cmp(&a.reports).then_with(|| a.id.cmp(&b.id)));
        stories.truncate(500);
        Ok(Json(stories))
    })
    .await
}
