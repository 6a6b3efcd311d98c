//! The desk as a service, asked as browsers and others ask.

use crate::api::Desk;
use crate::check::Journal;
use crate::guard::Guard;
use crate::server::app;
use crate::store::Store;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use dateline::{Model, Options, Reader, Record};
use serde_json::Value;
use std::path::Path;
use std::sync::LazyLock;
use tower::ServiceExt;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().expect("the model loads"));

/// Some reports of the example.
static RECORDS: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/crisis");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let mut reader = Reader::new(&MODEL);
    let read = |path: &std::path::PathBuf| {
        let id = path.file_stem().unwrap().to_string_lossy().into_owned();
        reader.read(&std::fs::read(path).unwrap(), &Options { id, ..Options::default() }).unwrap()
    };
    paths.iter().take(12).map(read).collect()
});

fn desk(corrections: Option<&Path>, check: bool) -> Desk {
    let store = Store::new(RECORDS.clone(), None).unwrap();
    let journal = Journal::open(corrections, check, &store).unwrap();
    Desk::new(store, journal, MODEL.clone(), "test".to_owned(), 1 << 16)
}

fn service(corrections: Option<&Path>, check: bool, token: Option<&str>) -> Router {
    let guard = Guard::new([127, 0, 0, 1].into(), &["Desk.Example".to_owned()], token.map(str::to_owned));
    app(desk(corrections, check), guard)
}

fn get(path: &str) -> Request<Body> {
    with(path, &[])
}

fn with(path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::get(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:8737");
    }
    headers.iter().fold(request, |r, (name, value)| r.header(*name, *value)).body(Body::empty()).unwrap()
}

fn post(path: &str, kind: &str, body: impl Into<Body>) -> Request<Body> {
    let request = Request::post(path).header("host", "localhost").header("content-type", kind);
    request.body(body.into()).unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn ask(service: &Router, request: Request<Body>) -> Response<Body> {
    service.clone().oneshot(request).await.unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn bytes(response: Response<Body>) -> Vec<u8> {
    to_bytes(response.into_body(), 1 << 24).await.unwrap().to_vec()
}

fn json(service: &Router, path: &str) -> Value {
    let response = ask(service, get(path));
    let status = response.status();
    let bytes = bytes(response);
    assert_eq!(status, StatusCode::OK, "{path}: {}", String::from_utf8_lossy(&bytes));
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn other_names_and_other_sites_are_turned_away() {
    let service = service(None, false, None);
    let status = |headers: &[(&str, &str)]| ask(&service, with("/api/about", headers)).status().as_u16();
    assert_eq!(status(&[]), 200);
    assert_eq!(status(&[("host", "localhost:1")]), 200);
    assert_eq!(status(&[("host", "desk.example")]), 200);
    assert_eq!(status(&[("host", "evil.example")]), 421, "a name that was made to point here");
    assert_eq!(status(&[("host", "127.0.0.1.evil.example")]), 421);
    assert_eq!(status(&[("origin", "http://127.0.0.1:8737")]), 200);
    assert_eq!(status(&[("origin", "http://127.0.0.1:9999")]), 403);
    assert_eq!(status(&[("origin", "null")]), 403);
    assert_eq!(status(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]), 403);
    let link = with("/table", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]);
    assert_eq!(ask(&service, link).status().as_u16(), 200, "a link from elsewhere leads here");
    let framed = with("/table", &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]);
    assert_eq!(ask(&service, framed).status().as_u16(), 403);
    let no_host = Request::get("/api/about").body(Body::empty()).unwrap();
    assert_eq!(ask(&service, no_host).status().as_u16(), 421);
}

#[test]
fn every_answer_carries_the_policy() {
    let service = service(None, false, None);
    for path in ["/", "/api", "/api/about", "/api/none", "/none.js", "/table"] {
        let response = ask(&service, get(path));
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    }
    assert_eq!(ask(&service, with("/", &[("host", "x")])).headers()["x-frame-options"], "DENY");
}

