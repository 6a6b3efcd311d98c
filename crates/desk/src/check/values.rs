//! What is right of an event.

use crate::error::Refusal;
use dateline_core::{Country, EventType, Mode, Sector, Span, Status};
use dateline_gold::{Days, Party, Place};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most parties of a side, and longest name and remark, in characters.
const PARTIES: usize = 40;
const NAME: usize = 300;
const NOTE: usize = 4000;

/// What is right of an event.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Values {
    /// PLOVER type.
    #[serde(rename = "type")]
    #[schema(value_type = String)]
    pub(crate) event_type: EventType,
    /// PLOVER mode.
    pub(crate) mode: Option<String>,
    /// Whether it took place.
    #[schema(value_type = String)]
    pub(crate) status: Status,
    /// Who does it.
    pub(crate) actors: Vec<Side>,
    /// To whom.
    pub(crate) recipients: Vec<Side>,
    /// First day.
    #[schema(value_type = Option<String>)]
    pub(crate) start: Option<Date>,
    /// Last day.
    #[schema(value_type = Option<String>)]
    pub(crate) end: Option<Date>,
    /// Where.
    pub(crate) place: Option<Spot>,
}

/// A party.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    #[schema(value_type = String)]
    pub(crate) sector: Sector,
}

/// A place.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CorrectedPlace)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) country: Option<String>,
}

/// Where an event is told, in code points.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mention {
    /// The clause.
    #[schema(value_type = Vec<u32>)]
    pub(crate) clause: Span,
    /// The word that expresses it.
    #[schema(value_type = Vec<u32>)]
    pub(crate) trigger: Span,
}

fn refuse(what: impl Into<String>) -> Refusal {
    Refusal::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, what)
}

fn name(text: &str, what: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(refuse(format!("{what} has no name")));
    }
    if text.chars().count() > NAME {
        return Err(refuse(format!("{what} has a name of more than {NAME} characters")));
    }
    Ok(())
}

fn country(code: Option<&String>, what: &str) -> Result<(), Refusal> {
    match code {
        Some(code) if Country::new(code).is_none() => {
            Err(refuse(format!("{what}: a country is three capital letters, such as PER, or nothing")))
        }
        _ => Ok(()),
    }
}

/// Whether a remark can be stored.
pub(crate) fn note(text: Option<&String>) -> Result<(), Refusal> {
    match text {
        Some(text) if text.chars().count() > NOTE => {
            Err(refuse(format!("a remark has at most {NOTE} characters")))
        }
        _ => Ok(()),
    }
}

impl Values {
    /// Whether these values can be.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        if let Some(mode) = &self.mode
            && Mode::of(self.event_type, mode).is_none()
        {
            return Err(refuse(format!("{} has no mode `{}`", self.event_type, crate::row::cut(mode, 40))));
        }
        if self.actors.len() > PARTIES || self.recipients.len() > PARTIES {
            return Err(refuse(format!("a side has at most {PARTIES} parties")));
        }
        for side in self.actors.iter().chain(&self.recipients) {
            name(&side.name, "a party")?;
            country(side.country.as_ref(), "a party")?;
        }
        if let Some(place) = &self.place {
            name(&place.name, "the place")?;
            country(place.country.as_ref(), "the place")?;
        }
        match (self.start, self.end) {
            (Some(start), Some(end)) if end < start => Err(refuse("the last day lies before the first")),
            (Some(_), None) | (None, Some(_)) => Err(refuse("give both days, or none")),
            _ => Ok(()),
        }
    }

    /// Puts them into an annotated event.
    pub(crate) fn put(&self, event: &mut dateline_gold::Event) {
        let side =
            |s: &Side| Party { name: s.name.clone(), country: s.country.clone(), sector: Some(s.sector) };
        event.event_type = self.event_type;
        event.mode.clone_from(&self.mode);
        event.status = self.status;
        event.actors = self.actors.iter().map(side).collect();
        event.recipients = self.recipients.iter().map(side).collect();
        event.when = self.start.zip(self.end).map(|(start, end)| Days { start, end });
        event.place = self.place.as_ref().map(|p| Place { name: p.name.clone(), country: p.country.clone() });
    }
}
