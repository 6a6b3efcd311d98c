//! The steps of linking as Spark does them: `dateline_story::shards` over columns.

use crate::errors::{Fault, free};
use dateline_story::near::Sketch;
use dateline_story::shards::{self, Answer, Beside, Edge, Piece};
use dateline_story::{Report, versions};
use pyo3::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) fn add(m: &Bound<'_, PyModule>) -> PyResult<()> {
    let shards = PyModule::new(m.py(), "shards")?;
    shards.add_function(wrap_pyfunction!(keep, &shards)?)?;
    shards.add_function(wrap_pyfunction!(looked_up, &shards)?)?;
    shards.add_function(wrap_pyfunction!(candidates, &shards)?)?;
    shards.add_function(wrap_pyfunction!(copies, &shards)?)?;
    shards.add_function(wrap_pyfunction!(name, &shards)?)?;
    shards.add_function(wrap_pyfunction!(topic_keys, &shards)?)?;
    shards.add_function(wrap_pyfunction!(story_edges, &shards)?)?;
    shards.add_function(wrap_pyfunction!(stories, &shards)?)?;
    shards.add_function(wrap_pyfunction!(pieces, &shards)?)?;
    shards.add_function(wrap_pyfunction!(event_edges, &shards)?)?;
    shards.add_function(wrap_pyfunction!(clusters, &shards)?)?;
    shards.add_function(wrap_pyfunction!(answers, &shards)?)?;
    shards.add_function(wrap_pyfunction!(denied, &shards)?)?;
    m.add_submodule(&shards)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|e| Fault::Format("shard", e.to_string()))
}

fn write<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|e| Fault::Internal(e.to_string()))
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
    /// The report without its shingles.
    report: String,
    sketch: Vec<u8>,
    length: u32,
    version: Option<String>,
    by_address: bool,
    take: u32,
    withdraws: bool,
}

