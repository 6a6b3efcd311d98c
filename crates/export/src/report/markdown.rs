//! One report as Markdown.

use super::card;
use crate::names::Names;
use dateline_core::record::{Event, Record};
use std::fmt::{self, Display, Write};

/// The report of a record, whose offsets count bytes.
pub fn markdown(record: &Record) -> String {
    let mut page = String::new();
    // Writing to a string does not fail.
    let _ = write(record, &mut page);
    page
}

fn write(record: &Record, page: &mut String) -> fmt::Result {
    let names = Names::new(record);
    writeln!(page, "# {}\n", Safe(card::headline(record)))?;
    let published = record.published.map(|d| d.to_string());
    let about =
        [record.publisher.as_deref(), published.as_deref(), record.url.as_deref(), Some(record.id.as_str())];
    let about: Vec<String> = about.into_iter().flatten().map(|w| Safe(w).to_string()).collect();
    writeln!(page, "{}\n\n## Events", about.join(" · "))?;
    if record.events.is_empty() {
        writeln!(page, "\nNone.")?;
    }
    for (k, e) in record.events.iter().enumerate() {
        event(record, &names, k, e, page)?;
    }
    if !record.statements.is_empty() {
        writeln!(page, "\n## Who said what\n")?;
    }
    for statement in &record.statements {
        let name = statement.name.as_deref().unwrap_or("?");
        let (open, close) = if statement.quoted { ("“", "”") } else { ("", "") };
        writeln!(page, "* **{}**: {open}{}{close}", Safe(name), Safe(statement.span.of(&record.text)))?;
    }
    if !record.entities.is_empty() {
        writeln!(page, "\n## Who\n\n| name | office or role | code | named |\n|---|---|---|---|")?;
    }
    for e in &record.entities {
        let title = e.title.as_deref().unwrap_or_default();
        writeln!(page, "| {} | {} | {} | {} |", Safe(&e.name), Safe(title), Safe(&e.code), e.mentions.len())?;
    }
    if !record.places.is_empty() {
        writeln!(page, "\n## Where\n\n| name | in | latitude | longitude | named |\n|---|---|---|---|---|")?;
    }
    for p in &record.places {
        let country = p.country.map(|c| c.to_string()).unwrap_or_default();
        let within = [p.admin1.clone().unwrap_or_default(), country].join(" ");
        let degrees = |v: Option<f64>| v.map(|v| format!("{v:.3}")).unwrap_or_default();
        writeln!(
            page,
            "| {} | {} | {} | {} | {} |",
            Safe(&p.name),
            Safe(within.trim()),
            degrees(p.lat),
            degrees(p.lon),
            p.mentions.len()
        )?;
    }
    for warning in &record.warnings {
        writeln!(page, "\n*Warning: {}*", Safe(warning))?;
    }
    Ok(())
}

fn event(record: &Record, names: &Names<'_>, k: usize, event: &Event, page: &mut String) -> fmt::Result {
    writeln!(page, "\n### {}. {}, {}\n", k + 1, Safe(&card::title(event)), event.status)?;
    for (label, words) in card::lines(names, event) {
        writeln!(page, "* {label}: {}", Safe(&words))?;
    }
    if let Some(mention) = event.mentions.first() {
        let span = mention.clause.join(mention.trigger);
        let part = |from, to| Safe(dateline_core::Span::new(from, to).of(&record.text));
        let trigger = mention.trigger;
        let (before, after) = (part(span.start, trigger.start), part(trigger.end, span.end));
        writeln!(page, "\n> {before}**{}**{after}", part(trigger.start, trigger.end))?;
    }
    Ok(())
}

/// Text that is nothing but text in Markdown, on one line.
struct Safe<'a>(&'a str);

impl Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '<' => f.write_str("&lt;")?,
                '&' => f.write_str("&amp;")?,
                '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '>' | '$' => {
                    f.write_char('\\')?;
                    f.write_char(c)?;
                }
                '\n' | '\t' | '\u{2028}' | '\u{2029}' => f.write_char(' ')?,
                '\r' => {}
                c if c.is_control() => f.write_char(char::REPLACEMENT_CHARACTER)?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Safe;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            Safe("*a*\n# <b> |x| [y](z) \u{0}").to_string(),
            "\\*a\\* \\# &lt;b\\> \\|x\\| \\[y\\](z) \u{fffd}"
        );
    }
}
