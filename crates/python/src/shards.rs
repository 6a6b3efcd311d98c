//! The steps of linking as Spark does them: `dateline_story::shards` over columns. A task works on one thread.

use crate::errors::{Fault, free};
use dateline_story::Report;
use dateline_story::near::Sketch;
use dateline_story::shards::{self, Answer, Beside, Deniable, Edge, Piece};
use pyo3::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) fn add(m: &Bound<'_, PyModule>) -> PyResult<()> {
    let shards = PyModule::new(m.py(), "shards")?;
    shards.add_function(wrap_pyfunction!(keep, &shards)?)?;
    shards.add_function(wrap_pyfunction!(looked_up, &shards)?)?;
    shards.add_function(wrap_pyfunction!(candidates, &shards)?)?;
    shards.add_function(wrap_pyfunction!(copies, &shards)?)?;
    shards.add_function(wrap_pyfunction!(components, &shards)?)?;
    shards.add_function(wrap_pyfunction!(group, &shards)?)?;
    shards.add_function(wrap_pyfunction!(versions, &shards)?)?;
    shards.add_function(wrap_pyfunction!(story_keys, &shards)?)?;
    shards.add_function(wrap_pyfunction!(story_edges, &shards)?)?;
    shards.add_function(wrap_pyfunction!(stories, &shards)?)?;
    shards.add_function(wrap_pyfunction!(tellings, &shards)?)?;
    shards.add_function(wrap_pyfunction!(event_edges, &shards)?)?;
    shards.add_function(wrap_pyfunction!(events, &shards)?)?;
    shards.add_function(wrap_pyfunction!(answers, &shards)?)?;
    shards.add_function(wrap_pyfunction!(denied, &shards)?)?;
    shards.add("MOST_PAIRS", shards::most_pairs())?;
    m.add_submodule(&shards)
}

/// Works on this thread alone: Spark runs a task a core. Nothing that forks later finds threads that are gone.
pub(crate) fn on_threads<T: Send>(
    threads: usize,
    work: impl FnOnce() -> Result<T, Fault> + Send,
) -> Result<T, Fault> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.max(1)).build();
    pool.map_err(|e| Fault::Internal(e.to_string()))?.install(work)
}

fn task<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, Fault> + Send) -> PyResult<T> {
    free(py, || on_threads(1, work))
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|e| Fault::Format("shard", e.to_string()))
}

fn read_keyed<T: DeserializeOwned>(keys: Vec<i64>, rows: &[String]) -> Result<Vec<(u64, T)>, Fault> {
    keys.into_iter().zip(rows).map(|(key, row)| Ok((key as u64, read(row)?))).collect()
}

fn write<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::Internal(e.to_string()))
}

fn signed(keys: Vec<u64>) -> Vec<i64> {
    keys.into_iter().map(|k| k as i64).collect()
}

fn sketch_bytes(sketch: &Sketch) -> Vec<u8> {
    let (hashes, total) = sketch.parts();
    std::iter::once(&total).chain(hashes).flat_map(|n| n.to_le_bytes()).collect()
}

fn sketch_of(bytes: &[u8]) -> Sketch {
    let mut numbers = bytes.chunks_exact(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]));
    let total = numbers.next().unwrap_or(0);
    Sketch::from_parts(numbers.collect(), total)
}

/// What is kept of a record.
#[derive(IntoPyObject)]
struct Kept {
    place: String,
    doc_id: String,
    /// Days since 1970.
    published: Option<i32>,
    publisher: Option<String>,
    title: String,
    withdraws: bool,
    /// The report without its shingles.
    report: String,
    /// What versions and stories need of it.
    topic: String,
    sketch: Vec<u8>,
    length: u32,
    address: Option<i64>,
    slug: Option<i64>,
}

