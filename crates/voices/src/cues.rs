//! Words of saying and thinking.

use dateline_core::codes::Stance;
use std::collections::HashMap;

const VERBS: &str = include_str!("../../../knowledge/voices/verbs.tsv");

/// The verbs and what a source does with what stands under them.
#[derive(Debug, Default)]
pub struct Cues {
    verbs: HashMap<Box<str>, Stance>,
}

impl Cues {
    /// The table that is part of the program.
    pub fn embedded() -> Cues {
        Cues::parse(VERBS)
    }

    /// Reads `stance TAB lemma lemma ...` lines; the last line that names a verb decides.
    pub fn parse(text: &str) -> Cues {
        let mut verbs = HashMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((stance, lemmas)) = line.split_once('\t') else { continue };
            let Ok(stance) = stance.trim().parse::<Stance>() else { continue };
            for lemma in lemmas.split_whitespace() {
                verbs.insert(lemma.into(), stance);
            }
        }
        Cues { verbs }
    }

    /// The stance of a verb of saying; none for other verbs.
    pub fn stance(&self, lemma: &str) -> Option<Stance> {
        self.verbs.get(lemma).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stances_are_told_apart() {
        let cues = Cues::embedded();
        assert_eq!(cues.stance("say"), Some(Stance::Says));
        assert_eq!(cues.stance("allege"), Some(Stance::Claims));
        assert_eq!(cues.stance("deny"), Some(Stance::Denies));
        assert_eq!(cues.stance("eat"), None);
    }
}
