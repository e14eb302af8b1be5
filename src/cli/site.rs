//! The arguments of `build`, `check` and `extract`, and which site they and others read.

use camino::Utf8PathBuf;
use clap::{Args, ValueEnum};

use crate::{model::article::Marking, stages::load::Shard};

/// What to read.
#[derive(Debug, Clone, Args)]
pub struct SourceArgs {
    /// The content folder
    #[arg(long, default_value = "content", value_name = "DIR")]
    pub content: Utf8PathBuf,
    /// The folder of templates that override the theme's
    #[arg(long, default_value = "templates", value_name = "DIR")]
    pub templates: Utf8PathBuf,
    /// Drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Build the site as of this day (YYYY-MM-DD) instead of today, without briefings and
    /// corrections of later days
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<jiff::civil::Date>,
    /// Only what this audience may read: briefings with this marking, a more open one or none
    #[arg(long, value_name = "MARKING", value_parser = marking)]
    pub audience: Option<Marking>,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Warnings count as errors
    #[arg(long)]
    pub strict: bool,
}

fn marking(written: &str) -> Result<Marking, String> {
    let known = Marking::ALL.into_iter();
    let mut found = known.filter(|marking| marking.as_str().eq_ignore_ascii_case(written));
    found.next().ok_or_else(|| {
        let names = Marking::ALL.map(Marking::as_str);
        format!("it is one of {}", names.join(", "))
    })
}

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With excerpts, for people
    Text,
    /// One JSON object a line, for programs
    Json,
    /// Workflow commands, which GitHub shows beside the lines of a change
    Github,
}

/// What to extract from, and in which form to print it.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("form").required(true))]
pub struct ExtractArgs {
    /// Read and write JSON lines: any texts, for other programs
    #[arg(long, group = "form")]
    pub jsonl: bool,
    /// Read the site's articles, and write annotations for `build --annotations`
    #[arg(long, group = "form")]
    pub annotations: bool,
    /// Only the articles of one of N equal parts, by their paths
    #[arg(long, value_name = "K/N", conflicts_with_all = ["jsonl", "stdin"])]
    pub shard: Option<Shard>,
    /// The articles come from standard input, each a line {"path": "briefings/a.md", "text": "…"}, in place of the content folder's
    #[arg(long, conflicts_with = "jsonl")]
    pub stdin: bool,
    /// The site
    #[command(flatten)]
    pub source: SourceArgs,
}

/// What to build.
#[derive(Debug, Clone, Args)]
pub struct BuildArgs {
    /// What to read
    #[command(flatten)]
    pub source: SourceArgs,
    /// The folder to publish to
    #[arg(long, default_value = "public", value_name = "DIR")]
    pub output: Utf8PathBuf,
    /// What was found in the articles is in this folder: what `extract --annotations` wrote, in any number of files
    #[arg(long, value_name = "DIR")]
    pub annotations: Option<Utf8PathBuf>,
    /// The address of the site, in place of site.yaml's
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Publish into a folder that Dateline did not make; its files are kept
    #[arg(long)]
    pub force: bool,
    /// Wait until the disk has the new files before they take the old ones' place
    #[arg(long)]
    pub durable: bool,
    /// Write a .gz and a .br beside each file of text, for servers that send them as they are
    #[arg(long)]
    pub compress: bool,
    /// Write what each page's template is given to this folder, as JSON
    #[arg(long, value_name = "DIR")]
    pub dump_context: Option<Utf8PathBuf>,
    /// Print problems only
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print what took how long
    #[arg(long, short)]
    pub verbose: bool,
}

/// What to check.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// What to read
    #[command(flatten)]
    pub source: SourceArgs,
    /// Build in memory, and look in every file for what is hidden
    #[arg(long)]
    pub leaks: bool,
    /// Ask the servers of external links too whether their pages are still there
    #[arg(long)]
    pub external: bool,
    /// With --external: how long a server may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub timeout: u16,
    /// With --external: ask servers on this machine and in its network too
    #[arg(long)]
    pub local: bool,
    /// With --external: write what each server said to this file, as JSON lines
    #[arg(long, value_name = "FILE", requires = "external")]
    pub report: Option<Utf8PathBuf>,
}
