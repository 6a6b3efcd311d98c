//! What the layouts say of a party.

use dateline_core::Sector;
use dateline_core::codes::EntityKind;
use dateline_core::record::Entity;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Country as the layouts write it: ISO 3166-1 alpha-3, or what stands for one.
pub(super) fn country(entity: &Entity) -> Option<String> {
    let instead = match entity.sector {
        Sector::Igo => Some("IGO"),
        Sector::Ngo => Some("NGO"),
        Sector::Bus if entity.kind == EntityKind::Organization => Some("MNC"),
        _ => None,
    };
    entity.country.map(|c| c.to_string()).or(instead.map(str::to_owned))
}

/// The sector by CAMEO's word, empty where it has none.
pub(super) const fn cameo_sector(sector: Sector) -> &'static str {
    match sector {
        Sector::Civ => "CVL",
        Sector::Rel | Sector::Unk => "",
        other => other.as_str(),
    }
}

/// Country and sector as a CAMEO code.
pub(super) fn cameo_code(entity: &Entity) -> String {
    let country = entity.country.map(|c| c.to_string()).unwrap_or_default();
    let code = format!("{country}{}", cameo_sector(entity.sector));
    match (code.is_empty(), religions(entity).first()) {
        (true, Some(religion)) => religion.clone(),
        (true, None) => "---".to_owned(),
        _ => code,
    }
}

/// A faith or a people.
struct Identity {
    religious: bool,
    name: &'static str,
    /// CAMEO's codes, empty where it has none.
    cameo: &'static str,
}

/// Faiths and peoples by their adjectives and nouns, in small letters.
static IDENTITIES: LazyLock<HashMap<String, Identity>> = LazyLock::new(|| {
    let codes: HashMap<&str, &str> = rows(include_str!("../../../../knowledge/cameo_faiths.tsv"))
        .filter_map(|cells| Some((*cells.first()?, *cells.get(1)?)))
        .collect();
    let mut found = HashMap::new();
    for cells in rows(include_str!("../../../../knowledge/demonyms_extra.tsv")) {
        let &[name, singular, plural, _, kind] = cells.as_slice() else { continue };
        // Europeans are no people in this sense; Arabs, whom CAMEO has a code for, are.
        if kind == "regional" && !codes.contains_key(name) {
            continue;
        }
        for word in [name, singular, plural] {
            let cameo = codes.get(name).copied().unwrap_or_default();
            let identity = Identity { religious: kind == "religious", name, cameo };
            found.entry(word.to_lowercase()).or_insert(identity);
        }
    }
    found.remove("");
    found
});

/// The rows of a table.
fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// Single nouns of roles with their sectors, without those that take the sector of what they go with.
static ROLES: LazyLock<HashMap<String, Sector>> = LazyLock::new(|| {
    let row = |cells: Vec<&'static str>| {
        let (noun, sector) = (*cells.first()?, cells.get(2)?.parse().ok()?);
        let borrows = cells.get(4).is_some_and(|flags| flags.contains("borrow"));
        (!noun.contains(' ') && !borrows).then(|| (noun.to_lowercase(), sector))
    };
    rows(include_str!("../../../../knowledge/roles.tsv")).filter_map(row).collect()
});

/// What the title or a group's name states: its phrases of up to three words that begin with a capital.
fn stated(entity: &Entity, religious: bool) -> Option<&'static Identity> {
    // A person's name states nothing: Karen is no Karen.
    let name = if entity.kind == EntityKind::Person { "" } else { entity.name.as_str() };
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-'));
    for text in [entity.title.as_deref().unwrap_or_default(), name] {
        let words: Vec<&str> = text.split(apart).filter(|w| !w.is_empty()).collect();
        for start in (0..words.len()).filter(|&i| words[i].starts_with(char::is_uppercase)) {
            let phrase = |length| {
                words.get(start..start + length).map(|w| w.join(" ").replace('’', "'").to_lowercase())
            };
            let longest = (1..=3).rev().filter_map(phrase).find_map(|phrase| IDENTITIES.get(&phrase));
            if let Some(identity) = longest.filter(|i| i.religious == religious) {
                return Some(identity);
            }
        }
    }
    None
}

