//! Which files of the content are published, and that no two want one place.

use std::collections::BTreeSet;

use anyhow::Result;
use camino::Utf8PathBuf;

use crate::{
    config::RawHtml,
    diagnostic::{Code, Diagnostic},
    model::{
        graph::{SiteGraph, Target, Targets},
        output::OutputFile,
        source::{Asset, Sources},
    },
    portable,
    stages::{load, render::vector},
    text::redaction,
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
    let linked = articles.chain(others).filter_map(|target| match target {
        Target::File(path) => Some(path.as_str()),
        _ => None,
    });
    let documents = graph.articles.iter().map(|node| &node.targets);
    let documents = documents.chain(&graph.pages);
    let profiles = graph.entities.iter().map(|node| &node.profile);
    let data = documents.chain(profiles).flat_map(Targets::data_files);
    let wanted: BTreeSet<&str> = linked.chain(data).collect();
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

/// A file of the content may not take a page's place, nor have a name that some system refuses.
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
    let unfit = paths.iter().filter_map(|path| {
        let fault = portable::path_fault(path.as_str())?;
        let message = format!("the file's name cannot be published: {fault}");
        let problem = Diagnostic::error(Code::SourceName, path.clone(), None, message);
        Some(problem.hint("rename it in content/"))
    });
    twice.map(report).chain(unfit).collect()
}

/// Endings of files that browsers run, or read instructions in.
const ACTIVE: &[&str] = &[
    "htm", "html", "xhtml", "xht", "mht", "mhtml", "shtml", "js", "mjs", "xml", "xsl", "xslt",
    "svgz", "wasm", "swf", "hta", "php", "cgi",
];

/// Files beside the articles that would run in readers' browsers. Whoever may write an article need
/// not be trusted to write scripts; `static/` is for those who are.
pub(super) fn active(assets: &[Asset]) -> Vec<Diagnostic> {
    let beside = assets.iter().filter(|asset| !is_static(asset));
    let runs = |asset: &&Asset| {
        let ending = asset
            .path
            .extension()
            .unwrap_or_default()
            .to_ascii_lowercase();
        ACTIVE.contains(&&*ending)
    };
    let report = |asset: &Asset| {
        let message = "the file would run in readers' browsers".to_owned();
        let path = asset.path.clone();
        Diagnostic::error(Code::SourceActive, path, None, message)
            .hint("put it into content/static/ if you trust it, or link to a PDF or picture")
    };
    beside.filter(runs).map(report).collect()
}

fn is_static(asset: &Asset) -> bool {
    asset.path.starts_with("static")
}

/// What its author believes hidden in a file that is copied: nobody reads its tags, and all would be
/// published.
fn unhidden(asset: &Asset, bytes: &[u8]) -> Option<Diagnostic> {
    let text = std::str::from_utf8(bytes).ok()?;
    if !redaction::is_suspect(text) {
        return None;
    }
    let (passages, _) = redaction::passages(text, |_| false);
    let first = passages.first()?;
    let message = format!(
        "`{{{}}}` hides nothing in a file that is copied as it is",
        first.kind.word()
    );
    Some(
        Diagnostic::error(Code::RedactionCopied, asset.path.clone(), None, message)
            .hint("take the words out of the file, or write `\\{` if the tag is to be read"),
    )
}

/// A file as it is published: a drawing beside the articles without what runs or loads.
///
/// # Errors
/// When it cannot be read.
pub(super) fn published(
    asset: &Asset,
    raw_html: RawHtml,
) -> Result<(Option<OutputFile>, Option<Diagnostic>)> {
    let mut file = load::asset(asset)?;
    if let Some(problem) = unhidden(asset, &file.bytes) {
        return Ok((None, Some(problem)));
    }
    let ending = asset.path.extension().unwrap_or_default();
    let is_drawing = ending.eq_ignore_ascii_case("svg");
    if !is_drawing || is_static(asset) || raw_html == RawHtml::Trust {
        return Ok((Some(file), None));
    }
    let path = asset.path.clone();
    match vector::cleaned(&file.bytes) {
        Err(cause) => {
            let message = format!("`{path}` cannot be read as SVG: {cause}");
            let problem = Diagnostic::error(Code::ImageBroken, path, None, message)
                .hint("save it anew as plain SVG; what lies in content/static/ is copied as it is");
            Ok((None, Some(problem)))
        }
        Ok(cleaned) => {
            file.bytes = cleaned.bytes;
            let removed = cleaned.removed.join(", ");
            let problem = (!removed.is_empty()).then(|| {
                let message = format!("`{path}` is published without {removed}");
                Diagnostic::warning(Code::ImageCleaned, path, None, message)
                    .hint("what lies in content/static/ is copied as it is")
            });
            Ok((Some(file), problem))
        }
    }
}
