//! `dateline read`: reports to records.

use crate::args::{self, Layout, ReadArgs};
use crate::failures::Tally;
use crate::plan::{self, Plan};
use crate::run::run as run_plan;
use crate::sink::{Sink, Target};
use crate::stop::Stop;
use dateline::Record;
use dateline_export::{Tables, Writer, cameo};
use std::path::Path;

pub(crate) fn run(args: &ReadArgs) -> Result<Tally, Stop> {
    let plan = Plan::new(&args.input)?;
    let format = args::format(&args.format);
    let wanted = |mut record: Record| {
        let least = args.min_confidence.unwrap_or(0.0);
        record.events.retain(|e| e.confidence >= least && !(args.no_background && e.background));
        record
    };
    let read = |reader: &mut dateline::Reader, document| wanted(reader.read_document(document));
    if let Some(folder) = args.output.output.as_deref().filter(|p| is_folder(p)) {
        let Some(delimiter) = format.delimiter() else {
            let help = "tables for a folder are csv or tsv: add --format csv, or give a file";
            return Err(Stop::Usage(format!("{}: {help}", folder.display())));
        };
        std::fs::create_dir_all(folder).map_err(|e| Stop::output(folder, e))?;
        let open = |table| Target::File(folder.join(format!("{table}.{format}"))).open();
        let mut tables = Tables::new(open, delimiter)?;
        let tally = run_plan(&plan, read, |record| Ok(tables.write(&record)?))?;
        tables.finish()?.into_iter().try_for_each(Sink::commit)?;
        return Ok(tally);
    }
    let mut sink = Target::of(args.output.output.as_deref()).open()?;
    if let Some(Layout::Cameo) = args.layout {
        let tally = run_plan(&plan, read, |record| Ok(cameo::write(&record, &mut sink)?))?;
        sink.commit()?;
        return Ok(tally);
    }
    let mut writer = Writer::new(sink, format, plan.shape(), plan::look(&args.output));
    let tally = run_plan(&plan, read, |record| Ok(writer.write(record)?))?;
    writer.finish()?.commit()?;
    Ok(tally)
}

/// A folder is one that exists, or a path that ends like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::MAIN_SEPARATOR)
}
