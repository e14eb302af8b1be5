//! From what is linked to the files of the site.

use std::collections::BTreeSet;

use anyhow::Result;
use camino::Utf8PathBuf;

use super::{Built, Counts, Linked, Listener, Parsed, Progress, Sink, each, files, pictures};
use crate::{
    config::RawHtml,
    diagnostic::Severity,
    model::{
        catalogue::{Catalogue, Resolution},
        extraction::Extraction,
        output::OutputFile,
        source::Sources,
    },
    portable,
    stages::{
        link::Corpus,
        render::{self, Prepared, Site, search},
    },
    theme::Theme,
};

/// What link and render read.
pub(super) fn corpus<'a>(
    parsed: &'a Parsed,
    extractions: &'a [Extraction],
    resolutions: &'a [Vec<Resolution>],
    catalogue: &'a Catalogue,
    assets: &'a BTreeSet<Utf8PathBuf>,
    sources: &'a Sources,
) -> Corpus<'a> {
    Corpus {
        articles: &parsed.articles,
        extractions,
        resolutions,
        catalogue,
        kb: &parsed.kb,
        pages: &parsed.pages,
        assets,
        tables: &sources.tables,
        redacted: &parsed.redacted,
        hidden: &parsed.hidden,
        hidden_files: &parsed.hidden_files,
        remembered: &parsed.remembered,
        failed: &parsed.failed,
        config: &parsed.config,
    }
}

/// Renders all files into `sink`, and what was wrong into `built`. Where the content has errors the
/// templates are tried all the same, and nothing goes to the sink.
pub(super) fn render(
    parsed: &Parsed,
    linked: &Linked,
    theme: &Theme,
    sources: &Sources,
    (progress, sink): (Listener<'_>, Sink<'_>),
    built: &mut Built,
) -> Result<()> {
    let published = files::published_assets(&linked.graph, sources);
    if parsed.config.raw_html != RawHtml::Trust {
        built.problems.extend(files::active(&published));
    }
    let (gathered, copied) = pictures::gather(parsed, &linked.graph, published, progress)?;
    built.problems.extend(gathered.problems);
    let corpus = super::corpus(parsed, linked, sources);
    let site = Site {
        corpus: &corpus,
        graph: &linked.graph,
        pictures: &gathered.pictures,
        words: &parsed.words,
        theme,
    };
    let prepared = prepared(&site, progress);
    let jobs = render::jobs(&site, &prepared);
    let is_refused = built.count(Severity::Error) > 0;
    let give = |files: Vec<OutputFile>| -> Result<Vec<Utf8PathBuf>> {
        let paths = files.iter().map(|file| file.path.clone()).collect();
        if !is_refused {
            // Names that cannot be published are told of with all others, below.
            let fit = |file: &OutputFile| portable::path_fault(file.path.as_str()).is_none();
            files.into_iter().filter(fit).try_for_each(sink)?;
        }
        Ok(paths)
    };
    progress(Progress::Stage("rendering", jobs.len()));
    let rendered = each(&jobs, progress, |job| -> Result<_> {
        match render::run(&site, &prepared, job) {
            Ok(mut files) => {
                let sources = render::sources(&site, job);
                for file in &mut files {
                    file.sources.clone_from(&sources);
                }
                Ok(Ok(give(files)?))
            }
            Err(problem) => Ok(Err(problem)),
        }
    });
    let mut paths = give(gathered.files)?;
    for rendered in rendered {
        match rendered? {
            Ok(own) => paths.extend(own),
            Err(problem) => built.problems.push(*problem),
        }
    }
    built.counts = counts(parsed, linked, &paths);
    match render::sitemap(&site, &paths) {
        Ok(file) => paths.extend(give(vec![file])?),
        Err(problem) => built.problems.push(*problem),
    }
    for asset in &copied {
        let (file, problem) = files::published(asset, parsed.config.raw_html)?;
        built.problems.extend(problem);
        paths.extend(give(file.into_iter().collect())?);
    }
    built.problems.extend(files::collisions(&paths));
    Ok(())
}

/// What several pages share: the search index and the calendar.
fn prepared(site: &Site<'_>, progress: Listener<'_>) -> Prepared {
    let parts = search::parts(site);
    progress(Progress::Stage("indexing", parts.len()));
    let parts = each(&parts, progress, |part| search::part(site, part));
    Prepared {
        dated: render::dated(site),
        search: search::index(site, parts),
        calendar: render::timeline::calendar(site),
    }
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
