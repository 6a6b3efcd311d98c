//! The front end: files that are part of the program.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What `npm run build` makes in `crates/desk/web`; a debug build reads it from there.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
struct Files;

const PAGE: &str = "index.html";

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// A file of the front end; the address of a view gives the page, which shows it.
pub(crate) fn serve(uri: &Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let name = if path.contains('.') { path } else { PAGE };
    let Some(file) = Files::get(name) else {
        return (StatusCode::NOT_FOUND, "there is no such file").into_response();
    };
    // The names of all other files change with what is in them.
    let kept = if name == PAGE { "no-cache" } else { "public, max-age=31536000, immutable" };
    ([(header::CONTENT_TYPE, kind(name)), (header::CACHE_CONTROL, kept)], file.data).into_response()
}
