//! Topics, tags and storylines.

use std::collections::BTreeMap;

use super::{
    book,
    lists::{entries, links},
    map,
    site::{Head, Site},
    words,
};
use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        entity::EntityKind,
        graph::{Question, Term},
    },
    urls,
    views::{
        MentionEntry, Pager, QuestionView, SeenView, SidebarGroup, StorylineView, TermIndexView,
        TermView,
    },
};

/// Articles on a page of a topic or tag, and on one of a storyline.
const ON_PAGE: (usize, usize) = (30, 60);
/// Entities in a panel.
const PANEL: usize = 12;
/// Entities of a kind in a cast.
const OF_KIND: usize = 8;
/// Dated sentences of a storyline.
const STORYLINE_DATES: usize = 60;

/// The articles of a page with the pager that leads to the others.
fn paged<'a>(
    path: &str,
    first: &str,
    n: usize,
    all: &'a [ArticleIdx],
    size: usize,
) -> (&'a [ArticleIdx], Pager) {
    let pages = all.len().div_ceil(size).max(1);
    let neighbour = |n: usize| urls::relative(path, &urls::page_of(first, n));
    let own = all.chunks(size).nth(n - 1).unwrap_or_default();
    let pager = Pager {
        page: n,
        pages,
        newer: (n > 1).then(|| neighbour(n - 1)),
        older: (n < pages).then(|| neighbour(n + 1)),
    };
    (own, pager)
}

/// Topics, tags or storylines: their folder, which is the key of their name, and the key of one's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Family {
    pub(super) folder: &'static str,
    pub(super) one: &'static str,
    /// True where each of them has a feed.
    pub(super) has_feed: bool,
}

impl Family {
    pub(super) const TOPICS: Self = Self {
        folder: "topics",
        one: "topic",
        has_feed: true,
    };
    pub(super) const TAGS: Self = Self {
        folder: "tags",
        one: "tag",
        has_feed: false,
    };
    pub(super) const STORYLINES: Self = Self {
        folder: "storylines",
        one: "storyline",
        has_feed: false,
    };
    pub(super) const LANGUAGES: Self = Self {
        folder: "languages",
        one: "language",
        has_feed: true,
    };
}

/// The way to a page: the family's list, and from the second page on the first one.
fn trail(family: (&str, &str), label: &str, first: &str, n: usize) -> Vec<(String, String)> {
    let index = (family.0.to_owned(), format!("{}/index.html", family.1));
    let own = (n > 1).then(|| (label.to_owned(), first.to_owned()));
    std::iter::once(index).chain(own).collect()
}

/// The pages of a topic or tag, by path: the latest articles first.
pub(super) fn term(
    site: &Site<'_>,
    family: Family,
    slug: &str,
    term: &Term,
) -> Vec<(String, TermView)> {
    let first = urls::term(family.folder, slug);
    let pages = term.articles.len().div_ceil(ON_PAGE.0).max(1);
    let cast = Cast::of(site, &term.articles);
    (1..=pages)
        .map(|n| {
            let path = urls::page_of(&first, n);
            let (own, pager) = paged(&path, &first, n, &term.articles, ON_PAGE.0);
            let view = TermView {
                frame: site.frame(Head {
                    description: term.summary.clone().filter(|_| n == 1),
                    trail: trail(
                        (&site.words.say(family.folder), family.folder),
                        &term.label,
                        &first,
                        n,
                    ),
                    feed: family
                        .has_feed
                        .then(|| first.replace("index.html", "feed.xml")),
                    ..Head::new(&path, &words::titled_page(site, &term.label, n))
                }),
                family: site.words.say(family.one),
                label: term.label.clone(),
                summary: term.summary.clone(),
                article_count: term.articles.len(),
                articles: own.iter().map(|idx| site.card(&path, *idx)).collect(),
                pager,
                cast: entries(site, &path, &site.most_named(&term.articles, PANEL)),
                most_named: cast.groups(site, &path),
            };
            (path, view)
        })
        .collect()
}

/// The list of a family's terms.
pub(super) fn index(
    site: &Site<'_>,
    family: Family,
    terms: &BTreeMap<String, Term>,
) -> TermIndexView {
    let path = format!("{}/index.html", family.folder);
    let label = site.words.say(family.folder);
    TermIndexView {
        frame: site.frame(Head::new(&path, &label)),
        label,
        terms: links(site, &path, family.folder, terms),
    }
}

