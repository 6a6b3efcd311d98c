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

/// Seconds of processor time to begin, and to look through ten megabytes that hold no token.
const START: f64 = 10.0;

/// What became of a run.
struct Told {
    coded: u64,
    /// Documents that were not read, by kind.
    kinds: BTreeMap<String, u64>,
    tokens: u64,
    /// Seconds of processor time.
    cost: f64,
}

/// `dateline run` on what is given, or on what `feed` writes to its standard input.
fn run(given: &[String], seconds: usize, feed: impl FnOnce(&mut dyn Write)) -> Told {
    let place = tempfile::tempdir().expect("a folder");
    let out = within(&place, "out");
    let before = worked();
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -v {MEMORY} -t {seconds}; exec \"$@\""), "sh"])
        .args([env!("CARGO_BIN_EXE_dateline"), "run", "--output", &out, "--quiet", "--jobs", "1"])
        .args(given)
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
    Told { coded: count("coded"), kinds, tokens: count("tokens"), cost }
}

/// A run on files, each named, so that what they are is told by their endings alone.
fn files(files: &[(&str, &[u8])]) -> Told {
    let place = folder(files);
    let given: Vec<String> = files.iter().map(|(name, _)| within(&place, name)).collect();
    run(&given, SECONDS, |_| {})
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

/// A frame of zstd: some bytes, and behind them so many times 128 KiB of one byte, each of which takes four.
fn zstd(first: &[u8], byte: u8, times: u32) -> Vec<u8> {
    const BLOCK: u32 = 128 << 10;
    // Magic number, no options, a window of 128 KiB.
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0, 0x38];
    let mut head = |is_last: bool, kind: u32, length: u32, content: &[u8]| {
        frame.extend_from_slice(&(u32::from(is_last) | kind << 1 | length << 3).to_le_bytes()[..3]);
        frame.extend_from_slice(content);
    };
    head(times == 0, 0, first.len() as u32, first);
    (1..=times).for_each(|n| head(n == times, 1, BLOCK, &[byte]));
    frame
}

/// A report as a row of JSON lines.
fn row() -> String {
    let text = std::str::from_utf8(REPORT).expect("text");
    serde_json::json!({ "text": text, "date": "2031-03-03" }).to_string() + "\n"
}

/// The kinds of a run's errors with their numbers.
fn kinds(told: &Told) -> Vec<(&str, u64)> {
    told.kinds.iter().map(|(kind, n)| (kind.as_str(), *n)).collect()
}

#[test]
fn bombs_are_told_and_what_stands_beside_them_is_read() {
    let long = || (0..40).map(|_| vec![b'a'; MB]);
    let lines = [row().into_bytes()].into_iter().chain(long()).chain([b"\n".to_vec(), row().into_bytes()]);
    let told = files(&[
        ("a.txt", REPORT),
        ("b.txt.gz", &gzip(long())),
        // A gigabyte, of which no more is unpacked than a report may have.
        ("c.txt.zst", &zstd(b"", b'a', 8 << 10)),
        ("d.jsonl.gz", &gzip(lines)),
        ("e.csv.zst", &zstd(b"text\n", b'"', 400)),
        ("f.json.zst", &zstd(b"[", b'1', 600)),
        ("g.rss.zst", &zstd(b"<rss><channel><title>", b'a', 600)),
        ("h.xml.zst", &zstd(b"<Sentences><Sentence id='a'><Text>", b'a', 400)),
        ("i.warc.zst", &zstd(b"WARC/1.0\r\nX: ", b'a', 400)),
    ]);
    assert_eq!((told.coded, kinds(&told)), (3, vec![("malformed", 2), ("too_large", 6)]));
}

#[test]
fn towers_are_refused() {
    let tower = |first: &str, storey: &str, n: usize| (first.to_owned() + &storey.repeat(n)).into_bytes();
    let told = files(&[
        ("a.html", &tower("<p>The envoy left.</p>", "<div>", 10_000)),
        ("b.html", &tower("", "<b><i><p>", 10_000)),
        ("c.jsonl", &[tower("{\"text\": ", "[", 10_000), b"\n".to_vec(), row().into_bytes()].concat()),
        ("d.json", &tower("", "[{\"a\":", 100_000)),
        ("e.xml", &tower("<Sentences>", "<Text>", 100_000)),
        ("f.rss", &tower("<rss version='2.0'><channel>", "<item>", 100_000)),
        (
            "g.atom",
            &tower("<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry><content type='xhtml'>", 10_000),
        ),
    ]);
    // One row stands behind a tower.
    let refused = vec![("broken_page", 2), ("malformed", 4), ("truncated", 1)];
    assert_eq!((told.coded, kinds(&told)), (1, refused));
}

