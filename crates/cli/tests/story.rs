//! The commands over many reports: portions that join a state, and the forms of a series.

use assert_cmd::Command;
use std::path::{Path, PathBuf};

fn crisis() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/crisis")
}

fn dateline(arguments: &[&str]) -> Vec<u8> {
    let output = Command::cargo_bin("dateline").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The records of the crisis, a line each.
fn records(folder: &Path) -> Vec<String> {
    let file = folder.join("records.jsonl");
    dateline(&["read", crisis().to_str().unwrap(), "--format", "jsonl", "--output", file.to_str().unwrap()]);
    std::fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn portions_give_what_all_at_once_give() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mut lines = records(folder.path());
    dateline(&["link", &at("records.jsonl"), "--output", &at("whole")]);
    lines.reverse();
    let portions = [&lines[..7], &lines[7..8], &lines[8..]];
    for (n, portion) in portions.iter().enumerate() {
        let file = at(&format!("portion{n}.jsonl"));
        std::fs::write(&file, portion.join("\n")).unwrap();
        dateline(&["link", &file, "--state", &at("state"), "--output", &at("joined")]);
    }
    let same = |name: &str| {
        let read = |from: &str| std::fs::read(folder.path().join(from).join(name)).unwrap();
        assert!(read("whole") == read("joined"), "{name}");
    };
    ["event_clusters.jsonl", "documents.jsonl", "plans.jsonl", "stories.jsonl"].into_iter().for_each(same);
    // A line that was cut off when it was written belongs to no report; what was found is found anew when it is damaged.
    let reports = folder.path().join("state/reports.jsonl");
    let mut bytes = std::fs::read(&reports).unwrap();
    bytes.extend(b"{\"id\": \"cut");
    std::fs::write(&reports, bytes).unwrap();
    std::fs::write(folder.path().join("state/links.bin"), b"nothing").unwrap();
    dateline(&["link", "--state", &at("state"), "--output", &at("joined")]);
    same("event_clusters.jsonl");
    // The same reports once more replace themselves.
    dateline(&["link", &at("records.jsonl"), "--state", &at("state"), "--output", &at("joined")]);
    ["event_clusters.jsonl", "plans.jsonl"].into_iter().for_each(same);
}

#[test]
fn a_state_of_something_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("reports.jsonl"), "{}\n").unwrap();
    let mut command = Command::cargo_bin("dateline").unwrap();
    let failed = command.args(["link", "--state"]).arg(folder.path()).assert().code(2);
    let told = String::from_utf8_lossy(&failed.get_output().stderr).into_owned();
    assert!(told.contains("another --state"), "{told}");
}

#[test]
fn a_series_has_typed_columns() {
    let folder = tempfile::tempdir().unwrap();
    records(folder.path());
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let csv = dateline(&["series", &at("records.jsonl"), "--by", "day"]);
    for form in ["parquet", "arrow"] {
        let file = at(&format!("series.{form}"));
        dateline(&["series", &at("records.jsonl"), "--by", "day", "--format", form, "--output", &file]);
        let batches = dateline_tables::file::read(Path::new(&file)).unwrap();
        let rows = batches.iter().fold(0, |n, b| n + b.num_rows());
        assert_eq!(rows, String::from_utf8_lossy(&csv).lines().count() - 1, "{form}");
        assert!(rows > 10);
    }
}
