//! The pictures of a site: which files they are, and what becomes of them.
//!
//! A raster picture beside the content that something published shows is offered in several widths;
//! one that is linked keeps its name, size and format. Both are written anew, without what is no
//! pixel. What lies in `static/` is left alone.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};

use super::{Listener, Parsed, Progress, each, silent};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{
        document::Document,
        graph::{SiteGraph, Target, Targets},
        output::OutputFile,
        picture::Pictures,
        source::Asset,
        span::Span,
    },
    stages::{
        load::{self, Stamp},
        render::picture::{self, Fault, Made},
    },
    urls,
};

/// The pictures, their files, and what was wrong with them.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) pictures: Pictures,
    pub(super) files: Vec<OutputFile>,
    pub(super) problems: Vec<Diagnostic>,
}

/// How a site uses a picture.
#[derive(Default)]
struct Use {
    shown: bool,
    linked: bool,
    /// Where it is used first.
    place: Option<(Utf8PathBuf, Span)>,
}

/// Uses by path in the output.
#[derive(Default)]
struct Uses(BTreeMap<String, Use>);

impl Uses {
    fn add(&mut self, target: &Target, shown: bool, place: Option<(Utf8PathBuf, Span)>) {
        let Target::File(path) = target else { return };
        let used = self.0.entry(path.clone()).or_default();
        used.shown |= shown;
        used.linked |= !shown;
        used.place = used.place.take().or(place);
    }

    fn of_document(&mut self, path: &Utf8PathBuf, document: &Document, targets: &Targets) {
        let place = |span| Some((path.clone(), span));
        for (image, target) in document.images.iter().zip(&targets.images) {
            self.add(target, true, place(image.source));
        }
        for (link, target) in document.links.iter().zip(&targets.links) {
            self.add(target, false, place(link.source));
        }
    }
}

fn uses(parsed: &Parsed, graph: &SiteGraph) -> Uses {
    let mut uses = Uses::default();
    for (article, node) in parsed.articles.iter().zip(&graph.articles) {
        if let Some(lead) = &node.lead_image {
            let span = article.front_spans.get("image").copied();
            let place = span.map(|span| (article.path.clone(), span));
            uses.add(lead, true, place);
        }
        uses.of_document(&article.path, &article.document, &node.targets);
    }
    for (page, targets) in parsed.pages.iter().zip(&graph.pages) {
        uses.of_document(&page.path, &page.document, targets);
    }
    for node in &graph.entities {
        let images = node.profile.images.iter().map(|target| (target, true));
        let links = node.profile.links.iter().map(|target| (target, false));
        for (target, shown) in images.chain(links) {
            uses.add(target, shown, None);
        }
    }
    uses
}

/// What came of one picture.
struct Outcome {
    made: Option<Result<Made, Fault>>,
    cleaned: Option<Result<Vec<u8>, Fault>>,
}

/// The pictures that were made last, of which files in which state and for which uses.
#[derive(Default)]
pub(super) struct Album {
    of: Vec<(Utf8PathBuf, bool, bool, Stamp)>,
    gathered: Arc<Gathered>,
}

/// Makes the pictures among `assets`, the files that are published, where they are not those that
/// are in the album; the other files come back.
pub(super) fn gather_into(
    album: &mut Album,
    parsed: &Parsed,
    graph: &SiteGraph,
    assets: Vec<Asset>,
) -> Result<(Arc<Gathered>, Vec<Asset>)> {
    let uses = uses(parsed, graph);
    let of = assets.iter().filter(|asset| is_remade(asset)).map(|asset| {
        let used = uses.0.get(urls::asset(&asset.path).as_str());
        let (shown, linked) = used.map_or((false, false), |used| (used.shown, used.linked));
        (
            asset.path.clone(),
            shown,
            linked,
            load::stamp_of(&asset.file),
        )
    });
    let of: Vec<_> = of.collect();
    let same = of.len() == album.of.len()
        && album.of.iter().zip(&of).all(|(old, new)| {
            (&old.0, old.1, old.2) == (&new.0, new.1, new.2) && old.3.vouches_for(&new.3)
        });
    // Problems tell of places in texts that may have moved.
    if same && album.gathered.problems.is_empty() {
        let others = assets.into_iter().filter(|asset| !is_remade(asset));
        return Ok((Arc::clone(&album.gathered), others.collect()));
    }
    let (gathered, others) = gather(parsed, graph, assets, &silent)?;
    let gathered = Arc::new(gathered);
    *album = Album {
        of,
        gathered: Arc::clone(&gathered),
    };
    Ok((gathered, others))
}

