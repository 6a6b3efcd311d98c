//! `dateline serve` and `dateline eval`.

mod common;

use common::{dateline, example, stdout};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

struct Desk {
    child: Child,
    address: String,
}

impl Desk {
    fn open(args: &[&str]) -> Desk {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .arg("serve")
            .args(args)
            .args(["--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the desk starts");
        let lines = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let address = lines.map_while(Result::ok).find_map(|line| {
            let rest = line.split_once("http://")?.1;
            Some(rest.split('/').next()?.to_owned())
        });
        Desk { child, address: address.expect("the desk tells its address") }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn reports_records_and_databases_open_alike() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    for name in ["r.jsonl", "r.sqlite"] {
        stdout(&["read", &example("strait"), "--output", &at(name)]);
    }
    let about = |given: &str| {
        let answer = Desk::open(&[given]).get("/api/about");
        let body = answer.split_once("\r\n\r\n").expect("a head and a body").1.to_owned();
        let mut about: serde_json::Value = serde_json::from_str(&body).expect("JSON");
        about["name"].take();
        about
    };
    let read = about(&example("strait"));
    assert_eq!(read["reports"], 8);
    assert!(read["events"].as_u64() > Some(5));
    assert_eq!(about(&at("r.jsonl")), read);
    assert_eq!(about(&at("r.sqlite")), read);
}

#[test]
fn the_page_is_part_of_the_program() {
    let desk = Desk::open(&[&example("shuttle.txt")]);
    let page = desk.get("/table?type=CONSULT");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("<div id=\"desk\">"), "{page}");
    let script = page.split("src=\"").nth(1).and_then(|s| s.split('"').next()).expect("a script");
    assert!(desk.get(script).starts_with("HTTP/1.1 200"), "{script}");
    assert!(desk.get("/assets/none.js").starts_with("HTTP/1.1 404"));
}

#[test]
fn what_cannot_be_opened_is_told() {
    let fails = |args: &[&str], told: &str| {
        let output = dateline(args).output().expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(told), "{error}");
    };
    fails(&["serve"], "nothing to read");
    fails(&["serve", &example("shuttle.txt"), "--listen", "192.0.2.1:80"], "--listen");
    fails(&["serve", &example("shuttle.txt"), "--token", "short"], "16");
    fails(&["serve", &example("shuttle.txt"), &example("strait"), "--check"], "--corrections");
    fails(&["serve", "none.sqlite"], "none.sqlite");
}

#[test]
fn eval_scores_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let gold = folder.path().join("gold");
    std::fs::create_dir(&gold).unwrap();
    let text = "Ecuador shelled a Peruvian border post on Monday. Ministers of both countries met in Brasilia on Friday.";
    let line = serde_json::json!({"id": "a:b", "date": "2031-06-03", "title": "Border", "text": text});
    let texts = folder.path().join("texts.jsonl");
    std::fs::write(&texts, format!("{line}\n")).unwrap();
    let party =
        |name: &str, country: &str| serde_json::json!({"name": name, "country": country, "sector": "GOV"});
    let event = |quote: &str, trigger: &str, kind: &str, sure: bool| {
        serde_json::json!({"type": kind, "mode": null, "status": "happened", "actors": [party("Ecuador", "ECU")],
            "recipients": [party("Peru", "PER")], "place": null, "when": null, "sources": [], "sure": sure,
            "mentions": [{"quote": quote, "trigger": trigger}]})
    };
    let annotation = serde_json::json!({"id": "a:b", "statements": [], "events": [
        event("Ecuador shelled a Peruvian border post", "shelled", "ASSAULT", true),
        event("a Peruvian border post on Monday", "border post", "AID", true)]});
    std::fs::write(gold.join("a_b.json"), annotation.to_string()).unwrap();
    let (gold, texts) = (gold.display().to_string(), texts.display().to_string());
    let lines: Vec<serde_json::Value> =
        serde_json::from_str(&stdout(&["eval", &gold, &texts, "--format", "json"])).expect("JSON");
    let trigger = lines.iter().find(|l| l["name"] == "trigger").expect("a line");
    assert_eq!((&trigger["n"], &trigger["r"]), (&2.into(), &0.5.into()), "{trigger}");
    assert!(stdout(&["eval", &gold, &texts]).contains("ASSAULT"));
    let failed = dateline(&["eval", "none", &texts]).output().unwrap();
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("a_b.json"));
}
