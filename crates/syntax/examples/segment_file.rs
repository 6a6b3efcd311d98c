//! Segments text and tells the speed, or makes raw CoNLL-U of a treebank's text.
//!
//! `segment_file FILE.conllu > PRED.conllu`, to be scored against the file; `segment_file FILE` prints a sentence a line.

use dateline_core::Syntax;
use dateline_syntax::conllu;
use dateline_syntax::segment::{Buffers, Segmenter};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let file = std::fs::read_to_string(&path)?;
    let segmenter = Segmenter::embedded()?;
    let (mut buffers, mut syntax) = (Buffers::default(), Syntax::default());
    let treebank = path.ends_with(".conllu");
    let text = if treebank { conllu::raw_text(&conllu::read(&file)?) } else { file };
    let start = Instant::now();
    segmenter.segment(&text, &[], &[], &mut buffers, &mut syntax);
    let mut times = vec![start.elapsed()];
    for _ in 0..5 {
        let start = Instant::now();
        segmenter.segment(&text, &[], &[], &mut buffers, &mut syntax);
        times.push(start.elapsed());
    }
    let best = times.iter().min().map_or(0.0, std::time::Duration::as_secs_f64);
    eprintln!(
        "{} bytes, {} tokens, {} sentences: {:.1} MB/s, {:.2} million tokens/s",
        text.len(),
        syntax.tokens.len(),
        syntax.sentences.len(),
        text.len() as f64 / best / 1e6,
        syntax.tokens.len() as f64 / best / 1e6
    );
    if treebank {
        let mut out = String::new();
        conllu::write(&text, &syntax, "s", &mut out);
        print!("{out}");
    } else {
        for sentence in &syntax.sentences {
            println!("{}", sentence.span.of(&text).replace('\n', " "));
        }
    }
    Ok(())
}