#[test]
fn floods_are_read() {
    for (name, unit) in floods() {
        let text = flood(unit, 1500);
        let told = files(&[("a.txt", text.as_bytes())]);
        let skipped = kinds(&told);
        assert!(skipped.is_empty() || skipped == [("language", 1)], "{name}: {skipped:?}");
        assert!(told.cost < 10.0, "{name}: {} tokens in {} s", told.tokens, told.cost);
    }
}

/// What a text may be flooded with.
fn floods() -> [(&'static str, &'static str); 24] {
    [
        ("brackets", "("),
        ("quotation marks", "\""),
        ("curly marks", "“”"),
        ("one word", "police "),
        ("one letter", "a"),
        ("conjunctions", "and "),
        ("commas", ", "),
        ("names", "Ana Ruiz, Ivo Mansour and "),
        ("numbers", "1,000 "),
        ("digits", "7"),
        ("one sentence", "the army said the rebels attacked a convoy near Goma and "),
        ("speech", "said he said she "),
        ("full stops", "."),
        ("lines", "a\n"),
        ("paragraphs", "He said.\n\n"),
        ("days", "Monday "),
        ("dates", "May 3, 2012, "),
        ("places", "Cairo, "),
        ("of", "of the "),
        ("possessives", "Peru's "),
        ("addresses", "http://a.b/c "),
        ("no spaces", "日本"),
        ("marks that are not seen", "a\u{200b}\u{202e}\u{2066} "),
        ("meetings", "Karl Brandt met Hisham Mansour in Cairo on Monday. "),
    ]
}

/// A text that is `unit` again and again, behind a line that is English.
fn flood(unit: &str, bytes: usize) -> String {
    "The army said.\n\n".to_owned() + &unit.repeat(bytes / unit.len() + 1)
}

#[test]
fn what_is_not_seen_is_read() {
    let odd = "PARIS, March 3, 2031 (Example Wire) - The\u{200b} \u{202e}French\u{202c} foreign\u{ad} minister \
               \u{2066}met\u{2069} his\u{feff} German\0 counterpart in\u{2028}Paris on Monday.\u{1b}[2J\n";
    let told = files(&[
        ("a.txt", odd.as_bytes()),
        ("b.txt", "\0".repeat(5000).as_bytes()),
        ("c.txt", "\u{202e}".repeat(5000).as_bytes()),
        ("d.txt", "\u{200b}\n".repeat(5000).as_bytes()),
        ("e.csv", format!("te\u{200b}xt,text\nx,\"{odd}\"\n").as_bytes()),
    ]);
    // What holds nothing but marks that are not seen is read, and gives nothing.
    assert_eq!((told.coded, kinds(&told)), (4, vec![("binary", 1)]));
}

#[test]
fn rows_of_many_fields_are_read() {
    let many: String = (0..50_000).map(|n| format!("column {n},")).collect();
    let told = files(&[
        (
            "a.csv",
            format!("text,{many}\n\"{}\"{}\n", "The envoy left Cairo.", ",".repeat(500_000)).as_bytes(),
        ),
        ("b.csv", format!("{many}\n{many}\n").as_bytes()),
        ("c.csv", format!("text,id\nThe envoy left Cairo.,1\n\"{}", "x\n".repeat(1000)).as_bytes()),
        ("d.json", format!("[{}{{\"text\": \"The envoy left Cairo.\"}}]", "0,".repeat(3000)).as_bytes()),
        (
            "e.jsonl",
            format!("{{\"text\": \"The envoy left Cairo.\"{}}}\n", ", \"x\": 1".repeat(100_000)).as_bytes(),
        ),
    ]);
    assert_eq!((told.coded, kinds(&told)), (5, vec![("malformed", 3000), ("no_text", 1)]));
}

