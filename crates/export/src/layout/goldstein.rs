//! The Goldstein scores of CAMEO codes.

use std::collections::HashMap;
use std::sync::LazyLock;

static SCORES: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    let text = include_str!("../../../../knowledge/goldstein.tsv");
    let row = |line: &'static str| {
        let (code, score) = line.split_once('\t')?;
        Some((code, score.parse().ok()?))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

/// The score of a code, or of the nearest code it refines.
pub(super) fn score(code: &str) -> Option<f32> {
    (2..=code.len()).rev().find_map(|length| SCORES.get(code.get(..length)?)).copied()
}

#[cfg(test)]
mod tests {
    use super::{SCORES, score};
    use dateline_core::{EventType, Mode};

    #[test]
    fn every_code_that_is_written_has_a_score() {
        let types = EventType::ALL.iter().map(|t| t.cameo());
        for code in types.chain(Mode::ALL.iter().map(|m| m.cameo())) {
            assert!(score(code).is_some(), "{code}");
        }
        assert!(SCORES.values().all(|s| (-10.0..=10.0).contains(s)));
    }

    #[test]
    fn finer_codes_have_the_score_of_what_they_refine() {
        assert_eq!(
            (score("042"), score("1311"), score("0874"), score("99")),
            (Some(1.9), Some(-5.8), Some(10.0), None)
        );
    }
}
