//! However the portions are cut, a cluster of machines links as one machine does.

use dateline_story::near::Groups;
use dateline_story::shards::{self, Beside, Edge, Piece};
use dateline_story::{Linked, Report, Story, link};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

const COUNTRIES: [(&str, &str); 4] = [("Ecuador", "ECU"), ("Peru", "PER"), ("Iceland", "ISL"), ("Norway", "NOR")];

const WORDS: [&str; 24] = [
    "harbour", "trawler", "envoy", "border", "militia", "parliament", "embassy", "ceasefire", "convoy", "tariff", "pipeline",
    "observer", "hostage", "minister", "garrison", "referendum", "blockade", "province", "general", "summit", "fishery",
    "quarrel", "airfield", "delegate",
];

/// One report of a small world: what decides how it is told.
#[derive(Clone, Debug)]
struct Told {
    story: usize,
    day: u8,
    publisher: u8,
    version: u8,
    cut: bool,
}

fn told() -> impl Strategy<Value = Told> {
    (0usize..5, 1u8..28, 0u8..4, 0u8..3, any::<bool>())
        .prop_map(|(story, day, publisher, version, cut)| Told { story, day, publisher, version, cut })
}

fn report(n: usize, t: &Told) -> Report {
    let word = |k: usize| WORDS[(t.story * 5 + k * (t.version as usize + 1)) % WORDS.len()];
    let mut text = format!("{} and {} spoke of the {} on the day.", COUNTRIES[t.story % 4].0, COUNTRIES[(t.story + 1) % 4].0, word(0));
    for k in 0..if t.cut { 12 } else { 24 } {
        text += &format!(" The {} of the {} told a {} about number {k}.", word(k), word(k + 1), word(k + 2));
    }
    let date = format!("2031-06-{:02}", t.day);
    let end = text.chars().count();
    let kinds = ["CONSULT", "ASSAULT", "ACCUSE"];
    let statuses = ["happened", "planned", "happened", "denied"];
    let event = |k: usize| {
        serde_json::json!({"id": format!("r{n}-{k}"), "type": kinds[(t.story + k) % 3], "mode": null,
            "status": statuses[(t.story + t.version as usize) % 4], "actors": ["e1"], "recipients": ["e2"],
            "when": {"start": date, "end": date, "precision": "day"}, "quad": 1, "score": 1.0,
            "magnitude": {"killed": t.version},
            "about": if kinds[(t.story + k) % 3] == "ACCUSE" { serde_json::json!({"type": "ASSAULT", "mode": null}) } else { serde_json::Value::Null },
            "confidence": 0.3 + f32::from(t.version) / 10.0,
            "mentions": [{"sentence": k, "clause": [0, end.min(60)], "trigger": [12, 16]}]})
    };
    let entity = |id: &str, k: usize| {
        let (name, code) = COUNTRIES[k % 4];
        serde_json::json!({"id": id, "name": name, "kind": "country", "title": null, "country": code, "sector": "GOV",
            "code": format!("{code}GOV")})
    };
    let take = if t.version > 0 { format!("UPDATE {}-", t.version) } else { String::new() };
    let line = serde_json::json!({"schema_version": "1", "id": format!("r{n:03}"), "text": text, "published": date,
        "title": format!("{take}{} {}", word(0), word(1)), "publisher": format!("P{}", t.publisher), "sentences": [[0, 40], [41, end]],
        "entities": [entity("e1", t.story), entity("e2", t.story + 1)], "events": [event(0), event(1)]});
    Report::from_json(&line.to_string()).unwrap()
}

/// What two shuffles bring together: rows of one key in one of `portions` portions.
fn shuffled<K: std::hash::Hash, T>(rows: Vec<(K, T)>, portions: u64) -> Vec<Vec<(K, T)>> {
    use std::hash::{DefaultHasher, Hasher};
    let mut out: Vec<Vec<(K, T)>> = (0..portions).map(|_| Vec::new()).collect();
    for (key, row) in rows {
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        out[(hasher.finish() % portions) as usize].push((key, row));
    }
    out
}

