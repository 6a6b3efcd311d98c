//! What a report says became of a plan: called off, put off, moved.

use crate::words;
use aho_corasick::AhoCorasick;
use dateline_core::Span;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

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

/// The cues, to be found all at once, with what each tells.
struct Cues {
    finder: AhoCorasick,
    kinds: Vec<TurnKind>,
}

impl Cues {
    fn embedded() -> Option<&'static Cues> {
        static CUES_FOUND: OnceLock<Option<Cues>> = OnceLock::new();
        let made = || {
            let rows = CUES.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t'));
            let kind = |kind| if kind == "moved" { TurnKind::Moved } else { TurnKind::Cancelled };
            let (kinds, cues): (Vec<_>, Vec<_>) =
                rows.map(|(word, cue)| (kind(word), format!(" {cue} "))).unzip();
            Some(Cues { finder: AhoCorasick::new(cues).ok()?, kinds })
        };
        CUES_FOUND.get_or_init(made).as_ref()
    }
}

fn kind_of(sentence: &str) -> Option<TurnKind> {
    let mut padded = String::with_capacity(sentence.len() + 2);
    padded.push(' ');
    for c in sentence.chars() {
        if c.is_alphanumeric() || c == '\'' {
            padded.extend(c.to_lowercase());
        } else {
            padded.push(' ');
        }
    }
    padded.push(' ');
    let cues = Cues::embedded()?;
    cues.finder.find_overlapping_iter(&padded).map(|m| cues.kinds[m.pattern().as_usize()]).max()
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
