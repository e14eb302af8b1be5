//! From what is linked to the files of the site.

use std::collections::BTreeSet;

use anyhow::Result;
use camino::Utf8PathBuf;

use super::{Built, Counts, Linked, Listener, Parsed, Progress, each, files, pictures};
use crate::{
    model::{
        catalogue::{Catalogue, Resolution},
        extraction::Extraction,
        output::OutputFile,
        source::Sources,
    },
    stages::{
        link::Corpus,
        load,
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

/// Renders all files into `built`, with what was wrong.
pub(super) fn render(
    parsed: &Parsed,
    linked: &Linked,
    theme: &Theme,
    sources: &Sources,
    progress: Listener<'_>,
    built: &mut Built,
) -> Result<()> {
    let published = files::published_assets(&linked.graph, sources);
    let (gathered, copied) = pictures::gather(parsed, &linked.graph, published, progress)?;
    built.problems.extend(gathered.problems);
    built.files.extend(gathered.files);
    let corpus = corpus(
        parsed,
        &linked.extractions,
        &linked.resolutions,
        &linked.catalogue,
        &linked.assets,
        sources,
    );
    let site = Site {
        corpus: &corpus,
        graph: &linked.graph,
        pictures: &gathered.pictures,
        words: &parsed.words,
        theme,
    };
    let prepared = prepared(&site, progress);
    let jobs = render::jobs(&site, &prepared);
    progress(Progress::Stage("rendering", jobs.len()));
    let rendered = each(&jobs, progress, |job| render::run(&site, &prepared, job));
    for (job, rendered) in jobs.iter().zip(rendered) {
        match rendered {
            Ok(mut files) => {
                let sources = render::sources(&site, job);
                for file in &mut files {
                    file.sources.clone_from(&sources);
                }
                built.files.extend(files);
            }
            Err(problem) => built.problems.push(*problem),
        }
    }
    built.counts = counts(parsed, linked, &built.files);
    match render::sitemap(&site, &built.files) {
        Ok(file) => built.files.push(file),
        Err(problem) => built.problems.push(*problem),
    }
    built.files.extend(load::assets(&copied)?);
    built.problems.extend(files::collisions(&built.files));
    built.files.sort_by(|a, b| a.path.cmp(&b.path));
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

fn counts(parsed: &Parsed, linked: &Linked, files: &[OutputFile]) -> Counts {
    let nodes = linked.graph.articles.iter();
    let pages = files
        .iter()
        .filter(|file| file.path.extension() == Some("html"));
    Counts {
        articles: parsed.articles.len(),
        entities: linked.catalogue.entities.len(),
        links: nodes.map(|node| node.anchors.len()).sum(),
        pages: pages.count(),
        new_addresses: linked.graph.new_addresses,
    }
}