/// What is kept of records.
#[pyfunction]
fn keep(py: Python<'_>, records: Vec<String>) -> PyResult<Vec<Kept>> {
    free(py, || {
        let kept = |json: &String| {
            let report = Report::from_json(json).map_err(|e| Fault::Format("record", e.to_string()))?;
            let epoch = jiff::civil::date(1970, 1, 1);
            let sketch = sketch_bytes(&report.sketch);
            let length = report.sketch.len() as u32;
            let report = Report { sketch: Sketch::default(), ..report };
            Ok(Kept {
                place: shards::place(&report),
                doc_id: report.id.clone(),
                published: report.day.map(|d| (d - epoch).get_days()),
                publisher: report.publisher.clone(),
                title: report.title.clone(),
                version: versions::key(&report),
                by_address: report.url.is_some(),
                take: report.take,
                withdraws: report.withdraws,
                report: write(&report)?,
                sketch,
                length,
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
    free(py, || {
        let rows = shingles.into_iter().zip(places).zip(lengths).map(|((s, p), l)| (s, p, l));
        Ok(shards::candidates(rows.collect()))
    })
}

#[pyfunction]
fn copies(py: Python<'_>, shared: Vec<u32>, least: Vec<u32>, a: Vec<Vec<u8>>, b: Vec<Vec<u8>>) -> PyResult<Vec<bool>> {
    free(py, || {
        let rows = shared.iter().zip(&least).zip(a.iter().zip(&b));
        Ok(rows.map(|((n, l), (a, b))| shards::copies(*n, *l, &sketch_of(a), &sketch_of(b))).collect())
    })
}

/// Identifier of a group or story by the place of its first report.
#[pyfunction]
fn name(kind: char, doc_ids: Vec<String>) -> Vec<String> {
    doc_ids.iter().map(|id| shards::name(kind, id)).collect()
}

/// The words under which reports of one story meet, with what is compared there.
#[pyfunction]
fn topic_keys(py: Python<'_>, reports: Vec<String>) -> PyResult<Vec<(Vec<i64>, String)>> {
    free(py, || {
        let topic = |json: &String| {
            let report: Report = read(json)?;
            let keys = signed(report.subject.keys());
            let topic = Report {
                id: report.id,
                title: report.title,
                day: report.day,
                subject: report.subject,
                ..Report::default()
            };
            Ok((keys, write(&topic)?))
        };
        reports.iter().map(topic).collect()
    })
}

#[pyfunction]
fn story_edges(py: Python<'_>, keys: Vec<i64>, topics: Vec<String>) -> PyResult<Vec<Edge>> {
    free(py, || {
        let row = |(key, topic): (i64, &String)| Ok((key as u64, (read(topic)?, false)));
        Ok(shards::story_edges(keys.into_iter().zip(&topics).map(row).collect::<Result<_, Fault>>()?))
    })
}

/// Stories as JSON, with the places of their reports.
#[pyfunction]
fn stories(
    py: Python<'_>,
    topics: Vec<(String, bool)>,
    edges: Vec<Edge>,
) -> PyResult<Vec<(String, String, Vec<String>)>> {
    free(py, || {
        let topics = topics.iter().map(|(topic, copy)| Ok((read(topic)?, *copy)));
        let stories = shards::stories(topics.collect::<Result<_, Fault>>()?, edges);
        stories.into_iter().map(|(story, members)| Ok((story.id.clone(), write(&story)?, members))).collect()
    })
}

/// An act as it goes from step to step.
#[derive(IntoPyObject)]
struct Telling {
    act: String,
    keys: Vec<i64>,
    piece: String,
    /// Keys of what it denies, one an actor.
    denies: Vec<i64>,
    denial: Option<String>,
}

/// The acts of reports.
#[pyfunction]
fn pieces(py: Python<'_>, reports: Vec<String>) -> PyResult<Vec<Vec<Telling>>> {
    free(py, || {
        let telling = |piece: &Piece| {
            let denies = signed(piece.denial_keys());
            let denial = piece.denial().filter(|_| !denies.is_empty());
            Ok(Telling {
                act: piece.place(),
                keys: signed(piece.keys()),
                piece: write(piece)?,
                denies,
                denial: denial.as_ref().map(write).transpose()?,
            })
        };
        reports.iter().map(|json| Piece::all(&read(json)?).iter().map(telling).collect()).collect()
    })
}

#[pyfunction]
fn event_edges(py: Python<'_>, keys: Vec<i64>, pieces: Vec<String>) -> PyResult<Vec<Edge>> {
    free(py, || {
        let row = |(key, piece): (i64, &String)| Ok((key as u64, read(piece)?));
        Ok(shards::event_edges(keys.into_iter().zip(&pieces).map(row).collect::<Result<_, Fault>>()?))
    })
}

/// Clusters as JSON: place, cluster, and for one that can be denied the keys and what a denial is held against.
#[pyfunction]
fn clusters(
    py: Python<'_>,
    pieces: Vec<(String, String, String, Option<String>)>,
    edges: Vec<Edge>,
) -> PyResult<Vec<(String, String, Vec<i64>, Option<String>)>> {
    free(py, || {
        let row = |(piece, story, first, publisher): (String, String, String, Option<String>)| {
            Ok((read(&piece)?, Beside { story, first, publisher }))
        };
        let pieces = pieces.into_iter().map(row).collect::<Result<_, Fault>>()?;
        let told = shards::clusters(pieces, edges);
        told.iter()
            .map(|(cluster, deniable)| {
                let keys = deniable.as_ref().map_or(Vec::new(), |d| signed(d.keys()));
                let deniable = deniable.as_ref().map(write).transpose()?;
                Ok((shards::place_of_cluster(cluster), write(cluster)?, keys, deniable))
            })
            .collect()
    })
}

fn signed(keys: Vec<u64>) -> Vec<i64> {
    keys.into_iter().map(|k| k as i64).collect()
}

/// What events and denials have to do with each other; both by their keys.
#[pyfunction]
fn answers(
    py: Python<'_>,
    events: Vec<(i64, String)>,
    denials: Vec<(i64, u32, String)>,
) -> PyResult<Vec<Answer>> {
    free(py, || {
        let events = events.iter().map(|(k, e)| Ok((*k as u64, read(e)?))).collect::<Result<Vec<_>, Fault>>()?;
        let denials =
            denials.iter().map(|(k, n, p)| Ok((*k as u64, *n, read(p)?))).collect::<Result<Vec<_>, Fault>>()?;
        Ok(shards::answers(&events, &denials))
    })
}

/// Clusters with the denials that are of them, given in order.
#[pyfunction]
fn denied(py: Python<'_>, clusters: Vec<String>, denials: Vec<Vec<String>>) -> PyResult<Vec<String>> {
    free(py, || {
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
