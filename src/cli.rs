//! The command line, without logic.

mod import;
mod site;

use camino::Utf8PathBuf;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::entity::EntityKind;
use crate::{config::ThemeName, schema::FileKind};

pub use import::{
    GeneratorArg, ImportArticleArgs, ImportCommand, ImportEntitiesArgs, ImportSiteArgs,
    ImportTarget,
};
pub use site::{BuildArgs, CheckArgs, ExtractArgs, Format, SourceArgs};

/// Turns Markdown briefings into a static site in which every name, place, event and date is linked.
#[derive(Debug, Parser)]
#[command(version, propagate_version = true, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site
    #[command(
        after_help = "Examples:\n  dateline build\n  dateline build --content notes --output /srv/www --base-url https://example.org"
    )]
    Build(BuildArgs),
    /// Report everything that is wrong with the content, and write nothing
    Check(CheckArgs),
    /// Make a new site that builds
    Init {
        /// The folder to make
        dir: Utf8PathBuf,
    },
    /// Start a briefing
    #[command(after_help = "Example:\n  dateline new \"Ports under strain\"")]
    New {
        /// Its headline
        title: String,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: Utf8PathBuf,
    },
    /// Take back the last change that a command made to the content
    #[command(
        after_help = "Taken back is what `new`, `import`, `entities review`, `entities merge`, `entities rename` and `urls` wrote, the last first, as long as nobody has changed the files since."
    )]
    Undo {
        /// Print the steps that can be taken back, the last first, and write nothing
        #[arg(long)]
        list: bool,
        /// The content folder
        #[arg(long, default_value = "content", value_name = "DIR")]
        content: Utf8PathBuf,
    },
    /// Serve the site on this machine while you write: each page is made when you look at it
    Serve {
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
        /// The address of the site, in place of site.yaml's
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        /// The port; another free one is taken where it is in use
        #[arg(long, default_value_t = 4000)]
        port: u16,
    },
    /// Look at the entities of the site, and decide about them
    #[command(subcommand)]
    Entities(EntitiesCommand),
    /// Bring content from elsewhere; nothing is ever overwritten
    #[command(subcommand)]
    Import(ImportCommand),
    /// Find the names, times and quotations in articles, so that a corpus can be split over machines
    #[command(
        after_help = "With --jsonl it reads one article a line: {\"id\": \"a\", \"text\": \"…\", \"date\": \"2024-07-21\", \"language\": \"en\"}; \
                      date and language may be left out. Writes a header line, then one line for each article. Positions are in characters.\n\
                      With --annotations it reads the site's articles, and writes what `dateline build --annotations DIR` takes in place of \
                      extracting: only what would be published.\n\n\
                      Examples:\n  split -n l/8 articles.jsonl part- && dateline extract --jsonl < part-aa > part-aa.mentions\n  \
                      dateline extract --annotations --shard 3/16 > found/part-3.jsonl"
    )]
    Extract(ExtractArgs),
    /// Serve editors over stdin and stdout: problems while you write, completion, what a name means
    #[command(
        after_help = "Started by an editor, in the folder of the site or with it as its workspace. Speaks the language server protocol."
    )]
    Lsp {
        /// The content folder
        #[arg(long, default_value = "content", value_name = "DIR")]
        content: Utf8PathBuf,
        /// The folder of templates that override the theme's
        #[arg(long, default_value = "templates", value_name = "DIR")]
        templates: Utf8PathBuf,
        /// Ignored: stdin and stdout are the only way; some editors say it all the same
        #[arg(long, hide = true)]
        stdio: bool,
    },
    /// Look at the theme's templates, and override them
    #[command(subcommand)]
    Theme(ThemeCommand),
    /// Print what the site links to outside, and the anchors of its pages, as JSON lines
    Links {
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Remember the addresses that the site has published
    #[command(subcommand)]
    Urls(UrlsCommand),
    /// Check a published tree against its manifest.json
    #[command(
        after_help = "Missing and changed files are errors, files that the manifest does not name are warnings.\n\nExample:\n  dateline verify /srv/www --strict"
    )]
    Verify(VerifyArgs),
    /// Bring a folder or a server up to date with what was built: send what changed, remove what is gone
    #[command(
        after_help = "Files that did not come from Dateline stay. What is to be sent is told by the manifests of both sides.\n\nExamples:\n  dateline deploy --dry-run /srv/www\n  dateline deploy rsync:www@example.org:site"
    )]
    Deploy(DeployArgs),
    /// Print a briefing or a storyline to PDF, with the Chromium of this machine
    #[command(
        after_help = "Printed is what a build would publish now. Nothing is asked over the network. The variable DATELINE_BROWSER names the browser as well.\n\nExamples:\n  dateline pdf ports-under-strain\n  dateline pdf content/briefings/ports.md --output ports.pdf\n  dateline pdf harbours --audience TLP:GREEN"
    )]
    Pdf(PdfArgs),
    /// Print the JSON Schema of a kind of file, for the YAML plugin of an editor
    #[command(
        after_help = "Example:\n  dateline schema site > site.schema.json\nand at the top of site.yaml:\n  # yaml-language-server: $schema=../site.schema.json"
    )]
    Schema {
        /// Which file
        #[arg(value_enum)]
        file: FileKind,
    },
    /// Write the manual pages of the program and its commands
    #[command(after_help = "Example:\n  dateline man ~/.local/share/man/man1")]
    Man {
        /// The folder to write them to
        dir: Utf8PathBuf,
    },
    /// Print a completion script for a shell
    #[command(
        after_help = "Example:\n  dateline completions bash > ~/.local/share/bash-completion/completions/dateline"
    )]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What can be done with the theme.
