//! Reading many reports on all cores, with their results in order.

use crate::failures::{Failure, Tally};
use crate::plan::Plan;
use crate::stop::Stop;
use dateline::core::Document;
use dateline::{Model, Options, Reader, pipeline};
use dateline_archive::{Entry, Fault, Found};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads all reports of a plan: `work` on every one, on all threads, then `take` on every result, in order.
///
/// A report that cannot be read is told on standard error, and the rest goes on; only an error of `take` ends the run.
pub(crate) fn run<T: Send>(
    plan: &Plan<'_>,
    work: impl Fn(&mut Reader, Document) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Stop>,
) -> Result<Tally, Stop> {
    let model = model(plan)?;
    let mut tally = Tally::to(plan.errors)?;
    let entries = plan.entries().filter_map(|found| match found {
        Found::Report(entry) => Some(Ok(entry)),
        Found::Fault(fault) => Some(Err(fault)),
        Found::End(_) => None,
    });
    let worker = || {
        let mut reader = Reader::new(&model);
        let (model, work) = (&model, &work);
        move |entry: Result<Entry, Fault>| -> Result<_, Failure> {
            let entry = entry?;
            let place = entry.place.clone();
            guarded(model, &mut reader, entry, |reader, entry| {
                let document = document(entry, &plan.options)?;
                let warnings = document.warnings.clone();
                Ok((work(reader, document), place.to_string(), warnings))
            })
        }
    };
    pipeline::run(plan.jobs, entries, weight, worker, |result| {
        match result {
            Ok((result, name, warnings)) => {
                for warning in warnings {
                    crate::say(format_args!("{name}: warning: {warning}"));
                }
                take(result)?;
                tally.read();
            }
            Err(failure) => tally.fail(failure),
        }
        Ok::<(), Stop>(())
    })?;
    tally.commit()?;
    Ok(tally)
}

/// The model, with the user's own tables.
pub(crate) fn model(plan: &Plan<'_>) -> Result<Model, Stop> {
    let model = match plan.knowledge {
        Some(folder) => Model::with_knowledge(folder),
        None => Model::embedded(),
    };
    model.map_err(Stop::Model)
}

/// How much memory an entry takes.
fn weight(entry: &Result<Entry, Fault>) -> usize {
    entry.as_ref().map_or(0, |entry| entry.bytes.len())
}

/// Does the work on an entry. Work that panics is a failure of this entry; the reader it was done with is not used
/// again.
pub(crate) fn guarded<T>(
    model: &Model,
    reader: &mut Reader,
    entry: Entry,
    work: impl FnOnce(&mut Reader, Entry) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let (place, id, url) = (entry.place.clone(), entry.id.clone(), entry.known.url.clone());
    let result = if let Ok(result) = catch_unwind(AssertUnwindSafe(|| work(reader, entry))) {
        result
    } else {
        *reader = Reader::new(model);
        Err(Failure::internal(place))
    };
    result.map_err(|failure| Failure { id: Some(id), url: failure.url.or(url), ..failure })
}

/// The document in an entry.
pub(crate) fn document(entry: Entry, told: &Options) -> Result<Document, Failure> {
    let place = entry.place.clone();
    entry.document(told).map_err(|error| Failure::ingest(place, &error.into()))
}

#[cfg(test)]
mod tests {
    use super::guarded;
    use dateline::{Model, Reader};
    use dateline_archive::{Entry, Place};

    #[test]
    fn a_panic_is_a_failure_of_one_report() {
        let model = Model::embedded().unwrap();
        let mut reader = Reader::new(&model);
        let entry = || Entry { place: Place::file("a.txt"), id: "a".to_owned(), ..Entry::default() };
        let failure = guarded(&model, &mut reader, entry(), |_, entry| {
            assert!(entry.id != "a", "a fault of ours");
            Ok(())
        });
        let failure = failure.unwrap_err();
        assert_eq!((failure.kind, failure.id.as_deref()), ("internal", Some("a")));
        assert_eq!(guarded(&model, &mut reader, entry(), |_, _| Ok(7)), Ok(7));
    }
}
