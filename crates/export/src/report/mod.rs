//! Reports for people: one report of news with what was read in it, as a page or as Markdown.

mod card;
mod fragment;
mod html;
mod index;
mod layers;
mod markdown;

pub use fragment::fragment;
pub use html::html;
pub use index::{Index, file_name};
pub use markdown::markdown;
