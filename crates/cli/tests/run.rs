//! `dateline run`: parts, counts, errors; kills, full disks and resuming.

mod common;

use common::{REPORT, dateline, folder, within};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Reports of invented ministers, some rows that are none.
fn archive(reports: usize) -> String {
    let cities = ["Paris", "Cairo", "Vienna", "Ankara", "Oslo", "Madrid", "Nairobi"];
    let acts = ["met", "criticized", "threatened to sanction", "promised to aid", "accused", "visited"];
    let mut lines = String::new();
    for n in 0..reports {
        let (city, act) = (cities[n % cities.len()], acts[n % acts.len()]);
        let day = 1 + n % 28;
        let text = format!(
            "{}, March {day}, 2031 (Example Wire) - The French foreign minister {act} his German counterpart in {city} on \
             Monday. Police arrested {n} protesters, a spokesman said.",
            city.to_uppercase()
        );
        let row = match n % 11 {
            4 => serde_json::json!({"id": n, "headline": "no text"}),
            7 => {
                serde_json::json!({"id": n, "text": "Le ministre des Affaires étrangères a rencontré son homologue allemand à Paris lundi, où ils ont parlé de la situation au Proche-Orient et de la paix."})
            }
            9 => serde_json::json!({"id": n, "text": "%PDF-1.4 not a text"}),
            _ => serde_json::json!({"id": n, "text": text, "date": format!("2031-03-{day:02}")}),
        };
        lines.push_str(&row.to_string());
        lines.push('\n');
    }
    lines
}

