//! Lemmas of a treebank's words by their gold tags: `lemmatize FILE.conllu > PRED.conllu`, and how many are right.

use dateline_core::labels::{Upos, Xpos};
use dateline_syntax::conllu;
use dateline_syntax::lemma::Lemmatizer;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("which file?")?;
    let lemmatizer = Lemmatizer::embedded()?;
    let mut lemmas = String::new();
    let (mut right, mut all) = (0, 0);
    for block in conllu::read(&std::fs::read_to_string(path)?)? {
        for [_, form, gold, upos, xpos, ..] in block.words() {
            lemmas.clear();
            let upos = upos.parse().unwrap_or(Upos::X);
            lemmatizer.append(form, upos, xpos.parse().unwrap_or(Xpos::Xx), &mut lemmas);
            all += 1;
            if lemmas.to_lowercase() == gold.to_lowercase() {
                right += 1;
            } else {
                println!("{form}\t{upos}\t{xpos}\t{lemmas}\t{gold}");
            }
        }
    }
    eprintln!("{right} of {all} lemmas: {:.2} %", 100.0 * f64::from(right) / f64::from(all.max(1)));
    Ok(())
}