/// Religion that the title or a group's name states.
pub(super) fn religion(entity: &Entity) -> Option<&'static str> {
    stated(entity, true).map(|i| i.name)
}

/// Ethnicity that the title or a group's name states.
pub(super) fn ethnicity(entity: &Entity) -> Option<&'static str> {
    stated(entity, false).map(|i| i.name)
}

/// CAMEO's codes of the religion: the religion, then its branch.
pub(super) fn religions(entity: &Entity) -> Vec<String> {
    stated(entity, true).map(|i| i.cameo.split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
}

/// CAMEO's code of the ethnicity.
pub(super) fn ethnic_code(entity: &Entity) -> &'static str {
    stated(entity, false).map_or("", |i| i.cameo)
}

/// Sectors that the title tells besides the main one: a general who is president.
pub(super) fn other_sectors(entity: &Entity) -> Vec<&'static str> {
    let title = entity.title.as_deref().unwrap_or_default();
    let mut found: Vec<&'static str> = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase) {
        if let Some(&sector) = ROLES.get(word.as_str())
            && sector != entity.sector
            && sector != Sector::Unk
            && !found.contains(&sector.as_str())
        {
            found.push(sector.as_str());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::codes::Country;

    fn entity(name: &str, kind: EntityKind, title: Option<&str>, country: &str, sector: Sector) -> Entity {
        Entity {
            id: "e1".into(),
            name: name.into(),
            kind,
            title: title.map(Into::into),
            country: Country::new(country),
            sector,
            code: String::new(),
            wikidata: None,
            mentions: Vec::new(),
        }
    }

    #[test]
    fn religion_and_ethnicity_are_those_that_are_stated() {
        let bishop = entity("Karen Hill", EntityKind::Person, Some("Coptic bishop"), "EGY", Sector::Rel);
        assert_eq!((religion(&bishop), ethnicity(&bishop)), (Some("Coptic"), None));
        assert_eq!(religions(&bishop), ["CHR", "CPT"]);
        let party = entity("the Kurdish Democrats", EntityKind::Group, None, "IRQ", Sector::Pty);
        assert_eq!((religion(&party), ethnicity(&party)), (None, Some("Kurdish")));
    }

    #[test]
    fn every_code_belongs_to_a_word_that_is_known() {
        for cells in rows(include_str!("../../../../knowledge/cameo_faiths.tsv")) {
            let identity = IDENTITIES.get(&cells[0].to_lowercase());
            assert_eq!(identity.map(|i| (i.name, i.cameo)), Some((cells[0], cells[1])));
        }
        assert!(ROLES.len() > 300, "{}", ROLES.len());
    }

    #[test]
    fn codes_follow_cameo() {
        let civilians = entity("residents", EntityKind::Group, None, "MLI", Sector::Civ);
        assert_eq!(cameo_code(&civilians), "MLICVL");
        let unknown = entity("somebody", EntityKind::Person, None, "none", Sector::Unk);
        assert_eq!(cameo_code(&unknown), "---");
        let imam = entity("X", EntityKind::Person, Some("Sunni leader"), "none", Sector::Rel);
        assert_eq!(cameo_code(&imam), "MOS");
        let firm = entity("X", EntityKind::Organization, None, "none", Sector::Bus);
        assert_eq!(country(&firm).as_deref(), Some("MNC"));
    }

    #[test]
    fn a_general_who_is_president_is_both() {
        let ruler = entity("X", EntityKind::Person, Some("President and General"), "MLI", Sector::Gov);
        assert_eq!(other_sectors(&ruler), ["MIL"]);
    }
}
