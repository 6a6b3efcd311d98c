//! The page that lists the pages of a run, and their names.

use super::card::headline;
use super::html::{Safe, head};
use dateline_core::record::Record;
use std::collections::{HashMap, HashSet};
use std::fmt::{self, Write};

/// Longest name of a page, in bytes; file systems take 255.
const LONGEST: usize = 120;

/// Collects what the list says of every page.
#[derive(Debug, Default)]
pub struct Index {
    rows: Vec<Row>,
    taken: HashSet<String>,
    /// The last number behind each name that was wanted again.
    numbers: HashMap<String, usize>,
}

#[derive(Debug)]
struct Row {
    file: String,
    title: String,
    published: String,
    publisher: String,
    events: usize,
}

impl Index {
    /// Lists a record and gives the name of its file, unlike any before.
    pub fn add(&mut self, record: &Record, ending: &str) -> String {
        let wanted = file_name(&record.id);
        let mut name = wanted.clone();
        // Some file systems do not tell capitals from small letters.
        let own = wanted.to_lowercase();
        if own == "index" || !self.taken.insert(own.clone()) {
            let number = self.numbers.entry(own).or_insert(1);
            loop {
                *number += 1;
                name = format!("{wanted}-{number}");
                if self.taken.insert(name.to_lowercase()) {
                    break;
                }
            }
        }
        let file = format!("{name}.{ending}");
        self.rows.push(Row {
            file: file.clone(),
            title: headline(record).to_owned(),
            published: record.published.map(|d| d.to_string()).unwrap_or_default(),
            publisher: record.publisher.clone().unwrap_or_default(),
            events: record.events.len(),
        });
        file
    }

    /// The list as a page.
    pub fn html(&self) -> String {
        let mut page = String::new();
        // Writing to a string does not fail.
        let _ = self.write(&mut page);
        page
    }

    fn write(&self, page: &mut String) -> fmt::Result {
        head("Reports", page)?;
        page.push_str("<header><h1>Reports</h1></header>\n<table><thead><tr>");
        ["report", "published", "publisher", "events"]
            .iter()
            .try_for_each(|c| write!(page, "<th scope=\"col\">{c}</th>"))?;
        page.push_str("</tr></thead><tbody>\n");
        for row in &self.rows {
            writeln!(
                page,
                "<tr><td><a href=\"{}\"><bdi>{}</bdi></a></td><td>{}</td><td><bdi>{}</bdi></td><td>{}</td></tr>",
                Safe(&row.file),
                Safe(&row.title),
                row.published,
                Safe(&row.publisher),
                row.events
            )?;
        }
        page.push_str("</tbody></table>\n</body></html>\n");
        Ok(())
    }
}

/// A name for a file out of an identifier: letters, digits, dots, dashes and underscores, none of them at odds with any
/// file system or address.
pub fn file_name(id: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = id.chars().map(|c| if fits(c) { c } else { '_' }).take(LONGEST).collect();
    let name = name.trim_start_matches('.').trim_end_matches('.');
    if name.is_empty() { "report".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(file_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(file_name("a b\u{0}é"), "a_b__");
        assert_eq!(file_name("..."), "report");
        assert_eq!(file_name(&"x".repeat(999)).len(), 120);
    }
}
