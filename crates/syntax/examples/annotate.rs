//! Annotates the words of a CoNLL-U or two-column BIO file with the neural reader, to be scored against it.
//!
//! `cargo run --release -p dateline-syntax --example annotate -- FILE > PREDICTION`; the speed is told on stderr.
//! A number behind the file repeats the work, to measure the speed; a model file behind that is read instead of the
//! one of the crate.

use dateline_syntax::neural::{ENGLISH, Model, Prediction, Worker};
use std::io::Write;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("usage: annotate FILE [REPEATS [MODEL]]")?;
    let repeats: usize = args.next().map_or(Ok(0), |n| n.parse())?;
    let bytes = args.next().map_or(Ok(ENGLISH.to_vec()), std::fs::read)?;
    let text = std::fs::read_to_string(&path)?;
    let is_tree = text.lines().any(|l| l.split('\t').count() == 10);
    let column = usize::from(is_tree);
    let is_word = |l: &&str| {
        !l.starts_with('#') && (!is_tree || l.split('\t').next().is_some_and(|i| i.parse::<u32>().is_ok()))
    };
    let sentences: Vec<Vec<&str>> = text
        .split("\n\n")
        .map(|s| {
            s.lines()
                .filter(is_word)
                .filter_map(|l| l.split('\t').nth(column))
                .filter(|f| !f.is_empty())
                .collect()
        })
        .collect();

    let start = Instant::now();
    let model = Model::load(&bytes)?;
    eprintln!("loaded in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut worker = Worker::new(&model);
    let mut out: Vec<Prediction> = Vec::new();
    let mut stdout = std::io::BufWriter::new(std::io::stdout().lock());
    for forms in sentences.iter().filter(|s| !s.is_empty()) {
        worker.annotate(&model, forms, &mut out);
        for (i, (form, p)) in forms.iter().zip(&out).enumerate() {
            if is_tree {
                writeln!(
                    stdout,
                    "{}\t{form}\t_\t{}\t{}\t_\t{}\t{}\t_\tName={}",
                    i + 1,
                    p.upos,
                    p.xpos,
                    p.head,
                    p.deprel,
                    p.ner
                )?;
            } else {
                writeln!(stdout, "{form}\t{}", p.ner)?;
            }
        }
        writeln!(stdout)?;
    }
    stdout.flush()?;
    let words: usize = sentences.iter().map(Vec::len).sum();
    for _ in 0..repeats {
        let start = Instant::now();
        for forms in &sentences {
            worker.annotate(&model, forms, &mut out);
        }
        let t = start.elapsed().as_secs_f64();
        eprintln!("{words} words in {t:.3} s: {:.0} words/s ({worker:?})", words as f64 / t);
    }
    Ok(())
}
