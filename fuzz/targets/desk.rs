#![no_main]
//! Requests to the desk: a first line with the path and its query; what follows it is sent to it.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Uri};
use dateline::{Format, Options};
use dateline_desk::Store;
use dateline_fuzz::{MODEL, options_of, read, set_up};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime"));

static DESK: LazyLock<Router> = LazyLock::new(|| {
    let texts = [
        "LIMA, June 2 (Example Wire) - Ecuador shelled a Peruvian border post on Monday, killing three soldiers. \
         Peru recalled its ambassador from Quito and will meet Chilean envoys in Lima on Friday.",
        "QUITO, June 3 (Example Wire) - \"We did not attack,\" Ecuador's foreign minister said on Tuesday.",
    ];
    let record = |(n, text): (usize, &&str)| {
        let date = Some(jiff::civil::date(2031, 6, 2 + n as i8));
        read(text.as_bytes(), &Options { id: format!("r{n}"), date, ..options_of(Format::Text) })
    };
    let store = Store::new(texts.iter().enumerate().filter_map(record).collect(), None).expect("a store");
    let options = dateline_desk::Options {
        name: "fuzz".to_owned(),
        listen: ([127, 0, 0, 1], 8737).into(),
        token: None,
        hosts: Vec::new(),
        corrections: Some(std::env::temp_dir().join(format!("dateline-fuzz-{}.sqlite", std::process::id()))),
        check: true,
        max_bytes: 1 << 14,
    };
    dateline_desk::service(store, MODEL.clone(), options).expect("a desk")
});

fuzz_target!(init: set_up(), |data: &[u8]| {
    let (line, body) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len()));
    let Ok(uri) = Uri::try_from(line) else { return };
    let request = Request::builder().uri(uri).header("host", "localhost");
    let request = match body {
        [] => request.body(Body::empty()),
        [_, body @ ..] => {
            let is_json = body.starts_with(b"{");
            let kind = if is_json { "application/json" } else { "application/octet-stream" };
            request.method("POST").header("content-type", kind).body(Body::from(body.to_vec()))
        }
    };
    let Ok(request) = request else { return };
    RUNTIME.block_on(async {
        let response = DESK.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 24).await.expect("a whole answer");
        assert!(!status.is_server_error(), "{status} {}", String::from_utf8_lossy(&bytes));
    });
});
