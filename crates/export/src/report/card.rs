//! What is told of one event: label and words, the same on pages and in Markdown.

use crate::names::Names;
use crate::words::{days, kind, numbers, place_name, source};
use dateline_core::record::{Entity, Event, Record};

/// The lines of an event: what it is, who, where, when, on whose word, and why it is there.
pub(super) fn lines(names: &Names<'_>, event: &Event) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let mut line = |label, words: String| {
        if !words.is_empty() {
            lines.push((label, words));
        }
    };
    line("who", parties(&names.all(&event.actors)));
    line("whom", parties(&names.all(&event.recipients)));
    if let Some(about) = &event.about {
        let (actors, recipients) = (names.all(&about.actors), names.all(&about.recipients));
        let mut words = kind(about.event_type, about.mode);
        for (by, list) in [(" by ", actors), (" to ", recipients)] {
            if !list.is_empty() {
                words.push_str(by);
                words.push_str(&parties(&list));
            }
        }
        line("about", words);
    }
    line("where", names.place(event.place.as_deref()).map(place_name).unwrap_or_default());
    line("when", event.when.as_ref().map(days).unwrap_or_default());
    line("numbers", numbers(event).unwrap_or_default());
    let sources: Vec<String> = event.sources.iter().map(source).collect();
    line("on the word of", sources.join(", by "));
    line(
        "context",
        event.contexts.iter().map(|c| c.as_str().replace('_', " ")).collect::<Vec<_>>().join(", "),
    );
    let codes = [
        event.plover.map(|t| format!("PLOVER {t}")),
        event.cameo.as_ref().map(|c| format!("CAMEO {c}")),
        Some(format!("quad {}", event.quad)),
        Some(format!("score {}", event.score)),
    ];
    line("codes", codes.into_iter().flatten().collect::<Vec<_>>().join(", "));
    let rule = event.mentions.first().map(|m| format!("frame {}, ", m.rule)).unwrap_or_default();
    let told = if event.mentions.len() > 1 {
        format!(", told {} times", event.mentions.len())
    } else {
        String::new()
    };
    let background = if event.background { ", as background" } else { "" };
    line("why", format!("{rule}confidence {:.2}{told}{background}", event.confidence));
    lines
}

/// `Hillary Clinton [USAGOV], Benjamin Netanyahu [ISRGOV]`
fn parties(parties: &[&Entity]) -> String {
    let party =
        |e: &&Entity| if e.code.is_empty() { e.name.clone() } else { format!("{} [{}]", e.name, e.code) };
    parties.iter().map(party).collect::<Vec<_>>().join(", ")
}

/// `REQUEST/yield`
pub(super) fn title(event: &Event) -> String {
    kind(event.event_type, event.mode)
}

/// The headline, or what stands for it.
pub(super) fn headline(record: &Record) -> &str {
    record.title.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&record.id)
}
