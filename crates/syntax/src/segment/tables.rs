//! The word lists of segmentation, from `knowledge/segment`.

use crate::table::{TableError, WordMap};

/// What kind of word keeps its full stop; the table says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    Title,
    Number,
    Date,
    DateWord,
    Company,
    Region,
    Unit,
    Latin,
    Inside,
    Other,
}

impl Abbreviation {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Number => "number",
            Self::Date => "date",
            Self::DateWord => "dateword",
            Self::Company => "company",
            Self::Region => "region",
            Self::Unit => "unit",
            Self::Latin => "latin",
            Self::Inside => "inside",
            Self::Other => "other",
        }
    }

    fn parse(s: &str) -> Option<Self> {
        [
            Self::Title,
            Self::Number,
            Self::Date,
            Self::DateWord,
            Self::Company,
            Self::Region,
            Self::Unit,
            Self::Latin,
            Self::Inside,
            Self::Other,
        ]
        .into_iter()
        .find(|a| a.name() == s)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Tables {
    abbreviations: WordMap<Abbreviation>,
    pub(crate) prefixes: WordMap<()>,
    pub(crate) units: WordMap<()>,
    /// Letters of the first word.
    pub(crate) fused: WordMap<usize>,
    pub(crate) domains: WordMap<()>,
    pub(crate) emoticons: WordMap<()>,
    pub(crate) starters: WordMap<()>,
    pub(crate) elisions: WordMap<()>,
    pub(crate) greetings: WordMap<()>,
}

macro_rules! table {
    ($name:literal, $value:expr) => {
        WordMap::read(
            concat!("knowledge/segment/", $name),
            include_str!(concat!("../../../../knowledge/segment/", $name)),
            $value,
        )
    };
}

impl Tables {
    pub(crate) fn embedded() -> Result<Self, TableError> {
        let list = |rest: &str| rest.is_empty().then_some(());
        Ok(Self {
            abbreviations: table!("abbreviations.tsv", Abbreviation::parse)?,
            prefixes: table!("prefixes.tsv", list)?,
            units: table!("units.tsv", list)?,
            fused: table!("fused.tsv", |v| v.parse().ok())?,
            domains: table!("domains.tsv", list)?,
            emoticons: table!("emoticons.tsv", list)?,
            starters: table!("starters.tsv", list)?,
            elisions: table!("elisions.tsv", list)?,
            greetings: table!("greetings.tsv", list)?,
        })
    }

    /// The class of a word that stands before a full stop.
    pub(crate) fn abbreviation(&self, word: &[u8]) -> Option<Abbreviation> {
        let (spelling, class) = self.abbreviations.find(word)?;
        let wants_capital = spelling.as_bytes()[0].is_ascii_uppercase();
        let fits = if word.len() == 1 {
            spelling.as_bytes() == word
        } else {
            !wants_capital || word[0].is_ascii_uppercase()
        };
        fits.then_some(class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_count_where_the_table_has_them() {
        let tables = Tables::embedded().unwrap();
        assert_eq!(tables.abbreviation(b"Gen"), Some(Abbreviation::Title));
        assert_eq!(tables.abbreviation(b"MR"), Some(Abbreviation::Title));
        assert_eq!(tables.abbreviation(b"sun"), None);
        assert_eq!(tables.abbreviation(b"B"), None);
        assert_eq!(tables.abbreviation(b"Sun"), Some(Abbreviation::DateWord));
    }
}
