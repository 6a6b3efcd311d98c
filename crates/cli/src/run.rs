//! Reading many reports on all cores, with their results in order.

use crate::failures::{Failure, Tally};
use crate::inputs::{self, Input};
use crate::plan::Plan;
use crate::sink::Target;
use crate::stop::Stop;
use dateline::core::Document;
use dateline::{Model, Options, Reader};
use dateline_knowledge::Knowledge;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

/// Reports a thread reads before results are handed on.
const BATCH: usize = 16;

/// Room for deep trees and pages.
const STACK: usize = 16 << 20;

/// Reads all reports of a plan: `work` on every one, on all threads, then `take` on every result, in order.
///
/// A report that cannot be read is told on standard error, and the rest goes on; only an error of `take` ends the run.
pub(crate) fn run<T: Send>(
    plan: &Plan<'_>,
    work: impl Fn(&mut Reader, Document) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<Tally, Stop> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(plan.jobs).stack_size(STACK).build()?;
    let model = match plan.knowledge {
        Some(folder) => Model::with_knowledge(Knowledge::with_dir(folder)?),
        None => Model::embedded(),
    };
    let model = model.map_err(Stop::Model)?;
    let readers = Mutex::new(Vec::new());
    let mut tally = Tally::default();
    for batch in inputs::collect(plan).chunks(plan.jobs * BATCH) {
        let results: Vec<Result<(T, Vec<String>), Failure>> = threads.install(|| {
            let one = |input: &Result<Input, Failure>| {
                let reader = readers.lock().ok().and_then(|mut idle| idle.pop());
                let mut reader = reader.unwrap_or_else(|| Reader::new(&model));
                let result = input.clone().and_then(|input| read(plan, &input, &mut reader, &work))?;
                // A reader whose work panicked is not used again.
                if let Ok(mut idle) = readers.lock() {
                    idle.push(reader);
                }
                Ok(result)
            };
            batch.par_iter().map(one).collect()
        });
        for (result, input) in results.into_iter().zip(batch) {
            match result {
                Ok((result, warnings)) => {
                    let name = input.as_ref().map(Input::name).unwrap_or_default();
                    for warning in warnings {
                        crate::say(format_args!("{name}: warning: {warning}"));
                    }
                    take(result)?;
                    tally.read();
                }
                Err(failure) => tally.fail(failure),
            }
        }
    }
    if let Some(path) = plan.errors {
        tally.write(Target::of(Some(path)))?;
    }
    Ok(tally)
}

/// One report: bytes, text, work.
fn read<T>(
    plan: &Plan<'_>,
    input: &Input,
    reader: &mut Reader,
    work: impl Fn(&mut Reader, Document) -> T,
) -> Result<(T, Vec<String>), Failure> {
    let name = input.name();
    let limit = plan.options.max_bytes;
    let bytes = input.bytes(limit).map_err(|e| Failure::io(name.clone(), &e))?;
    if bytes.len() > limit {
        return Err(Failure::too_large(name, limit));
    }
    let options = Options { id: input.id.clone(), path: Some(name.clone()), ..plan.options.clone() };
    let work = AssertUnwindSafe(|| {
        let mut document = dateline::ingest(&bytes, &options)?;
        document.warnings.extend(input.warnings.iter().cloned());
        if document.meta.published.is_none() {
            document.warnings.push("no day of publication found: give it with --date".to_owned());
        }
        let warnings = document.warnings.clone();
        Ok((work(reader, document), warnings))
    });
    match catch_unwind(work) {
        Ok(result) => result.map_err(|error: dateline::Error| Failure::ingest(name, &error)),
        Err(_) => Err(Failure::internal(name)),
    }
}
