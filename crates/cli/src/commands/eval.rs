//! `dateline eval`: how far what is read agrees with what people annotated.

use crate::args::{self, EvalArgs};
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use dateline::{Model, Reader, Record};
use dateline_export::{Format, listing};
use dateline_gold::score::Score;
use rayon::prelude::*;
use serde::Serialize;

/// A line of the table of types.
#[derive(Debug, Serialize)]
struct TypeRow {
    name: &'static str,
    right: usize,
    there: usize,
    answered: usize,
}

pub(crate) fn run(args: &EvalArgs) -> Result<Tally, Stop> {
    let cases = dateline_gold::read(&args.gold, &args.texts)?;
    if cases.is_empty() {
        return Err(Stop::Usage(format!("{}: holds no text: nothing to score", args.texts.display())));
    }
    let model = Model::embedded().map_err(Stop::Model)?;
    let records: Vec<Record> = cases
        .par_iter()
        .map_init(
            || Reader::new(&model),
            |reader, case| reader.read_document(case.text.document()).in_code_points(),
        )
        .collect();
    let mut score = Score::default();
    let mut tally = Tally::default();
    for (case, record) in cases.iter().zip(&records) {
        score.add(case, record)?;
        tally.read();
    }
    let mut out = Target::of(args.output.output.as_deref()).open()?;
    listing::write(&score.lines(), &["name", "p", "r", "f1", "n"], args::format(&args.format), &mut out)?;
    if args.format == "table" {
        let row = |(name, c): (&&'static str, &dateline_gold::score::Count)| TypeRow {
            name,
            right: c.right,
            there: c.there,
            answered: c.answered,
        };
        let rows: Vec<TypeRow> = score.types.iter().map(row).collect();
        std::io::Write::write_all(&mut out, b"\n")?;
        listing::write(&rows, &["name", "right", "there", "answered"], Format::Table, &mut out)?;
    }
    out.commit()?;
    Ok(tally)
}
