//! The timeline: what the briefings report and when they were published, side by side.
//!
//! Input: the corpus' dated sentences and the articles' own dates. Output: an overview, a page for
//! each year, pages for the months of a year that has too much for one page, and a page for each
//! kind, topic and storyline. No page has more than 200 items, so that none grows with the
//! site, and their number grows with the years and not with the filters.

mod pages;

use std::{cmp::Reverse, collections::BTreeMap};

pub(super) use pages::{View, page};

use jiff::civil::Date;

use super::{site::Site, words};
use crate::{
    model::{
        catalogue::ArticleIdx,
        entity::EntityKind,
        graph::{Term, TimelineEntry},
        time::Precision,
    },
    urls,
};

/// Sentences and articles on a page.
const ON_PAGE: usize = 200;
/// Topics and storylines, each, that have a page here: those with the most articles.
const FILTERS: usize = 30;
/// The path of the overview.
const INDEX: &str = "timeline/index.html";

/// Something that stands in the timeline.
#[derive(Debug, Clone, Copy)]
enum Item {
    /// A dated sentence, by its place in the graph's timeline.
    Reported(u32),
    /// An article, on the day of its publication.
    Published(ArticleIdx),
}

/// An item with its place in time: month 0 is that of a year without a month.
#[derive(Debug, Clone, Copy)]
struct Placed {
    year: i16,
    month: i8,
    day: Option<Date>,
    item: Item,
}

impl Placed {
    fn key(&self) -> (Reverse<(i16, i8)>, Reverse<Option<Date>>) {
        (Reverse((self.year, self.month)), Reverse(self.day))
    }

    fn is_reported(&self) -> bool {
        matches!(self.item, Item::Reported(_))
    }
}

/// What a page narrows the timeline to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Filter {
    Kind(EntityKind),
    Topic(String),
    Storyline(String),
}

#[derive(Debug)]
enum Scope {
    Overview,
    Year(i16),
    /// Year, month, part from 0.
    Month(i16, i8, usize),
    Filter(Filter),
}

type Months = BTreeMap<Reverse<i8>, Vec<Placed>>;

/// Everything that the timeline holds, by year and month, and its pages.
#[derive(Debug, Default)]
pub struct Calendar {
    years: BTreeMap<Reverse<i16>, Months>,
    pages: Vec<Scope>,
}

/// Sorts the corpus into years and months and says which pages there are.
#[must_use]
pub fn calendar(site: &Site<'_>) -> Calendar {
    let mut years: BTreeMap<Reverse<i16>, Months> = BTreeMap::new();
    let mut all: Vec<Placed> = (0u32..)
        .zip(&site.graph.timeline)
        .map(|(n, entry)| reported(n, entry))
        .chain(site.graph.newest.iter().map(|idx| published(site, *idx)))
        .collect();
    all.sort_by_key(Placed::key);
    for placed in all {
        let months = years.entry(Reverse(placed.year)).or_default();
        let month = months.entry(Reverse(placed.month)).or_default();
        month.push(placed);
    }
    let mut pages = vec![Scope::Overview];
    for (Reverse(year), months) in &years {
        pages.push(Scope::Year(*year));
        if is_whole(months) {
            continue;
        }
        for (Reverse(month), items) in months {
            let parts = items.len().div_ceil(ON_PAGE);
            pages.extend((0..parts).map(|part| Scope::Month(*year, *month, part)));
        }
    }
    pages.extend(filters(site).into_iter().map(Scope::Filter));
    Calendar { years, pages }
}

impl Calendar {
    /// How many pages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// True for no pages: never, since there is an overview.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The path of page `n`.
    #[must_use]
    pub fn path(&self, n: usize) -> Option<String> {
        Some(match self.pages.get(n)? {
            Scope::Overview => INDEX.to_owned(),
            Scope::Year(year) => year_path(*year),
            Scope::Month(year, month, part) => month_path(*year, *month, *part),
            Scope::Filter(filter) => filter_path(filter),
        })
    }

    fn months(&self, year: i16) -> Option<&Months> {
        self.years.get(&Reverse(year))
    }

