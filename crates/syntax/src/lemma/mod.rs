//! Forms to lemmas: a table of what the rules get wrong, then rules for endings ([`rules`]).

mod rules;

use crate::table::{Hash, TableError, rows};
use dateline_core::Span;
use dateline_core::labels::{Upos, Xpos};

/// The table and the rules. Immutable, shared by all workers.
///
/// ```
/// use dateline_core::labels::{Upos, Xpos};
/// let lemmatizer = dateline_syntax::lemma::Lemmatizer::embedded().unwrap();
/// let mut lemmas = String::new();
/// let span = lemmatizer.append("Fled", Upos::Verb, Xpos::Vbd, &mut lemmas);
/// assert_eq!(span.of(&lemmas), "flee");
/// ```
#[derive(Clone, Debug)]
pub struct Lemmatizer {
    text: &'static str,
    entries: Vec<Entry>,
    slots: Vec<u32>,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
struct Entry {
    form: Span,
    xpos: Xpos,
    lemma: Span,
}

const FREE: u32 = u32::MAX;
const FILE: &str = "models/lemmas.tsv";

impl Lemmatizer {
    /// The lemmatizer with the table of the program.
    pub fn embedded() -> Result<Self, TableError> {
        Self::read(include_str!("../../../../models/lemmas.tsv"))
    }

    /// Rules alone.
    pub fn rules_only() -> Self {
        Self { text: "", entries: Vec::new(), slots: vec![FREE; 4] }
    }

    fn read(text: &'static str) -> Result<Self, TableError> {
        let mut entries = Vec::new();
        for (line, row) in rows(text) {
            let error = |what: &str| TableError { file: FILE, line, what: what.to_owned() };
            let mut columns = row.split('\t');
            let mut column = || columns.next().ok_or_else(|| error("form, tag and lemma are wanted"));
            let (form, tag, lemma) = (column()?, column()?, column()?);
            let place = |part: &str| {
                let start = (part.as_ptr() as usize - text.as_ptr() as usize) as u32;
                Span::new(start, start + part.len() as u32)
            };
            let xpos = tag.parse().map_err(|_| error("unknown tag"))?;
            entries.push(Entry { form: place(form), xpos, lemma: place(lemma) });
        }
        let mut slots = vec![FREE; (entries.len() * 2 + 4).next_power_of_two()];
        let mask = slots.len() - 1;
        for (i, entry) in entries.iter().enumerate() {
            let mut at = hash(entry.form.of(text).as_bytes(), entry.xpos).slot(mask);
            while slots[at] != FREE {
                at = (at + 1) & mask;
            }
            slots[at] = i as u32;
        }
        Ok(Self { text, entries, slots })
    }

    fn find(&self, form: &[u8], xpos: Xpos) -> Option<&'static str> {
        let mask = self.slots.len() - 1;
        let mut at = hash(form, xpos).slot(mask);
        while self.slots[at] != FREE {
            let entry = &self.entries[self.slots[at] as usize];
            if entry.xpos == xpos && entry.form.of(self.text).as_bytes().eq_ignore_ascii_case(form) {
                return Some(entry.lemma.of(self.text));
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Appends the lemma of `form` to `lemmas` and tells where it stands: in lower case, names as they are written.
    pub fn append(&self, form: &str, upos: Upos, xpos: Xpos, lemmas: &mut String) -> Span {
        let start = lemmas.len();
        let name = upos == Upos::Propn;
        if let Some(lemma) = self.find(form.as_bytes(), xpos) {
            lemmas.push_str(lemma);
        } else {
            // `1,000` is 1000.
            let figure = xpos == Xpos::Cd;
            for c in form.chars() {
                match c {
                    '\u{ad}' => {}
                    ',' if figure && form.len() > 1 => {}
                    _ if name || c.is_ascii_lowercase() => lemmas.push(c),
                    _ if c.is_ascii() => lemmas.push(c.to_ascii_lowercase()),
                    _ => lemmas.extend(c.to_lowercase()),
                }
            }
            let (cut, add) = rules::edit(&lemmas.as_bytes()[start..], xpos);
            lemmas.truncate(lemmas.len() - cut);
            lemmas.push_str(add);
            // Of a soft hyphen alone, or commas that are called a figure, nothing is left.
            if lemmas.len() == start {
                lemmas.push_str(form);
            }
        }
        Span::new(start as u32, lemmas.len() as u32)
    }
}

fn hash(form: &[u8], xpos: Xpos) -> Hash {
    form.iter().fold(Hash::new().byte(xpos as u8), |h, b| h.byte(b.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(form: &str, upos: Upos, xpos: Xpos) -> String {
        let mut lemmas = "before".to_owned();
        let span = Lemmatizer::embedded().unwrap().append(form, upos, xpos, &mut lemmas);
        span.of(&lemmas).to_owned()
    }

    #[test]
    fn irregular_forms_come_from_the_table() {
        assert_eq!(lemma("overthrew", Upos::Verb, Xpos::Vbd), "overthrow");
        assert_eq!(lemma("THIEVES", Upos::Noun, Xpos::Nns), "thief");
        assert_eq!(lemma("n't", Upos::Part, Xpos::Rb), "not");
        assert_eq!(lemma("series", Upos::Noun, Xpos::Nns), "series");
        assert_eq!(lemma("patrolled", Upos::Verb, Xpos::Vbd), "patrol");
    }

    #[test]
    fn names_keep_their_case() {
        assert_eq!(lemma("Netanyahu", Upos::Propn, Xpos::Nnp), "Netanyahu");
        assert_eq!(lemma("Israelis", Upos::Propn, Xpos::Nnps), "Israeli");
        assert_eq!(lemma("ÉLAN", Upos::Noun, Xpos::Nn), "élan");
    }
}
