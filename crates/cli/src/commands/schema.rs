//! `dateline schema`: the JSON Schema of the record, or the Arrow schema of the tables.

use crate::args::SchemaArgs;
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use std::io::Write;

pub(crate) fn run(args: &SchemaArgs) -> Result<Tally, Stop> {
    let mut out = Target::of(args.output.as_deref()).open()?;
    if args.arrow {
        out.write_all(dateline_tables::describe().as_bytes())?;
    } else {
        out.write_all(dateline_export::SCHEMA.as_bytes())?;
    }
    out.commit()?;
    Ok(Tally::default())
}
