//! Prints what the tables know of the phrases of every line read:
//! `echo "the Polish interior minister" | cargo run -p dateline-knowledge --example explain`.

use std::io::{BufRead, stdin};

use dateline_knowledge::{Entry, Knowledge};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let knowledge = Knowledge::embedded()?;
    for line in stdin().lock().lines() {
        let line = line?;
        println!("{line}");
        let tokens: Vec<&str> = line.split_whitespace().map(|token| token.trim_matches([',', '"'])).collect();
        let mut at = 0;
        while at < tokens.len() {
            let Some(found) = knowledge.longest(&tokens[at..]) else {
                at += 1;
                continue;
            };
            for hit in &found.hits {
                println!(
                    "  {}: {}",
                    tokens[at..at + found.tokens].join(" "),
                    describe(&knowledge, hit.entry)
                );
            }
            at += found.tokens;
        }
        if let Some(pattern) = knowledge.pattern(&tokens) {
            println!("  pattern {}: {}", pattern.shape, pattern.sector);
        }
    }
    Ok(())
}

fn describe(knowledge: &Knowledge, entry: Entry) -> String {
    match entry {
        Entry::Country(id) => format!("country {}", knowledge.country(id).code),
        Entry::Adjective(id) => format!("adjective of {}", knowledge.country(id).code),
        Entry::Demonym { country, .. } => format!("citizen of {}", knowledge.country(country).code),
        Entry::Capital(id) => format!("capital of {}", knowledge.country(id).code),
        Entry::Seat { country, sector } => format!("seat of {} {sector}", knowledge.country(country).code),
        Entry::People { id, .. } => format!("{} people", knowledge.people(id).kind),
        Entry::Organization(id) => {
            let row = knowledge.organization(id);
            format!("{} {} {:?} {:?}", row.kind, row.sector, row.country, row.name)
        }
        Entry::Role { id, .. } => {
            let row = knowledge.role(id);
            format!("role {}{}", row.sector, if row.borrows_sector() { " (borrows)" } else { "" })
        }
        Entry::Person(id) => {
            let row = knowledge.person(id);
            format!("person {} {:?} {} {:?}", row.office, row.country, row.sector, row.period)
        }
        Entry::Honorific(id) => format!("honorific {}", knowledge.honorific(id).kind),
    }
}
