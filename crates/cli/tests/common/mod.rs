//! Running the command.
#![allow(dead_code, reason = "every test takes what it needs")]

use assert_cmd::Command;
use std::path::{Path, PathBuf};

pub(crate) fn dateline(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(args);
    command
}

pub(crate) fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// The path of an example.
pub(crate) fn example(name: &str) -> String {
    examples().join(name).display().to_string()
}

/// What a successful run prints.
pub(crate) fn stdout(args: &[&str]) -> String {
    let output = dateline(args).assert().success().get_output().stdout.clone();
    String::from_utf8(output).expect("text")
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    folder
}

/// The path of a file in a folder.
pub(crate) fn within(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

pub(crate) const REPORT: &[u8] = b"PARIS, March 3, 2031 (Example Wire) - The French foreign minister met his German counterpart in Paris on Monday.\n";
