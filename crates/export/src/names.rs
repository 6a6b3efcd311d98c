//! Names behind the identifiers of a record.

use dateline_core::record::{Entity, Place, Record};
use std::collections::HashMap;

/// Looks up entities and places of one record by their identifiers.
#[derive(Debug)]
pub struct Names<'a> {
    entities: HashMap<&'a str, &'a Entity>,
    places: HashMap<&'a str, &'a Place>,
}

impl<'a> Names<'a> {
    /// Prepares the look-up; linear in the number of entities and places.
    pub fn new(record: &'a Record) -> Self {
        Self {
            entities: record.entities.iter().map(|e| (e.id.as_str(), e)).collect(),
            places: record.places.iter().map(|p| (p.id.as_str(), p)).collect(),
        }
    }

    /// The entity with this identifier.
    pub fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.entities.get(id).copied()
    }

    /// The place with this identifier.
    pub fn place(&self, id: Option<&str>) -> Option<&'a Place> {
        self.places.get(id?).copied()
    }

    /// Every party that is an entity of the record, in order.
    pub fn all(&self, ids: &[String]) -> Vec<&'a Entity> {
        ids.iter().filter_map(|id| self.entity(id)).collect()
    }

    /// One word of every party, in order: its name, its code, whatever `what` takes of it.
    pub fn each(&self, ids: &[String], what: impl Fn(&'a Entity) -> &'a str) -> Vec<&'a str> {
        ids.iter().filter_map(|id| self.entity(id)).map(what).collect()
    }
}
