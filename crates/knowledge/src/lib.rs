//! The tables under `knowledge/`, checked and indexed: countries, peoples, organizations, roles, persons with their
//! offices and dates, titles, given names.
//!
//! ```
//! use dateline_knowledge::{Entry, Knowledge};
//! let knowledge = Knowledge::embedded()?;
//! let found = knowledge.longest(&["Prime", "Minister", "of", "Japan"]).unwrap();
//! assert_eq!(found.tokens, 2);
//! assert!(matches!(found.hits[0].entry, Entry::Role { .. }));
//! # Ok::<(), dateline_knowledge::KnowledgeError>(())
//! ```

#![forbid(unsafe_code)]

mod entry;
mod error;
mod index;
mod key;
mod knowledge;
mod period;
pub mod petrarch;
mod rows;
mod table;
mod tables;

pub use entry::{
    Case, CountryId, Entry, Hit, HonorificId, OrganizationId, PeopleForm, PeopleId, PersonId, RoleId,
};
pub use error::KnowledgeError;
pub use key::{same_spelling, spelling};
pub use knowledge::{Knowledge, Match};
pub use period::Period;
pub use rows::{
    CountryRow, FirstName, Gender, Honorific, HonorificKind, Organization, OrganizationKind, Pattern, People,
    PeopleKind, Person, Role, RoleKind,
};
pub use table::{List, Text};
