//! Feeds, the sitemap and robots.txt.

use std::cmp::Reverse;

use serde::Serialize;
use serde_json::json;

use super::{article, entity, languages, site::Site};
use crate::{
    model::{
        article::Correction,
        catalogue::{ArticleIdx, EntityIdx},
        graph::Term,
    },
    text::html::escape,
    urls,
};

/// Articles in a feed.
const IN_FEED: usize = 30;
/// Path of the feed of corrections.
pub(super) const CORRECTIONS: &str = "corrections/feed.xml";

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
    /// Language, where it is not the feed's.
    pub language: Option<String>,
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

/// A feed before its entries are made.
pub(super) struct Feed<'a> {
    pub(super) title: String,
    /// Path of its Atom file.
    pub(super) path: String,
    /// Path of the page that it belongs to.
    page: String,
    /// The language of its articles, where it is of one.
    language: Option<String>,
    /// Newest first.
    articles: &'a [ArticleIdx],
}

/// The feed of all articles.
pub(super) fn of_site<'a>(site: &Site<'a>) -> Feed<'a> {
    Feed {
        title: site.corpus.config.title.clone(),
        path: "feed.xml".to_owned(),
        page: "index.html".to_owned(),
        language: None,
        articles: &site.graph.newest,
    }
}

/// The feed of a topic.
pub(super) fn of_topic<'a>(site: &Site<'_>, slug: &str, topic: &'a Term) -> Feed<'a> {
    let page = urls::term("topics", slug);
    Feed {
        title: format!("{}: {}", site.corpus.config.title, topic.label),
        path: page.replace("index.html", "feed.xml"),
        page,
        language: None,
        articles: &topic.articles,
    }
}

/// The feed of the articles in a language, which is called `name`.
pub(super) fn of_language<'a>(
    site: &Site<'_>,
    tag: &str,
    name: &str,
    page: String,
    articles: &'a [ArticleIdx],
) -> Feed<'a> {
    Feed {
        title: format!("{}: {name}", site.corpus.config.title),
        path: urls::language_feed(tag),
        page,
        language: Some(tag.to_owned()),
        articles,
    }
}

/// The feed of an entity, if there is something to follow.
pub(super) fn of_entity<'a>(site: &Site<'a>, idx: EntityIdx) -> Option<Feed<'a>> {
    let entity = site.corpus.catalogue.get(idx);
    let node = &site.graph.entities[idx.0 as usize];
    entity::has_feed(node).then(|| Feed {
        title: site.words.fill("feed_of", &[("name", &entity.name)]),
        path: entity::feed_path(entity),
        page: urls::entity(entity),
        language: None,
        articles: &node.articles,
    })
}

/// All corrections, newest first, each with its article. Its ordinal counts from the article's first,
/// and stays as it is when more come.
pub(super) fn corrections<'a>(site: &Site<'a>) -> Vec<(ArticleIdx, usize, &'a Correction)> {
    let mut found = Vec::new();
    for idx in &site.graph.newest {
        let own = article::newest_corrections(site.corpus.article(*idx));
        let last = own.len();
        let own = own.into_iter().enumerate();
        found.extend(own.map(|(n, correction)| (*idx, last - n, correction)));
    }
    // Within a day the newest article first, as they came.
    found.sort_by_key(|(_, _, correction)| Reverse(correction.date));
    found
}

/// The feed of corrections, without its entries, which are no articles.
fn corrections_feed<'a>(site: &Site<'a>) -> Feed<'a> {
    Feed {
        title: site
            .words
            .fill("corrections_of", &[("site", &site.corpus.config.title)]),
        path: CORRECTIONS.to_owned(),
        page: urls::page("corrections"),
        language: None,
        articles: &[],
    }
}

