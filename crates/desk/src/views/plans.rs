//! What was planned, promised, demanded, threatened or refused, and what became of it.

use crate::error::Refusal;
use crate::row::{Actor, Place, actors, cut, place};
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::Store;
use crate::views::events::Page;
use crate::views::facets::Facet;
use dateline_story::Plan;
use dateline_story::plan::{Origin, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which plans.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Filter {
    /// Words of the sentence that tells the plan, of its parties or of its place.
    q: Option<String>,
    /// kept, changed, cancelled, overdue, open.
    state: Option<String>,
    /// planned, promised, demanded, threatened, refused.
    origin: Option<String>,
    /// PLOVER types of what is planned.
    #[serde(rename = "type")]
    types: Option<String>,
    /// Who takes part: a name, a country, or a country and sector.
    party: Option<String>,
    /// Identifier of a story.
    story: Option<String>,
    /// First day that it is due; plans without a day go by the day they were announced.
    since: Option<String>,
    /// Last day that it is due.
    until: Option<String>,
}

/// A plan and what became of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Plan)]
pub(crate) struct Row {
    id: String,
    /// kept, changed, cancelled, overdue, open.
    state: &'static str,
    /// planned, promised, demanded, threatened, refused.
    origin: &'static str,
    /// The event that announces it.
    event: String,
    story: String,
    #[serde(rename = "type")]
    event_type: String,
    mode: Option<String>,
    actors: Vec<Actor>,
    recipients: Vec<Actor>,
    place: Option<Place>,
    /// First and last day that it is due, and how exactly that is told.
    #[schema(value_type = Option<String>)]
    due: Option<Date>,
    #[schema(value_type = Option<String>)]
    due_end: Option<Date>,
    due_precision: Option<String>,
    #[schema(value_type = Option<String>)]
    announced: Option<Date>,
    text: String,
    /// The report it stands in.
    doc: String,
    reports: usize,
    independent: usize,
    /// The event that fulfilled it.
    fulfilled_by: Option<String>,
    /// What is different: date, place.
    changes: Vec<&'static str>,
    /// The words that tell what became of it.
    outcome: Option<Outcome>,
}

/// The words that tell what became of a plan.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Outcome {
    text: String,
    doc: String,
    #[schema(value_type = Option<String>)]
    day: Option<Date>,
}

/// Plans.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Plans {
    total: usize,
    page: usize,
    size: usize,
    /// Counts by state, without regard to the state asked for.
    states: Vec<Facet>,
    /// Counts by origin, without regard to the origin asked for.
    origins: Vec<Facet>,
    rows: Vec<Row>,
}

const fn state(state: State) -> &'static str {
    match state {
        State::Kept => "kept",
        State::Changed => "changed",
        State::Cancelled => "cancelled",
        State::Overdue => "overdue",
        State::Open => "open",
    }
}

const fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Planned => "planned",
        Origin::Promised => "promised",
        Origin::Demanded => "demanded",
        Origin::Threatened => "threatened",
        Origin::Refused => "refused",
    }
}

fn row(plan: &Plan) -> Row {
    Row {
        id: plan.id.clone(),
        state: state(plan.state),
        origin: origin(plan.origin),
        event: plan.cluster.clone(),
        story: plan.story.clone(),
        event_type: plan.event_type.as_str().to_owned(),
        mode: plan.mode.clone(),
        actors: actors(&plan.actors),
        recipients: actors(&plan.recipients),
        place: plan.place.as_ref().map(place),
        due: plan.due.map(|d| d.start),
        due_end: plan.due.map(|d| d.end),
        due_precision: plan.due.map(|d| d.precision.as_str().to_owned()),
        announced: plan.announced,
        text: cut(&plan.text, 600),
        doc: plan.text_doc.clone(),
        reports: plan.documents,
        independent: plan.sources,
        fulfilled_by: plan.fulfilled_by.clone(),
        changes: plan.changes.clone(),
        outcome: plan.outcome.as_ref().map(|o| Outcome {
            text: cut(&o.text, 600),
            doc: o.doc_id.clone(),
            day: o.day,
        }),
    }
}

/// What is shown, and two counts of it.
pub(crate) type Counted<T> = (Vec<T>, Vec<Facet>, Vec<Facet>);

