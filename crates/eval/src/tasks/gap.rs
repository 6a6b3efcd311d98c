//! `gap`: which of two names a pronoun stands for.

use super::Failure;
use dateline::Reader;
use dateline::core::offsets::byte_offsets;
use dateline::core::{Document, Meta, Span};
use rayon::prelude::*;

pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let model = dateline::Model::embedded()?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        header.iter().position(|h| *h == name).ok_or_else(|| format!("there is no column `{name}`"))
    };
    let columns = [
        column("ID")?,
        column("Text")?,
        column("Pronoun-offset")?,
        column("Pronoun")?,
        column("A-offset")?,
        column("A")?,
        column("B-offset")?,
        column("B")?,
    ];
    let rows: Vec<&str> = lines.collect();
    let answers: Vec<String> = rows
        .par_iter()
        .map_init(|| Reader::new(&model), |reader, line| answer(reader, &columns, line))
        .collect::<Result<_, Failure>>()?;
    Ok(format!("ID\tA-coref\tB-coref\n{}\n", answers.join("\n")))
}

fn answer(reader: &mut Reader, columns: &[usize; 8], line: &str) -> Result<String, Failure> {
    let cells: Vec<&str> = line.split('\t').collect();
    let cell = |k: usize| unquoted(cells.get(columns[k]).copied().unwrap_or_default());
    let text = cell(1);
    let bytes = byte_offsets(&text);
    let span = |k: usize| -> Result<Span, Failure> {
        let start: usize = cell(k).parse()?;
        let end = start + cell(k + 1).chars().count();
        let at = |i: usize| bytes.get(i).copied().ok_or("an offset lies behind the text");
        Ok(Span::new(at(start)?, at(end)?))
    };
    let (pronoun, a, b) = (span(2)?, span(4)?, span(6)?);
    let reading = reader.reading(Document::new(Meta::default(), text));
    let chosen = dateline_actors::pronouns::prefer(
        &reading.doc,
        &reading.cast,
        reader.model().knowledge(),
        pronoun,
        &[a, b],
    );
    let mark = |k: usize| if chosen == Some(k) { "TRUE" } else { "FALSE" };
    Ok(format!("{}\t{}\t{}", cell(0), mark(0), mark(1)))
}

/// A cell without the marks that a spreadsheet puts around one with marks in it.
fn unquoted(cell: &str) -> String {
    match cell.strip_prefix('"').and_then(|c| c.strip_suffix('"')) {
        Some(inner) if cell.len() > 1 => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}
