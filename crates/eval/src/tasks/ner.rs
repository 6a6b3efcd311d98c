//! `ner`: names in given tokens, one a line, by the English model and the tables.

use super::Failure;
use dateline_actors::names::{self, NameSpan};
use std::fmt::Write as _;

pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let model = dateline::Model::embedded()?;
    let mut worker = dateline_syntax::Worker::new(model.syntax());
    let mut sentences: Vec<Vec<&str>> = Vec::new();
    for block in text.split("\n\n") {
        sentences.push(block.lines().map(str::trim).filter(|l| !l.is_empty()).collect());
    }
    let opens = |s: &Vec<&str>| s.first().is_some_and(|t| *t == "-DOCSTART-");
    let mut out = String::with_capacity(2 * text.len());
    // Surnames are recalled within a stretch of sentences, as within a report.
    for chunk in sentences.chunk_by(|_, next| !opens(next)).flat_map(|d| d.chunks(CHUNK)) {
        let doc = worker.parse_tokens(model.syntax(), chunk);
        let found = names::classes(&doc, model.knowledge());
        let mut token = 0;
        for sentence in chunk.iter().filter(|s| !s.is_empty()) {
            for form in sentence {
                let _ = writeln!(out, "{form}\t{}", tag(&found, token));
                token += 1;
            }
            out.push('\n');
        }
    }
    Ok(out)
}

/// Sentences that are read together at most.
const CHUNK: usize = 200;

fn tag(found: &[NameSpan], token: u32) -> String {
    let k = found.partition_point(|n| n.tokens.1 <= token);
    match found.get(k).filter(|n| n.tokens.0 <= token) {
        Some(n) => format!("{}-{}", if n.tokens.0 == token { 'B' } else { 'I' }, n.class),
        None => "O".to_owned(),
    }
}
