//! `eventcoref`: which given mentions, over all documents, tell of the same event.

use super::{Failure, document, field, joined};
use dateline::Reader;
use dateline::core::Span;
use dateline::core::offsets::byte_offsets;
use dateline_story::coref::{FEATURES, Mention, Mentions, Passage};
use dateline_story::words::Counts;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let (rows, passages) = read(text)?;
    let clusters = Mentions::new(&passages).clusters();
    let answer = |(row, clusters): (&Value, &Vec<u32>)| {
        let chain =
            |(e, c): (&Value, &u32)| json!({"start": e["start"], "end": e["end"], "chain": c.to_string()});
        let events: Vec<Value> = events(row).iter().zip(clusters).map(chain).collect();
        json!({"id": row["id"], "events": events}).to_string()
    };
    Ok(joined(&rows.iter().zip(&clusters).map(answer).collect::<Vec<_>>()))
}

/// What the clustering sees of every pair of mentions, for training it: two mentions, then the features.
pub(crate) fn training(text: &str) -> Result<String, Failure> {
    let (rows, passages) = read(text)?;
    let mut out = format!("doc\tmention\tdoc\tmention\t{}\n", FEATURES.join("\t"));
    Mentions::new(&passages).training(|x, y, features| {
        let name = |r: usize| field(&rows[r], "id");
        let _ = write!(out, "{}\t{}\t{}\t{}", name(x.0), x.1, name(y.0), y.1);
        features.iter().for_each(|f| {
            let _ = write!(out, "\t{f}");
        });
        out.push('\n');
    });
    Ok(out)
}

fn read(text: &str) -> Result<(Vec<Value>, Vec<Passage>), Failure> {
    let model = dateline::Model::embedded()?;
    let rows: Vec<Value> =
        text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let passages = rows
        .par_iter()
        .map_init(|| Reader::new(&model), passage)
        .collect::<Result<Vec<Passage>, Failure>>()?;
    Ok((rows, passages))
}

fn passage(reader: &mut Reader, row: &Value) -> Result<Passage, Failure> {
    let doc = reader.reading(document(row)).doc;
    let bytes = byte_offsets(field(row, "text"));
    let at = |v: &Value| {
        let offset = v.as_u64().and_then(|n| bytes.get(n as usize).copied());
        offset.ok_or("an offset lies behind the text")
    };
    let mention = |e: &Value| Ok(Mention::at(&doc, Span::new(at(&e["start"])?, at(&e["end"])?)));
    let mentions = events(row).iter().map(mention).collect::<Result<_, Failure>>()?;
    Ok(Passage { words: Counts::of(&doc.text, &[]), mentions })
}

fn events(row: &Value) -> &[Value] {
    row["events"].as_array().map_or(&[], Vec::as_slice)
}
