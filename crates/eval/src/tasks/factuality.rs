//! `factuality`: how certain each given event word is, from -3 to 3.

use super::Failure;
use dateline::Model;
use dateline_syntax::Worker;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The value of every event.
pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    each(text, |model, doc, token| {
        let coder = model.coder();
        json!({ "token": token, "value": coder.factuality.value(doc, &coder.status, token) })
    })
}

/// The features of every event, for training.
pub(crate) fn training(text: &str) -> Result<String, Failure> {
    each(text, |model, doc, token| {
        let mut features = BTreeSet::new();
        dateline_events::factuality::features(doc, &model.coder().status, token, &mut |f| {
            features.insert(f.to_owned());
        });
        json!({ "token": token, "features": features })
    })
}

fn each(
    text: &str,
    answer: impl Fn(&Model, &dateline::core::Document, u32) -> Value + Sync,
) -> Result<String, Failure> {
    let model = Model::embedded()?;
    let rows: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let lines: Vec<String> = rows
        .par_iter()
        .map_init(
            || Worker::new(model.syntax()),
            |worker, line| {
                let row: Value = serde_json::from_str(line)?;
                let list = |name: &str| row[name].as_array().map(Vec::as_slice).unwrap_or_default();
                let tokens: Vec<&str> = list("tokens").iter().filter_map(Value::as_str).collect();
                let doc = worker.parse_tokens(model.syntax(), std::slice::from_ref(&tokens));
                let events: Vec<Value> = list("events")
                    .iter()
                    .filter_map(|e| u32::try_from(e["token"].as_u64()?).ok())
                    .filter(|&t| (t as usize) < doc.syntax.tokens.len())
                    .map(|t| answer(&model, &doc, t))
                    .collect();
                Ok(json!({ "id": row["id"], "events": events }).to_string())
            },
        )
        .collect::<Result<_, Failure>>()?;
    Ok(super::joined(&lines))
}
