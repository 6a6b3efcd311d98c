//! The server: listens, answers, and stops when it is told to.

use crate::api::{self, Desk};
use crate::assets;
use crate::check::Journal;
use crate::error::Error;
use crate::guard::{self, Guard};
use crate::store::Store;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use dateline::Model;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// Requests that wait for the database or read a text at once; more wait for them.
const BLOCKING: usize = 8;

/// How long open requests may take to end once the desk was told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// How the desk is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is open, as its user names it.
    pub name: String,
    /// Where it listens. Any address but this machine's own needs a token.
    pub listen: SocketAddr,
    /// What must be shown; made up where it is needed and not told.
    pub token: Option<String>,
    /// Further names under which it may be asked for.
    pub hosts: Vec<String>,
    /// Where corrections are kept.
    pub corrections: Option<PathBuf>,
    /// Whether corrections are taken; else they are only shown.
    pub check: bool,
    /// Longest text that is read, in bytes.
    pub max_bytes: usize,
}

/// 32 letters and digits that nobody can guess.
fn made_up() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| Error::Io {
        path: "random numbers".to_owned(),
        error: std::io::Error::other(e.to_string()),
    })?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// The whole desk as one service, behind its guard.
pub(crate) fn app(desk: Desk, guard: Guard) -> Router {
    let limit = DefaultBodyLimit::max(desk.max_bytes);
    let guard = axum::middleware::from_fn_with_state(Arc::new(guard), guard::watch);
    api::router(Arc::new(desk)).fallback(fallback).layer(limit).layer(guard)
}

/// The desk as a service without a socket, for who asks it otherwise: what [`serve`] answers at the address of `options`.
///
/// # Errors
/// When the file of corrections cannot be used.
pub fn service(store: Store, model: Model, options: Options) -> Result<Router, Error> {
    let journal = Journal::open(options.corrections.as_deref(), options.check, &store)?;
    let guard = Guard::new(options.listen.ip(), &options.hosts, options.token);
    Ok(app(Desk::new(store, journal, model, options.name, options.max_bytes), guard))
}

async fn fallback(uri: axum::http::Uri) -> axum::response::Response {
    use axum::response::IntoResponse;
    if uri.path().starts_with("/api") {
        let reason = "there is no such address: GET /api tells which there are";
        return crate::error::Refusal::new(axum::http::StatusCode::NOT_FOUND, reason).into_response();
    }
    assets::serve(&uri)
}

/// Opens the desk and serves it until it is told to stop. `ready` is called with its address once it listens.
///
/// # Errors
/// When it cannot listen there, or the file of corrections cannot be used.
pub fn serve(store: Store, model: Model, options: Options, ready: impl FnOnce(&str)) -> Result<(), Error> {
    let journal = Journal::open(options.corrections.as_deref(), options.check, &store)?;
    let desk = Desk::new(store, journal, model, options.name, options.max_bytes);
    let token = match options.token {
        None if !options.listen.ip().is_loopback() => Some(made_up()?),
        told => told,
    };
    let listen = options.listen;
    let fail = move |error| Error::Listen { address: listen.to_string(), error };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(BLOCKING)
        .enable_all()
        .build()
        .map_err(fail)?;
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(fail)?;
        let address = listener.local_addr().map_err(fail)?;
        let question = token.as_ref().map(|t| format!("?token={t}")).unwrap_or_default();
        ready(&format!("http://{address}/{question}"));
        let guard = Guard::new(address.ip(), &options.hosts, token);
        let stopped = Arc::new(tokio::sync::Notify::new());
        let told = Arc::clone(&stopped);
        let server = axum::serve(listener, app(desk, guard)).with_graceful_shutdown(async move {
            stop().await;
            told.notify_one();
        });
        tokio::select! {
            ended = server.into_future() => ended.map_err(fail),
            () = async { stopped.notified().await; tokio::time::sleep(GRACE).await } => Ok(()),
        }
    });
    runtime.shutdown_timeout(GRACE);
    served
}

/// Comes back when the program is told to stop.
async fn stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let Ok(mut terminated) = signal(SignalKind::terminate()) else { return interrupted.await };
        tokio::select! {
            () = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await;
}
