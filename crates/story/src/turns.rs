//! What a report says became of a plan: called off, put off, moved.

use crate::words;
use dateline_core::Span;
use serde::{Deserialize, Serialize};

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TurnKind {
    /// It will not take place.
    Cancelled,
    /// It will take place at another time, or elsewhere.
    Moved,
}

/// A sentence that says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// What became of it.
    pub kind: TurnKind,
    /// Number of the sentence.
    pub sentence: u32,
    /// Its words of content, as numbers, ascending.
    pub words: Vec<u32>,
    /// The sentence.
    pub text: String,
}

/// Words that tell it: `cancelled` or `moved`, and a phrase in lower case.
const CUES: &str = include_str!("../../../knowledge/story/turns.tsv");

/// The turns that sentences tell.
pub fn find(text: &str, sentences: &[Span]) -> Vec<Turn> {
    let mut turns = Vec::new();
    for (n, span) in sentences.iter().enumerate() {
        let sentence = span.of(text);
        let Some(kind) = kind_of(sentence) else { continue };
        let mut said = Vec::new();
        words::each(sentence, |w| said.push(words::number(w)));
        said.sort_unstable();
        said.dedup();
        turns.push(Turn {
            kind,
            sentence: n as u32,
            words: said,
            text: crate::excerpt::of(sentence, "", 280),
        });
    }
    turns
}

fn kind_of(sentence: &str) -> Option<TurnKind> {
    let padded =
        format!(" {} ", sentence.to_lowercase().replace(|c: char| !c.is_alphanumeric() && c != '\'', " "));
    let has = |cue: &str| {
        padded.match_indices(cue).any(|(at, _)| {
            let after = padded[at + cue.len()..].chars().next();
            padded[..at].ends_with(' ') && after.is_none_or(|c| c == ' ')
        })
    };
    CUES.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('\t'))
        .filter(|(_, cue)| has(cue))
        .map(|(kind, _)| if kind == "moved" { TurnKind::Moved } else { TurnKind::Cancelled })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_tell_what_became_of_a_plan() {
        assert_eq!(kind_of("The talks were called off."), Some(TurnKind::Cancelled));
        assert_eq!(kind_of("The summit, postponed to Friday, will be held in Oslo."), Some(TurnKind::Moved));
        assert_eq!(kind_of("The talks went on."), None);
    }

    #[test]
    fn every_cue_has_a_kind() {
        let rows = CUES.lines().filter(|l| !l.starts_with('#'));
        assert!(rows.map(|l| l.split_once('\t').unwrap().0).all(|k| matches!(k, "moved" | "cancelled")));
    }
}
