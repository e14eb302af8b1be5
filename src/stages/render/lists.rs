//! Home, and the page of the search.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    indexes,
    site::{Head, Site},
    words,
};
use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        entity::EntityKind,
        graph::Term,
    },
    urls,
    views::{HomeView, KindLetters, Pager, SearchView, TermLink},
};

/// Entities in a panel.
const PANEL: usize = 12;
/// Newest articles of which the most named are shown.
const LATELY: usize = 30;

/// The path of a page of the home list, from 1.
pub(super) fn home_path(page: usize) -> String {
    if page == 1 {
        "index.html".to_owned()
    } else {
        format!("page/{page}/index.html")
    }
}

/// How many pages the home list has.
pub(super) fn home_pages(site: &Site<'_>) -> usize {
    site.graph
        .newest
        .len()
        .div_ceil(site.corpus.config.paginate)
        .max(1)
}

pub(super) fn home(site: &Site<'_>, number: usize) -> HomeView {
    let (path, size) = (home_path(number), site.corpus.config.paginate);
    let pages = home_pages(site);
    let newest = &site.graph.newest;
    let own: Vec<ArticleIdx> = newest
        .iter()
        .skip((number - 1) * size)
        .take(size)
        .copied()
        .collect();
    let (lead, rest) = match own.split_first() {
        Some((lead, rest)) if number == 1 => (Some(site.card(&path, *lead)), rest),
        _ => (None, own.as_slice()),
    };
    let neighbour = |n: usize| urls::relative(&path, &home_path(n));
    let mut storylines: Vec<TermLink> = links(site, &path, "storylines", &site.graph.storylines);
    storylines.sort_by_key(|term| Reverse(term.count));
    let lately = &newest[..newest.len().min(LATELY)];
    let title = site.words.fill("page", &[("page", &number.to_string())]);
    HomeView {
        frame: site.frame(Head {
            description: site.corpus.config.description.clone(),
            ..Head::new(&path, &title)
        }),
        lead,
        articles: rest.iter().map(|idx| site.card(&path, *idx)).collect(),
        pager: Pager {
            page: number,
            pages,
            newer: (number > 1).then(|| neighbour(number - 1)),
            older: (number < pages).then(|| neighbour(number + 1)),
        },
        storylines,
        topics: links(site, &path, "topics", &site.graph.topics),
        in_the_news: entries(site, &path, &site.most_named(lately, PANEL)),
        kinds: site.kind_counts(&path, None),
        article_count: newest.len(),
    }
}

pub(super) fn entries(
    site: &Site<'_>,
    path: &str,
    named: &[(EntityIdx, usize)],
) -> Vec<crate::views::IndexEntry> {
    named
        .iter()
        .map(|(entity, count)| site.index_entry(path, *entity, *count))
        .collect()
}

/// All terms of a family, by label.
pub(super) fn links(
    site: &Site<'_>,
    from: &str,
    family: &str,
    terms: &BTreeMap<String, Term>,
) -> Vec<TermLink> {
    let mut links: Vec<TermLink> = terms
        .keys()
        .filter_map(|slug| site.term_link(from, family, slug, terms))
        .collect();
    links.sort_by_cached_key(|term| site.order.key(&term.label));
    links
}

/// The search page, with what can be browsed beside it.
pub(super) fn search(site: &Site<'_>) -> SearchView {
    let path = "search/index.html";
    let kinds = EntityKind::ALL.map(|kind| KindLetters {
        kind: kind.as_str(),
        label: words::kinds_label(site, kind),
        letters: indexes::letter_links(site, path, kind),
    });
    SearchView {
        frame: site.frame(Head::new(path, &site.words.say("search"))),
        kinds: site.kind_counts(path, None),
        letters: kinds
            .into_iter()
            .filter(|kind| !kind.letters.is_empty())
            .collect(),
        topics: links(site, path, "topics", &site.graph.topics),
        storylines: links(site, path, "storylines", &site.graph.storylines),
        article_count: site.graph.newest.len(),
    }
}