/// The pages of a storyline, by path: its articles, oldest first; the first page says who and what.
pub(super) fn storyline(
    site: &Site<'_>,
    slug: &str,
    term: &Term,
    dated: &BTreeMap<ArticleIdx, Vec<u32>>,
) -> Vec<(String, StorylineView)> {
    let first = urls::term("storylines", slug);
    let chronology: Vec<ArticleIdx> = term.articles.iter().rev().copied().collect();
    let pages = chronology.len().div_ceil(ON_PAGE.1).max(1);
    (1..=pages)
        .map(|n| {
            let path = urls::page_of(&first, n);
            let (own, pager) = paged(&path, &first, n, &chronology, ON_PAGE.1);
            let mut view = StorylineView {
                frame: site.frame(Head {
                    description: term.summary.clone().filter(|_| n == 1),
                    trail: trail(
                        (&site.words.say("storylines"), "storylines"),
                        &term.label,
                        &first,
                        n,
                    ),
                    ..Head::new(&path, &words::titled_page(site, &term.label, n))
                }),
                label: term.label.clone(),
                summary: term.summary.clone(),
                article_count: chronology.len(),
                articles: own.iter().map(|idx| site.card(&path, *idx)).collect(),
                pager,
                ..StorylineView::default()
            };
            if n == 1 {
                let book = site.corpus.config.books && !term.articles.is_empty();
                let book = book.then(|| book::path(slug));
                complete(site, &path, (term, book), dated, &mut view);
            }
            (path, view)
        })
        .collect()
}

/// Adds what the first page of a storyline says.
fn complete(
    site: &Site<'_>,
    path: &str,
    (term, book): (&Term, Option<String>),
    dated: &BTreeMap<ArticleIdx, Vec<u32>>,
    view: &mut StorylineView,
) {
    let own = term.articles.iter().filter_map(|idx| dated.get(idx));
    let mut dates: Vec<u32> = own.flatten().copied().collect();
    dates.sort_unstable();
    let cast = Cast::of(site, &term.articles);
    view.questions = term
        .questions
        .iter()
        .map(|own| question(site, own))
        .collect();
    view.book_url = book.map(|book| urls::relative(path, &book));
    view.map = map::of_places(site, path, &cast.places(site));
    view.cast = cast.groups(site, path);
    view.timeline = dates
        .iter()
        .filter_map(|n| site.timeline_entry(path, *n))
        .take(STORYLINE_DATES)
        .collect();
}

fn question(site: &Site<'_>, question: &Question) -> QuestionView {
    QuestionView {
        question: question.question.clone(),
        asked: question.asked.map(|value| site.words.day(value)),
        asked_iso: question.asked.map(|day| day.to_string()),
        answer: question.answer.clone(),
    }
}

/// An entity in some articles: in how many, in which first and last.
struct Part {
    entity: EntityIdx,
    count: usize,
    first: ArticleIdx,
    last: ArticleIdx,
}

/// Who is in some articles, the most named first.
struct Cast(Vec<Part>);

impl Cast {
    /// The cast of `articles`, which stand newest first.
    fn of(site: &Site<'_>, articles: &[ArticleIdx]) -> Self {
        let mut parts: BTreeMap<EntityIdx, Part> = BTreeMap::new();
        for idx in articles {
            let appearances = site.graph.articles[idx.0 as usize].appearances.iter();
            for appearance in appearances.filter(|appearance| appearance.is_subject()) {
                let entity = appearance.entity;
                let part = parts.entry(entity).or_insert(Part {
                    entity,
                    count: 0,
                    first: *idx,
                    last: *idx,
                });
                part.count += 1;
                part.first = *idx;
            }
        }
        let mut parts: Vec<Part> = parts.into_values().collect();
        parts.sort_by_key(|part| (std::cmp::Reverse(part.count), part.entity));
        Self(parts)
    }

    fn places(&self, site: &Site<'_>) -> Vec<(EntityIdx, usize)> {
        let kind = |part: &&Part| site.corpus.catalogue.get(part.entity).kind;
        let places = self.0.iter().filter(|part| kind(part) == EntityKind::Place);
        places.map(|part| (part.entity, part.count)).collect()
    }

    fn groups(&self, site: &Site<'_>, path: &str) -> Vec<SidebarGroup> {
        let kind = |part: &Part| site.corpus.catalogue.get(part.entity).kind;
        let group = |wanted: EntityKind| {
            let parts = self.0.iter().filter(|part| kind(part) == wanted);
            SidebarGroup {
                kind: wanted.as_str(),
                label: words::kinds_label(site, wanted),
                entries: parts
                    .take(OF_KIND)
                    .map(|part| entry(site, path, part))
                    .collect(),
            }
        };
        let groups = EntityKind::ALL.into_iter().map(group);
        groups.filter(|group| !group.entries.is_empty()).collect()
    }
}

fn entry(site: &Site<'_>, path: &str, part: &Part) -> MentionEntry {
    let seen = |idx: ArticleIdx| {
        let date = site.corpus.article(idx).front.date.date;
        SeenView {
            date: site.words.day(date),
            date_iso: date.to_string(),
            article: site.article_link(path, idx),
        }
    };
    MentionEntry {
        entity: site.entity_link(path, part.entity),
        count: u32::try_from(part.count).unwrap_or(u32::MAX),
        first: None,
        also: Vec::new(),
        note: None,
        description: site.description_of(part.entity),
        about: false,
        why: None,
        first_seen: Some(seen(part.first)),
        last_seen: (part.last != part.first).then(|| seen(part.last)),
    }
}
