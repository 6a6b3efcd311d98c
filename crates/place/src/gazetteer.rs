//! The compiled gazetteer: read where it lies, nothing is parsed at the start.
//!
//! Little-endian. A head of 56 bytes: the magic string `DATEGAZ1`, the lengths of eight sections and the number of
//! names as `u32`, four unused bytes, a checksum of what follows. Then the sections:
//!
//! | section | rows |
//! |---|---|
//! | countries | ISO 2, ISO 3, place (u24) |
//! | admin1 | place (u24, all ones: none), country (u8) |
//! | admin2 | place (u24) |
//! | places | `GeoNames` id (u32), latitude and longitude + 180 in 360/2^24 degrees (u24), 12 ln(population + 1) (u8), class (u8), admin1 and admin2 (u16), name (u24: a folded name's number, or with the top bit an offset into the display names) |
//! | display names | length (u8), UTF-8 |
//! | blocks | where each sixteenth name begins (u32) |
//! | names | folded, sorted, front-coded: shared (u8), length (u8), letters, count (u8), places (u24, top bit: alternate name) |
//! | note | the licence of the data |
//!
//! Places are sorted by weight, so that a smaller number is the more likely meaning of a name.

use crate::error::Error;
use dateline_core::Country;
use std::sync::OnceLock;

const MAGIC: &[u8; 8] = b"DATEGAZ1";
const HEAD: usize = 56;
const RECORD: usize = 19;
const BLOCK: usize = 16;
const NONE24: u32 = 0x00ff_ffff;
const TOP: u32 = 0x0080_0000;

/// What kind of place an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// A country or dependency.
    Country,
    /// A first-order division: state, province, governorate.
    Admin1,
    /// A second-order division: county, district.
    Admin2,
    /// The capital of a country.
    Capital,
    /// The seat of a first-order division.
    Seat1,
    /// The seat of a second-order division.
    Seat2,
    /// Any other town or village.
    Town,
    /// A part of a town.
    Section,
}

impl Class {
    const ALL: [Class; 8] = [
        Class::Country,
        Class::Admin1,
        Class::Admin2,
        Class::Capital,
        Class::Seat1,
        Class::Seat2,
        Class::Town,
        Class::Section,
    ];

    /// Whether it is a town or a part of one.
    pub fn is_town(self) -> bool {
        self >= Class::Capital
    }
}

/// One place of the gazetteer, without its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Number in the gazetteer.
    pub number: u32,
    /// `GeoNames` identifier.
    pub geonames: u32,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// Natural logarithm of the population plus one.
    pub log_population: f32,
    /// Kind of place.
    pub class: Class,
    /// Country it lies in.
    pub country: Country,
    /// Number of the country's row.
    pub country_row: u8,
    /// Number of its first-order division's row; each country has one of its own for places without.
    pub admin1: u16,
    /// Number of its second-order division's row.
    pub admin2: Option<u16>,
    name: u32,
}

/// A meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// Number of the place.
    pub place: u32,
    /// Whether the name is an alternate one.
    pub alternate: bool,
}

/// What the gazetteer knows of a folded name.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found<'a> {
    senses: &'a [u8],
    /// Whether longer names begin with these words.
    pub extends: bool,
}

impl<'a> Found<'a> {
    /// The meanings, likeliest first.
    pub fn senses(self) -> impl Iterator<Item = Sense> + 'a {
        self.senses.chunks_exact(3).map(|b| {
            let n = u24(b, 0);
            Sense { place: n & !TOP, alternate: n & TOP != 0 }
        })
    }

    /// Whether the name has no meaning.
    pub fn is_empty(self) -> bool {
        self.senses.is_empty()
    }
}

/// Places of the world and their names.
#[derive(Clone, Debug)]
pub struct Gazetteer<'a> {
    countries: &'a [u8],
    admin1: &'a [u8],
    admin2: &'a [u8],
    places: &'a [u8],
    display: &'a [u8],
    blocks: &'a [u8],
    names: &'a [u8],
    note: &'a str,
    count: usize,
    /// For each first letter pair the first block that may hold it: saves most steps of the search.
    starts: Vec<u32>,
}

