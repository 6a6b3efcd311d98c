//! `roles.tsv`.

use std::borrow::Cow;

use dateline_core::Sector;

use super::Row;
use crate::error::KnowledgeError;
use crate::key::Key;
use crate::table::{Line, List, Text};

dateline_core::named_enum! {
    /// Whom a role noun names.
    pub enum RoleKind { Person = "person", Group = "group", Either = "either" }
}

const FLAGS: &[&str] = &["title", "office", "rank", "royal", "armed", "victim", "borrow"];

/// A role noun or noun phrase.
#[derive(Clone, Debug)]
pub struct Role {
    /// Singular, without article.
    pub phrase: Text,
    /// What a coder gives when the text says no more.
    pub sector: Sector,
    /// Whom it names.
    pub kind: RoleKind,
    plural: Text,
    flags: List,
}

impl Role {
    /// The plural; `None` if the phrase has none or is one itself.
    pub fn plural(&self) -> Option<Cow<'_, str>> {
        match &*self.plural {
            "" => Some(Cow::Owned(regular_plural(&self.phrase))),
            "-" => None,
            plural => Some(Cow::Borrowed(plural)),
        }
    }

    /// May stand before a name: "Prime Minister X".
    pub fn is_title(&self) -> bool {
        self.flags.contains("title")
    }

    /// A country has one holder at a time: "the prime minister".
    pub fn is_office(&self) -> bool {
        self.flags.contains("office")
    }

    /// A military or police rank.
    pub fn is_rank(&self) -> bool {
        self.flags.contains("rank")
    }

    /// A royal or princely title.
    pub fn is_royal(&self) -> bool {
        self.flags.contains("royal")
    }

    /// Bears arms, or is a thing that does.
    pub fn is_armed(&self) -> bool {
        self.flags.contains("armed")
    }

    /// An ordinary person, typically the target of an act.
    pub fn is_victim(&self) -> bool {
        self.flags.contains("victim")
    }

    /// Takes the sector of the organization or modifier it goes with: "police spokesman".
    pub fn borrows_sector(&self) -> bool {
        self.flags.contains("borrow")
    }

    /// The row as a line of the table, with another sector.
    pub(crate) fn with_sector(&self, sector: Sector) -> String {
        format!("{}\t{}\t{sector}\t{}\t{}", self.phrase, self.plural, self.kind, self.flags.as_str())
    }
}

impl Row for Role {
    const COLUMNS: usize = 5;

    fn read(line: &Line<'_>) -> Result<Self, KnowledgeError> {
        let flags = line.list(4);
        if let Some(flag) = flags.iter().find(|flag| !FLAGS.contains(flag)) {
            return Err(line.error(format!("`{flag}` is no flag ({})", FLAGS.join(", "))));
        }
        Ok(Self {
            phrase: line.required(0, "phrase")?,
            plural: line.text(1),
            sector: line.name(2)?,
            kind: line.name(3)?,
            flags,
        })
    }

    fn key(&self) -> Key {
        Key::of(&self.phrase)
    }
}

fn regular_plural(phrase: &str) -> String {
    let bytes = phrase.as_bytes();
    let vowel_before = bytes.len() < 2 || b"aeiou".contains(&bytes[bytes.len() - 2]);
    match phrase.strip_suffix('y') {
        Some(stem) if !vowel_before => format!("{stem}ies"),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| phrase.ends_with(end)) => format!("{phrase}es"),
        _ => format!("{phrase}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::regular_plural;

    #[test]
    fn plurals_follow_the_spelling() {
        for (one, many) in
            [("deputy", "deputies"), ("boy", "boys"), ("boss", "bosses"), ("judge", "judges"), ("y", "ys")]
        {
            assert_eq!(regular_plural(one), many);
        }
    }
}
