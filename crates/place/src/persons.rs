//! Persons' names as far as the tables tell: what belongs to one is no place.

use crate::lexicon::{
    DISTRICT, ENTERPRISE, FIRST, FUNCTION, INSTITUTION, PERSON_PART, PROVINCE, SIDE, STREET, SURNAME, TITLE,
    TOWN, WATER,
};
use crate::lookup::{Names, Strength, joins};
use crate::words::Word;
use std::collections::HashSet;

/// Words that end a name of a person unless they are a surname.
const ENDS: u32 = FUNCTION | INSTITUTION | ENTERPRISE | SIDE | DISTRICT | PROVINCE | TOWN | WATER | STREET;

/// The persons of one text.
#[derive(Debug, Default)]
pub(crate) struct Persons<'a> {
    /// Of each word whether it stands in a full name.
    covered: Vec<bool>,
    /// Last names.
    last_names: HashSet<&'a str>,
}

impl<'a> Persons<'a> {
    /// Nobody.
    pub(crate) fn none(words: &[Word]) -> Self {
        Self { covered: vec![false; words.len()], last_names: HashSet::new() }
    }

    /// The persons that `text` names with a given name or a title: "Thomas Ravenel", "Judge Robert Carr", "Mr. Jordan".
    pub(crate) fn of(names: &Names, text: &'a str, words: &[Word]) -> Self {
        let mut persons = Self::none(words);
        let mut key = String::new();
        let mut i = 0;
        while i < words.len() {
            let word = words[i];
            if !(word.capital && word.is(FIRST | TITLE) && joins(word)) {
                i += 1;
                continue;
            }
            let place = names.longest(text, words, i, false, &mut key);
            if let Some(place) = place.filter(|p| p.last > i + 1 && p.strength >= Strength::Medium) {
                i = place.last;
                continue;
            }
            // "Jordan Smith" but not "Jordan River Authority" or "Georgia Republicans"
            let famous = place.is_some_and(|p| p.strength == Strength::Strong) && !word.is(TITLE);
            let mut last = i + 1;
            let mut given = usize::from(word.is(FIRST) && !famous);
            while last < words.len() && is_one_name(text, words, last) && last < i + 6 {
                let w = words[last];
                if !(w.capital || w.is(PERSON_PART)) || (w.is(ENDS) && !w.is(FIRST | SURNAME | TITLE)) {
                    break;
                }
                if famous && last == i + 1 && !is_surname(names, text, w, &mut key) {
                    break;
                }
                given += usize::from(w.is(FIRST) || famous);
                last += 1;
            }
            let office = given == 0 && is_large_place(names, text, words, i + 1, &mut key);
            if last > i + 1 && !office {
                persons.covered[i..last].fill(true);
                persons.last_names.insert(words[last - 1].of(text));
            }
            i = last;
        }
        persons
    }

    /// Whether word `i` belongs to a person's full name.
    pub(crate) fn covers(&self, i: usize) -> bool {
        self.covered.get(i).is_some_and(|c| *c)
    }

    /// Whether somebody bears this last name.
    pub(crate) fn has(&self, last_name: &str) -> bool {
        self.last_names.contains(last_name)
    }
}

/// Whether word `i` goes on with the name before it: "Gloria Macapagal-Arroyo".
fn is_one_name(text: &str, words: &[Word], i: usize) -> bool {
    let (before, word) = (words[i - 1], words[i]);
    let hyphen = text.as_bytes().get(before.end as usize) == Some(&b'-') && word.start == before.end + 1;
    joins(before) || hyphen && word.capital
}

/// Whether a word behind a name such as Jordan or Georgia makes it a person.
fn is_surname(names: &Names, text: &str, word: Word, key: &mut String) -> bool {
    if word.is(INSTITUTION | ENTERPRISE | crate::lexicon::COMMON) || word.shouted {
        return false;
    }
    if word.is(SURNAME) || word.end - word.start == 1 {
        return true;
    }
    key.clear();
    let latin = crate::fold::fold_into(word.of(text), key);
    latin && names.gazetteer.find(key).is_empty() && names.lexicon.find(key).is_none()
}

/// "President of", "Gov. Georgia": a title before something that is a large place makes no person.
fn is_large_place(names: &Names, text: &str, words: &[Word], first: usize, key: &mut String) -> bool {
    let place = names.longest(text, words, first, false, key);
    place.is_some_and(|p| p.strength == Strength::Strong && p.large) && !words[first].is(FIRST | SURNAME)
}
