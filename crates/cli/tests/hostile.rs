//! Hostile input given to the command: every run ends soon, takes no more memory than it may, does not panic, and tells of
//! everything it was given. The large ones are ignored; `scripts/hostile` runs them and prints what a token cost.
#![cfg(unix)]

mod common;

use common::{REPORT, folder, within};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const MB: usize = 1 << 20;

/// The most memory that a run may take, most of which are weights and stacks that are never touched; in KiB.
const MEMORY: usize = 3 << 20;
/// The most seconds of processor time; what hangs takes more.
const SECONDS: usize = if cfg!(debug_assertions) { 120 } else { 60 };

/// What became of a run.
struct Told {
    code: i32,
    coded: u64,
    /// Documents that were not read, by kind.
    kinds: BTreeMap<String, u64>,
    tokens: u64,
    /// Seconds of processor time.
    cost: f64,
}

/// `dateline run` on files, or on what `feed` writes to its standard input.
fn run(input: &str, more: &[&str], seconds: usize, feed: impl FnOnce(&mut dyn Write)) -> Told {
    let place = tempfile::tempdir().expect("a folder");
    let out = within(&place, "out");
    let before = worked();
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MEMORY} -t {seconds}; exec \"$@\""), "sh"])
        .args([env!("CARGO_BIN_EXE_dateline"), "run", input, "--output", &out, "--quiet", "--jobs", "1"])
        .args(more)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    feed(&mut child.stdin.take().expect("piped"));
    let output = child.wait_with_output().expect("it ends");
    let cost = worked() - before;
    let said = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code().unwrap_or_else(|| panic!("{:?}: {said}", output.status));
    assert!(!said.contains("panicked"), "{said}");
    let json = |name: &str| {
        std::fs::read(Path::new(&out).join(name)).unwrap_or_else(|e| panic!("{name}: {e}: {said}"))
    };
    let manifest: Value = serde_json::from_slice(&json("manifest.json")).expect("JSON");
    let count = |name: &str| manifest["counts"][name].as_u64().expect("a number");
    let mut kinds = BTreeMap::new();
    for line in String::from_utf8(json("errors.jsonl")).expect("text").lines() {
        let error: Value = serde_json::from_str(line).expect("JSON");
        assert!(error["reason"].as_str().is_some_and(|reason| reason.len() > 10), "{error}");
        *kinds.entry(error["kind"].as_str().expect("a kind").to_owned()).or_default() += 1;
    }
    // Nothing is lost, and the exit code says what the errors do.
    assert_eq!(count("read"), count("coded") + count("skipped") + count("failed"), "{manifest}");
    assert_eq!(kinds.values().sum::<u64>(), count("skipped") + count("failed"), "{kinds:?}");
    assert_eq!(code, i32::from(count("failed") > 0), "{kinds:?}");
    assert!(!kinds.contains_key("internal"), "{kinds:?}");
    Told { code, coded: count("coded"), kinds, tokens: count("tokens"), cost }
}

/// A run on files.
fn files(files: &[(&str, &[u8])], more: &[&str]) -> Told {
    let given = folder(files);
    run(given.path().to_str().expect("a name"), more, SECONDS, |_| {})
}

/// Processor time of all children so far, in seconds; where the system does not tell, the time by the clock.
fn worked() -> f64 {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/self/stat").ok();
    let ticks = told.as_deref().and_then(|told| {
        let mut fields = told.rsplit_once(')')?.1.split_whitespace().skip(13).map(str::parse::<f64>);
        Some(fields.next()?.ok()? + fields.next()?.ok()?)
    });
    ticks.map_or_else(|| START.elapsed().as_secs_f64(), |ticks| ticks / 100.0)
}

fn gzip(parts: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    parts.for_each(|part| gz.write_all(&part).expect("memory"));
    gz.finish().expect("memory")
}

/// A frame of zstd that is so many times 128 KiB of one byte, each in four bytes.
fn zstd_bomb(byte: u8, times: u32) -> Vec<u8> {
    // Magic number, no options, a window of 128 KiB.
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0, 0x38];
    for n in 1..=times {
        let head = u32::from(n == times) | 1 << 1 | (128 << 10) << 3;
        frame.extend_from_slice(&head.to_le_bytes()[..3]);
        frame.push(byte);
    }
    frame
}

fn kinds(told: &Told) -> Vec<(&str, u64)> {
    told.kinds.iter().map(|(kind, n)| (kind.as_str(), *n)).collect()
}

fn row(text: &str) -> String {
    serde_json::json!({ "text": text, "date": "2031-03-03" }).to_string() + "\n"
}

fn report() -> &'static str {
    std::str::from_utf8(REPORT).expect("text")
}
