//! Which names of the gazetteer stand for places in a text.

use crate::kinds::Wanted;
use crate::lexicon::{
    COMMON, DISTRICT, ENTERPRISE, FIRST, FUNCTION, INHABITANT, INSTITUTION, LOCATIVE, PERSON_PART, PROVINCE,
    SIDE, SPEECH, STREET, SURNAME, TITLE, TOWN, Target, WATER,
};
use crate::lookup::{Match, Names, Strength, is_particle, joins};
use crate::persons::Persons;
use crate::types::Hints;
use crate::words::{Gap, Word};
use dateline_core::Span;
use dateline_core::labels::NameClass;
use std::collections::HashSet;

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
    /// Part of the name of an institution, company or team.
    pub(crate) embedded: bool,
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
    hints: &'a Hints<'a>,
    /// The text has no capitals: names are found without them.
    pub(crate) caseless: bool,
    pub(crate) persons: Persons<'a>,
}

impl<'a> Reading<'a> {
    pub(crate) fn new(names: &'a Names, text: &'a str, words: &'a [Word], hints: &'a Hints<'a>) -> Self {
        let capitals = words.iter().filter(|w| w.capital).count();
        let caseless = words.len() >= 20 && capitals * 40 < words.len();
        let persons = if caseless { Persons::none(words) } else { Persons::of(names, text, words) };
        Self { names, text, words, hints, caseless, persons }
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
            let particle = || is_particle(word, self.words.get(i + 1), self.text);
            if !(word.capital || self.caseless || particle()) || self.is_removed(word) {
                i += 1;
                continue;
            }
            let found = self.names.longest(self.text, self.words, i, self.caseless, &mut key);
            if found.is_some_and(|f| f.own(self.text).any(|s| s.target == Target::Nowhere)) {
                i = found.map_or(i + 1, |f| f.last);
                continue;
            }
            if let Some(feature) = self.feature(i, found.as_ref()) {
                i = feature.last;
                out.push(feature);
                behind_place = i;
                continue;
            }
            let Some(name) = found else {
                if let Some(hamlet) = self.hamlet(i) {
                    out.push(hamlet);
                }
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
                embedded: self.next(name.last).is_some_and(|n| n.capital && n.is(INSTITUTION | ENTERPRISE)),
            };
            self.take_kind(&mut mention);
            match self.judge(&mention, behind_place) {
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

    pub(crate) fn next(&self, last: usize) -> Option<Word> {
        (self.words[last - 1].gap == Gap::Join).then(|| self.words.get(last).copied()).flatten()
    }

    pub(crate) fn previous(&self, first: usize) -> Option<Word> {
        let word = self.words.get(first.checked_sub(1)?)?;
        joins(*word).then_some(*word)
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

    /// "SPRINGFIELD - A man", "R-Florence": places by their position.
    fn is_posted(&self, m: &Mention) -> bool {
        let (first, last) = (self.words[m.first], self.words[m.last - 1]);
        let heads = first.opens && first.shouted && last.gap == Gap::Dash;
        let party = self.previous(m.first).is_some_and(|p| {
            matches!(p.of(self.text), "R" | "D" | "I")
                && self.text.as_bytes().get(p.end as usize) == Some(&b'-')
        });
        heads || party || self.hints.dateline.is_some_and(|d| d.overlaps(m.span))
    }

    /// The tables' verdict, weighed against the English model's.
    fn judge(&self, m: &Mention, behind_place: usize) -> Verdict {
        let verdict = self.judge_alone(m, behind_place);
        match (self.hint(m), verdict) {
            (Some(NameClass::Person), Verdict::Yes) if self.may_be_person(m) => Verdict::Perhaps,
            (Some(NameClass::Person), Verdict::Perhaps) => Verdict::No,
            (Some(NameClass::Location), Verdict::Perhaps) if m.name.strength >= Strength::Medium => {
                Verdict::Yes
            }
            _ => verdict,
        }
    }

    /// Whether nothing beside a small name speaks for a place.
    fn may_be_person(&self, m: &Mention) -> bool {
        let small = !m.name.large && !m.demonym && m.name.own(self.text).next().is_none();
        let beside =
            m.wanted != Wanted::Any || self.is_posted(m) || self.is_contained(m) || self.is_located(m.first);
        small && !beside && m.name.last - m.first == 1
    }

    fn judge_alone(&self, m: &Mention, behind_place: usize) -> Verdict {
        let (word, single) = (self.words[m.first], m.name.last - m.first == 1);
        let strength = m.name.strength;
        if self.caseless {
            return self.judge_caseless(m);
        }
        let previous = self.previous(m.first);
        let next = self.next(m.last);
        let sides = (m.first..m.name.last).all(|i| self.words[i].is(SIDE | DISTRICT | PROVINCE | TOWN));
        let ordinary = sides || single && word.is(COMMON | FUNCTION | TITLE | SIDE | PERSON_PART);
        let typed = m.wanted != Wanted::Any && (!ordinary || self.is_named_kind(m.first));
        if self.is_posted(m) || typed || (self.is_contained(m) && !self.persons.covers(m.first)) {
            return Verdict::Yes;
        }
        let own = m.name.own(self.text).next();
        if own.is_some_and(|s| s.exact.is_some()) {
            return self.judge_abbreviation(m, previous);
        }
        let own = own.is_some();
        let located = self.is_located(m.first);
        if own && !located && self.is_seat_of_power(m) {
            return Verdict::No;
        }
        let next_name = next.filter(|n| n.capital && !n.is(FUNCTION));
        if next_name.is_some_and(|n| n.is(STREET)) || self.persons.covers(m.first) {
            return Verdict::No;
        }
        let seat = next.is_some_and(|n| n.is(INSTITUTION) || (n.is(INHABITANT) && !n.capital));
        if ordinary && !own {
            let inside = previous.is_some_and(|p| p.is(LOCATIVE) && !p.capital) && next_name.is_none();
            return if inside && strength == Strength::Strong { Verdict::Yes } else { Verdict::No };
        }
        let named_before = behind_place != m.first
            && previous.is_some_and(|p| {
                p.capital && !p.is(FUNCTION | SIDE) && !(p.opens && (p.is(COMMON | LOCATIVE) || own))
            });
        if named_before && !(own || (m.name.large && strength == Strength::Strong)) {
            return if strength >= Strength::Medium { Verdict::Perhaps } else { Verdict::No };
        }
        if named_before && previous.is_some_and(|p| p.is(TITLE | FIRST)) && single && !m.demonym {
            return Verdict::No;
        }
        let town = !own && !m.name.large;
        if single
            && town
            && self.persons.has(word.of(self.text))
            && !(located && strength == Strength::Strong)
        {
            return Verdict::No;
        }
        let abbreviation = single && word.shouted && !own && !located;
        if abbreviation && strength < Strength::Strong && !self.is_headline(m) {
            return Verdict::No;
        }
        if strength < Strength::Strong && (self.is_behind_particle(m.first) || self.is_before_particle(m)) {
            return Verdict::No;
        }
        let saint = matches!(word.of(self.text), "St" | "Saint" | "Sainte" | "Ste");
        let owner = self.words[m.last - 1].gap == Gap::Possessive
            && self.words.get(m.last).is_some_and(|w| w.capital);
        if strength < Strength::Strong && saint && (owner || next_name.is_some()) {
            return Verdict::Perhaps;
        }
        let located = located || self.is_coordinated(m.first, behind_place);
        if single && word.is(SURNAME | FIRST) && !own {
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
            return if located && strength == Strength::Medium { Verdict::Yes } else { Verdict::Perhaps };
        }
        match strength {
            Strength::Medium if !(single && word.opens && !seat) => Verdict::Yes,
            _ if located || seat => Verdict::Yes,
            _ => Verdict::Perhaps,
        }
    }

    /// Without capitals only well-known names without another meaning count.
    fn judge_caseless(&self, m: &Mention) -> Verdict {
        let (word, single) = (self.words[m.first], m.name.last - m.first == 1);
        let everyday =
            |w: &Word| w.is(COMMON | FUNCTION | TITLE | SIDE | WATER | PERSON_PART | LOCATIVE | INSTITUTION);
        let doubtful = self.words[m.first..m.name.last].iter().all(everyday)
            || (single && word.is(SURNAME | FIRST))
            || word.of(self.text) == "the";
        let strength = m.name.strength;
        let fits = strength == Strength::Strong || (!single && strength == Strength::Medium);
        let asked = strength == Strength::Medium && self.previous(m.first).is_some_and(|p| p.is(LOCATIVE));
        match (doubtful, fits || asked, strength) {
            (false, true, _) => Verdict::Yes,
            (false, false, Strength::Medium) => Verdict::Perhaps,
            _ => Verdict::No,
        }
    }

    /// "US" and "Fla." speak for themselves; "PA" and "OK" only behind a comma.
    fn judge_abbreviation(&self, m: &Mention, previous: Option<Word>) -> Verdict {
        let written = m.name.span.of(self.text);
        let postal =
            written.len() == 2 && m.name.large && !matches!(written, "US" | "UK" | "EU" | "DC" | "NY" | "LA");
        let behind_comma =
            m.first > 0 && self.words[m.first - 1].gap == Gap::Comma && self.words[m.first - 1].capital;
        let counted = previous.is_some_and(|p| p.of(self.text).starts_with(|c: char| c.is_ascii_digit()));
        if (postal && !behind_comma) || counted { Verdict::No } else { Verdict::Yes }
    }

    /// Whether the neighbours are written in capitals too.
    fn is_headline(&self, m: &Mention) -> bool {
        let neighbours = [m.first.checked_sub(1), Some(m.last)];
        let shouted =
            |i: usize| self.words.get(i).is_none_or(|w| w.shouted || !w.capital && w.end - w.start == 1);
        neighbours.into_iter().flatten().all(shouted)
    }

    /// "Muqtada al-Sadr", "al-Kindi": what follows the article of a name that is known without it.
    fn is_behind_particle(&self, first: usize) -> bool {
        first.checked_sub(1).is_some_and(|i| is_particle(self.words[i], self.words.get(first), self.text))
    }

    /// "Bab al-Muadham": what stands before the article of a name that is not known with it.
    fn is_before_particle(&self, m: &Mention) -> bool {
        m.name.last - m.first == 1
            && self.next(m.last).is_some_and(|n| is_particle(n, self.words.get(m.last + 1), self.text))
    }

    /// "The city of Nice": an everyday word that is said to be a place.
    fn is_named_kind(&self, first: usize) -> bool {
        let kind = first.checked_sub(2).and_then(|i| self.words.get(i));
        self.previous(first).is_some_and(|p| p.of(self.text) == "of")
            && kind.is_some_and(|k| !k.capital && k.is(TOWN | DISTRICT | PROVINCE))
    }

    /// Whether a word asks for a place before word `first`, over an article.
    fn is_located(&self, first: usize) -> bool {
        let asks = |w: Word| w.is(LOCATIVE) && (!w.capital || w.opens);
        match self.previous(first) {
            Some(p) if asks(p) => true,
            Some(p)
                if p.is(SIDE)
                    || matches!(p.of(self.text), "the" | "nearby" | "neighboring" | "neighbouring") =>
            {
                self.previous(first - 1).is_some_and(asks)
            }
            _ => false,
        }
    }

    /// Whether a place stands before it in a list.
    fn is_coordinated(&self, first: usize, behind_place: usize) -> bool {
        let comma = behind_place == first && first > 0 && self.words[first - 1].gap == Gap::Comma;
        let and = first > 0
            && behind_place == first - 1
            && matches!(self.words[first - 1].of(self.text), "and" | "or");
        comma || and
    }

    /// The White House and its like act more often than they are places.
    fn is_seat_of_power(&self, m: &Mention) -> bool {
        m.name.own(self.text).any(|s| match s.target {
            Target::Spot(n) => self.names.lexicon.spots.get(usize::from(n)).is_some_and(|s| s.kind == "seat"),
            _ => false,
        })
    }

    /// The class of the English model's name that a mention lies in or is.
    fn hint(&self, m: &Mention) -> Option<NameClass> {
        let names = self.hints.names?;
        let i = names.partition_point(|n| n.span.end <= m.span.start);
        names.get(i).filter(|n| n.span.covers(m.name.span)).map(|n| n.class)
    }
}