/// All files of a folder but the lock, and the manifest without its timings.
fn tree(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let name = entry.path().strip_prefix(folder).expect("below").display().to_string();
        if entry.file_type().is_file() && name != ".lock" {
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
    let mut manifest = manifest(folder);
    assert_eq!(manifest["state"], "complete");
    manifest.as_object_mut().expect("an object").remove("timings");
    files.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    files
}

fn manifest(folder: &str) -> Value {
    let bytes = std::fs::read(Path::new(folder).join("manifest.json")).expect("a manifest");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// The lines of all parts, or of the errors.
fn lines(folder: &str, name: &str) -> Vec<Value> {
    let parse = |bytes: &[u8]| -> Vec<Value> {
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    tree(folder)
        .iter()
        .filter(|(path, _)| path.starts_with(name))
        .flat_map(|(_, bytes)| parse(bytes))
        .collect()
}

fn run(input: &str, out: &str, more: &[&str]) -> (i32, String) {
    let mut args = vec!["run", input, "-o", out];
    args.extend(more);
    let output = dateline(&args).output().expect("it runs");
    (output.status.code().expect("no signal"), String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn parts_hold_what_read_prints_and_counts_add_up() {
    let folder = folder(&[("wire.jsonl", archive(40).as_bytes())]);
    let (input, out) = (within(&folder, "wire.jsonl"), within(&folder, "out"));
    let (code, said) = run(&input, &out, &["--part-size", "7"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("40 documents") && said.contains("language 3"), "{said}");
    let records = lines(&out, "records/");
    let printed = dateline(&["read", "--format", "jsonl", &input]).output().expect("it runs").stdout;
    let printed: Vec<Value> = String::from_utf8(printed)
        .expect("text")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(records, printed);
    let errors = lines(&out, "errors.jsonl");
    let counts = manifest(&out)["counts"].clone();
    let count = |name: &str| counts[name].as_u64().expect("a number");
    assert_eq!(count("read"), 40);
    assert_eq!(count("read"), count("coded") + count("skipped") + count("failed"));
    assert_eq!(count("coded"), records.len() as u64);
    assert_eq!(count("skipped") + count("failed"), errors.len() as u64);
    let states = |state: &str| errors.iter().filter(|error| error["state"] == state).count() as u64;
    assert_eq!((states("skipped"), states("failed")), (count("skipped"), count("failed")));
    for error in &errors {
        assert_eq!(error["path"], input.as_str());
        assert_eq!(error["unit"], "line");
        assert!(error["position"].is_u64() && error["reason"].is_string() && error["kind"].is_string());
    }
    let manifest = manifest(&out);
    assert_eq!(manifest["parts"].as_array().map(Vec::len), Some(6));
    let digest = |path: &str| {
        use sha2::Digest;
        let bytes = std::fs::read(path).expect("a file");
        sha2::Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>()
    };
    assert_eq!(manifest["inputs"][0]["sha256"], digest(&input).as_str());
    for part in manifest["parts"].as_array().expect("parts") {
        for file in part["files"].as_array().expect("files") {
            let path = format!("{out}/{}", file["path"].as_str().expect("a path"));
            assert_eq!(file["sha256"], digest(&path).as_str());
        }
    }
}

#[test]
fn any_number_of_jobs_gives_the_same_bytes() {
    let folder = folder(&[("wire.jsonl", archive(60).as_bytes())]);
    let input = within(&folder, "wire.jsonl");
    for format in ["jsonl", "csv", "parquet"] {
        let outs = ["1", "2", "5"].map(|jobs| {
            let out = within(&folder, &format!("{format}-{jobs}"));
            run(&input, &out, &["--jobs", jobs, "--part-size", "9", "--format", format, "--quiet"]);
            tree(&out)
        });
        assert!(outs[0] == outs[1] && outs[1] == outs[2], "{format}");
    }
}

#[test]
fn a_run_killed_at_any_moment_is_resumed_to_the_same_rows() {
    let kills = std::env::var("DATELINE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(30);
    let folder = folder(&[("wire.jsonl", archive(150).as_bytes())]);
    let input = within(&folder, "wire.jsonl");
    let whole = within(&folder, "whole");
    let args = ["--part-size", "4", "--quiet"];
    let start = Instant::now();
    run(&input, &whole, &args);
    let time = start.elapsed().as_micros() as u64;
    let expected = tree(&whole);
    let (mut killed, mut outs, mut moment) = (0, 0, 12345_u64);
    while killed < kills {
        outs += 1;
        let out = within(&folder, &format!("out-{outs}"));
        loop {
            let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .args(["run", &input, "-o", &out, "--resume"])
                .args(args)
                .stderr(Stdio::null())
                .spawn()
                .expect("it runs");
            moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            std::thread::sleep(Duration::from_micros((moment >> 33) % time));
            if killed < kills && child.try_wait().expect("a child").is_none() {
                child.kill().expect("it runs");
                child.wait().expect("it ends");
                killed += 1;
                continue;
            }
            assert_eq!(child.wait().expect("it ends").code(), Some(1));
            break;
        }
        assert!(tree(&out) == expected, "after {killed} kills");
        std::fs::remove_dir_all(&out).expect("a folder");
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_the_run_resumed() {
    let folder = folder(&[("wire.jsonl", archive(60).as_bytes())]);
    let (input, whole, out) =
        (within(&folder, "wire.jsonl"), within(&folder, "whole"), within(&folder, "out"));
    run(&input, &whole, &["--part-size", "12", "--quiet"]);
    // No file may grow beyond 16 blocks of 512 bytes: parts of this size do not fit, smaller ones do.
    let script = "trap '' XFSZ; ulimit -f 16; exec \"$0\" run \"$1\" -o \"$2\" --part-size 12";
    let output = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_dateline"), &input, &out])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot be written") && said.contains("part-00001.jsonl"), "{said}");
    let left: Vec<_> = std::fs::read_dir(Path::new(&out).join("records")).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(run(&input, &out, &["--part-size", "12", "--quiet", "--resume"]).0, 1);
    assert!(tree(&out) == tree(&whole));
}

#[test]
fn a_run_is_resumed_only_as_it_was_begun() {
    let folder = folder(&[("wire.jsonl", archive(20).as_bytes()), ("used/x.txt", b"x")]);
    let (input, out) = (within(&folder, "wire.jsonl"), within(&folder, "out"));
    run(&input, &out, &["--part-size", "5", "--limit", "12"]);
    // As if it had been killed behind its second part.
    let mut cut = manifest(&out);
    cut["state"] = "running".into();
    cut["parts"].as_array_mut().expect("parts").truncate(2);
    let counts = cut["counts"].as_object_mut().expect("counts");
    counts.insert("read".to_owned(), 10.into());
    std::fs::write(format!("{out}/manifest.json"), cut.to_string()).expect("a file");
    let resume = |more: &[&str]| {
        let mut args = vec!["--part-size", "5", "--limit", "12"];
        args.extend(more);
        run(&input, &out, &args)
    };
    for (more, word) in [
        (vec![], "--resume"),
        (vec!["--resume", "--min-confidence", "0.5"], "--min-confidence"),
        (vec!["--resume", "--since", "2031-01-01"], "--since"),
    ] {
        let (code, said) = resume(&more);
        assert!(code == 2 && said.contains(word), "{more:?} {said}");
    }
    let (code, said) = run(&input, &within(&folder, "used"), &[]);
    assert!(code == 2 && said.contains("other files"), "{said}");
    let mut changed = archive(20);
    changed.insert_str(changed.find("French").expect("a word"), "former ");
    std::fs::write(&input, changed).expect("a file");
    let (code, said) = resume(&["--resume"]);
    assert!(code == 2 && said.contains("changed"), "{said}");
    std::fs::write(&input, archive(20)).expect("a file");
    assert_eq!(resume(&["--resume"]).0, 1);
    let (code, said) = resume(&["--resume"]);
    assert!(code == 1 && said.contains("nothing is left"), "{said}");
    assert_eq!(lines(&out, "records/").len() + lines(&out, "errors.jsonl").len(), 12);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = folder(&[]);
    let out = within(&folder, "out");
    let mut first = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["run", "-", "-o", &out, "--quiet"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("it runs");
    let start = Instant::now();
    while !Path::new(&out).join("manifest.json").exists() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let (code, said) = run("-", &out, &["--resume"]);
    assert!(code == 2 && said.contains("another run"), "{said}");
    drop(first.stdin.take());
    assert_eq!(first.wait().expect("it ends").code(), Some(0));
}

#[test]
fn reports_are_chosen_by_day_and_number() {
    let folder = folder(&[("wire.jsonl", archive(30).as_bytes())]);
    let input = within(&folder, "wire.jsonl");
    let out = within(&folder, "days");
    run(&input, &out, &["--since", "2031-03-05", "--until", "2031-03-10"]);
    let days: Vec<String> =
        lines(&out, "records/").iter().map(|record| record["published"].to_string()).collect();
    assert!(
        !days.is_empty() && days.iter().all(|d| ("\"2031-03-05\"".."\"2031-03-11\"").contains(&d.as_str()))
    );
    assert!(
        lines(&out, "errors.jsonl")
            .iter()
            .any(|error| error["kind"] == "date" && error["state"] == "skipped")
    );
    let out = within(&folder, "first");
    run(&input, &out, &["--limit", "5"]);
    assert_eq!(manifest(&out)["counts"]["read"], 5);
    // A file that was not read to its end has no fingerprint.
    assert_eq!(manifest(&out)["inputs"][0]["sha256"], Value::Null);
}

#[test]
fn all_kinds_of_input_are_read() {
    let page = std::fs::read(common::examples().join("strait/3-shots.html")).expect("an example");
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}",
        String::from_utf8(page.clone()).expect("text")
    );
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:7>\r\nWARC-Date: 2031-03-06T10:00:00Z\r\n\
         WARC-Target-URI: https://wire.example/shots\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let text = String::from_utf8(REPORT.to_vec()).expect("text");
    let rss = format!(
        "<rss version='2.0'><channel><title>Wire</title><item><title>Talks</title><guid>g</guid><link>https://wire.example/g</link><description>{text}</description></item></channel></rss>"
    );
    let xml = format!(
        "<Sentences><Sentence date='20310303' id='p_1' source='W' sentence='True'><Text>{text}</Text></Sentence></Sentences>"
    );
    let folder = folder(&[
        ("in/a.txt", REPORT),
        ("in/b.warc", warc.as_bytes()),
        ("in/c.csv", format!("id,text\nc,\"{}\"\n", text.trim()).as_bytes()),
        ("in/d.rss", rss.as_bytes()),
        ("in/e.xml", xml.as_bytes()),
        ("in/f\nnewline.txt", REPORT),
        ("in/g.html", &page),
    ]);
    let (input, out) = (within(&folder, "in"), within(&folder, "in/out"));
    // The output lies in the input and is not read.
    assert_eq!(run(&input, &out, &["--quiet"]), (0, String::new()));
    let records = lines(&out, "records/");
    let ids: Vec<&str> = records.iter().filter_map(|record| record["id"].as_str()).collect();
    assert_eq!(ids, ["a", "7", "c", "g", "p", "f\nnewline", "g-2"]);
    assert!(
        records.iter().all(|record| record["events"].as_array().is_some_and(|events| !events.is_empty()))
    );
    assert_eq!(records[1]["url"], "https://wire.example/shots");
    let (code, said) = run(&within(&folder, "gone"), &within(&folder, "none"), &[]);
    assert!(code == 2 && said.contains("gone"), "{said}");
    assert!(!Path::new(&within(&folder, "none")).exists());
}