#[test]
fn a_token_opens_the_desk_once_it_is_shown() {
    let token = "0123456789abcdef";
    let service = service(None, false, Some(token));
    let status = |headers: &[(&str, &str)]| ask(&service, with("/api/about", headers)).status().as_u16();
    assert_eq!(status(&[]), 401);
    assert_eq!(status(&[("authorization", "Bearer 0123456789abcdee")]), 401);
    assert_eq!(status(&[("authorization", &format!("Bearer {token}"))]), 200);
    assert_eq!(ask(&service, get("/")).status().as_u16(), 401);
    assert_eq!(ask(&service, get(&format!("/api/about?token={token}"))).status().as_u16(), 401);
    let admitted = ask(&service, get(&format!("//table?token={token}&type=AID")));
    assert_eq!(admitted.status().as_u16(), 303);
    assert_eq!(admitted.headers()["location"], "/table?type=AID");
    let cookie = admitted.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite"));
    assert_eq!(status(&[("cookie", cookie.split(';').next().unwrap())]), 200);
}

#[test]
fn no_path_leads_out_of_the_desk() {
    let service = service(None, false, None);
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/.git/config",
    ] {
        assert_eq!(ask(&service, get(path)).status().as_u16(), 404, "{path}");
    }
    for id in ["..%2F..%2Fetc%2Fpasswd", "%00", "' OR 1=1 --"] {
        let path = format!("/api/reports/{}", id.replace(' ', "%20"));
        assert_eq!(ask(&service, get(&path)).status().as_u16(), 404, "{path}");
    }
}

#[test]
fn words_of_others_never_become_sql() {
    let service = service(None, false, None);
    let all = json(&service, "/api/events")["total"].as_u64().unwrap();
    for q in
        ["%27%3B%20DROP%20TABLE%20events%3B%20--", "%22%29%20OR%201%3D1", "NEAR%28", "a%3Ab%5E", "%00x", "*"]
    {
        let answer = ask(&service, get(&format!("/api/events?q={q}")));
        assert!(matches!(answer.status().as_u16(), 200 | 400), "{q}");
    }
    assert_eq!(json(&service, "/api/events")["total"], all);
}

#[test]
fn what_is_not_understood_is_told() {
    let service = service(None, false, None);
    for query in [
        "type=WAR",
        "status=x",
        "quad=a",
        "since=yesterday",
        "min_confidence=2",
        "sort=size",
        "each=x",
        "pair=PER",
        "download=exe",
        "context=x",
        "background=x",
        "review=x",
        "page=-1",
    ] {
        let answer = ask(&service, get(&format!("/api/events?{query}")));
        assert_eq!(answer.status().as_u16(), 400, "{query}");
        let told: Value = serde_json::from_slice(&bytes(answer)).unwrap();
        assert!(told["error"].as_str().unwrap().len() > 5, "{query}: {told}");
    }
}

#[test]
fn counts_agree_between_views() {
    let service = service(None, false, None);
    for each in ["event", "telling"] {
        for filter in [
            "",
            "&party=PER",
            "&type=ASSAULT,CONSULT",
            "&q=border",
            "&status=planned&quad=1",
            "&since=2031-06-03",
        ] {
            let query = format!("?each={each}{filter}");
            let events = json(&service, &format!("/api/events{query}&size=500"));
            let total = events["total"].as_u64().unwrap();
            assert_eq!(events["rows"].as_array().unwrap().len() as u64, total.min(500));
            let facets = json(&service, &format!("/api/facets{query}"));
            assert_eq!(facets["total"], total);
            let sum = |list: &Value, key: &str| {
                list.as_array().unwrap().iter().map(|f| f[key].as_u64().unwrap()).sum::<u64>()
            };
            if !filter.contains("type") {
                assert_eq!(sum(&facets["type"], "count"), total, "{query}");
            }
            let timeline = json(&service, &format!("/api/timeline{query}&range=all"));
            let bins = timeline["bins"].as_array().unwrap().iter();
            let drawn: u64 =
                bins.flat_map(|b| b["counts"].as_array().unwrap()).map(|c| c.as_u64().unwrap()).sum();
            assert_eq!(drawn + timeline["undated"].as_u64().unwrap(), total, "{query}");
            let map = json(&service, &format!("/api/map{query}"));
            assert_eq!(sum(&map["places"], "events") + map["unplaced"].as_u64().unwrap(), total, "{query}");
            for edge in
                json(&service, &format!("/api/network{query}"))["edges"].as_array().unwrap().iter().take(4)
            {
                if filter.contains("party") {
                    continue;
                }
                let pair = format!("{}%7C{}", edge["a"].as_str().unwrap(), edge["b"].as_str().unwrap());
                let between = json(&service, &format!("/api/events{query}&pair={pair}"));
                assert_eq!(between["total"], edge["events"], "{query} {pair}");
            }
        }
    }
}