/// What is kept of records.
#[pyfunction]
fn keep(py: Python<'_>, records: Vec<String>) -> PyResult<Vec<Kept>> {
    task(py, || {
        let kept = |json: &String| {
            let report = Report::from_json(json).map_err(|e| Fault::Format("record", e.to_string()))?;
            let epoch = jiff::civil::date(1970, 1, 1);
            let (sketch, length) = (sketch_bytes(&report.sketch), report.sketch.len() as u32);
            let report = Report { sketch: Sketch::default(), ..report };
            let [address, slug] = shards::version_keys(&report).map(|key| key.map(|k| k as i64));
            Ok(Kept {
                place: shards::place(&report),
                doc_id: report.id.clone(),
                published: report.day.map(|d| (d - epoch).get_days()),
                publisher: report.publisher.clone(),
                title: report.title.clone(),
                withdraws: report.withdraws,
                report: write(&report)?,
                topic: write(&shards::topic(&report))?,
                sketch,
                length,
                address,
                slug,
            })
        };
        records.iter().map(kept).collect()
    })
}

/// The shingles under which copies meet.
#[pyfunction]
fn looked_up(sketches: Vec<Vec<u8>>) -> Vec<Vec<u32>> {
    sketches.iter().map(|s| sketch_of(s).looked_up().to_vec()).collect()
}

#[pyfunction]
fn candidates(
    py: Python<'_>,
    shingles: Vec<u32>,
    places: Vec<String>,
    lengths: Vec<u32>,
) -> PyResult<Vec<(String, String, u32, u32)>> {
    task(py, || {
        let rows = shingles.into_iter().zip(places).zip(lengths).map(|((s, p), l)| (s, p, l));
        Ok(shards::candidates(rows.collect()))
    })
}

#[pyfunction]
fn copies(
    py: Python<'_>,
    shared: Vec<u32>,
    least: Vec<u32>,
    a: Vec<Vec<u8>>,
    b: Vec<Vec<u8>>,
) -> PyResult<Vec<bool>> {
    task(py, || {
        let rows = shared.iter().zip(&least).zip(a.iter().zip(&b));
        Ok(rows.map(|((n, l), (a, b))| shards::copies(*n, *l, &sketch_of(a), &sketch_of(b))).collect())
    })
}

/// Every node of some edges with the first node of its part.
#[pyfunction]
fn components(py: Python<'_>, a: Vec<String>, b: Vec<String>) -> PyResult<Vec<(String, String)>> {
    let edges: Vec<(String, String)> = a.into_iter().zip(b).collect();
    task(py, || Ok(shards::components(&edges)))
}

/// Identifiers of groups of copies by those of their first reports.
#[pyfunction]
fn group(firsts: Vec<String>) -> Vec<String> {
    firsts.iter().map(|id| shards::group(id)).collect()
}

/// Place of a report, of the version after it, and whether that withdraws it.
#[pyfunction]
fn versions(
    py: Python<'_>,
    keys: Vec<i64>,
    topics: Vec<String>,
    by_address: bool,
) -> PyResult<Vec<(String, String, bool)>> {
    task(py, || Ok(shards::versions(read_keyed(keys, &topics)?, by_address)))
}

/// The words under which reports of one story meet.
#[pyfunction]
fn story_keys(py: Python<'_>, topics: Vec<String>) -> PyResult<Vec<Vec<i64>>> {
    task(py, || topics.iter().map(|topic| Ok(signed(read::<Report>(topic)?.subject.keys()))).collect())
}

#[pyfunction]
fn story_edges(py: Python<'_>, keys: Vec<i64>, topics: Vec<String>) -> PyResult<Vec<Edge>> {
    task(py, || Ok(shards::story_edges(read_keyed(keys, &topics)?)))
}

/// Stories: identifier, JSON, and the places of their reports.
#[pyfunction]
fn stories(
    py: Python<'_>,
    topics: Vec<(String, bool)>,
    edges: Vec<Edge>,
) -> PyResult<Vec<(String, String, Vec<String>)>> {
    task(py, || {
        let topics = topics.iter().map(|(topic, copy)| Ok((read(topic)?, *copy)));
        let stories = shards::stories(topics.collect::<Result<_, Fault>>()?, &edges);
        stories.into_iter().map(|(story, members)| Ok((story.id.clone(), write(&story)?, members))).collect()
    })
}

