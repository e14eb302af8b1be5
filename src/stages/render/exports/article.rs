//! `index.json` beside each briefing.

use serde::Serialize;

use super::{entity_url, json_text, state};
use crate::{
    model::{
        article::Marking,
        catalogue::{ArticleIdx, Resolution},
        graph::TimelineEntry,
    },
    stages::render::{body, site::Site},
    urls,
};

/// A briefing and what was found in it.
#[derive(Serialize)]
struct Briefing<'a> {
    url: String,
    title: &'a str,
    summary: String,
    date: String,
    updated: Option<String>,
    language: &'a str,
    authors: &'a [String],
    topics: &'a [String],
    tags: &'a [String],
    storyline: Option<&'a str>,
    dateline: Option<&'a str>,
    marking: Option<&'static str>,
    words: u32,
    entities: Vec<Named<'a>>,
    dates: Vec<Dated>,
    quotations: Vec<Quoted<'a>>,
    sources: Vec<Source<'a>>,
    references: Vec<Work<'a>>,
    corrections: Vec<Corrected<'a>>,
    related: Vec<String>,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    kind: &'static str,
    state: &'static str,
    url: String,
    count: u32,
    also: &'a [String],
    about: bool,
}

#[derive(Serialize)]
struct Dated {
    /// ISO 8601 or EDTF.
    date: String,
    sentence: String,
}

#[derive(Serialize)]
struct Quoted<'a> {
    text: &'a str,
    speaker: &'a str,
    speaker_url: String,
}

#[derive(Serialize)]
struct Source<'a> {
    title: &'a str,
    url: Option<&'a str>,
    publisher: Option<&'a str>,
    date: Option<String>,
    archive_url: Option<&'a str>,
}

/// A work that the text cites.
#[derive(Serialize)]
struct Work<'a> {
    key: &'a str,
    /// As the style of the site writes it.
    text: &'a str,
    kind: String,
    title: Option<String>,
    authors: Vec<String>,
    /// As precisely as is known.
    date: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    doi: Option<String>,
}

#[derive(Serialize)]
struct Corrected<'a> {
    date: String,
    text: &'a str,
}

/// The path and the text of an article's `index.json`. `dated` are its places in the timeline.
pub(in crate::stages::render) fn article(
    site: &Site<'_>,
    idx: ArticleIdx,
    dated: &[u32],
) -> (String, String) {
    let article = site.corpus.article(idx);
    let (front, config) = (&article.front, site.corpus.config);
    let page = site.article_path(idx);
    let absolute = |page: &str| urls::absolute(&config.base_url, page);
    let node = &site.graph.articles[idx.0 as usize];
    let related = node.related.iter();
    let briefing = Briefing {
        url: absolute(&page),
        title: &front.title,
        summary: site.summary(idx),
        date: front.date.date.to_string(),
        updated: front.updated.map(|moment| moment.date.to_string()),
        language: front.language.as_deref().unwrap_or(&config.language),
        authors: &front.authors,
        topics: &front.topics,
        tags: &front.tags,
        storyline: front.storyline.as_deref(),
        dateline: front.dateline.as_deref(),
        marking: front.marking.map(Marking::as_str),
        words: article.document.word_count,
        entities: named(site, idx),
        dates: dates(site, idx, dated),
        quotations: quoted(site, idx),
        sources: sources(site, idx),
        references: references(site, idx),
        corrections: front
            .corrections
            .iter()
            .map(|c| Corrected {
                date: c.date.to_string(),
                text: &c.text,
            })
            .collect(),
        related: related
            .map(|other| absolute(&site.article_path(other.article)))
            .collect(),
    };
    (
        page.replace("index.html", "index.json"),
        json_text(&briefing),
    )
}

fn named<'a>(site: &Site<'a>, idx: ArticleIdx) -> Vec<Named<'a>> {
    let appearances = &site.graph.articles[idx.0 as usize].appearances;
    appearances
        .iter()
        .map(|appearance| {
            let entity = site.corpus.catalogue.get(appearance.entity);
            Named {
                name: &entity.name,
                kind: entity.kind.as_str(),
                state: state(entity),
                url: entity_url(site, entity),
                count: appearance.count,
                also: &appearance.also,
                about: appearance.about,
            }
        })
        .collect()
}

fn dates(site: &Site<'_>, idx: ArticleIdx, dated: &[u32]) -> Vec<Dated> {
    let entries = dated
        .iter()
        .filter_map(|n| site.graph.timeline.get(*n as usize));
    let view = |entry: &TimelineEntry| Dated {
        date: entry.value.to_string(),
        sentence: body::words(site, idx, entry.sentence),
    };
    entries.map(view).collect()
}

fn quoted<'a>(site: &Site<'a>, idx: ArticleIdx) -> Vec<Quoted<'a>> {
    let n = idx.0 as usize;
    let text = &site.corpus.articles[n].document.text;
    let quotations = site.corpus.extractions[n].quotations.iter();
    quotations
        .filter_map(|quotation| {
            let speaker = site.corpus.resolutions[n].get(quotation.speaker?)?;
            let Resolution::Linked(speaker) = speaker else {
                return None;
            };
            let entity = site.corpus.catalogue.get(*speaker);
            Some(Quoted {
                text: quotation.span.of(text),
                speaker: &entity.name,
                speaker_url: entity_url(site, entity),
            })
        })
        .collect()
}

fn references<'a>(site: &Site<'a>, idx: ArticleIdx) -> Vec<Work<'a>> {
    let node = &site.graph.articles[idx.0 as usize];
    let references = node.targets.cited.references.iter();
    references
        .filter_map(|reference| {
            let facts = site.corpus.library?.facts(&reference.key)?;
            Some(Work {
                key: &reference.key,
                text: &reference.text,
                kind: facts.kind,
                title: facts.title,
                authors: facts.authors,
                date: facts.date,
                publisher: facts.publisher,
                url: facts.url,
                doi: facts.doi,
            })
        })
        .collect()
}

fn sources<'a>(site: &Site<'a>, idx: ArticleIdx) -> Vec<Source<'a>> {
    let sources = site.corpus.article(idx).front.sources.iter();
    sources
        .map(|source| Source {
            title: &source.title,
            url: source.url.as_deref(),
            publisher: source.publisher.as_deref(),
            date: source.date.map(|date| date.to_string()),
            archive_url: source.archive_url.as_deref(),
        })
        .collect()
}
