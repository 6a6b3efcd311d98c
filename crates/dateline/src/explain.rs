//! Why every event of a report was found, and what was passed over, as text for people.

use crate::{Reader, Record};
use dateline_core::cast::Cast;
use dateline_core::syntax::{Deprel, Upos};
use dateline_core::{Document, Syntax};
use dateline_events::fill::{self, Predicate};
use dateline_events::frame::{Pos, Relation};
use dateline_events::{Coder, Occurrence};
use std::fmt::Write as _;

/// What was read of one report, kept beside its record.
struct Kept {
    doc: Document,
    cast: Cast,
    occurrences: Vec<Occurrence>,
    record: Record,
}

/// Reads a document, and tells sentence by sentence which frames matched, what stands in their slots, and what became of it.
pub fn explain(reader: &mut Reader, document: Document) -> String {
    let reading = reader.reading(document);
    let (doc, cast, occurrences) = (reading.doc.clone(), reading.cast.clone(), reading.occurrences.clone());
    let kept = Kept { doc, cast, occurrences, record: reader.record(reading) };
    let coder = reader.model().coder();
    let mut out = format!("== {}\n", kept.doc.meta.id);
    for (n, sentence) in kept.doc.syntax.sentences.iter().enumerate() {
        let words = sentence.span.of(&kept.doc.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "\n[{n}] {words}");
        for o in kept.occurrences.iter().filter(|o| o.sentence as usize == n) {
            occurrence(&kept, coder, o, &mut out);
        }
        passed_over(&kept, coder, n, &mut out);
    }
    out
}

/// Frame, parties, status and fate of one telling.
fn occurrence(kept: &Kept, coder: &Coder, o: &Occurrence, out: &mut String) {
    let Kept { doc, .. } = kept;
    let frame = coder.frames.frame(o.frame);
    let kind = o.mode.map_or(o.event_type.to_string(), |m| format!("{}/{}", o.event_type, m.as_str()));
    let _ = writeln!(out, "  «{}»  {kind} {}", o.trigger_span.of(&doc.text), o.status);
    let _ = writeln!(out, "    frame      {}, as in: {}", frame.name, frame.example);
    let predicate = Predicate { head: o.trigger, others: o.others.clone(), nominal: frame.pos == Pos::Noun };
    slots(kept, coder, "actor", &frame.actors, &predicate, &o.actors, out);
    slots(kept, coder, "recipient", &frame.recipients, &predicate, &o.recipients, out);
    let _ = writeln!(out, "    status     {}: {}", o.status, surroundings(doc, o.trigger));
    if let Some(when) = &o.when {
        let _ = writeln!(out, "    when       {} to {}: {:?}", when.start, when.end, when.text);
    }
    if !o.sources.is_empty() {
        let words: Vec<String> = o
            .sources
            .iter()
            .map(|s| {
                let cue = s.cue.map_or("", |cue| cue.of(&doc.text));
                format!("{} ({}, {:?})", s.name.as_deref().unwrap_or("?"), s.kind, cue)
            })
            .collect();
        let _ = writeln!(out, "    word of    {}", words.join("; "));
    }
    let _ = writeln!(out, "    becomes    {}", fate(kept, o));
}

/// Each relation of a slot with the words that stand there, then who was taken.
fn slots(
    kept: &Kept,
    coder: &Coder,
    name: &str,
    relations: &[Relation],
    predicate: &Predicate,
    members: &[u32],
    out: &mut String,
) {
    let Kept { doc, cast, .. } = kept;
    let looked: Vec<String> = relations
        .iter()
        .map(|relation| {
            let mut tokens = Vec::new();
            fill::fill(&doc.syntax, &coder.support, predicate, relation, &mut tokens);
            let words: Vec<&str> = tokens.iter().map(|&t| doc.form(t)).collect();
            format!(
                "{}: {}",
                relation_name(relation),
                if words.is_empty() { "-".into() } else { words.join(", ") }
            )
        })
        .collect();
    let taken: Vec<String> = members
        .iter()
        .map(|&m| {
            let m = cast.member(m);
            format!("{} [{}{}]", m.name, m.country.map_or(String::new(), |c| c.to_string()), m.sector)
        })
        .collect();
    let taken = if taken.is_empty() { "nobody".to_owned() } else { taken.join(", ") };
    let looked = if looked.is_empty() { "no slot".to_owned() } else { looked.join("; ") };
    let _ = writeln!(out, "    {name:<10} {looked} => {taken}");
}

