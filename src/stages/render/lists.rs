//! Home, indexes, terms, storylines, search.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    article,
    site::{Head, Site},
    words,
};
use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        entity::EntityKind,
        graph::{ArticleNode, Term},
    },
    text::fold::fold,
    urls,
    views::{
        EntityIndexView, HomeView, KindLetters, LetterGroup, PageLink, Pager, SearchView,
        StorylineView, TermIndexView, TermLink, TermView,
    },
};

/// Entities in a panel.
const PANEL: usize = 12;
/// Newest articles of which the most named are shown.
const LATELY: usize = 30;
/// Dated sentences of a storyline.
const STORYLINE_DATES: usize = 60;

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
    let title = format!("Page {number}");
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

fn entries(
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
    links.sort_by_key(|term| fold(&term.label));
    links
}

pub(super) fn entity_index(site: &Site<'_>, kind: EntityKind) -> EntityIndexView {
    let path = urls::entity_index(kind);
    let catalogue = site.corpus.catalogue;
    let count = |idx: EntityIdx| site.graph.entities[idx.0 as usize].articles.len();
    let own: Vec<EntityIdx> = catalogue
        .indices()
        .filter(|i| catalogue.get(*i).kind == kind)
        .collect();
    let mut top: Vec<(EntityIdx, usize)> = own
        .iter()
        .map(|idx| (*idx, count(*idx)))
        .filter(|(_, count)| *count > 1)
        .collect();
    top.sort_by_key(|(idx, count)| (Reverse(*count), *idx));
    top.truncate(PANEL);
    let mut letters: BTreeMap<String, Vec<EntityIdx>> = BTreeMap::new();
    for idx in &own {
        letters
            .entry(letter(&catalogue.get(*idx).name))
            .or_default()
            .push(*idx);
    }
    let group = |(letter, mut entities): (String, Vec<EntityIdx>)| {
        entities.sort_by_cached_key(|idx| (fold(&catalogue.get(*idx).name), *idx));
        let named: Vec<(EntityIdx, usize)> = entities.iter().map(|i| (*i, count(*i))).collect();
        LetterGroup {
            id: letter_id(&letter),
            entries: entries(site, &path, &named),
            letter,
        }
    };
    let label = words::kinds_label(kind);
    EntityIndexView {
        frame: site.frame(Head::new(&path, label)),
        label,
        kinds: site.kind_counts(&path, Some(kind)),
        top: if own.len() > PANEL {
            entries(site, &path, &top)
        } else {
            Vec::new()
        },
        letters: letters.into_iter().map(group).collect(),
    }
}

/// The search page, with what can be browsed beside it.
pub(super) fn search(site: &Site<'_>) -> SearchView {
    let path = "search/index.html";
    let letters = |kind: EntityKind| {
        let own = site.corpus.catalogue.entities.iter();
        let own = own.filter(|entity| entity.kind == kind);
        let letters: BTreeSet<String> = own.map(|entity| letter(&entity.name)).collect();
        let url = urls::relative(path, &urls::entity_index(kind));
        letters
            .into_iter()
            .map(|label| PageLink {
                url: format!("{url}#{}", letter_id(&label)),
                label,
            })
            .collect()
    };
    let kinds = EntityKind::ALL.map(|kind| KindLetters {
        kind: words::kind(kind),
        label: words::kinds_label(kind),
        letters: letters(kind),
    });
    SearchView {
        frame: site.frame(Head::new(path, "Search")),
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

/// The fragment of a letter's heading.
fn letter_id(letter: &str) -> String {
    match letter {
        "#" => "other".to_owned(),
        letter => format!("letter-{}", letter.to_lowercase()),
    }
}

/// The heading under which a name stands: its first letter, folded.
fn letter(name: &str) -> String {
    let first = fold(name).chars().next().filter(|c| c.is_alphabetic());
    first.map_or_else(|| "#".to_owned(), |c| c.to_uppercase().to_string())
}

pub(super) fn term(
    site: &Site<'_>,
    family: &str,
    label: &'static str,
    slug: &str,
    term: &Term,
) -> TermView {
    let path = urls::term(family, slug);
    let index = format!("{family}/index.html");
    TermView {
        frame: site.frame(Head {
            description: term.summary.clone(),
            trail: vec![(format!("{label}s"), index)],
            feed: (family == "topics").then(|| path.replace("index.html", "feed.xml")),
            ..Head::new(&path, &term.label)
        }),
        family: label,
        label: term.label.clone(),
        summary: term.summary.clone(),
        articles: term
            .articles
            .iter()
            .map(|idx| site.card(&path, *idx))
            .collect(),
        cast: entries(site, &path, &site.most_named(&term.articles, PANEL)),
    }
}

pub(super) fn term_index(
    site: &Site<'_>,
    family: &str,
    label: &'static str,
    terms: &BTreeMap<String, Term>,
) -> TermIndexView {
    let path = format!("{family}/index.html");
    TermIndexView {
        frame: site.frame(Head::new(&path, label)),
        label,
        terms: links(site, &path, family, terms),
    }
}

pub(super) fn storyline(
    site: &Site<'_>,
    slug: &str,
    term: &Term,
    dated: &BTreeMap<ArticleIdx, Vec<u32>>,
) -> StorylineView {
    let path = urls::term("storylines", slug);
    let own = term
        .articles
        .iter()
        .filter_map(|idx| dated.get(idx))
        .flatten();
    let mut dates: Vec<u32> = own.copied().collect();
    dates.sort_unstable();
    StorylineView {
        frame: site.frame(Head {
            description: term.summary.clone(),
            trail: vec![("Storylines".to_owned(), "storylines/index.html".to_owned())],
            ..Head::new(&path, &term.label)
        }),
        label: term.label.clone(),
        summary: term.summary.clone(),
        articles: term
            .articles
            .iter()
            .rev()
            .map(|idx| site.card(&path, *idx))
            .collect(),
        cast: article::sidebar(site, &path, &cast(site, &term.articles)),
        timeline: dates
            .iter()
            .filter_map(|n| site.timeline_entry(&path, *n))
            .take(STORYLINE_DATES)
            .collect(),
    }
}

/// The most named entities of a storyline, as of one article.
fn cast(site: &Site<'_>, articles: &[ArticleIdx]) -> ArticleNode {
    let appearance = |(entity, count): (EntityIdx, usize)| crate::model::graph::Appearance {
        entity,
        also: Vec::new(),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        senses: vec![crate::model::extraction::Sense::Literal],
        mentions: Vec::new(),
        about: false,
    };
    let appearances = site
        .most_named(articles, 2 * PANEL)
        .into_iter()
        .map(appearance)
        .collect();
    ArticleNode {
        appearances,
        ..ArticleNode::default()
    }
}
