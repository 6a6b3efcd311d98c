//! Compiles `models/frequencies.tsv`, how common words of news are.
//!
//! `cargo run --release -p dateline-story --example frequencies -- < TEXTS.jsonl > models/frequencies.tsv`, each line an
//! object with `title` and `text`. Words of fewer than three texts are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut texts = 0;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let mut words = BTreeSet::new();
        for field in ["title", "text"] {
            dateline_story::words::each(row[field].as_str().unwrap_or_default(), |w| {
                words.insert(w.to_owned());
            });
        }
        words.into_iter().for_each(|w| *counts.entry(w).or_default() += 1);
        texts += 1;
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "# In how many of so many news reports a word stands, by examples/frequencies.rs of the story crate. See NOTICE."
    )?;
    writeln!(out, "\t{texts}")?;
    for (word, n) in counts.iter().filter(|&(_, &n)| n >= 3) {
        writeln!(out, "{word}\t{n}")?;
    }
    Ok(())
}
