//! What the passage around an event is about, by a table of cues.

use dateline_core::{Context, Document};
use std::collections::HashMap;

const EMBEDDED: &str = include_str!("../../../knowledge/contexts.tsv");

/// Cue words and the contexts they tell.
#[derive(Debug, Default)]
pub struct Contexts {
    cues: HashMap<Box<str>, Vec<Context>>,
}

impl Contexts {
    /// The table that is part of the program.
    pub fn embedded() -> Contexts {
        Contexts::parse(EMBEDDED)
    }

    /// Reads `context TAB cue; cue; ...` lines; lines of an unknown context are passed over.
    pub fn parse(text: &str) -> Contexts {
        let mut cues: HashMap<Box<str>, Vec<Context>> = HashMap::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some((name, words)) = line.split_once('\t') {
                let Ok(context) = name.trim().parse::<Context>() else { continue };
                for word in words.split(';').map(str::trim).filter(|w| !w.is_empty()) {
                    cues.entry(word.to_lowercase().into()).or_default().push(context);
                }
            }
        }
        Contexts { cues }
    }

    /// The contexts of the sentence with this index, in the codebook's order.
    pub fn of_sentence(&self, doc: &Document, sentence: u32) -> Vec<Context> {
        let s = &doc.syntax;
        let mut found = Vec::new();
        let Some(range) = s.sentences.get(sentence as usize).map(dateline_core::Sentence::range) else {
            return found;
        };
        let mut pair = String::new();
        let mut before = String::new();
        for i in range {
            let lemma = s.lemma(i).to_lowercase();
            pair.clear();
            pair.push_str(&before);
            pair.push(' ');
            pair.push_str(&lemma);
            for key in [lemma.as_str(), pair.as_str()] {
                for &context in self.cues.get(key).map_or(&[][..], Vec::as_slice) {
                    if !found.contains(&context) {
                        found.push(context);
                    }
                }
            }
            before = lemma;
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_has_cues() {
        let table = Contexts::embedded();
        for context in Context::ALL {
            assert!(table.cues.values().any(|c| c.contains(context)), "no cue for {context}");
        }
    }
}
