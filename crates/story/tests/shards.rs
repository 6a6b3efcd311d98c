//! However the portions are cut, a cluster of machines links as one machine does.

use dateline_story::shards::{self, Beside, Edge, Piece};
use dateline_story::{Linked, Report, Story, link};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::{BTreeMap, HashMap};

const COUNTRIES: [(&str, &str); 4] =
    [("Ecuador", "ECU"), ("Peru", "PER"), ("Iceland", "ISL"), ("Norway", "NOR")];

const WORDS: [&str; 24] = [
    "harbour",
    "trawler",
    "envoy",
    "border",
    "militia",
    "parliament",
    "embassy",
    "ceasefire",
    "convoy",
    "tariff",
    "pipeline",
    "observer",
    "hostage",
    "minister",
    "garrison",
    "referendum",
    "blockade",
    "province",
    "general",
    "summit",
    "fishery",
    "quarrel",
    "airfield",
    "delegate",
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
    let mut text = format!(
        "{} and {} spoke of the {} on the day.",
        COUNTRIES[t.story % 4].0,
        COUNTRIES[(t.story + 1) % 4].0,
        word(0)
    );
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
fn parts(edges: impl Iterator<Item = (String, String)>) -> HashMap<String, String> {
    shards::components(&edges.collect::<Vec<_>>()).into_iter().collect()
}

fn ends(edges: &[Edge]) -> impl Iterator<Item = (String, String)> {
    edges.iter().map(|(a, b, _)| (a.clone(), b.clone()))
}

/// What a cluster of machines found.
struct Bound {
    /// First report of the copies of each report.
    copies: BTreeMap<String, String>,
    /// Next version of each report.
    versions: BTreeMap<String, Option<String>>,
    stories: Vec<Story>,
    clusters: BTreeMap<String, serde_json::Value>,
}

/// Links step by step. Of what one machine found, only whether reports are copies or withdrawn is looked at.
fn on_a_cluster(reports: &[Report], whole: &Linked, portions: u64) -> Bound {
    let by_place: HashMap<String, &Report> = reports.iter().map(|r| (shards::place(r), r)).collect();
    let postings = reports.iter().flat_map(|r| {
        let all = r.sketch.looked_up();
        all.iter().map(|&s| (s, (shards::place(r), all.len() as u32)))
    });
    let mut shared: HashMap<(String, String), (u32, u32)> = HashMap::new();
    for portion in shuffled(postings.collect(), portions) {
        for (a, b, n, least) in shards::candidates(portion.into_iter().map(|(s, (p, l))| (s, p, l)).collect())
        {
            shared.entry((a, b)).or_insert((0, least)).0 += n;
        }
    }
    shared.retain(|(a, b), (n, least)| shards::copies(*n, *least, &by_place[a].sketch, &by_place[b].sketch));
    let copies = parts(shared.into_keys().collect::<Vec<_>>().into_iter());
    let first = |place: &String| copies.get(place).unwrap_or(place).clone();
    let of_copies =
        reports.iter().map(|r| (r.id.clone(), by_place[&first(&shards::place(r))].id.clone())).collect();

    let of: HashMap<&str, &dateline_story::Document> =
        whole.documents.iter().map(|d| (&*d.doc_id, d)).collect();
    let topics: Vec<Report> = reports.iter().map(shards::topic).collect();
    let mut next: HashMap<String, String> = HashMap::new();
    for by_address in [false, true] {
        let keyed = topics
            .iter()
            .filter_map(|t| Some((shards::version_keys(t)[usize::from(!by_address)]?, t.clone())));
        for portion in shuffled(keyed.collect(), portions) {
            next.extend(shards::versions(portion, by_address).into_iter().map(|(old, new, _)| (old, new)));
        }
    }
    let versions = reports
        .iter()
        .map(|r| (r.id.clone(), next.get(&shards::place(r)).map(|place| by_place[place].id.clone())));
    let versions = versions.collect();

    let keyed = topics.iter().flat_map(|t| t.subject.keys().into_iter().map(|k| (k, t.clone())));
    let edges = strongest(shuffled(keyed.collect(), portions).into_iter().flat_map(shards::story_edges));
    let part = parts(ends(&edges));
    let part_of = |place: &String| part.get(place).unwrap_or(place).clone();
    let mut stories = Vec::new();
    let mut story_of: HashMap<String, String> = HashMap::new();
    let rows = topics.iter().map(|t| (part_of(&shards::place(t)), (t.clone(), of[&*t.id].copy)));
    for portion in shuffled(rows.collect(), portions) {
        let here = within(&edges, &portion, &part_of);
        for (story, places) in shards::stories(portion.into_iter().map(|(_, t)| t).collect(), &here) {
            story_of.extend(places.into_iter().map(|place| (place, story.id.clone())));
            stories.push(story);
        }
    }
    stories.sort_by(|a, b| a.id.cmp(&b.id));

    let pieces: Vec<(Piece, Beside)> = reports
        .iter()
        .filter(|r| !of[&*r.id].withdrawn)
        .flat_map(|r| {
            let place = shards::place(r);
            let first = first(&place);
            let publisher = by_place[&first].publisher.clone();
            let superseded = of[&*r.id].superseded_by.is_some();
            let beside = Beside { story: story_of[&place].clone(), first, publisher, superseded };
            Piece::all(r).into_iter().map(move |p| (p, beside.clone()))
        })
        .collect();
    let all: BTreeMap<String, Piece> = pieces.iter().map(|(p, _)| (p.place(), p.clone())).collect();
    let keyed = all.values().flat_map(|p| p.keys().into_iter().map(|k| (k, p.clone())));
    let (mut edges, mut narrower) = (Vec::new(), Vec::new());
    for portion in shuffled(keyed.collect(), portions) {
        let met = shards::event_edges(portion, false);
        edges.extend(met.edges);
        narrower.extend(met.narrower.into_iter().map(|(key, place)| (key, all[&place].clone())));
    }
    for portion in shuffled(narrower, portions) {
        edges.extend(shards::event_edges(portion, true).edges);
    }
    let edges = strongest(edges.into_iter());
    let part = parts(ends(&edges));
    let part_of = |place: &String| part.get(place).unwrap_or(place).clone();
    let rows = pieces.into_iter().map(|row| (part_of(&row.0.place()), row)).collect();
    let mut events = Vec::new();
    for portion in shuffled(rows, portions) {
        let here = within(&edges, &portion, &part_of);
        events.extend(shards::events(portion.into_iter().map(|(_, row)| row).collect(), &here));
    }
    let deniable = events.iter().filter_map(|e| e.deniable.clone());
    let deniable = deniable.flat_map(|d| d.keys().into_iter().map(move |k| (k, d.clone())));
    let denials = all.values().flat_map(|p| p.denial_keys().into_iter().map(|k| (k, p.clone())));
    let portions_of =
        shuffled(deniable.collect(), portions).into_iter().zip(shuffled(denials.collect(), portions));
    let mut best: BTreeMap<String, shards::Answer> = BTreeMap::new();
    for answer in portions_of.flat_map(|(events, denials)| shards::answers(&events, &denials)) {
        let kept = best.entry(answer.0.clone()).or_insert_with(|| answer.clone());
        if answer.1 > kept.1 || (answer.1 >= kept.1 && answer.2 < kept.2) {
            *kept = answer;
        }
    }
    let mut clusters = BTreeMap::new();
    for event in events {
        let json = serde_json::to_string(&event.cluster).unwrap();
        let denials: Vec<Piece> =
            best.values().filter(|a| a.2 == event.place).map(|a| all[&a.0].clone()).collect();
        let json = if denials.is_empty() { json } else { shards::denied(&json, &denials).unwrap() };
        clusters.insert(event.cluster.id, serde_json::from_str(&json).unwrap());
    }
    Bound { copies: of_copies, versions, stories, clusters }
}

/// The pairs of each thing that count.
fn strongest(edges: impl Iterator<Item = Edge>) -> Vec<Edge> {
    let mut edges: Vec<Edge> = edges.collect();
    edges.sort_by(|x, y| x.1.cmp(&y.1).then(y.2.total_cmp(&x.2)).then(x.0.cmp(&y.0)));
    edges.dedup();
    edges.chunk_by(|x, y| x.1 == y.1).flat_map(|of| of.iter().take(shards::most_pairs()).cloned()).collect()
}

/// The pairs within the parts of a portion.
fn within<T>(edges: &[Edge], portion: &[(String, T)], part_of: &impl Fn(&String) -> String) -> Vec<Edge> {
    edges.iter().filter(|e| portion.iter().any(|(p, _)| *p == part_of(&e.0))).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn a_cluster_links_as_one_machine(all in prop::collection::vec(told(), 1..40), portions in 1u64..6) {
        let reports: Vec<Report> = all.iter().enumerate().map(|(n, t)| report(n, t)).collect();
        same(&reports, portions)?;
    }
}

/// Keys that more reports share than a key may have, on the same days.
#[test]
fn common_keys_are_narrowed_alike() {
    let told = |n: usize| Told {
        story: n % 3,
        day: 3 + (n % 2) as u8,
        publisher: (n % 4) as u8,
        version: (n % 3) as u8,
        cut: n.is_multiple_of(5),
    };
    let reports: Vec<Report> = (0..330).map(|n| report(n, &told(n))).collect();
    let mut keys: BTreeMap<u64, usize> = BTreeMap::new();
    let pieces = reports.iter().flat_map(Piece::all);
    pieces.flat_map(|p| p.keys()).for_each(|key| *keys.entry(key).or_default() += 1);
    assert!(keys.values().any(|&n| n > 200), "no key is too common");
    same(&reports, 3).unwrap();
}

fn same(reports: &[Report], portions: u64) -> Result<(), TestCaseError> {
    let whole = link(reports.to_vec(), None);
    let bound = on_a_cluster(reports, &whole, portions);
    let want: BTreeMap<String, String> =
        whole.documents.iter().map(|d| (d.doc_id.clone(), d.first.clone())).collect();
    prop_assert_eq!(bound.copies, want);
    let want: BTreeMap<_, _> =
        whole.documents.iter().map(|d| (d.doc_id.clone(), d.superseded_by.clone())).collect();
    prop_assert_eq!(bound.versions, want);
    let mut want = whole.stories.clone();
    want.sort_by(|a, b| a.id.cmp(&b.id));
    prop_assert_eq!(bound.stories, want);
    let json =
        |c: &dateline_story::Cluster| serde_json::from_str(&serde_json::to_string(c).unwrap()).unwrap();
    let want: BTreeMap<String, serde_json::Value> =
        whole.clusters.iter().map(|c| (c.id.clone(), json(c))).collect();
    prop_assert_eq!(bound.clusters.keys().collect::<Vec<_>>(), want.keys().collect::<Vec<_>>());
    for (id, cluster) in &want {
        prop_assert_eq!(&bound.clusters[id], cluster);
    }
    Ok(())
}