#[derive(Debug, Subcommand)]
pub enum ThemeCommand {
    /// List the theme's files, and which of them the site overrides
    List {
        /// Which theme
        #[arg(long, default_value = "default", value_name = "NAME", value_parser = theme_name)]
        theme: ThemeName,
        /// The folder of templates that override the theme's
        #[arg(long, default_value = "templates", value_name = "DIR")]
        templates: Utf8PathBuf,
    },
    /// Write files of the theme into the site's templates, where they can be changed
    #[command(
        after_help = "Examples:\n  dateline theme eject article.html\n  dateline theme eject --theme situation"
    )]
    Eject {
        /// The files, as `dateline theme list` names them [default: all]
        #[arg(value_name = "TEMPLATE")]
        names: Vec<String>,
        /// Which theme
        #[arg(long, default_value = "default", value_name = "NAME", value_parser = theme_name)]
        theme: ThemeName,
        /// The folder to write to
        #[arg(long, default_value = "templates", value_name = "DIR")]
        templates: Utf8PathBuf,
        /// Overwrite what is there
        #[arg(long)]
        force: bool,
    },
    /// Print what a page's template is given, as JSON
    #[command(after_help = "Example:\n  dateline theme context briefings/ports-under-strain")]
    Context {
        /// The page's path in the output
        page: String,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
}

fn theme_name(written: &str) -> Result<ThemeName, String> {
    let mut known = ThemeName::ALL.into_iter();
    known.find(|name| name.as_str() == written).ok_or_else(|| {
        let names = ThemeName::ALL.map(ThemeName::as_str);
        format!("it is one of {}", names.join(", "))
    })
}

