//! The `dateline` program: exit code 0 ok, 1 content errors, 2 environment.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use dateline::{cli::Cli, commands};

/// Stages make and drop many small strings on all threads; the system's allocator takes a tenth of a
/// build for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match commands::run(Cli::parse().command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            // A closed pipe is no reason to complain.
            let _ = writeln!(anstream::stderr(), "error: {error:#}");
            ExitCode::from(commands::ENVIRONMENT)
        }
    }
}
