//! Actor and agent lists in the format of PETRARCH and its kin, rewritten as tables of ours.

use std::collections::{BTreeSet, HashMap};

use dateline_core::{Country, Sector};
use jiff::civil::Date;

use crate::entry::Entry;
use crate::error::KnowledgeError;
use crate::knowledge::Knowledge;
use crate::period::Period;

mod actor;
use actor::{Actor, BETWEEN, spelling, without_comments, words};

const CODES: &str = include_str!("../../../knowledge/cameo_actors.tsv");

/// Rows collected from lists of another system.
///
/// ```
/// use dateline_knowledge::{Knowledge, petrarch::Import};
/// let knowledge = Knowledge::embedded()?;
/// let mut import = Import::new(&knowledge);
/// let problems = import.read("mine.txt", b"LEAGUE_OF_ORCHARDS [KENOPP]\n+ORCHARD_LEAGUE\nSTARGAZER {STARGAZERS} [~EDU]\n");
/// assert!(problems.is_empty());
/// let [_, (name, rows), _] = import.tables();
/// assert_eq!(name, "organizations/imported.tsv");
/// assert!(rows.ends_with("League of Orchards\tOrchard League\tparty\tKEN\tOPP\t\t\n"));
/// # Ok::<(), dateline_knowledge::KnowledgeError>(())
/// ```
#[derive(Debug)]
pub struct Import<'k> {
    knowledge: &'k Knowledge,
    parts: HashMap<&'static str, Part>,
    persons: BTreeSet<String>,
    organizations: BTreeSet<String>,
    roles: BTreeSet<String>,
}

/// What a part of a code means.
#[derive(Clone, Copy, Debug)]
enum Part {
    Country(Country),
    Sector(Meaning),
    Faith(Meaning),
    Region,
}

/// A sector with what its bearers are.
#[derive(Clone, Copy, Debug)]
struct Meaning {
    sector: Sector,
    office: &'static str,
    kind: &'static str,
}

