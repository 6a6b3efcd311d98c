//! Verbs that carry a noun of action: "hold talks", "launch an attack", "come under fire".

use rustc_hash::FxHashMap;

const EMBEDDED: &str = include_str!("../../../knowledge/support_verbs.tsv");

/// The support verbs and the relation at which their noun stands.
#[derive(Debug, Default)]
pub struct SupportVerbs {
    known: FxHashMap<Box<str>, Vec<Box<str>>>,
}

impl SupportVerbs {
    /// The table that is part of the program.
    pub fn embedded() -> SupportVerbs {
        SupportVerbs::parse(EMBEDDED)
    }

    /// Reads `verb TAB relation[,relation]` lines, where a relation is `obj` or a preposition.
    pub fn parse(text: &str) -> SupportVerbs {
        let mut known: FxHashMap<Box<str>, Vec<Box<str>>> = FxHashMap::default();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(verb), Some(relations)) = (columns.next(), columns.next()) {
                known
                    .entry(verb.trim().into())
                    .or_default()
                    .extend(relations.split(',').map(|r| r.trim().into()));
            }
        }
        SupportVerbs { known }
    }

    /// Whether `verb` carries a noun at `relation`.
    pub fn knows(&self, verb: &str, relation: &str) -> bool {
        self.known.get(verb).is_some_and(|relations| relations.iter().any(|r| **r == *relation))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_knows_the_common_ones() {
        let verbs = SupportVerbs::embedded();
        assert!(verbs.knows("hold", "obj") && verbs.knows("participate", "in"));
        assert!(!verbs.knows("eat", "obj"));
    }
}
