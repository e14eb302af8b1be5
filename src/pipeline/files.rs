//! Which files of the content are published, and that no two want one place.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        graph::{SiteGraph, Target},
        source::{Asset, Sources},
    },
    urls,
};

/// `static/` as a whole, and of the files beside articles those that something published points
/// to: a draft's picture stays at home.
pub(super) fn published_assets(graph: &SiteGraph, sources: &Sources) -> Vec<Asset> {
    let articles = graph.articles.iter().flat_map(|node| {
        node.targets
            .links
            .iter()
            .chain(&node.targets.images)
            .chain(&node.lead_image)
            .chain(node.key_points.iter().flat_map(|point| &point.links))
    });
    let profiles = graph.entities.iter().map(|node| &node.profile);
    let others = profiles
        .chain(&graph.pages)
        .flat_map(|t| t.links.iter().chain(&t.images));
    let wanted: BTreeSet<&str> = articles
        .chain(others)
        .filter_map(|target| match target {
            Target::File(path) => Some(path.as_str()),
            _ => None,
        })
        .collect();
    let is_published = |asset: &&Asset| {
        asset.path.starts_with("static") || wanted.contains(urls::asset(&asset.path).as_str())
    };
    sources
        .assets
        .iter()
        .filter(is_published)
        .cloned()
        .collect()
}

/// A file of the content may not take a page's place.
pub(super) fn collisions(paths: &[Utf8PathBuf]) -> Vec<Diagnostic> {
    let mut sorted: Vec<&Utf8PathBuf> = paths.iter().collect();
    sorted.sort();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let twice = sorted
        .into_iter()
        .filter(|path| !seen.insert(path.as_str().to_lowercase()));
    let report = |path: &Utf8PathBuf| {
        let message = "two things would be published here".to_owned();
        let problem = Diagnostic::error(Code::OutputCollision, path.clone(), None, message);
        problem.hint("rename the file in content/ or content/static/")
    };
    twice.map(report).collect()
}
