//! Why an address gave nothing.

use crate::guard::PRIVATE;

/// Why an address gave nothing. Every message says what is wrong and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// It is no address of the web.
    #[error("is no address of the web ({0}): give one that begins with http:// or https://")]
    Address(String),
    /// The site does not want it.
    #[error("the site's robots.txt asks not to fetch this page: leave it out")]
    Robots,
    /// What the site wants is not known.
    #[error("the site's robots.txt cannot be read ({0}), so nothing is fetched: try again later")]
    NoRobots(String),
    /// It lies in a private network.
    #[error("{PRIVATE}: add --allow-private if that is meant")]
    Private,
    /// It leads from one address to the next.
    #[error("is redirected more than {0} times: raise --max-redirects or give the address it ends at")]
    Redirects(u32),
    /// It is longer than the limit.
    #[error("has more than {0} bytes: raise the limit with --max-bytes")]
    TooLarge(usize),
    /// The server answered with something else.
    #[error("the server answered with status {0}: {next}", next = next(*.0))]
    Status(u16),
    /// It is neither page nor feed nor text.
    #[error("is {0}, no page, feed or text: give another address")]
    ContentType(String),
    /// It took too long.
    #[error("took longer than allowed: try again or raise --timeout")]
    Timeout,
    /// The network.
    #[error("cannot be fetched ({0}): check the address and the connection")]
    Network(String),
}

fn next(status: u16) -> &'static str {
    match status {
        401 | 403 => "the page is not for everyone",
        404 | 410 => "check the address",
        429 | 503 => "wait and try again, or raise --delay",
        _ => "try again later",
    }
}

impl From<ureq::Error> for FetchError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::Timeout,
            ureq::Error::BadUri(what) => Self::Address(what),
            ureq::Error::HostNotFound => Self::Network("no such host".to_owned()),
            ureq::Error::Io(error) => Self::from(error),
            other => Self::Network(other.to_string()),
        }
    }
}

impl From<std::io::Error> for FetchError {
    fn from(error: std::io::Error) -> Self {
        if error.to_string() == PRIVATE {
            return Self::Private;
        }
        let timed_out = error.kind() == std::io::ErrorKind::TimedOut
            || matches!(ureq::Error::from(std::io::Error::from(error.kind())), ureq::Error::Timeout(_));
        if timed_out {
            return Self::Timeout;
        }
        let text = error.to_string();
        Self::Network(text.split(" (os error").next().unwrap_or(&text).to_lowercase())
    }
}