#[test]
fn feeds_without_end_are_told() {
    let item = "<item><title>T</title><link>https://wire.example/1</link></item>";
    let told = files(&[
        ("a.rss", format!("<rss version='2.0'><channel>{}", item.repeat(2000)).as_bytes()),
        ("b.rss", format!("<rss version='2.0'><channel>{}</channel></rss>", item.repeat(2000)).as_bytes()),
        (
            "c.rss",
            format!("<rss version='2.0'><channel>{}</channel></rss>", "<item/>".repeat(200_000)).as_bytes(),
        ),
    ]);
    assert_eq!((told.coded, kinds(&told)), (0, vec![("malformed", 1), ("no_text", 202_000)]));
}

#[test]
fn names_and_links_of_files_lead_nowhere() {
    let place = folder(&[
        ("in/a\nb.txt", REPORT),
        ("in/\u{1b}[2Jc.txt", REPORT),
        ("in/\u{202e}txt.d", REPORT),
        ("in/-e.txt", REPORT),
        ("in/deep/f.txt", REPORT),
    ]);
    let within = |name: &str| place.path().join(name);
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(within(to), within(at)).expect("a link");
    link("in", "in/deep/again");
    link("in/deep", "in/deep/self");
    link("nothing", "in/dangling.txt");
    link("in/loop2", "in/loop1");
    link("in/loop1", "in/loop2");
    let bytes = std::ffi::OsStr::from_bytes(b"in/\xff.txt");
    std::fs::write(place.path().join(bytes), REPORT).expect("a file");
    // A pipe into which nobody writes is no file.
    let made =
        Command::new("mkfifo").arg(within("in/pipe.txt")).status().is_ok_and(|status| status.success());
    assert!(made, "mkfifo");
    let told = run(&[within("in").display().to_string()], SECONDS, |_| {});
    assert_eq!((told.coded, kinds(&told)), (5, vec![("io", 5)]));
}

/// Lines without an end, from a pipe.
fn endless(megabytes: usize, seconds: usize) {
    let pour = |out: &mut dyn Write| {
        let block = vec![b'a'; MB];
        out.write_all(row().as_bytes())?;
        (0..megabytes).try_for_each(|_| out.write_all(&block))?;
        out.write_all(format!("\n{}", row()).as_bytes())
    };
    let given = ["--input-format", "jsonl", "-"].map(str::to_owned);
    let told = run(&given, seconds, |out| pour(out).expect("all of it is taken"));
    assert_eq!((told.coded, kinds(&told)), (2, vec![("too_large", 1)]));
}

#[test]
fn lines_without_end_are_passed_over() {
    endless(64, SECONDS);
}

#[test]
#[ignore = "a minute; scripts/hostile runs it"]
fn a_line_of_a_gigabyte_is_passed_over() {
    endless(1 << 10, 600);
}

#[test]
#[ignore = "half an hour to an hour; scripts/hostile runs it"]
fn ten_megabytes_of_anything_cost_what_news_cost() {
    let size = MB * std::env::var("DATELINE_MEGABYTES").map_or(10, |told| told.parse().expect("a number"));
    let cost = |told: &Told| told.cost * 1e6 / told.tokens as f64;
    let news = "Rebels attacked a convoy near Goma on Tuesday, killing at least 12 soldiers, an army spokesman said. ";
    let plain = files(&[("a.txt", flood(news, size / 10).as_bytes())]);
    println!(
        "{:<24} {:>9} tokens {:>7.1} s {:>7.1} us a token",
        "news",
        plain.tokens,
        plain.cost,
        cost(&plain)
    );
    for (name, unit) in floods() {
        let told = files(&[("a.txt", flood(unit, size).as_bytes())]);
        println!("{name:<24} {:>9} tokens {:>7.1} s {:>7.1} us a token", told.tokens, told.cost, cost(&told));
        // What is no news may cost more, but by a factor and not by its length; a long word is but a few tokens.
        let allowed = START + 20.0 * cost(&plain) * told.tokens as f64 / 1e6;
        assert!(told.cost < allowed, "{name}: more than {allowed:.0} s");
    }
}
