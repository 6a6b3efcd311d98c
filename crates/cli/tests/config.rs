//! `dateline.toml`, `dateline config show`, completions and manual pages.

mod common;

use common::{REPORT, dateline, folder};

fn in_folder(folder: &tempfile::TempDir, args: &[&str]) -> (i32, String, String) {
    let output = dateline(args)
        .current_dir(folder.path())
        .env("XDG_CONFIG_HOME", folder.path().join("own"))
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("no signal"), text(output.stdout), text(output.stderr))
}

#[test]
fn options_come_from_files_and_what_is_typed_wins() {
    let folder = folder(&[
        ("dateline.toml", b"publisher = 'Wire'\n[read]\nformat = 'json'\n"),
        ("own/dateline/dateline.toml", b"publisher = 'Own'\nmin-confidence = 0.25\n"),
        ("other.toml", b"publisher = 'Other'\n"),
        ("a.txt", REPORT),
    ]);
    let (code, out, _) = in_folder(&folder, &["read", "a.txt"]);
    assert!(code == 0 && out.contains("\"publisher\": \"Wire\""), "{out}");
    let (_, out, _) = in_folder(&folder, &["read", "--publisher", "Typed", "a.txt"]);
    assert!(out.contains("\"publisher\": \"Typed\""), "{out}");
    let (_, out, _) = in_folder(&folder, &["--config", "other.toml", "read", "--format", "json", "a.txt"]);
    assert!(out.contains("\"publisher\": \"Other\""), "{out}");
    let (code, out, _) = in_folder(&folder, &["config", "show", "run", "--jobs", "3"]);
    assert_eq!(code, 0);
    let row = |option: &str| {
        let line =
            out.lines().find(|line| line.split_whitespace().nth(1) == Some(option)).unwrap_or_default();
        line.split_whitespace().skip(2).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("jobs"), "3 command line");
    assert_eq!(row("publisher"), "Wire dateline.toml");
    assert!(
        row("min-confidence").starts_with("0.25")
            && row("min-confidence").ends_with("own/dateline/dateline.toml")
    );
    assert_eq!(row("part-size"), "2000 default");
    assert_eq!(row("since"), "- not set");
}

#[test]
fn a_wrong_key_ends_the_program_with_what_was_meant() {
    let folder = folder(&[("dateline.toml", b"[read]\nmin-confidense = 0.5\n"), ("a.txt", REPORT)]);
    let (code, _, said) = in_folder(&folder, &["read", "a.txt"]);
    assert!(
        code == 2 && said.contains("dateline.toml") && said.contains("did you mean `min-confidence`?"),
        "{said}"
    );
    let (code, _, said) = in_folder(&folder, &["--config", "gone.toml", "read", "a.txt"]);
    assert!(code == 2 && said.contains("gone.toml"), "{said}");
}

#[test]
fn completions_and_manual_pages_know_every_option() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(common::stdout(&["completions", shell]).contains("part-size"), "{shell}");
    }
    assert!(common::stdout(&["man"]).contains("dateline"));
    let folder = folder(&[]);
    common::stdout(&["man", "--output", &folder.path().display().to_string()]);
    let page = std::fs::read_to_string(folder.path().join("dateline-run.1")).expect("a page");
    assert!(page.contains("resume"), "{page}");
}
