//! One report as a part of a page, for notebooks: the text with what was found in it, and the events as a table.

use super::card;
use super::html::{Safe, tip};
use super::layers::{Layer, Segment, segments};
use crate::names::Names;
use crate::words::kind;
use dateline_core::record::Record;
use std::fmt::{self, Write};

const STYLE: &str = include_str!("fragment.css");

/// A part of a page: no script, no address, no identifier that could meet another one; light or dark as the notebook is.
/// The record's offsets count bytes.
pub fn fragment(record: &Record) -> String {
    let mut page = String::with_capacity(record.text.len() * 3 + STYLE.len());
    // Writing to a string does not fail.
    let _ = write(record, &mut page);
    page
}

fn write(record: &Record, page: &mut String) -> fmt::Result {
    let names = Names::new(record);
    write!(page, "<div class=\"dateline\"><style>{STYLE}</style>")?;
    write!(page, "<b><bdi>{}</bdi></b>", Safe(card::headline(record)))?;
    let published = record.published.map(|d| d.to_string());
    let about = [record.publisher.as_deref(), published.as_deref(), Some(record.id.as_str())];
    let about: Vec<String> = about.into_iter().flatten().map(|w| format!("<bdi>{}</bdi>", Safe(w))).collect();
    write!(page, "<div class=\"dl-about\">{}</div><div class=\"dl-text\" dir=\"auto\">", about.join(" · "))?;
    for Segment { span, layers } in segments(record) {
        let words = Safe(span.of(&record.text));
        let mut classes: Vec<&str> = layers.iter().filter_map(class).collect();
        classes.dedup();
        if classes.is_empty() {
            write!(page, "{words}")?;
            continue;
        }
        let tips: Vec<String> = layers
            .iter()
            .filter_map(|layer| match *layer {
                Layer::Trigger(k) => {
                    Some(format!("{} {}", record.events[k].status, card::title(&record.events[k])))
                }
                _ => tip(record, layer),
            })
            .collect();
        write!(
            page,
            "<span class=\"{}\" title=\"{}\">{words}</span>",
            classes.join(" "),
            Safe(&tips.join("\n"))
        )?;
    }
    page.push_str("</div>");
    events(record, &names, page)?;
    page.push_str("</div>");
    Ok(())
}

const fn class(layer: &Layer) -> Option<&'static str> {
    Some(match layer {
        Layer::Removed => "dl-r",
        Layer::Said(_) => "dl-q",
        Layer::Clause(_) => return None,
        Layer::Cue => "dl-u",
        Layer::Entity(_) => "dl-e",
        Layer::Place(_) => "dl-p",
        Layer::Trigger(_) => "dl-t",
    })
}

fn events(record: &Record, names: &Names<'_>, page: &mut String) -> fmt::Result {
    if record.events.is_empty() {
        page.push_str("<p>No events.</p>");
        return Ok(());
    }
    page.push_str("<table class=\"dl-events\"><thead><tr>");
    for column in ["event", "status", "who", "to whom", "where", "when", "sure", "words"] {
        write!(page, "<th scope=\"col\">{column}</th>")?;
    }
    page.push_str("</tr></thead><tbody>");
    for event in &record.events {
        let all = |ids: &[String]| names.each(ids, |e| &e.name).join("; ");
        let place = names.place(event.place.as_deref()).map(|p| p.name.clone()).unwrap_or_default();
        let when = event.when.as_ref().map(crate::words::days).unwrap_or_default();
        let clause = event.mentions.first().map_or("", |m| m.clause.of(&record.text));
        let cells = [
            kind(event.event_type, event.mode),
            event.status.to_string(),
            all(&event.actors),
            all(&event.recipients),
            place,
            when,
            format!("{:.2}", event.confidence),
            clause.split_whitespace().collect::<Vec<_>>().join(" "),
        ];
        page.push_str("<tr>");
        cells.iter().try_for_each(|cell| write!(page, "<td><bdi>{}</bdi></td>", Safe(cell)))?;
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table>");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fragment;
    use dateline_core::record::Record;

    #[test]
    fn what_a_report_holds_is_never_markup() {
        let json = serde_json::json!({"schema_version": "1", "id": "<i>", "title": "<script>x</script>", "language": "en",
            "text": "A <b>bold</b> \"move\" & more", "sentences": [], "removed": [], "entities": [], "places": [],
            "events": [], "statements": [], "warnings": []});
        let record: Record = serde_json::from_value(json).unwrap();
        let page = fragment(&record);
        let inner = &page[page.find("</style>").unwrap()..];
        assert!(
            !inner.contains("<script") && !inner.contains("<b>bold") && !inner.contains("<i>"),
            "{inner}"
        );
        assert!(inner.contains("A &lt;b&gt;bold&lt;/b&gt; &quot;move&quot; &amp; more"), "{inner}");
    }
}
