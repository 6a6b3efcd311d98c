//! The vocabulary: which words may take part in a time expression, and as what.

use crate::table::{Row, TableError};
use std::collections::HashMap;

/// What a word can be in a pattern. Patterns write the names in capitals.
macro_rules! classes {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Class { $($variant),+ }

        impl Class {
            pub(crate) fn named(name: &str) -> Option<Class> {
                match name { $($name => Some(Class::$variant),)+ _ => None }
            }
        }
    };
}

classes! {
    Num = "NUM", Vague = "VAGUE", Ord = "ORD", Day = "DAY", Hour = "HOUR", Year = "YEAR", Decade = "DECADE",
    Month = "MONTH", Weekday = "WEEKDAY", Weekdays = "WEEKDAYS", Unit = "UNIT", Units = "UNITS", Part = "PART",
    Parts = "PARTS", Season = "SEASON", Clock = "CLOCK", Noon = "NOON", AmPm = "AMPM", Zone = "ZONE", Iso = "ISO",
    Deictic = "DEICTIC", Which = "WHICH", Back = "BACK", Edge = "EDGE", Freq = "FREQ", Half = "HALF",
    Approx = "APPROX", Compare = "COMPARE", Counted = "COUNTED", Maybe = "MAYBE", LowMonth = "LOWMONTH", Bound = "BOUND", That = "THAT", OldYear = "OLDYEAR", Military = "HHMM",
}

impl Class {
    pub(crate) const fn bit(self) -> u64 {
        1 << self as u8
    }
}

/// Classes that "may" and "march" have with a capital only.
const PROPER: u64 = Class::Maybe.bit() | Class::Month.bit();

/// One word of the vocabulary.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) mask: u64,
    readings: Vec<(Class, i32)>,
    /// An abbreviation whose full stop belongs to it.
    pub(crate) abbreviation: bool,
}

impl Word {
    /// What it can be, as written.
    pub(crate) const fn mask(&self, capital: bool) -> u64 {
        if capital || self.mask & Class::Maybe.bit() == 0 { self.mask } else { self.mask & !PROPER }
    }
}

/// The gap: any stretch of text without words of the vocabulary.
pub(crate) const GAP: u16 = 0;

/// The comma, the first word of every vocabulary.
pub(crate) const COMMA: u16 = Shape::first_word();

/// Shapes of digits; they stand in the vocabulary under their own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Shape {
    /// 1 to 24.
    Small = 1,
    /// 25 to 31.
    Middle,
    /// Any other number.
    Number,
    /// Any other number of four digits.
    Four,
    /// Four digits between 1900 and 2059.
    Year,
    /// '68, or a year in words.
    YearOnly,
    /// 1990s, '80s.
    Decade,
    /// 10:35, 10am; minutes since midnight.
    Clock,
    /// 3rd.
    OrdinalDay,
    /// 38th.
    Ordinal,
    /// 2019-01-07, as 20190107.
    Iso,
    /// 1/2.
    Half,
}

impl Shape {
    const ALL: [(Shape, u64); 12] = [
        (Shape::Small, Class::Num.bit() | Class::Day.bit() | Class::Hour.bit()),
        (Shape::Middle, Class::Num.bit() | Class::Day.bit()),
        (Shape::Number, Class::Num.bit()),
        (Shape::Four, Class::Num.bit() | Class::Military.bit() | Class::OldYear.bit()),
        (Shape::Year, Class::Num.bit() | Class::Year.bit() | Class::Military.bit()),
        (Shape::YearOnly, Class::Year.bit()),
        (Shape::Decade, Class::Decade.bit()),
        (Shape::Clock, Class::Clock.bit()),
        (Shape::OrdinalDay, Class::Ord.bit() | Class::Day.bit()),
        (Shape::Ordinal, Class::Ord.bit()),
        (Shape::Iso, Class::Iso.bit()),
        (Shape::Half, Class::Half.bit()),
    ];

    pub(crate) const fn id(self) -> u16 {
        self as u16
    }

    /// The smallest word identifier that is no shape.
    pub(crate) const fn first_word() -> u16 {
        Shape::Half as u16 + 1
    }
}

/// All words, found by their lower-case spelling.
#[derive(Debug)]
pub(crate) struct Words {
    list: Vec<Word>,
    slots: Vec<u16>,
    /// For every first byte (lower case) the set of word lengths, so that most words of a text cost one look.
    lengths: [u32; 128],
}

impl Words {
    pub(crate) fn builder() -> WordsBuilder {
        let mut words = vec![Word::default()];
        words.extend(Shape::ALL.iter().map(|&(_, mask)| Word { mask, ..Word::default() }));
        let mut builder = WordsBuilder { words, index: HashMap::new() };
        builder.intern(",");
        builder
    }

    /// The word with this identifier.
    #[inline]
    pub(crate) fn get(&self, id: u16) -> &Word {
        &self.list[id as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The identifier of a word of ASCII letters as it stands in the text.
    #[inline]
    pub(crate) fn find(&self, text: &[u8]) -> Option<u16> {
        let first = *text.first()? | 0x20;
        if text.len() > 31 || first >= 128 || self.lengths[first as usize] >> text.len() & 1 == 0 {
            return None;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(text) as usize & mask;
        while self.slots[slot] != GAP {
            let id = self.slots[slot];
            if self.list[id as usize].text.as_bytes().eq_ignore_ascii_case(text) {
                return Some(id);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    /// The value that the word has as `class`.
    pub(crate) fn value(&self, id: u16, class: Class) -> Option<i32> {
        self.get(id).readings.iter().find(|(c, _)| *c == class).map(|(_, v)| *v)
    }
}

#[inline]
fn hash(text: &[u8]) -> u32 {
    text.iter()
        .fold(0x811c_9dc5, |h: u32, b| (h ^ u32::from(b | 0x20)).wrapping_mul(0x0100_0193))
        .rotate_left(11)
}

/// Collects words before they are frozen.
pub(crate) struct WordsBuilder {
    words: Vec<Word>,
    index: HashMap<String, u16>,
}

impl WordsBuilder {
    /// The identifier of a word, made when it is new.
    pub(crate) fn intern(&mut self, text: &str) -> u16 {
        let text = text.to_ascii_lowercase();
        if let Some(&id) = self.index.get(&text) {
            return id;
        }
        let id = self.words.len() as u16;
        self.words.push(Word { text: text.clone(), ..Word::default() });
        self.index.insert(text, id);
        id
    }

    /// Reads a line `word class value`; a word written with a final stop may also stand without one.
    pub(crate) fn add(&mut self, row: &Row<'_>) -> Result<(), TableError> {
        let class = Class::named(row.get(1)?).ok_or_else(|| row.error("unknown class"))?;
        let value = row.number(2)?;
        for text in row.get(0)?.split('|') {
            let plain = text.strip_suffix('.').unwrap_or(text);
            let id = self.intern(plain);
            let word = &mut self.words[id as usize];
            word.mask |= class.bit();
            word.abbreviation |= plain.len() < text.len();
            word.readings.push((class, value));
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> Words {
        let size = (self.words.len() * 4).next_power_of_two();
        let (mut slots, mut lengths) = (vec![GAP; size], [0u32; 128]);
        for (id, word) in self.words.iter().enumerate().skip(Shape::first_word() as usize) {
            let text = word.text.as_bytes();
            let Some(&first) = text.first() else { continue };
            lengths[(first | 0x20) as usize & 127] |= 1 << text.len().min(31);
            let mut slot = hash(text) as usize & (size - 1);
            while slots[slot] != GAP {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = id as u16;
        }
        Words { list: self.words, slots, lengths }
    }
}
