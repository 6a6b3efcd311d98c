//! `dateline series`: counts and scores over time.

use super::input;
use crate::args;
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use crate::story_args::{By, SeriesArgs};
use dateline_export::listing;
use dateline_export::row::{Column, Kind, Row, Value};
use dateline_story::series::{self, COLUMNS, Step, Unit};
use dateline_tables::{Form, rows};

pub(crate) fn run(args: &SeriesArgs) -> Result<Tally, Stop> {
    let (linked, tally) = input::linked(&args.view.input)?;
    let step = match args.by {
        By::Day => Step::Day,
        By::Week => Step::Week,
        By::Month => Step::Month,
    };
    let unit = if args.country { Unit::Country } else { Unit::Dyad };
    let series = series::rows(&linked, &args.view.choice.choice(), step, unit);
    let mut out = Target::of(args.view.output.output.as_deref()).open()?;
    if let Ok(form) = args.format.parse::<Form>() {
        let series: Vec<Typed> = series.into_iter().map(Typed).collect();
        out = rows::write(&series, form, out)?;
    } else {
        listing::write(&series, &COLUMNS, args::format(&args.format), &mut out)?;
    }
    out.commit()?;
    Ok(tally)
}

/// A row with the types of its columns.
struct Typed(series::Row);

const fn column(name: &'static str, kind: Kind, doc: &'static str) -> Column {
    Column { name, kind, nullable: false, doc }
}

impl Row for Typed {
    const COLUMNS: &'static [Column] = &[
        column("date", Kind::Date, "first day of the step"),
        column("source", Kind::Text, "country or code that acts; the country"),
        Column { nullable: true, ..column("target", Kind::Text, "country or code that is acted upon") },
        column("events", Kind::Int, "number of events"),
        column("reports", Kind::Int, "number of reports that tell them"),
        column("sources", Kind::Int, "sum of their independent sources"),
        column("quad1", Kind::Int, "verbal cooperation"),
        column("quad2", Kind::Int, "material cooperation"),
        column("quad3", Kind::Int, "verbal conflict"),
        column("quad4", Kind::Int, "material conflict"),
        column("score_sum", Kind::Single, "sum of the PLOVER scores"),
        column("score_mean", Kind::Single, "their mean"),
        column("killed", Kind::Int, "dead, as the latest reports have it"),
    ];
    const NESTED: &'static [Column] = &[];

    fn each(&self, take: &mut dyn FnMut(Value<'_>)) {
        let row = &self.0;
        take(Value::Date(row.date));
        take(Value::Text(row.source.as_str().into()));
        take(row.target.as_deref().map_or(Value::Null, |t| Value::Text(t.into())));
        let counts = [row.events, row.reports, row.sources, row.quad1, row.quad2, row.quad3, row.quad4];
        counts.into_iter().for_each(|n| take(Value::Int(i64::from(n))));
        take(Value::Single(row.score_sum));
        take(Value::Single(row.score_mean));
        take(Value::Int(i64::try_from(row.killed).unwrap_or(i64::MAX)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_every_other_form() {
        assert!(Typed::COLUMNS.iter().map(|c| c.name).eq(COLUMNS));
    }
}
