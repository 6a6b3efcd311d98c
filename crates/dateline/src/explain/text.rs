//! The reasons as text for people.

use super::{Explained, Fate, Sentence, Slot, Telling};
use crate::Reader;
use dateline_core::Document;
use std::fmt::Write as _;

/// Reads a document, and tells sentence by sentence which frames matched, what stands in their slots, and what became of it.
pub fn text(reader: &mut Reader, document: Document) -> String {
    let reading = reader.reading(document);
    let Explained { doc, sentences, .. } = reader.explain(reading);
    let mut out = format!("== {}\n", doc.meta.id);
    for (n, (sentence, why)) in doc.syntax.sentences.iter().zip(&sentences).enumerate() {
        let words = sentence.span.of(&doc.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "\n[{n}] {words}");
        for t in &why.tellings {
            telling(&doc, t, &mut out);
        }
        passed_over(why, &mut out);
    }
    out
}

/// Frame, parties, status and fate of one telling.
fn telling(doc: &Document, t: &Telling, out: &mut String) {
    let kind = t.mode.map_or(t.event_type.to_string(), |m| format!("{}/{}", t.event_type, m.as_str()));
    let _ = writeln!(out, "  «{}»  {kind} {}", t.trigger.of(&doc.text), t.status);
    let _ = writeln!(out, "    frame      {}, as in: {}", t.frame, t.example);
    if let Some(unmet) = t.unmet {
        let _ =
            writeln!(out, "    fits       but for a condition on its {unmet}; the scorer finds it likely");
    }
    slot("actor", &t.actors, out);
    slot("recipient", &t.recipients, out);
    let _ = writeln!(out, "    status     {}: {}", t.status, t.cues.join(", "));
    if let Some(when) = &t.when {
        let _ = writeln!(out, "    when       {} to {}: {:?}", when.start, when.end, when.text);
    }
    if !t.sources.is_empty() {
        let words: Vec<String> = t
            .sources
            .iter()
            .map(|s| {
                let cue = s.cue.map_or("", |cue| cue.of(&doc.text));
                format!("{} ({}, {:?})", s.name.as_deref().unwrap_or("?"), s.kind, cue)
            })
            .collect();
        let _ = writeln!(out, "    word of    {}", words.join("; "));
    }
    let _ = writeln!(out, "    becomes    {}", fate(&t.fate));
}

/// Each relation of a slot with the words that stand there, then who was taken.
fn slot(name: &str, slot: &Slot, out: &mut String) {
    let words = |words: &[String]| if words.is_empty() { "-".to_owned() } else { words.join(", ") };
    let looked: Vec<String> =
        slot.looked.iter().map(|(relation, found)| format!("{relation}: {}", words(found))).collect();
    let taken = if slot.taken.is_empty() { "nobody".to_owned() } else { slot.taken.join(", ") };
    let looked = if looked.is_empty() { "no slot".to_owned() } else { looked.join("; ") };
    let _ = writeln!(out, "    {name:<10} {looked} => {taken}");
}

/// The event of the record that holds the telling, or why there is none.
fn fate(fate: &Fate) -> String {
    match fate {
        Fate::ContentOf(word) => format!("the content of «{word}»"),
        Fate::Event { id, times, confidence } if *times > 1 => {
            format!("event {id} (told {times} times), confidence {confidence:.2}")
        }
        Fate::Event { id, confidence, .. } => format!("event {id}, confidence {confidence:.2}"),
        Fate::LeftOut => "nothing: the scorer leaves it out".to_owned(),
    }
}

/// Words of a sentence that begin a frame but became no event, and verbs that no frame knows.
fn passed_over(sentence: &Sentence, out: &mut String) {
    if !sentence.unfit.is_empty() {
        let tried: Vec<String> =
            sentence.unfit.iter().map(|(word, frames)| format!("{word} ({})", frames.join(" "))).collect();
        let _ = writeln!(out, "  no frame fits: {}", tried.join(", "));
    }
    if !sentence.unknown.is_empty() {
        let _ = writeln!(out, "  verbs without frame: {}", sentence.unknown.join(", "));
    }
}
