//! `plv`: the type of act between two marked parties of a sentence.

use super::Failure;
use dateline::Model;
use dateline::core::{Document, EventType, Meta, Span};
use dateline_events::proposer;
use dateline_syntax::Worker;
use rayon::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

/// Type and probability of every row.
pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let lines = each(text, |model, pair| {
        let coder = model.coder();
        let told = coder.proposer.distribution(&pair.doc, &coder.frames, &pair.source, &pair.target);
        let (event_type, probability) = told.best();
        // The set has one class for giving in by word and by deed.
        let root = if event_type == EventType::Concede { "YIELD" } else { event_type.as_str() };
        format!("{}\t{root}\t{probability:.3}", pair.uid)
    })?;
    Ok(format!("uid\troot\tprobability\n{}\n", lines.join("\n")))
}

/// The features of every row, for training.
pub(crate) fn training(text: &str) -> Result<String, Failure> {
    let lines = each(text, |model, pair| {
        let mut features = BTreeSet::new();
        proposer::features(&pair.doc, &model.coder().frames, &pair.source, &pair.target, &mut |f| {
            features.insert(f.to_owned());
        });
        json!({ "uid": pair.uid, "features": features }).to_string()
    })?;
    Ok(lines.join("\n") + "\n")
}

/// A parsed sentence with its two parties, as tokens.
struct Pair {
    uid: String,
    doc: Document,
    source: Vec<u32>,
    target: Vec<u32>,
}

/// Answers every row, on all cores, in order.
fn each(text: &str, answer: impl Fn(&Model, &Pair) -> String + Sync) -> Result<Vec<String>, Failure> {
    let model = Model::embedded()?;
    let mut rows = csv::ReaderBuilder::new().delimiter(b'\t').from_reader(text.as_bytes());
    let header = rows.headers()?.clone();
    let column = |name: &str| {
        header.iter().position(|h| h == name).ok_or_else(|| format!("there is no column `{name}`"))
    };
    let (uid, marked) = (column("uid")?, column("marked_sentence")?);
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>()?;
    let answers = rows
        .par_iter()
        .map_init(
            || Worker::new(model.syntax()),
            |worker, row| {
                let (sentence, [source, target]) = unmarked(&row[marked]);
                let mut doc = Document::new(Meta::default(), sentence);
                worker.parse(model.syntax(), &mut doc);
                let tokens = |spans: &[Span]| spans.iter().flat_map(|&s| doc.syntax.tokens_in(s)).collect();
                let (source, target) = (tokens(&source), tokens(&target));
                answer(&model, &Pair { uid: row[uid].to_owned(), source, target, doc })
            },
        )
        .collect();
    Ok(answers)
}

/// A sentence without the tags `<s>` and `<t>`, and what stood between them.
fn unmarked(marked: &str) -> (String, [Vec<Span>; 2]) {
    let mut text = String::with_capacity(marked.len());
    let mut spans = [Vec::new(), Vec::new()];
    let mut open = [None, None];
    let mut rest = marked;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let here = text.len() as u32;
        let tag = [("<s>", 0, true), ("</s>", 0, false), ("<t>", 1, true), ("</t>", 1, false)]
            .into_iter()
            .find(|(tag, ..)| rest.starts_with(tag));
        if let Some((tag, side, opens)) = tag {
            if opens {
                open[side] = Some(here);
            } else if let Some(start) = open[side].take() {
                spans[side].push(Span::new(start, here));
            }
            rest = &rest[tag.len()..];
        } else {
            text.push('<');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    (text, spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_spans() {
        let (text, [source, target]) = unmarked("<s>A</s> met <t>B of <s>C</s></t> < 2.");
        assert_eq!(text, "A met B of C < 2.");
        assert_eq!(source, [Span::new(0, 1), Span::new(11, 12)]);
        assert_eq!(target, [Span::new(6, 12)]);
    }
}
