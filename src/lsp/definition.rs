//! Where something is written: the registry file of an entity, the file of a briefing or page.

use camino::Utf8Path;
use lsp_types::{Location, Position, Range};

use super::{Encoding, Found, Places, Snapshot, uri_of};
use crate::model::{
    catalogue::{EntityIdx, Resolution},
    graph::Target,
};

/// The files behind what stands at a place; several where a name may mean several things.
#[must_use]
pub fn definition(
    snapshot: &Snapshot,
    path: &Utf8Path,
    at: Position,
    encoding: Encoding,
) -> Vec<Location> {
    let text = snapshot.text(path).unwrap_or_default();
    let offset = Places::of(&text, encoding).offset(at);
    let found = u32::try_from(offset)
        .ok()
        .and_then(|offset| snapshot.at(path, offset));
    let files = found
        .map(|found| snapshot.files_of(found))
        .unwrap_or_default();
    let location = |file: &Utf8Path| {
        Some(Location::new(
            uri_of(&snapshot.content.join(file))?,
            Range::default(),
        ))
    };
    files.into_iter().filter_map(location).collect()
}

impl Snapshot {
    fn files_of(&self, found: Found<'_>) -> Vec<&Utf8Path> {
        let several = |all: &[EntityIdx]| {
            let files = all.iter().filter_map(|idx| self.file_of(*idx));
            files.collect()
        };
        match found {
            Found::Mention(_, article, mention) => {
                match &self.linked.resolutions[article][mention] {
                    Resolution::Linked(idx) => several(&[*idx]),
                    Resolution::Ambiguous(all) => several(all),
                    Resolution::Nil => Vec::new(),
                }
            }
            Found::Link(_, Target::Entity(idx)) => several(&[*idx]),
            Found::Link(_, Target::Article(idx, _)) => {
                let article = self.parsed.articles.get(idx.0 as usize);
                article.map(|article| &*article.path).into_iter().collect()
            }
            Found::Link(_, Target::Page(slug, _)) => {
                let mut pages = self.parsed.pages.iter();
                let page = pages.find(|page| page.slug == *slug);
                page.map(|page| &*page.path).into_iter().collect()
            }
            Found::Link(..) | Found::Time(..) => Vec::new(),
        }
    }
}
