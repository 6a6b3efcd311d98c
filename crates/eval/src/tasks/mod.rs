//! One file a task: from masked input to answers.

#![allow(clippy::unnecessary_wraps, reason = "all tasks answer alike, though only some can fail")]

mod actors;
mod attribution;
mod conllu;
mod events;
mod factuality;
mod gap;
mod html;
mod ner;
mod plv;
mod quotes;
mod timex;
mod toponyms;

use rayon::prelude::*;
use serde_json::Value;
use std::error::Error;
use std::fs;
use std::path::Path;

/// What a task may fail with.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// How a task answers one row with a reader.
type Answer = fn(&mut dateline::Reader, &Value) -> Result<Value, Failure>;

/// Answers the masked file `input` of `task` into `output`, with the weights in a folder in place of the program's own.
pub(crate) fn predict(
    task: &str,
    input: &Path,
    output: &Path,
    raw: bool,
    weights: Option<&Path>,
) -> Result<(), Failure> {
    let each_with_reader = |text: &str, answer: Answer| each_with_reader(text, weights, answer);
    let bytes = fs::read(input).map_err(|e| format!("cannot read {}: {e}", input.display()))?;
    let text = String::from_utf8(bytes)?;
    let answer = match task {
        "actors" => each_with_reader(&text, actors::answer)?,
        "factuality" => factuality::predict(&text)?,
        "factuality-training" => factuality::training(&text)?,
        "gap" => gap::predict(&text)?,
        "ner" => ner::predict(&text)?,
        "plv" => plv::predict(&text)?,
        "plv-training" => plv::training(&text)?,
        "conllu" => conllu::predict(&text, raw)?,
        "events" => each_with_reader(&text, events::answer)?,
        "events-training" => each_with_reader(&text, events::training)?,
        "attribution" => each_with_reader(&text, attribution::answer)?,
        "attribution-training" => each_with_reader(&text, attribution::training)?,
        "quotes" => each_with_reader(&text, quotes::answer)?,
        "timex" => each(&text, timex::answer)?,
        "toponyms" => each_with_reader(&text, toponyms::find)?,
        "toponyms-spans" => each_with_reader(&text, toponyms::resolve)?,
        "html" => {
            let folder = html::pages(input)?;
            each(&text, |row| html::answer(&folder, row))?
        }
        other => return Err(format!("there is no task `{other}`").into()),
    };
    fs::write(output, answer).map_err(|e| format!("cannot write {}: {e}", output.display()).into())
}

/// Answers every JSON line on its own, on all cores, in order.
fn each(text: &str, answer: impl Fn(&Value) -> Result<Value, Failure> + Sync) -> Result<String, Failure> {
    let rows: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let lines: Vec<String> = rows
        .par_iter()
        .map(|line| Ok(answer(&serde_json::from_str(line)?)?.to_string()))
        .collect::<Result<_, Failure>>()?;
    Ok(joined(&lines))
}

/// The same with a reader a thread.
fn each_with_reader(text: &str, weights: Option<&Path>, answer: Answer) -> Result<String, Failure> {
    let model = match weights {
        Some(folder) => dateline::Model::with_weights(folder)?,
        None => dateline::Model::embedded()?,
    };
    let rows: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let lines: Vec<String> = rows
        .par_iter()
        .map_init(
            || dateline::Reader::new(&model),
            |reader, line| Ok(answer(reader, &serde_json::from_str(line)?)?.to_string()),
        )
        .collect::<Result<_, Failure>>()?;
    Ok(joined(&lines))
}

fn joined(lines: &[String]) -> String {
    let mut out = lines.join("\n");
    out.push('\n');
    out
}

/// A text field of a row, empty where it is missing or null.
fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

/// The document of a row: its text exactly as given, read as plain text.
fn document(row: &Value) -> dateline::core::Document {
    let some = |name: &str| Some(field(row, name)).filter(|t| !t.is_empty()).map(str::to_owned);
    let options = dateline::Options {
        id: field(row, "id").to_owned(),
        url: some("url"),
        publisher: some("source").or_else(|| some("publisher")),
        title: some("title"),
        date: some("date").and_then(|d| d.get(..10).and_then(|d| d.parse().ok())),
        format: dateline::Format::Text,
        english_only: false,
        ..dateline::Options::default()
    };
    let text = field(row, "text");
    match dateline::ingest(text.as_bytes(), &options) {
        Ok(doc) if doc.text == text => doc,
        // What is empty or odd still gets an answer with the text as given.
        _ => {
            let meta = dateline::core::Meta { id: options.id, published: options.date, ..Default::default() };
            dateline::core::Document::new(meta, text)
        }
    }
}
