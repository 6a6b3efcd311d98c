//! Words of saying and thinking: what their source does with the content, and the small classes that no tree tells.

use crate::weights::Weights;
use dateline_core::codes::Stance;
use rustc_hash::{FxHashMap, FxHashSet};

const STANCES: &str = include_str!("../../../knowledge/voices/stances.tsv");
const CLASSES: &str = include_str!("../../../knowledge/voices/classes.tsv");
const WEIGHTS: &str = include_str!("../../../models/voices.tsv");

/// The tables of cues and the weights that judge them.
#[derive(Debug, Default)]
pub struct Cues {
    stances: FxHashMap<Box<str>, Stance>,
    prepositions: FxHashSet<Box<str>>,
    adverbs: FxHashSet<Box<str>>,
    hearsay: FxHashSet<Box<str>>,
    media: FxHashSet<Box<str>>,
    hearers: FxHashSet<Box<str>>,
    /// The trained weights.
    pub weights: Weights,
}

/// A line of a table that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub struct TableError {
    /// Which table.
    pub file: &'static str,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Cues {
    /// The tables that are part of the program.
    ///
    /// # Errors
    /// None, unless a table was edited and cannot be read.
    pub fn embedded() -> Result<Cues, TableError> {
        Cues::parse(STANCES, CLASSES, WEIGHTS)
    }

    /// Reads `stance TAB word word ...` and `class TAB word word ...` lines and the weights; the last line that names a
    /// word decides its stance.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn parse(stances: &str, classes: &str, weights: &str) -> Result<Cues, TableError> {
        const S: &str = "knowledge/voices/stances.tsv";
        const C: &str = "knowledge/voices/classes.tsv";
        let mut cues = Cues {
            weights: Weights::parse(weights).map_err(|line| TableError {
                file: "models/voices.tsv",
                line,
                message: "expected feature and weight".to_owned(),
            })?,
            ..Cues::default()
        };
        for row in rows(S, stances) {
            let (line, stance, words) = row?;
            let stance: Stance = stance.parse().map_err(|_| TableError {
                file: S,
                line,
                message: format!("unknown stance `{stance}`"),
            })?;
            cues.stances.extend(words.map(|w| (w.into(), stance)));
        }
        for row in rows(C, classes) {
            let (line, class, words) = row?;
            let set = match class {
                "preposition" => &mut cues.prepositions,
                "adverb" => &mut cues.adverbs,
                "hearsay" => &mut cues.hearsay,
                "medium" => &mut cues.media,
                "hearer" => &mut cues.hearers,
                _ => {
                    return Err(TableError { file: C, line, message: format!("unknown class `{class}`") });
                }
            };
            set.extend(words.map(Box::from));
        }
        Ok(cues)
    }

    /// What the source of a cue does with the content; none for other words.
    pub fn stance(&self, lemma: &str) -> Option<Stance> {
        self.stances.get(lemma).copied()
    }

    /// "according", "per"
    pub fn is_preposition(&self, lemma: &str) -> bool {
        self.prepositions.contains(lemma)
    }

    /// "reportedly"
    pub fn is_adverb(&self, lemma: &str) -> bool {
        self.adverbs.contains(lemma)
    }

    /// Adverbs that always say that somebody else says so: "reportedly", but not "apparently".
    pub fn is_hearsay(&self, lemma: &str) -> bool {
        self.hearsay.contains(lemma)
    }

    /// "statement" in "said in a statement"
    pub fn is_medium(&self, lemma: &str) -> bool {
        self.media.contains(lemma)
    }

    /// Verbs whose object hears what is said: "told reporters"
    pub fn takes_hearer(&self, lemma: &str) -> bool {
        self.hearers.contains(lemma)
    }
}

type Row<'a> = (usize, &'a str, std::str::SplitWhitespace<'a>);

fn rows<'a>(file: &'static str, text: &'a str) -> impl Iterator<Item = Result<Row<'a>, TableError>> {
    text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()).map(move |(k, l)| {
        let (key, words) = l.split_once('\t').ok_or_else(|| TableError {
            file,
            line: k + 1,
            message: "expected a tab behind the first word".to_owned(),
        })?;
        Ok((k + 1, key.trim(), words.split_whitespace()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stances_are_told_apart() -> Result<(), TableError> {
        let cues = Cues::embedded()?;
        assert_eq!(cues.stance("say"), Some(Stance::Says));
        assert_eq!(cues.stance("allege"), Some(Stance::Claims));
        assert_eq!(cues.stance("deny"), Some(Stance::Denies));
        assert_eq!(cues.stance("eat"), None);
        Ok(())
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = Cues::parse("says say", "", "").err().map(|e| e.to_string());
        assert_eq!(
            error.as_deref(),
            Some("knowledge/voices/stances.tsv, line 1: expected a tab behind the first word")
        );
        assert!(Cues::parse("says\tsay", "colour\tred", "").is_err());
    }
}
