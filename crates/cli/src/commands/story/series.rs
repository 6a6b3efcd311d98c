//! `dateline series`: counts and scores over time.

use super::input;
use crate::args;
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use crate::story_args::{By, SeriesArgs};
use dateline_export::listing;
use dateline_story::series::{COLUMNS, Step, Unit, rows};

pub(crate) fn run(args: &SeriesArgs) -> Result<Tally, Stop> {
    let (linked, tally) = input::linked(&args.view.input)?;
    let step = match args.by {
        By::Day => Step::Day,
        By::Week => Step::Week,
        By::Month => Step::Month,
    };
    let unit = if args.country { Unit::Country } else { Unit::Dyad };
    let rows = rows(&linked, &args.view.choice.choice(), step, unit);
    let mut out = Target::of(args.view.output.output.as_deref()).open()?;
    listing::write(&rows, &COLUMNS, args::format(&args.format), &mut out)?;
    out.commit()?;
    Ok(tally)
}
