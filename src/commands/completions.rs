//! `completions`.

use std::io;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::OK;
use crate::cli::Cli;

/// Prints a completion script.
pub(super) fn completions(shell: Shell) -> Result<u8> {
    clap_complete::generate(shell, &mut Cli::command(), "dateline", &mut io::stdout());
    Ok(OK)
}
