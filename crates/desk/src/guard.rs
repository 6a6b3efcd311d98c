//! Who may ask, and what browsers may do with the answers.
//!
//! A web page of somebody else must not reach the desk through the browser of its user: neither by a name that is made to
//! point at this machine (so `Host` is checked), nor by a form or script of its own (so `Origin` and `Sec-Fetch-Site` are).

use crate::error::{Problem, Refusal};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Nothing from elsewhere, no script or style but the files of the desk, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Name of the cookie that holds the token.
const COOKIE: &str = "dateline_desk";

/// Longest plain answer of a library that is told as a problem.
const PLAIN: usize = 4096;

/// Who may ask.
#[derive(Debug)]
pub(crate) struct Guard {
    /// Names under which the desk may be asked for, in lower case, without ports.
    hosts: Vec<String>,
    /// What must be shown.
    token: Option<String>,
}

impl Guard {
    /// A guard for a desk that listens on `ip`, may be asked for under `hosts` besides, and asks for `token`.
    pub(crate) fn new(ip: IpAddr, hosts: &[String], token: Option<String>) -> Self {
        let mut names: Vec<String> = hosts.iter().map(|h| h.to_lowercase()).collect();
        if ip.is_loopback() || ip.is_unspecified() {
            names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        }
        names.push(match ip {
            IpAddr::V4(ip) => ip.to_string(),
            IpAddr::V6(ip) => format!("[{ip}]"),
        });
        Self { hosts: names, token }
    }

    fn check(&self, request: &Request) -> Result<(), Refusal> {
        let headers = request.headers();
        let host = text(headers, &header::HOST).unwrap_or_default();
        if !self.hosts.contains(&name_of(host)) {
            let reason =
                "this desk is not called that: start it with --host NAME to reach it under another name";
            return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, reason));
        }
        let forbidden = || Refusal::new(StatusCode::FORBIDDEN, "another site may not ask the desk");
        if headers.contains_key(header::ORIGIN) {
            let origin = text(headers, &header::ORIGIN).unwrap_or_default();
            let of = origin.split_once("://").map(|(_, rest)| rest.to_lowercase());
            if of.as_deref() != Some(&host.to_lowercase()) {
                return Err(forbidden());
            }
        }
        let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
        if matches!(site, Some("cross-site" | "same-site")) {
            // A link that leads here is all that another site may have.
            let mode = text(headers, &HeaderName::from_static("sec-fetch-mode"));
            let link = request.method() == Method::GET && mode == Some("navigate");
            if !link || request.uri().path().starts_with("/api") {
                return Err(forbidden());
            }
        }
        Ok(())
    }

    /// Whether the request shows the token, or none is asked for.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let Some(token) = &self.token else { return true };
        let bearer = text(headers, &header::AUTHORIZATION).and_then(|a| a.strip_prefix("Bearer "));
        let cookies = text(headers, &header::COOKIE).unwrap_or_default().split(';');
        let cookie = cookies.filter_map(|c| c.trim().split_once('=')).find(|(name, _)| *name == COOKIE);
        [bearer, cookie.map(|c| c.1)].into_iter().flatten().any(|shown| is_same(shown, token))
    }

    /// The answer to a page that was opened with the token in its address: the browser keeps it, and the address loses it.
    fn admit(&self, request: &Request) -> Option<Response> {
        let token = self.token.as_ref()?;
        if request.method() != Method::GET || request.uri().path().starts_with("/api") {
            return None;
        }
        let query = request.uri().query()?;
        let shown = query.split('&').find_map(|pair| pair.strip_prefix("token="))?;
        if !is_same(shown, token) {
            return None;
        }
        let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("token=")).collect();
        let path = format!("/{}", request.uri().path().trim_start_matches('/'));
        let address = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
        let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax");
        Some(
            (StatusCode::SEE_OTHER, [(header::LOCATION, address), (header::SET_COOKIE, cookie)])
                .into_response(),
        )
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// The name in `name:port`.
fn name_of(host: &str) -> String {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    name.trim_end_matches('.').to_lowercase()
}

fn is_same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Checks a request, and tells browsers what they may do with the answer.
pub(crate) async fn watch(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api");
    let mut response = match guard.check(&request) {
        Err(refusal) => refusal.into_response(),
        Ok(()) => match guard.admit(&request) {
            Some(response) => response,
            None if !guard.is_known(request.headers()) => {
                let reason = "open the address with ?token=... that was printed when the desk was started";
                Refusal::new(StatusCode::UNAUTHORIZED, reason).into_response()
            }
            None => as_problem(next.run(request).await).await,
        },
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if api {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// What libraries refuse in plain words, in the form of all other problems.
async fn as_problem(response: Response) -> Response {
    let status = response.status();
    let plain = text(response.headers(), &header::CONTENT_TYPE).is_none_or(|t| t.starts_with("text/plain"));
    if !(status.is_client_error() || status.is_server_error()) || !plain {
        return response;
    }
    let bytes = axum::body::to_bytes(Body::new(response.into_body()), PLAIN).await.unwrap_or_default();
    let words = String::from_utf8_lossy(&bytes);
    let error = if words.is_empty() { status.canonical_reason().unwrap_or("refused") } else { &words };
    (status, axum::Json(Problem { error: error.to_owned() })).into_response()
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn ports_are_no_part_of_names() {
        let names = ["LOCALHOST:80", "[::1]:8080", "[::1]", "desk.example.", "a:b"].map(name_of);
        assert_eq!(names, ["localhost", "[::1]", "[::1]", "desk.example", "a:b"]);
    }
}
