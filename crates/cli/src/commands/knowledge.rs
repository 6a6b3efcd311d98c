//! `dateline knowledge import`: lists of other systems as tables of ours.

use crate::args::ImportArgs;
use crate::failures::Tally;
use crate::sink::{Sink, Target};
use crate::stop::Stop;
use dateline_knowledge::Knowledge;
use dateline_knowledge::petrarch::{HEADER, Import};
use std::io::Write;
use std::path::Path;

pub(crate) fn import(args: &ImportArgs) -> Result<Tally, Stop> {
    let knowledge = Knowledge::embedded()?;
    let mut import = Import::new(&knowledge);
    for path in &args.lists {
        let bytes = std::fs::read(path).map_err(|error| Stop::Input { path: path.clone(), error })?;
        for problem in import.read(&path.display().to_string(), &bytes) {
            crate::say(format_args!("{problem}"));
        }
    }
    let [persons, organizations, roles] = import.counts();
    let mut sinks = Vec::new();
    for (name, text) in import.tables() {
        let mut sink = open(&args.output.join(name))?;
        sink.write_all(text.as_bytes())?;
        sinks.push(sink);
    }
    sinks.into_iter().try_for_each(Sink::commit)?;
    crate::say(format_args!(
        "{}: {persons} rows of persons, {organizations} of organizations, {roles} of roles",
        args.output.display()
    ));
    Ok(Tally::default())
}

/// A table, unless one stands there that somebody wrote.
fn open(path: &Path) -> Result<Sink, Stop> {
    if std::fs::read(path).is_ok_and(|old| !old.starts_with(HEADER.as_bytes())) {
        let help = "was not written by an import and is left alone: give another folder";
        return Err(Stop::Usage(format!("{} {help}", path.display())));
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| Stop::output(folder, error))?;
    }
    Target::File(path.to_owned()).open()
}
