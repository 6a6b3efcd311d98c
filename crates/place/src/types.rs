//! What goes into the resolver beside the text, and what comes out.

use dateline_core::labels::NameClass;
use dateline_core::{Country, Span};

/// A name that the English model found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameHint {
    /// Its bytes.
    pub span: Span,
    /// Its class.
    pub class: NameClass,
}

/// What is known of a text besides its words; everything may be left out.
///
/// ```
/// let hints = dateline_place::Hints { url: Some("http://www.dailystar.com.lb/a"), ..Default::default() };
/// assert!(hints.names.is_none());
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// Names by the English model, sorted; without them the resolver relies on its tables.
    pub names: Option<&'a [NameHint]>,
    /// Parts of the text that are not read, sorted.
    pub removed: &'a [Span],
    /// The place in the dateline.
    pub dateline: Option<Span>,
    /// Where it was published: its top-level domain and a town in its name tell the publisher's home.
    pub url: Option<&'a str>,
    /// The publisher's country, if known.
    pub home: Option<Country>,
}

dateline_core::named_enum! {
    /// How large a resolved place is.
    pub enum PlacePrecision {
        Point = "point", City = "city", District = "district", Province = "province", Country = "country",
        Region = "region",
    }
}

dateline_core::named_enum! {
    /// What kind of place it is.
    pub enum PlaceKind {
        Country = "country", Division = "division", Town = "town", Region = "region", Water = "water",
        Island = "island", Relief = "relief", Union = "union", Facility = "facility", Feature = "feature",
    }
}

/// A place with coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedPlace {
    /// Its name: as in the text, or in full where the text has a short form or the word of its people.
    pub name: String,
    /// The country it lies in.
    pub country: Option<Country>,
    /// Name of the first-order division.
    pub admin1: Option<String>,
    /// Name of the second-order division.
    pub admin2: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// `GeoNames` identifier.
    pub geonames: Option<u32>,
    /// How large it is.
    pub precision: PlacePrecision,
    /// What it is.
    pub kind: PlaceKind,
    /// Whether it is the capital of its country.
    pub capital: bool,
}

/// A place name in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Toponym {
    /// Its bytes.
    pub span: Span,
    /// The place it names. Streets, rivers and other names that the gazetteer lacks get the position of the place that the
    /// text sets them in; none where the text names no place at all.
    pub place: Option<ResolvedPlace>,
    /// Whether it is the word of a people rather than a name: "Iraqi", "Palestinians".
    pub demonym: bool,
    /// Whether it is part of the name of an institution, company or team: "Ohio" in "Ohio Supreme Court".
    pub embedded: bool,
    /// How far its place leads over the next likely one, from 0 to 1.
    pub score: f32,
}
