//! `conllu`: heads, labels, tags and lemmas for given tokens, or everything from the raw text.

use super::Failure;
use dateline::core::{Document, Meta};
use dateline_syntax::{Model, Worker, conllu};

pub(crate) fn predict(text: &str, raw: bool) -> Result<String, Failure> {
    let model = Model::embedded()?;
    let mut worker = Worker::new(&model);
    let blocks = conllu::read(text)?;
    let mut out = String::new();
    if raw {
        let mut doc = Document::new(Meta::default(), conllu::raw_text(&blocks));
        worker.parse(&model, &mut doc);
        conllu::write(&doc.text, &doc.syntax, "s", &mut out);
    } else {
        let sentences: Vec<Vec<&str>> = blocks.iter().map(conllu::Block::forms).collect();
        let doc = worker.parse_tokens(&model, &sentences);
        conllu::write_into(&blocks, &doc.syntax, &mut out);
    }
    Ok(out)
}
