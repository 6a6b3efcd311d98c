//! Which place and which time of a report are those of an act: trained choices among all that it names, or none of them.

mod chooser;
mod clause;
pub(crate) mod places;
mod scene;
pub(crate) mod times;

pub(crate) use chooser::Chooser;
pub(in crate::settle) use clause::phrase;
pub(crate) use scene::Scene;

/// Takes the features of a candidate, one after the other.
pub(crate) trait Take {
    /// Takes one feature.
    fn take(&mut self, feature: std::fmt::Arguments<'_>);
}

/// Features as they are read, for training.
impl Take for Vec<String> {
    fn take(&mut self, feature: std::fmt::Arguments<'_>) {
        self.push(feature.to_string());
    }
}

/// Gives features to what takes them: `put!(take, "near {}", distance)`.
macro_rules! put {
    ($take:expr, $($words:tt)*) => { $take.take(format_args!($($words)*)) };
}
use put;

/// How many sentences lie between two, in steps that matter.
fn sentences_apart(a: u32, b: u32) -> &'static str {
    match a.abs_diff(b) {
        0 => "0",
        1 => "1",
        2..=3 => "2-3",
        4..=8 => "4-8",
        _ => "9+",
    }
}

/// How many words lie between two, in steps that matter.
fn words_apart(a: u32, b: u32) -> &'static str {
    match a.abs_diff(b) {
        0..=2 => "2",
        3..=4 => "4",
        5..=7 => "7",
        8..=12 => "12",
        13..=20 => "20",
        _ => "far",
    }
}