/// The feed of corrections.
pub(super) fn of_corrections(site: &Site<'_>) -> FeedView {
    let entries = corrections(site).into_iter().take(IN_FEED);
    let entry = |(idx, ordinal, correction): (ArticleIdx, usize, &Correction)| {
        let own = entry(site, idx);
        // Its day, from its first moment on.
        let day = format!("{}T00:00:00Z", correction.date);
        FeedEntry {
            title: site.words.fill("correction_of", &[("title", &own.title)]),
            url: format!("{}#correction-{ordinal}", own.url),
            published: day.clone(),
            updated: day,
            summary: clean(&correction.text),
            ..own
        }
    };
    let entries: Vec<FeedEntry> = entries.map(entry).collect();
    with_entries(site, &corrections_feed(site), entries)
}

/// A feed with its entries.
pub(super) fn view(site: &Site<'_>, feed: &Feed<'_>) -> FeedView {
    let articles = feed.articles.iter().take(IN_FEED);
    let entries = articles.map(|idx| entry(site, *idx)).collect();
    with_entries(site, feed, entries)
}

fn with_entries(site: &Site<'_>, feed: &Feed<'_>, mut entries: Vec<FeedEntry>) -> FeedView {
    let Feed {
        title, path, page, ..
    } = feed;
    let config = site.corpus.config;
    let language = feed.language.as_ref().unwrap_or(&config.language);
    for entry in &mut entries {
        entry.language = entry.language.take().filter(|own| own != language);
    }
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
        language: language.clone(),
        entries,
    }
}

fn entry(site: &Site<'_>, idx: ArticleIdx) -> FeedEntry {
    let article = site.corpus.article(idx);
    let front = &article.front;
    let language = front.language.as_ref();
    FeedEntry {
        language: Some(language.unwrap_or(&site.corpus.config.language).clone()),
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

/// The entries of the sitemap for the pages at `paths`.
pub(super) fn sitemap(site: &Site<'_>, paths: &[String]) -> Vec<SitemapEntry> {
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
    paths.iter().map(entry).collect()
}

/// `robots.txt`
pub(super) fn robots(site: &Site<'_>) -> String {
    format!(
        "User-agent: *\nAllow: /\nSitemap: {}/sitemap.xml\n",
        site.corpus.config.base_url
    )
}

/// A feed as JSON Feed 1.1.
pub(super) fn json_feed(feed: &FeedView) -> String {
    let item = |entry: &FeedEntry| {
        let authors: Vec<_> = entry
            .authors
            .iter()
            .map(|name| json!({"name": name}))
            .collect();
        let mut item = json!({
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_text": entry.summary,
            "date_published": entry.published,
            "date_modified": entry.updated,
            "authors": authors,
            "tags": entry.categories,
        });
        if let Some(language) = &entry.language {
            item["language"] = json!(language);
        }
        item
    };
    let json = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url.replace("feed.xml", "feed.json"),
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    });
    json.to_string() + "\n"
}

/// `feeds.opml`: all feeds of the site, for feed readers.
pub(super) fn opml(site: &Site<'_>) -> String {
    let config = site.corpus.config;
    let outline = |feed: &Feed<'_>| {
        format!(
            "<outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}/{2}\" htmlUrl=\"{3}\"/>\n",
            escape(&clean(&feed.title)),
            escape(&config.base_url),
            escape(&feed.path),
            escape(&urls::absolute(&config.base_url, &feed.page)),
        )
    };
    let topics = site.graph.topics.iter();
    let topics = topics.map(|(slug, topic)| of_topic(site, slug, topic));
    let entities = site.corpus.catalogue.indices();
    let entities = entities.filter_map(|idx| of_entity(site, idx));
    let feeds = std::iter::once(of_site(site)).chain(topics).chain(entities);
    let languages = site.graph.languages.keys();
    let languages = languages.filter_map(|tag| languages::feed(site, tag));
    let feeds = feeds.chain(languages).chain([corrections_feed(site)]);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        escape(&clean(&config.title))
    );
    out.extend(feeds.map(|feed| outline(&feed)));
    out + "</body>\n</opml>\n"
}
