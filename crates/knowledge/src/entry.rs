//! What a phrase may be.

use dateline_core::Sector;

/// Declares an id: the number of a row in its table.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {
        $($(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u32);)+
    };
}

ids! {
    /// A row of `countries.tsv`.
    CountryId,
    /// A row of `demonyms_extra.tsv`.
    PeopleId,
    /// A row of `organizations/*.tsv`.
    OrganizationId,
    /// A row of `roles.tsv`.
    RoleId,
    /// A row of `persons/*.tsv`.
    PersonId,
    /// A row of `honorifics.tsv`.
    HonorificId,
}

/// Form of a word for a people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PeopleForm {
    /// "Kurdish".
    Adjective,
    /// "Kurd".
    Singular,
    /// "Kurds".
    Plural,
}

/// One meaning of a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A country's name.
    Country(CountryId),
    /// A country's adjective: "Israeli".
    Adjective(CountryId),
    /// A citizen or citizens of a country.
    Demonym {
        /// Whose.
        country: CountryId,
        /// Whether several.
        plural: bool,
    },
    /// A capital.
    Capital(CountryId),
    /// A seat of power.
    Seat {
        /// Whose.
        country: CountryId,
        /// The sector it stands for.
        sector: Sector,
    },
    /// A people, region or faith.
    People {
        /// Which.
        id: PeopleId,
        /// In which form.
        form: PeopleForm,
    },
    /// An organization's name, alias or acronym.
    Organization(OrganizationId),
    /// A role noun.
    Role {
        /// Which.
        id: RoleId,
        /// Whether in the plural.
        plural: bool,
    },
    /// A person's name or alias; one entry for every office the person held.
    Person(PersonId),
    /// A title before a name, or a family noun.
    Honorific(HonorificId),
}

/// How a phrase must be written to be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// Any way: "prime minister".
    Any,
    /// With a capital: "Turkey", not "turkey".
    Capital,
    /// All in capitals, but for a plural s: "US", "MPs".
    Acronym,
}

impl Case {
    /// The case that a table's spelling asks for. Up to four letters in capitals are an acronym; longer ones are also
    /// written like words ("Unicef").
    pub fn of(spelling: &str) -> Self {
        let letters = spelling.chars().filter(|c| c.is_alphabetic());
        let (mut count, mut upper) = (0, 0);
        for c in letters {
            count += 1;
            upper += usize::from(c.is_uppercase());
        }
        match upper {
            0 => Case::Any,
            _ if upper == count && (2..=4).contains(&count) && !spelling.contains(' ') => Case::Acronym,
            _ => Case::Capital,
        }
    }

    /// Whether words of a text are written so.
    ///
    /// ```
    /// use dateline_knowledge::Case;
    /// assert!(Case::of("US").fits(["US"]) && !Case::of("US").fits(["us"]));
    /// assert!(Case::of("UNICEF").fits(["Unicef"]));
    /// ```
    pub fn fits<'a>(self, tokens: impl IntoIterator<Item = &'a str>) -> bool {
        let mut tokens = tokens.into_iter();
        match self {
            Case::Any => true,
            Case::Capital => tokens.any(|token| token.chars().any(char::is_uppercase)),
            Case::Acronym => tokens.all(|token| {
                let token = token.strip_suffix('s').unwrap_or(token);
                !token.chars().any(char::is_lowercase)
            }),
        }
    }
}

/// A meaning with the writing it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// The meaning.
    pub entry: Entry,
    /// How the phrase must be written.
    pub case: Case,
}
