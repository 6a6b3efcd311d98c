//! Many reports in a browser: read, checked, explored.
//!
//! [`Store`] links records and keeps them for looking through; [`serve`] opens the desk on it: an API under `/api`, and the
//! front end of `crates/desk/web`, whose files are part of the program. Views are functions of the store and one
//! filter, which the address holds.

#![forbid(unsafe_code)]

mod api;
mod assets;
mod check;
mod columns;
mod error;
mod filter;
mod guard;
mod lookups;
mod reading;
mod row;
mod server;
mod sheet;
mod store;
#[cfg(test)]
mod tests;
mod views;

pub use error::Error;
pub use server::{Options, serve, service};
pub use store::Store;
