//! Link: the one barrier. Everything that needs the whole corpus is computed here.
//!
//! Input: all articles with their mentions and what those mean. Output: the [`SiteGraph`] and the
//! diagnostics of links that lead nowhere. Nothing is quadratic: related articles and
//! co-occurrence are bounded through inverted indexes and a limit for each article.

pub(crate) mod address;
mod anchors;
mod appearances;
mod broken;
mod charts;
mod cooccurrence;
mod entities;
pub mod external;
mod grid;
mod languages;
mod redirects;
mod registry;
mod related;
pub mod remembered;
mod sheets;
mod targets;
mod terms;
mod timeline;
mod translations;

pub use anchors::marks;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use camino::Utf8PathBuf;

use crate::{
    config::Config,
    diagnostic::Diagnostic,
    model::{
        address::Remembered,
        article::{Article, Extra, RedactedArticle},
        catalogue::{ArticleIdx, Catalogue, Resolution},
        citation::Cited,
        extraction::{Extraction, Marks},
        graph::{ArticleNode, SiteGraph, Targets},
        page::Page,
        source::Table,
    },
    references::Library,
    stages::resolve::knowledge_base::KnowledgeBase,
};

/// The whole corpus, as the stages before left it.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// The visible articles, by path.
    pub articles: &'a [Arc<Article>],
    /// What each names.
    pub extractions: &'a [Arc<Extraction>],
    /// Where its mentions can be marked.
    pub marks: &'a [Arc<Marks>],
    /// What each mention means.
    pub resolutions: &'a [Vec<Resolution>],
    /// The entities.
    pub catalogue: &'a Catalogue,
    /// The registry.
    pub kb: &'a KnowledgeBase,
    /// The works that the site may cite.
    pub library: Option<&'a Library>,
    /// What each published file cites, by its path.
    pub cited: &'a BTreeMap<Utf8PathBuf, Cited>,
    /// About, methods and so on.
    pub pages: &'a [Page],
    /// Paths below the content folder that are copied to the output.
    pub assets: &'a BTreeSet<Utf8PathBuf>,
    /// The data files, for charts and tables.
    pub tables: &'a [Table],
    /// The addresses of articles of which no more than a notice is published.
    pub redacted: &'a [RedactedArticle],
    /// Slugs and file names of articles, ids and names of entities, that exist and are not published
    /// now.
    pub hidden: &'a BTreeSet<String>,
    /// Files of articles that are not published now.
    pub hidden_files: &'a BTreeSet<Utf8PathBuf>,
    /// The addresses that the site has published.
    pub remembered: &'a [Remembered],
    /// Slugs and file names of what cannot be read, which has been reported.
    pub failed: &'a BTreeSet<String>,
    /// The site's settings.
    pub config: &'a Config,
}

impl<'a> Corpus<'a> {
    /// The article at `idx`.
    ///
    /// # Panics
    /// When `idx` is not of this corpus, which is a bug in the caller.
    #[must_use]
    pub fn article(&self, idx: ArticleIdx) -> &'a Article {
        &self.articles[idx.0 as usize]
    }

    fn indices(&self) -> impl Iterator<Item = ArticleIdx> + use<> {
        (0..u32::try_from(self.articles.len()).unwrap_or(u32::MAX)).map(ArticleIdx)
    }
}

/// Links the corpus.
#[must_use]
pub fn graph(corpus: &Corpus<'_>) -> (SiteGraph, Vec<Diagnostic>) {
    let newest = newest_first(corpus);
    let mut problems = Vec::new();
    let mut redirects = redirects::redirects(corpus, &mut problems);
    let new_addresses = remembered::add(corpus, &mut redirects, &mut problems);
    let addresses = targets::Addresses::of(corpus, &redirects);
    let mut nodes = Vec::with_capacity(corpus.articles.len());
    let mut named = Vec::with_capacity(corpus.articles.len());
    for idx in corpus.indices() {
        let (targets, lead_image) = targets::of_article(corpus, &addresses, idx, &mut problems);
        let names = appearances::named(corpus, idx, &targets.wikilinks);
        nodes.push(ArticleNode {
            appearances: appearances::appearances(corpus, &addresses, idx, &names, &mut problems),
            ambiguous: appearances::ambiguous(corpus, idx),
            anchors: anchors::anchors(
                &corpus.article(idx).document,
                &names,
                &corpus.marks[idx.0 as usize],
            ),
            targets,
            key_points: key_points(corpus, &addresses, idx, &mut problems),
            data: data(corpus, idx, &mut problems),
            lead_image,
            related: Vec::new(),
            translations: Vec::new(),
            linked_from: Vec::new(),
        });
        named.push(names);
    }
    targets::link_back(&mut nodes, &newest);
    translations::add(corpus, &addresses, &mut nodes, &mut problems);
    let storylines = terms::storylines(corpus, &newest);
    for (idx, related) in related::related(corpus, &nodes) {
        nodes[idx.0 as usize].related = related;
    }
    let timeline = timeline::timeline(corpus, &named);
    let mut entities = entities::nodes(corpus, &nodes, &named, &timeline, &newest);
    entities::add_profiles(corpus, &addresses, &mut entities, &mut problems);
    registry::relate(corpus, &addresses, &mut entities);
    let pages = corpus.pages.iter().map(|page| {
        targets::of_document(
            corpus,
            &addresses,
            &page.path,
            &page.document,
            &mut problems,
        )
    });
    let pages = pages.collect();
    let page_data = corpus.pages.iter();
    let page_data = page_data
        .map(|page| sheets::named(corpus, &page.path, &page.data, &mut problems))
        .collect();
    let graph = SiteGraph {
        pages,
        page_data,
        redirects,
        new_addresses,
        entities,
        timeline,
        topics: terms::topics(corpus, &newest),
        tags: terms::tags(corpus, &newest),
        storylines,
        languages: languages::languages(corpus, &newest),
        newest,
        articles: nodes,
    };
    (graph, problems)
}

/// Where the links of an article's key points lead.
fn key_points(
    corpus: &Corpus<'_>,
    addresses: &targets::Addresses<'_>,
    idx: ArticleIdx,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Targets> {
    let article = corpus.article(idx);
    let points = article.key_points.iter();
    points
        .map(|point| targets::of_document(corpus, addresses, &article.path, point, problems))
        .collect()
}

/// What an article's front matter names of the data.
fn data(
    corpus: &Corpus<'_>,
    idx: ArticleIdx,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Extra> {
    let article = corpus.article(idx);
    sheets::named(corpus, &article.path, &article.front.data, problems)
}

fn newest_first(corpus: &Corpus<'_>) -> Vec<ArticleIdx> {
    let mut newest: Vec<ArticleIdx> = corpus.indices().collect();
    newest.sort_by_key(|idx| {
        let article = corpus.article(*idx);
        (Reverse(article.front.date), &article.path)
    });
    newest
}
