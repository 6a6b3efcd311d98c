//! The `dateline` command.

#![forbid(unsafe_code)]

/// Linking a hundred thousand reports takes a fifth less time, and a seventh less memory, than with the system's.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    dateline_cli::main()
}
