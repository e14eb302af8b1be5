//! The stages in order, and the only place with threads.
//!
//! Each stage is a plain function; `each` runs one over a list on all threads and keeps the
//! list's order, so that the output does not depend on their number.

mod annotating;
mod compress;
mod conceal;
mod excerpts;
mod files;
mod illustrations;
mod parsing;
mod pictures;
mod preview;
mod progress;
mod publishing;
mod reading;
mod rendering;
mod whole;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context as _, Result};
use camino::Utf8PathBuf;
use jiff::{Timestamp, civil::Date};
use rayon::prelude::*;

pub use annotating::annotate;
pub use compress::packed;
pub use conceal::Withheld;
pub use parsing::parse;
pub use preview::{Preview, preview};
pub use progress::{Listener, Progress, silent};
pub use publishing::{How, Publisher, Sink, Verified, verify};
pub use reading::Memo;

use self::{reading::Found, whole::Whole};
use crate::{
    config::Config,
    diagnostic::{Diagnostic, Levels, Severity},
    geo::Gazetteer,
    leaks,
    model::{
        address::Remembered,
        article::{Article, Marking, RedactedArticle},
        catalogue::{Catalogue, Resolution},
        citation::Cited,
        extraction::{Extraction, Marks},
        graph::SiteGraph,
        output::OutputFile,
        page::Page,
        source::Sources,
        span::Span,
    },
    references::Library,
    stages::{
        extract::{self, NameIndex, Recogniser, evidence},
        link,
        parse::ParseOptions,
        resolve::{
            corpus::{self as resolve_corpus, Findings},
            knowledge_base::KnowledgeBase,
        },
    },
    tagger::Tagger,
    text::redaction::Mark,
    theme::Theme,
    words::Words,
};

/// What a build works on.
#[derive(Debug, Clone)]
pub struct Options {
    /// The content folder.
    pub content: Utf8PathBuf,
    /// The folder of overriding templates; need not exist.
    pub templates: Utf8PathBuf,
    /// In place of `site.yaml`'s `base_url`.
    pub base_url: Option<String>,
    /// Drafts too.
    pub drafts: bool,
    /// The most closed marking that is published; `None` publishes all.
    pub audience: Option<Marking>,
    /// The moment that counts as the present.
    pub now: Timestamp,
    /// The site as of this day, without what bears a later one.
    pub as_of: Option<Date>,
    /// Keep what each template is given, in [`OutputFile::context`].
    pub contexts: bool,
    /// Look for what is hidden in the output; it may hold none of these, which are of this machine.
    pub leaks: Option<Vec<String>>,
    /// Keep the text of every file for excerpts, not of those alone that have problems.
    pub all_texts: bool,
    /// What was found in the articles is read from this folder in place of being looked for.
    pub annotations: Option<Utf8PathBuf>,
}

impl Options {
    /// A public build at `now`: no drafts, any marking, and nothing kept beside the files.
    #[must_use]
    pub fn at(content: Utf8PathBuf, templates: Utf8PathBuf, now: Timestamp) -> Self {
        Self {
            content,
            templates,
            base_url: None,
            drafts: false,
            audience: None,
            now,
            as_of: None,
            contexts: false,
            leaks: None,
            all_texts: false,
            annotations: None,
        }
    }
}

/// What the author wrote, parsed: everything before the corpus is known.
#[derive(Debug)]
pub struct Parsed {
    /// The site's settings.
    pub config: Config,
    /// The words of its pages.
    pub words: Words,
    /// What stands in place of redactions.
    pub mark: Mark,
    /// The articles that are published, by path.
    pub articles: Vec<Arc<Article>>,
    /// What is not published: read by nobody but [`leaks`].
    pub withheld: Withheld,
    /// The addresses of those of which no more is published, by path of the article.
    pub redacted: Vec<RedactedArticle>,
    /// What links may call that is not published: slugs and file names of articles and pages, ids
    /// and names of entities.
    pub hidden: BTreeSet<String>,
    /// Slugs and file names of those that cannot be read: a link to one is no second mistake.
    pub failed: BTreeSet<String>,
    /// The files of those that are hidden.
    pub hidden_files: BTreeSet<Utf8PathBuf>,
    /// The addresses that the site has published.
    pub remembered: Vec<Remembered>,
    /// The pages, by path.
    pub pages: Vec<Page>,
    /// The works that the site may cite, if it has a library.
    pub library: Option<Library>,
    /// The registry and the editors' decisions.
    pub kb: KnowledgeBase,
    /// What was wrong.
    pub problems: Vec<Diagnostic>,
}

impl Parsed {
    /// What its articles were parsed with.
    fn parse_options(&self) -> ParseOptions<'_> {
        parsing::parse_options(&self.config, &self.words, &self.mark, self.library.as_ref())
    }
}

