//! Bad input of every kind: a clear word on standard error, the right exit code, and the rest goes on.

mod common;

use common::{REPORT, dateline, folder, within};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

/// Exit code and standard error of a run.
fn fails(args: &[&str]) -> (i32, String) {
    let output = dateline(args).output().expect("it runs");
    (output.status.code().expect("no signal"), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn each_kind_has_its_word() {
    let files: [(&str, &[u8], &str); 6] = [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t", "empty"),
        ("paper.txt", b"%PDF-1.4 \x00\x01\x02", "PDF"),
        ("zeros.txt", &[0, 1, 2, 0, 250, 0, 0, 9, 0, 0, 3, 0, 0, 0, 7, 0], "not text"),
        ("french.txt", "Le ministre des Affaires étrangères a rencontré son homologue allemand à Paris lundi, où ils ont parlé de la situation au Proche-Orient et de la paix.".as_bytes(), "French"),
        ("index.html", b"<html><body><ul><li><a href=a>One</a><li><a href=b>Two</a></ul></body></html>", "no article"),
    ];
    for (name, bytes, word) in files {
        let folder = folder(&[(name, bytes)]);
        let (code, said) = fails(&["read", &within(&folder, name)]);
        assert_eq!(code, 1, "{name}: {said}");
        assert!(said.contains(name) && said.contains(word), "{name}: {said}");
    }
}

#[test]
fn a_huge_line_is_refused() {
    let folder = folder(&[("line.txt", "The envoy left. ".repeat(50 << 16).as_bytes())]);
    let (code, said) = fails(&["read", &within(&folder, "line.txt")]);
    assert_eq!(code, 1);
    assert!(said.contains("16777216") && said.contains("--max-bytes"), "{said}");
    let (code, said) = fails(&["read", "--max-bytes", "1k", &common::example("shuttle.txt")]);
    assert_eq!((code, said.contains("1024")), (1, true), "{said}");
}

#[test]
fn other_encodings_are_read() {
    let latin: Vec<u8> = b"PARIS, March 3, 2031 - The minister said in Orl\xe9ans that the caf\xe9s would close on Monday, and the mayor agreed with him.\n".to_vec();
    let utf16: Vec<u8> = std::iter::once(0xfeff_u16)
        .chain(String::from_utf8_lossy(REPORT).encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let folder = folder(&[("latin.txt", &latin), ("wide.txt", &utf16)]);
    let text = common::stdout(&["read", "--format", "json", &within(&folder, "latin.txt")]);
    assert!(text.contains("Orléans") && text.contains("cafés"), "{text}");
    let text = common::stdout(&["read", "--format", "json", &within(&folder, "wide.txt")]);
    assert!(text.contains("The French foreign minister"), "{text}");
}

#[test]
fn without_a_date_there_is_a_warning() {
    let folder =
        folder(&[("a.txt", b"The French foreign minister met his German counterpart in Paris on Monday.\n")]);
    let output = dateline(&["read", &within(&folder, "a.txt")]).assert().success().get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("--date"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("CONSULT"));
}

#[test]
fn the_rest_goes_on() {
    let folder = folder(&[("a.txt", REPORT), ("b.txt", b""), ("c.txt", REPORT)]);
    let errors = within(&folder, "errors.jsonl");
    let (good, bad, gone) = (within(&folder, "a.txt"), within(&folder, "b.txt"), within(&folder, "gone.txt"));
    let last = within(&folder, "c.txt");
    let output = dateline(&["read", "--format", "jsonl", "--errors", &errors, &good, &bad, &gone, &last])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("text");
    let ids: Vec<String> = text
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON")["id"].to_string())
        .collect();
    assert_eq!(ids, ["\"a\"", "\"c\""]);
    let errors = std::fs::read_to_string(errors).expect("the errors");
    let kinds: Vec<serde_json::Value> =
        errors.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(kinds[0]["kind"], "empty");
    assert_eq!(kinds[0]["path"], bad);
    assert_eq!(kinds[1]["kind"], "io");
    assert!(kinds[1]["reason"].as_str().is_some_and(|r| r.contains("no such file")), "{errors}");
}

#[test]
fn exit_code_2_is_for_usage_input_and_output() {
    let folder = folder(&[("a.txt", REPORT), ("b.txt", REPORT)]);
    let (a, b) = (within(&folder, "a.txt"), within(&folder, "b.txt"));
    let nowhere = within(&folder, "no/such/out.json");
    for (args, word) in [
        (vec!["read"], "nothing to read"),
        (vec!["read", "--nonsense", &a], "--nonsense"),
        (vec!["read", "--format", "xml", &a], "xml"),
        (vec!["read", "--date", "yesterday", &a], "--date"),
        (vec!["read", "--min-confidence", "7", &a], "0 to 1"),
        (vec!["read", "--id", "x", &a, &b], "--id"),
        (vec!["read", "-", "-"], "standard input"),
        (vec!["read", "--output", &nowhere, &a], "cannot be written"),
        (vec!["read", "--output", folder.path().to_str().expect("a name"), &a], "add --format"),
        (vec!["read", &within(&folder, "gone.txt")], "check the path"),
    ] {
        let (code, said) = fails(&args);
        assert_eq!(code, 2, "{args:?}: {said}");
        assert!(said.contains(word), "{args:?}: {said}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["read", "--format", "json"])
        .arg(common::examples())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    assert!(child.wait().expect("it ends").success(), "{said}");
    assert!(!said.contains("panicked") && !said.contains("cannot be written"), "{said}");
}

#[test]
fn a_killed_run_leaves_the_old_output_alone() {
    let folder = folder(&[("out.json", b"old")]);
    let out = within(&folder, "out.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["read", "-", "--format", "json", "--output", &out])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(REPORT).expect("it listens");
    std::thread::sleep(std::time::Duration::from_millis(300));
    child.kill().expect("it runs");
    child.wait().expect("it ends");
    assert_eq!(std::fs::read_to_string(&out).expect("the file"), "old");
}

#[test]
fn hostile_text_cannot_steer_the_terminal() {
    let folder = folder(&[("a.txt", b"PARIS, March 3, 2031 - The French foreign minister met \x1b[2J\x1b]0;owned\x07 his German counterpart in Paris on Monday.\n")]);
    for color in ["always", "never"] {
        let text = common::stdout(&["read", "--color", color, &within(&folder, "a.txt")]);
        assert!(!text.contains("\x1b[2J") && !text.contains("\x1b]") && !text.contains('\x07'), "{text:?}");
    }
}