impl Gazetteer<'static> {
    /// The gazetteer in this program. An error means that the program was built around a damaged file.
    ///
    /// ```
    /// let gazetteer = dateline_place::Gazetteer::embedded()?;
    /// let cairo = gazetteer.find("cairo").senses().next().and_then(|s| gazetteer.entry(s.place));
    /// assert_eq!(cairo.map(|e| e.country.to_string()).as_deref(), Some("EGY"));
    /// # Ok::<(), dateline_place::Error>(())
    /// ```
    pub fn embedded() -> Result<&'static Gazetteer<'static>, Error> {
        static EMBEDDED: OnceLock<Result<Gazetteer<'static>, Error>> = OnceLock::new();
        EMBEDDED
            .get_or_init(|| Gazetteer::from_bytes(include_bytes!("../../../models/gazetteer.bin")))
            .as_ref()
            .map_err(Clone::clone)
    }
}

impl<'a> Gazetteer<'a> {
    /// A gazetteer over `bytes`; an error where they are no gazetteer, of another version or damaged.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, Error> {
        let bad = |why: &str| Error::gazetteer(why);
        let (head, body) = bytes.split_at_checked(HEAD).ok_or_else(|| bad("it ends within its head"))?;
        if !head.starts_with(MAGIC) {
            return Err(bad("it does not begin with DATEGAZ1"));
        }
        if checksum(body) != u64::from_le_bytes(head[48..56].try_into().unwrap_or_default()) {
            return Err(bad("its checksum is wrong"));
        }
        let mut rest = body;
        let mut section = |i: usize| {
            let (part, behind) = rest.split_at_checked(u32_at(head, 8 + 4 * i) as usize)?;
            rest = behind;
            Some(part)
        };
        let mut take = |i| section(i).ok_or_else(|| bad("it is cut short"));
        let mut gazetteer = Self {
            countries: take(0)?,
            admin1: take(1)?,
            admin2: take(2)?,
            places: take(3)?,
            display: take(4)?,
            blocks: take(5)?,
            names: take(6)?,
            note: std::str::from_utf8(take(7)?).map_err(|_| bad("its note is no UTF-8"))?,
            count: u32_at(head, 40) as usize,
            starts: Vec::new(),
        };
        if gazetteer.blocks.len() / 4 != gazetteer.count.div_ceil(BLOCK) {
            return Err(bad("its number of names is wrong"));
        }
        gazetteer.starts = gazetteer.starts();
        Ok(gazetteer)
    }

    /// Where the data come from and under which licence.
    pub fn note(&self) -> &'a str {
        self.note
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.places.len() / RECORD
    }

    /// Whether there are no places.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What is known of a folded name ([`crate::fold_into`]); takes some hundred nanoseconds.
    pub fn find(&self, key: &str) -> Found<'a> {
        self.search(key.as_bytes()).unwrap_or_default()
    }

    fn search(&self, key: &[u8]) -> Option<Found<'a>> {
        let pair = pair(key);
        let (mut low, mut high) = (*self.starts.get(pair)? as usize, *self.starts.get(pair + 1)? as usize);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.first_name(middle)? <= key { low = middle + 1 } else { high = middle }
        }
        let block = low.saturating_sub(1);
        let mut at = u32_at(self.blocks, 4 * block) as usize;
        let mut buffer = [0u8; 256];
        let last = ((block + 1) * BLOCK).min(self.count);
        let mut found = Found::default();
        for _ in block * BLOCK..last {
            let (shared, length) = (usize::from(*self.names.get(at)?), usize::from(*self.names.get(at + 1)?));
            let letters = self.names.get(at + 2..at + 2 + length)?;
            buffer.get_mut(shared..shared + length)?.copy_from_slice(letters);
            at += 2 + length;
            let senses = 3 * usize::from(*self.names.get(at)?);
            let name = buffer.get(..shared + length)?;
            match name.cmp(key) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => found.senses = self.names.get(at + 1..at + 1 + senses)?,
                std::cmp::Ordering::Greater => {
                    found.extends = continues(name, key);
                    return Some(found);
                }
            }
            at += 1 + senses;
        }
        found.extends = self.first_name(block + 1).is_some_and(|name| continues(name, key));
        Some(found)
    }

    /// For each pair of first letters the number of blocks that begin before it.
    fn starts(&self) -> Vec<u32> {
        let mut starts = vec![0; PAIRS * PAIRS + 1];
        for block in 0..self.blocks.len() / 4 {
            let pair = self.first_name(block).map_or(0, pair);
            if let Some(n) = starts.get_mut(pair + 1) {
                *n += 1;
            }
        }
        let mut sum = 0;
        for n in &mut starts {
            sum += *n;
            *n = sum;
        }
        starts
    }

    /// The first name of a block: it shares nothing with the one before.
    fn first_name(&self, block: usize) -> Option<&'a [u8]> {
        let at = u32::from_le_bytes(self.blocks.get(4 * block..4 * block + 4)?.try_into().ok()?) as usize;
        let length = usize::from(*self.names.get(at + 1)?);
        self.names.get(at + 2..at + 2 + length)
    }

    /// The place with this number.
    pub fn entry(&self, number: u32) -> Option<Entry> {
        let at = number as usize * RECORD;
        let r = self.places.get(at..at + RECORD)?;
        let admin1 = u16_at(r, 12);
        let admin2 = u16_at(r, 14);
        let row = self.admin1.get(usize::from(admin1) * 4..usize::from(admin1) * 4 + 4)?;
        Some(Entry {
            number,
            geonames: u32_at(r, 0),
            lat: angle(u24(r, 4)),
            lon: angle(u24(r, 7)),
            log_population: f32::from(r[10]) / 12.0,
            class: *Class::ALL.get(usize::from(r[11]))?,
            country: self.country_code(row[3])?,
            country_row: row[3],
            admin1,
            admin2: (admin2 != u16::MAX).then_some(admin2),
            name: u24(r, 16),
        })
    }

    fn country_code(&self, row: u8) -> Option<Country> {
        let at = usize::from(row) * 8;
        Country::new(std::str::from_utf8(self.countries.get(at + 2..at + 5)?).ok()?)
    }

    /// Number of rows of first-order divisions.
    pub fn admin1_rows(&self) -> usize {
        self.admin1.len() / 4
    }

    /// The country with this two-letter code (`lb`, `GB`).
    pub fn country_by_iso2(&self, code: &str) -> Option<Entry> {
        let row = self.countries.chunks_exact(8).find(|r| r[..2].eq_ignore_ascii_case(code.as_bytes()))?;
        self.entry(u24(row, 5))
    }

    /// The country with this three-letter code.
    pub fn country(&self, code: Country) -> Option<Entry> {
        let row = self.countries.chunks_exact(8).find(|r| &r[2..5] == code.as_str().as_bytes())?;
        self.entry(u24(row, 5))
    }

    /// The first-order division that `place` lies in.
    pub fn admin1(&self, place: &Entry) -> Option<Entry> {
        let at = usize::from(place.admin1) * 4;
        let number = u24(self.admin1.get(at..at + 4)?, 0);
        if number == NONE24 { None } else { self.entry(number) }
    }

    /// The second-order division that `place` lies in.
    pub fn admin2(&self, place: &Entry) -> Option<Entry> {
        let at = usize::from(place.admin2?) * 3;
        self.entry(u24(self.admin2.get(at..at + 3)?, 0))
    }

    /// The name of a place as `GeoNames` writes it.
    pub fn name(&self, place: &Entry) -> String {
        self.display_name(place.name).unwrap_or_default()
    }

    fn display_name(&self, name: u32) -> Option<String> {
        if name & TOP == 0 {
            return self.nth_name(name as usize).map(|key| title(&key));
        }
        let at = (name & !TOP) as usize;
        let length = usize::from(*self.display.get(at)?);
        Some(std::str::from_utf8(self.display.get(at + 1..at + 1 + length)?).ok()?.to_owned())
    }

    fn nth_name(&self, n: usize) -> Option<String> {
        let mut at = u32_at(self.blocks.get(n / BLOCK * 4..)?, 0) as usize;
        let mut name = Vec::new();
        for _ in 0..=n % BLOCK {
            let (shared, length) = (usize::from(*self.names.get(at)?), usize::from(*self.names.get(at + 1)?));
            name.truncate(shared);
            name.extend_from_slice(self.names.get(at + 2..at + 2 + length)?);
            at += 3 + length + 3 * usize::from(*self.names.get(at + 2 + length)?);
        }
        String::from_utf8(name).ok()
    }
}

