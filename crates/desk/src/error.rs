//! What goes wrong: while a store is made, and while a request is answered.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Why the desk cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error("the database cannot be used ({0}): check the space left in the folder for temporary files")]
    Database(#[from] rusqlite::Error),
    /// A file or folder.
    #[error("{path}: {error}: check the path and the rights")]
    Io {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// A record that cannot be linked with others.
    #[error("a record cannot be used: {0}")]
    Record(String),
    /// An address that cannot be listened on.
    #[error("cannot listen on {address} ({error}): give another one with --listen")]
    Listen {
        /// Which.
        address: String,
        /// Why.
        error: std::io::Error,
    },
    /// The file of corrections is of another version or of other data.
    #[error("{0}")]
    Corrections(String),
}

/// Why a request is not answered.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) reason: String,
}

/// What is sent with every status that is no success.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What is wrong, and what to do.
    pub(crate) error: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }

    pub(crate) fn bad(reason: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason)
    }

    pub(crate) fn unknown(what: &str, value: &str) -> Self {
        Self::bad(format!("{what}: `{}` is not known", crate::row::cut(value, 60)))
    }

    pub(crate) fn missing(what: &str, id: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("there is no {what} {}", crate::row::cut(id, 60)))
    }

    pub(crate) fn internal(reason: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, format!("a fault of the desk: {reason}"))
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(error)
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<dateline_tables::Error> for Refusal {
    fn from(error: dateline_tables::Error) -> Self {
        Self::internal(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, axum::Json(Problem { error: self.reason })).into_response()
    }
}
