//! The pictures of books: those of the briefings of storylines, as they are published in the width of
//! a column.

use std::collections::BTreeSet;

use anyhow::Result;
use camino::Utf8Path;

use super::{Parsed, pictures::Gathered};
use crate::{
    model::{
        graph::{SiteGraph, Target},
        picture::{Illustration, Illustrations},
        source::Asset,
    },
    stages::{
        load,
        render::{picture, vector},
    },
    urls,
};

/// Bytes of one picture: what is larger stays on the site, with its words in the book.
const LARGEST: usize = 2 * 1024 * 1024;

/// The pictures that books show. `copied` are the published files that are no raster pictures.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn illustrations(
    parsed: &Parsed,
    graph: &SiteGraph,
    gathered: &Gathered,
    copied: &[Asset],
) -> Result<Illustrations> {
    let mut found = Illustrations::new();
    if !parsed.config.books {
        return Ok(found);
    }
    for path in wanted(parsed, graph) {
        let made = match gathered
            .pictures
            .get(path)
            .and_then(|picture| picture.main())
        {
            Some(rendition) => {
                let mut files = gathered.files.iter();
                let file = files.find(|file| file.path == rendition.path);
                file.and_then(|file| of_pixels(&file.path, &file.bytes))
            }
            None => of_file(path, copied)?,
        };
        let made = made.filter(|made| made.bytes.len() <= LARGEST);
        found.extend(made.map(|made| (path.to_owned(), made)));
    }
    Ok(found)
}

/// The pictures of all briefings that are part of a storyline, by their paths in the output.
fn wanted<'a>(parsed: &Parsed, graph: &'a SiteGraph) -> BTreeSet<&'a str> {
    let nodes = parsed.articles.iter().zip(&graph.articles);
    let nodes = nodes.filter(|(article, _)| article.front.storyline.is_some());
    let targets = nodes.flat_map(|(_, node)| node.targets.images.iter().chain(&node.lead_image));
    let path = |target: &'a Target| match target {
        Target::File(path) => Some(path.as_str()),
        _ => None,
    };
    targets.filter_map(path).collect()
}

fn of_pixels(path: &Utf8Path, bytes: &[u8]) -> Option<Illustration> {
    match path.extension() {
        Some("jpg") => Some(Illustration {
            media_type: "image/jpeg",
            bytes: bytes.to_vec(),
        }),
        // The site has encoded it: it can be decoded.
        _ => picture::as_png(bytes).ok().map(|bytes| Illustration {
            media_type: "image/png",
            bytes,
        }),
    }
}

/// A file that the site publishes as it is: a book takes its pixels and lines alone. What cannot be
/// read is told of where the site publishes it.
fn of_file(path: &str, copied: &[Asset]) -> Result<Option<Illustration>> {
    let mut assets = copied.iter();
    let Some(asset) = assets.find(|asset| urls::asset(&asset.path) == path) else {
        return Ok(None);
    };
    let ending = asset.path.extension().unwrap_or_default();
    if ending.eq_ignore_ascii_case("svg") {
        let drawing = vector::cleaned(&load::bytes(asset)?).ok();
        return Ok(drawing.map(|drawing| Illustration {
            media_type: "image/svg+xml",
            bytes: drawing.bytes,
        }));
    }
    if !picture::is_picture(&asset.path) {
        return Ok(None);
    }
    let Ok(made) = picture::renditions(path, &load::bytes(asset)?) else {
        return Ok(None);
    };
    let main = made.picture.main();
    let file = made
        .files
        .iter()
        .find(|(path, _)| main.is_some_and(|main| main.path == *path));
    Ok(file.and_then(|(path, bytes)| of_pixels(path.as_str().into(), bytes)))
}
