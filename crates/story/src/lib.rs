//! Many reports, one record of what went on.
//!
//! Works on records alone. [`Report`] is what is kept of one; [`near`] finds copies of one report, [`stories`] reports of one
//! ongoing story, [`coref`] mentions of one event.

#![forbid(unsafe_code)]

pub mod blocks;
pub mod brief;
pub mod choice;
pub mod cluster;
pub mod coref;
pub mod days;
mod deny;
pub mod excerpt;
mod follow;
pub mod gist;
pub mod kept;
mod line;
pub mod link;
pub mod linkage;
mod lists;
pub mod near;
mod outline;
pub mod page;
pub mod parties;
pub mod parts;
pub mod plan;
mod report;
pub mod same;
pub mod say;
pub mod series;
pub mod shards;
pub mod shelf;
pub mod state;
pub mod stories;
pub mod ties;
pub mod timeline;
pub mod turns;
pub mod versions;
pub mod web;
pub mod words;

pub use choice::Choice;
pub use cluster::Cluster;
pub use link::{Document, Linked, link};
pub use plan::Plan;
pub use report::{Act, Aim, LineError, Numbers, Party, Quote, Report, Voice, Where};
pub use stories::Story;
