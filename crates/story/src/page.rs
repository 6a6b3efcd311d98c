//! What is written for people: headings and lines with the reports they rest on, as Markdown or as a web page.

use crate::report::Report;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What it was written from.
    pub intro: String,
    /// Its parts.
    pub sections: Vec<Section>,
}

/// A part of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading; a subheading where `level` is 3.
    pub heading: String,
    /// 2, or 3 below the section before.
    pub level: u8,
    /// Its lines.
    pub items: Vec<Item>,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// What it begins with, set off: a name, a day.
    pub lead: String,
    /// What it says.
    pub text: String,
    /// What is added to it.
    pub note: String,
    /// Identifiers of its reports.
    pub cites: Vec<String>,
}

/// Most reports that are cited for one line; the number of the rest is told.
const CITED: usize = 5;

impl Page {
    /// The numbers of cited reports, in the order they are cited first.
    fn numbers(&self) -> BTreeMap<&str, usize> {
        let mut numbers = BTreeMap::new();
        for id in self.sections.iter().flat_map(|s| &s.items).flat_map(|i| i.cites.iter().take(CITED)) {
            let next = numbers.len() + 1;
            numbers.entry(id.as_str()).or_insert(next);
        }
        numbers
    }

    /// The cited reports in order, with publisher, day and headline.
    fn references<'a>(&'a self, reports: &'a [Report]) -> Vec<(usize, String)> {
        let by_id: BTreeMap<&str, &Report> = reports.iter().map(|r| (r.id.as_str(), r)).collect();
        let mut list: Vec<(usize, String)> = self
            .numbers()
            .into_iter()
            .map(|(id, n)| {
                let mut parts = Vec::new();
                if let Some(report) = by_id.get(id) {
                    parts.extend(report.publisher.clone());
                    parts.extend(report.day.map(crate::days::long));
                    parts.extend(
                        Some(report.title.clone()).filter(|t| !t.is_empty()).map(|t| format!("“{t}”")),
                    );
                }
                (n, if parts.is_empty() { id.to_owned() } else { format!("{} ({id})", parts.join(", ")) })
            })
            .collect();
        list.sort_unstable();
        list
    }

    /// As Markdown.
    pub fn markdown(&self, reports: &[Report]) -> String {
        let numbers = self.numbers();
        let mut out = format!("# {}\n\n{}\n", self.title, self.intro);
        for section in &self.sections {
            let _ = writeln!(out, "\n{} {}", "#".repeat(section.level as usize), section.heading);
            if !section.items.is_empty() {
                out.push('\n');
            }
            for item in &section.items {
                out.push_str("- ");
                if !item.lead.is_empty() {
                    let _ = write!(out, "**{}** ", item.lead);
                }
                out.push_str(&item.text.replace('*', "\\*").replace('_', "\\_"));
                if !item.note.is_empty() {
                    let _ = write!(out, " *{}*", item.note);
                }
                let _ = writeln!(out, "{}", cited(item, &numbers));
            }
        }
        let references = self.references(reports);
        if !references.is_empty() {
            out.push_str("\n## Reports\n\n");
            for (n, text) in references {
                let _ = writeln!(out, "{n}. {text}");
            }
        }
        out
    }

    /// As a web page.
    pub fn html(&self, reports: &[Report]) -> String {
        let numbers = self.numbers();
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<style>{STYLE}</style>\n\
             <h1>{0}</h1>\n<p>{1}</p>\n",
            escape(&self.title),
            escape(&self.intro)
        );
        for section in &self.sections {
            let _ = write!(out, "<h{0}>{1}</h{0}>\n<ul>\n", section.level, escape(&section.heading));
            for item in &section.items {
                out.push_str("<li>");
                if !item.lead.is_empty() {
                    let _ = write!(out, "<strong>{}</strong> ", escape(&item.lead));
                }
                out.push_str(&escape(&item.text));
                if !item.note.is_empty() {
                    let _ = write!(out, " <em>{}</em>", escape(&item.note));
                }
                let _ = writeln!(out, "<small>{}</small></li>", cited(item, &numbers));
            }
            out.push_str("</ul>\n");
        }
        out.push_str("<h2>Reports</h2>\n<ol>\n");
        for (n, text) in self.references(reports) {
            let _ = writeln!(out, "<li id=\"r{n}\">{}</li>", escape(&text));
        }
        out.push_str("</ol>\n</html>\n");
        out
    }
}

const STYLE: &str =
    "body{font:16px/1.5 serif;max-width:45em;margin:2em auto;padding:0 1em}li{margin:.4em 0}em{color:#555}";

fn cited(item: &Item, numbers: &BTreeMap<&str, usize>) -> String {
    let mut shown: Vec<usize> =
        item.cites.iter().take(CITED).filter_map(|id| numbers.get(id.as_str()).copied()).collect();
    shown.sort_unstable();
    shown.dedup();
    let mut text: String = shown.iter().map(|n| format!(" [{n}]")).collect();
    if item.cites.len() > CITED {
        let _ = write!(text, " and {} more", item.cites.len() - CITED);
    }
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cite_their_reports() {
        let item = |cites: &[&str]| Item {
            text: "A <ship> sank.".to_owned(),
            cites: cites.iter().map(|&c| c.to_owned()).collect(),
            ..Item::default()
        };
        let section =
            Section { heading: "News".to_owned(), level: 2, items: vec![item(&["b"]), item(&["a", "b"])] };
        let page = Page { title: "T".to_owned(), intro: String::new(), sections: vec![section] };
        let text = page.markdown(&[]);
        assert!(
            text.contains("- A <ship> sank. [1]\n- A <ship> sank. [1] [2]\n")
                && text.contains("1. b\n2. a\n")
        );
        assert!(
            page.html(&[]).contains("A &lt;ship&gt; sank.")
                && page.html(&[]).contains("<li id=\"r2\">a</li>")
        );
    }
}