#[test]
fn a_facet_leaves_its_own_filter_aside() {
    let service = service(None, false, None);
    let all = json(&service, "/api/facets");
    let chosen = all["type"][0]["value"].as_str().unwrap();
    let narrowed = json(&service, &format!("/api/facets?type={chosen}"));
    assert_eq!(narrowed["type"], all["type"]);
    assert_eq!(narrowed["total"], all["type"][0]["count"]);
    assert!(narrowed["status"] != all["status"]);
}

#[test]
fn pages_hold_every_row_once_in_order() {
    let service = service(None, false, None);
    for sort in ["day", "-day", "type", "actor", "-sources", "confidence", "place", "-score", "killed"] {
        let whole = json(&service, &format!("/api/events?size=500&sort={sort}"));
        let mut paged = Vec::new();
        for page in 1.. {
            let part = json(&service, &format!("/api/events?size=7&page={page}&sort={sort}"));
            let rows = part["rows"].as_array().unwrap().clone();
            if rows.is_empty() {
                break;
            }
            paged.extend(rows);
        }
        assert_eq!(whole["rows"].as_array().unwrap(), &paged, "{sort}");
    }
}

#[test]
fn every_path_is_described() {
    let service = service(None, false, None);
    let description = json(&service, "/api");
    let paths = description["paths"].as_object().unwrap();
    for path in [
        "/api/events",
        "/api/events/{id}",
        "/api/timeline",
        "/api/map",
        "/api/network",
        "/api/statements",
        "/api/plans",
        "/api/reports/{id}/trees",
        "/api/read",
        "/api/corrections",
        "/api/corrections/annotations.zip",
    ] {
        assert!(paths.contains_key(path), "{path}");
    }
    let names: Vec<&str> = paths["/api/events"]["get"]["parameters"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["name"].as_str().unwrap())
        .collect();
    for name in ["q", "type", "pair", "since", "page", "sort", "download"] {
        assert!(names.contains(&name), "{name}");
    }
    assert!(description["components"]["schemas"]["Row"]["properties"]["type"].is_object());
}

#[test]
fn a_text_is_read_within_limits() {
    let service = service(None, false, None);
    let text = "Ecuador shelled a Peruvian border post on Monday, killing three soldiers. Peru recalled its ambassador from Quito.";
    let response =
        ask(&service, post("/api/read?date=2031-06-02&name=a/b.txt", "application/octet-stream", text));
    assert_eq!(response.status(), StatusCode::OK);
    let read: Value = serde_json::from_slice(&bytes(response)).unwrap();
    assert_eq!(read["record"]["id"], "b");
    assert!(!read["record"]["events"].as_array().unwrap().is_empty());
    assert!(read["sentences"][0]["tellings"][0]["frame"].is_string());
    let long = vec![b'a'; (1 << 16) + 1];
    let response = ask(&service, post("/api/read", "application/octet-stream", long));
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let told: Value = serde_json::from_slice(&bytes(response)).unwrap();
    assert!(told["error"].is_string());
    for odd in [&b""[..], b"\xff\xfe\x00\x00", b"<html><script>", "\u{202e}".as_bytes()] {
        let status = ask(&service, post("/api/read", "application/octet-stream", odd.to_vec())).status();
        assert!(status == StatusCode::OK || status == StatusCode::UNPROCESSABLE_ENTITY, "{odd:?}: {status}");
    }
}

fn opinion(event: &Value, verdict: &str) -> Value {
    serde_json::json!({ "doc": event["doc"], "event": event["id"], "verdict": verdict, "reviewer": "A" })
}

fn say(service: &Router, opinion: &Value) -> (u16, Value) {
    let response = ask(service, post("/api/corrections", "application/json", opinion.to_string()));
    (response.status().as_u16(), serde_json::from_slice(&bytes(response)).unwrap())
}

