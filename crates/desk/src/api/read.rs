//! Reports, their trees, and texts that are read at once.

use super::{Form, State, beside};
use crate::error::{Problem, Refusal};
use crate::reading::{self, Read, Sentence};
use crate::sheet::{Download, attachment};
use crate::views::events::Page;
use crate::views::reports::{self, Report, Reports};
use crate::views::{events, statements};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use dateline::{Format, Options};
use serde::Deserialize;
use utoipa::IntoParams;

/// A page of reports, by day of publication.
#[utoipa::path(get, path = "/api/reports", tag = "reports", params(reports::Filter, Page, Form),
    responses((status = 200, body = Reports), (status = 400, body = Problem)))]
pub(super) async fn reports(
    axum::extract::State(desk): State,
    Query(filter): Query<reports::Filter>,
    Query(page): Query<Page>,
    Query(form): Query<Form>,
) -> Result<Response, Refusal> {
    beside(desk, move |desk| {
        let store = &desk.store;
        form.answer("reports", || reports::sheet(store, &filter), || reports::page(store, &filter, &page))
    })
    .await
}

/// A report: its record, and what others tell of its events. As a file: the record (json), or its events (csv, parquet).
#[utoipa::path(get, path = "/api/reports/{id}", tag = "reports",
    params(("id" = String, Path, description = "Identifier of the report"), Form),
    responses((status = 200, body = Report), (status = 404, body = Problem)))]
pub(super) async fn report(
    axum::extract::State(desk): State,
    Path(id): Path<String>,
    Query(form): Query<Form>,
) -> Result<Response, Refusal> {
    beside(desk, move |desk| {
        let Some(wanted) = form.asked()? else {
            return Ok(Json(reports::one(&desk.store, &id)?).into_response());
        };
        let number = desk.store.report(&id).ok_or_else(|| Refusal::missing("report", &id))?;
        let record = desk.store.record(number)?;
        match wanted {
            Download::Json => Ok(attachment(&format!("{id}.json"), "application/json", record.to_json()?)),
            other => events::of_record(&record.in_bytes()).download(&id, other),
        }
    })
    .await
}

/// The trees of a report, and why each event is there: the report is read anew.
#[utoipa::path(get, path = "/api/reports/{id}/trees", tag = "reports",
    params(("id" = String, Path, description = "Identifier of the report")),
    responses((status = 200, body = Vec<Sentence>), (status = 404, body = Problem)))]
pub(super) async fn trees(
    axum::extract::State(desk): State,
    Path(id): Path<String>,
) -> Result<Json<Vec<Sentence>>, Refusal> {
    let _turn = desk.readers.acquire().await.map_err(Refusal::internal)?;
    let shared = std::sync::Arc::clone(&desk);
    beside(shared, move |desk| {
        let number = desk.store.report(&id).ok_or_else(|| Refusal::missing("report", &id))?;
        Ok(Json(reading::again(&desk.model.0, desk.store.record(number)?)?))
    })
    .await
}

/// What is known of a text.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct Known {
    /// Name of the file, whose ending tells its kind.
    name: Option<String>,
    /// Day of publication.
    date: Option<String>,
    /// Headline.
    title: Option<String>,
    /// Who published it.
    publisher: Option<String>,
    /// What a download holds: `events` or `statements`.
    table: Option<String>,
}

/// Reads the body, a text or web page, and gives the record. Nothing is stored.
#[utoipa::path(post, path = "/api/read", tag = "read", params(Known, Form),
    request_body(content = String, description = "The bytes of a text, Markdown or HTML file", content_type = "application/octet-stream"),
    responses((status = 200, body = Read), (status = 413, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn text(
    axum::extract::State(desk): State,
    Query(known): Query<Known>,
    Query(form): Query<Form>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let _turn = desk.readers.acquire().await.map_err(Refusal::internal)?;
    let shared = std::sync::Arc::clone(&desk);
    beside(shared, move |desk| {
        let told = |text: &Option<String>| text.clone().filter(|t| !t.trim().is_empty());
        let name = told(&known.name);
        let stem = name.as_deref().map(|n| n.rsplit(['/', '\\']).next().unwrap_or(n));
        let stem = stem.map(|n| n.rsplit_once('.').map_or(n, |(stem, _)| stem).to_owned());
        let options = Options {
            id: stem.filter(|s| !s.is_empty()).unwrap_or_else(|| "text".to_owned()),
            path: name.clone(),
            title: told(&known.title),
            publisher: told(&known.publisher),
            date: crate::filter::day(known.date.as_ref(), "date")?,
            max_bytes: desk.max_bytes,
            format: Format::Auto,
            english_only: false,
            ..Options::default()
        };
        let read = reading::bytes(&desk.model.0, &body, &options)?;
        let Some(wanted) = form.asked()? else { return Ok(Json(read).into_response()) };
        let name = read.record.id.clone();
        match (wanted, known.table.as_deref()) {
            (Download::Json, _) => {
                Ok(attachment(&format!("{name}.json"), "application/json", read.record.to_json()?))
            }
            (other, Some("statements")) => {
                statements::of_record(&read.record.in_bytes()).download(&name, other)
            }
            (other, _) => events::of_record(&read.record.in_bytes()).download(&name, other),
        }
    })
    .await
}
