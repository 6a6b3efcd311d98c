//! What a run was asked for, what it has read, and how far it has come.

use super::parts::PartFile;
use crate::args::RunArgs;
use crate::plan::Plan;
use crate::stop::Stop;
use dateline_archive::{Given, hex};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;

/// The file `manifest.json` of a run. It is written anew with every part.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Version of the program.
    pub(super) dateline: String,
    /// Version of the record's form.
    pub(super) schema_version: String,
    /// SHA-256 over the trained weights.
    pub(super) models: String,
    /// SHA-256 over the built-in tables.
    pub(super) knowledge: String,
    /// SHA-256 over the user's own tables.
    pub(super) own_knowledge: Option<String>,
    pub(super) state: State,
    /// Everything that decides what comes out.
    pub(super) options: Map<String, Value>,
    pub(super) inputs: Vec<Input>,
    pub(super) counts: Counts,
    /// How many documents were not read, by kind of reason.
    pub(super) reasons: BTreeMap<String, u64>,
    pub(super) timings: Timings,
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    Running,
    Complete,
}

/// One thing that was given, as far as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Input {
    pub(super) given: String,
    /// Files read to their end.
    pub(super) files: u64,
    pub(super) bytes: u64,
    /// SHA-256 of the file; of several, that of the list that `sha256sum` would print.
    pub(super) sha256: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Counts {
    /// Documents come upon: `coded + skipped + failed`.
    pub(super) read: u64,
    /// Records written.
    pub(super) coded: u64,
    /// Documents that are not for reading.
    pub(super) skipped: u64,
    /// Documents that could not be read.
    pub(super) failed: u64,
    pub(super) events: u64,
    pub(super) statements: u64,
    pub(super) entities: u64,
    pub(super) sentences: u64,
    pub(super) tokens: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Timings {
    /// When the run was begun.
    pub(super) started: Option<jiff::Timestamp>,
    /// When the last part was closed.
    pub(super) updated: Option<jiff::Timestamp>,
    /// Seconds of work, over all sessions, without what was lost.
    pub(super) seconds: f64,
    /// How often the run was begun or resumed.
    pub(super) sessions: u64,
}

/// A part that is whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) number: u64,
    /// Documents come upon.
    pub(super) read: u64,
    /// Records in it.
    pub(super) coded: u64,
    pub(super) files: Vec<PartFile>,
    /// Length of `errors.jsonl` up to here.
    pub(super) errors_bytes: u64,
    /// Digest over all documents up to here.
    pub(super) fingerprint: String,
}

impl Manifest {
    /// The manifest of a run that is to be begun.
    ///
    /// # Errors
    /// When the user's own tables cannot be read.
    pub(super) fn new(args: &RunArgs, plan: &Plan<'_>) -> Result<Self, Stop> {
        Ok(Self {
            dateline: env!("CARGO_PKG_VERSION").to_owned(),
            schema_version: dateline::core::record::SCHEMA_VERSION.to_owned(),
            models: env!("DATELINE_MODELS").to_owned(),
            knowledge: env!("DATELINE_KNOWLEDGE").to_owned(),
            own_knowledge: args.source.knowledge.as_deref().map(hash_of).transpose()?,
            state: State::Running,
            options: options(args),
            inputs: plan.given.iter().map(|given| Input { given: name(given), ..Input::default() }).collect(),
            counts: Counts::default(),
            reasons: BTreeMap::new(),
            timings: Timings::default(),
            parts: Vec::new(),
        })
    }

    pub(super) const fn is_complete(&self) -> bool {
        matches!(self.state, State::Complete)
    }

    /// 0 when all is well, 1 when some documents failed, 2 when nothing could even be opened.
    pub(super) fn exit_code(&self) -> u8 {
        let Counts { read, failed, .. } = self.counts;
        match failed {
            0 => 0,
            failed if failed == read && self.reasons.keys().all(|kind| kind == "io") => Stop::EXIT_CODE,
            _ => 1,
        }
    }

    /// Whether this run can be resumed by `now`.
    ///
    /// # Errors
    /// When it was begun with another program, other tables, options or inputs: its rows would not fit the old ones.
    pub(super) fn check(&self, now: &Self, folder: &Path) -> Result<(), Stop> {
        let given = |manifest: &Self| -> Vec<String> {
            manifest.inputs.iter().map(|input| input.given.clone()).collect()
        };
        let program =
            |m: &Self| (m.dateline.clone(), m.schema_version.clone(), m.models.clone(), m.knowledge.clone());
        let what = if program(self) != program(now) {
            "another version of the program".to_owned()
        } else if self.own_knowledge != now.own_knowledge {
            "other tables (--knowledge)".to_owned()
        } else if given(self) != given(now) {
            format!("other inputs ({})", given(self).join(", "))
        } else {
            let names = self.options.keys().chain(now.options.keys());
            match names.into_iter().find(|name| self.options.get(*name) != now.options.get(*name)) {
                None => return Ok(()),
                Some(name) => {
                    let was = self.options.get(name).unwrap_or(&Value::Null);
                    format!("another --{name} ({was})")
                }
            }
        };
        let help = "go on with the same, or give another folder";
        Err(Stop::Usage(format!("{}: the run was begun with {what}: {help}", folder.display())))
    }
}

fn name(given: &Given) -> String {
    match given {
        Given::List(path) => format!("--files-from {}", path.display()),
        other => other.name(),
    }
}

/// Everything that decides which rows come out, under the names of the options.
fn options(args: &RunArgs) -> Map<String, Value> {
    let (source, fields) = (&args.source, &args.source.fields);
    let all = json!({
        "format": args.format,
        "part-size": args.part_size,
        "limit": args.limit,
        "since": args.since,
        "until": args.until,
        "min-confidence": args.min_confidence,
        "no-background": args.no_background,
        "input-format": source.input_format,
        "text-field": fields.text_field,
        "title-field": fields.title_field,
        "date-field": fields.date_field,
        "id-field": fields.id_field,
        "url-field": fields.url_field,
        "publisher-field": fields.publisher_field,
        "author-field": fields.author_field,
        "date": source.date,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "id": source.id,
        "max-bytes": source.max_bytes,
    });
    match all {
        Value::Object(all) => all,
        _ => Map::new(),
    }
}

/// SHA-256 over the files of a folder.
fn hash_of(folder: &Path) -> Result<String, Stop> {
    let mut hash = Sha256::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let fail = |error| Stop::Input { path: folder.to_owned(), error };
        let entry = entry.map_err(|error| fail(error.into()))?;
        if entry.file_type().is_file() {
            let bytes = std::fs::read(entry.path()).map_err(fail)?;
            let name = entry.path().strip_prefix(folder).unwrap_or(entry.path()).to_string_lossy();
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(&bytes);
        }
    }
    Ok(hex(&hash.finalize()))
}
