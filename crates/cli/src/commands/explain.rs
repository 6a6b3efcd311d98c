//! `dateline explain`: why every event was found, and what was passed over.

use crate::args::ExplainArgs;
use crate::failures::Tally;
use crate::plan::Plan;
use crate::run::run as run_plan;
use crate::sink::Target;
use crate::stop::Stop;
use std::io::Write;

pub(crate) fn run(args: &ExplainArgs) -> Result<Tally, Stop> {
    let plan = Plan::new(&args.input)?;
    let mut out = Target::of(args.output.output.as_deref()).open()?;
    let tally = run_plan(&plan, dateline::explain::text, |text| Ok(out.write_all(text.as_bytes())?))?;
    out.commit()?;
    Ok(tally)
}