/// The corpus, read and linked.
#[derive(Debug)]
pub struct Linked {
    /// What each article names.
    pub extractions: Vec<Arc<Extraction>>,
    /// Where its mentions can be marked.
    pub marks: Vec<Arc<Marks>>,
    /// What each mention means.
    pub resolutions: Vec<Vec<Resolution>>,
    /// The entities.
    pub catalogue: Catalogue,
    /// What links them.
    pub graph: SiteGraph,
    /// What each file cites, by its path; only of files that cite.
    pub cited: BTreeMap<Utf8PathBuf, Cited>,
    /// Paths below the content folder that may be copied to the output.
    pub assets: BTreeSet<Utf8PathBuf>,
    /// What was wrong.
    pub problems: Vec<Diagnostic>,
}

/// A site, ready to be published, and what was wrong with its content.
#[derive(Debug)]
pub struct Built {
    /// All diagnostics, sorted.
    pub problems: Vec<Diagnostic>,
    /// How much there is.
    pub counts: Counts,
    /// How bad this site takes kinds of mistakes; `problems` have these levels.
    pub levels: Levels,
    /// Texts for excerpts, by the path that diagnostics use.
    pub texts: BTreeMap<String, String>,
}

/// How much a site holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Published articles.
    pub articles: usize,
    /// Entities.
    pub entities: usize,
    /// Links from names to entities.
    pub links: usize,
    /// Pages.
    pub pages: usize,
    /// Addresses that `urls.jsonl` does not have yet; none where there is no such file.
    pub new_addresses: usize,
}

impl Built {
    /// How many diagnostics have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity == severity)
            .count()
    }
}

/// Runs `work` on each item on all threads; the results keep the items' order.
fn each<T: Sync, R: Send>(
    items: &[T],
    progress: Listener<'_>,
    work: impl Fn(&T) -> R + Sync + Send,
) -> Vec<R> {
    let counted = |item| {
        let result = work(item);
        progress(Progress::Item);
        result
    };
    items.par_iter().map(counted).collect()
}

/// Runs `work` on each item on as many threads as are given, for work that waits for others; the
/// results keep the items' order.
///
/// # Errors
/// When the threads cannot be started.
pub fn at_once<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync + Send,
) -> Result<Vec<R>> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.context("cannot start the threads")?;
    Ok(pool.install(|| each(items, &silent, work)))
}

/// Runs all stages but the last: the files go to `sink` as they are made. What is wrong with the
/// content is in [`Built::problems`]; where errors are among it, the files must not be published.
///
/// # Errors
/// When the content cannot be read at all, and those of the sink.
pub fn build(options: &Options, progress: Listener<'_>, sink: Sink<'_>) -> Result<Built> {
    let (mut whole, mut built) = Whole::read(options, None, progress)?;
    if let Ok(theme) = &whole.theme {
        let kept = options.leaks.as_ref().map(|_| Kept::default());
        let keep = |file: OutputFile| {
            if let Some(kept) = &kept {
                kept.take(file.clone());
            }
            sink(file)
        };
        let again = |article: &Article| whole.again(options, article, None);
        let out: (Listener<'_>, Sink<'_>) = (progress, &keep);
        rendering::render(&whole, &again, theme, out, &mut built)?;
        if let (Some(machine), Some(kept)) = (&options.leaks, kept) {
            let (parsed, sources) = (&whole.parsed, &whole.listing.sources);
            let problems = hunt(parsed, sources, theme, &kept.all(), machine, progress)?;
            built.problems.extend(problems);
        }
    }
    whole.tell(options, &mut built)?;
    Ok(built)
}

/// The known names, compiled.
fn names(kb: &KnowledgeBase) -> Result<NameIndex> {
    NameIndex::new(kb.entities(), &kb.decisions.accepted).context("cannot compile the known names")
}

/// Runs all stages but the last, and keeps the files in memory, by path; none where an error forbids
/// to publish.
///
/// # Errors
/// Those of [`build`].
pub fn files(options: &Options, progress: Listener<'_>) -> Result<(Built, Vec<OutputFile>)> {
    let kept = Kept::default();
    let built = build(options, progress, &|file| {
        kept.take(file);
        Ok(())
    })?;
    let is_refused = built.count(Severity::Error) > 0;
    let files = if is_refused { Vec::new() } else { kept.all() };
    Ok((built, files))
}

/// Files in memory, in whatever order they come.
#[derive(Default)]
struct Kept(Mutex<Vec<OutputFile>>);

impl Kept {
    fn take(&self, file: OutputFile) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.push(file);
    }

    /// All of them, by path.
    fn all(self) -> Vec<OutputFile> {
        let mut files = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    }
}

/// What of the hidden stands in the files.
fn hunt(
    parsed: &Parsed,
    sources: &Sources,
    theme: &Theme,
    files: &[OutputFile],
    machine: &[String],
    progress: Listener<'_>,
) -> Result<Vec<Diagnostic>> {
    progress(Progress::Stage("looking for leaks", files.len()));
    let hunt = leaks::Hunt::new(&leaks::Input {
        parsed,
        sources,
        theme,
        machine,
    })?;
    let found = each(files, progress, |file| hunt.look(file));
    Ok(hunt.report(files, &found))
}

