//! Trains the weights that find the ends of sentences: `knowledge/segment/ends.tsv`.
//!
//! `cargo run -p dateline-syntax --release --example train-segment -- TREEBANK.conllu... train/segment/news.txt > ends.tsv`
//!
//! Logistic regression with `AdaGrad` over the places where a sentence could end. Deterministic: the order of the
//! places is shuffled by a fixed generator.

use dateline_syntax::conllu;
use dateline_syntax::segment::Segmenter;
use std::collections::{BTreeMap, HashMap, HashSet};

const EPOCHS: usize = 12;
const RATE: f32 = 0.3;
/// How often the news count for once a treebank counts.
const NEWS: usize = 5;
/// Features seen less often than this are left out.
const SEEN: usize = 3;
/// Weights nearer to zero than this are left out.
const SMALL: f32 = 0.05;
/// How much a weight is drawn to zero with each step.
const DECAY: f32 = 2e-5;

struct Place {
    end: bool,
    features: Vec<u32>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let segmenter = Segmenter::embedded()?;
    let mut names: HashMap<String, u32> = HashMap::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    for path in std::env::args().skip(1) {
        // A treebank, or text with a sentence a line and an empty line between paragraphs.
        let file = std::fs::read_to_string(&path)?;
        let treebank = path.ends_with(".conllu");
        let paragraphs = if treebank { of_treebank(&file)? } else { of_lines(&file) };
        let times = if treebank { 1 } else { NEWS };
        for (text, ends) in paragraphs.iter().flat_map(|p| std::iter::repeat_n(p, times)) {
            segmenter.examples(
                text,
                |at| ends.contains(&at),
                |end, found| {
                    let features = found.into_iter().map(|name| {
                        let next = names.len() as u32;
                        let id = *names.entry(name).or_insert(next);
                        counts.resize(names.len(), 0);
                        counts[id as usize] += 1;
                        id
                    });
                    let features = features.collect();
                    places.push(Place { end, features });
                },
            );
        }
    }
    for place in &mut places {
        place.features.retain(|&f| counts[f as usize] >= SEEN);
    }
    let weights = train(&mut places, names.len());
    let table: BTreeMap<&str, f32> = names
        .iter()
        .map(|(name, &id)| (name.as_str(), weights[id as usize]))
        .filter(|(_, w)| w.abs() >= SMALL)
        .collect();
    println!(
        "# Weights of the model that finds the ends of sentences. Columns: feature; weight. Written by train/segment."
    );
    println!("bias\t{:.2}", weights[names.len()]);
    for (name, weight) in table {
        println!("{name}\t{weight:.2}");
    }
    let right = places.iter().filter(|p| (score(&weights, p) > 0.0) == p.end).count();
    eprintln!("{} places, {:.3} % right", places.len(), 100.0 * right as f64 / places.len() as f64);
    Ok(())
}

/// Paragraphs with the offsets of the ends of their sentences.
type Paragraphs = Vec<(String, HashSet<u32>)>;

fn of_treebank(file: &str) -> Result<Paragraphs, conllu::ConlluError> {
    let mut paragraphs: Paragraphs = Vec::new();
    for block in conllu::read(file)? {
        if block.opens_paragraph() || paragraphs.is_empty() {
            paragraphs.push(Default::default());
        }
        let Some((text, ends)) = paragraphs.last_mut() else { continue };
        push_sentence(text, ends, block.text().unwrap_or(""));
    }
    Ok(paragraphs)
}

fn of_lines(file: &str) -> Paragraphs {
    let lines: Vec<&str> = file.lines().filter(|l| !l.starts_with("# ")).collect();
    let mut paragraphs = Paragraphs::new();
    for group in lines.split(|l| l.is_empty()).filter(|g| !g.is_empty()) {
        let (mut text, mut ends) = Default::default();
        for line in group {
            push_sentence(&mut text, &mut ends, line);
        }
        paragraphs.push((text, ends));
    }
    paragraphs
}

fn push_sentence(text: &mut String, ends: &mut HashSet<u32>, sentence: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(sentence.trim());
    ends.insert(text.len() as u32);
}

fn score(weights: &[f32], place: &Place) -> f32 {
    weights[weights.len() - 1] + place.features.iter().map(|&f| weights[f as usize]).sum::<f32>()
}

/// The weights of `features` features, and the bias behind them.
fn train(places: &mut [Place], features: usize) -> Vec<f32> {
    let mut weights = vec![0.0_f32; features + 1];
    let mut squares = vec![1e-2_f32; features + 1];
    let mut random = 1_u64;
    for _ in 0..EPOCHS {
        for i in (1..places.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            places.swap(i, (random >> 33) as usize % (i + 1));
        }
        for place in places.iter() {
            let wanted = f32::from(u8::from(place.end));
            let error = 1.0 / (1.0 + (-score(&weights, place)).exp()) - wanted;
            for f in place.features.iter().map(|&f| f as usize).chain([features]) {
                let gradient = error + DECAY * weights[f];
                squares[f] += gradient * gradient;
                weights[f] -= RATE * gradient / squares[f].sqrt();
            }
        }
    }
    weights
}