impl<'k> Import<'k> {
    /// Nothing yet. `knowledge` tells countries, and given names from organizations.
    pub fn new(knowledge: &'k Knowledge) -> Self {
        let row = |line: &'static str| {
            let mut cells = line.split('\t').map(str::trim);
            let mut next = || cells.next().unwrap_or_default();
            let (part, meaning, value) = (next(), next(), next());
            let of_sector = |office, kind| Some(Meaning { sector: value.parse().ok()?, office, kind });
            let part_means = match meaning {
                "country" => Part::Country(Country::new(value)?),
                "sector" => Part::Sector(of_sector(next(), next())?),
                "faith" => Part::Faith(of_sector(next(), next())?),
                _ => Part::Region,
            };
            Some((part, part_means))
        };
        let parts = CODES.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect();
        Self {
            knowledge,
            parts,
            persons: BTreeSet::new(),
            organizations: BTreeSet::new(),
            roles: BTreeSet::new(),
        }
    }

    /// Reads one list; what it cannot use is left out and returned, with `file` and line. Bytes that are no UTF-8 are
    /// replaced.
    pub fn read(&mut self, file: &str, bytes: &[u8]) -> Vec<KnowledgeError> {
        let mut problems = Vec::new();
        let mut report = |line: u32, message: String| {
            problems.push(KnowledgeError::Line { file: file.to_owned(), line, message });
        };
        let text = String::from_utf8_lossy(bytes);
        let mut actor: Option<Actor> = None;
        let mut hidden = false;
        for (number, raw) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let shown = without_comments(raw, &mut hidden);
            let line = shown.split(['#', ';']).next().unwrap_or_default();
            if line.trim().is_empty() {
                continue;
            }
            let (name, rest) = line.split_at(line.find(['[', '{']).unwrap_or(line.len()));
            if !name.trim().is_empty() && !name.starts_with('+') {
                self.add(actor.take(), &mut report);
                actor = Some(Actor { line: number, name: words(name), ..Actor::default() });
            }
            let Some(actor) = &mut actor else {
                report(number, "stands under no name".to_owned());
                continue;
            };
            if let Some(alias) = name.strip_prefix('+') {
                actor.aliases.push(words(alias));
            }
            if let Err(message) = actor.codes(number, rest) {
                report(number, message);
            }
        }
        self.add(actor, &mut report);
        problems
    }

    /// Path below a folder of tables, and text, of the three tables: persons, organizations, roles.
    pub fn tables(&self) -> [(&'static str, String); 3] {
        let table = |columns: &str, rows: &BTreeSet<String>| {
            let mut text = format!("{HEADER}\n# Columns, tab separated: {columns}\n");
            for row in rows {
                text.push_str(row);
                text.push('\n');
            }
            text
        };
        let persons = "name, aliases, office, country, sector, from, to, gender, surname";
        let organizations = "name, aliases, kind, country, sector, from, to";
        [
            ("persons/imported.tsv", table(persons, &self.persons)),
            ("organizations/imported.tsv", table(organizations, &self.organizations)),
            ("roles.tsv", table("phrase, plural, sector, kind, flags", &self.roles)),
        ]
    }

    /// Numbers of rows: persons, organizations, roles.
    pub fn counts(&self) -> [usize; 3] {
        [self.persons.len(), self.organizations.len(), self.roles.len()]
    }

    /// The rows of a name that has been read to its end.
    fn add(&mut self, actor: Option<Actor>, report: &mut impl FnMut(u32, String)) {
        let Some(mut actor) = actor else { return };
        if !actor.name.contains(char::is_alphanumeric) || actor.name.contains('!') {
            return report(actor.line, format!("`{}` is no name", actor.name));
        }
        if actor.codes.is_empty() {
            return report(actor.line, format!("`{}` has no code in [ ]", actor.name));
        }
        actor.aliases.retain(|alias| alias.contains(char::is_alphanumeric));
        let dated = actor.codes.iter().any(|(_, _, period)| *period != Period::default());
        for (line, code, period) in actor.periods() {
            match code.trim().strip_prefix('~') {
                Some(code) => match self.meaning(code) {
                    Ok((None, Some(meaning))) => self.add_role(&actor, meaning.sector),
                    Ok(_) => report(line, format!("`{code}` tells no sector")),
                    Err(message) => report(line, message),
                },
                None => match self.meaning(&code) {
                    Ok((country, Some(meaning))) => self.add_name(&actor, dated, country, meaning, period),
                    // Names of countries and their people are in our tables already.
                    Ok((_, None)) if !self.knowledge.lookup(&actor.name).is_empty() => {}
                    Ok((_, None)) => report(line, format!("`{code}` tells no sector")),
                    Err(message) => report(line, message),
                },
            }
        }
    }

    /// Country and sector of a code: a country first, then the first part that tells a sector.
    fn meaning(&self, code: &str) -> Result<(Option<Country>, Option<Meaning>), String> {
        let (mut country, mut sector, mut faith, mut unknown) = (None, None, None, None);
        for (place, chunk) in code.as_bytes().chunks(3).enumerate() {
            let part = std::str::from_utf8(chunk).unwrap_or_default();
            // CIV is a country in front of a sector, and a sector elsewhere.
            let is_country = place == 0 && (part != "CIV" || code.len() > 3);
            let listed =
                Country::new(part).filter(|&c| is_country && self.knowledge.country_by_code(c).is_some());
            match (listed, self.parts.get(part)) {
                (Some(found), _) | (_, Some(&Part::Country(found))) => country = country.or(Some(found)),
                (_, Some(&Part::Sector(found))) => sector = sector.or(Some(found)),
                (_, Some(&Part::Faith(found))) => faith = faith.or(Some(found)),
                (_, Some(Part::Region)) => {}
                (_, None) => unknown = unknown.or(Some(part)),
            }
        }
        match (sector.or(faith), unknown) {
            (None, Some(part)) => Err(format!("`{part}` in `{code}` is neither a country nor a sector")),
            (meaning, _) => Ok((country, meaning)),
        }
    }

    fn add_role(&mut self, actor: &Actor, sector: Sector) {
        let plural = actor.plural.as_deref().unwrap_or_default().to_lowercase();
        for phrase in std::iter::once(&actor.name).chain(&actor.aliases) {
            let phrase = phrase.to_lowercase();
            let ours = self.knowledge.lookup(&phrase).iter().find_map(|hit| match hit.entry {
                Entry::Role { id, .. } => Some(self.knowledge.role(id)),
                _ => None,
            });
            // A noun that we know changes its sector and nothing else.
            let row = match ours {
                Some(role) if role.sector == sector => continue,
                Some(role) => role.with_sector(sector),
                None if phrase == actor.name.to_lowercase() => {
                    format!("{phrase}\t{plural}\t{sector}\teither\t")
                }
                None => format!("{phrase}\t\t{sector}\teither\t"),
            };
            self.roles.insert(row);
        }
    }

    fn add_name(
        &mut self,
        actor: &Actor,
        dated: bool,
        country: Option<Country>,
        meaning: Meaning,
        period: Period,
    ) {
        let Meaning { sector, office, kind } = meaning;
        let country = country.map_or(String::new(), |country| country.to_string());
        let day = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
        let (from, to) = (day(period.from), day(period.to));
        let person = self.is_person(&actor.name, dated, kind);
        let spelled = |name: &String| spelling(name, person);
        let name = spelled(&actor.name);
        let aliases = actor.aliases.iter().map(spelled).collect::<Vec<_>>().join(";");
        if person {
            self.persons
                .insert(format!("{name}\t{aliases}\t{office}\t{country}\t{sector}\t{from}\t{to}\t\t"));
        } else {
            self.organizations
                .insert(format!("{name}\t{aliases}\t{kind}\t{country}\t{sector}\t{from}\t{to}"));
        }
    }

    /// The lists do not tell persons from organizations: a given name does, or dates with a name like a person's.
    fn is_person(&self, name: &str, dated: bool, kind: &str) -> bool {
        let parts: Vec<&str> = name.split(' ').collect();
        let Some(first) = parts.first().filter(|_| (2..=5).contains(&parts.len())) else { return false };
        let between = parts.iter().any(|part| BETWEEN.contains(&part.to_lowercase().as_str()));
        !between
            && kind != "igo"
            && self.knowledge.pattern(&parts).is_none()
            && (dated || self.knowledge.first_name(first).is_some())
    }
}

