//! Compiles the table of lemmas, `models/lemmas.tsv`: what the rules for endings get wrong.
//!
//! `cargo run -p dateline-syntax --release --example train-lemma -- TREEBANK.conllu... > lemmas.tsv`
//!
//! From the treebanks come the forms as they were seen, and the regular forms of all verbs seen; further verbs, and
//! irregular forms that are right whatever a treebank says, come from `knowledge/lemma`.

use dateline_core::labels::{Upos, Xpos};
use dateline_syntax::conllu;
use dateline_syntax::lemma::Lemmatizer;
use std::collections::{BTreeMap, BTreeSet};

/// Form in lower case and tag to the lemmas seen and how often.
type Seen = BTreeMap<(String, String), BTreeMap<String, usize>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut seen = Seen::new();
    let mut verbs: BTreeSet<String> = BTreeSet::new();
    for path in std::env::args().skip(1) {
        for block in conllu::read(&std::fs::read_to_string(&path)?)? {
            for row in block.words() {
                let [_, form, lemma, upos, xpos, features, ..] = row;
                if lemma == "_" || features.contains("Typo=Yes") || form.contains(' ') {
                    continue;
                }
                if upos == "VERB" && lemma.bytes().all(|b| b.is_ascii_lowercase()) {
                    verbs.insert(lemma.clone());
                }
                let lemma = if upos == "PROPN" { lemma.clone() } else { lemma.to_lowercase() };
                let key = (form.to_lowercase(), xpos.clone());
                *seen.entry(key).or_default().entry(lemma).or_default() += 1;
            }
        }
    }
    let mut table: BTreeMap<(String, String), String> = BTreeMap::new();
    let known = std::fs::read_to_string("knowledge/lemma/verbs.txt")?;
    let known = known.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace);
    for verb in verbs.iter().map(String::as_str).chain(known).filter(|v| v.len() > 2) {
        for (form, tag) in regular_forms(verb) {
            table.entry((form, tag.to_owned())).or_insert_with(|| verb.to_owned());
        }
    }
    for (key, lemmas) in seen {
        let most = lemmas.into_iter().max_by_key(|(lemma, count)| (*count, std::cmp::Reverse(lemma.clone())));
        table.extend(most.map(|(lemma, _)| (key, lemma)));
    }
    for line in
        std::fs::read_to_string("knowledge/lemma/irregular.tsv")?.lines().filter(|l| !l.starts_with('#'))
    {
        let columns: Vec<&str> = line.split('\t').collect();
        let [form, tags, lemma] = columns[..] else { return Err(format!("irregular.tsv: {line}").into()) };
        for tag in tags.split(' ') {
            table.insert((form.to_owned(), tag.to_owned()), lemma.to_owned());
        }
    }
    let rules = Lemmatizer::rules_only();
    println!(
        "# Lemmas that the rules for endings get wrong. Columns: form; Penn tag; lemma. Written by train/lemma."
    );
    for ((form, tag), lemma) in table {
        let Ok(xpos) = tag.parse::<Xpos>() else { continue };
        let mut by_rule = String::new();
        let upos = if tag.starts_with("NNP") { Upos::Propn } else { Upos::X };
        rules.append(&form, upos, xpos, &mut by_rule);
        // Capitals are the business of the program.
        if by_rule.to_lowercase() != lemma.to_lowercase() && !form.starts_with('#') {
            println!("{form}\t{tag}\t{lemma}");
        }
    }
    Ok(())
}

/// The regular forms of a verb. A doubled consonant is assumed only where it leaves no doubt.
fn regular_forms(verb: &str) -> Vec<(String, &'static str)> {
    let bytes = verb.as_bytes();
    let vowel = |b: u8| b"aeiou".contains(&b);
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    let mut stems = Vec::new();
    let doubles = !vowel(last) && !b"wxyh".contains(&last) && vowel(before);
    let one_syllable = bytes[..bytes.len() - 2].iter().all(|&b| !vowel(b));
    if !(doubles && one_syllable) {
        stems.push(verb.strip_suffix('e').unwrap_or(verb).to_owned());
    }
    if doubles {
        stems.push(format!("{verb}{}", last as char));
    }
    if last == b'c' {
        stems.push(format!("{verb}k"));
    }
    let mut forms = Vec::new();
    for stem in stems {
        match verb {
            _ if last == b'y' && !vowel(before) => forms.push((format!("{stem}ing"), "VBG")),
            _ => {
                forms.push((format!("{stem}ed"), "VBD"));
                forms.push((format!("{stem}ed"), "VBN"));
                let stem = if verb.ends_with("ee") || verb.ends_with("ye") || verb.ends_with("oe") {
                    verb
                } else {
                    &stem
                };
                forms.push((format!("{stem}ing"), "VBG"));
            }
        }
    }
    forms
}