/// The relation as the frame tables spell it.
fn relation_name(relation: &Relation) -> &str {
    match relation {
        Relation::Subject => "subj",
        Relation::Object => "obj",
        Relation::Indirect => "iobj",
        Relation::Possessor => "poss",
        Relation::Modifier => "adj",
        Relation::Support => "lv",
        Relation::Preposition(word) => word,
    }
}

/// The words from which a status is read: what depends on the trigger without content of its own, and what it stands
/// under, up to the root.
fn surroundings(doc: &Document, trigger: u32) -> String {
    let syntax = &doc.syntax;
    let mut words: Vec<String> = syntax
        .children(trigger)
        .iter()
        .filter(|&&c| is_function_word(syntax, c))
        .map(|&c| format!("{} ({})", doc.form(c), syntax.token(c).deprel))
        .collect();
    let mut node = trigger;
    for head in syntax.ancestors(trigger) {
        words.push(format!("{} of {}", syntax.token(node).deprel, doc.form(head)));
        node = head;
    }
    words.push("root".to_owned());
    words.join(", ")
}

fn is_function_word(syntax: &Syntax, i: u32) -> bool {
    matches!(
        syntax.token(i).deprel,
        Deprel::Aux | Deprel::AuxPass | Deprel::Mark | Deprel::Advmod | Deprel::Amod | Deprel::Det
    )
}

/// The event of the record that holds the telling, or why there is none.
fn fate(kept: &Kept, o: &Occurrence) -> String {
    if let Some(owner) = o.content_of {
        return format!("the content of «{}»", kept.doc.form(owner));
    }
    let holds = |e: &&dateline_core::record::Event| {
        e.event_type == o.event_type && e.mentions.iter().any(|m| m.trigger == o.trigger_span)
    };
    match kept.record.events.iter().find(holds) {
        Some(e) if e.mentions.len() > 1 => {
            format!("event {} (told {} times), confidence {:.2}", e.id, e.mentions.len(), e.confidence)
        }
        Some(e) => format!("event {}, confidence {:.2}", e.id, e.confidence),
        None => "nothing: the scorer leaves it out".to_owned(),
    }
}

/// Words of a sentence that begin a frame but became no event, and verbs that no frame knows.
fn passed_over(kept: &Kept, coder: &Coder, sentence: usize, out: &mut String) {
    let doc = &kept.doc;
    let syntax = &doc.syntax;
    let used = |i: u32| kept.occurrences.iter().any(|o| o.trigger == i || o.others.contains(&i));
    let open = |i: u32| {
        matches!(syntax.token(i).upos, Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv)
    };
    let (mut tried, mut unknown) = (Vec::new(), Vec::new());
    for i in syntax.sentences[sentence].range().filter(|&i| open(i) && !used(i)) {
        let frames = coder.frames.starting_with(syntax.lemma(i));
        if frames.is_empty() {
            if syntax.token(i).upos == Upos::Verb {
                unknown.push(syntax.lemma(i));
            }
        } else {
            let names: Vec<&str> = frames.iter().map(|&f| &*coder.frames.frame(f).name).collect();
            tried.push(format!("{} ({})", doc.form(i), names.join(" ")));
        }
    }
    if !tried.is_empty() {
        let _ = writeln!(out, "  no frame fits: {}", tried.join(", "));
    }
    if !unknown.is_empty() {
        let _ = writeln!(out, "  verbs without frame: {}", unknown.join(", "));
    }
}
