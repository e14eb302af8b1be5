//! The bibliography of the site: all works that something published cites, and what cites them.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{
    Rendered, file, references,
    site::{Head, Site},
};
use crate::{
    urls,
    views::{BibliographyView, PageLink, WorkView},
};

/// The page; none where nothing is cited.
pub(super) fn page(site: &Site<'_>) -> Rendered {
    let Some(library) = site
        .corpus
        .library
        .filter(|_| !site.corpus.cited.is_empty())
    else {
        return Ok(Vec::new());
    };
    let cited = cited_in(site);
    let language = &site.corpus.config.language;
    let works = library.list(cited.keys().copied(), language).into_iter();
    let work = |mut reference: crate::model::citation::Reference| {
        // Numbers are those of one text.
        reference.label = None;
        WorkView {
            text_html: references::written(&reference),
            cited_in: cited.get(&*reference.key).cloned().unwrap_or_default(),
            id: reference.id,
        }
    };
    let view = BibliographyView {
        frame: site.frame(Head::new(
            urls::BIBLIOGRAPHY,
            &site.words.say("bibliography"),
        )),
        works: works.map(work).collect(),
    };
    let page = site.theme.render("bibliography.html", &view)?;
    Ok(vec![file(urls::BIBLIOGRAPHY.to_owned(), page)])
}

/// For each key what cites it: briefings, the newest first, then pages.
fn cited_in<'a>(site: &Site<'a>) -> BTreeMap<&'a str, Vec<PageLink>> {
    let mut found: BTreeMap<&str, Vec<PageLink>> = BTreeMap::new();
    let mut add = |path: &Utf8Path, link: PageLink| {
        let cited = site.corpus.cited.get(path);
        for reference in cited.into_iter().flat_map(|cited| &cited.references) {
            let url = format!("{}#{}", link.url, reference.id);
            let list = found.entry(&reference.key).or_default();
            list.push(PageLink {
                url,
                ..link.clone()
            });
        }
    };
    for idx in &site.graph.newest {
        let link = site.article_link(urls::BIBLIOGRAPHY, *idx);
        add(&site.corpus.article(*idx).path, link);
    }
    for page in site.corpus.pages {
        let path = urls::page(&page.slug);
        let link = PageLink {
            label: page.title.clone(),
            language: None,
            url: urls::relative(urls::BIBLIOGRAPHY, &path),
        };
        add(&page.path, link);
    }
    found
}
