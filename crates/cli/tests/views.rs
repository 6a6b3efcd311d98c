//! The commands that show one side of the reading.

mod common;

use common::{example, stdout};

#[test]
fn parse_writes_conllu() {
    let text = stdout(&["parse", &example("shuttle.txt")]);
    assert!(text.starts_with("# newpar\n# sent_id = shuttle-1\n# text = German envoy"), "{text}");
    assert!(
        text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')).all(|l| l.split('\t').count() == 10)
    );
}

#[test]
fn parse_draws_trees() {
    let text = stdout(&["parse", "--trees", &example("shuttle.txt")]);
    assert!(text.contains("\n  root met VERB VBD (meet)\n    nsubj "), "{text}");
}

#[test]
fn when_lists_times() {
    let text = stdout(&["when", "--format", "csv", "--date", "2012-11-21", &example("shuttle.txt")]);
    assert!(text.starts_with("doc_id,start,end,text,type,value,from,to,precision\n"), "{text}");
    assert!(text.contains(",tomorrow,DATE,2012-11-22,2012-11-22,2012-11-22,day\n"), "{text}");
}

#[test]
fn where_lists_places() {
    let text = stdout(&["where", &example("shuttle.txt")]);
    let line = text.lines().find(|l| l.contains("Khan Younis")).expect("the town");
    assert!(line.contains("PSE") && line.contains("31.3"), "{line}");
}

#[test]
fn quotes_list_who_said_what() {
    let text = stdout(&["quotes", &example("shuttle.txt")]);
    assert!(text.contains("Ziad Barakat"), "{text}");
    let lines = stdout(&["quotes", "--format", "jsonl", &example("shuttle.txt"), &example("strait")]);
    let rows: Vec<serde_json::Value> =
        lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert!(rows.iter().any(|r| r["quoted"] == true && r["doc_id"] == "8-deal"));
    assert!(
        stdout(&["quotes", "--format", "csv", &example("strait")])
            .starts_with("doc_id,statement_id,speaker,")
    );
}

#[test]
fn explain_tells_frames_slots_and_fates() {
    let text = stdout(&["explain", &example("shuttle.txt")]);
    for part in [
        "== shuttle",
        "frame      consult.meet",
        "actor      subj:",
        "status     happened",
        "becomes    event ",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn schema_is_a_schema() {
    let schema: serde_json::Value = serde_json::from_str(&stdout(&["schema"])).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema");
}
