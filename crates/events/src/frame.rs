//! One line of a frame table: a predicate, where its parties stand, and what must hold.

use dateline_core::{EventType, Mode};

/// A frame: which word in which surroundings expresses which act, and who stands where.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Type of the act.
    pub event_type: EventType,
    /// Mode of the act.
    pub mode: Option<Mode>,
    /// Lemma that is looked up, and the further lemmas that must depend on it.
    pub words: Vec<Box<str>>,
    /// Part of speech of the first word.
    pub pos: Pos,
    /// Where the actors stand, best first.
    pub actors: Vec<Relation>,
    /// Where the recipients stand, best first.
    pub recipients: Vec<Relation>,
    /// What must hold for the frame to apply.
    pub conditions: Vec<Condition>,
    /// A sentence in which it applies; `[..]` marks actors, `{..}` recipients.
    pub example: Box<str>,
    /// Name in the record's `rule` field: file, dot, words joined by `_`.
    pub name: Box<str>,
}

/// Part of speech a frame asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pos {
    /// A verb or its participles.
    Verb,
    /// A noun.
    Noun,
    /// An adjective or adverb used as predicate.
    Adjective,
}

/// Where a party stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Logical subject.
    Subject,
    /// Logical object.
    Object,
    /// Indirect object: "offered Kyiv a loan".
    Indirect,
    /// Possessor: "Russia's withdrawal".
    Possessor,
    /// Adjective or noun in front: "the US airstrike", "police violence".
    Modifier,
    /// The support verb's subject: "Hamas carried out an attack".
    Support,
    /// The complement with this preposition.
    Preposition(Box<str>),
}

/// What must hold (or, negated, must not).
#[derive(Clone, Debug)]
pub struct Condition {
    /// Where to look.
    pub place: Place,
    /// What to find there.
    pub test: Test,
    /// Whether it must not hold.
    pub negated: bool,
}

/// Where a condition looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At one relation.
    At(Relation),
    /// At the actors found.
    Actors,
    /// At the recipients found.
    Recipients,
    /// At a clause that is the verb's complement.
    Clause,
    /// Anywhere in the sentence.
    Sentence,
}

/// What a condition asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// That something stands there.
    Exists,
    /// That one of these lemmas heads it.
    Words(Vec<Box<str>>),
    /// That it is a party, of one of these classes if any are named.
    Class(Vec<Class>),
}

/// Class of a filler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// Any entity of the cast.
    Party,
    /// A person or persons.
    Person,
    /// An organization.
    Organization,
    /// A country.
    Country,
    /// A place or a country.
    Place,
    /// Anything that is no entity.
    Thing,
    /// An entity of this sector.
    Sector(dateline_core::Sector),
}

/// What is wrong with a line of a frame table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// The line has too few columns.
    #[error(
        "needs six tab-separated columns: predicate, part of speech, slots, mode, conditions, example; has {0}"
    )]
    Columns(usize),
    /// The part of speech is none of v, n, a.
    #[error("part of speech must be v, n or a, not `{0}`")]
    Pos(String),
    /// The type has no such mode.
    #[error("{0} has no mode `{1}`")]
    Mode(EventType, String),
    /// A condition cannot be read.
    #[error("cannot read condition `{0}`")]
    Condition(String),
    /// There is no predicate.
    #[error("the predicate is empty")]
    NoPredicate,
}

