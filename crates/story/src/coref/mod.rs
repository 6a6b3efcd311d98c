//! Which mentions, over all reports, tell of the same event.

mod concepts;
mod mention;
mod mentions;
mod pair;

pub use concepts::{Concepts, Relation};
pub use mention::Mention;
pub use mentions::{Mentions, Passage};
pub use pair::FEATURES;
