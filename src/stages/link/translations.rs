//! Articles that say the same in several languages.
//!
//! Input: the `translation_of:` of all articles. Output: for each article the others of its group, by
//! language, and a diagnostic for each that names no article, or is in a language that its group has.

use std::collections::BTreeMap;

use super::{Corpus, targets::Addresses};
use crate::{
    diagnostic::{Code, Diagnostic},
    model::{article::Article, catalogue::ArticleIdx, graph::ArticleNode, span::Span},
};

/// Fills in the translations of each article.
pub(super) fn add(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    nodes: &mut [ArticleNode],
    problems: &mut Vec<Diagnostic>,
) {
    let originals: BTreeMap<ArticleIdx, ArticleIdx> = corpus
        .indices()
        .filter_map(|idx| Some((idx, original(corpus, addresses, idx, problems)?)))
        .collect();
    let mut groups: BTreeMap<ArticleIdx, BTreeMap<String, ArticleIdx>> = BTreeMap::new();
    for first in originals.values() {
        let first = root(&originals, *first);
        let language = language(corpus, first).to_lowercase();
        groups.entry(first).or_default().insert(language, first);
    }
    for idx in originals.keys() {
        let group = groups.entry(root(&originals, *idx)).or_default();
        let other = *group
            .entry(language(corpus, *idx).to_lowercase())
            .or_insert(*idx);
        if other != *idx {
            problems.push(same_language(corpus, *idx, other));
        }
    }
    for group in groups.values() {
        for idx in group.values() {
            let others = group.values().copied().filter(|other| other != idx);
            nodes[idx.0 as usize].translations = others.collect();
        }
    }
}

/// The language of an article's text.
fn language<'a>(corpus: &Corpus<'a>, idx: ArticleIdx) -> &'a str {
    let own = corpus.article(idx).front.language.as_deref();
    own.unwrap_or(&corpus.config.language)
}

/// The article of which this one says that it is a translation.
fn original(
    corpus: &Corpus<'_>,
    addresses: &Addresses<'_>,
    idx: ArticleIdx,
    problems: &mut Vec<Diagnostic>,
) -> Option<ArticleIdx> {
    let article = corpus.article(idx);
    let slug = article.front.translation_of.as_deref()?.trim();
    let found = addresses.articles_by_slug.get(slug).copied();
    if found.is_none() && !corpus.failed.contains(slug) && !corpus.hidden.contains(slug) {
        let message = format!("there is no briefing `{slug}`");
        let slugs = addresses.articles_by_slug.keys().copied();
        let problem = Diagnostic::error(
            Code::TranslationUnknown,
            article.path.clone(),
            place(article),
            message,
        );
        let problem = problem.did_you_mean(slug, slugs);
        problems.push(problem.hint("write the slug of the briefing that this one translates"));
    }
    found.filter(|found| *found != idx)
}

/// The first of a group. Articles that translate each other in a circle have the smallest one.
fn root(originals: &BTreeMap<ArticleIdx, ArticleIdx>, from: ArticleIdx) -> ArticleIdx {
    let mut way = vec![from];
    let mut at = from;
    while let Some(next) = originals.get(&at) {
        if let Some(start) = way.iter().position(|seen| seen == next) {
            return way[start..].iter().min().copied().unwrap_or(from);
        }
        way.push(*next);
        at = *next;
    }
    at
}

fn same_language(corpus: &Corpus<'_>, idx: ArticleIdx, other: ArticleIdx) -> Diagnostic {
    let article = corpus.article(idx);
    let message = format!(
        "this is in the language of {}, which says the same (`{}`)",
        corpus.article(other).path,
        language(corpus, idx)
    );
    Diagnostic::error(
        Code::TranslationLanguage,
        article.path.clone(),
        place(article),
        message,
    )
    .hint("set `language:` to the language of this text")
}

fn place(article: &Article) -> Option<Span> {
    article.front_spans.get("translation_of").copied()
}
