//! `dateline run`: archives of any size into a folder of parts.
//!
//! A part holds what was read from a fixed number of documents, so the parts of a run do not depend on time or threads.
//! [`parts`] writes them, [`ledger`] counts and closes them, [`manifest`] says how far the run has come; [`progress`]
//! tells it to who waits. A run that was cut short is resumed behind its last whole part.

mod hashed;
mod ledger;
mod manifest;
mod out;
mod parts;
mod progress;

use crate::args::RunArgs;
use crate::failures::{Failure, State};
use crate::plan::Plan;
use crate::run::{document, guarded, model};
use crate::stop::Stop;
use dateline::core::Document;
use dateline::{Reader, Record, pipeline};
use dateline_archive::{Digest, Entries, FileEnd, Found, Given, Place};
use ledger::Ledger;
use manifest::Manifest;
use out::Out;
use progress::Progress;
use std::time::Instant;

/// What became of one thing that the walk came upon.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A report was read.
    Coded(Box<Coded>),
    /// It was not.
    Not(Failure, Digest),
    /// A file ended.
    End(FileEnd),
}

/// A report that was read.
#[derive(Debug)]
pub(super) struct Coded {
    pub(super) record: Record,
    pub(super) tokens: u64,
    pub(super) digest: Digest,
}

pub(crate) fn run(args: &RunArgs) -> Result<u8, Stop> {
    let Some(folder) = args.output.as_deref() else {
        return Err(Stop::Usage("a run needs a folder: give it with --output DIR".to_owned()));
    };
    let started = Instant::now();
    let mut plan = Plan::of(&args.source)?.some()?;
    are_there(&plan)?;
    let out = Out::open(folder)?;
    plan.archive.exclude = Some(folder.to_owned());
    let fresh = Manifest::new(args, &plan)?;
    let manifest = match out.manifest()? {
        Some(old) if !args.resume => {
            let state = if old.is_complete() { "a finished run" } else { "an unfinished run" };
            return Err(Stop::Usage(format!(
                "{}: holds {state}: go on with --resume, or give another folder",
                folder.display()
            )));
        }
        Some(old) => {
            old.check(&fresh, folder)?;
            old
        }
        None => fresh,
    };
    if manifest.is_complete() {
        if !args.quiet {
            crate::say(format_args!("{}: the run is finished, nothing is left to do", folder.display()));
        }
        return Ok(manifest.exit_code());
    }
    let mut entries = plan.walk();
    let progress = Progress::new(args.quiet, &plan, &entries);
    let mut ledger = Ledger::new(args, &out, manifest, started, progress)?;
    let result = ledger.pass_over(&mut entries).and_then(|()| read_on(args, &plan, entries, &mut ledger));
    match result {
        Ok(()) => ledger.finish(),
        Err(stop) => {
            ledger.give_up();
            Err(stop)
        }
    }
}

/// A path that is mistyped is told before hours are spent on the others.
fn are_there(plan: &Plan<'_>) -> Result<(), Stop> {
    for given in &plan.given {
        let (Given::Path(path) | Given::List(path)) = given else { continue };
        let is_pattern = path.to_string_lossy().contains(['*', '?', '[']);
        if let Err(error) = path.metadata()
            && !is_pattern
            && !given.is_standard_input()
        {
            return Err(Stop::Input { path: path.clone(), error });
        }
    }
    Ok(())
}

/// Reads what is left of the input.
fn read_on(args: &RunArgs, plan: &Plan<'_>, entries: Entries, ledger: &mut Ledger<'_>) -> Result<(), Stop> {
    let model = model(plan)?;
    let mut left = args.limit.map_or(u64::MAX, |limit| limit.saturating_sub(ledger.read()));
    let items = entries.take_while(move |found| {
        if matches!(found, Found::End(_)) {
            return true;
        }
        let wanted = left > 0;
        left = left.saturating_sub(1);
        wanted
    });
    let weight = |found: &Found| match found {
        Found::Report(entry) => entry.bytes.len(),
        _ => 0,
    };
    let worker = || {
        let mut reader = Reader::new(&model);
        let (model, options) = (&model, &plan.options);
        move |found: Found| match found {
            Found::End(end) => Outcome::End(end),
            Found::Fault(fault) => {
                let digest = Digest::of_fault(&fault);
                Outcome::Not(fault.into(), digest)
            }
            Found::Report(entry) => {
                let digest = Digest::of_entry(&entry);
                let place = entry.place.clone();
                let coded = guarded(model, &mut reader, entry, |reader, entry| {
                    let document = document(entry, options)?;
                    in_time(&document, args, place)?;
                    Ok(code(reader, document, args, digest))
                });
                match coded {
                    Ok(coded) => Outcome::Coded(Box::new(coded)),
                    Err(failure) => Outcome::Not(failure, digest),
                }
            }
        }
    };
    pipeline::run(plan.jobs, items, weight, worker, |outcome| ledger.take(outcome))
}

fn code(reader: &mut Reader, document: Document, args: &RunArgs, digest: Digest) -> Coded {
    let reading = reader.reading(document);
    let tokens = reading.doc.syntax.tokens.len() as u64;
    let mut record = reader.record(reading);
    let least = args.min_confidence.unwrap_or(0.0);
    record.events.retain(|e| e.confidence >= least && !(args.no_background && e.background));
    Coded { record, tokens, digest }
}

/// Refuses a report that was not published in the time asked for.
fn in_time(document: &Document, args: &RunArgs, place: Place) -> Result<(), Failure> {
    if args.since.is_none() && args.until.is_none() {
        return Ok(());
    }
    let reason = match document.meta.published {
        None => "no day of publication is known: give it with --date".to_owned(),
        Some(day) if args.since.is_some_and(|since| day < since) => format!("published on {day}, too early"),
        Some(day) if args.until.is_some_and(|until| day > until) => format!("published on {day}, too late"),
        Some(_) => return Ok(()),
    };
    Err(Failure { place, id: None, url: None, state: State::Skipped, kind: "date", reason })
}
