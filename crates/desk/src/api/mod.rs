//! The JSON API: what stands under `/api`. `GET /api` describes it, as `OpenAPI`.

mod check;
mod read;
mod views;

use crate::check::Journal;
use crate::error::Refusal;
use crate::sheet::{Download, Sheet};
use crate::store::Store;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router};
use dateline::Model;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Semaphore;
use utoipa::{IntoParams, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Texts that are read at once.
const READERS: usize = 2;

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) journal: Journal,
    pub(crate) model: Shared,
    pub(crate) readers: Semaphore,
    /// What is open, as the user named it.
    pub(crate) name: String,
    /// Longest text that is read, in bytes.
    pub(crate) max_bytes: usize,
}

/// The model, which prints as its name.
pub(crate) struct Shared(pub(crate) Model);

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Model")
    }
}

impl Desk {
    pub(crate) fn new(store: Store, journal: Journal, model: Model, name: String, max_bytes: usize) -> Self {
        Self { store, journal, model: Shared(model), readers: Semaphore::new(READERS), name, max_bytes }
    }
}

type State = axum::extract::State<Arc<Desk>>;

/// A file instead of JSON.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
struct Form {
    /// All rows that are shown as a file: csv, json or parquet.
    download: Option<String>,
}

impl Form {
    fn asked(&self) -> Result<Option<Download>, Refusal> {
        match self.download.as_deref().filter(|d| !d.is_empty()) {
            None => Ok(None),
            Some(form) => form.parse().map(Some).map_err(|_| Refusal::unknown("download", form)),
        }
    }

    /// The answer, or the sheet as a file.
    fn answer<T: Serialize>(
        &self,
        name: &str,
        sheet: impl FnOnce() -> Result<Sheet, Refusal>,
        answer: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<Response, Refusal> {
        match self.asked()? {
            Some(form) => sheet()?.download(name, form),
            None => Ok(Json(answer()?).into_response()),
        }
    }
}

/// Does work that waits for the database or takes its time, beside the threads that talk to the network.
async fn beside<T: Send + 'static>(
    desk: Arc<Desk>,
    work: impl FnOnce(&Desk) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(move || work(&desk)).await.map_err(Refusal::internal)?
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Dateline desk",
        description = "What the desk shows, for programs. All lists take the filters of the views; `download` gives all rows that are shown as a file."
    ),
    tags(
        (name = "views", description = "What the views show"),
        (name = "reports", description = "Reports, their records and trees"),
        (name = "check", description = "What people say of events"),
        (name = "read", description = "Reading a text at once")
    )
)]
struct Api;

/// The routes and their description.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    let (router, description) = OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(views::about))
        .routes(routes!(views::events))
        .routes(routes!(views::facets))
        .routes(routes!(views::event))
        .routes(routes!(views::timeline))
        .routes(routes!(views::map))
        .routes(routes!(views::network))
        .routes(routes!(views::statements))
        .routes(routes!(views::plans))
        .routes(routes!(views::stories))
        .routes(routes!(read::reports))
        .routes(routes!(read::report))
        .routes(routes!(read::trees))
        .routes(routes!(read::text))
        .routes(routes!(check::list, check::add))
        .routes(routes!(check::export))
        .split_for_parts();
    let description = description.to_json().unwrap_or_default();
    let describe = move || {
        std::future::ready(([(axum::http::header::CONTENT_TYPE, "application/json")], description.clone()))
    };
    router.route("/api", axum::routing::get(describe)).with_state(desk)
}
