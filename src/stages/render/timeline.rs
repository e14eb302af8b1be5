//! The timeline: what the briefings report and when they were published, side by side.
//!
//! Input: the corpus' dated sentences and the articles' own dates. Output: an overview, a page for
//! each year, pages for the months of a year that has too much for one page, and a page for each
//! kind, topic and storyline. No page has more than [`ON_PAGE`] items, so that none grows with the
//! site, and their number grows with the years and not with the filters.

use std::{cmp::Reverse, collections::BTreeMap};

use jiff::civil::Date;

use super::{
    site::{Head, Site},
    words,
};
use crate::{
    model::{
        catalogue::ArticleIdx,
        entity::EntityKind,
        graph::{Term, TimelineEntry},
        time::Precision,
    },
    urls,
    views::{
        FilterGroup, FilterLink, MonthLink, PageLink, TimelineDay, TimelineMonth, TimelinePageView,
        TimelineView, YearBar,
    },
};

/// Sentences and articles on a page.
const ON_PAGE: usize = 200;
/// Of each month, on the page of a year that has more than fit.
const EXTRACT: usize = 15;
/// Topics and storylines, each, that have a page here: those with the most articles.
const FILTERS: usize = 30;
/// Length of the longest bar.
const BAR: f32 = 100.0;
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
#[derive(Debug)]
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

fn month_label(year: i16, month: i8) -> String {
    match Date::new(year, month, 1) {
        Ok(first) => words::month(first),
        Err(_) => format!("{year}, no month given"),
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
        Filter::Kind(kind) => words::kinds_label(*kind).to_owned(),
        Filter::Topic(slug) => label(&site.graph.topics, slug),
        Filter::Storyline(slug) => label(&site.graph.storylines, slug),
    }
}

/// A page's view: the overview has its own.
pub(super) enum View {
    Overview(TimelineView),
    Page(TimelinePageView),
}

/// Path and view of page `n`.
pub(super) fn page(site: &Site<'_>, calendar: &Calendar, n: usize) -> Option<(String, View)> {
    Some(match calendar.pages.get(n)? {
        Scope::Overview => (INDEX.to_owned(), View::Overview(overview(site, calendar))),
        Scope::Year(year) => (
            year_path(*year),
            View::Page(of_year(site, calendar, *year)?),
        ),
        Scope::Month(year, month, part) => (
            month_path(*year, *month, *part),
            View::Page(of_month(site, calendar, (*year, *month), *part)?),
        ),
        Scope::Filter(filter) => (
            filter_path(filter),
            View::Page(of_filter(site, calendar, filter)),
        ),
    })
}

fn overview(site: &Site<'_>, calendar: &Calendar) -> TimelineView {
    let counts = |months: &Months| {
        let all = months.values().flatten();
        let (reported, published): (Vec<&Placed>, _) = all.partition(|p| p.is_reported());
        (reported.len(), published.len())
    };
    let each = calendar.years.values().map(counts);
    let most = each.map(|(a, b)| a.max(b)).max().unwrap_or(1);
    let width = |count: usize| (count as f32 / most as f32 * BAR * 10.0).ceil() / 10.0;
    let bar = |(Reverse(year), months): (&Reverse<i16>, &Months)| {
        let (reported, published) = counts(months);
        YearBar {
            label: year.to_string(),
            url: urls::relative(INDEX, &year_path(*year)),
            reported,
            published,
            reported_width: width(reported),
            published_width: width(published),
            months: month_links(calendar, INDEX, *year),
        }
    };
    TimelineView {
        frame: site.frame(Head::new(INDEX, "Timeline")),
        count: site.graph.timeline.len(),
        published: site.graph.newest.len(),
        years: calendar.years.iter().map(bar).collect(),
        filters: filter_groups(site, calendar, INDEX, None),
    }
}

/// The months of a year that have something, in order, the one without a month last.
fn month_links(calendar: &Calendar, from: &str, year: i16) -> Vec<MonthLink> {
    let Some(months) = calendar.months(year) else {
        return Vec::new();
    };
    let mut months: Vec<(i8, usize)> = months.iter().map(|(m, all)| (m.0, all.len())).collect();
    months.sort_by_key(|(month, _)| (*month == 0, *month));
    let link = |(month, count): (i8, usize)| MonthLink {
        label: month_label(year, month),
        url: urls::relative(from, &calendar.month_path(year, month)),
        count,
    };
    months.into_iter().map(link).collect()
}

fn filter_groups(
    site: &Site<'_>,
    calendar: &Calendar,
    from: &str,
    current: Option<&Filter>,
) -> Vec<FilterGroup> {
    let mut groups: Vec<FilterGroup> = Vec::new();
    for scope in &calendar.pages {
        let Scope::Filter(filter) = scope else {
            continue;
        };
        let family = match filter {
            Filter::Kind(_) => "kind",
            Filter::Topic(_) => "topic",
            Filter::Storyline(_) => "storyline",
        };
        let link = FilterLink {
            label: filter_label(site, filter),
            url: urls::relative(from, &filter_path(filter)),
            current: current == Some(filter),
        };
        match groups.last_mut() {
            Some(group) if group.family == family => group.links.push(link),
            _ => groups.push(FilterGroup {
                family,
                links: vec![link],
            }),
        }
    }
    groups
}

/// A page and its place among the others, before its items are shown.
struct Plan<'a> {
    path: String,
    title: String,
    trail: Vec<(String, String)>,
    items: Vec<&'a [Placed]>,
    /// How many items of all, and of each month with a page of its own, are shown.
    most: usize,
}

