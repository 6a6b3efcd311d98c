//! Readings measured against what people annotated.

use crate::errors::{Fault, free};
use crate::reader::Reader;
use crate::shards::on_threads;
use dateline_gold::Case;
use dateline_gold::score::{Line, Score};
use pyo3::prelude::*;
use rayon::prelude::*;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct Told {
    documents: usize,
    lines: Vec<Line>,
    types: Vec<(&'static str, usize, usize, usize)>,
}

/// Reads annotated texts and scores what is read: the lines of the score and the counts of every type, as JSON.
#[pyfunction]
pub(crate) fn score(
    py: Python<'_>,
    reader: PyRef<'_, Reader>,
    gold: PathBuf,
    texts: PathBuf,
    jobs: usize,
) -> PyResult<String> {
    let reader = &*reader;
    free(py, || {
        let cases = dateline_gold::read(&gold, &texts).map_err(fault)?;
        if cases.is_empty() {
            return Err(Fault::Format(
                "annotation",
                format!("{}: holds no text: nothing to score", texts.display()),
            ));
        }
        let read = |case: &Case| {
            reader.with(|worker| Ok(worker.read_document(case.text.document()).in_code_points()))
        };
        let records = on_threads(jobs, || cases.par_iter().map(read).collect::<Result<Vec<_>, Fault>>())?;
        let mut score = Score::default();
        for (case, record) in cases.iter().zip(&records) {
            score.add(case, record).map_err(fault)?;
        }
        let types = score.types.iter().map(|(name, c)| (*name, c.right, c.there, c.answered)).collect();
        let told = Told { documents: score.documents, lines: score.lines(), types };
        serde_json::to_string(&told).map_err(|e| Fault::Internal(e.to_string()))
    })
}

fn fault(fault: dateline_gold::Error) -> Fault {
    match fault {
        dateline_gold::Error::Io { ref error, .. } => {
            Fault::from(std::io::Error::new(error.kind(), fault.to_string()))
        }
        other => Fault::Format("annotation", other.to_string()),
    }
}
