//! What people say of events.

use super::{Form, State, beside};
use crate::check::{Correction, Opinion, export as annotations};
use crate::error::{Problem, Refusal};
use crate::sheet::{Cell, Kind, Sheet, attachment};
use axum::Json;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(super) struct Of {
    /// Identifier of a report.
    doc: Option<String>,
}

const COLUMNS: &[(&str, Kind)] = &[
    ("revision", Kind::Int),
    ("at", Kind::Text),
    ("reviewer", Kind::Text),
    ("doc_id", Kind::Text),
    ("event_id", Kind::Text),
    ("verdict", Kind::Text),
    ("values", Kind::Text),
    ("note", Kind::Text),
];

fn sheet(corrections: Vec<Correction>) -> Result<Sheet, Refusal> {
    let mut sheet = Sheet::new(COLUMNS);
    for Correction { revision, at, opinion } in corrections {
        sheet.push(vec![
            Cell::Int(Some(revision)),
            Cell::text(&at),
            Cell::Text(opinion.reviewer),
            Cell::text(&opinion.doc),
            Cell::text(&opinion.event),
            Cell::text(opinion.verdict.as_str()),
            Cell::Text(opinion.values.map(|v| serde_json::to_string(&v)).transpose()?),
            Cell::Text(opinion.note),
        ]);
    }
    Ok(sheet)
}

/// The last word on each event that somebody has checked.
#[utoipa::path(get, path = "/api/corrections", tag = "check", params(Of, Form),
    responses((status = 200, body = Vec<Correction>)))]
pub(super) async fn list(
    axum::extract::State(desk): State,
    Query(of): Query<Of>,
    Query(form): Query<Form>,
) -> Result<Response, Refusal> {
    beside(desk, move |desk| {
        let all = || desk.journal.all(of.doc.as_deref().filter(|d| !d.is_empty()));
        form.answer("corrections", || sheet(all()), || Ok(all()))
    })
    .await
}

/// Stores what somebody says of an event. When the answer comes, the disk has it.
#[utoipa::path(post, path = "/api/corrections", tag = "check", request_body = Opinion,
    responses((status = 200, body = Correction), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(super) async fn add(
    axum::extract::State(desk): State,
    Json(opinion): Json<Opinion>,
) -> Result<Json<Correction>, Refusal> {
    beside(desk, move |desk| Ok(Json(desk.journal.add(opinion, &desk.store)?))).await
}

/// Checked reports as annotations: an archive with `gold/`, a file a report, and `texts.jsonl`, for `dateline eval`.
#[utoipa::path(get, path = "/api/corrections/annotations.zip", tag = "check",
    responses((status = 200, description = "A ZIP archive", content_type = "application/zip")))]
pub(super) async fn export(axum::extract::State(desk): State) -> Result<Response, Refusal> {
    beside(desk, |desk| {
        let bytes = annotations::archive(&desk.store, desk.journal.all(None))?;
        Ok(attachment("annotations.zip", "application/zip", bytes))
    })
    .await
}
