//! What the views show: each a function of the store and a filter.

pub(crate) mod events;
pub(crate) mod facets;
pub(crate) mod map;
pub(crate) mod network;
pub(crate) mod plans;
pub(crate) mod reports;
pub(crate) mod statements;
pub(crate) mod timeline;