#[test]
fn corrections_are_kept_beside_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sqlite");
    let service_of = |check| service(Some(&path), check, None);
    let reading = service_of(false);
    let events = json(&reading, "/api/events?each=telling&size=500");
    let rows = events["rows"].as_array().unwrap();
    assert_eq!(say(&reading, &opinion(&rows[0], "accepted")).0, 403, "the desk only reads");
    assert!(!path.exists());
    let checking = service_of(true);
    let (status, first) = say(&checking, &opinion(&rows[0], "accepted"));
    assert_eq!(status, 200, "{first}");
    assert_eq!(say(&checking, &opinion(&rows[1], "rejected")).0, 200);
    let right = serde_json::json!({ "type": "AID", "mode": null, "status": "planned", "start": "2031-06-05", "end": "2031-06-06",
        "actors": [{ "name": "Chile", "country": "CHL", "sector": "GOV" }], "recipients": [], "place": { "name": "Lima", "country": "PER" } });
    let mut corrected = opinion(&rows[2], "corrected");
    assert_eq!(say(&checking, &corrected).0, 422, "values are missing");
    corrected["values"] = right.clone();
    assert_eq!(say(&checking, &corrected).0, 200);
    for (key, value) in [("mode", "aerial"), ("start", "2031-06-09"), ("type", "WAR"), ("status", "x")] {
        let mut wrong = corrected.clone();
        wrong["values"][key] = value.into();
        assert_eq!(say(&checking, &wrong).0, 422, "{key}");
    }
    let mut stale = opinion(&rows[0], "rejected");
    stale["after"] = 0.into();
    assert_eq!(say(&checking, &stale).0, 409, "another has spoken since");
    stale["after"] = first["revision"].clone();
    assert_eq!(say(&checking, &stale).0, 200);
    let mut unknown = opinion(&rows[0], "accepted");
    unknown["event"] = "none".into();
    assert_eq!(say(&checking, &unknown).0, 404);
    // The views count what was checked, and what was read stays as it is.
    assert_eq!(json(&checking, "/api/events?each=telling&review=rejected")["total"], 2);
    assert_eq!(json(&checking, "/api/events?each=telling&review=open")["total"], rows.len() - 3);
    assert_eq!(json(&checking, "/api/events?each=telling&size=500"), events);
    drop(checking);
    let again = service_of(false);
    let kept = json(&again, "/api/corrections");
    assert_eq!(kept.as_array().unwrap().len(), 3);
    assert_eq!(json(&again, "/api/events?each=telling&review=corrected")["total"], 1);
}

#[test]
fn checked_reports_are_exported_as_annotations() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("c.sqlite");
    let service = service(Some(&path), true, None);
    let rows = json(&service, "/api/events?each=telling&size=500")["rows"].clone();
    let doc = rows[0]["doc"].clone();
    let here: Vec<&Value> = rows.as_array().unwrap().iter().filter(|r| r["doc"] == doc).collect();
    assert_eq!(say(&service, &opinion(here[0], "accepted")).0, 200);
    let mut added = serde_json::json!({ "doc": doc, "verdict": "added", "mention": { "clause": [0, 60], "trigger": [3, 9] },
        "values": { "type": "PROTEST", "mode": "demo", "status": "happened", "actors": [], "recipients": [], "start": null, "end": null, "place": null } });
    assert_eq!(say(&service, &added).0, 200);
    added["mention"]["clause"] = serde_json::json!([0, 999_999]);
    assert_eq!(say(&service, &added).0, 422);
    let archive = bytes(ask(&service, get("/api/corrections/annotations.zip")));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let read = |zip: &mut zip::ZipArchive<_>, name: &str| {
        std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
    };
    let out = folder.path().join("gold");
    std::fs::create_dir(&out).unwrap();
    let name = format!("{}.json", doc.as_str().unwrap());
    std::fs::write(out.join(&name), read(&mut zip, &format!("gold/{name}"))).unwrap();
    let texts = folder.path().join("texts.jsonl");
    std::fs::write(&texts, read(&mut zip, "texts.jsonl")).unwrap();
    let cases = dateline_gold::read(&out, &texts).unwrap();
    assert_eq!(cases.len(), 1);
    let sure: Vec<_> = cases[0].gold.events.iter().filter(|e| e.sure).collect();
    assert_eq!(sure.len(), 2, "one accepted, one added");
    // The record agrees with what was accepted of it.
    let record = RECORDS.iter().find(|r| r.id == doc.as_str().unwrap()).unwrap().clone().in_code_points();
    let mut score = dateline_gold::score::Score::default();
    score.add(&cases[0], &record).unwrap();
    let full = score.count("full").unwrap();
    assert_eq!((full.right, full.there), (1, 2));
}
