//! Fetching within limits.

use crate::error::FetchError;
use crate::guard::{Guard, is_public};
use crate::pace::Pace;
use dateline_archive::{Fetch, Fetched};
use std::collections::HashMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use texting_robots::Robot;
use ureq::http::Response;
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// The name that sites know us by, also in their `robots.txt`.
const NAME: &str = "dateline";
/// The longest `robots.txt` that is read.
const LONGEST_ROBOTS: usize = 500 << 10;
/// The longest pause that a site can ask for.
const LONGEST_PAUSE: f32 = 60.0;

/// What a fetch may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest page, in bytes.
    pub max_bytes: usize,
    /// The longest time for one page.
    pub timeout: Duration,
    /// How often a page may lead to another.
    pub max_redirects: u32,
    /// The pause between two requests to one host; a site can ask for a longer one.
    pub delay: Duration,
    /// Whether private networks may be reached.
    pub allow_private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 16 << 20,
            timeout: Duration::from_secs(30),
            max_redirects: 5,
            delay: Duration::from_secs(1),
            allow_private: false,
        }
    }
}

/// What a site wants: its rules, or why they cannot be known.
type Wishes = Result<Option<Arc<Robot>>, String>;

/// Fetches pages as their sites want it.
pub struct Polite {
    agent: Agent,
    limits: Limits,
    pace: Pace,
    /// By scheme, host and port.
    wishes: Mutex<HashMap<String, Wishes>>,
}

impl Polite {
    /// Nothing is fetched yet.
    pub fn new(limits: Limits) -> Self {
        let allows = if limits.allow_private { |_| true } else { is_public };
        Self::with(limits, Guard { resolver: DefaultResolver::default(), allows })
    }

    fn with(limits: Limits, guard: Guard<impl Resolver>) -> Self {
        let config = Agent::config_builder()
            .user_agent(format!("{NAME}/{} (news reader for research)", env!("CARGO_PKG_VERSION")))
            .timeout_global(Some(limits.timeout))
            // Redirects are followed here, so that every one is checked against robots.txt.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // Behind a proxy nobody could tell which machine is reached.
            .proxy(None)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), guard);
        Self { agent, limits, pace: Pace::default(), wishes: Mutex::default() }
    }

    /// The page, feed or text at an address.
    ///
    /// # Errors
    /// When there is none, it is not wanted, or it breaks a limit.
    pub fn page(&self, address: &str) -> Result<Fetched, FetchError> {
        let mut url = parse(address)?;
        for _ in 0..=self.limits.max_redirects {
            let pause = self.allowed(&url)?;
            let response = self.get(&url, pause)?;
            match redirect(&url, &response) {
                Some(next) => url = next?,
                None => return self.content(&url, response),
            }
        }
        Err(FetchError::Redirects(self.limits.max_redirects))
    }

    fn get(&self, url: &Url, pause: Duration) -> Result<Response<Body>, FetchError> {
        self.pace.wait(url.host_str().unwrap_or_default(), pause);
        let accept = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,\
                      application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1";
        Ok(self.agent.get(url.as_str()).header("Accept", accept).call()?)
    }

    fn content(&self, url: &Url, response: Response<Body>) -> Result<Fetched, FetchError> {
        if response.status().as_u16() != 200 {
            return Err(FetchError::Status(response.status().as_u16()));
        }
        let content_type = response.body().mime_type().map(str::to_ascii_lowercase);
        let told = |name: &str| content_type.as_deref().is_some_and(|kind| kind.contains(name));
        let is_read = ["text/html", "xml", "json", "text/plain"].iter().any(|kind| told(kind));
        if !is_read && let Some(kind) = content_type {
            return Err(FetchError::ContentType(kind));
        }
        // The library has a default of its own for a character set that nobody told.
        let header = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let charset = header
            .filter(|value| value.to_ascii_lowercase().contains("charset="))
            .and_then(|_| response.body().charset().map(str::to_owned));
        let bytes = bounded(response, self.limits.max_bytes)?;
        Ok(Fetched { url: url.to_string(), content_type, charset, bytes })
    }

    /// How long to wait before `url` is fetched.
    ///
    /// # Errors
    /// When the site does not want it fetched, or what it wants cannot be known.
    fn allowed(&self, url: &Url) -> Result<Duration, FetchError> {
        let origin = url.origin().ascii_serialization();
        let known = self.wishes.lock().unwrap_or_else(PoisonError::into_inner).get(&origin).cloned();
        let wishes = if let Some(wishes) = known {
            wishes
        } else {
            let wishes = match self.robots(url) {
                Ok(robot) => Ok(robot.map(Arc::new)),
                Err(FetchError::Private) => return Err(FetchError::Private),
                Err(error) => Err(error.to_string()),
            };
            let mut all = self.wishes.lock().unwrap_or_else(PoisonError::into_inner);
            all.insert(origin, wishes.clone());
            wishes
        };
        let Some(robot) = wishes.map_err(FetchError::NoRobots)? else { return Ok(self.limits.delay) };
        if !robot.allowed(url.as_str()) {
            return Err(FetchError::Robots);
        }
        let asked = robot.delay.filter(|delay| delay.is_finite() && *delay > 0.0).unwrap_or(0.0);
        Ok(self.limits.delay.max(Duration::from_secs_f32(asked.min(LONGEST_PAUSE))))
    }

    /// The rules of a site; none when it has none (RFC 9309).
    fn robots(&self, url: &Url) -> Result<Option<Robot>, FetchError> {
        let address = |error: url::ParseError| FetchError::Address(error.to_string());
        let mut at = url.join("/robots.txt").map_err(address)?;
        for _ in 0..=self.limits.max_redirects {
            let response = self.get(&at, self.limits.delay)?;
            if let Some(next) = redirect(&at, &response) {
                at = next?;
                continue;
            }
            return match response.status().as_u16() {
                200..=299 => {
                    // What is behind the limit does not count.
                    let mut text = Vec::new();
                    response.into_body().into_reader().take(LONGEST_ROBOTS as u64).read_to_end(&mut text)?;
                    Robot::new(NAME, &text).map(Some).map_err(|error| FetchError::Network(error.to_string()))
                }
                429 => Err(FetchError::Status(429)),
                400..=499 => Ok(None),
                status => Err(FetchError::Status(status)),
            };
        }
        Ok(None)
    }
}

impl Fetch for Polite {
    fn fetch(&self, url: &str) -> Result<Fetched, String> {
        self.page(url).map_err(|error| error.to_string())
    }
}

fn parse(address: &str) -> Result<Url, FetchError> {
    let url = Url::parse(address).map_err(|error| FetchError::Address(error.to_string()))?;
    checked(url)
}

/// Only the web: a redirect cannot lead to a file.
fn checked(mut url: Url) -> Result<Url, FetchError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchError::Address(format!("{}: cannot be fetched", url.scheme())));
    }
    url.set_fragment(None);
    Ok(url)
}

/// Where an answer leads on to.
fn redirect(from: &Url, response: &Response<Body>) -> Option<Result<Url, FetchError>> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get("location")?.to_str().ok()?;
    Some(from.join(location).map_err(|error| FetchError::Address(error.to_string())).and_then(checked))
}

/// All of a body, after its compression is undone, if it is not too long.
fn bounded(response: Response<Body>, most: usize) -> Result<Vec<u8>, FetchError> {
    let mut bytes = Vec::new();
    response.into_body().into_reader().take(most as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > most { Err(FetchError::TooLarge(most)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests;
