//! The subcommands, one module each.

mod completions;
mod config;
mod eval;
mod explain;
mod fetch;
mod knowledge;
mod list;
mod parse;
mod read;
mod run;
mod schema;
mod serve;
mod story;

use crate::args::{Args, Command, ConfigCommand, KnowledgeCommand};
use crate::stop::Stop;

/// Does what was asked for, and gives the exit code.
pub(crate) fn run(args: &Args) -> Result<u8, Stop> {
    let tally = match &args.command {
        Command::Run(args) => return run::run(args),
        Command::Fetch(args) => fetch::run(args),
        Command::Config(ConfigCommand::Show(show)) => config::show(show, args.config.as_deref()),
        Command::Completions(args) => completions::completions(args),
        Command::Man(args) => completions::man(args),
        Command::Read(args) => read::run(args),
        Command::Parse(args) => parse::run(args),
        Command::When(args) => list::when(args),
        Command::Where(args) => list::places(args),
        Command::Quotes(args) => list::quotes(args),
        Command::Explain(args) => explain::run(args),
        Command::Link(args) => story::link(args),
        Command::Plans(args) => story::plans(args),
        Command::Timeline(args) => story::timeline(args),
        Command::Brief(args) => story::brief(args),
        Command::Series(args) => story::series(args),
        Command::Serve(args) => serve::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Knowledge(KnowledgeCommand::Import(args)) => knowledge::import(args),
    };
    tally.map(|tally| tally.exit_code())
}
