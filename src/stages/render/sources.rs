//! Which files of the content a rendered file is made from, for the manifest.

use camino::Utf8PathBuf;

use super::{Job, Site, notices};
use crate::model::{
    catalogue::{ArticleIdx, EntityIdx, EntityKey},
    graph::Target,
};

/// The files whose own page a job renders. None where a page is made from many, as lists are: they
/// would name every file. All are of what is published, since nothing else reaches the corpus.
#[must_use]
pub fn sources(site: &Site<'_>, job: &Job) -> Vec<Utf8PathBuf> {
    match job {
        Job::Article(idx, ..) | Job::Redirect(_, Target::Article(idx, _)) => article(site, *idx),
        Job::Entity(idx) | Job::Redirect(_, Target::Entity(idx)) => entity(site, *idx),
        Job::Page(n) => site
            .corpus
            .pages
            .get(*n)
            .map(|page| page.path.clone())
            .into_iter()
            .collect(),
        Job::Notices => {
            let pages = site.corpus.pages.iter();
            let own = pages.filter(|page| notices::SLUGS.contains(&&*page.slug));
            own.map(|page| page.path.clone()).collect()
        }
        _ => Vec::new(),
    }
}

fn article(site: &Site<'_>, idx: ArticleIdx) -> Vec<Utf8PathBuf> {
    vec![site.corpus.article(idx).path.clone()]
}

/// A name that the program found has no file of its own.
fn entity(site: &Site<'_>, idx: EntityIdx) -> Vec<Utf8PathBuf> {
    let EntityKey::Registry(id) = &site.corpus.catalogue.get(idx).key else {
        return Vec::new();
    };
    let registered = site.corpus.kb.get(id);
    registered
        .map(|entity| entity.path.clone())
        .into_iter()
        .collect()
}
