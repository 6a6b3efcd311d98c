//! Clusters of given mentions over many reports.

use super::Mention;
use super::pair::{FEATURES, Pair, Rarity};
use crate::linkage;
use crate::words::{Counts, Frequencies, Vector};
use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Average likeness of reports from which they are of one subject.
const SUBJECT: f32 = 0.06;

/// A report with its mentions.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// The words of the whole report.
    pub words: Counts,
    /// The mentions to be clustered.
    pub mentions: Vec<Mention>,
}

/// All reports at once.
pub struct Mentions<'a> {
    passages: &'a [Passage],
    vectors: Vec<Vector>,
    /// Subject of every report.
    subjects: Vec<u32>,
    around: FxHashMap<&'a str, u32>,
    own: FxHashMap<&'a str, u32>,
}

impl Rarity for Mentions<'_> {
    fn of(&self, word: &str) -> f32 {
        self.rarity(&self.around, word)
    }

    fn of_mention(&self, lemma: &str) -> f32 {
        self.rarity(&self.own, lemma)
    }
}

impl<'a> Mentions<'a> {
    /// Compares all reports.
    pub fn new(passages: &'a [Passage]) -> Self {
        let mut frequencies = Frequencies::default();
        passages.iter().for_each(|p| frequencies.add(&p.words));
        let vectors: Vec<Vector> = passages.iter().map(|p| frequencies.vector(&p.words)).collect();
        let subjects = linkage::average(passages.len(), SUBJECT, |a, b| vectors[a].dot(&vectors[b]));
        let (mut around, mut own) = (FxHashMap::default(), FxHashMap::default());
        for passage in passages {
            let words = passage.mentions.iter().flat_map(|m| m.context.iter().chain(&m.words));
            count(words.map(String::as_str), &mut around);
            count(passage.mentions.iter().map(|m| m.lemma.as_str()), &mut own);
        }
        Self { passages, vectors, subjects, around, own }
    }

    fn rarity(&self, counts: &FxHashMap<&str, u32>, word: &str) -> f32 {
        let n = counts.get(word).copied().unwrap_or(0);
        ((self.passages.len() + 1) as f32 / (n as f32 + 0.5)).ln()
    }

    /// The mentions of each subject: number of report, number of mention.
    fn blocks(&self) -> Vec<Vec<(usize, usize)>> {
        let mut blocks: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.passages.len()];
        for (r, passage) in self.passages.iter().enumerate() {
            blocks[self.subjects[r] as usize].extend((0..passage.mentions.len()).map(|m| (r, m)));
        }
        blocks.retain(|b| !b.is_empty());
        blocks
    }

    fn features(&self, x: (usize, usize), y: (usize, usize)) -> [f32; FEATURES.len()] {
        let pair = Pair {
            a: &self.passages[x.0].mentions[x.1],
            b: &self.passages[y.0].mentions[y.1],
            same_report: x.0 == y.0,
            reports: self.vectors[x.0].dot(&self.vectors[y.0]),
        };
        pair.features(self)
    }

    /// Every pair that is compared, with its features, for training.
    pub fn training(&self, mut visit: impl FnMut((usize, usize), (usize, usize), &[f32])) {
        for block in self.blocks() {
            for (n, &x) in block.iter().enumerate() {
                block[n + 1..].iter().for_each(|&y| visit(x, y, &self.features(x, y)));
            }
        }
    }

    /// The cluster of every mention of every report.
    pub fn clusters(&self) -> Vec<Vec<u32>> {
        let weights = Weights::embedded();
        let mut out: Vec<Vec<u32>> = self.passages.iter().map(|p| vec![0; p.mentions.len()]).collect();
        let mut before = 0;
        for block in self.blocks() {
            let groups = linkage::average(block.len(), weights.least, |a, b| {
                weights.likelihood(&self.features(block[a], block[b]))
            });
            for (&(r, m), group) in block.iter().zip(groups) {
                out[r][m] = before + group;
            }
            before += block.len() as u32;
        }
        out
    }
}

fn count<'a>(words: impl Iterator<Item = &'a str>, counts: &mut FxHashMap<&'a str, u32>) {
    let mut all: Vec<&str> = words.collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().for_each(|w| *counts.entry(w).or_default() += 1);
}

/// Trained weights of the features.
struct Weights {
    bias: f32,
    least: f32,
    of: [f32; FEATURES.len()],
}

impl Weights {
    fn embedded() -> &'static Weights {
        static WEIGHTS: OnceLock<Weights> = OnceLock::new();
        WEIGHTS.get_or_init(|| Self::parse(include_str!("../../../../models/coref.tsv")))
    }

    fn parse(text: &str) -> Weights {
        let rows: FxHashMap<&str, f32> = text
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t').and_then(|(name, w)| Some((name, w.parse().ok()?))))
            .collect();
        let weight = |name: &str| rows.get(name).copied().unwrap_or(0.0);
        Weights { bias: weight("bias"), least: weight("threshold"), of: FEATURES.map(weight) }
    }

    fn likelihood(&self, features: &[f32; FEATURES.len()]) -> f32 {
        let sum: f32 = features.iter().zip(&self.of).map(|(x, w)| x * w).sum();
        1.0 / (1.0 + (-(sum + self.bias)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str, lemma: &str, object: &str) -> Passage {
        let list = |w: &str| vec![w.to_owned()];
        let mention = Mention {
            lemma: lemma.to_owned(),
            pos: 'v',
            words: list(lemma),
            object: list(object),
            context: list(object),
            ..Mention::default()
        };
        Passage { words: Counts::of(text, &[]), mentions: vec![mention] }
    }

    #[test]
    fn every_feature_has_a_weight() {
        let text = include_str!("../../../../models/coref.tsv");
        for name in FEATURES.iter().chain(&["bias", "threshold"]) {
            assert!(text.lines().any(|l| l.split('\t').next() == Some(name)), "{name}");
        }
    }

    #[test]
    fn one_act_in_two_reports_is_one_cluster() {
        let ferry = "ferry sank northern coast storm passengers drowned";
        let passages = [
            passage(ferry, "drown", "passenger"),
            passage(&format!("{ferry} again"), "drown", "passenger"),
            passage("harvest of apples was good in the valley this year", "harvest", "apple"),
        ];
        let clusters = Mentions::new(&passages).clusters();
        assert_eq!(clusters[0], clusters[1]);
        assert_ne!(clusters[0], clusters[2]);
    }
}
