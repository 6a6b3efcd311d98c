//! Whether two names mean one party or place.

use crate::format::Party;
use dateline_core::Sector;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words that tell nothing.
const STOP: &[&str] = &["the", "a", "an", "of", "s", "mr", "mrs", "ms", "dr", "and"];

/// Words before a name.
const TITLE: &[&str] = &[
    "president",
    "prime",
    "minister",
    "foreign",
    "defence",
    "defense",
    "secretary",
    "general",
    "gen",
    "lt",
    "col",
    "sen",
    "senator",
    "king",
    "queen",
    "prince",
    "chancellor",
    "governor",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "former",
];

/// Words that alone name nobody.
const GENERIC: &[&str] = &[
    "department",
    "ministry",
    "government",
    "army",
    "military",
    "police",
    "forces",
    "force",
    "troops",
    "soldiers",
    "officials",
    "official",
    "state",
    "party",
    "group",
    "council",
    "people",
    "citizens",
    "civilians",
    "leaders",
    "us",
    "united",
    "national",
    "security",
    "court",
    "parliament",
    "opposition",
    "rebels",
    "militants",
    "protesters",
    "republic",
];

/// Longest name that is compared.
const MOST_WORDS: usize = 12;

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\w+").ok());

/// The words of a text in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let found = WORD.as_ref().map(|w| w.find_iter(&lower).map(|m| m.as_str().to_owned()).collect());
    found.unwrap_or_default()
}

/// The words that tell who it is: titles only where there is nothing else.
fn telling(words: Vec<String>) -> BTreeSet<String> {
    let kept: BTreeSet<String> = words.into_iter().filter(|w| !STOP.contains(&w.as_str())).collect();
    let named: BTreeSet<String> = kept.iter().filter(|w| !TITLE.contains(&w.as_str())).cloned().collect();
    if named.is_empty() { kept } else { named }
}

fn is_specific(words: &BTreeSet<String>) -> bool {
    words.iter().any(|w| !GENERIC.contains(&w.as_str()))
}

/// Whether two names mean the same: one holds the other and says more than "the army", or most words are shared.
///
/// ```
/// use dateline_gold::names::same_name;
/// assert!(same_name("Foreign Minister Karl Brandt", "Brandt"));
/// assert!(!same_name("the army", "Peruvian army"));
/// ```
pub fn same_name(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    if a.len() > MOST_WORDS || b.len() > MOST_WORDS {
        return false;
    }
    let (x, y) = (telling(a), telling(b));
    if x.is_empty() || y.is_empty() {
        return false;
    }
    let small = if x.len() <= y.len() { &x } else { &y };
    if (x.is_subset(&y) || y.is_subset(&x)) && is_specific(small) {
        return true;
    }
    x.intersection(&y).count() as f64 / x.union(&y).count() as f64 > 0.5
}

/// Whether an answered party is the annotated one: by name, or by country and sector.
pub fn same_party(gold: &Party, answer: &Party) -> bool {
    let known = |p: &Party| p.country.clone().filter(|c| !c.is_empty());
    let (g, a) = (known(gold), known(answer));
    let elsewhere = g.is_some() && a.is_some() && g != a;
    if same_name(&gold.name, &answer.name) && (!elsewhere || is_specific(&telling(words(&gold.name)))) {
        return true;
    }
    g.is_some() && g == a && gold.sector == answer.sector && !matches!(gold.sector, None | Some(Sector::Unk))
}

/// Whether two lists of parties agree, nothing missing, nothing invented.
pub(crate) fn same_parties(gold: &[&Party], answer: &[&Party]) -> bool {
    if gold.is_empty() || answer.is_empty() {
        return gold.is_empty() && answer.is_empty();
    }
    gold.iter().all(|g| answer.iter().any(|a| same_party(g, a)))
        && answer.iter().all(|a| gold.iter().any(|g| same_party(g, a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, country: &str, sector: Sector) -> Party {
        Party { name: name.to_owned(), country: Some(country.to_owned()), sector: Some(sector) }
    }

    #[test]
    fn parties_agree_by_name_or_by_code() {
        assert!(same_party(&party("Peru", "PER", Sector::Gov), &party("Lima", "PER", Sector::Gov)));
        assert!(!same_party(&party("Peru", "PER", Sector::Unk), &party("Lima", "PER", Sector::Unk)));
        assert!(!same_party(&party("police", "PER", Sector::Cop), &party("police", "ECU", Sector::Cop)));
        assert!(same_party(&party("Ana Ruiz", "PER", Sector::Gov), &party("Ruiz", "ECU", Sector::Civ)));
    }
}
