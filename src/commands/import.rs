//! `import`: what others made becomes content of this site.

mod article;
mod entities;
mod site;
mod write;

use std::fs;

use anyhow::{Context, Result, anyhow, bail};
use camino::Utf8Path;

use crate::{
    cli::{GeneratorArg, ImportCommand},
    importing::site::Generator,
};

/// Runs one of them.
pub(super) fn run(command: &ImportCommand) -> Result<u8> {
    match command {
        ImportCommand::Article(args) => article::article(args),
        ImportCommand::Entities(args) => entities::entities(args),
        ImportCommand::Hugo(args) => site::site(GeneratorArg::Of(Generator::Hugo), args),
        ImportCommand::Jekyll(args) => site::site(GeneratorArg::Of(Generator::Jekyll), args),
        ImportCommand::Zola(args) => site::site(GeneratorArg::Of(Generator::Zola), args),
        ImportCommand::Obsidian(args) => site::site(GeneratorArg::Of(Generator::Obsidian), args),
        ImportCommand::Mkdocs(args) => site::site(GeneratorArg::Of(Generator::Mkdocs), args),
        ImportCommand::Markdown(args) => site::site(GeneratorArg::Of(Generator::Markdown), args),
        ImportCommand::Wordpress(args) => site::site(GeneratorArg::Wordpress, args),
    }
}

/// Fails where there is no content folder to import into.
fn check_folder(into: &Utf8Path) -> Result<()> {
    if !into.is_dir() {
        bail!(
            "there is no folder {into}\nname another one with --into, or make a new site with `dateline init DIR`"
        );
    }
    Ok(())
}

/// The text of a file that is imported.
fn text_of(file: &Utf8Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {file}"))?;
    String::from_utf8(bytes).map_err(|_| anyhow!("{file} is not UTF-8\nsave it as UTF-8"))
}