/// Letters told apart in the index of first letters: none or a blank, digits, a to z.
const PAIRS: usize = 37;

/// Number of a name's first two letters, in the order of names.
fn pair(name: &[u8]) -> usize {
    let rank = |b: Option<&u8>| match b {
        Some(b @ b'0'..=b'9') => usize::from(b - b'0') + 1,
        Some(b @ b'a'..=b'z') => usize::from(b - b'a') + 11,
        _ => 0,
    };
    rank(name.first()) * PAIRS + rank(name.get(1))
}

/// Whether `name` is `key` with more words behind.
fn continues(name: &[u8], key: &[u8]) -> bool {
    name.get(key.len()) == Some(&b' ') && name.starts_with(key)
}

/// The display form of most names; the compiler stores those that differ.
fn title(key: &str) -> String {
    const SMALL: [&str; 21] = [
        "of", "de", "la", "le", "du", "del", "da", "do", "dos", "das", "and", "the", "on", "in", "al", "el",
        "sur", "les", "des", "y", "di",
    ];
    let mut out = String::with_capacity(key.len());
    for (i, word) in key.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        let mut letters = word.chars();
        if !(i > 0 && SMALL.contains(&word)) {
            out.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        }
        out.push_str(letters.as_str());
    }
    out
}

fn angle(steps: u32) -> f32 {
    (f64::from(steps) / f64::from(1 << 24) * 360.0 - 180.0) as f32
}

