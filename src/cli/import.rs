//! The arguments of `import`.

use camino::Utf8PathBuf;
use clap::{Args, Subcommand};

use super::KindArg;
use crate::importing::site::Generator;

/// What can be brought.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Make a draft of a saved web article or plain text
    #[command(
        after_help = "Examples:\n  dateline import article saved.html\n  dateline import article saved.txt --url https://example.org/ports --date 2024-07-21"
    )]
    Article(ImportArticleArgs),
    /// Make registry files of a list: Wikidata's JSON, FollowTheMoney, STIX 2.1, OpenSanctions, CSV
    #[command(
        after_help = "What an identifier says is known already is merged: its file gets what it does not say. Without --yes that is asked first.\n\nExamples:\n  dateline import entities Q90.json --dry-run\n  dateline import entities targets.simple.csv --yes"
    )]
    Entities(ImportEntitiesArgs),
    /// Import a Hugo site: the folder with hugo.toml
    Hugo(ImportSiteArgs),
    /// Import a Jekyll site: the folder with _config.yml
    Jekyll(ImportSiteArgs),
    /// Import a Zola site: the folder with config.toml
    Zola(ImportSiteArgs),
    /// Import an Obsidian vault
    Obsidian(ImportSiteArgs),
    /// Import a MkDocs site: the folder with mkdocs.yml
    Mkdocs(ImportSiteArgs),
    /// Import a folder of Markdown with front matter: Eleventy, Astro, Docusaurus
    Markdown(ImportSiteArgs),
    /// Import a WordPress export, with the wp-content folder beside it if there is one
    Wordpress(ImportSiteArgs),
}

/// A source of whole sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GeneratorArg {
    /// A folder of files.
    Of(Generator),
    /// One file of XML.
    Wordpress,
}

/// Where what is brought is written to.
#[derive(Debug, Clone, Args)]
pub struct ImportTarget {
    /// The content folder
    #[arg(long, default_value = "content", value_name = "DIR")]
    pub into: Utf8PathBuf,
    /// Print what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Which site to bring.
#[derive(Debug, Clone, Args)]
pub struct ImportSiteArgs {
    /// The old site
    #[arg(value_name = "DIR_OR_FILE")]
    pub source: Utf8PathBuf,
    /// The date of documents that have none [default: the day of the file's last change, as drafts]
    #[arg(long, value_name = "DATE")]
    pub date: Option<jiff::civil::Date>,
    /// Where to write it
    #[command(flatten)]
    pub target: ImportTarget,
}

/// Which article to bring.
#[derive(Debug, Clone, Args)]
pub struct ImportArticleArgs {
    /// The saved article: .html, or any other name for plain text
    #[arg(value_name = "FILE")]
    pub file: Utf8PathBuf,
    /// The day of publication [default: what the article says]
    #[arg(long, value_name = "DATE")]
    pub date: Option<jiff::civil::Date>,
    /// Where it stands on the web [default: what the article says]
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Who published it [default: what the article says]
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Where to write it
    #[command(flatten)]
    pub target: ImportTarget,
}

/// Which list to bring.
#[derive(Debug, Clone, Args)]
pub struct ImportEntitiesArgs {
    /// The list
    #[arg(value_name = "FILE")]
    pub file: Utf8PathBuf,
    /// What the rows of a table are that do not say it
    #[arg(long, value_enum)]
    pub kind: Option<KindArg>,
    /// Take what has the same name and kind for the same thing, where no identifier says otherwise
    #[arg(long)]
    pub by_name: bool,
    /// Do not ask before files that are there get additions
    #[arg(long)]
    pub yes: bool,
    /// Where to write it
    #[command(flatten)]
    pub target: ImportTarget,
}