/// Extracts, resolves and links.
///
/// # Errors
/// When the known names cannot be compiled.
pub fn link(parsed: &Parsed, sources: &Sources, progress: Listener<'_>) -> Result<Linked> {
    progress(Progress::Stage("extracting", parsed.articles.len()));
    let names = names(&parsed.kb)?;
    let found = each(&parsed.articles, progress, |article| {
        let extraction = extract(article, &names, &parsed.config);
        Found::of(article, extraction, &parsed.kb, &parsed.config)
    });
    Ok(join(parsed, found, sources, progress))
}

/// Resolves and links what was found in the articles.
fn join(parsed: &Parsed, found: Vec<Found>, sources: &Sources, progress: Listener<'_>) -> Linked {
    let gazetteer = Gazetteer::embedded();
    progress(Progress::Stage("resolving", 0));
    let pairs = parsed.articles.iter().zip(&found);
    let findings: Vec<Findings<'_>> = pairs
        .map(|(article, found)| Findings {
            document: &article.document,
            extraction: &found.extraction,
            locals: &found.locals,
        })
        .collect();
    progress(Progress::Stage("linking", 0));
    let (catalogue, resolutions) = resolve_corpus::catalogue(&findings, &parsed.kb, gazetteer);
    let catalogue = resolve_corpus::named_in(catalogue, &parsed.kb, &parsed.config.language);
    let found = found.into_iter().map(|own| (own.extraction, own.marks));
    let (extractions, marks) = found.unzip();
    let assets: BTreeSet<Utf8PathBuf> = sources
        .assets
        .iter()
        .map(|asset| asset.path.clone())
        .collect();
    let mut linked = Linked {
        graph: SiteGraph::default(),
        problems: Vec::new(),
        cited: cited(parsed, progress),
        catalogue,
        resolutions,
        extractions,
        marks,
        assets,
    };
    (linked.graph, linked.problems) = link::graph(&corpus(parsed, &linked, sources));
    linked
}

/// What the published files cite, by their paths; nothing where there is no library.
fn cited(parsed: &Parsed, progress: Listener<'_>) -> BTreeMap<Utf8PathBuf, Cited> {
    let Some(library) = &parsed.library else {
        return BTreeMap::new();
    };
    let own = &parsed.config.language;
    let articles = parsed.articles.iter().map(|article| {
        let language = article.front.language.as_ref().unwrap_or(own);
        (&article.path, &article.document.citations, language)
    });
    let pages = parsed.pages.iter();
    let pages = pages.map(|page| (&page.path, &page.document.citations, own));
    let citing = articles.chain(pages);
    let citing: Vec<_> = citing.filter(|(_, cites, _)| !cites.is_empty()).collect();
    let made = each(&citing, progress, |(_, cites, language)| {
        library.cite(cites, language)
    });
    let paths = citing.into_iter().map(|(path, ..)| path.clone());
    paths.zip(made).collect()
}

/// The corpus as the link stage sees it.
#[must_use]
pub fn corpus<'a>(
    parsed: &'a Parsed,
    linked: &'a Linked,
    sources: &'a Sources,
) -> link::Corpus<'a> {
    link::Corpus {
        articles: &parsed.articles,
        extractions: &linked.extractions,
        marks: &linked.marks,
        resolutions: &linked.resolutions,
        catalogue: &linked.catalogue,
        kb: &parsed.kb,
        library: parsed.library.as_ref(),
        cited: &linked.cited,
        pages: &parsed.pages,
        assets: &linked.assets,
        tables: &sources.tables,
        redacted: &parsed.redacted,
        hidden: &parsed.hidden,
        hidden_files: &parsed.hidden_files,
        remembered: &parsed.remembered,
        failed: &parsed.failed,
        config: &parsed.config,
    }
}

fn extract(article: &Article, names: &NameIndex, config: &Config) -> Extraction {
    let context = extract::Context {
        date: article.front.date.date,
        language: article
            .front
            .language
            .as_deref()
            .unwrap_or(&config.language),
        names,
        rules: &article.front.entities,
        detect: config.detect_entities,
        without: &config.without,
        recogniser: Tagger::shared().map(|tagger| tagger as &dyn Recogniser),
        evidence: Some(evidence::Weights::shared()),
    };
    extract::article(&article.document, &context)
}

/// The place of a line in a text: the span of its `line`th line, from 1.
#[must_use]
pub fn line_span(text: &str, line: usize) -> Option<Span> {
    let mut start = 0;
    for (n, part) in (1..).zip(text.split_inclusive('\n')) {
        if n == line {
            return Some(Span::new(start, start + part.trim_end().len()));
        }
        start += part.len();
    }
    None
}
