//! The sentences that name an entity, over as many pages as it takes.
//!
//! Input: an entity's backlinks, newest article first. Output: stretches of them that fit on a page,
//! and their views. Every sentence stands on one page.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        graph::{Backlink, EntityNode},
    },
    stages::render::{body, site::Site},
    urls,
    views::{BacklinkView, EntityGroup, TermLink},
};

/// Bytes of HTML that the sentences of one page may take, about.
const PAGE: usize = 130_000;
/// Bytes of HTML around a sentence, and around an article's sentences.
const MARKUP: (usize, usize) = (260, 420);
/// Sentences of an article that are shown unfolded.
const UNFOLDED: usize = 6;

/// Sentences of one article on one page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    article: ArticleIdx,
    /// Which of the entity's backlinks.
    backlinks: Range<usize>,
}

/// The stretches of each page; there is one page at least.
pub(super) fn pages(node: &EntityNode) -> Vec<Vec<Stretch>> {
    let mut pages: Vec<Vec<Stretch>> = vec![Vec::new()];
    let mut size = 0;
    let mut at = 0;
    for article in &node.articles {
        let own = node.backlinks[at..].iter();
        let end = at
            + own
                .take_while(|backlink| backlink.article == *article)
                .count();
        // An article that only its front matter binds to the entity has no sentence, and is listed.
        loop {
            if size >= PAGE {
                pages.push(Vec::new());
                size = 0;
            }
            let start = at;
            size += MARKUP.1;
            while at < end && (size < PAGE || at == start) {
                size += node.backlinks[at].sentence.len() + MARKUP.0;
                at += 1;
            }
            if let Some(page) = pages.last_mut() {
                page.push(Stretch {
                    article: *article,
                    backlinks: start..at,
                });
            }
            if at == end {
                break;
            }
        }
    }
    pages
}

/// The articles of a page with their sentences; the first of each year says so.
pub(super) fn groups(
    site: &Site<'_>,
    page: &str,
    idx: EntityIdx,
    own: &[Stretch],
) -> Vec<EntityGroup> {
    let node = &site.graph.entities[idx.0 as usize];
    let mut last = None;
    own.iter()
        .map(|stretch| {
            let year = year(site, stretch.article);
            let first = last.replace(year) != Some(year);
            let mut sentences: Vec<BacklinkView> = node.backlinks[stretch.backlinks.clone()]
                .iter()
                .map(|backlink| view(site, page, backlink))
                .collect();
            let folded = sentences.split_off(sentences.len().min(UNFOLDED));
            EntityGroup {
                article: site.card(page, stretch.article),
                year: first.then(|| year.to_string()),
                more: folded.len(),
                sentences,
                folded,
            }
        })
        .collect()
}

/// The years in which articles name the entity, newest first, each with the place where it begins.
pub(super) fn years(
    site: &Site<'_>,
    page: &str,
    paths: &[String],
    pages: &[Vec<Stretch>],
) -> Vec<TermLink> {
    let mut found: BTreeMap<i16, (usize, Vec<ArticleIdx>)> = BTreeMap::new();
    for (n, stretches) in pages.iter().enumerate() {
        for stretch in stretches {
            let (_, articles) = found
                .entry(year(site, stretch.article))
                .or_insert_with(|| (n, Vec::new()));
            if articles.last() != Some(&stretch.article) {
                articles.push(stretch.article);
            }
        }
    }
    let link = |(year, (n, articles)): (&i16, &(usize, Vec<ArticleIdx>))| TermLink {
        label: year.to_string(),
        url: match paths[*n] == page {
            true => format!("#y{year}"),
            false => format!("{}#y{year}", urls::relative(page, &paths[*n])),
        },
        count: articles.len(),
    };
    found.iter().rev().map(link).collect()
}

fn year(site: &Site<'_>, article: ArticleIdx) -> i16 {
    site.corpus.article(article).front.date.date.year()
}

fn view(site: &Site<'_>, page: &str, backlink: &Backlink) -> BacklinkView {
    let article = urls::relative(page, &site.article_path(backlink.article));
    let anchors = &site.graph.articles[backlink.article.0 as usize].anchors;
    let named = backlink.names.first();
    let anchor = anchors.iter().find(|anchor| Some(&anchor.text) == named);
    let url = match anchor {
        Some(anchor) => format!(
            "{article}#{}",
            body::fragment(site, anchor.entity, anchor.ordinal)
        ),
        None => article,
    };
    let sentence_html = body::passage(site, backlink.article, backlink.sentence, &backlink.names);
    BacklinkView { sentence_html, url }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::span::Span;

    fn backlink(article: u32, bytes: usize) -> Backlink {
        Backlink {
            article: ArticleIdx(article),
            sentence: Span::new(0, bytes),
            names: Vec::new(),
            anchor: None,
        }
    }

    fn node(articles: &[u32], backlinks: Vec<Backlink>) -> EntityNode {
        EntityNode {
            articles: articles.iter().map(|n| ArticleIdx(*n)).collect(),
            backlinks,
            ..EntityNode::default()
        }
    }

    #[test]
    fn every_sentence_stands_on_one_page() {
        let many: Vec<Backlink> = (0..3000).map(|n| backlink(n / 1000, 200)).collect();
        let pages = pages(&node(&[0, 1, 2, 3], many));
        let seen: Vec<usize> = pages
            .iter()
            .flatten()
            .flat_map(|stretch| stretch.backlinks.clone())
            .collect();
        assert_eq!(seen, (0..3000).collect::<Vec<_>>());
        // The article without a sentence is on the last page.
        assert_eq!(
            pages.last().and_then(|page| page.last()).map(|s| s.article),
            Some(ArticleIdx(3))
        );
        assert!(pages.len() > 5);
        for page in pages {
            let sentences: usize = page.iter().map(|stretch| stretch.backlinks.len()).sum();
            assert!(sentences * (200 + MARKUP.0) < PAGE + 1000, "{sentences}");
        }
    }

    #[test]
    fn few_sentences_take_one_page() {
        assert_eq!(pages(&node(&[0], vec![backlink(0, 80)])).len(), 1);
        assert_eq!(pages(&node(&[], Vec::new())), vec![Vec::new()]);
        // One sentence that is longer than a page still has its place.
        assert_eq!(pages(&node(&[0], vec![backlink(0, 2 * PAGE)])).len(), 1);
    }
}
