//! Cuts raw text into sentences and words, for the training recipe.
//!
//! Standard input: documents with a form feed behind each. Standard output: a sentence a line, words separated by one
//! space (white space inside a word becomes U+00A0), a form feed on a line of its own behind each document.

use dateline_core::Syntax;
use dateline_syntax::segment::{Buffers, Segmenter};
use std::io::{Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let segmenter = Segmenter::embedded()?;
    let (mut buffers, mut syntax) = (Buffers::default(), Syntax::default());
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for text in input.split('\u{c}').filter(|t| !t.trim().is_empty()) {
        segmenter.segment(text, &[], &[], &mut buffers, &mut syntax);
        for s in &syntax.sentences {
            let words: Vec<String> = s
                .range()
                .map(|i| syntax.token(i).span.of(text).split_whitespace().collect::<Vec<_>>().join("\u{a0}"))
                .collect();
            writeln!(out, "{}", words.join(" "))?;
        }
        writeln!(out, "\u{c}")?;
    }
    Ok(())
}
