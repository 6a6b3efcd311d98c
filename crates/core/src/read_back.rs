//! Written records read back: which mode a word names depends on the type beside it.

use crate::codes::{EventType, Mode};
use crate::record::{About, Event};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl<'de> Deserialize<'de> for Mode {
    /// The first mode with this word; who knows the type asks [`Mode::of`] again.
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let word = String::deserialize(d)?;
        let found = Mode::ALL.iter().find(|m| m.as_str() == word);
        found.copied().ok_or_else(|| serde::de::Error::custom(format!("`{word}` is no mode")))
    }
}

/// The mode that `word` names beside this type.
fn beside(event_type: EventType, mode: Option<Mode>) -> Option<Mode> {
    mode.map(|m| Mode::of(event_type, m.as_str()).unwrap_or(m))
}

macro_rules! with_mode {
    ($($name:ident),+) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                $name::serialize(self, s)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let mut read = $name::deserialize(d)?;
                read.mode = beside(read.event_type, read.mode);
                Ok(read)
            }
        })+
    };
}

with_mode!(Event, About);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_survives_beside_its_type() {
        for &mode in Mode::ALL {
            let about = About {
                event_type: mode.event_type(),
                mode: Some(mode),
                actors: Vec::new(),
                recipients: Vec::new(),
                when: None,
            };
            let text = serde_json::to_string(&about).expect("an about is JSON");
            assert_eq!(serde_json::from_str::<About>(&text).expect("it reads back"), about);
        }
    }
}
