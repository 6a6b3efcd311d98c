//! Which names of the gazetteer stand for places in a text.

use crate::lexicon::{
    COMMON, DISTRICT, ENTERPRISE, FIRST, FUNCTION, INSTITUTION, LOCATIVE, PERSON_PART, PROVINCE, SIDE, SPEECH, SURNAME,
    TITLE, TOWN, Traits, WATER,
};
use crate::lookup::{Match, Names, Strength, joins};
use crate::types::Hints;
use crate::words::{Gap, Word};
use dateline_core::Span;
use dateline_core::labels::NameClass;
use std::collections::HashSet;

/// What kind of place the words beside a name ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Wanted {
    #[default]
    Any,
    Province,
    District,
    Town,
}

/// A place name in the text, not yet resolved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// First word and one past the last.
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) span: Span,
    pub(crate) name: Match<'static>,
    pub(crate) wanted: Wanted,
    pub(crate) demonym: bool,
}

/// What the judge says of a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    No,
    /// Only if the same name is a place elsewhere in the text.
    Perhaps,
    Yes,
}

/// One text being read.
pub(crate) struct Reading<'a> {
    pub(crate) names: &'a Names,
    pub(crate) text: &'a str,
    pub(crate) words: &'a [Word],
    pub(crate) hints: &'a Hints<'a>,
    caseless: bool,
    /// Words that belong to persons' full names.
    in_person: Vec<bool>,
    /// Last names of persons in the text.
    persons: HashSet<&'a str>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(names: &'a Names, text: &'a str, words: &'a [Word], hints: &'a Hints<'a>) -> Self {
        let capitals = words.iter().filter(|w| w.capital).count();
        let caseless = words.len() >= 20 && capitals * 100 < words.len();
        let in_person = vec![false; words.len()];
        let mut reading = Self { names, text, words, hints, caseless, in_person, persons: HashSet::new() };
        reading.mark_persons();
        reading
    }

    /// The place names of the text in order.
    pub(crate) fn mentions(&self, out: &mut Vec<Mention>) {
        let mut key = String::new();
        let mut doubtful = Vec::new();
        let mut accepted: HashSet<String> = HashSet::new();
        let mut i = 0;
        let mut behind_place = usize::MAX;
        while i < self.words.len() {
            let word = self.words[i];
            if !(word.capital || self.caseless) || self.is_removed(word) {
                i += 1;
                continue;
            }
            let Some(name) = self.names.longest(self.text, self.words, i, self.caseless, &mut key) else {
                i += 1;
                continue;
            };
            let mut mention = Mention {
                first: i,
                last: name.last,
                span: name.span,
                name,
                wanted: Wanted::Any,
                demonym: name.is_demonym(self.text),
            };
            self.take_kind(&mut mention);
            match self.judge(&mention, behind_place == i) {
                Verdict::No => {
                    i += 1;
                    continue;
                }
                Verdict::Perhaps => doubtful.push((key.clone(), mention)),
                Verdict::Yes => {
                    if !accepted.contains(key.as_str()) {
                        accepted.insert(key.clone());
                    }
                    out.push(mention);
                    behind_place = mention.last;
                }
            }
            i = mention.last;
        }
        let known = doubtful.into_iter().filter(|(key, _)| accepted.contains(key)).map(|(_, m)| m);
        out.extend(known);
        out.sort_by_key(|m| m.span.start);
    }

    fn is_removed(&self, word: Word) -> bool {
        let i = self.hints.removed.partition_point(|r| r.end <= word.start);
        self.hints.removed.get(i).is_some_and(|r| r.start < word.end)
    }

    fn next(&self, last: usize) -> Option<Word> {
        (self.words[last - 1].gap == Gap::Join).then(|| self.words.get(last).copied()).flatten()
    }

    fn previous(&self, first: usize) -> Option<Word> {
        let word = self.words.get(first.checked_sub(1)?)?;
        joins(*word).then_some(*word)
    }

    /// "Laurel County", "Helmand Province", "the town of X", "Idlib province": what the words beside it make of it.
    fn take_kind(&self, m: &mut Mention) {
        if let Some(next) = self.next(m.last) {
            let kind = wanted(next.traits);
            if kind != Wanted::Any && !m.demonym && (next.capital || kind != Wanted::Town) {
                m.wanted = kind;
                if next.capital && !next.shouted && !self.caseless && next.of(self.text) != "State" {
                    m.last += 1;
                    m.span.end = next.end;
                }
                return;
            }
        }
        if m.first >= 2 && self.words[m.first - 1].of(self.text) == "of" && joins(self.words[m.first - 2]) {
            m.wanted = wanted(self.words[m.first - 2].traits);
        }
    }

    /// Whether a comma and a larger place follow: "Clinton, Mississippi".
    fn is_contained(&self, m: &Mention) -> bool {
        if self.words[m.last - 1].gap != Gap::Comma {
            return false;
        }
        self.words.get(m.last).is_some_and(|w| w.capital)
            && self
                .names
                .longest(self.text, self.words, m.last, false, &mut String::new())
                .is_some_and(|n| n.large && n.strength == Strength::Strong && !n.is_demonym(self.text))
    }

    fn judge(&self, m: &Mention, behind_place: bool) -> Verdict {
        if let Some(verdict) = self.hinted(m) {
            return verdict;
        }
        let (word, single) = (self.words[m.first], m.last - m.first == 1);
        let strength = m.name.strength;
        if self.caseless {
            let doubtful = word.is(COMMON | SURNAME | FIRST | FUNCTION | TITLE | SIDE | WATER | PERSON_PART);
            let fits = strength == Strength::Strong || (!single && strength == Strength::Medium);
            return if fits && !(single && doubtful) { Verdict::Yes } else { Verdict::No };
        }
        let previous = self.previous(m.first);
        let next = self.next(m.last);
        let in_dateline = self.hints.dateline.is_some_and(|d| d.overlaps(m.span));
        let typed = m.wanted != Wanted::Any;
        if in_dateline || (typed && !(single && word.is(COMMON | FUNCTION))) || self.is_contained(m) {
            return Verdict::Yes;
        }
        let own = m.name.own(self.text).next().is_some();
        if own && m.name.own(self.text).all(|s| s.exact.is_some()) {
            return Verdict::Yes;
        }
        let located = previous.is_some_and(|p| p.is(LOCATIVE) && (!p.capital || p.opens));
        let next_name = next.filter(|n| n.capital && !n.is(FUNCTION));
        if next_name.is_some_and(|n| n.is(ENTERPRISE)) {
            return Verdict::No;
        }
        if self.in_person[m.first] {
            return Verdict::No;
        }
        let seat = next.is_some_and(|n| n.is(INSTITUTION));
        if single && word.is(COMMON | FUNCTION | TITLE | SIDE | PERSON_PART) && !own {
            return if located && strength == Strength::Strong && !word.opens { Verdict::Perhaps } else { Verdict::No };
        }
        let named_before = !behind_place
            && previous.is_some_and(|p| {
                p.capital && !p.is(FUNCTION | SIDE) && !(p.opens && (p.is(COMMON | LOCATIVE) || own))
            });
        if named_before && !(m.demonym || own || (m.name.large && strength == Strength::Strong)) {
            return Verdict::No;
        }
        if named_before && previous.is_some_and(|p| p.is(TITLE | FIRST)) && single && !m.demonym {
            return Verdict::No;
        }
        if single && word.is(SURNAME | FIRST) && !own {
            if self.persons.contains(word.of(self.text)) {
                return Verdict::No;
            }
            if next.is_some_and(|n| n.is(SPEECH)) {
                return Verdict::Perhaps;
            }
            return match (located || seat, next_name.is_some()) {
                (true, false) => Verdict::Yes,
                (true, true) if seat => Verdict::Yes,
                _ if strength == Strength::Strong && next_name.is_none() => Verdict::Yes,
                _ => Verdict::Perhaps,
            };
        }
        if strength == Strength::Strong {
            return Verdict::Yes;
        }
        if next_name.is_some() && !seat {
            return Verdict::No;
        }
        match strength {
            Strength::Medium if !(single && word.opens && !seat) => Verdict::Yes,
            _ if located || seat => Verdict::Yes,
            _ => Verdict::Perhaps,
        }
    }

    /// What the English model's names say.
    fn hinted(&self, m: &Mention) -> Option<Verdict> {
        let names = self.hints.names?;
        let i = names.partition_point(|n| n.span.end <= m.span.start);
        let hint = names.get(i).filter(|n| n.span.overlaps(m.span))?;
        match hint.class {
            NameClass::Person => Some(Verdict::No),
            NameClass::Location if m.span.covers(hint.span) || hint.span == m.span => Some(Verdict::Yes),
            _ => None,
        }
    }

    /// Marks "Thomas Ravenel", "Judge Robert Carr", "Mr. Jordan", and remembers the last names.
    fn mark_persons(&mut self) {
        let mut key = String::new();
        let mut i = 0;
        while i < self.words.len() {
            let word = self.words[i];
            let opens_name = word.capital && word.is(FIRST | TITLE) && joins(word) && !self.caseless;
            if !opens_name {
                i += 1;
                continue;
            }
            let place = self.names.longest(self.text, self.words, i, false, &mut key);
            if let Some(place) = place.filter(|p| p.last > i + 1 && p.strength >= Strength::Medium) {
                i = place.last;
                continue;
            }
            let mut last = i + 1;
            let mut given = usize::from(word.is(FIRST));
            while last < self.words.len() && joins(self.words[last - 1]) && last < i + 6 {
                let w = self.words[last];
                let part = w.is(PERSON_PART) && !w.capital;
                if !w.capital && !part {
                    break;
                }
                let ends = w.is(FUNCTION | INSTITUTION | ENTERPRISE | SIDE | DISTRICT | PROVINCE | TOWN | WATER);
                if ends && !w.is(FIRST | SURNAME | TITLE) {
                    break;
                }
                given += usize::from(w.is(FIRST));
                last += 1;
            }
            let surname = last - 1;
            let title_alone = word.is(TITLE) && given == 0;
            if last > i + 1 && !(title_alone && self.is_office_place(i)) {
                for at in i..last {
                    self.in_person[at] = true;
                }
                let name: &'a str = self.words[surname].of(self.text);
                self.persons.insert(name);
            }
            i = last;
        }
    }

    /// "President of", "Secretary General", "Gov. Georgia": a title before something that is a strong place, no person.
    fn is_office_place(&self, title: usize) -> bool {
        let mut key = String::new();
        let place = self.names.longest(self.text, self.words, title + 1, false, &mut key);
        place.is_some_and(|p| p.strength == Strength::Strong && p.large && !self.words[title + 1].is(FIRST | SURNAME))
    }
}

pub(crate) fn wanted(traits: Traits) -> Wanted {
    match traits {
        t if t & PROVINCE != 0 => Wanted::Province,
        t if t & DISTRICT != 0 => Wanted::District,
        t if t & TOWN != 0 => Wanted::Town,
        _ => Wanted::Any,
    }
}
