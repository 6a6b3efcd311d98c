//! `dateline parse`: sentences and their trees.

use crate::args::ParseArgs;
use crate::failures::Tally;
use crate::plan::Plan;
use crate::run::run as run_plan;
use crate::sink::Target;
use crate::stop::Stop;
use dateline::Reader;
use dateline::core::Document;
use std::fmt::Write as _;
use std::io::Write;

pub(crate) fn run(args: &ParseArgs) -> Result<Tally, Stop> {
    let plan = Plan::new(&args.input)?;
    let mut out = Target::of(args.output.output.as_deref()).open()?;
    let work = |reader: &mut Reader, document: Document| {
        let document = reader.reading(document).doc;
        let mut text = String::new();
        if args.trees {
            trees(&document, &mut text);
        } else {
            dateline_syntax::conllu::write(&document.text, &document.syntax, &document.meta.id, &mut text);
        }
        text
    };
    let tally = run_plan(&plan, work, |text| Ok(out.write_all(text.as_bytes())?))?;
    out.commit()?;
    Ok(tally)
}

/// Every sentence with its tree, a word a line, below its governor.
fn trees(document: &Document, out: &mut String) {
    let syntax = &document.syntax;
    for (n, sentence) in syntax.sentences.iter().enumerate() {
        let line = sentence.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(out, "[{n}] {line}");
        // Depth first, without recursion: a tree may be as deep as its sentence is long.
        let mut stack: Vec<(u32, usize)> =
            sentence.range().rev().filter(|&i| syntax.head(i).is_none()).map(|root| (root, 1)).collect();
        while let Some((i, depth)) = stack.pop() {
            let token = syntax.token(i);
            let _ = writeln!(
                out,
                "{:indent$}{} {} {} {} ({})",
                "",
                token.deprel,
                document.form(i),
                token.upos,
                token.xpos,
                syntax.lemma(i),
                indent = 2 * depth
            );
            stack.extend(syntax.children(i).iter().rev().map(|&c| (c, depth + 1)));
        }
        out.push('\n');
    }
}
