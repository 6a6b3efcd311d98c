//! Reads a text file and prints CoNLL-U; tells the speed. With a treebank (`.conllu`), its tokens are kept.

use dateline_core::{Document, Meta};
use dateline_syntax::{Model, Worker, conllu};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let raw = std::env::args().any(|a| a == "--raw");
    let file = std::fs::read_to_string(&path)?;
    let start = Instant::now();
    let model = Model::embedded()?;
    eprintln!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut worker = Worker::new(&model);
    let mut out = String::new();
    let start = Instant::now();
    let count = if path.ends_with(".conllu") && !raw {
        let blocks = conllu::read(&file)?;
        let sentences: Vec<Vec<&str>> = blocks.iter().map(conllu::Block::forms).collect();
        let document = worker.parse_tokens(&model, &sentences);
        conllu::write_into(&blocks, &document.syntax, &mut out);
        document.syntax.tokens.len()
    } else {
        let text = if path.ends_with(".conllu") { conllu::raw_text(&conllu::read(&file)?) } else { file };
        let mut document = Document::new(Meta::default(), text);
        worker.parse(&model, &mut document);
        conllu::write(&document.text, &document.syntax, "s", &mut out);
        document.syntax.tokens.len()
    };
    eprintln!("{count} tokens, {:.0} tokens/s", count as f64 / start.elapsed().as_secs_f64());
    print!("{out}");
    Ok(())
}
