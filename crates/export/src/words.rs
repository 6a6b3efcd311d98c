//! Findings in the words that tables and reports use.

use dateline_core::record::{Event, Place, Source, When};
use dateline_core::{EventType, Mode};

/// `REQUEST/yield`
pub(crate) fn kind(event_type: EventType, mode: Option<Mode>) -> String {
    mode.map_or(event_type.to_string(), |m| format!("{event_type}/{}", m.as_str()))
}

/// `Cairo, EGY`
pub(crate) fn place_name(place: &Place) -> String {
    let country = place.country.map(|c| format!(", {c}")).unwrap_or_default();
    format!("{}{country}", place.name)
}

/// `2012-11-20 (last night)`
pub(crate) fn days(when: &When) -> String {
    if when.start == when.end {
        format!("{} ({})", when.start, when.text)
    } else {
        format!("{} to {} ({})", when.start, when.end, when.text)
    }
}

/// `3 killed, 12 injured`
pub(crate) fn numbers(event: &Event) -> Option<String> {
    let m = &event.magnitude;
    let told: Vec<String> =
        [("killed", m.killed), ("injured", m.injured), ("arrested", m.arrested), ("taking part", m.size)]
            .into_iter()
            .filter_map(|(what, number)| Some(format!("{} {what}", number?)))
            .collect();
    (!told.is_empty()).then(|| told.join(", "))
}

/// `Victoria Nuland (according_to)`; the stance is told when it is more than saying.
pub(crate) fn source(source: &Source) -> String {
    let name = source.name.as_deref().unwrap_or("an unnamed source");
    match source.stance {
        dateline_core::codes::Stance::Says => format!("{name} ({})", source.kind),
        stance => format!("{name} ({}, {stance})", source.kind),
    }
}
