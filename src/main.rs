//! The `dateline` program: exit code 0 ok, 1 content errors, 2 environment.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use dateline::{cli::Cli, commands};

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