fn view(site: &Site<'_>, calendar: &Calendar, plan: Plan<'_>) -> TimelinePageView {
    let path = plan.path.as_str();
    let mut months = Vec::new();
    for items in plan.items {
        months.extend(month(site, calendar, path, items, plan.most));
    }
    TimelinePageView {
        frame: site.frame(Head {
            trail: plan.trail,
            ..Head::new(path, &plan.title)
        }),
        title: plan.title.clone(),
        count: months.iter().map(|month| month.count).sum(),
        months,
        nav: Vec::new(),
        filters: Vec::new(),
        newer: None,
        older: None,
        left_out: 0,
    }
}

fn timeline_trail() -> (String, String) {
    ("Timeline".to_owned(), INDEX.to_owned())
}

fn of_year(site: &Site<'_>, calendar: &Calendar, year: i16) -> Option<TimelinePageView> {
    let months = calendar.months(year)?;
    let path = year_path(year);
    let most = if is_whole(months) { ON_PAGE } else { EXTRACT };
    let years: Vec<i16> = calendar.years.keys().map(|year| year.0).collect();
    let at = years.iter().position(|y| *y == year)?;
    let link = |year: &i16| PageLink {
        label: year.to_string(),
        url: urls::relative(&path, &year_path(*year)),
    };
    let nav = month_links(calendar, &path, year);
    let plan = Plan {
        path: path.clone(),
        title: format!("Timeline of {year}"),
        trail: vec![timeline_trail()],
        items: months.values().map(Vec::as_slice).collect(),
        most,
    };
    Some(TimelinePageView {
        nav,
        newer: at.checked_sub(1).map(|n| link(&years[n])),
        older: years.get(at + 1).map(link),
        ..view(site, calendar, plan)
    })
}

fn of_month(
    site: &Site<'_>,
    calendar: &Calendar,
    (year, month): (i16, i8),
    part: usize,
) -> Option<TimelinePageView> {
    let items = calendar.months(year)?.get(&Reverse(month))?;
    let parts: Vec<&[Placed]> = items.chunks(ON_PAGE).collect();
    let label = month_label(year, month);
    let title = match part {
        0 => format!("Timeline of {label}"),
        part => format!("Timeline of {label}, page {}", part + 1),
    };
    let path = month_path(year, month, part);
    let link = |part: usize| PageLink {
        label: (part + 1).to_string(),
        url: urls::relative(&path, &month_path(year, month, part)),
    };
    let plan = Plan {
        path: path.clone(),
        title,
        trail: vec![timeline_trail(), (year.to_string(), year_path(year))],
        items: vec![*parts.get(part)?],
        most: ON_PAGE,
    };
    Some(TimelinePageView {
        nav: month_links(calendar, &path, year),
        newer: part.checked_sub(1).map(link),
        older: (part + 1 < parts.len()).then(|| link(part + 1)),
        ..view(site, calendar, plan)
    })
}

fn of_filter(site: &Site<'_>, calendar: &Calendar, filter: &Filter) -> TimelinePageView {
    let chosen = |placed: &&Placed| match (placed.item, filter) {
        (Item::Reported(n), Filter::Kind(kind)) => {
            names(site, &site.graph.timeline[n as usize], *kind)
        }
        (Item::Published(_), Filter::Kind(_)) => false,
        (item, Filter::Topic(slug)) => belongs(site, item, site.graph.topics.get(slug)),
        (item, Filter::Storyline(slug)) => belongs(site, item, site.graph.storylines.get(slug)),
    };
    let all = calendar.years.values().flat_map(BTreeMap::values).flatten();
    let mut items: Vec<Placed> = all.filter(chosen).copied().collect();
    let left_out = items.len().saturating_sub(ON_PAGE);
    items.truncate(ON_PAGE);
    let path = filter_path(filter);
    let months = items.chunk_by(|a, b| (a.year, a.month) == (b.year, b.month));
    let plan = Plan {
        path: path.clone(),
        title: format!("Timeline: {}", filter_label(site, filter)),
        trail: vec![timeline_trail()],
        items: months.collect(),
        most: ON_PAGE,
    };
    TimelinePageView {
        filters: filter_groups(site, calendar, &path, Some(filter)),
        left_out,
        ..view(site, calendar, plan)
    }
}

fn belongs(site: &Site<'_>, item: Item, term: Option<&Term>) -> bool {
    let article = match item {
        Item::Reported(n) => site.graph.timeline[n as usize].article,
        Item::Published(idx) => idx,
    };
    term.is_some_and(|term| term.articles.contains(&article))
}

/// A month's items by day, newest first; what names no day comes last.
fn month(
    site: &Site<'_>,
    calendar: &Calendar,
    from: &str,
    items: &[Placed],
    most: usize,
) -> Option<TimelineMonth> {
    let first = items.first()?;
    let (year, month) = (first.year, first.month);
    let shown = &items[..items.len().min(most)];
    let days = shown.chunk_by(|a, b| a.day == b.day);
    Some(TimelineMonth {
        label: month_label(year, month),
        id: month_id(year, month),
        count: items.len(),
        days: days.map(|items| day(site, from, items)).collect(),
        shown: shown.len(),
        all: urls::relative(from, &calendar.month_path(year, month)),
    })
}

fn day(site: &Site<'_>, from: &str, items: &[Placed]) -> TimelineDay {
    let date = items.first().and_then(|placed| placed.day);
    let mut day = TimelineDay {
        label: date.map(words::day),
        id: date.map(|date| date.to_string()),
        reported: Vec::new(),
        published: Vec::new(),
    };
    for placed in items {
        match placed.item {
            Item::Reported(n) => day.reported.extend(site.timeline_entry(from, n)),
            Item::Published(idx) => day.published.push(site.article_link(from, idx)),
        }
    }
    day
}