/// First line of every table that an import writes; a file that begins otherwise was written by somebody.
pub const HEADER: &str = "# Imported from lists in the format of PETRARCH.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{Organization, Person, Role, append};
    use crate::table::Text;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::embedded().unwrap());

    /// The rows of each table, and the problems.
    fn import(text: &str) -> ([Vec<String>; 3], Vec<String>) {
        let mut import = Import::new(&KNOWLEDGE);
        let problems = import.read("list", text.as_bytes()).iter().map(ToString::to_string).collect();
        let rows = |set: &BTreeSet<String>| set.iter().cloned().collect();
        ([rows(&import.persons), rows(&import.organizations), rows(&import.roles)], problems)
    }

    #[test]
    fn every_part_of_the_table_is_read() {
        let lines = CODES.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(Import::new(&KNOWLEDGE).parts.len(), lines);
    }

    #[test]
    fn a_person_changes_with_time() {
        let list = "MARY_QUARTZ_ # a note\n+QUARTZ_MARY\n\t[KENOPP <20010105]\n\t[KENGOV 010105-20051231]\n\t[KENELI]\n";
        let ([persons, ..], problems) = import(list);
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            persons,
            [
                "Mary Quartz\tQuartz Mary\tOfficial\tKEN\tGOV\t2001-01-05\t2005-12-31\t\t",
                "Mary Quartz\tQuartz Mary\tOpposition politician\tKEN\tOPP\t\t2001-01-04\t\t",
                "Mary Quartz\tQuartz Mary\tPublic figure\tKEN\tCIV\t2006-01-01\t\t\t",
            ]
        );
    }

    #[test]
    fn codes_have_a_country_and_a_sector() {
        let list = "<!-- two\nlines -->\nTHE_RIVER_GUILD [CIVREB]\nRVG [IGOEUR]\nSUN_CHAPEL [ROMCHR]\n";
        let ([_, organizations, _], problems) = import(list);
        assert_eq!(problems, [""; 0]);
        assert_eq!(
            organizations,
            [
                "RVG\t\tigo\t\tIGO\t\t",
                "River Guild\t\tarmed_group\tCIV\tREB\t\t",
                "Sun Chapel\t\treligious\tROU\tREL\t\t"
            ]
        );
    }

    #[test]
    fn agents_are_roles_and_known_ones_keep_their_flags() {
        let ([.., roles], problems) =
            import("MOON_WARDEN {MOON_WARDENS} [~COP]\nGUNMAN {GUNMEN} [~CRM]\nTHIEF [~CRM]\n");
        assert_eq!(problems, [""; 0]);
        assert!(roles.contains(&"moon warden\tmoon wardens\tCOP\teither\t".to_owned()), "{roles:?}");
        assert!(
            roles.iter().any(|row| row.starts_with("gunman\tgunmen\tCRM\t") && row.contains("armed")),
            "{roles:?}"
        );
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        let list = "\t[KENGOV]\nA_B [QQQXXX]\nC_D\nE_F [KENGOV >20011301]\nG_H [KENGOV\nKENYA [KEN]\nZZ_TOWER [KEN]\n";
        let (rows, problems) = import(list);
        let lines: Vec<&str> = problems.iter().filter_map(|p| p.split(':').nth(1)).collect();
        assert_eq!(rows, [const { Vec::<String>::new() }; 3]);
        assert_eq!(lines, ["1", "2", "3", "4", "4", "5", "5", "7"], "{problems:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_become_tables_that_are_read(
            bytes in any::<Vec<u8>>(),
            list in "([+\t]?[A-Z_é;#]{0,5}( ?[\\[{]~?(KEN|GOV|CIV|REB|[A-Zß]{0,4}) ?[<>-]?[0-9]{0,8}[\\]}]?)?(<!--|-->)?\n){0,8}",
        ) {
            let mut import = Import::new(&KNOWLEDGE);
            import.read("bytes", &bytes);
            import.read("list", list.as_bytes());
            let [persons, organizations, roles] = import.tables().map(|(_, text)| Text::from(text));
            append(&mut Vec::<Person>::new(), "persons", &persons).unwrap();
            append(&mut Vec::<Organization>::new(), "organizations", &organizations).unwrap();
            append(&mut Vec::<Role>::new(), "roles", &roles).unwrap();
        }
    }
}
