//! What other systems call a country: the code columns of `knowledge/countries.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The codes of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Codes {
    /// Name in news.
    pub name: &'static str,
    /// ISO 3166-1 alpha-2.
    pub iso2: &'static str,
    /// FIPS 10-4; empty where there is none.
    pub fips: &'static str,
    /// Number of the Correlates of War project; empty where there is none.
    pub cow: &'static str,
}

static TABLE: LazyLock<HashMap<&'static str, Codes>> = LazyLock::new(|| {
    let text = include_str!("../../../knowledge/countries.tsv");
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

fn row(line: &'static str) -> Option<(&'static str, Codes)> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[iso3, name, .., iso2, fips, cow] = cells.as_slice() else { return None };
    Some((iso3, Codes { name, iso2, fips, cow }))
}

/// The codes of the country with this ISO 3166-1 alpha-3 code.
///
/// ```
/// let spain = dateline_export::countries::codes("ESP").unwrap();
/// assert_eq!((spain.iso2, spain.fips, spain.cow), ("ES", "SP", "230"));
/// ```
pub fn codes(iso3: &str) -> Option<Codes> {
    TABLE.get(iso3).copied()
}

#[cfg(test)]
mod tests {
    use super::{TABLE, codes};

    #[test]
    fn codes_have_the_form_that_their_lists_give_them() {
        assert!(TABLE.len() > 250);
        for (iso3, c) in TABLE.iter() {
            let capitals = |code: &str| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
            assert!(c.iso2.is_empty() || capitals(c.iso2), "{iso3}: {}", c.iso2);
            assert!(c.fips.is_empty() || capitals(c.fips), "{iso3}: {}", c.fips);
            assert!(
                c.cow.is_empty() || c.cow.parse::<u16>().is_ok_and(|n| (2..=990).contains(&n)),
                "{iso3}: {}",
                c.cow
            );
        }
    }

    #[test]
    fn codes_that_are_often_mistaken_are_right() {
        let fips = |iso3| codes(iso3).map(|c| c.fips).unwrap_or_default();
        let expected = [
            "AS", "AU", "CH", "SZ", "GM", "SP", "RS", "UP", "IZ", "IS", "JA", "KS", "KN", "TU", "UK", "VM",
            "SF",
        ];
        let asked = [
            "AUS", "AUT", "CHN", "CHE", "DEU", "ESP", "RUS", "UKR", "IRQ", "ISR", "JPN", "KOR", "PRK", "TUR",
            "GBR", "VNM", "ZAF",
        ];
        assert_eq!(asked.map(fips), expected);
    }
}
