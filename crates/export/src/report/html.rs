//! One report as a page that needs nothing but itself: no script, no font, no picture, no request.

use super::card;
use super::layers::{Layer, Segment, segments};
use crate::names::Names;
use dateline_core::record::{Event, Record};
use std::fmt::{self, Display, Write};

const STYLE: &str = include_str!("style.css");

/// The page of a record, whose offsets count bytes.
pub fn html(record: &Record) -> String {
    let mut page = String::with_capacity(record.text.len() * 4 + STYLE.len());
    // Writing to a string does not fail.
    let _ = write(record, &mut page);
    page
}

fn write(record: &Record, page: &mut String) -> fmt::Result {
    let names = Names::new(record);
    let title = card::headline(record);
    head(title, page)?;
    writeln!(page, "<header><h1><bdi>{}</bdi></h1>", Safe(title))?;
    let published = record.published.map(|d| d.to_string());
    let about = [record.publisher.as_deref(), published.as_deref(), Some(record.id.as_str())];
    let about: Vec<String> = about.into_iter().flatten().map(|w| format!("<bdi>{}</bdi>", Safe(w))).collect();
    write!(page, "<p class=\"about\">{}", about.join(" · "))?;
    if let Some(url) = record.url.as_deref() {
        if url.starts_with("https://") || url.starts_with("http://") {
            write!(page, " · <a href=\"{0}\" rel=\"noreferrer noopener\"><bdi>{0}</bdi></a>", Safe(url))?;
        } else {
            write!(page, " · <bdi>{}</bdi>", Safe(url))?;
        }
    }
    page.push_str("</p></header>\n<form class=\"layers\"><span>Show</span>\n");
    for (id, label) in [("t", "acts"), ("e", "who"), ("p", "where"), ("q", "said"), ("c", "clauses")] {
        let on = if id == "c" { "" } else { " checked" };
        writeln!(
            page,
            "<label class=\"k-{id}\"><input type=\"checkbox\" id=\"show-{id}\"{on}>{label}</label>"
        )?;
    }
    page.push_str("</form>\n<main>\n<section class=\"text\" dir=\"auto\">");
    text(record, &names, page)?;
    page.push_str("</section>\n<aside>\n");
    events(record, &names, page)?;
    statements(record, page)?;
    entities(record, page)?;
    places(record, page)?;
    for warning in &record.warnings {
        writeln!(page, "<p class=\"warning\"><bdi>{}</bdi></p>", Safe(warning))?;
    }
    page.push_str("</aside>\n</main>\n<footer>Read by Dateline. Events are as the report tells them.</footer>\n</body></html>\n");
    Ok(())
}

/// The head of a page, up to its body.
pub(super) fn head(title: &str, page: &mut String) -> fmt::Result {
    writeln!(
        page,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style></head>\n<body>",
        Safe(title)
    )
}

fn text(record: &Record, names: &Names<'_>, page: &mut String) -> fmt::Result {
    let mut shown = vec![false; record.events.len()];
    for Segment { span, layers } in segments(record) {
        let words = Safe(span.of(&record.text));
        if layers.is_empty() {
            write!(page, "{words}")?;
            continue;
        }
        let mut classes: Vec<&str> = layers.iter().map(class).collect();
        classes.dedup();
        let tips: Vec<String> = layers.iter().filter_map(|layer| tip(record, layer)).collect();
        let triggered: Vec<usize> =
            layers.iter().filter_map(|l| if let Layer::Trigger(k) = l { Some(*k) } else { None }).collect();
        write!(page, "<span class=\"{}\"", classes.join(" "))?;
        if !tips.is_empty() {
            write!(page, " title=\"{}\"", Safe(&tips.join("\n")))?;
        }
        if triggered.is_empty() {
            write!(page, ">{words}</span>")?;
            continue;
        }
        page.push_str(" tabindex=\"0\">");
        for &k in &triggered {
            if !std::mem::replace(&mut shown[k], true) {
                write!(page, "<span id=\"told-{}\"></span>", k + 1)?;
            }
        }
        write!(page, "{words}<span class=\"pop\">")?;
        for k in triggered {
            page.push_str("<span class=\"card\">");
            body(names, &record.events[k], k, page)?;
            page.push_str("</span>");
        }
        page.push_str("</span></span>");
    }
    Ok(())
}

const fn class(layer: &Layer) -> &'static str {
    match layer {
        Layer::Removed => "r",
        Layer::Said(_) => "q",
        Layer::Clause(_) => "c",
        Layer::Cue => "u",
        Layer::Entity(_) => "e",
        Layer::Place(_) => "p",
        Layer::Trigger(_) => "t",
    }
}

pub(super) fn tip(record: &Record, layer: &Layer) -> Option<String> {
    match *layer {
        Layer::Entity(k) => {
            let e = &record.entities[k];
            let title = e.title.as_deref().map(|t| format!(", {t}")).unwrap_or_default();
            Some(format!("{}{title} [{}]", e.name, e.code))
        }
        Layer::Place(k) => Some(crate::words::place_name(&record.places[k])),
        Layer::Said(k) => record.statements[k].name.as_deref().map(|name| format!("said by {name}")),
        Layer::Removed => Some("not read".to_owned()),
        _ => None,
    }
}

