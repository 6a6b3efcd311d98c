//! Every task for which there is data, scored and held against its floor.

use crate::tasks::{self, Failure};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A task and where its development file lies below the shared folder.
struct Job {
    /// Name in the floors and the table.
    name: &'static str,
    /// Task of the masking script and of `predict`.
    task: &'static str,
    file: &'static str,
    scorer: &'static str,
    raw: bool,
}

const fn job(name: &'static str, task: &'static str, file: &'static str, scorer: &'static str) -> Job {
    Job { name, task, file, scorer, raw: false }
}

const JOBS: &[Job] = &[
    job("events-seed", "events", "seed/texts.jsonl", "score_events.py"),
    job("events-dev", "events", "eval/events-dev/texts.jsonl", "score_events.py"),
    job("events-train", "events", "eval/events-train/texts.jsonl", "score_events.py"),
    job("quotes", "quotes", "eval/quotes.dev.jsonl", "score_quotes.py"),
    job("attribution", "attribution", "eval/attribution.dev.jsonl", "score_attribution.py"),
    job("conllu-ewt", "conllu", "treebanks/ewt-dev.conllu", "score_conllu.py"),
    job("conllu-gum", "conllu", "treebanks/gum-dev.conllu", "score_conllu.py"),
    Job {
        name: "raw-ewt",
        task: "conllu",
        file: "treebanks/ewt-dev.conllu",
        scorer: "score_conllu.py",
        raw: true,
    },
    Job {
        name: "raw-gum",
        task: "conllu",
        file: "treebanks/gum-dev.conllu",
        scorer: "score_conllu.py",
        raw: true,
    },
    job("actors", "actors", "eval/actors.dev.jsonl", "score_actors.py"),
    job("gap", "gap", "treebanks/coref/gap-development.tsv", "score_gap.py"),
    job("plv", "plv", "eval/plv.dev.tsv", "score_plv.py"),
    job("factuality", "factuality", "eval/factuality.dev.jsonl", "score_factuality.py"),
    job("ner", "ner", "treebanks/ner/worldwide-dev.bio", "score_ner.py"),
    job("timex", "timex", "eval/timex.train.jsonl", "score_timex.py"),
    job("toponyms", "toponyms", "eval/toponyms.dev.jsonl", "score_toponyms.py"),
    job("toponyms-spans", "toponyms-spans", "eval/toponyms.dev.jsonl", "score_toponyms.py"),
    job("html", "html", "eval/html.dev.jsonl", "score_html.py"),
];

/// Runs the jobs, prints a table, and tells whether every score is at or above its floor.
pub(crate) fn run(shared: &Path, floors: &Path, work: &Path, only: Option<&str>) -> Result<bool, Failure> {
    let table: toml::Table =
        fs::read_to_string(floors).map_err(|e| format!("cannot read {}: {e}", floors.display()))?.parse()?;
    fs::create_dir_all(work)?;
    let mut passed = 0;
    let mut failed = 0;
    println!("{:<16} {:<24} {:>8} {:>8}", "task", "measure", "score", "floor");
    for job in JOBS.iter().filter(|j| only.is_none_or(|o| j.name.starts_with(o))) {
        if !shared.join(job.file).exists() {
            println!("{:<16} no data, skipped", job.name);
            continue;
        }
        let scores = score(job, shared, work)?;
        fs::write(work.join(format!("{}.json", job.name)), scores.to_string())?;
        let Some(floors) = table.get(job.name).and_then(toml::Value::as_table) else { continue };
        for (measure, floor) in floors {
            let floor = floor.as_float().or_else(|| floor.as_integer().map(|i| i as f64)).unwrap_or(f64::NAN);
            let got = lookup(&scores, measure).unwrap_or(f64::NAN);
            let good = got >= floor;
            println!(
                "{:<16} {measure:<24} {got:>8.4} {floor:>8.4}{}",
                job.name,
                if good { "" } else { "  BELOW" }
            );
            if good { passed += 1 } else { failed += 1 }
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

/// A dotted path into the scores; a table stands for its `f1`.
fn lookup(scores: &Value, path: &str) -> Option<f64> {
    let value = path.split('.').try_fold(scores, |v, key| v.get(key))?;
    value.as_f64().or_else(|| value.get("f1")?.as_f64())
}

fn score(job: &Job, shared: &Path, work: &Path) -> Result<Value, Failure> {
    let file = shared.join(job.file);
    let eval = shared.join("eval");
    let input = work.join(format!("{}.in", job.name));
    let output = work.join(format!("{}.out", job.name));
    let masked = python(&[eval.join("mask.py"), job.task.into(), file.clone()])?;
    fs::write(&input, masked)?;
    if job.task == "html" {
        // Pages lie beside the unmasked file.
        let answered = Command::new(std::env::current_exe()?)
            .env("DATELINE_PAGES", &eval)
            .args(["predict", job.task])
            .arg(&input)
            .arg("--output")
            .arg(&output)
            .status()?;
        if !answered.success() {
            return Err("the html task failed".into());
        }
    } else {
        tasks::predict(job.task, &input, &output, job.raw, None)?;
    }
    let scorer = eval.join(job.scorer);
    let json: PathBuf = "--json".into();
    let arguments: Vec<PathBuf> = match job.task {
        "events" => vec![scorer, file.with_file_name("gold"), file, output, json],
        "conllu" | "ner" | "gap" => vec![scorer, output, file, json],
        _ => vec![scorer, output, "--gold".into(), file, json],
    };
    let answer = python(&arguments)?;
    Ok(serde_json::from_slice(&answer)?)
}

fn python(arguments: &[PathBuf]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("python3").args(arguments).output()?;
    if !output.status.success() {
        return Err(format!("{}: {}", arguments[0].display(), String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(output.stdout)
}
