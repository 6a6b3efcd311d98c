//! `dateline completions` and `dateline man`: made of the same table of options that is parsed.

use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use clap::CommandFactory;
use std::io::Write;

pub(crate) fn completions(args: &CompletionsArgs) -> Result<Tally, Stop> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "dateline", &mut text);
    print(&text)
}

pub(crate) fn man(args: &ManArgs) -> Result<Tally, Stop> {
    let command = Args::command();
    if let Some(folder) = &args.output {
        let fail = |error| Stop::output(folder, error);
        std::fs::create_dir_all(folder).map_err(fail)?;
        clap_mangen::generate_to(command, folder).map_err(fail)?;
        return Ok(Tally::default());
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    print(&text)
}

fn print(text: &[u8]) -> Result<Tally, Stop> {
    let mut out = Target::Stdout.open()?;
    out.write_all(text)?;
    out.commit()?;
    Ok(Tally::default())
}