/// The head line and the lines of an event, as spans, which may stand within a sentence.
fn body(names: &Names<'_>, event: &Event, k: usize, page: &mut String) -> fmt::Result {
    let status = event.status.as_str();
    write!(
        page,
        "<span class=\"what s-{status}\"><b>{}</b> <i>{status}</i> <a href=\"#event-{n}\">{n}</a></span>",
        Safe(&card::title(event)),
        n = k + 1
    )?;
    for (label, words) in card::lines(names, event) {
        write!(page, "<span class=\"line\"><em>{label}</em><bdi>{}</bdi></span>", Safe(&words))?;
    }
    Ok(())
}

fn events(record: &Record, names: &Names<'_>, page: &mut String) -> fmt::Result {
    if record.events.is_empty() {
        return writeln!(page, "<h2>Events</h2><p>None.</p>");
    }
    page.push_str("<h2>Events</h2>\n<ol class=\"events\">\n");
    for (k, event) in record.events.iter().enumerate() {
        let old = if event.background { " old" } else { "" };
        write!(page, "<li id=\"event-{}\" class=\"card{old}\">", k + 1)?;
        body(names, event, k, page)?;
        if let Some(mention) = event.mentions.first() {
            let span = mention.clause.join(mention.trigger);
            let part = |from, to| Safe(dateline_core::Span::new(from, to).of(&record.text));
            write!(
                page,
                "<blockquote dir=\"auto\">{}<mark>{}</mark>{}</blockquote>",
                part(span.start, mention.trigger.start),
                part(mention.trigger.start, mention.trigger.end),
                part(mention.trigger.end, span.end)
            )?;
            write!(page, "<a class=\"back\" href=\"#told-{}\">in the text</a>", k + 1)?;
        }
        page.push_str("</li>\n");
    }
    page.push_str("</ol>\n");
    Ok(())
}

fn statements(record: &Record, page: &mut String) -> fmt::Result {
    if record.statements.is_empty() {
        return Ok(());
    }
    page.push_str("<h2>Who said what</h2>\n<ul class=\"said\">\n");
    for statement in &record.statements {
        let name = statement.name.as_deref().unwrap_or("?");
        let (open, close) = if statement.quoted { ("“", "”") } else { ("", "") };
        let words = Safe(statement.span.of(&record.text));
        writeln!(page, "<li><b><bdi>{}</bdi></b>: <bdi>{open}{words}{close}</bdi></li>", Safe(name))?;
    }
    page.push_str("</ul>\n");
    Ok(())
}

fn entities(record: &Record, page: &mut String) -> fmt::Result {
    let rows = record.entities.iter().map(|e| {
        [e.name.clone(), e.title.clone().unwrap_or_default(), e.code.clone(), e.mentions.len().to_string()]
    });
    table("Who", ["name", "office or role", "code", "named"], rows, page)
}

fn places(record: &Record, page: &mut String) -> fmt::Result {
    let degrees = |v: Option<f64>| v.map(|v| format!("{v:.3}")).unwrap_or_default();
    let rows = record.places.iter().map(|p| {
        let at = [degrees(p.lat), degrees(p.lon)].join(" ");
        let country = p.country.map(|c| c.to_string()).unwrap_or_default();
        [
            p.name.clone(),
            [p.admin1.clone().unwrap_or_default(), country].join(" "),
            at,
            p.mentions.len().to_string(),
        ]
    });
    table("Where", ["name", "in", "at", "named"], rows, page)
}

fn table(
    title: &str,
    columns: [&str; 4],
    rows: impl ExactSizeIterator<Item = [String; 4]>,
    page: &mut String,
) -> fmt::Result {
    if rows.len() == 0 {
        return Ok(());
    }
    write!(page, "<h2>{title}</h2>\n<table><thead><tr>")?;
    columns.iter().try_for_each(|c| write!(page, "<th scope=\"col\">{c}</th>"))?;
    page.push_str("</tr></thead><tbody>\n");
    for row in rows {
        page.push_str("<tr>");
        row.iter().try_for_each(|cell| write!(page, "<td><bdi>{}</bdi></td>", Safe(cell)))?;
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody></table>\n");
    Ok(())
}

/// Text that is nothing but text on a page; control characters, which no page may hold, become U+FFFD.
pub(super) struct Safe<'a>(pub(super) &'a str);

impl Display for Safe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(|c: char| matches!(c, '&' | '<' | '>' | '"' | '\'') || c.is_control())
        {
            f.write_str(&rest[..at])?;
            let mut chars = rest[at..].chars();
            match chars.next() {
                Some('&') => f.write_str("&amp;")?,
                Some('<') => f.write_str("&lt;")?,
                Some('>') => f.write_str("&gt;")?,
                Some('"') => f.write_str("&quot;")?,
                Some('\'') => f.write_str("&#39;")?,
                Some(c @ ('\n' | '\t')) => f.write_char(c)?,
                Some('\r') => {}
                _ => f.write_char(char::REPLACEMENT_CHARACTER)?,
            }
            rest = chars.as_str();
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::Safe;

    #[test]
    fn nothing_in_a_text_is_markup() {
        let safe = Safe("a<b \"c\" 'd' & \u{0}\r\n").to_string();
        assert_eq!(safe, "a&lt;b &quot;c&quot; &#39;d&#39; &amp; \u{fffd}\n");
    }
}