/// An act as it goes from step to step.
#[derive(IntoPyObject)]
struct Telling {
    act: String,
    keys: Vec<i64>,
    piece: String,
    /// Keys of what it denies.
    denies: Vec<i64>,
}

/// The acts of reports.
#[pyfunction]
fn tellings(py: Python<'_>, reports: Vec<String>) -> PyResult<Vec<Vec<Telling>>> {
    task(py, || {
        let telling = |piece: &Piece| {
            let (keys, denies) = (signed(piece.keys()), signed(piece.denial_keys()));
            Ok(Telling { act: piece.place(), keys, piece: write(piece)?, denies })
        };
        reports.iter().map(|json| Piece::all(&read(json)?).iter().map(telling).collect()).collect()
    })
}

/// Edges, and narrower keys with their acts.
type Met = (Vec<Edge>, Vec<(i64, String)>);

/// Place and cluster of an event; its keys and what a denial is held against.
type Told = (String, String, Vec<i64>, Option<String>);

/// Pairs of acts that are one event, and narrower keys of acts whose keys are too common.
#[pyfunction]
fn event_edges(py: Python<'_>, keys: Vec<i64>, pieces: Vec<String>, narrower: bool) -> PyResult<Met> {
    task(py, || {
        let met = shards::event_edges(read_keyed(keys, &pieces)?, narrower);
        Ok((met.edges, met.narrower.into_iter().map(|(key, act)| (key as i64, act)).collect()))
    })
}

/// Events: place, cluster as JSON, and for one that may be denied its keys and what a denial is held against.
#[pyfunction]
fn events(
    py: Python<'_>,
    pieces: Vec<(String, String, String, Option<String>, bool)>,
    edges: Vec<Edge>,
) -> PyResult<Vec<Told>> {
    task(py, || {
        let row =
            |(piece, story, first, publisher, superseded): (String, String, String, Option<String>, bool)| {
                Ok((read(&piece)?, Beside { story, first, publisher, superseded }))
            };
        let pieces = pieces.into_iter().map(row).collect::<Result<_, Fault>>()?;
        let event = |event: &shards::Event| {
            let keys = event.deniable.as_ref().map_or(Vec::new(), |d| signed(d.keys()));
            let deniable = event.deniable.as_ref().map(write).transpose()?;
            Ok((event.place.clone(), write(&event.cluster)?, keys, deniable))
        };
        shards::events(pieces, &edges).iter().map(event).collect()
    })
}

/// What events and denials have to do with each other; both by their keys.
#[pyfunction]
fn answers(
    py: Python<'_>,
    events: (Vec<i64>, Vec<String>),
    denials: (Vec<i64>, Vec<String>),
) -> PyResult<Vec<Answer>> {
    task(py, || {
        let events: Vec<(u64, Deniable)> = read_keyed(events.0, &events.1)?;
        let denials: Vec<(u64, Piece)> = read_keyed(denials.0, &denials.1)?;
        Ok(shards::answers(&events, &denials))
    })
}

/// Clusters with the denials that are of them, given in order.
#[pyfunction]
fn denied(py: Python<'_>, clusters: Vec<String>, denials: Vec<Vec<String>>) -> PyResult<Vec<String>> {
    task(py, || {
        let with = |(cluster, denials): (&String, &Vec<String>)| {
            let denials = denials.iter().map(|d| read(d)).collect::<Result<Vec<_>, _>>()?;
            if denials.is_empty() {
                return Ok(cluster.clone());
            }
            shards::denied(cluster, &denials).map_err(|e| Fault::Format("shard", e.to_string()))
        };
        clusters.iter().zip(&denials).map(with).collect()
    })
}
