//! `dateline read`: forms, order, identifiers and options.

mod common;

use common::{REPORT, dateline, example, examples, folder, stdout, within};
use serde_json::Value;

fn record(args: &[&str]) -> Value {
    let mut all = vec!["read", "--format", "json"];
    all.extend(args);
    serde_json::from_str(&stdout(&all)).expect("JSON")
}

#[test]
fn the_readme_s_first_command_prints_a_table() {
    let text = stdout(&["read", &example("shuttle.txt"), "--date", "2012-11-21"]);
    assert!(text.starts_with("== shuttle | 2012-11-21 | German envoy presses for calm"), "{text}");
    assert!(
        text.contains("planned CONSULT") && text.contains("«met»") && text.contains("Statements"),
        "{text}"
    );
    assert!(!text.contains('\x1b'));
    assert!(text.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn records_fit_the_schema_and_spans_slice() {
    let schema: Value = serde_json::from_str(&stdout(&["schema"])).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let folder = examples().display().to_string();
    let text = stdout(&["read", "--format", "jsonl", &folder]);
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        let errors: Vec<String> =
            validator.iter_errors(&record).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let points: Vec<char> = record["text"].as_str().expect("text").chars().collect();
        for mention in record["events"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|e| e["mentions"].as_array())
            .flatten()
        {
            let at = |i: usize| mention["trigger"][i].as_u64().expect("an offset") as usize;
            let trigger: String = points[at(0)..at(1)].iter().collect();
            assert!(!trigger.trim().is_empty() && trigger == trigger.trim());
        }
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let folder = examples().display().to_string();
    for format in ["table", "jsonl"] {
        let one = stdout(&["read", "--jobs", "1", "--format", format, &folder, &folder]);
        let four = stdout(&["read", "--jobs", "4", "--format", format, &folder, &folder]);
        assert!(one == four, "{format}");
    }
}

#[test]
fn folders_are_read_in_order_and_identifiers_are_unique() {
    let folder = folder(&[
        ("b/x.txt", REPORT),
        ("a/x.txt", REPORT),
        ("a/plain", REPORT),
        ("a/skip.pdf", b"%PDF-"),
        ("a/.hidden.txt", REPORT),
        ("c.html", b"<html><head><title>t</title></head><body><article><p>PARIS, March 3, 2031 - The French foreign minister met his German counterpart in Paris on Monday.</p><p>They spoke for two hours about trade, the ministers told reporters in the evening.</p></article></body></html>"),
    ]);
    let output =
        dateline(&["read", "--format", "jsonl"]).arg(folder.path()).assert().success().get_output().clone();
    let text = String::from_utf8(output.stdout).expect("text");
    let ids: Vec<Value> =
        text.lines().map(|l| serde_json::from_str::<Value>(l).expect("JSON")["id"].clone()).collect();
    assert_eq!(ids, ["plain", "x", "x-2", "c"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("the identifier x is taken"));
}

#[test]
fn standard_input_and_what_is_told_of_it() {
    let output = dateline(&[
        "read",
        "-",
        "--format",
        "json",
        "--id",
        "mine",
        "--title",
        "Talks",
        "--publisher",
        "Wire",
        "--url",
        "https://wire.example/a",
        "--date",
        "2031-03-04",
    ])
    .write_stdin(REPORT)
    .assert()
    .success()
    .get_output()
    .stdout
    .clone();
    let record: Value = serde_json::from_slice(&output).expect("JSON");
    for (field, value) in [
        ("id", "mine"),
        ("path", "-"),
        ("title", "Talks"),
        ("publisher", "Wire"),
        ("url", "https://wire.example/a"),
        ("published", "2031-03-04"),
    ] {
        assert_eq!(record[field], value, "{field}");
    }
}

#[test]
fn a_page_is_an_article_without_its_trimmings() {
    let record = record(&[&example("strait/3-shots.html")]);
    assert_eq!(record["published"], "2031-03-05");
    assert_eq!(record["publisher"], "Example Wire");
    let text = record["text"].as_str().expect("text");
    for dropped in ["cookies", "Five facts", "All rights reserved"] {
        assert!(!text.contains(dropped), "{dropped}");
    }
}

#[test]
fn unsure_events_and_background_can_be_left_out() {
    let path = example("shuttle.txt");
    let all = record(&[&path])["events"].as_array().map_or(0, Vec::len);
    let sure = record(&["--min-confidence", "0.5", &path]);
    let sure: Vec<&Value> = sure["events"].as_array().into_iter().flatten().collect();
    assert!(sure.len() < all && sure.iter().all(|e| e["confidence"].as_f64() >= Some(0.5)));
    let news = record(&["--no-background", &path]);
    assert!(news["events"].as_array().into_iter().flatten().all(|e| e["background"] == false));
}

#[test]
fn the_layout_of_cameo_is_dyads() {
    let text = stdout(&["read", "--layout", "cameo", &example("strait")]);
    assert!(!text.is_empty() && text.lines().all(|l| l.split('\t').count() == 4), "{text}");
}

#[test]
fn output_appears_whole_in_a_file_or_as_tables() {
    let folder = folder(&[]);
    let path = within(&folder, "out.jsonl");
    let report = example("shuttle.txt");
    assert_eq!(stdout(&["read", "--format", "jsonl", "--output", &path, &report]), "");
    assert_eq!(
        std::fs::read_to_string(&path).expect("the file"),
        stdout(&["read", "--format", "jsonl", &report])
    );
    let tables = within(&folder, "tables/");
    stdout(&["read", "--format", "csv", "--output", &tables, &report]);
    let mut names: Vec<_> =
        std::fs::read_dir(&tables).expect("a folder").map(|e| e.expect("entry").file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        ["documents.csv", "entities.csv", "events.csv", "mentions.csv", "places.csv", "statements.csv"]
    );
    let events = std::fs::read_to_string(within(&folder, "tables/events.csv")).expect("the table");
    assert_eq!(events, stdout(&["read", "--format", "csv", &report]));
}