fn u24(b: &[u8], at: usize) -> u32 {
    b.get(at..at + 3).map_or(NONE24, |b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

fn u16_at(b: &[u8], at: usize) -> u16 {
    b.get(at..at + 2).map_or(u16::MAX, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(b: &[u8], at: usize) -> u32 {
    b.get(at..at + 4).map_or(u32::MAX, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

/// FNV over 64-bit words, the last one filled up with zeros.
fn checksum(body: &[u8]) -> u64 {
    let step = |h: u64, word: [u8; 8]| (h ^ u64::from_le_bytes(word)).wrapping_mul(0x0100_0000_01b3);
    let words = body.chunks_exact(8);
    let mut tail = [0; 8];
    tail[..words.remainder().len()].copy_from_slice(words.remainder());
    let last = !words.remainder().is_empty();
    let h = words.fold(0xcbf2_9ce4_8422_2325, |h, w| step(h, w.try_into().unwrap_or_default()));
    if last { step(h, tail) } else { h }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> &'static Gazetteer<'static> {
        Gazetteer::embedded().unwrap()
    }

    fn first(key: &str) -> Entry {
        let g = gazetteer();
        g.find(key).senses().next().and_then(|s| g.entry(s.place)).unwrap()
    }

    #[test]
    fn the_likeliest_meaning_comes_first() {
        for (key, country) in [
            ("paris", "FRA"),
            ("moscow", "RUS"),
            ("sao paulo", "BRA"),
            ("jerusalem", "ISR"),
            ("kharkiv", "UKR"),
        ] {
            assert_eq!(first(key).country.as_str(), country, "{key}");
        }
        assert_eq!(first("texas").class, Class::Admin1);
        assert_eq!(first("egypt").class, Class::Country);
    }

    #[test]
    fn divisions_are_known() {
        let g = gazetteer();
        let place = first("charleston");
        assert!(g.admin1(&place).is_some());
        assert_eq!(g.name(&g.admin1(&first("houston")).unwrap()), "Texas");
        assert_eq!(g.name(&g.admin2(&first("houston")).unwrap()), "Harris County");
        assert_eq!(g.name(&g.country_by_iso2("lb").unwrap()), "Lebanon");
    }

    #[test]
    fn names_have_capitals() {
        assert_eq!(title("isle of the dogs"), "Isle of the Dogs");
        // No compiler wrote it, and yet it is no reason to fail.
        assert_eq!(title(" élan  ßx"), " élan  ßx");
    }

    #[test]
    fn longer_names_are_announced() {
        let g = gazetteer();
        assert!(g.find("new").extends);
        assert!(g.find("los").extends && !g.find("los angeles zz").extends);
        assert!(g.find("zzzz").is_empty() && g.find("").is_empty());
    }

    #[test]
    fn damage_is_an_error_and_never_a_panic() {
        let good: &[u8] = include_bytes!("../../../models/gazetteer.bin");
        assert!(Gazetteer::from_bytes(&[]).is_err());
        assert!(Gazetteer::from_bytes(&good[..1000]).is_err());
        let mut bad = good.to_vec();
        bad[5_000_000] ^= 1;
        assert!(Gazetteer::from_bytes(&bad).is_err());
        // Wrong lengths under a right checksum: every answer is still an answer.
        let mut odd = good[..56 + 40_000].to_vec();
        for (i, n) in [2016u32, 16464, 1000, 20_000, 100, 400, 20, 0, 1600].into_iter().enumerate() {
            odd[8 + 4 * i..12 + 4 * i].copy_from_slice(&n.to_le_bytes());
        }
        let sum = checksum(&odd[56..]);
        odd[48..56].copy_from_slice(&sum.to_le_bytes());
        if let Ok(g) = Gazetteer::from_bytes(&odd) {
            assert!(g.find("paris").is_empty());
            for n in 0..2000 {
                g.entry(n).map(|e| (g.name(&e), g.admin1(&e), g.admin2(&e)));
            }
        }
    }
}
