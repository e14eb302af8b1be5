//! `import`: what others made becomes content of this site.

mod article;
mod entities;
mod site;
mod write;

use anyhow::Result;

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
