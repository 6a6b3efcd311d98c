//! Forty reports of ten days: which tell of one event, and what became of the plans, held against `gold.lines`.

use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

fn crisis() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/crisis")
}

fn dateline(arguments: &[&Path]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_dateline")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn rows(bytes: &[u8]) -> Vec<Value> {
    String::from_utf8_lossy(bytes).lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

/// The event of a record whose words hold a word; the surest of several.
fn event_of<'a>(records: &'a HashMap<String, Value>, report: &str, word: &str) -> Option<&'a str> {
    let record = &records[report];
    let text: Vec<char> = record["text"].as_str().unwrap().chars().collect();
    let holds = |event: &Value| {
        event["mentions"].as_array().unwrap().iter().any(|m| {
            let at = |k: usize| m["trigger"][k].as_u64().unwrap() as usize;
            text[at(0)..at(1)]
                .iter()
                .collect::<String>()
                .split(' ')
                .any(|w| word.split(' ').next() == Some(w))
        })
    };
    let events = record["events"].as_array().unwrap().iter().filter(|e| holds(e));
    // Headlines come first in a record; the body counts.
    let best =
        events.max_by(|a, b| a["confidence"].as_f64().unwrap().total_cmp(&b["confidence"].as_f64().unwrap()));
    best.and_then(|e| e["id"].as_str())
}

/// B-cubed of labels against gold names.
fn b_cubed(pairs: &[(String, String)]) -> f64 {
    let n = pairs.len() as f64;
    let both = |a: &(String, String)| pairs.iter().filter(|b| a == *b).count() as f64;
    let (mut p, mut r) = (0.0, 0.0);
    for pair in pairs {
        p += both(pair) / pairs.iter().filter(|b| b.1 == pair.1).count() as f64 / n;
        r += both(pair) / pairs.iter().filter(|b| b.0 == pair.0).count() as f64 / n;
    }
    2.0 * p * r / (p + r)
}

#[test]
fn the_crisis_is_linked_as_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let records_file = folder.path().join("records.jsonl");
    let [read, format, jsonl, output] = ["read", "--format", "jsonl", "--output"].map(Path::new);
    dateline(&[read, &crisis(), format, jsonl, output, &records_file]);
    dateline(&[Path::new("link"), &records_file, output, folder.path()]);
    let table = |name: &str| rows(&std::fs::read(folder.path().join(name)).unwrap());
    let records: HashMap<String, Value> =
        table("records.jsonl").into_iter().map(|r| (r["id"].as_str().unwrap().to_owned(), r)).collect();
    let mut cluster_of: HashMap<(String, String), String> = HashMap::new();
    for cluster in table("event_clusters.jsonl") {
        for member in cluster["members"].as_array().unwrap() {
            let key = |k: &str| member[k].as_str().unwrap().to_owned();
            cluster_of.insert((key("doc_id"), key("event_id")), cluster["id"].as_str().unwrap().to_owned());
        }
    }
    let plans: BTreeMap<String, Value> =
        table("plans.jsonl").into_iter().map(|p| (p["cluster"].as_str().unwrap().to_owned(), p)).collect();

    let gold = std::fs::read_to_string(crisis().join("gold.lines")).unwrap();
    let (mut pairs, mut events, mut right, mut total) = (Vec::new(), 0, 0, 0);
    for line in gold.lines().filter(|l| !l.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cluster = event_of(&records, cells[2], cells[3])
            .and_then(|e| cluster_of.get(&(cells[2].to_owned(), e.to_owned())));
        if cells[0] == "event" {
            events += 1;
            match cluster {
                Some(cluster) => pairs.push((cells[1].to_owned(), cluster.clone())),
                None => println!("not read: {line}"),
            }
            continue;
        }
        total += 1;
        let state =
            cluster.and_then(|c| plans.get(c)).map_or("not followed", |p| p["state"].as_str().unwrap());
        if state == cells[1] {
            right += 1;
        } else {
            println!("{state}: {line}");
        }
    }
    for (name, cluster) in &pairs {
        for (other, same) in &pairs {
            if (name == other) != (cluster == same) && name <= other {
                println!("{} {name} / {other}", if name == other { "apart:" } else { "together:" });
            }
        }
    }
    let (b3, share, found) =
        (b_cubed(&pairs), f64::from(right) / f64::from(total), pairs.len() as f64 / f64::from(events));
    println!(
        "clusters B3 {b3:.3} of {} tellings ({found:.2} were read); plans {right} of {total}",
        pairs.len()
    );
    assert!(b3 >= 0.90, "clusters: B3 {b3:.3}");
    assert!(share >= 0.85, "plans: {right} of {total}");
    assert!(found >= 0.85, "only {found:.2} of the tellings were read");
}
