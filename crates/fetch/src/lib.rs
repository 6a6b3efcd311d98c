//! Pages and feeds from the web, politely.
//!
//! [`Polite`] asks `robots.txt` first, waits between two requests to one host, takes no more than it was told to, and
//! reaches no private address unless that is allowed: the address that is connected to is checked, after the name is
//! looked up and after every redirect.
//!
//! ```no_run
//! use dateline_fetch::{Limits, Polite};
//! let page = Polite::new(Limits::default()).page("https://wire.example/talks")?;
//! println!("{} has {} bytes", page.url, page.bytes.len());
//! # Ok::<(), dateline_fetch::FetchError>(())
//! ```

#![forbid(unsafe_code)]

mod error;
mod guard;
mod pace;
mod polite;

pub use error::FetchError;
pub use guard::is_public;
pub use polite::{Limits, Polite};
