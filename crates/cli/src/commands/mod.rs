//! The subcommands, one module each.

mod explain;
mod knowledge;
mod list;
mod parse;
mod read;
mod schema;
mod story;

use crate::args::{Command, KnowledgeCommand};
use crate::failures::Tally;
use crate::stop::Stop;

/// Does what was asked for.
pub(crate) fn run(command: &Command) -> Result<Tally, Stop> {
    match command {
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
        Command::Schema(args) => schema::run(args),
        Command::Knowledge(KnowledgeCommand::Import(args)) => knowledge::import(args),
    }
}
