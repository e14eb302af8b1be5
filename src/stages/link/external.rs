//! The addresses outside the site that it links to, and where each is written.
//!
//! Input: the linked corpus. Output: a list by address. Only what is published is in it.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::Corpus;
use crate::model::{
    catalogue::EntityKey,
    document::Document,
    graph::{SiteGraph, Target, Targets},
    span::Span,
};

/// Where an address is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, below the content folder.
    pub path: Utf8PathBuf,
    /// Where in it; none where only the file is known.
    pub span: Option<Span>,
}

/// The `http` and `https` addresses that the site links to, with the places of each, sorted.
#[must_use]
pub fn links(corpus: &Corpus<'_>, graph: &SiteGraph) -> BTreeMap<String, Vec<Place>> {
    let mut found = Links::default();
    for (article, node) in corpus.articles.iter().zip(&graph.articles) {
        found.of_document(&article.path, &article.document, &node.targets);
        for (point, targets) in article.key_points.iter().zip(&node.key_points) {
            found.of_document(&article.path, point, targets);
        }
        let key = |key: &str| article.front_spans.get(key).copied();
        if let Some(Target::External(url)) = &node.lead_image {
            found.add(url, &article.path, key("image"));
        }
        for source in &article.front.sources {
            for url in source.url.iter().chain(&source.archive_url) {
                found.add(url, &article.path, key("sources"));
            }
        }
    }
    for (page, targets) in corpus.pages.iter().zip(&graph.pages) {
        found.of_document(&page.path, &page.document, targets);
    }
    for (entity, node) in corpus.catalogue.entities.iter().zip(&graph.entities) {
        let EntityKey::Registry(id) = &entity.key else {
            continue;
        };
        let Some(entity) = corpus.kb.get(id) else {
            continue;
        };
        found.of_document(&entity.path, &entity.profile, &node.profile);
        let roles = entity.facts.roles.iter();
        let roles = roles.filter_map(|role| role.source.as_ref());
        for url in entity
            .same_as
            .iter()
            .chain(&entity.facts.website)
            .chain(roles)
        {
            found.add(url, &entity.path, None);
        }
    }
    found.0
}

#[derive(Default)]
struct Links(BTreeMap<String, Vec<Place>>);

impl Links {
    fn of_document(&mut self, path: &Utf8Path, document: &Document, targets: &Targets) {
        let links = document.links.iter().map(|link| link.source);
        let images = document.images.iter().map(|image| image.source);
        let pairs = links.zip(&targets.links).chain(images.zip(&targets.images));
        for (span, target) in pairs {
            if let Target::External(url) = target {
                self.add(url, path, Some(span));
            }
        }
    }

    fn add(&mut self, url: &str, path: &Utf8Path, span: Option<Span>) {
        let scheme = url.split_once("://").map(|(scheme, _)| scheme);
        let is_web = scheme.is_some_and(|scheme| {
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
        });
        if is_web {
            let place = Place {
                path: path.to_owned(),
                span,
            };
            let places = self.0.entry(url.to_owned()).or_default();
            if let Err(at) = places.binary_search(&place) {
                places.insert(at, place);
            }
        }
    }
}