/// The plans that are shown, by the day they are due, and the counts.
fn shown<'a>(store: &'a Store, filter: &Filter) -> Result<Counted<&'a Plan>, Refusal> {
    let told = |text: &Option<String>| text.clone().map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let list = |text: &Option<String>| {
        told(text).map(|t| t.split(',').map(|i| i.trim().to_owned()).collect::<Vec<String>>())
    };
    let words: Option<Vec<String>> =
        told(&filter.q).map(|q| q.to_lowercase().split_whitespace().map(str::to_owned).collect());
    let (states, origins, types) = (list(&filter.state), list(&filter.origin), list(&filter.types));
    let known = |list: &Option<Vec<String>>, what: &str, all: &[&str]| match list
        .iter()
        .flatten()
        .find(|i| !all.contains(&i.as_str()))
    {
        Some(unknown) => Err(Refusal::unknown(what, unknown)),
        None => Ok(()),
    };
    known(&states, "state", &STATES)?;
    known(&origins, "origin", &ORIGINS)?;
    let story = told(&filter.story);
    let party = told(&filter.party);
    let since = crate::filter::day(filter.since.as_ref(), "since")?;
    let until = crate::filter::day(filter.until.as_ref(), "until")?;
    let has =
        |list: &Option<Vec<String>>, value: &str| list.as_ref().is_none_or(|l| l.iter().any(|i| i == value));
    let mut plans: Vec<&Plan> = Vec::new();
    let (mut by_state, mut by_origin) = ([0; STATES.len()], [0; ORIGINS.len()]);
    for plan in &store.plans {
        let day = plan.due.map(|d| d.start).or(plan.announced);
        let met = has(&types, plan.event_type.as_str())
            && story.as_ref().is_none_or(|s| plan.story == *s)
            && party.as_ref().is_none_or(|p| takes_part(plan, p))
            && since.is_none_or(|s| day.is_some_and(|d| s <= d))
            && until.is_none_or(|u| day.is_some_and(|d| d <= u))
            && words.as_ref().is_none_or(|w| says(plan, w));
        if !met {
            continue;
        }
        let (in_state, in_origin) = (has(&states, state(plan.state)), has(&origins, origin(plan.origin)));
        if in_origin {
            by_state[STATES.iter().position(|s| *s == state(plan.state)).unwrap_or(0)] += 1;
        }
        if in_state {
            by_origin[ORIGINS.iter().position(|o| *o == origin(plan.origin)).unwrap_or(0)] += 1;
        }
        if in_state && in_origin {
            plans.push(plan);
        }
    }
    let day = |p: &Plan| p.due.map(|d| d.start).or(p.announced);
    plans.sort_by(|a, b| (day(a), a.announced, &a.id).cmp(&(day(b), b.announced, &b.id)));
    let facets = |names: &[&str], counts: &[u32]| {
        let facet =
            |(name, count): (&&str, &u32)| Facet { value: (*name).to_owned(), label: None, count: *count };
        names.iter().zip(counts).map(facet).collect()
    };
    Ok((plans, facets(&STATES, &by_state), facets(&ORIGINS, &by_origin)))
}

const STATES: [&str; 5] = ["kept", "changed", "cancelled", "overdue", "open"];
const ORIGINS: [&str; 5] = ["planned", "promised", "demanded", "threatened", "refused"];

fn takes_part(plan: &Plan, text: &str) -> bool {
    let lower = text.to_lowercase();
    plan.actors.iter().chain(&plan.recipients).any(|p| {
        p.code == text
            || p.country.is_some_and(|c| c.as_str() == text)
            || p.name.to_lowercase().contains(&lower)
    })
}

fn says(plan: &Plan, words: &[String]) -> bool {
    let mut text = plan.text.to_lowercase();
    for party in plan.actors.iter().chain(&plan.recipients) {
        text.push(' ');
        text.push_str(&party.name.to_lowercase());
    }
    if let Some(place) = &plan.place {
        text.push(' ');
        text.push_str(&place.name.to_lowercase());
    }
    words.iter().all(|w| text.contains(w.trim_matches('"')))
}

pub(crate) fn page(store: &Store, filter: &Filter, page: &Page) -> Result<Plans, Refusal> {
    let (plans, states, origins) = shown(store, filter)?;
    let (number, size) = page.bounds();
    let rows = plans.iter().skip((number - 1).saturating_mul(size)).take(size).map(|p| row(p)).collect();
    Ok(Plans { total: plans.len(), page: number, size, states, origins, rows })
}

const COLUMNS: &[(&str, Kind)] = &[
    ("plan_id", Kind::Text),
    ("state", Kind::Text),
    ("origin", Kind::Text),
    ("due", Kind::Text),
    ("due_end", Kind::Text),
    ("type", Kind::Text),
    ("mode", Kind::Text),
    ("actors", Kind::Text),
    ("recipients", Kind::Text),
    ("place", Kind::Text),
    ("announced", Kind::Text),
    ("reports", Kind::Int),
    ("independent_sources", Kind::Int),
    ("changes", Kind::Text),
    ("fulfilled_by", Kind::Text),
    ("text", Kind::Text),
    ("outcome", Kind::Text),
    ("doc_id", Kind::Text),
    ("outcome_doc_id", Kind::Text),
    ("story", Kind::Text),
];

/// All plans that are shown, as a sheet.
pub(crate) fn sheet(store: &Store, filter: &Filter) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::new(COLUMNS);
    let day = |d: Option<Date>| Cell::Text(d.map(|d| d.to_string()));
    let names =
        |list: &[Actor]| Cell::text(&list.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; "));
    for plan in shown(store, filter)?.0 {
        let row = row(plan);
        sheet.push(vec![
            Cell::text(&row.id),
            Cell::text(row.state),
            Cell::text(row.origin),
            day(row.due),
            day(row.due_end),
            Cell::text(&row.event_type),
            Cell::Text(row.mode),
            names(&row.actors),
            names(&row.recipients),
            Cell::Text(row.place.map(|p| p.name)),
            day(row.announced),
            Cell::int(row.reports),
            Cell::int(row.independent),
            Cell::text(&row.changes.join("; ")),
            Cell::Text(row.fulfilled_by),
            Cell::text(&row.text),
            Cell::Text(row.outcome.as_ref().map(|o| o.text.clone())),
            Cell::text(&row.doc),
            Cell::Text(row.outcome.map(|o| o.doc)),
            Cell::text(&row.story),
        ]);
    }
    Ok(sheet)
}