impl Frame {
    /// Reads one line: `predicate TAB pos TAB slots TAB mode TAB conditions TAB example`.
    ///
    /// ```
    /// use dateline_core::EventType;
    /// use dateline_events::frame::Frame;
    /// let line = "meet\tv\tsubj > obj|with\t-\t-\t[Clinton] met {Netanyahu}.";
    /// let frame = Frame::parse(EventType::Consult, "consult", line)?;
    /// assert_eq!(&*frame.name, "consult.meet");
    /// # Ok::<(), dateline_events::frame::FrameError>(())
    /// ```
    pub fn parse(event_type: EventType, file: &str, line: &str) -> Result<Frame, FrameError> {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        let &[predicate, pos, slots, mode, conditions, example] = columns.as_slice() else {
            return Err(FrameError::Columns(columns.len()));
        };
        let words: Vec<Box<str>> = predicate.split_whitespace().map(Box::from).collect();
        if words.is_empty() {
            return Err(FrameError::NoPredicate);
        }
        let pos = match pos {
            "v" => Pos::Verb,
            "n" => Pos::Noun,
            "a" => Pos::Adjective,
            other => return Err(FrameError::Pos(other.to_owned())),
        };
        let mode = match mode {
            "-" | "" => None,
            word => Some(
                Mode::of(event_type, word).ok_or_else(|| FrameError::Mode(event_type, word.to_owned()))?,
            ),
        };
        let slots = match slots {
            "" | "-" => match pos {
                Pos::Verb => "subj > obj",
                Pos::Noun => "poss|by|adj|lv|between > on|against|to|with|of",
                Pos::Adjective => "subj > of|to|with|at|about",
            },
            given => given,
        };
        let (actors, recipients) = slots.split_once('>').unwrap_or((slots, ""));
        Ok(Frame {
            event_type,
            mode,
            name: format!("{file}.{}", words.join("_")).into(),
            words,
            pos,
            actors: relations(actors),
            recipients: relations(recipients),
            conditions: conditions
                .split_whitespace()
                .filter(|c| *c != "-")
                .map(Condition::parse)
                .collect::<Result<_, _>>()?,
            example: example.into(),
        })
    }
}

fn relations(text: &str) -> Vec<Relation> {
    text.split(['|', ','])
        .map(str::trim)
        .filter(|r| !r.is_empty() && *r != "-")
        .map(Relation::parse)
        .collect()
}

impl Relation {
    /// Reads a relation name; what is none of the fixed names is a preposition.
    pub fn parse(name: &str) -> Relation {
        match name {
            "subj" => Relation::Subject,
            "obj" => Relation::Object,
            "iobj" => Relation::Indirect,
            "poss" => Relation::Possessor,
            "adj" | "compound" => Relation::Modifier,
            "lv" => Relation::Support,
            preposition => Relation::Preposition(preposition.into()),
        }
    }
}

impl Condition {
    /// Reads `obj`, `!obj`, `obj:person,GOV`, `on=water,trade`, `A`, `R:party`, `clause`, `text=police`.
    pub fn parse(text: &str) -> Result<Condition, FrameError> {
        let (negated, rest) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
        let (place, test) = if let Some((place, words)) = rest.split_once('=') {
            (place, Test::Words(words.split(',').map(Box::from).collect()))
        } else if let Some((place, classes)) = rest.split_once(':') {
            let parsed: Option<Vec<Class>> = classes.split(',').map(Class::parse).collect();
            (place, Test::Class(parsed.ok_or_else(|| FrameError::Condition(text.to_owned()))?))
        } else {
            (rest, Test::Exists)
        };
        let place = match place {
            "" => return Err(FrameError::Condition(text.to_owned())),
            "A" => Place::Actors,
            "R" => Place::Recipients,
            "clause" | "xcomp" => Place::Clause,
            "text" => Place::Sentence,
            relation => Place::At(Relation::parse(relation)),
        };
        Ok(Condition { place, test, negated })
    }
}

impl Class {
    fn parse(name: &str) -> Option<Class> {
        Some(match name {
            "party" => Class::Party,
            "person" => Class::Person,
            "organization" => Class::Organization,
            "country" => Class::Country,
            "place" => Class::Place,
            "thing" => Class::Thing,
            code => Class::Sector(code.parse().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_read_back() {
        let c = Condition::parse("!obj=troop,soldier").unwrap();
        assert!(c.negated);
        assert_eq!(c.place, Place::At(Relation::Object));
        assert_eq!(c.test, Test::Words(vec!["troop".into(), "soldier".into()]));
        assert!(Condition::parse("obj:nobody").is_err());
    }

    #[test]
    fn a_bad_line_says_what_is_wrong() {
        let parse = |line| Frame::parse(EventType::Aid, "aid", line).unwrap_err();
        assert_eq!(parse("help\tv"), FrameError::Columns(2));
        assert_eq!(parse("help\tx\t-\t-\t-\t-"), FrameError::Pos("x".into()));
        assert_eq!(parse("help\tv\t-\tdrone\t-\t-"), FrameError::Mode(EventType::Aid, "drone".into()));
    }
}