/// The first place of the part that each place with an edge hangs together with.
fn parts(edges: impl Iterator<Item = (String, String)> + Clone) -> HashMap<String, String> {
    let mut places: Vec<String> = edges.clone().flat_map(|(a, b)| [a, b]).collect();
    places.sort();
    places.dedup();
    let number: HashMap<&String, u32> = places.iter().zip(0..).collect();
    let mut groups = Groups::new(places.len());
    edges.for_each(|(a, b)| groups.join(number[&a], number[&b]));
    places.iter().zip(0..).map(|(p, n)| (p.clone(), places[groups.leader(n) as usize].clone())).collect()
}

fn ends(edges: &[Edge]) -> impl Iterator<Item = (String, String)> + Clone {
    edges.iter().map(|(a, b, _)| (a.clone(), b.clone()))
}

/// First report of the copies of each report, stories and clusters, step by step.
fn on_a_cluster(reports: &[Report], whole: &Linked, portions: u64) -> (BTreeMap<String, String>, Vec<Story>, Vec<String>) {
    let by_place: HashMap<String, &Report> = reports.iter().map(|r| (shards::place(r), r)).collect();
    let postings = reports.iter().flat_map(|r| {
        let all = r.sketch.looked_up();
        all.iter().map(|&s| (s, (shards::place(r), all.len() as u32)))
    });
    let mut shared: HashMap<(String, String), (u32, u32)> = HashMap::new();
    for portion in shuffled(postings.collect(), portions) {
        for (a, b, n, least) in shards::candidates(portion.into_iter().map(|(s, (p, l))| (s, p, l)).collect()) {
            shared.entry((a, b)).or_insert((0, least)).0 += n;
        }
    }
    shared.retain(|(a, b), (n, least)| shards::copies(*n, *least, &by_place[a].sketch, &by_place[b].sketch));
    let copies = parts(shared.into_keys().collect::<Vec<_>>().into_iter());
    let first = |place: &String| copies.get(place).unwrap_or(place).clone();
    let of_copies = reports.iter().map(|r| (r.id.clone(), by_place[&first(&shards::place(r))].id.clone())).collect();

    let is_copy: HashMap<&str, bool> = whole.documents.iter().map(|d| (&*d.doc_id, d.copy)).collect();
    let topic = |r: &Report| (r.clone(), is_copy[&*r.id]);
    let keyed = reports.iter().flat_map(|r| r.subject.keys().into_iter().map(|k| (k, topic(r))));
    let mut edges: Vec<Edge> = shuffled(keyed.collect(), portions).into_iter().flat_map(shards::story_edges).collect();
    edges.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    edges.dedup();
    let part = parts(ends(&edges));
    let part_of = |place: &String| part.get(place).unwrap_or(place).clone();
    let mut stories = Vec::new();
    let mut story_of: HashMap<String, String> = HashMap::new();
    for portion in shuffled(reports.iter().map(|r| (part_of(&shards::place(r)), topic(r))).collect(), portions) {
        let here: Vec<Edge> =
            edges.iter().filter(|e| portion.iter().any(|(p, _)| *p == part_of(&e.0))).cloned().collect();
        for (story, places) in shards::stories(portion.into_iter().map(|(_, t)| t).collect(), here) {
            story_of.extend(places.into_iter().map(|place| (place, story.id.clone())));
            stories.push(story);
        }
    }
    stories.sort_by(|a, b| a.id.cmp(&b.id));

    let withdrawn: HashMap<&str, bool> = whole.documents.iter().map(|d| (&*d.doc_id, d.withdrawn)).collect();
    let pieces: Vec<(Piece, Beside)> = reports
        .iter()
        .filter(|r| !withdrawn[&*r.id])
        .flat_map(|r| {
            let place = shards::place(r);
            let first = first(&place);
            let publisher = by_place[&first].publisher.clone();
            let beside = Beside { story: story_of[&place].clone(), first, publisher };
            Piece::all(r).into_iter().map(move |p| (p, beside.clone()))
        })
        .collect();
    let all: Vec<Piece> = pieces.iter().map(|(p, _)| p.clone()).collect();
    let keyed = pieces.iter().flat_map(|(p, _)| p.keys().into_iter().map(|k| (k, p.clone())));
    let mut edges: Vec<Edge> = shuffled(keyed.collect(), portions).into_iter().flat_map(shards::event_edges).collect();
    edges.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    edges.dedup();
    let part = parts(ends(&edges));
    let part_of = |place: &String| part.get(place).unwrap_or(place).clone();
    let rows = pieces.into_iter().map(|row| (part_of(&row.0.place()), row)).collect();
    let mut clusters = Vec::new();
    for portion in shuffled(rows, portions) {
        let here: Vec<Edge> =
            edges.iter().filter(|e| portion.iter().any(|(p, _)| *p == part_of(&e.0))).cloned().collect();
        clusters.extend(shards::clusters(portion.into_iter().map(|(_, row)| row).collect(), here));
    }
    let events = clusters.iter().filter_map(|(_, d)| d.clone()).flat_map(|d| d.keys().into_iter().map(move |k| (k, d.clone())));
    let events = shuffled(events.collect(), portions);
    let mut best: BTreeMap<String, shards::Answer> = BTreeMap::new();
    let acts = all.iter().flat_map(|p| p.denial_keys().into_iter().zip(0..).map(move |(k, n)| (k, (n, p.clone()))));
    for (events, acts) in events.iter().zip(shuffled(acts.collect(), portions)) {
        let acts: Vec<_> = acts.into_iter().map(|(k, (n, p))| (k, n, p)).collect();
        for answer in shards::answers(events, &acts) {
            let kept = best.entry(answer.0.clone()).or_insert_with(|| answer.clone());
            let rank = |a: &shards::Answer| (a.1, a.3.clone());
            if answer.2 > kept.2 || (answer.2 == kept.2 && rank(&answer) < rank(kept)) {
                *kept = answer;
            }
        }
    }
    let mut clusters: Vec<(String, String)> = clusters
        .iter()
        .map(|(c, _)| (shards::place_of_cluster(c), serde_json::to_string(c).unwrap()))
        .collect();
    clusters.sort();
    for (place, json) in &mut clusters {
        let of = best.values().filter(|a| a.3 == *place);
        let denials: Vec<_> = of.filter_map(|a| all.iter().find(|p| p.place() == a.0)?.denial()).collect();
        if !denials.is_empty() {
            *json = shards::denied(json, &denials).unwrap();
        }
    }
    (of_copies, stories, clusters.into_iter().map(|(_, json)| json).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_cluster_links_as_one_machine(all in prop::collection::vec(told(), 1..40), portions in 1u64..6) {
        let reports: Vec<Report> = all.iter().enumerate().map(|(n, t)| report(n, t)).collect();
        let whole = link(reports.clone(), None);
        let (first, stories, clusters) = on_a_cluster(&reports, &whole, portions);
        let want: BTreeMap<String, String> = whole.documents.iter().map(|d| (d.doc_id.clone(), d.first.clone())).collect();
        prop_assert_eq!(first, want);
        let mut want = whole.stories.clone();
        want.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(stories, want);
        prop_assert_eq!(clusters.len(), whole.clusters.len());
        for (one, other) in clusters.iter().zip(&whole.clusters) {
            let one: serde_json::Value = serde_json::from_str(one).unwrap();
            let other: serde_json::Value = serde_json::from_str(&serde_json::to_string(other).unwrap()).unwrap();
            prop_assert_eq!(one, other);
        }
    }
}
