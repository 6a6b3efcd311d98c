//! `dateline read`: reports to records.

use crate::args::ReadArgs;
use crate::failures::Tally;
use crate::output::{Form, Output};
use crate::plan::{self, Plan};
use crate::run::run as run_plan;
use crate::stop::Stop;
use dateline::Record;
use dateline_export::layout::Options;

pub(crate) fn run(args: &ReadArgs) -> Result<Tally, Stop> {
    let plan = Plan::new(&args.input)?;
    let path = args.output.output.as_deref();
    let wanted = |mut record: Record| {
        let least = args.min_confidence.unwrap_or(0.0);
        record.events.retain(|e| e.confidence >= least && !(args.no_background && e.background));
        record
    };
    let read = |reader: &mut dateline::Reader, document| wanted(reader.read_document(document));
    let layout = args.layout.as_deref().and_then(|name| name.parse().ok());
    let mut output = if let Some(layout) = layout {
        Output::layout(layout, Options { hypothetical: args.hypothetical }, path)?
    } else {
        let told = args.format.as_deref().and_then(|name| name.parse().ok());
        let form = told.or_else(|| path.and_then(Form::of_ending)).unwrap_or(Form::Table);
        Output::open(form, path, plan.shape(), plan::look(&args.output))?
    };
    let tally = run_plan(&plan, read, |record| output.write(record))?;
    output.commit()?;
    Ok(tally)
}