    /// Where a month of a year is shown whole, or begins.
    fn month_path(&self, year: i16, month: i8) -> String {
        match self.months(year) {
            Some(months) if !is_whole(months) => month_path(year, month, 0),
            _ => format!("{}#{}", year_path(year), month_id(year, month)),
        }
    }
}

fn reported(n: u32, entry: &TimelineEntry) -> Placed {
    let value = entry.value;
    let exact = matches!(value.precision, Precision::Day | Precision::Week);
    Placed {
        year: value.first.year(),
        month: match value.precision >= Precision::Month {
            true => value.first.month(),
            false => 0,
        },
        day: exact.then_some(value.first),
        item: Item::Reported(n),
    }
}

fn published(site: &Site<'_>, idx: ArticleIdx) -> Placed {
    let date = site.corpus.article(idx).front.date.date;
    Placed {
        year: date.year(),
        month: date.month(),
        day: Some(date),
        item: Item::Published(idx),
    }
}

/// True where a year fits on one page.
fn is_whole(months: &Months) -> bool {
    months.values().map(Vec::len).sum::<usize>() <= ON_PAGE
}

/// The kinds that dated sentences name, and the largest topics and storylines.
fn filters(site: &Site<'_>) -> Vec<Filter> {
    if site.graph.timeline.is_empty() {
        return Vec::new();
    }
    let kinds = EntityKind::ALL.into_iter().filter(|kind| {
        let mut entries = site.graph.timeline.iter();
        entries.any(|entry| names(site, entry, *kind))
    });
    let mut filters: Vec<Filter> = kinds.map(Filter::Kind).collect();
    filters.extend(largest(&site.graph.topics).map(Filter::Topic));
    filters.extend(largest(&site.graph.storylines).map(Filter::Storyline));
    filters
}

fn largest(terms: &BTreeMap<String, Term>) -> impl Iterator<Item = String> {
    let mut ranked: Vec<(&String, usize)> = terms
        .iter()
        .map(|(slug, term)| (slug, term.articles.len()))
        .collect();
    ranked.sort_by_key(|(slug, count)| (Reverse(*count), *slug));
    ranked.truncate(FILTERS);
    let mut slugs: Vec<String> = ranked.into_iter().map(|(slug, _)| slug.clone()).collect();
    slugs.sort_unstable();
    slugs.into_iter()
}

fn names(site: &Site<'_>, entry: &TimelineEntry, kind: EntityKind) -> bool {
    let mut entities = entry.entities.iter();
    entities.any(|idx| site.corpus.catalogue.get(*idx).kind == kind)
}

fn year_path(year: i16) -> String {
    format!("timeline/{year}/index.html")
}

fn month_path(year: i16, month: i8, part: usize) -> String {
    let month = match month {
        0 => "no-month".to_owned(),
        month => format!("{month:02}"),
    };
    match part {
        0 => format!("timeline/{year}/{month}/index.html"),
        part => format!("timeline/{year}/{month}/{}/index.html", part + 1),
    }
}

fn month_id(year: i16, month: i8) -> String {
    match month {
        0 => format!("{year:04}"),
        month => format!("{year:04}-{month:02}"),
    }
}

fn month_label(site: &Site<'_>, year: i16, month: i8) -> String {
    match Date::new(year, month, 1) {
        Ok(first) => site.words.month(first),
        Err(_) => site.words.fill("no_month", &[("year", &year.to_string())]),
    }
}

fn filter_path(filter: &Filter) -> String {
    match filter {
        Filter::Kind(kind) => format!("timeline/{}/index.html", urls::kind_folder(*kind)),
        Filter::Topic(slug) => format!("timeline/topics/{slug}/index.html"),
        Filter::Storyline(slug) => format!("timeline/storylines/{slug}/index.html"),
    }
}

fn filter_label(site: &Site<'_>, filter: &Filter) -> String {
    let label = |terms: &BTreeMap<String, Term>, slug: &String| {
        terms
            .get(slug)
            .map_or_else(|| slug.clone(), |t| t.label.clone())
    };
    match filter {
        Filter::Kind(kind) => words::kinds_label(site, *kind),
        Filter::Topic(slug) => label(&site.graph.topics, slug),
        Filter::Storyline(slug) => label(&site.graph.storylines, slug),
    }
}
