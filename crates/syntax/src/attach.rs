//! Phrases with "of" behind the object of a verb that takes them: "accused the police of fraud". The model likes to hang them on
//! the noun before.

use crate::TableError;
use crate::table::rows;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use rustc_hash::FxHashSet;

const FILE: &str = "knowledge/trees/of.tsv";
const TABLE: &str = include_str!("../../../knowledge/trees/of.tsv");

/// Nouns between the object and the phrase at most: "members of the council of fraud".
const CLIMB: usize = 3;

/// Words behind the phrase among which another one is looked for.
const AHEAD: u32 = 40;

/// Verbs that take a phrase with "of", and nouns that need one.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfPhrases {
    verbs: FxHashSet<&'static str>,
    nouns: FxHashSet<&'static str>,
}

impl OfPhrases {
    pub(crate) fn embedded() -> Result<Self, TableError> {
        let mut table = Self::default();
        for (line, row) in rows(TABLE) {
            let wrong = |what: &str| TableError { file: FILE, line, what: what.to_owned() };
            let (class, words) = row.split_once('\t').ok_or_else(|| wrong("needs two columns"))?;
            let set = match class {
                "verb" => &mut table.verbs,
                "noun" => &mut table.nouns,
                _ => return Err(wrong("begins with neither verb nor noun")),
            };
            set.extend(words.split_whitespace());
        }
        Ok(table)
    }

    /// Hangs the last such phrase of an object on the verb, where nothing with "of" hangs there. The trees need not be indexed.
    pub(crate) fn mend(&self, s: &mut Syntax) {
        for of in 0..s.tokens.len() as u32 {
            if s.token(of).deprel == Deprel::Case
                && s.lemma(of) == "of"
                && let Some((phrase, verb)) =
                    s.head(of).and_then(|phrase| Some((phrase, self.verb(s, phrase)?)))
            {
                let token = &mut s.tokens[phrase as usize];
                (token.head, token.deprel) = (verb, Deprel::Obl);
            }
        }
    }

    /// The verb that a phrase belongs to, if it hangs on the object of one.
    fn verb(&self, s: &Syntax, phrase: u32) -> Option<u32> {
        if s.token(phrase).upos != Upos::Noun {
            return None;
        }
        let mut object = phrase;
        for _ in 0..CLIMB {
            if s.token(object).deprel != Deprel::Nmod {
                break;
            }
            object = s.head(object).filter(|&head| head < object)?;
        }
        let verb = s.head(object).filter(|&verb| s.token(object).deprel == Deprel::Obj && verb < object)?;
        let needed = s.head(phrase) == Some(object) && self.nouns.contains(s.lemma(object));
        if object == phrase || needed || !self.verbs.contains(s.lemma(verb)) {
            return None;
        }
        let end = s.sentence_of(phrase).range().end.min(phrase + AHEAD);
        let hangs_there = |head: u32| s.head(head) == Some(object) || s.head(head) == Some(verb);
        let more = (phrase + 1..end)
            .filter(|&of| s.token(of).deprel == Deprel::Case && s.lemma(of) == "of")
            .any(|of| s.head(of).is_some_and(hangs_there));
        (!more).then_some(verb)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Model, Worker};
    use dateline_core::{Document, Meta};

    /// What the word hangs on.
    fn head(text: &str, word: &str) -> String {
        let model = Model::embedded().unwrap();
        let mut doc = Document::new(Meta::default(), text);
        Worker::new(&model).parse(&model, &mut doc);
        let s = &doc.syntax;
        let at = (0..s.tokens.len() as u32).find(|&i| doc.form(i) == word).unwrap();
        s.lemma(s.head(at).unwrap()).to_owned()
    }

    #[test]
    fn what_somebody_is_accused_of_hangs_on_the_verb() {
        assert_eq!(head("The opposition accused the police of fraud on Tuesday.", "fraud"), "accuse");
        assert_eq!(head("The envoy reminded the soldiers of the deadline.", "deadline"), "remind");
        assert_eq!(head("The envoy accused the leader of the rebels.", "rebels"), "leader");
        assert_eq!(head("The envoy met the head of the mission.", "mission"), "head");
    }
}
