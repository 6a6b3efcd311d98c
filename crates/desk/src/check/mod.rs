//! What people say of events: right, wrong, or other than read. Kept beside the data, which it never changes.

pub(crate) mod export;
mod journal;
mod values;

pub(crate) use journal::Journal;
pub(crate) use values::{Mention, Values};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

dateline_core::named_enum! {
    /// What was said of an event.
    pub(crate) enum Verdict {
        Open = "open", Accepted = "accepted", Rejected = "rejected", Corrected = "corrected", Added = "added",
    }
}

/// What somebody says of an event.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Opinion {
    /// The report.
    pub(crate) doc: String,
    /// Its event; of an event that was overlooked, empty: it gets a name.
    #[serde(default)]
    pub(crate) event: String,
    /// open (takes back), accepted, rejected, corrected, added.
    #[schema(value_type = String)]
    pub(crate) verdict: Verdict,
    /// What is right, of a corrected or added event.
    #[serde(default)]
    pub(crate) values: Option<Values>,
    /// Where an added event is told.
    #[serde(default)]
    pub(crate) mention: Option<Mention>,
    /// A remark.
    #[serde(default)]
    pub(crate) note: Option<String>,
    /// Who says it.
    #[serde(default)]
    pub(crate) reviewer: Option<String>,
    /// The revision that was seen of this event, 0 for none. Where another has come since, nothing is stored and the answer
    /// is 409 with that one.
    #[serde(default)]
    pub(crate) after: Option<i64>,
}

/// An opinion that is stored.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Correction {
    /// Number; later ones of one event count.
    pub(crate) revision: i64,
    /// When it was stored.
    pub(crate) at: String,
    /// What was said.
    #[serde(flatten)]
    pub(crate) opinion: Opinion,
}
