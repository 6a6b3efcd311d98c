//! One event as a block of lines.

use super::Look;
use super::wrap::{Paragraph, Style};
use crate::names::Names;
use crate::words::{days, kind, numbers, place_name, source};
use dateline_core::record::{Entity, Event, EventMention, Record};
use dateline_core::{Span, Status};
use std::io::{self, Write};

/// Longest sentence, in bytes, that is shown whole; of a longer one only the clause.
const LONGEST: u32 = 700;

/// Columns before what a line of the block says.
const INDENT: usize = 11;

pub(crate) fn write(
    record: &Record,
    names: &Names<'_>,
    event: &Event,
    look: &Look,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut head = Paragraph::default();
    let act = kind(event.event_type, event.mode);
    head.push(style(event.status), event.status.as_str()).push(Style::Plain, " ").push(Style::Bold, &act);
    if let Some(about) = &event.about {
        let kind = kind(about.event_type, about.mode);
        head.push(Style::Plain, &format!(" about {kind}"));
    }
    if event.background {
        head.push(Style::Dim, " (background)");
    }
    head.push(Style::Dim, &format!(" {:.2}", event.confidence));
    head.write(out, look.width, "", 2, look.color)?;

    let mut field = |name: &str, value: &Paragraph| {
        value.write(out, look.width, &format!("  {name:<width$}", width = INDENT - 2), INDENT, look.color)
    };
    let mut parties = Paragraph::default();
    list(&mut parties, &names.all(&event.actors));
    if !event.recipients.is_empty() {
        parties.push(Style::Plain, " → ");
        list(&mut parties, &names.all(&event.recipients));
    }
    field("who", &parties)?;
    if let Some(place) = names.place(event.place.as_deref()) {
        field("where", Paragraph::default().push(Style::Plain, &place_name(place)))?;
    }
    if let Some(when) = &event.when {
        field("when", Paragraph::default().push(Style::Plain, &days(when)))?;
    }
    if let Some(numbers) = numbers(event) {
        field("numbers", Paragraph::default().push(Style::Plain, &numbers))?;
    }
    if !event.sources.is_empty() {
        let words: Vec<String> = event.sources.iter().map(source).collect();
        field("word of", Paragraph::default().push(Style::Plain, &words.join(", by ")))?;
    }
    if let Some(mention) = event.mentions.first() {
        let mut text = Paragraph::default();
        evidence(record, mention, look.color, &mut text);
        if event.mentions.len() > 1 {
            text.push(Style::Dim, &format!(" (told {} times)", event.mentions.len()));
        }
        field("text", &text)?;
    }
    Ok(())
}

const fn style(status: Status) -> Style {
    match status {
        Status::Happened => Style::Green,
        Status::Ongoing => Style::Cyan,
        Status::Planned => Style::Yellow,
        Status::Hypothetical => Style::Dim,
        Status::Denied => Style::Red,
    }
}

/// `Hillary Clinton [USAGOV], Benjamin Netanyahu [ISRGOV]`; nobody is `?`.
fn list(line: &mut Paragraph, parties: &[&Entity]) {
    if parties.is_empty() {
        line.push(Style::Dim, "?");
    }
    for (k, party) in parties.iter().enumerate() {
        if k > 0 {
            line.push(Style::Plain, ", ");
        }
        line.push(Style::Plain, &party.name).push(Style::Dim, &format!(" [{}]", party.code));
    }
}

/// The sentence with the trigger marked, or the clause where the sentence is too long.
fn evidence(record: &Record, mention: &EventMention, color: bool, line: &mut Paragraph) {
    let sentence = record.sentences.get(mention.sentence as usize).copied();
    let whole = sentence.filter(|s| s.len() <= LONGEST && s.covers(mention.trigger));
    let span = whole.unwrap_or_else(|| mention.clause.join(mention.trigger));
    let text = |from: u32, to: u32| Span::new(from, to).of(&record.text);
    let trigger = mention.trigger;
    line.push(Style::Plain, if whole.is_some() { "" } else { "… " });
    line.push(Style::Plain, text(span.start, trigger.start));
    let (open, close) = if color { ("", "") } else { ("«", "»") };
    line.push(Style::Plain, open).push(Style::Trigger, trigger.of(&record.text)).push(Style::Plain, close);
    line.push(Style::Plain, text(trigger.end, span.end));
    line.push(Style::Plain, if whole.is_some() { "" } else { " …" });
}
