//! Copies: reports that share most of their words, however cut, re-headed, reworded or framed by other words.

mod groups;
mod index;
mod shingles;

pub use groups::Groups;
pub use index::{COPY, Index, MOST_POSTED, copies, enough};
pub use shingles::Sketch;
