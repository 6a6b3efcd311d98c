//! What a whole report is about, by a table of cues. In reports on sport, business, culture, weather, science and daily life
//! "attack", "talks" and "victory" are figures of speech; acts are then read only from sentences that speak of politics.

use crate::contexts::push_lower;
use dateline_core::Document;
use rustc_hash::FxHashMap;
use std::ops::Range;

const EMBEDDED: &str = include_str!("../../../knowledge/subjects.tsv");

/// The name of the one subject that speaks against all others.
const POLITICS: &str = "politics";

/// Sentences from which a report tells its subject.
const FEWEST: usize = 3;

/// More subjects than the table may have.
const MOST: usize = 16;

/// Cue words and the subjects they tell.
#[derive(Debug, Default)]
pub struct Subjects {
    names: Vec<Box<str>>,
    /// For every cue the numbers of its subjects.
    cues: FxHashMap<Box<str>, Vec<usize>>,
}

/// What is wrong with a line of the table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "knowledge/subjects.tsv:{line}: needs one of at most {MOST} subjects, a tab, and cues separated by semicolons"
)]
pub struct SubjectError {
    /// Line, from 1.
    pub line: usize,
}

/// The subject of a report without politics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet<'a> {
    /// Its name in the table: `sport`.
    pub subject: &'a str,
}

impl Subjects {
    /// The table that is part of the program.
    pub fn embedded() -> Result<Subjects, SubjectError> {
        Subjects::parse(EMBEDDED)
    }

    /// Reads `subject TAB cue; cue; ...` lines.
    pub fn parse(text: &str) -> Result<Subjects, SubjectError> {
        let mut subjects = Subjects { names: vec![POLITICS.into()], cues: FxHashMap::default() };
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let error = SubjectError { line: number + 1 };
            let (name, words) = line.split_once('\t').ok_or(error.clone())?;
            let known = subjects.names.iter().position(|n| **n == *name);
            let subject = known.unwrap_or_else(|| {
                subjects.names.push(name.into());
                subjects.names.len() - 1
            });
            if subject >= MOST {
                return Err(error);
            }
            for word in words.split(';').map(str::trim).filter(|w| !w.is_empty()) {
                subjects.cues.entry(word.to_lowercase().into()).or_default().push(subject);
            }
        }
        Ok(subjects)
    }

    /// The subject of a report, if it is none of politics: its words are more than twice as many as those of politics. A
    /// headline or a sentence or two say too little to tell.
    pub fn quiet(&self, doc: &Document) -> Option<Quiet<'_>> {
        if doc.syntax.sentences.len() < FEWEST {
            return None;
        }
        let counts = self.count(doc, 0..doc.syntax.tokens.len() as u32);
        let (subject, &most) =
            counts[1..].iter().enumerate().max_by_key(|&(k, n)| (n, std::cmp::Reverse(k)))?;
        (most >= 2 && most > 2 * counts[0]).then(|| Quiet { subject: &self.names[subject + 1] })
    }

    /// Whether a sentence has more words of politics than of all other subjects together.
    pub fn is_political(&self, doc: &Document, sentence: u32) -> bool {
        let Some(sentence) = doc.syntax.sentences.get(sentence as usize) else { return false };
        let counts = self.count(doc, sentence.range());
        counts[0] > counts[1..].iter().sum()
    }

    /// How many words tell each subject.
    fn count(&self, doc: &Document, range: Range<u32>) -> [usize; MOST] {
        let mut counts = [0; MOST];
        // The word before and this one, in lower case.
        let mut pair = String::new();
        let mut before = 0;
        for i in range {
            pair.drain(..before);
            let space = pair.len();
            pair.push(' ');
            push_lower(doc.syntax.lemma(i), &mut pair);
            for key in [&pair[space + 1..], &pair[..]] {
                for &subject in self.cues.get(key).map_or(&[][..], Vec::as_slice) {
                    counts[subject] += 1;
                }
            }
            before = space + 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(lemmas: &[&str]) -> Document {
        use dateline_core::syntax::{Deprel, NONE, NameTag, Sentence, Token, Upos, Xpos};
        let mut doc = Document::default();
        for (i, lemma) in lemmas.iter().enumerate() {
            let start = doc.syntax.lemmas.len() as u32;
            doc.syntax.lemmas.push_str(lemma);
            doc.syntax.tokens.push(Token {
                span: dateline_core::Span::new(i as u32, i as u32 + 1),
                sentence: 0,
                head: NONE,
                deprel: Deprel::Dep,
                upos: Upos::X,
                xpos: Xpos::Fw,
                name: NameTag::Outside,
                lemma: dateline_core::Span::new(start, doc.syntax.lemmas.len() as u32),
            });
        }
        let all = lemmas.len() as u32;
        for tokens in [(0, all), (all, all), (all, all)] {
            doc.syntax.sentences.push(Sentence {
                tokens,
                span: dateline_core::Span::default(),
                paragraph: 0,
            });
        }
        doc
    }

    #[test]
    fn a_report_is_about_what_most_of_its_words_tell() {
        let table = Subjects::embedded().unwrap();
        let subject = |lemmas: &[&str]| table.quiet(&parsed(lemmas)).map(|q| q.subject);
        assert_eq!(subject(&["the", "striker", "attack", "the", "penalty", "kick"]), Some("sport"));
        assert_eq!(subject(&["the", "Minister", "attack", "the", "striker", "and", "goalkeeper"]), None);
        assert_eq!(subject(&[]), None);
    }

    #[test]
    fn a_sentence_may_speak_of_politics() {
        let table = Subjects::embedded().unwrap();
        assert!(table.is_political(&parsed(&["prime", "minister", "visit", "team"]), 0));
        assert!(!table.is_political(&parsed(&["coach", "visit", "team"]), 0));
        assert!(Subjects::parse("sport football").is_err());
    }
}
