//! Prints the number of rows of every table and the time it takes to load them:
//! `cargo run --release -p dateline-knowledge --example load`.

use std::time::Instant;

use dateline_knowledge::{Knowledge, KnowledgeError};

fn main() -> Result<(), KnowledgeError> {
    let mut times: Vec<_> = (0..9)
        .map(|_| {
            let start = Instant::now();
            let loaded = Knowledge::embedded();
            (start.elapsed(), loaded)
        })
        .collect();
    times.sort_by_key(|(time, _)| *time);
    let (median, loaded) = times.swap_remove(4);
    let knowledge = loaded?;
    println!("load {median:?} (median of 9)");
    for (table, rows) in [
        ("countries", knowledge.countries().len()),
        ("peoples", knowledge.peoples().len()),
        ("organizations", knowledge.organizations().len()),
        ("persons in offices", knowledge.persons().len()),
        ("roles", knowledge.roles().len()),
        ("patterns", knowledge.patterns().len()),
        ("honorifics", knowledge.honorifics().len()),
        ("given names", knowledge.first_names().len()),
        ("phrases", knowledge.phrases().count()),
    ] {
        println!("{rows:>7} {table}");
    }
    Ok(())
}
