//! What is on each page of the timeline.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Calendar, Filter, INDEX, Item, Months, ON_PAGE, Placed, Scope, filter_label, filter_path,
    is_whole, month_id, month_label, month_path, names, year_path,
};
use crate::{
    model::catalogue::ArticleIdx,
    stages::render::{
        site::{Head, Site},
        words,
    },
    urls,
    views::{
        FilterGroup, FilterLink, MonthLink, PageLink, TimelineDay, TimelineMonth, TimelinePageView,
        TimelineView, YearBar,
    },
};

/// Of each month, on the page of a year that has more than fit.
const EXTRACT: usize = 15;
/// Length of the longest bar.
const BAR: f32 = 100.0;

/// A page's view: the overview has its own.
pub(in crate::stages::render) enum View {
    Overview(Box<TimelineView>),
    Page(Box<TimelinePageView>),
}

/// Path and view of page `n`.
pub(in crate::stages::render) fn page(
    site: &Site<'_>,
    calendar: &Calendar,
    n: usize,
) -> Option<(String, View)> {
    let path = calendar.path(n)?;
    let view = match calendar.pages.get(n)? {
        Scope::Overview => View::Overview(Box::new(overview(site, calendar))),
        Scope::Year(year) => View::Page(Box::new(of_year(site, calendar, *year)?)),
        Scope::Month(year, month, part) => {
            View::Page(Box::new(of_month(site, calendar, (*year, *month), *part)?))
        }
        Scope::Filter(filter) => View::Page(Box::new(of_filter(site, calendar, filter))),
    };
    Some((path, view))
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
            months: month_links(site, calendar, INDEX, *year),
        }
    };
    TimelineView {
        frame: site.frame(Head::new(INDEX, &site.words.say("timeline"))),
        count: site.graph.timeline.len(),
        published: site.graph.newest.len(),
        years: calendar.years.iter().map(bar).collect(),
        filters: filter_groups(site, calendar, INDEX, None),
    }
}

/// The months of a year that have something, in order, the one without a month last.
fn month_links(site: &Site<'_>, calendar: &Calendar, from: &str, year: i16) -> Vec<MonthLink> {
    let Some(months) = calendar.months(year) else {
        return Vec::new();
    };
    let mut months: Vec<(i8, usize)> = months.iter().map(|(m, all)| (m.0, all.len())).collect();
    months.sort_by_key(|(month, _)| (*month == 0, *month));
    let link = |(month, count): (i8, usize)| MonthLink {
        label: month_label(site, year, month),
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

fn timeline_trail(site: &Site<'_>) -> (String, String) {
    (site.words.say("timeline"), INDEX.to_owned())
}

fn of_year(site: &Site<'_>, calendar: &Calendar, year: i16) -> Option<TimelinePageView> {
    let months = calendar.months(year)?;
    let path = year_path(year);
    let most = if is_whole(months) { ON_PAGE } else { EXTRACT };
    let years: Vec<i16> = calendar.years.keys().map(|year| year.0).collect();
    let at = years.iter().position(|y| *y == year)?;
    let link = |year: &i16| PageLink {
        label: year.to_string(),
        language: None,
        url: urls::relative(&path, &year_path(*year)),
    };
    let nav = month_links(site, calendar, &path, year);
    let plan = Plan {
        path: path.clone(),
        title: site
            .words
            .fill("timeline_of", &[("time", &year.to_string())]),
        trail: vec![timeline_trail(site)],
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
    let label = month_label(site, year, month);
    let title = site.words.fill("timeline_of", &[("time", &label)]);
    let title = words::titled_page(site, &title, part + 1);
    let path = month_path(year, month, part);
    let link = |part: usize| PageLink {
        label: (part + 1).to_string(),
        language: None,
        url: urls::relative(&path, &month_path(year, month, part)),
    };
    let plan = Plan {
        path: path.clone(),
        title,
        trail: vec![timeline_trail(site), (year.to_string(), year_path(year))],
        items: vec![*parts.get(part)?],
        most: ON_PAGE,
    };
    Some(TimelinePageView {
        nav: month_links(site, calendar, &path, year),
        newer: part.checked_sub(1).map(link),
        older: (part + 1 < parts.len()).then(|| link(part + 1)),
        ..view(site, calendar, plan)
    })
}

fn of_filter(site: &Site<'_>, calendar: &Calendar, filter: &Filter) -> TimelinePageView {
    let term = match filter {
        Filter::Kind(_) => None,
        Filter::Topic(slug) => site.graph.topics.get(slug),
        Filter::Storyline(slug) => site.graph.storylines.get(slug),
    };
    let articles: BTreeSet<ArticleIdx> = term.iter().flat_map(|t| &t.articles).copied().collect();
    let chosen = |placed: &&Placed| match (placed.item, filter) {
        (Item::Reported(n), Filter::Kind(kind)) => {
            names(site, &site.graph.timeline[n as usize], *kind)
        }
        (Item::Published(_), Filter::Kind(_)) => false,
        (Item::Reported(n), _) => articles.contains(&site.graph.timeline[n as usize].article),
        (Item::Published(idx), _) => articles.contains(&idx),
    };
    let all = calendar.years.values().flat_map(BTreeMap::values).flatten();
    let mut items: Vec<Placed> = all.filter(chosen).copied().collect();
    let left_out = items.len().saturating_sub(ON_PAGE);
    items.truncate(ON_PAGE);
    let path = filter_path(filter);
    let months = items.chunk_by(|a, b| (a.year, a.month) == (b.year, b.month));
    let plan = Plan {
        path: path.clone(),
        title: site
            .words
            .fill("timeline_on", &[("name", &filter_label(site, filter))]),
        trail: vec![timeline_trail(site)],
        items: months.collect(),
        most: ON_PAGE,
    };
    TimelinePageView {
        filters: filter_groups(site, calendar, &path, Some(filter)),
        left_out,
        ..view(site, calendar, plan)
    }
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
        label: month_label(site, year, month),
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
        label: date.map(|date| site.words.day(date)),
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
