//! Sentence ends in news paragraphs that were written for this test.

use dateline_core::Syntax;
use dateline_syntax::segment::{Buffers, Segmenter};
use std::collections::HashSet;

/// F1 of sentences over all paragraphs, and the paragraphs that went wrong.
fn score(file: &str) -> (f64, Vec<String>) {
    let segmenter = Segmenter::embedded().expect("the tables can be read");
    let (mut buffers, mut syntax) = (Buffers::default(), Syntax::default());
    let (mut right, mut told, mut wanted) = (0, 0, 0);
    let mut wrong = Vec::new();
    let lines: Vec<&str> = file.lines().filter(|l| !l.starts_with("# ")).collect();
    for group in lines.split(|l| l.is_empty()).filter(|g| !g.is_empty()) {
        let text = group.join(" ");
        segmenter.segment(&text, &[], &[], &mut buffers, &mut syntax);
        let found: Vec<&str> = syntax.sentences.iter().map(|s| s.span.of(&text)).collect();
        let gold: HashSet<&str> = group.iter().copied().collect();
        right += found.iter().filter(|s| gold.contains(**s)).count();
        told += found.len();
        wanted += group.len();
        if found != group {
            wrong.push(found.join(" | "));
        }
    }
    (2.0 * right as f64 / (told + wanted) as f64, wrong)
}

#[test]
fn news_is_cut_into_sentences() {
    let (f1, wrong) = score(include_str!("news.txt"));
    println!("F1 {:.2}", 100.0 * f1);
    for text in &wrong {
        println!("{text}");
    }
    assert!(f1 > 0.99, "F1 {f1:.4}, wrong: {wrong:#?}");
}
