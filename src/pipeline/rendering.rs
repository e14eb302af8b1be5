//! From what is linked to the files of the site.

use anyhow::Result;
use camino::Utf8PathBuf;

use super::{
    Built, Counts, Linked, Listener, Parsed, Progress, Sink, each, files, illustrations, pictures,
    whole::Whole,
};
use crate::{
    config::{Part, RawHtml},
    diagnostic::{Diagnostic, Severity},
    model::output::OutputFile,
    portable,
    stages::render::{self, Again, Prepared, Site, search},
    text::order::Order,
    theme::Theme,
};

/// Renders all files into `sink`, and what was wrong into `built`. Where the content has errors the
/// templates are tried all the same, and nothing goes to the sink.
pub(super) fn render(
    whole: &Whole,
    again: Again<'_>,
    theme: &Theme,
    (progress, sink): (Listener<'_>, Sink<'_>),
    built: &mut Built,
) -> Result<()> {
    let (parsed, linked) = (&whole.parsed, &whole.linked);
    let sources = &whole.listing.sources;
    let published = files::published_assets(&linked.graph, sources);
    if parsed.config.raw_html != RawHtml::Trust {
        built.problems.extend(files::active(&published));
    }
    let (gathered, copied) = pictures::gather(parsed, &linked.graph, published, progress)?;
    let illustrations = illustrations::illustrations(parsed, &linked.graph, &gathered, &copied)?;
    built.problems.extend(gathered.problems);
    let corpus = super::corpus(parsed, linked, sources);
    let order = Order::of(&parsed.config.language);
    let site = Site {
        order: &order,
        corpus: &corpus,
        graph: &linked.graph,
        pictures: &gathered.pictures,
        illustrations: &illustrations,
        words: &parsed.words,
        theme,
        again,
    };
    built.problems.extend(render::shortcodes::check(&site));
    let outlet = Outlet {
        sink,
        is_refused: built.count(Severity::Error) > 0,
    };
    let mut paths = outlet.give(gathered.files)?;
    paths.extend(pages(&site, progress, &outlet, &mut built.problems)?);
    built.counts = counts(parsed, linked, &paths);
    match render::sitemap(&site, &paths) {
        Ok(files) => paths.extend(outlet.give(files)?),
        Err(problem) => built.problems.push(*problem),
    }
    for asset in &copied {
        let (file, problem) = files::published(asset, parsed.config.raw_html)?;
        built.problems.extend(problem);
        paths.extend(outlet.give(file.into_iter().collect())?);
    }
    built.problems.extend(files::collisions(&paths));
    Ok(())
}

/// Where files go. Nothing of a site whose content has errors goes there.
struct Outlet<'a> {
    sink: Sink<'a>,
    is_refused: bool,
}

impl Outlet<'_> {
    /// Hands files over; their paths.
    fn give(&self, files: Vec<OutputFile>) -> Result<Vec<Utf8PathBuf>> {
        let paths = files.iter().map(|file| file.path.clone()).collect();
        if !self.is_refused {
            // Names that cannot be published are told of with all others.
            let fit = |file: &OutputFile| portable::path_fault(file.path.as_str()).is_none();
            files.into_iter().filter(fit).try_for_each(self.sink)?;
        }
        Ok(paths)
    }
}

/// Renders all pages; their paths.
fn pages(
    site: &Site<'_>,
    progress: Listener<'_>,
    outlet: &Outlet<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Vec<Utf8PathBuf>> {
    let prepared = prepared(site, progress);
    let jobs = render::jobs(site, &prepared);
    progress(Progress::Stage("rendering", jobs.len()));
    let rendered = each(&jobs, progress, |job| -> Result<_> {
        match render::run(site, &prepared, job) {
            Ok(mut files) => {
                let sources = render::sources(site, job);
                for file in &mut files {
                    file.sources.clone_from(&sources);
                }
                Ok(Ok(outlet.give(files)?))
            }
            Err(problem) => Ok(Err(problem)),
        }
    });
    let mut paths = Vec::new();
    for rendered in rendered {
        match rendered? {
            Ok(own) => paths.extend(own),
            Err(problem) => problems.push(*problem),
        }
    }
    Ok(paths)
}

/// What several pages share, with the search index made on all threads.
fn prepared(site: &Site<'_>, progress: Listener<'_>) -> Prepared {
    let config = site.corpus.config;
    let prepared = Prepared::of(site);
    if config.has(Part::Search) {
        let parts = search::parts(site);
        progress(Progress::Stage("indexing", parts.len()));
        let parts = each(&parts, progress, |part| search::part(site, part));
        prepared.search.get_or_init(|| search::index(site, parts));
    }
    prepared
}

fn counts(parsed: &Parsed, linked: &Linked, paths: &[Utf8PathBuf]) -> Counts {
    let nodes = linked.graph.articles.iter();
    let pages = paths.iter().filter(|path| path.extension() == Some("html"));
    Counts {
        articles: parsed.articles.len(),
        entities: linked.catalogue.entities.len(),
        links: nodes.map(|node| node.anchors.len()).sum(),
        pages: pages.count(),
        new_addresses: linked.graph.new_addresses,
    }
}
