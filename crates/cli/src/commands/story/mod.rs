//! The commands that bring many reports together.

mod gather;
pub(super) mod input;
mod link;
mod pages;
mod plans;
mod series;

pub(crate) use link::run as link;
pub(crate) use pages::{brief, timeline};
pub(crate) use plans::run as plans;
pub(crate) use series::run as series;
