//! The manual's tense rules: what the PLOVER coder would write for an act of this type and status.

use dateline_core::{EventType, Mode, Status};

/// The type that the PLOVER manual would give, or none where it would not code.
///
/// ```
/// use dateline_core::{EventType, Status};
/// use dateline_events::plover::fold;
/// assert_eq!(fold(EventType::Consult, Status::Planned), Some(EventType::Agree));
/// assert_eq!(fold(EventType::Assault, Status::Denied), None);
/// ```
pub fn fold(event_type: EventType, status: Status) -> Option<EventType> {
    use EventType::{
        Agree, Aid, Assault, Coerce, Concede, Consult, Cooperate, Mobilize, Protest, Retreat, Sanction,
        Support, Threaten,
    };
    match status {
        Status::Happened | Status::Ongoing => Some(event_type),
        Status::Hypothetical | Status::Denied => None,
        Status::Planned => Some(match event_type {
            Consult | Support | Cooperate | Aid => Agree,
            Retreat => Concede,
            Sanction | Mobilize | Coerce | Assault | Protest => Threaten,
            other => other,
        }),
    }
}

/// CAMEO code, quad class and score of an act: from the mode where it counts, else from the type the manual gives.
pub fn codes(
    event_type: EventType,
    mode: Option<Mode>,
    plover: Option<EventType>,
) -> (&'static str, u8, f32) {
    let coded = plover.unwrap_or(event_type);
    match mode.filter(|_| coded == event_type) {
        Some(mode) => (mode.cameo(), coded.quad(), mode.score()),
        None => (coded.cameo(), coded.quad(), coded.score()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planned_visit_is_an_agreement_to_cooperate() {
        let plover = fold(EventType::Consult, Status::Planned);
        assert_eq!(codes(EventType::Consult, Some(Mode::Visit), plover), ("030", 1, 2.5));
        assert_eq!(codes(EventType::Consult, Some(Mode::Visit), Some(EventType::Consult)), ("042", 1, 4.0));
    }

    #[test]
    fn what_is_only_possible_is_not_coded() {
        for &t in EventType::ALL {
            assert_eq!(fold(t, Status::Hypothetical), None);
        }
    }
}