/// What can be done with the addresses that the site has published.
#[derive(Debug, Subcommand)]
pub enum UrlsCommand {
    /// Record the addresses of all briefings, pages and registry entities that are published now
    Accept {
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Say that nothing stands at an address any more, and that it is meant; nothing else may stand there
    #[command(after_help = "Example:\n  dateline urls retire briefings/ports/")]
    Retire {
        /// The addresses
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
        /// The content folder
        #[arg(long, default_value = "content", value_name = "DIR")]
        content: Utf8PathBuf,
    },
    /// Forget an address: something else may stand there
    Release {
        /// The addresses
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
        /// The content folder
        #[arg(long, default_value = "content", value_name = "DIR")]
        content: Utf8PathBuf,
    },
}

/// What to send where.
#[derive(Debug, Clone, Args)]
pub struct DeployArgs {
    /// The folder to bring up to date, or rsync:HOST:PATH
    #[arg(value_name = "DIR|rsync:HOST:PATH")]
    pub target: String,
    /// The built site
    #[arg(long, default_value = "public", value_name = "DIR")]
    pub from: Utf8PathBuf,
    /// Print what would be sent and removed, and do nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What to print.
#[derive(Debug, Clone, Args)]
pub struct PdfArgs {
    /// A briefing's file or slug, a storyline's slug, or the path of any page
    #[arg(value_name = "BRIEFING|STORYLINE")]
    pub what: String,
    /// The file to write [default: the slug with .pdf]
    #[arg(long, value_name = "FILE")]
    pub output: Option<Utf8PathBuf>,
    /// The browser: Chromium, Chrome or Edge [default: the first that is installed]
    #[arg(long, value_name = "PROGRAM")]
    pub browser: Option<Utf8PathBuf>,
    /// How long the browser may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..))]
    pub timeout: u16,
    /// The address of the site, in place of site.yaml's
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// What to read
    #[command(flatten)]
    pub source: SourceArgs,
}

/// What to verify.
#[derive(Debug, Clone, Args)]
pub struct VerifyArgs {
    /// The published folder
    pub dir: Utf8PathBuf,
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

/// A kind of entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// A human being
    Person,
    /// A body with members
    Organisation,
    /// A country, town, region, building
    Place,
    /// Something that happened or is to happen
    Event,
}

impl KindArg {
    /// The kind itself.
    #[must_use]
    pub fn kind(self) -> EntityKind {
        match self {
            Self::Person => EntityKind::Person,
            Self::Organisation => EntityKind::Organisation,
            Self::Place => EntityKind::Place,
            Self::Event => EntityKind::Event,
        }
    }
}

/// Looking at entities, and deciding about them.
#[derive(Debug, Subcommand)]
pub enum EntitiesCommand {
    /// List the entities: kind, state, number of briefings, name
    List {
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Measure against documents whose names people have marked
    #[command(
        after_help = "Each line of the file: {\"id\": …, \"text\": …, \"spans\": [[start, end, \"PERSON\" | \"ORG\" | \"PLACE\"], …]}; \
                      positions are in characters.\n\nExample:\n  dateline entities eval gold.jsonl --predictions found.jsonl"
    )]
    Eval {
        /// The marked documents, JSON lines
        #[arg(value_name = "GOLD.jsonl")]
        gold: Utf8PathBuf,
        /// Write what was found here, in the same format
        #[arg(long, value_name = "OUT.jsonl")]
        predictions: Option<Utf8PathBuf>,
        /// Count names of this confidence or more [default: where F1 is best on the training documents]
        #[arg(long, value_name = "0..1")]
        threshold: Option<f32>,
    },
    /// Explain every name on a line: what it means, by which rule, how sure
    #[command(after_help = "Example:\n  dateline entities explain content/briefings/ports.md:14")]
    Explain {
        /// A file and a line
        #[arg(value_name = "FILE:LINE")]
        place: String,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Decide about names that were found, one after another
    #[command(
        after_help = "Examples:\n  dateline entities review --kind person\n  dateline entities review --json > queue.jsonl\n  dateline entities review --apply decisions.jsonl"
    )]
    Review {
        /// Only names of this kind
        #[arg(long, value_enum)]
        kind: Option<KindArg>,
        /// Only names below this confidence
        #[arg(long, value_name = "0..1")]
        below: Option<f32>,
        /// Print the names as JSON, one a line, instead of asking
        #[arg(long, conflicts_with = "apply")]
        json: bool,
        /// Write the decisions of a file (- for stdin) with one JSON object a line; all of them or none
        #[arg(long, value_name = "DECISIONS.jsonl", conflicts_with_all = ["kind", "below"])]
        apply: Option<Utf8PathBuf>,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Suggest: frequent names without a file, names that may mean one thing, doubtful aliases
    Suggest {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Report what is amiss in the registry: too little said, never used, said twice
    Lint {
        /// One JSON object a line, to stdout
        #[arg(long)]
        json: bool,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Make one entity of two; the old address leads to the one that stays
    #[command(after_help = "Example:\n  dateline entities merge \"ISIS-K\" iskp")]
    Merge {
        /// The one that goes: an id or a name
        from: String,
        /// The one that stays: an id or a name
        into: String,
        /// The kind of the one that goes, where its name is not enough
        #[arg(long, value_enum)]
        kind: Option<KindArg>,
        /// Lose the hand-written profile of the one that goes
        #[arg(long)]
        discard_profile: bool,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
    /// Give a registry entity another name; the old one becomes an alias
    #[command(
        after_help = "Example:\n  dateline entities rename iskp \"Islamic State-Khorasan Province\" --id is-khorasan"
    )]
    Rename {
        /// The entity: an id or a name
        entity: String,
        /// Its new name
        name: String,
        /// Its new id; the old one stays as an address
        #[arg(long)]
        id: Option<String>,
        /// Its kind, where its name is not enough
        #[arg(long, value_enum)]
        kind: Option<KindArg>,
        /// What to read
        #[command(flatten)]
        source: SourceArgs,
    },
}
