//! Home and the timeline.

use std::{cmp::Reverse, collections::BTreeMap};

use super::site::{Head, Site};
use crate::{
    model::{
        catalogue::{ArticleIdx, EntityIdx},
        graph::Term,
        time::Precision,
    },
    text::fold::fold,
    urls,
    views::{HomeView, MonthGroup, Pager, TermLink, TimelineEntryView, TimelineView, YearGroup},
};

/// Dated sentences on one page; with more, each year has its own.
const TIMELINE_PAGE: usize = 300;
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
    links.sort_by_key(|term| fold(&term.label));
    links
}

/// The timeline's pages: path and view. One page, or one for each year.
pub(super) fn timeline(site: &Site<'_>) -> Vec<(String, TimelineView)> {
    let total = site.graph.timeline.len();
    let mut years: BTreeMap<i16, Vec<u32>> = BTreeMap::new();
    for (n, entry) in (0u32..).zip(&site.graph.timeline) {
        years.entry(entry.value.first.year()).or_default().push(n);
    }
    let index = "timeline/index.html".to_owned();
    if total <= TIMELINE_PAGE {
        let all: Vec<(i16, &Vec<u32>)> = years.iter().rev().map(|(y, n)| (*y, n)).collect();
        return vec![(
            index.clone(),
            timeline_page(
                site,
                &index,
                &site.words.say("timeline"),
                &all,
                &years,
                false,
            ),
        )];
    }
    let newest = site
        .graph
        .newest
        .first()
        .map(|idx| site.corpus.article(*idx).front.date.date.year());
    let mut pages = Vec::new();
    for (year, entries) in &years {
        let path = format!("timeline/{year}/index.html");
        let title = site
            .words
            .fill("timeline_of", &[("year", &year.to_string())]);
        let own = [(*year, entries)];
        pages.push((
            path.clone(),
            timeline_page(site, &path, &title, &own, &years, true),
        ));
    }
    let shown = newest
        .and_then(|year| years.get_key_value(&year))
        .or_else(|| years.last_key_value());
    let own: Vec<(i16, &Vec<u32>)> = shown.into_iter().map(|(y, n)| (*y, n)).collect();
    pages.push((
        index.clone(),
        timeline_page(
            site,
            &index,
            &site.words.say("timeline"),
            &own,
            &years,
            true,
        ),
    ));
    pages
}

fn timeline_page(
    site: &Site<'_>,
    path: &str,
    title: &str,
    own: &[(i16, &Vec<u32>)],
    years: &BTreeMap<i16, Vec<u32>>,
    paged: bool,
) -> TimelineView {
    let link = |(year, entries): (&i16, &Vec<u32>)| TermLink {
        label: year.to_string(),
        url: match paged {
            true => urls::relative(path, &format!("timeline/{year}/index.html")),
            false => format!("#y{year}"),
        },
        count: entries.len(),
    };
    let trail = match path {
        "timeline/index.html" => Vec::new(),
        _ => vec![(site.words.say("timeline"), "timeline/index.html".to_owned())],
    };
    TimelineView {
        frame: site.frame(Head {
            trail,
            ..Head::new(path, title)
        }),
        count: site.graph.timeline.len(),
        years: own
            .iter()
            .map(|(year, entries)| year_group(site, path, *year, entries))
            .collect(),
        all_years: years.iter().rev().map(link).collect(),
    }
}

fn year_group(site: &Site<'_>, path: &str, year: i16, entries: &[u32]) -> YearGroup {
    // The newest first; what has no month comes last, under the year as a whole.
    let mut months: BTreeMap<Reverse<i8>, Vec<TimelineEntryView>> = BTreeMap::new();
    for n in entries.iter().rev() {
        let value = site.graph.timeline[*n as usize].value;
        let month = if value.precision >= Precision::Month {
            value.first.month()
        } else {
            0
        };
        months
            .entry(Reverse(month))
            .or_default()
            .extend(site.timeline_entry(path, *n));
    }
    let group = |(Reverse(month), entries): (Reverse<i8>, Vec<TimelineEntryView>)| {
        let first = jiff::civil::Date::new(year, month.max(1), 1).unwrap_or_default();
        let label = if month == 0 {
            site.words.fill("no_month", &[("year", &year.to_string())])
        } else {
            site.words.month(first)
        };
        MonthGroup {
            label,
            id: format!("y{year}-{month:02}"),
            entries,
        }
    };
    YearGroup {
        label: year.to_string(),
        id: format!("y{year}"),
        count: entries.len(),
        months: months.into_iter().map(group).collect(),
    }
}