/// True for a picture beside the content.
fn is_remade(asset: &Asset) -> bool {
    !asset.path.starts_with("static") && picture::is_picture(&asset.path)
}

/// Makes the pictures among `assets`, the files that are published; the others come back.
pub(super) fn gather(
    parsed: &Parsed,
    graph: &SiteGraph,
    assets: Vec<Asset>,
    progress: Listener<'_>,
) -> Result<(Gathered, Vec<Asset>)> {
    let (wanted, others): (Vec<Asset>, Vec<Asset>) = assets.into_iter().partition(is_remade);
    progress(Progress::Stage("making pictures", wanted.len()));
    let uses = uses(parsed, graph);
    let outcomes = each(&wanted, progress, |asset| -> Result<Outcome> {
        let path = urls::asset(&asset.path).into_string();
        let bytes = load::bytes(asset)?;
        let used = uses.0.get(&path);
        let is_shown = used.is_some_and(|used| used.shown);
        let is_linked = used.is_some_and(|used| used.linked);
        Ok(Outcome {
            made: is_shown.then(|| picture::renditions(&path, &bytes)),
            cleaned: is_linked.then(|| picture::cleaned(&bytes)),
        })
    });
    let mut gathered = Gathered::default();
    for (asset, outcome) in wanted.iter().zip(outcomes) {
        gathered.take(
            asset,
            uses.0.get(urls::asset(&asset.path).as_str()),
            outcome?,
        );
    }
    Ok((gathered, others))
}

impl Gathered {
    fn take(&mut self, asset: &Asset, used: Option<&Use>, outcome: Outcome) {
        let path = urls::asset(&asset.path);
        let mut fault = None;
        match outcome.made {
            Some(Ok(made)) => {
                if made.animated {
                    self.problems.push(animated(asset, used));
                }
                let file = |(path, bytes): (String, Vec<u8>)| file(path.into(), bytes, &asset.path);
                self.files.extend(made.files.into_iter().map(file));
                self.pictures.insert(path.to_string(), made.picture);
            }
            Some(Err(cause)) => fault = Some(cause),
            None => {}
        }
        match outcome.cleaned {
            Some(Ok(bytes)) => self.files.push(file(path, bytes, &asset.path)),
            Some(Err(cause)) => fault = Some(cause),
            None => {}
        }
        self.problems
            .extend(fault.map(|fault| refused(asset, used, &fault)));
    }
}

fn file(path: Utf8PathBuf, bytes: Vec<u8>, source: &Utf8Path) -> OutputFile {
    OutputFile {
        path,
        bytes,
        sources: vec![source.to_owned()],
        context: None,
    }
}

/// Where the author can do something about it.
fn place(asset: &Asset, used: Option<&Use>) -> (Utf8PathBuf, Option<Span>) {
    match used.and_then(|used| used.place.clone()) {
        Some((path, span)) => (path, Some(span)),
        None => (asset.path.clone(), None),
    }
}

fn refused(asset: &Asset, used: Option<&Use>, fault: &Fault) -> Diagnostic {
    let (path, span) = place(asset, used);
    match fault {
        Fault::TooLarge(width, height) => {
            let message = format!("`{}` has {width} times {height} pixels", asset.path);
            Diagnostic::error(Code::ImageTooLarge, path, span, message)
                .hint("64 million pixels are allowed; make it smaller")
        }
        Fault::Broken(cause) => {
            let message = format!("`{}` cannot be decoded: {cause}", asset.path);
            Diagnostic::error(Code::ImageBroken, path, span, message)
                .hint("save it anew as PNG, JPEG, WebP or GIF; what lies in content/static/ is copied as it is")
        }
    }
}

fn animated(asset: &Asset, used: Option<&Use>) -> Diagnostic {
    let (path, span) = place(asset, used);
    let message = format!("`{}` moves; its first frame is published", asset.path);
    Diagnostic::warning(Code::ImageAnimated, path, span, message)
        .hint("to publish it as it is, put it into content/static/")
}
