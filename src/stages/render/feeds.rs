//! Feeds, the sitemap, robots.txt and the search index.

use serde::Serialize;

use super::{entity, site::Site, words};
use crate::{
    model::{catalogue::ArticleIdx, document::BlockKind},
    urls,
};

/// Articles in a feed.
const IN_FEED: usize = 30;
/// Words of an article that can be searched, beside its title and names.
const SEARCHABLE: usize = 60;

/// `atom.xml`: a feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedView {
    /// The feed's title.
    pub title: String,
    /// Its own address.
    pub self_url: String,
    /// The page it belongs to.
    pub page_url: String,
    /// When its newest entry changed.
    pub updated: String,
    /// Who publishes it.
    pub author: String,
    /// Language.
    pub language: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// An article in a feed.
#[derive(Debug, Clone, Serialize)]
pub struct FeedEntry {
    /// Headline.
    pub title: String,
    /// Address.
    pub url: String,
    /// When it was published.
    pub published: String,
    /// When it changed.
    pub updated: String,
    /// Standfirst.
    pub summary: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Topics and tags.
    pub categories: Vec<String>,
}

/// A feed of `articles` (newest first) that belongs to the page at `page`.
pub(super) fn feed(
    site: &Site<'_>,
    title: &str,
    path: &str,
    page: &str,
    articles: &[ArticleIdx],
) -> FeedView {
    let config = site.corpus.config;
    let entries: Vec<FeedEntry> = articles
        .iter()
        .take(IN_FEED)
        .map(|idx| entry(site, *idx))
        .collect();
    let updated = entries.iter().map(|entry| entry.updated.clone()).max();
    FeedView {
        title: clean(title),
        self_url: format!("{}/{path}", config.base_url),
        page_url: urls::absolute(&config.base_url, page),
        updated: updated.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        author: config
            .author
            .clone()
            .unwrap_or_else(|| config.title.clone()),
        language: config.language.clone(),
        entries,
    }
}

fn entry(site: &Site<'_>, idx: ArticleIdx) -> FeedEntry {
    let article = site.corpus.article(idx);
    let front = &article.front;
    FeedEntry {
        title: clean(&front.title),
        url: urls::absolute(&site.corpus.config.base_url, &site.article_path(idx)),
        published: front.date.instant.to_string(),
        updated: front.updated.unwrap_or(front.date).instant.to_string(),
        summary: clean(&site.summary(idx)),
        authors: front.authors.iter().map(|author| clean(author)).collect(),
        categories: front
            .topics
            .iter()
            .chain(&front.tags)
            .map(|term| clean(term))
            .collect(),
    }
}

/// Without characters that XML 1.0 does not allow.
fn clean(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars()
        .filter(allowed)
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

/// `sitemap.xml`: all pages.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapView {
    /// The pages, by address.
    pub pages: Vec<SitemapEntry>,
}

/// A page in the sitemap.
#[derive(Debug, Clone, Serialize)]
pub struct SitemapEntry {
    /// Address.
    pub url: String,
    /// Day of the last change, for articles.
    pub updated: Option<String>,
}

/// The sitemap over the pages at `paths`.
pub(super) fn sitemap(site: &Site<'_>, paths: &[String]) -> SitemapView {
    let articles: std::collections::BTreeMap<String, String> = site
        .graph
        .newest
        .iter()
        .map(|idx| {
            let front = &site.corpus.article(*idx).front;
            (
                site.article_path(*idx),
                front.updated.unwrap_or(front.date).date.to_string(),
            )
        })
        .collect();
    let entry = |path: &String| SitemapEntry {
        url: urls::absolute(&site.corpus.config.base_url, path),
        updated: articles.get(path).cloned(),
    };
    SitemapView {
        pages: paths.iter().map(entry).collect(),
    }
}

/// `robots.txt`
pub(super) fn robots(site: &Site<'_>) -> String {
    format!(
        "User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n",
        site.corpus.config.base_url
    )
}

/// The search index as a script, so that search works from a disk as well: rows of title,
/// address, kind, date, further words.
pub(super) fn search_index(site: &Site<'_>) -> String {
    let mut rows: Vec<(String, String, &str, String, String)> = Vec::new();
    for idx in &site.graph.newest {
        let article = site.corpus.article(*idx);
        let names = &site.graph.articles[idx.0 as usize].appearances;
        let names = names
            .iter()
            .map(|a| site.corpus.catalogue.get(a.entity).name.as_str());
        let terms = article
            .front
            .topics
            .iter()
            .chain(&article.front.tags)
            .map(String::as_str);
        let words: Vec<&str> = names.chain(terms).chain(first_words(article)).collect();
        rows.push((
            article.front.title.clone(),
            site.article_path(*idx),
            "briefing",
            article.front.date.date.to_string(),
            words.join(" "),
        ));
    }
    for entity in &site.corpus.catalogue.entities {
        let words = entity.aliases.join(" ");
        let kind = words::kind(entity.kind);
        rows.push((
            entity.name.clone(),
            urls::entity(entity),
            kind,
            String::new(),
            words,
        ));
    }
    // "</" would end a script element, should somebody inline it.
    let json = serde_json::to_string(&rows)
        .unwrap_or_default()
        .replace("</", "<\\/");
    format!("window.DATELINE_INDEX={json};\n")
}

fn first_words(article: &crate::model::article::Article) -> impl Iterator<Item = &str> {
    let prose = article
        .document
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Paragraph);
    prose
        .flat_map(|block| block.span.of(&article.document.text).split_whitespace())
        .take(SEARCHABLE)
}

/// The feeds of entities: path, title, page and articles.
pub(super) fn of_entities<'a>(
    site: &Site<'a>,
) -> impl Iterator<Item = (String, String, String, &'a [ArticleIdx])> + use<'a> {
    let (catalogue, graph) = (site.corpus.catalogue, site.graph);
    catalogue
        .entities
        .iter()
        .zip(&graph.entities)
        .filter(|(_, node)| entity::has_feed(node))
        .map(|(entity, node)| {
            let title = format!("Briefings that name {}", entity.name);
            (
                entity::feed_path(entity),
                title,
                urls::entity(entity),
                node.articles.as_slice(),
            )
        })
}
