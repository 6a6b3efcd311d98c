//! The rows of the flat tables.
//!
//! What is a list in the record stands joined by `"; "` in a flat column, so that every form can hold it, and as a list
//! of structs in a nested one, so that nothing is lost. Offsets count code points; records come in with bytes.

mod document;
mod entity;
mod event;
mod mention;
mod parts;
mod place;
mod statement;

use crate::row::{Column, Row, SEPARATOR};
use dateline_core::record::Record;
use serde::Serialize;

pub use document::{DocumentRow, document};
pub use entity::{EntityRow, entities};
pub use event::{EventRow, events};
pub use mention::{MentionRow, mentions};
pub use parts::{
    AboutCell, DatelineCell, MentionCell, PartyCell, RemovedCell, SourceCell, SpanCell, WhenCell,
};
pub use place::{PlaceRow, places};
pub use statement::{StatementRow, statements};

dateline_core::named_enum! {
    /// A flat table.
    pub enum Table {
        Documents = "documents", Events = "events", Statements = "statements", Entities = "entities",
        Places = "places", Mentions = "mentions",
    }
}

impl Table {
    /// The columns that every form has.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Table::Documents => DocumentRow::COLUMNS,
            Table::Events => EventRow::COLUMNS,
            Table::Statements => StatementRow::COLUMNS,
            Table::Entities => EntityRow::COLUMNS,
            Table::Places => PlaceRow::COLUMNS,
            Table::Mentions => MentionRow::COLUMNS,
        }
    }

    /// The columns with lists and structs, which forms with typed columns have besides.
    pub const fn nested(self) -> &'static [Column] {
        match self {
            Table::Documents => DocumentRow::NESTED,
            Table::Events => EventRow::NESTED,
            Table::Statements => StatementRow::NESTED,
            Table::Entities => EntityRow::NESTED,
            Table::Places => PlaceRow::NESTED,
            Table::Mentions => MentionRow::NESTED,
        }
    }

    /// Both, in the order of a row's values.
    pub fn all_columns(self) -> impl Iterator<Item = &'static Column> {
        self.columns().iter().chain(self.nested())
    }
}

/// The words of a list in one cell.
fn join<S: std::borrow::Borrow<str>>(parts: &[S]) -> String {
    parts.join(SEPARATOR)
}

/// What a visitor of rows does with each.
pub trait Visit {
    /// What can go wrong.
    type Error;
    /// Takes a row of a table.
    ///
    /// # Errors
    /// When it cannot take the row.
    fn row<R: Row + Serialize>(&mut self, table: Table, row: &R) -> Result<(), Self::Error>;
}

/// Shows a visitor all rows of a record, table by table.
///
/// # Errors
/// The first error of the visitor.
pub fn visit<V: Visit>(record: &Record, visitor: &mut V) -> Result<(), V::Error> {
    visitor.row(Table::Documents, &document(record))?;
    events(record).try_for_each(|row| visitor.row(Table::Events, &row))?;
    statements(record).try_for_each(|row| visitor.row(Table::Statements, &row))?;
    entities(record).try_for_each(|row| visitor.row(Table::Entities, &row))?;
    places(record).try_for_each(|row| visitor.row(Table::Places, &row))?;
    mentions(record).try_for_each(|row| visitor.row(Table::Mentions, &row))
}
