//! `man`: manual pages, made from the command line as the program knows it.

use std::fs;

use anyhow::{Context, Result};
use camino::Utf8Path;
use clap::CommandFactory;

use super::OK;
use crate::cli::Cli;

/// Writes a page for the program and one for each command.
pub(super) fn man(dir: &Utf8Path) -> Result<u8> {
    fs::create_dir_all(dir).with_context(|| format!("cannot create {dir}"))?;
    clap_mangen::generate_to(Cli::command(), dir)
        .with_context(|| format!("cannot write manual pages to {dir}"))?;
    Ok(OK)
}
