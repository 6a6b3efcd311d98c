//! Words for kinds of places beside a name, and what they make of it.

use crate::lexicon::{
    COMMON, DISTRICT, FUNCTION, PLURAL_DISTRICT, PLURAL_PROVINCE, PROVINCE, SIDE, STREET, TITLE, TOWN,
    Traits, WATER,
};
use crate::lookup::{Match, Strength, joins};
use crate::recognize::{Mention, Reading};
use crate::words::Gap;
use dateline_core::Span;

/// What kind of place the words beside a name ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Wanted {
    #[default]
    Any,
    Province,
    District,
    Town,
    /// A street, river or the like: not in the gazetteer under this name.
    Feature,
}

pub(crate) fn wanted(traits: Traits) -> Wanted {
    match traits {
        t if t & PROVINCE != 0 => Wanted::Province,
        t if t & DISTRICT != 0 => Wanted::District,
        t if t & TOWN != 0 => Wanted::Town,
        _ => Wanted::Any,
    }
}

impl Reading<'_> {
    /// "Orchard Street", "Catawba River", "Lake Lanier": names of features by their last or first word.
    pub(crate) fn feature(&self, first: usize, found: Option<&Match<'static>>) -> Option<Mention> {
        if self.caseless || self.persons.covers(first) {
            return None;
        }
        let opener = self.words[first];
        let numbered = first > 0
            && self
                .previous(first)
                .is_some_and(|p| p.of(self.text).starts_with(|c: char| c.is_ascii_digit()));
        if opener.is(FUNCTION | TITLE) || numbered {
            return None;
        }
        let leads = matches!(opener.of(self.text), "Lake" | "Mount" | "Mt" | "River" | "Loch");
        let mut last = first + 1;
        let mut end = None;
        while last < self.words.len() && last < first + 4 && joins(self.words[last - 1]) {
            let w = self.words[last];
            if !w.capital || w.is(FUNCTION | TITLE) {
                break;
            }
            last += 1;
            if w.is(STREET | WATER) && !w.shouted {
                end = Some(last);
                break;
            }
            if leads {
                end = Some(last);
                break;
            }
        }
        let last = end?;
        if found.is_some_and(|f| f.last >= last && f.strength == Strength::Strong) {
            return None;
        }
        // "Iraqi Street" would be a name, "American Canyon Road" too; "Israel Way Council" is none
        if self.next(last).is_some_and(|n| n.capital && !n.is(FUNCTION | SIDE)) {
            return None;
        }
        let mut span = Span::new(opener.start, self.words[last - 1].end);
        let abbreviated = matches!(
            self.words[last - 1].of(self.text),
            "St" | "Ave" | "Rd" | "Dr" | "Blvd" | "Ln" | "Twp" | "Hwy"
        );
        if abbreviated && self.text.as_bytes().get(span.end as usize) == Some(&b'.') {
            span.end += 1;
        }
        let name = Match::nameless(last, span);
        Some(Mention { first, last, span, name, wanted: Wanted::Feature, demonym: false, embedded: false })
    }

    /// "the village of X", "X district": places too small for the gazetteer, or spelled otherwise there.
    pub(crate) fn hamlet(&self, first: usize) -> Option<Mention> {
        let word = self.words[first];
        if !word.capital
            || word.shouted
            || word.is(COMMON | FUNCTION | TITLE)
            || self.caseless
            || self.persons.covers(first)
        {
            return None;
        }
        let of = first >= 2
            && matches!(self.words[first - 1].of(self.text), "of")
            && self.words[first - 2].is(TOWN | DISTRICT | PROVINCE)
            && !self.words[first - 2].capital
            && joins(self.words[first - 2]);
        let kind = self.next(first + 1).is_some_and(|n| {
            matches!(
                n.of(self.text),
                "district" | "province" | "governorate" | "county" | "subdistrict" | "oblast"
            )
        });
        if !of && !kind {
            return None;
        }
        let span = Span::new(word.start, word.end);
        let name = Match::nameless(first + 1, span);
        Some(Mention {
            first,
            last: first + 1,
            span,
            name,
            wanted: Wanted::Feature,
            demonym: false,
            embedded: false,
        })
    }

    /// "Laurel County", "Helmand Province", "the town of X", "Idlib province", "X, Y and Z counties": what the words
    /// beside a name make of it.
    pub(crate) fn take_kind(&self, m: &mut Mention) {
        if m.demonym {
            return;
        }
        if m.last - m.first > 1 {
            m.wanted = wanted(self.words[m.last - 1].traits & (DISTRICT | PROVINCE));
        }
        if let Some(next) = self.next(m.last) {
            let kind = wanted(next.traits);
            if kind != Wanted::Any && (next.capital || kind != Wanted::Town) {
                m.wanted = kind;
                let names_it =
                    next.capital && !next.shouted && !self.caseless && next.of(self.text) != "State";
                // "Richmond City Council" is the council of Richmond
                let of_council = (kind == Wanted::Town || next.of(self.text) == "District")
                    && self.next(m.last + 1).is_some_and(|n| n.capital);
                if names_it && !of_council && kind != Wanted::Town {
                    m.last += 1;
                    m.span.end = next.end;
                }
                return;
            }
        }
        if m.first >= 2 && self.words[m.first - 1].of(self.text) == "of" && joins(self.words[m.first - 2]) {
            m.wanted = wanted(self.words[m.first - 2].traits);
        }
        if m.wanted == Wanted::Any {
            m.wanted = self.listed_kind(m);
        }
    }

    /// The kind told at the end of a list: "Barrow, Jackson and Madison counties".
    fn listed_kind(&self, m: &Mention) -> Wanted {
        for i in m.last..self.words.len().min(m.last + 14) {
            let (w, gap) = (self.words[i], self.words[i - 1].gap);
            let and = matches!(w.of(self.text), "and" | "or");
            if !matches!(gap, Gap::Comma | Gap::Join) {
                break;
            }
            if w.is(PLURAL_DISTRICT) && gap == Gap::Join && !w.capital {
                return Wanted::District;
            }
            if w.is(PLURAL_PROVINCE) && gap == Gap::Join && !w.capital {
                return Wanted::Province;
            }
            let starts_list = i > m.last || gap == Gap::Comma || and;
            if !starts_list || !(w.capital || and) {
                break;
            }
        }
        Wanted::Any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_kind() {
        assert_eq!(wanted(PROVINCE), Wanted::Province);
        assert_eq!(wanted(TOWN | COMMON), Wanted::Town);
        assert_eq!(wanted(SIDE), Wanted::Any);
    }
}
