//! Checked reports as annotations: a file a report, beside the texts.

use super::{Correction, Verdict};
use crate::error::Refusal;
use crate::store::Store;
use dateline_core::record::{Event, EventMention, Magnitude, Record};
use dateline_gold::{Annotation, file_name, from_record};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The annotations of all reports that somebody has checked something of, as an archive: `gold/`, `texts.jsonl`.
pub(crate) fn archive(store: &Store, corrections: Vec<Correction>) -> Result<Vec<u8>, Refusal> {
    let mut of_doc: BTreeMap<String, FxHashMap<String, Correction>> = BTreeMap::new();
    for correction in corrections {
        let opinion = &correction.opinion;
        if opinion.verdict != Verdict::Open {
            of_doc.entry(opinion.doc.clone()).or_default().insert(opinion.event.clone(), correction);
        }
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: the same corrections give the same archive.
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    let mut texts = Vec::new();
    for (doc, checked) in of_doc {
        let Some(number) = store.report(&doc) else { continue };
        let record = store.record(number)?.in_bytes();
        let annotation = annotation(&record, &checked);
        zip.start_file(format!("gold/{}", file_name(&doc)), options).map_err(Refusal::internal)?;
        let mut json = serde_json::to_vec_pretty(&annotation)?;
        json.push(b'\n');
        zip.write_all(&json).map_err(Refusal::internal)?;
        serde_json::to_writer(&mut texts, &from_record::text(&record))?;
        texts.push(b'\n');
    }
    zip.start_file("texts.jsonl", options).map_err(Refusal::internal)?;
    zip.write_all(&texts).map_err(Refusal::internal)?;
    Ok(zip.finish().map_err(Refusal::internal)?.into_inner())
}

/// The annotation of a report, whose spans count bytes. What nobody has judged is there, but not `sure`.
pub(crate) fn annotation(record: &Record, checked: &FxHashMap<String, Correction>) -> Annotation {
    let mut events = Vec::new();
    for read in &record.events {
        let Some(mut event) = from_record::event(record, read) else { continue };
        match checked.get(&read.id).map(|c| &c.opinion) {
            None => event.sure = false,
            Some(opinion) => match opinion.verdict {
                Verdict::Rejected => continue,
                Verdict::Open => event.sure = false,
                _ => {
                    if let Some(values) = &opinion.values {
                        values.put(&mut event);
                    }
                }
            },
        }
        events.push(event);
    }
    let mut added: Vec<&Correction> =
        checked.values().filter(|c| c.opinion.verdict == Verdict::Added).collect();
    added.sort_by_key(|c| c.revision);
    for correction in added {
        let (Some(values), Some(mention)) = (&correction.opinion.values, correction.opinion.mention) else {
            continue;
        };
        let offsets = dateline_core::offsets::byte_offsets(&record.text);
        let at = |point: u32| offsets.get(point as usize).or(offsets.last()).copied().unwrap_or(0);
        let bytes = |s: dateline_core::Span| dateline_core::Span::new(at(s.start), at(s.end));
        let told = EventMention {
            sentence: 0,
            clause: bytes(mention.clause),
            trigger: bytes(mention.trigger),
            rule: String::new(),
        };
        let read = Event {
            id: correction.opinion.event.clone(),
            event_type: values.event_type,
            mode: None,
            contexts: Vec::new(),
            status: values.status,
            actors: Vec::new(),
            recipients: Vec::new(),
            place: None,
            when: None,
            sources: Vec::new(),
            magnitude: Magnitude::default(),
            about: None,
            background: false,
            plover: None,
            cameo: None,
            quad: values.event_type.quad(),
            score: values.event_type.score(),
            confidence: 1.0,
            mentions: vec![told],
        };
        if let Some(mut event) = from_record::event(record, &read) {
            values.put(&mut event);
            events.push(event);
        }
    }
    Annotation { id: record.id.clone(), events, statements: from_record::statements(record) }
}
