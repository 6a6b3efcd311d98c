//! What the passage around an event is about, by a table of cues.

use crate::own::Own;
use crate::status::CueError;
use dateline_core::{Context, Document, Sentence};
use rustc_hash::FxHashMap;

const EMBEDDED: &str = include_str!("../../../knowledge/contexts.tsv");

/// Cue words and the contexts they tell.
#[derive(Debug, Default)]
pub struct Contexts {
    cues: FxHashMap<Box<str>, Vec<Context>>,
}

impl Contexts {
    /// The table that is part of the program.
    pub fn embedded() -> Result<Contexts, CueError> {
        Contexts::default().and("knowledge/contexts.tsv", EMBEDDED)
    }

    /// The cues that are part of the program, and those of a user.
    pub(crate) fn with_own(own: &Own) -> Result<Contexts, CueError> {
        Contexts::embedded()?.and(&own.path, &own.text)
    }

    /// Adds `context TAB cue; cue; ...` lines of a file.
    fn and(mut self, file: &str, text: &str) -> Result<Contexts, CueError> {
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |what: String| CueError { file: file.to_owned(), line: number + 1, what };
            let (name, words) = line.split_once('\t').ok_or_else(|| error("needs two columns".to_owned()))?;
            let context: Context = name.trim().parse().map_err(|e| error(format!("{e}")))?;
            for word in words.split(';').map(str::trim).filter(|w| !w.is_empty()) {
                self.cues.entry(word.to_lowercase().into()).or_default().push(context);
            }
        }
        Ok(self)
    }

    /// The contexts that a cue tells, one word or two.
    pub fn of_word(&self, cue: &str) -> &[Context] {
        self.cues.get(cue).map_or(&[], Vec::as_slice)
    }

    /// The contexts of the sentences with these indices, in the codebook's order.
    pub fn of_sentences(&self, doc: &Document, sentences: impl Iterator<Item = u32>) -> Vec<Context> {
        let mut found = Vec::new();
        let mut seen = Vec::new();
        for sentence in sentences {
            if let Some(range) = doc.syntax.sentences.get(sentence as usize).map(Sentence::range)
                && !seen.contains(&sentence)
            {
                seen.push(sentence);
                self.find(doc, range, &mut found);
            }
        }
        found.sort_unstable();
        found
    }

    /// Two words in a row that are a cue hide what each is on its own: the White House is no lower house.
    fn find(&self, doc: &Document, range: std::ops::Range<u32>, found: &mut Vec<Context>) {
        let mut key = String::new();
        let mut look = |words: &[u32]| {
            key.clear();
            for &i in words {
                if !key.is_empty() {
                    key.push(' ');
                }
                push_lower(doc.syntax.lemma(i), &mut key);
            }
            let contexts = self.of_word(&key);
            for &context in contexts {
                if !found.contains(&context) {
                    found.push(context);
                }
            }
            !contexts.is_empty()
        };
        let mut i = range.start;
        let mut hidden = false;
        while i < range.end {
            let pair = i + 1 < range.end && look(&[i, i + 1]);
            if !pair && !hidden {
                look(&[i]);
            }
            hidden = pair;
            i += 1;
        }
    }
}

/// Appends a word in lower case.
pub(crate) fn push_lower(word: &str, out: &mut String) {
    if word.is_ascii() {
        let from = out.len();
        out.push_str(word);
        out[from..].make_ascii_lowercase();
    } else {
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_context_has_cues() {
        let table = Contexts::embedded().unwrap();
        for context in Context::ALL {
            assert!(table.cues.values().any(|c| c.contains(context)), "no cue for {context}");
        }
    }
}
