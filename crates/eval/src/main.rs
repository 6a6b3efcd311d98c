//! The `dateline-eval` command.

fn main() {}
