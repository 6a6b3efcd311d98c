//! Copies: reports that share most of their words, however cut, re-headed, reworded or framed by other words.

mod groups;
mod search;
mod shingles;
mod sketches;

pub use groups::Groups;
pub use search::{COPY, Copies, MOST_POSTED, copies, enough};
pub use shingles::Sketch;
pub use sketches::Sketches;
