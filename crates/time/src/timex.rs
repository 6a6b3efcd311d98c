//! What the tagger finds.

use crate::calendar::shift;
use crate::meaning::{Base, Meaning};
use dateline_core::{Interval, Precision, Span};
use jiff::civil::Date;

/// The TIMEX3 type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A day or something longer on the calendar.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// Something that comes again and again.
    Set,
}

impl Kind {
    /// The word of TIMEX3.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Date => "DATE",
            Kind::Time => "TIME",
            Kind::Duration => "DURATION",
            Kind::Set => "SET",
        }
    }
}

/// The TIMEX3 attribute `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modifier {
    /// "early", "the beginning of".
    Start,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    End,
    /// "about".
    Approx,
    /// "less than", "nearly".
    LessThan,
    /// "more than", "over".
    MoreThan,
    /// "at most", "up to".
    EqualOrLess,
    /// "at least".
    EqualOrMore,
}

impl Modifier {
    /// The word of TIMEX3.
    pub const fn as_str(self) -> &'static str {
        match self {
            Modifier::Start => "START",
            Modifier::Mid => "MID",
            Modifier::End => "END",
            Modifier::Approx => "APPROX",
            Modifier::LessThan => "LESS_THAN",
            Modifier::MoreThan => "MORE_THAN",
            Modifier::EqualOrLess => "EQUAL_OR_LESS",
            Modifier::EqualOrMore => "EQUAL_OR_MORE",
        }
    }
}

/// How the words before the expression tie it to what is told: "since Monday", "until 2010".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// In it, on it, or nothing said.
    #[default]
    At,
    /// From it on: "since", "from", "starting".
    Since,
    /// Up to it: "until", "through", "to".
    Until,
    /// Not later: "by".
    By,
    /// "before".
    Before,
    /// "after", "following".
    After,
    /// All through it: "for", "during", "over".
    During,
    /// "within".
    Within,
}

/// Whether the words around a time speak of what is over or of what will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Over.
    Past,
    /// To come.
    Future,
    /// Not told: the nearest fitting time counts, the past one when in doubt.
    #[default]
    Unknown,
}

/// What relative expressions count from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// When the report was published.
    pub published: Option<Date>,
    /// The date in the dateline, when it has one; it comes before the day of publication.
    pub dateline: Option<Date>,
}

impl Anchors {
    /// Anchors of a report published on `date`.
    pub const fn published(date: Date) -> Self {
        Self { published: Some(date), dateline: None }
    }

    /// The moment of speech of the reporter: the date of the dateline, else of publication.
    pub fn speech(&self) -> Option<Date> {
        self.dateline.or(self.published)
    }
}

/// One time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Timex {
    /// The words, in bytes.
    pub span: Span,
    /// Its type.
    pub kind: Kind,
    /// The TIMEX3 value: `2012-11-21`, `1998-Q3`, `P3D`, `PAST_REF`; with `X` for what is not known.
    pub value: String,
    /// The days it means, when it means days and they are known.
    pub interval: Option<Interval>,
    /// From the first day of "from May 3 to 5" to its last, on both expressions of such a range.
    pub range: Option<Interval>,
    /// Early, late, about, more than.
    pub modifier: Option<Modifier>,
    /// The preposition before it.
    pub relation: Relation,
    /// Counts from the moment of speech ("yesterday", "Friday"), so that inside a quotation it counts from the
    /// moment of the quoted words.
    pub deictic: bool,
    /// Counts from another time of the passage ("the next day", "two days earlier").
    pub anaphoric: bool,
    /// The direction that was assumed.
    pub direction: Direction,
    /// The form before it was resolved.
    pub meaning: Meaning,
}

impl Timex {
    /// The days and the value it has when it counts from `anchor`; `None` when it means no days.
    ///
    /// ```
    /// use dateline_time::{Anchors, Direction, Tagger};
    /// use jiff::civil::date;
    /// let mut found = Vec::new();
    /// Tagger::shared().tag("I saw him yesterday.", &Anchors::published(date(2012, 11, 21)), &mut found);
    /// let (interval, value) = found[0].resolve(date(2012, 11, 14), Direction::Past).unwrap();
    /// assert_eq!((interval.start, value.as_str()), (date(2012, 11, 13), "2012-11-13"));
    /// ```
    pub fn resolve(&self, anchor: Date, direction: Direction) -> Option<(Interval, String)> {
        self.meaning.resolve(anchor, direction)
    }

    /// The days over which something lasts that is told with this expression on the day `anchor`: "since Monday" to
    /// that day, "until Friday" from that day on, "for two years" before it, and both ends of a range. Any other
    /// expression covers its own days.
    ///
    /// ```
    /// use dateline_time::{Anchors, Tagger};
    /// use jiff::civil::date;
    /// let friday = date(2012, 11, 23);
    /// let mut found = Vec::new();
    /// Tagger::shared().tag("They have been on strike since Monday.", &Anchors::published(friday), &mut found);
    /// let days = found[0].extent(friday).unwrap();
    /// assert_eq!((days.start, days.end), (date(2012, 11, 19), friday));
    /// ```
    pub fn extent(&self, anchor: Date) -> Option<Interval> {
        if self.range.is_some() {
            return self.range;
        }
        let lasting = |start: Date, end: Date| Some(Interval { start, end, precision: Precision::Range });
        match (self.relation, self.interval, &self.meaning.base) {
            (Relation::Since, Some(own), _) if own.start <= anchor => lasting(own.start, anchor),
            (Relation::Until, Some(own), _) if own.end >= anchor => lasting(anchor, own.end),
            (Relation::During, None, Base::Length { amount: Some(tenths), unit, .. }) => {
                lasting(shift(anchor, -(tenths / 10), *unit)?, anchor)
            }
            _ => self.interval,
        }
    }
}
